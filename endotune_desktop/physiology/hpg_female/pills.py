"""Combined and progestogen-only pills that are sold, as orders: a combined pill is two agents at one time."""

from __future__ import annotations

from dataclasses import dataclass

from endotune_desktop.clinic.scenario import DoseOrder


@dataclass(frozen=True, slots=True)
class Pill:
    """A contraceptive pill.

    Attributes
    ----------
    id, title : str
    oestrogen_ug : float
        Ethinylestradiol in a tablet, 0 for none.
    progestin : str
        Agent id.
    progestin_mg : float
    active_days, pause_days : int
        Of one pack.
    markets : tuple of str
    source : str
    """

    id: str
    title: str
    oestrogen_ug: float
    progestin: str
    progestin_mg: float
    active_days: int
    pause_days: int
    markets: tuple[str, ...]
    source: str = "[mem]"


_WIDE = ("EU", "UK", "US")

PILLS: tuple[Pill, ...] = (
    Pill("ee30_lng150", "Ethinylestradiol 30 µg, levonorgestrel 150 µg", 30.0, "levonorgestrel", 0.15, 21, 7, _WIDE),
    Pill("ee20_lng100", "Ethinylestradiol 20 µg, levonorgestrel 100 µg", 20.0, "levonorgestrel", 0.1, 21, 7, _WIDE),
    Pill("ee30_dsg150", "Ethinylestradiol 30 µg, desogestrel 150 µg", 30.0, "desogestrel", 0.15, 21, 7, _WIDE),
    Pill("ee20_dsg150", "Ethinylestradiol 20 µg, desogestrel 150 µg", 20.0, "desogestrel", 0.15, 21, 7, ("EU", "UK")),
    Pill("ee30_drsp3", "Ethinylestradiol 30 µg, drospirenone 3 mg", 30.0, "drospirenone", 3.0, 21, 7, _WIDE),
    Pill("ee20_drsp3", "Ethinylestradiol 20 µg, drospirenone 3 mg, 24 + 4", 20.0, "drospirenone", 3.0, 24, 4, _WIDE),
    Pill("ee30_gsd75", "Ethinylestradiol 30 µg, gestodene 75 µg", 30.0, "gestodene", 0.075, 21, 7, ("EU", "UK")),
    Pill("ee20_gsd75", "Ethinylestradiol 20 µg, gestodene 75 µg", 20.0, "gestodene", 0.075, 21, 7, ("EU", "UK")),
    Pill("ee35_net1", "Ethinylestradiol 35 µg, norethisterone 1 mg", 35.0, "norethisterone", 1.0, 21, 7, ("UK", "US")),
    Pill("ee35_net05", "Ethinylestradiol 35 µg, norethisterone 0.5 mg", 35.0, "norethisterone", 0.5, 21, 7, _WIDE),
    Pill("ee30_dng2", "Ethinylestradiol 30 µg, dienogest 2 mg", 30.0, "dienogest", 2.0, 21, 7, ("EU",)),
    Pill(
        "ee35_cpa2", "Ethinylestradiol 35 µg, cyproterone acetate 2 mg", 35.0, "cyproterone", 2.0, 21, 7, ("EU", "UK")
    ),
    Pill("dsg75", "Desogestrel 75 µg", 0.0, "desogestrel", 0.075, 28, 0, ("EU", "UK")),
    Pill("lng30", "Levonorgestrel 30 µg", 0.0, "levonorgestrel", 0.03, 28, 0, ("EU", "UK")),
    Pill("net35", "Norethisterone 0.35 mg", 0.0, "norethisterone", 0.35, 28, 0, ("UK", "US")),
    Pill("drsp4", "Drospirenone 4 mg, 24 + 4", 0.0, "drospirenone", 4.0, 24, 4, ("EU", "US")),
)


def orders(pill: Pill, packs: int, start_day: int = 0, clock: str = "20:00") -> tuple[DoseOrder, ...]:
    """Return a pill taken for some packs.

    Parameters
    ----------
    pill : Pill
    packs : int
    start_day : int
        Day of the first tablet.
    clock : str
        ``HH:MM``.

    Returns
    -------
    tuple of DoseOrder
        One order an agent; the pauses are its missed days.
    """
    cycle = pill.active_days + pill.pause_days
    missed = tuple(start_day + cycle * pack + day for pack in range(packs) for day in range(pill.active_days, cycle))
    parts = [(pill.progestin, pill.progestin_mg, "mg")]
    if pill.oestrogen_ug:
        parts.insert(0, ("ethinylestradiol", pill.oestrogen_ug, "ug"))
    return tuple(
        DoseOrder(agent, "oral", dose, unit, (clock,), 1, start_day, start_day + cycle * packs, missed_days=missed)
        for agent, dose, unit in parts
    )
