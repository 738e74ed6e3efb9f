"""The amounts that exist in a market: stops of a dose slider, what to swallow, and what to say about the others."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import combinations_with_replacement

from endotune_desktop.clinic.agents import ALL_MARKETS, Preparation
from endotune_desktop.physiology.axis import AxisAgent
from endotune_desktop.workbench.regimens import WEEK, AgentRegimen

ENOUGH_STRENGTHS = 8
"""With so many strengths the slider steps through single tablets; with fewer, two tablets fill the gaps."""
FEW_STRENGTHS = 4
"""With fewer strengths than this a dose may take more than two of the largest."""
MOST_PIECES = 6
"""Tablets of one strength that a person swallows at once."""

Way = tuple[tuple[float, float], ...]
"""What is swallowed: (how many, of which strength), the larger first."""


@dataclass(frozen=True)
class Stops:
    """The amounts of one dose that can be taken, in the order's unit.

    Attributes
    ----------
    coarse : list of float
        What the slider steps through: whole pieces; 0 first.
    fine : list of float
        With the parts that the preparation allows.
    free : bool
        Any amount can be measured (solutions, vials).
    ways : dict of float to Way
        Every amount that at most two pieces make, one of them divided at most, and how.
    form : str
        What one piece is called: "tablet".
    sold_in : tuple of str
        The markets whose strengths these are.
    here : bool
        Whether the asked market is among them; otherwise the strengths are those of other markets.
    strange : tuple of float
        Stops that are no strength of the market, held because the record or the plan has them.
    """

    coarse: list[float]
    fine: list[float]
    free: bool
    ways: dict[float, Way] = field(default_factory=dict)
    form: str = ""
    sold_in: tuple[str, ...] = ()
    here: bool = True
    strange: tuple[float, ...] = ()

    def way(self, amount: float) -> Way:
        """Return what is swallowed for an amount, nothing when no pieces make it or it is measured."""
        return self.ways.get(_key(amount), ())

    def exists(self, amount: float) -> bool:
        """Return whether an amount can be taken."""
        return self.free or amount == 0.0 or _key(amount) in self.ways

    def holding(self, amounts: tuple[float, ...]) -> Stops:
        """Return the stops with some amounts added that must stay selectable, the unknown among them marked."""
        strange = tuple(amount for amount in dict.fromkeys(amounts) if not self.exists(amount))
        return Stops(
            sorted({*self.coarse, *strange}), sorted({*self.fine, *strange}), self.free, self.ways, self.form,
            self.sold_in, self.here, strange,
        )  # fmt: skip


def sold_as(entry: AxisAgent, route: str, preparation: str | None, market: str) -> tuple[Preparation | None, bool]:
    """Return what is sold of an agent in a market, and whether it is sold there at all.

    Where the market has none, another market's is returned; None when nothing is listed for the route.
    """
    sold = [p for p in entry.preparations_for(route) if p.id == (preparation or "")]
    here = [p for p in sold if market in p.markets or ALL_MARKETS in p.markets]
    found = here or sold or list(entry.preparations_for(route))
    return (found[0] if found else None), bool(here)


def stops_for(entry: AxisAgent, regimen: AgentRegimen, market: str) -> Stops:
    """Return the stops of a regimen's doses in a market.

    A dose once a week steps through seven times the daily strengths as well, as that is how it is dosed.
    """
    sold, here = sold_as(entry, regimen.route, regimen.preparation, market)
    if sold is None:
        top = entry.agent.from_own_unit(entry.usual_dose, regimen.unit) * 4.0
        steps = [top * index / 20.0 for index in range(21)]
        return Stops(steps, steps, True)
    strengths = [entry.agent.converted(amount, sold.unit, regimen.unit) for amount in sold.strengths]
    if sold.smallest_part == 0.0:
        return Stops(*_measured(strengths), True, {}, sold.title, sold.markets, here)
    ways = _ways(strengths, sold.smallest_part)
    whole = {0.0, *strengths}
    if len(strengths) < ENOUGH_STRENGTHS:
        whole |= {amount for amount, way in ways.items() if amount <= _top(strengths) and _undivided(way)}
    least = min(strengths) * sold.smallest_part
    parts = {amount * sold.smallest_part for amount in strengths}
    parts |= {amount for amount in ways if _is_whole(amount / least) and amount <= max(whole)}
    if regimen.once_a_cycle and regimen.cycle_days == WEEK:
        for amount in strengths:
            ways.setdefault(_key(WEEK * amount), ((float(WEEK), amount),))
        whole, parts = {0.0, *(WEEK * amount for amount in strengths)}, whole | parts
    return Stops(sorted(whole), sorted(whole | parts), False, ways, sold.title, sold.markets, here)


def _measured(strengths: list[float]) -> tuple[list[float], list[float]]:
    """Return the steps of what is measured in a spoon or a syringe: multiples of the smallest, and its tenths."""
    smallest, top = min(strengths), _top(strengths)
    multiples = {smallest * count for count in range(1, 9) if smallest * count <= top}
    coarse = {0.0, *strengths, *(multiples if len(strengths) < MOST_PIECES else ())}
    tenths = {_key(smallest * count / 10.0) for count in range(1, 41) if smallest * count / 10.0 <= top}
    return sorted(coarse), sorted(coarse | tenths)


def _ways(strengths: list[float], part: float) -> dict[float, Way]:
    """Return every amount that at most two pieces make, with its plainest way: few pieces, whole before divided."""
    parts = [part * count for count in range(1, round(1.0 / part) + 1)]
    pieces = [(count, strength) for strength in strengths for count in parts]
    found: list[Way] = [(piece,) for piece in pieces]
    found += [pair for pair in combinations_with_replacement(pieces, 2) if max(count for count, _ in pair) == 1.0]
    if len(strengths) < FEW_STRENGTHS:
        largest = max(strengths)
        found += [((float(count), largest),) for count in range(3, MOST_PIECES + 1)]
    ways: dict[float, Way] = {}
    for way in sorted(found, key=_plainness):
        ways.setdefault(_key(sum(count * strength for count, strength in way)), _gathered(way))
    return ways


def _plainness(way: Way) -> tuple[float, float, float]:
    divided = sum(count != int(count) for count, _ in way)
    return divided, sum(max(count, 1.0) for count, _ in way), -max(strength for _, strength in way)


def _gathered(way: Way) -> Way:
    """Return a way with alike whole pieces counted together, the larger strength first."""
    counts: dict[tuple[bool, float], float] = {}
    for count, strength in way:
        kind = (count == int(count), strength)
        counts[kind] = counts.get(kind, 0.0) + count
    return tuple((count, strength) for (_, strength), count in sorted(counts.items(), key=lambda x: (-x[0][1], -x[1])))


def _top(strengths: list[float]) -> float:
    """Return where a slider over few strengths ends."""
    return max(4.0 * min(strengths), 2.0 * max(strengths))


def _undivided(way: Way) -> bool:
    return all(count == int(count) for count, _ in way)


def _is_whole(ratio: float) -> bool:
    return abs(ratio - round(ratio)) < 1e-6


def _key(amount: float) -> float:
    return round(amount, 6)


def nearest_strengths(amount: float, stops: Stops) -> tuple[float, tuple[float, float]] | None:
    """Return the nearest amount that exists and the two to take in turn; None when the amount itself exists."""
    if stops.exists(amount):
        return None
    whole = [stop for stop in stops.coarse if stop > 0.0 and stop not in stops.strange]
    nearest = min(whole, key=lambda stop: abs(stop - amount))
    below = max((stop for stop in whole if stop < amount), default=whole[0])
    above = min((stop for stop in whole if stop > amount), default=whole[-1])
    return nearest, (below, above)
