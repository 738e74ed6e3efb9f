"""Doses of a day that change while the day's total stays."""

from __future__ import annotations

from endotune_desktop.workbench.strengths import Stops


def stepped(amount: float, direction: int, stops: list[float]) -> float:
    """Return the next stop above (direction 1) or below (-1); the amount itself at the end of the stops."""
    if direction > 0:
        return next((stop for stop in stops if stop > amount + 1e-9), amount)
    return next((stop for stop in reversed(stops) if stop < amount - 1e-9), amount)


def shared(amounts: tuple[float, ...], column: int, steps: int, stops: Stops) -> tuple[float, ...]:
    """Return a day's doses with one dose some steps larger or smaller and another as much the other way.

    A step is the smallest for which both doses exist; the doses after the changed one give way first.

    Parameters
    ----------
    amounts : tuple of float
    column : int
        The dose that the hand changes.
    steps : int
        Positive for more of it; further steps than there are change nothing more.
    stops : Stops
    """
    for _ in range(abs(steps)):
        amounts = _shared_once(amounts, column, 1 if steps > 0 else -1, stops)
    return amounts


def _shared_once(amounts: tuple[float, ...], column: int, direction: int, stops: Stops) -> tuple[float, ...]:
    here, count = amounts[column], len(amounts)
    others = [(column + place) % count for place in range(1, count)]
    wanted = sorted(
        (stop for stop in stops.fine if (stop - here) * direction > 1e-9), key=lambda stop: abs(stop - here)
    )
    for stop in wanted:
        for other in others:
            rest = round(amounts[other] - (stop - here), 6)
            if rest >= 0.0 and (rest <= stops.fine[-1] or direction > 0) and stops.exists(rest):
                fresh = list(amounts)
                fresh[column], fresh[other] = stop, rest
                return tuple(fresh)
    return amounts
