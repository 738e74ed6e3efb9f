"""The clinician's card: at most six numbers about how an axis talks, each with its band and the healthy value."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from endotune_desktop.physiology.axis import Axis
from endotune_desktop.tuning.communication_word import (
    ASLEEP_DAYS,
    NORMAL_FROM,
    NORMAL_WITHIN,
    Compared,
    Word,
    compared,
    word_for,
)
from endotune_desktop.tuning.indices import (
    Indices,
    relative_gland,
    relative_rhythm,
    told_by,
)
from endotune_desktop.tuning.recovery import Recovery
from endotune_desktop.tuning.set_point import away, distance
from endotune_desktop.tuning.variation import variation

_NOTHING = 1e-6
"""Per cent under which a share is rounding."""
WITHIN = math.log(10.0)
"""Time constants until nine tenths of a change are done."""


STEERS_FROM = NORMAL_FROM
SLOWER = 1.25
"""How much slower than healthy an axis may settle and be called healthy [own choice], as the rhythm may differ."""


class Figure(StrEnum):
    """The numbers of the card, in their order (tuning.md 2.4)."""

    DISTANCE = "distance"
    STEERING = "steering"
    OUTSIDE = "outside"
    GLAND = "gland"
    RHYTHM = "rhythm"
    TIME = "time"


@dataclass(frozen=True, slots=True)
class CardNumber:
    """One number of the card.

    Attributes
    ----------
    figure : Figure
    value : float
        Standard deviations; per cent (of healthy, for gland and rhythm); days. May be inf for the time.
    healthy : float
        The same person with nothing wrong and nothing taken.
    healthy_range : (float, float)
        Where the rules of the word, or the design, call it healthy.
    low, high : float
        Limits of the 90 % band over persons like this one; nan until they are there.
    beside : float
        A second value: how far the hormone alone is from its set point, standard deviations; the shift of the rhythm
        in hours; 1 for a time of recovery and 0 for one of settling.
    """

    figure: Figure
    value: float
    healthy: float
    healthy_range: tuple[float, float]
    low: float = math.nan
    high: float = math.nan
    beside: float = math.nan


@dataclass(frozen=True)
class CommunicationCard:
    """All that the card shows.

    Attributes
    ----------
    axis : Axis
    numbers : tuple of CardNumber
        Those that mean something here, in the order of `Figure`.
    word : Word
    set_point : mapping of str to (value, low, high)
        Own set point by marker id; the limits are nan until draws are there.
    state, own : Indices
        For the expert view and the established indices.
    recovery : Recovery or None
        None until it is computed, and on a cycling axis.
    read : Compared
        What the word was read from.
    complete : bool
        Whether recovery has been computed, or never will be.
    valid : tuple of str
        What the distance is taken over.
    people : int
        Persons behind the bands, 0 before.
    """

    axis: Axis
    numbers: tuple[CardNumber, ...]
    word: Word
    set_point: Mapping[str, tuple[float, float, float]]
    state: Indices
    own: Indices
    recovery: Recovery | None
    read: Compared
    complete: bool
    valid: tuple[str, ...]
    people: int = 0

    def number(self, figure: Figure) -> CardNumber | None:
        """Return one of the numbers, None when the card does not hold it."""
        return next((number for number in self.numbers if number.figure is figure), None)


def card_of(
    axis: Axis, valid: tuple[str, ...], state: Indices, own: Indices, recovery: Recovery | None = None,
    own_recovery: Recovery | None = None, *, complete: bool = False, known: Mapping[str, float] | None = None,
) -> CommunicationCard:  # fmt: skip
    """Return the card of a state.

    Parameters
    ----------
    axis : Axis
    valid : tuple of str
        As `valid_targets` finds them: what the distance is taken over.
    state, own : Indices
    recovery, own_recovery : Recovery, optional
        Of the state, and of the same person healthy.
    complete : bool
        Whether there will be no other recovery.
    known : mapping of str to float, optional
        Variance of the logarithm of each marker's set point.
    """
    told = told_by(axis)
    away_sd = distance(axis, valid, state, own, known)
    shown_d = recovery.longest if recovery is not None and recovery.shown else math.nan
    read = compared(state, own, told, away_sd, shown_d)
    rhythm, shift = relative_rhythm(state, own)
    time = _time(state, own, recovery, own_recovery)
    steering = (STEERS_FROM * own.cancels_slow, 100.0)
    found = (
        CardNumber(Figure.DISTANCE, away_sd, 0.0, (-NORMAL_WITHIN, NORMAL_WITHIN), beside=_side(axis, state, own)),
        CardNumber(Figure.STEERING, _clean(state.cancels_slow), own.cancels_slow, steering),
        CardNumber(Figure.OUTSIDE, _clean(state.exogenous), 0.0, (0.0, 10.0)),
        CardNumber(Figure.GLAND, _clean(relative_gland(state, own)), 100.0, (80.0, 125.0)),
        CardNumber(Figure.RHYTHM, rhythm, 100.0, (80.0, 125.0), beside=shift),
        time,
    )
    kept = tuple(number for number in found if not math.isnan(number.value))
    aims = dict.fromkeys((told.upstream, *told.aims, told.hormone))
    set_point = {marker: (own.levels[marker], math.nan, math.nan) for marker in aims}
    return CommunicationCard(axis, kept, word_for(read), set_point, state, own, recovery, read, complete, valid)


def _side(axis: Axis, state: Indices, own: Indices) -> float:
    """Return how far the hormone alone is from its own set point, in standard deviations within a person."""
    hormone = told_by(axis).hormone
    wide = variation(axis.marker(hormone).analyte)
    return away(axis, hormone, state.levels, own.levels) / math.hypot(wide.assay, wide.within)


def _clean(share: float) -> float:
    """Return a share without what is only rounding; a negative zero reads as a fault."""
    return 0.0 if abs(share) < _NOTHING else share


def _time(state: Indices, own: Indices, recovery: Recovery | None, own_recovery: Recovery | None) -> CardNumber:
    """Return the time of recovery where there is something to recover from, else until the axis has settled."""
    if recovery is not None and recovery.shown:
        healthy = own_recovery.longest if own_recovery is not None and own_recovery.shown else math.nan
        return CardNumber(Figure.TIME, recovery.longest, healthy, (0.0, ASLEEP_DAYS), beside=1.0)
    healthy = settling_d(own)
    return CardNumber(Figure.TIME, settling_d(state), healthy, (0.0, SLOWER * healthy), beside=0.0)


def settling_d(state: Indices) -> float:
    """Return how long nine tenths of a lasting change take, days: the slowest time constant of the closed loop."""
    return WITHIN * state.time_constants_d[0] if state.time_constants_d else math.nan
