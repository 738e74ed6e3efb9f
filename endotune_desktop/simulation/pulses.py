"""Seeded pulses: drawn before the run, so that the same seed is the same course on every machine."""

from __future__ import annotations

import numpy as np

from endotune_desktop.clinic.scenario import Scenario
from endotune_desktop.physiology.axis import Axis
from endotune_desktop.physiology.rhythm import PulseTrain
from endotune_desktop.simulation.timeline import JumpAt


def pulse_jumps(axis: Axis, train: PulseTrain, scenario: Scenario) -> list[JumpAt]:
    """Return the pulses of a scenario as jumps of a state.

    Intervals are gamma and amounts log-normal, with the declared means and coefficients of variation; the draw order
    is interval, amount, interval, amount ..., from ``Generator(PCG64(seed))``.

    Parameters
    ----------
    axis : Axis
    train : PulseTrain
    scenario : Scenario
        Its `seed` and `duration_days` count.
    """
    generator = np.random.Generator(np.random.PCG64(scenario.seed))
    shape = 1.0 / train.interval_cv**2
    spread = np.sqrt(np.log1p(train.amount_cv**2))
    state = axis.state_index(train.state)
    end_h = scenario.duration_days * 24.0
    time_h = 0.0
    jumps: list[JumpAt] = []
    while True:
        time_h += float(generator.gamma(shape, train.mean_interval_h / shape))
        amount = train.mean_amount * float(np.exp(generator.normal(-0.5 * spread**2, spread)))
        if time_h >= end_h:
            return jumps
        jumps.append(JumpAt(time_h, state, 0, amount))
