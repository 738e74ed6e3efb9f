"""Gain, margins and damping of a loop whose answers are known: three equal lags with a gain round them."""

from __future__ import annotations

import math

import numpy as np
import pytest

from endotune_desktop.tuning.loop_response import FREQUENCIES_PER_H, Loop

PACE = 0.2


def lags(gain: float, pace: float = PACE) -> Loop:
    """Return L(s) = gain / (1 + s/pace)^3 closed on itself: the centre is the first lag, it hears the third."""
    a = pace * np.array([[-1.0, 0.0, -gain], [1.0, -1.0, 0.0], [0.0, 1.0, -1.0]])
    b = pace * np.array([-gain, 0.0, 0.0])
    heard = np.array([0.0, 0.0, 1.0])
    every = np.arange(3)
    return Loop(a, b, heard, np.array([1.0, 0.0, 0.0]), np.array([0.0, 1.0, 0.0]), every, every)


@pytest.mark.parametrize("gain", [0.3, 1.0, 3.0, 7.0])
def test_that_the_static_gain_and_the_cancelled_share_are_those_of_the_loop(gain: float) -> None:
    assert lags(gain).gain(slow=True) == pytest.approx(gain, rel=1e-10)
    assert lags(gain).cancels(slow=False) == pytest.approx(100.0 * gain / (1.0 + gain), rel=1e-10)


def test_that_the_transfer_function_is_recovered_at_every_frequency() -> None:
    expected = 3.0 / (1.0 + 1j * FREQUENCIES_PER_H / PACE) ** 3
    np.testing.assert_allclose(lags(3.0).transfer(FREQUENCIES_PER_H, slow=True), expected, rtol=1e-7, atol=1e-12)


@pytest.mark.parametrize("gain", [2.0, 5.0])
def test_that_margins_are_those_of_three_lags(gain: float) -> None:
    # |L| = 1 at w = pace sqrt(gain^(2/3) - 1); the phase is -180 degrees at w = pace sqrt 3, where |L| = gain / 8.
    phase, factor = lags(gain).margins()
    turn = math.degrees(3.0 * math.atan(math.sqrt(gain ** (2.0 / 3.0) - 1.0)))
    assert phase == pytest.approx(180.0 - turn, abs=0.05)
    assert factor == pytest.approx(8.0 / gain, rel=1e-3)


def test_that_a_loop_that_never_reaches_one_has_no_phase_margin_and_a_cut_one_no_margin_at_all() -> None:
    phase, factor = lags(0.5).margins()
    assert math.isnan(phase)
    assert factor == pytest.approx(16.0, rel=1e-3)
    assert all(math.isnan(value) for value in lags(1e-9).margins())


@pytest.mark.parametrize("gain", [0.5, 3.0, 7.0])
def test_that_damping_is_that_of_the_closed_loop(gain: float) -> None:
    # (1 + s/pace)^3 = -gain: s = pace (gain^(1/3) exp(i pi/3) - 1).
    root = PACE * (gain ** (1.0 / 3.0) * np.exp(1j * np.pi / 3.0) - 1.0)
    assert lags(gain).damping() == pytest.approx(-root.real / abs(root), rel=1e-9)
    slowest = lags(gain).eigenvalues()[0]
    assert slowest.real == pytest.approx(root.real, rel=1e-9)


def test_that_responses_are_those_of_the_parts() -> None:
    # The centre answers one per cent more signal by `gain` per cent less, the gland follows it one to one.
    assert lags(3.0).centre_response() == pytest.approx(3.0, rel=1e-10)
    assert lags(3.0).gland_response() == pytest.approx(1.0, rel=1e-10)
