"""Seeded pulses: drawn before the run, so that the same seed is the same course on every machine."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from endotune_desktop.clinic.scenario import Scenario
from endotune_desktop.physiology.axis import Axis, Mode
from endotune_desktop.physiology.rhythm import PulseTrain
from endotune_desktop.simulation.effects import JUMP_MODES, Happenings, InForce, JumpAt

FloatArray = npt.NDArray[np.float64]


def add_pulses(found: Happenings, axis: Axis, scenario: Scenario) -> None:
    """Add the pulses of a scenario, and what is set while they are drawn; nothing when it draws none.

    Parameters
    ----------
    found : Happenings
        Of that scenario; extended in place.
    axis : Axis
    scenario : Scenario
        Its `pulses`, `seed` and `duration_days` count.
    """
    train = axis.pulses
    if not isinstance(train, PulseTrain) or not scenario.pulses:
        return
    times_h, amounts = drawn_pulses(train, scenario.seed, scenario.duration_days * 24.0)
    state, ahead = axis.state_index(train.state), times_h < 0.0
    if train.chain is not None:
        # What the pulses before time 0 left in both stages takes the place of their rest.
        left = amounts[ahead] * np.exp(times_h[ahead] / train.chain.tau_h)
        second = float(np.sum(left * -times_h[ahead] / train.chain.tau_h))
        found.jumps.append(JumpAt(0.0, state, JUMP_MODES[Mode.SET], float(np.sum(left))))
        found.jumps.append(JumpAt(0.0, axis.state_index(train.chain.state), JUMP_MODES[Mode.SET], second))
    for time_h, amount in zip(times_h[~ahead].tolist(), amounts[~ahead].tolist(), strict=True):
        found.jumps.append(JumpAt(time_h, state, JUMP_MODES[Mode.PLUS], amount))
    if train.holds:
        changes = tuple((name, Mode.SET, value) for name, value in train.holds.items())
        found.in_force.append(InForce(-math.inf, math.inf, changes))


def drawn_pulses(train: PulseTrain, seed: int, end_h: float) -> tuple[FloatArray, FloatArray]:
    """Return the times of the pulses, in hours, and their amounts in units of the state.

    Intervals are gamma and amounts log-normal, with the declared means and coefficients of variation, from
    ``numpy.random.default_rng(seed)``. The order of the draws is the train's own (`PulseTrain.times_first`).

    Parameters
    ----------
    train : PulseTrain
    seed : int
    end_h : float
        No pulse at or after it is returned.
    """
    generator = np.random.default_rng(seed)
    shape = 1.0 / train.interval_cv**2
    times, scores = [], []
    time_h = -train.lead_in_h
    while True:
        time_h += float(generator.gamma(shape, train.mean_interval_h / shape))
        if time_h >= end_h:
            break
        times.append(time_h)
        if not train.times_first:
            scores.append(float(generator.standard_normal()))
    if train.times_first:
        scores = generator.standard_normal(len(times)).tolist()
    spread = math.sqrt(math.log1p(train.amount_cv**2))
    amounts = train.mean_amount * np.exp(spread * np.array(scores) - 0.5 * spread**2)
    return np.array(times), amounts
