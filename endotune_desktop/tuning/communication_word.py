"""One word for how an axis talks, by the first rule that applies (tuning.md 2.3)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

from endotune_desktop.physiology.communication import Communication
from endotune_desktop.tuning.indices import Indices, relative_gland

STEERED_FROM, STEERS_LESS = 90.0, 20.0
FREE_BELOW, FREE_OUTSIDE = 5.0, 10.0
GLAND_LEFT = 30.0
CALLS_FROM, QUIET_BELOW = 0.7, 0.65
CALLS_LOUDLY = 2.0
ASLEEP_DAYS = 60.0
NORMAL_WITHIN, NORMAL_FROM = 2.0, 0.8


class Word(StrEnum):
    """How an axis talks."""

    STEERED = "steered from outside"
    FREE = "running free"
    UNANSWERED = "centre calls, gland cannot answer"
    QUIET = "gland waits, centre is quiet"
    ASLEEP = "asleep, can wake"
    NORMAL = "talking normally"
    PARTLY = "partly talking"


@dataclass(frozen=True, slots=True)
class Compared:
    """A state beside the same person healthy, as the rules read it.

    Attributes
    ----------
    exogenous, cancels, cancels_own : float
        Per cent, masses free.
    gland : float
        Per cent of healthy.
    centre : float
        Centre response over the healthy one.
    upstream : float
        What the centre sends, over its own set point.
    distance : float
        Standard deviations; nan without a valid target.
    recovery_d : float
        nan where it is not shown.
    """

    exogenous: float
    cancels: float
    cancels_own: float
    gland: float
    centre: float
    upstream: float
    distance: float
    recovery_d: float


def compared(state: Indices, own: Indices, told: Communication, away_sd: float, recovery_d: float) -> Compared:
    """Return what the rules read of a state.

    Parameters
    ----------
    state, own : Indices
    told : Communication
    away_sd : float
        Distance from the own set point.
    recovery_d : float
        nan where it is not shown.
    """
    centre = state.centre_response / own.centre_response if own.centre_response else math.nan
    sent, usual = state.levels[told.upstream], own.levels[told.upstream]
    return Compared(
        state.exogenous, state.cancels_slow, own.cancels_slow, relative_gland(state, own),
        centre if math.isfinite(centre) else 0.0, sent / usual if usual > 0.0 else math.nan, away_sd, recovery_d,
    )  # fmt: skip


def word_for(found: Compared) -> Word:
    """Return the first rule's word that applies.

    Two rules go beyond the table of tuning.md 2.3, where it would misname an empty gland: "running free" wants a gland
    that is there, and a centre that sends more than twice its own set point calls, however flat its response.
    """
    outside = 0.0 if math.isnan(found.exogenous) else found.exogenous
    if outside >= STEERED_FROM and found.cancels < STEERS_LESS:
        return Word.STEERED
    if found.cancels < FREE_BELOW and outside < FREE_OUTSIDE and found.gland >= GLAND_LEFT:
        return Word.FREE
    if found.gland < GLAND_LEFT and (found.centre >= CALLS_FROM or found.upstream > CALLS_LOUDLY):
        return Word.UNANSWERED
    if found.centre < QUIET_BELOW and not found.upstream > 1.0:
        return Word.QUIET
    if found.recovery_d > ASLEEP_DAYS:
        return Word.ASLEEP
    if abs(found.distance) < NORMAL_WITHIN and found.cancels >= NORMAL_FROM * found.cancels_own:
        return Word.NORMAL
    return Word.PARTLY
