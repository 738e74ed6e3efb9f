"""Phases of a cycle, read off curves that are drawn by hand."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from endotune_desktop.physiology.hpt import HPT
from endotune_desktop.physiology.rhythm import Begins, Start
from endotune_desktop.workbench.cycle_phases import phase_at, phases_of
from tests.ui.second_axis import CYCLING

DAY = 24.0


def cycles(length_d: float = 28.0, count: int = 3, surge: float = 40.0) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """Return cycles that begin on days 0, 28, 56: surge on day 14, the fall marker high from day 16 to 28."""
    time_h = np.arange(0.0, count * length_d * DAY, 6.0)
    day = (time_h / DAY) % length_d
    fall = np.where(day > 16.0, 10.0, 1.0)
    height = 2.0 + surge * np.exp(-(((day - 14.0) / 0.8) ** 2))
    return time_h, {"ft3": fall, "tsh": height}


def test_that_the_phases_of_whole_cycles_follow_each_other() -> None:
    time_h, values = cycles()
    axis = replace(CYCLING, start=Start(Begins.CYCLE))
    found = phases_of(axis, time_h, values)
    assert [span.id for span in found] == ["early", "follicular", "mid", "luteal"] * 3
    assert all(a.to_h == b.from_h for a, b in pairwise(found))
    first = {span.id: (span.from_h / DAY, span.to_h / DAY) for span in found[:4]}
    assert first["early"] == (0.0, 4.0)
    assert first["mid"] == pytest.approx((13.0, 15.0), abs=0.3)
    assert first["luteal"][1] == pytest.approx(28.0, abs=0.3)


def test_that_a_course_that_begins_within_a_cycle_does_not_claim_to_know_since_when() -> None:
    time_h, values = cycles()
    found = phases_of(CYCLING, time_h, values)
    assert [span.id for span in found[:3]] == ["follicular", "mid", "luteal"]
    assert found[3].id == "early"


def test_that_a_cycle_without_a_surge_has_no_phases() -> None:
    time_h, values = cycles(surge=1.0)
    assert phases_of(CYCLING, time_h, values) == ()


def test_that_months_without_a_fall_are_no_cycle() -> None:
    time_h = np.arange(0.0, 90 * DAY, 6.0)
    assert phases_of(CYCLING, time_h, {"ft3": np.full(time_h.size, 10.0), "tsh": np.full(time_h.size, 50.0)}) == ()


def test_that_an_axis_without_a_cycle_has_no_phases() -> None:
    time_h, values = cycles()
    assert phases_of(HPT, time_h, values) == ()


def test_that_the_phase_at_an_hour_is_the_one_that_it_lies_in() -> None:
    time_h, values = cycles()
    found = phases_of(CYCLING, time_h, values)
    assert phase_at(found, 14.0 * DAY) == found[1]
    assert phase_at(found, -5.0) is None
