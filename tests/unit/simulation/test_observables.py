"""The language of facts."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from endotune_desktop.clinic.errors import InputRefused
from endotune_desktop.simulation.course import Course
from endotune_desktop.simulation.observables import evaluate

HOURS = np.arange(0.0, 73.0, 1.0)


def _course(values: np.ndarray) -> Course:
    return Course("toy", HOURS, {"tsh": values, "ft4": 2.0 * values}, np.zeros((73, 1)), (), (), 0, 0)


COURSES = {"": _course(HOURS.copy()), "other": _course(np.full(73, 4.0))}


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("tsh@08:00+1d", "", 32.0),
        ("tsh@08:00", "", 8.0),
        ("mean(tsh, 0d, 1d)", "", 12.0),
        ("max(tsh, 0d, 2d) - min(tsh, 1d, 2d)", "", 24.0),
        ("tmax(tsh, 1d, 2d)", "d", 2.0),
        ("first(tsh > 36.5)", "h", 36.5),
        ("last(tsh < 12)", "h", 12.0),
        ("ratio(mean(tsh), mean(other::tsh))", "", 9.0),
        ("amplitude(tsh, 1)", "", 24.0),
        ("max(running(tsh, 24h), 24h, 48h)", "", 36.0),
        ("at(running(tsh, 1.5h), 10)", "", 9.25),
        ("first(running(tsh, 24h) > 20)", "h", 32.0),
        ("clock(tmax(tsh, 0, 30))", "h", 6.0),
        ("tmin(tsh * 2 - ft4 / 4 + tsh, 1d, 2d)", "h", 24.0),
        ("first(tsh > 48) - 1d", "d", 1.0),
        ("-ln(exp(2)) + 1", "", -1.0),
        ("at(tsh, 90min)", "", 1.5),
    ],
)
def test_that_observables_give_what_they_say(text: str, unit: str, value: float) -> None:
    assert evaluate(text, COURSES, unit) == pytest.approx(value)


WAVES = {"": _course(10.0 + np.where(HOURS < 42.0, 3.0, 5.0) * np.sin(2.0 * math.pi * HOURS / 12.0))}
"""Maxima of 13 at 3, 15, 27 and 39 h, of 15 at 51 and 63 h."""


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("peaks(tsh, 12)", "", 6.0),
        ("peaks(tsh, 14)", "", 2.0),
        ("peaks(tsh, 16)", "", 0.0),
        ("peaks(tsh, 12, 10, 30)", "", 2.0),
        ("first_peak(tsh, 12)", "h", 3.0),
        ("first_peak(tsh, 12, 1d)", "h", 27.0),
        ("first_peak(tsh, 14) - first_peak(tsh, 12)", "d", 2.0),
        ("median(intervals(tsh, 12))", "", 12.0),
        ("median(intervals(tsh, 12) / 24)", "", 0.5),
        ("sd(intervals(tsh, 12))", "", 0.0),
        ("sd(tsh)", "", float(np.std(WAVES[""].markers["tsh"]))),
        ("sd(tsh, 2)", "", 0.5 * abs(float(np.diff(WAVES[""].markers["tsh"])[-1]))),
    ],
)
def test_that_peaks_are_counted_timed_and_spaced(text: str, unit: str, value: float) -> None:
    assert evaluate(text, WAVES, unit) == pytest.approx(value, abs=1e-12)


def test_that_a_plateau_is_one_peak_and_an_end_is_none() -> None:
    valley = {"": _course(np.abs(HOURS - 36.0))}
    assert evaluate("peaks(tsh, 1)", valley) == 0.0
    steps = {"": _course(np.where((HOURS > 10.0) & (HOURS < 20.0), 5.0, 1.0))}
    assert evaluate("peaks(tsh, 1)", steps) == 1.0
    assert evaluate("first_peak(tsh, 1)", steps, "h") == 11.0


@pytest.mark.parametrize("text", ["first_peak(tsh, 16)", "intervals(tsh, 16)", "median(intervals(tsh, 16))"])
def test_that_peaks_that_never_come_are_not_a_number(text: str) -> None:
    assert math.isnan(evaluate(text, WAVES, "h"))


def test_that_a_half_life_is_found() -> None:
    courses = {"": _course(np.exp(-math.log(2) * HOURS / 10.0))}
    assert evaluate("half_life(tsh, 0)", courses, "h") == pytest.approx(10.0)


@pytest.mark.parametrize(
    "text",
    ["", "nothing(tsh)", "mean(xyz)", "tsh", "mean(missing::tsh)", "__import__('os')", "tsh.values", "tsh[0]", "1/0",
     "first(tsh)", "tsh@99:00+9d", "mean(tsh, 5d, 6d)", "lambda: 1", "'a'", "tsh**2", "ln(-1)",
     "mean(tsh, 0d, 900d)", "25:70", "9" * 400,
     "first(tsh > 1, 2, 3, 4)  +"],
)  # fmt: skip
def test_that_other_texts_are_refused(text: str) -> None:
    with pytest.raises(InputRefused):
        evaluate(text, COURSES, "h")


def test_that_a_time_needs_a_unit() -> None:
    with pytest.raises(InputRefused, match="unit"):
        evaluate("tmax(tsh)", COURSES, "mIU/L")


def test_that_a_crossing_that_never_comes_is_not_a_number() -> None:
    assert math.isnan(evaluate("at(ft4, first(tsh > 1000))", COURSES, "d"))
    assert math.isnan(evaluate("first(ft4 > 1, first(tsh > 1000))", COURSES, "d"))
    assert math.isnan(evaluate("first(tsh > 1000)", COURSES, "d"))


@given(st.text(max_size=40))
def test_that_any_text_is_a_number_or_a_refusal(text: str) -> None:
    try:
        found = evaluate(text, COURSES, "h")
    except InputRefused:
        return
    assert isinstance(found, float)
