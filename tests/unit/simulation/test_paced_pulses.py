"""Pulses that the axis paces itself: drawn from its own markers, the same for the same seed, and true to the stream."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from endotune_desktop.clinic.scenario import Scenario, SingleDose
from endotune_desktop.physiology.hpg_male import HPG_MALE, REFERENCE_MAN
from endotune_desktop.physiology.rhythm import PacedPulses
from endotune_desktop.simulation import Course, compiled, periodic_start, simulate
from endotune_desktop.simulation.effects import JumpAt
from endotune_desktop.simulation.paced_pulses import paced_jumps
from endotune_desktop.simulation.running import base_parameters
from endotune_desktop.simulation.timeline import happenings

MAN = Scenario("hpg_male", REFERENCE_MAN, duration_days=30.0, output_step_h=0.1, pulses=True, seed=7)
FLARE = SingleDose("leuprorelin", "im", 7.5, "mg", 30.0, "depot_1_month")


def drawn(scenario: Scenario) -> list[JumpAt]:
    """Return the pulses of a scenario."""
    train = HPG_MALE.pulses
    assert isinstance(train, PacedPulses)
    begin = periodic_start(HPG_MALE, scenario)
    base = {**base_parameters(HPG_MALE, scenario), train.stream: 0.0}
    return paced_jumps(
        compiled(HPG_MALE), train, scenario.person, base, happenings(HPG_MALE, scenario),
        (begin.time_h, begin.states), scenario.duration_days * 24.0, jumps_at_start=True, seed=scenario.seed,
        rtol=1e-9,
    )  # fmt: skip


def mean(course: Course, marker: str) -> float:
    """Return the mean of a marker over a course."""
    return float(np.trapezoid(course.markers[marker], course.time_h)) / float(course.time_h[-1])


def test_that_each_pulse_is_drawn_from_what_the_axis_is_like_then() -> None:
    scenario = replace(MAN, duration_days=4.0, events=(FLARE,))
    pulses = drawn(scenario)
    times = np.array([pulse.time_h for pulse in pulses])
    # Given twice, a time is first the value before what happens then; the pulses are in the course by themselves.
    grid = np.concatenate([[0.0], np.repeat(times, 2), [96.0]])
    course = simulate(HPG_MALE, scenario, rtol=1e-9, output_times_h=grid)
    generator = np.random.Generator(np.random.PCG64(scenario.seed))
    frequency, last_h = course.markers["lh_pulse_frequency"][0], 0.0
    for index, pulse in enumerate(pulses):
        before, after = 1 + 2 * index, 2 + 2 * index
        interval = 24.0 / frequency * generator.weibull(2.0) / (math.sqrt(math.pi) / 2.0)
        assert pulse.time_h - last_h == pytest.approx(interval, rel=1e-5)
        size = course.markers["lh_pulse_size"][before] * math.exp(0.3 * generator.normal() - 0.045)
        assert pulse.value == pytest.approx(size, rel=1e-5)
        assert course.markers["lh"][after] - course.markers["lh"][before] == pytest.approx(size, rel=1e-5)
        frequency, last_h = course.markers["lh_pulse_frequency"][before], pulse.time_h
    assert len(pulses) > 30


def test_that_thirty_days_of_pulses_are_those_of_the_document() -> None:
    # Section 6: 12.1 pulses a day, LH 4.09 (0.3 to 18), testosterone 17.3, FSH 4.26; another order of draws there.
    course = simulate(HPG_MALE, MAN)
    assert len(drawn(MAN)) / 30.0 == pytest.approx(12.1, abs=0.6)
    assert mean(course, "lh") == pytest.approx(4.09, rel=0.05)
    assert mean(course, "testosterone") == pytest.approx(17.3, rel=0.03)
    assert mean(course, "fsh") == pytest.approx(4.26, rel=0.05)
    assert course.markers["lh"].min() < 0.6
    assert course.markers["lh"].max() > 12.0


def test_that_a_seed_is_a_course_and_another_seed_another() -> None:
    short = replace(MAN, duration_days=5.0)
    first, again = simulate(HPG_MALE, short), simulate(HPG_MALE, short)
    assert first.states.tobytes() == again.states.tobytes()
    other = simulate(HPG_MALE, replace(short, seed=8))
    assert np.max(np.abs(other.markers["lh"] - first.markers["lh"])) > 1.0


def test_that_between_pulses_lh_only_falls() -> None:
    course = simulate(HPG_MALE, replace(MAN, duration_days=3.0))
    lh, hours = course.markers["lh"], course.time_h
    pulses = np.array([pulse.time_h for pulse in drawn(replace(MAN, duration_days=3.0))])
    held = np.searchsorted(pulses, hours[:-1]) == np.searchsorted(pulses, hours[1:])
    # LH elimination of 13.3 a day is the only thing that moves it.
    expected = lh[:-1] * np.exp(-13.3 * np.diff(hours) / 24.0)
    assert lh[1:][held] == pytest.approx(expected[held], rel=1e-5)
    assert not held.all()
