"""What was probably meant: repairs of results and doses that are read well but do not look right."""

from __future__ import annotations

from dataclasses import dataclass

from endotune_desktop.clinic.agents import MARKETS
from endotune_desktop.clinic.analytes import Analyte, ReportUnit
from endotune_desktop.clinic.errors import InputRefused
from endotune_desktop.clinic.scenario import DoseOrder
from endotune_desktop.clinic.units import DOSE_UNITS
from endotune_desktop.physiology.axis import AxisAgent
from endotune_desktop.workbench.regimens import regimens_of
from endotune_desktop.workbench.strengths import nearest_strengths, stops_for

FAR = 3.0
"""A result this many times outside the reference range is asked about when another unit would put it inside."""
VERY_FAR = 5.0
"""A result this many times above the range is asked about when a slipped decimal point would explain it."""
DECADES = 20.0
"""Analytes accepted up to this many times their upper limit range over decades (TSH); no point is called slipped."""


@dataclass(frozen=True, slots=True)
class Repair:
    """An entry that was probably meant.

    Attributes
    ----------
    field : str
        The field that it goes into; the unit may be wrong where the number was refused.
    text : str
        What is put there.
    words : str
        As the link says it: "13.4", "120 ng/dL".
    """

    field: str
    text: str
    words: str


def own_repairs(field: str, refusal: InputRefused) -> tuple[Repair, ...]:
    """Return the repairs that a refusal brings along, for its own field."""
    return tuple(Repair(field, text, text) for text in refusal.repairs)


def result_repairs(analyte: Analyte, value: float, unit: ReportUnit, comparator: str = "") -> tuple[Repair, ...]:
    """Return what a result outside the accepted or usual range may have been: another unit, a slipped point.

    Parameters
    ----------
    analyte : Analyte
    value : float
        As typed, in `unit`.
    unit : ReportUnit
    comparator : str
        Kept in front of a repaired number.
    """
    found = [
        Repair("unit", other.id, f"{value:g} {other.id}")
        for other in analyte.units
        if other.factor != unit.factor and _usual(analyte, value * other.factor)
    ]
    for tens in (10.0, 100.0, 1000.0, 0.1):
        number = value / tens
        if _usual(analyte, number * unit.factor):
            found.append(Repair("value", f"{comparator}{number:.4g}", f"{comparator}{number:.4g}"))
            break
    return tuple(found[:2])


def _usual(analyte: Analyte, value: float) -> bool:
    low, high = analyte.reference_low, analyte.reference_high
    return low is not None and high is not None and low <= value <= high


def result_doubt(
    analyte: Analyte, value: float, unit: ReportUnit, comparator: str
) -> tuple[InputRefused, tuple[Repair, ...]] | None:
    """Return the question to ask about a result that is accepted but was probably mistyped; None for all others.

    Parameters
    ----------
    analyte : Analyte
    value : float
        As typed, in `unit`.
    unit : ReportUnit
    comparator : str
    """
    low, high = analyte.reference_low, analyte.reference_high
    if low is None or high is None or comparator:
        return None
    canonical = value * unit.factor
    above = canonical / high
    below = low / canonical if canonical > 0.0 else 0.0
    repairs = result_repairs(analyte, value, unit)
    units = tuple(repair for repair in repairs if repair.field == "unit")
    if above >= VERY_FAR and analyte.accepted_high < DECADES * high:
        chosen = repairs
    elif max(above, below) >= FAR:
        chosen = units
    else:
        return None
    if not chosen:
        return None
    times = f"{above:.0f} times the upper limit of" if above > 1.0 else f"{below:.0f} times under the lower limit of"
    limit = f"{(high if above > 1.0 else low) / unit.factor:.3g}"
    return InputRefused(f"{value:g} {unit.id} is {times} {limit}", analyte.title), chosen


def dose_repairs(entry: AxisAgent, amount: float, unit: str) -> tuple[Repair, ...]:
    """Return what a dose over the highest accepted one may have been: another unit, a slipped point."""
    agent = entry.agent
    for other in (known for known in agent.units if known != unit):
        if _takeable(entry, agent.in_own_unit(amount, other)):
            return (Repair("unit", other, f"{amount:g} {DOSE_UNITS[other].shown}"),)
    for tens in (10.0, 100.0, 1000.0):
        if _takeable(entry, agent.in_own_unit(amount / tens, unit)):
            return (Repair("dose", f"{amount / tens:g}", f"{amount / tens:g} {DOSE_UNITS[unit].shown}"),)
    return ()


def _takeable(entry: AxisAgent, amount: float) -> bool:
    """Return whether an amount lies among what is sold, from half the smallest piece to twice the largest."""
    strengths = [entry.agent.in_own_unit(a, p.unit) for p in entry.preparations for a in p.strengths]
    return bool(strengths) and min(strengths) / 2.0 <= amount <= 2.0 * max(strengths)


def dose_doubt(entry: AxisAgent, order: DoseOrder) -> tuple[InputRefused, tuple[Repair, ...]] | None:
    """Return the question to ask about a dose that no piece of its preparation makes in any market; else None."""
    (regimen,) = regimens_of((order,))
    sold = [stops_for(entry, regimen, market) for market in MARKETS]
    missing = [nearest_strengths(order.dose, stops) for stops in sold]
    if order.dose == 0.0 or any(found is None for found in missing):
        return None
    stops, found = sold[0], missing[0]
    assert found is not None
    nearest, (below, above) = found
    shown = DOSE_UNITS[order.unit].shown
    largest = max(stops.fine)
    if order.dose > largest:
        what = f"{order.dose:g} {shown} is over {largest:g} {shown}, the most that the strengths sold usually make"
        return InputRefused(what, "dose"), dose_repairs(entry, order.dose, order.unit)
    nearby = f"nearest: {nearest:g} {shown}, or {below:g} and {above:g} {shown} in turn"
    what = f"{order.dose:g} {shown} has no strength that is sold; {nearby}"
    return InputRefused(what, "dose"), (Repair("dose", f"{nearest:g}", f"{nearest:g} {shown}"),)
