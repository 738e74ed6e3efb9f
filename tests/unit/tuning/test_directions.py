"""Directions of markers: in and out of the range, without one, doubled, and against the same person before."""

from __future__ import annotations

import math

import pytest

from endotune_desktop.clinic.person import Person, Sex
from endotune_desktop.physiology.registry import AXES
from endotune_desktop.tuning.directions import (
    SIGNS,
    Direction,
    Thresholds,
    against_before,
    against_healthy,
    reference_range,
)

THRESHOLDS = Thresholds(1.05, 2.0, 1.5, 3.0, 1.1)
RANGE = (1.0, 4.0)
NONE = (-math.inf, math.inf)


@pytest.mark.parametrize(
    ("value", "healthy", "span", "expected"),
    [
        (2.0, 2.0, RANGE, "normal"),
        (3.9, 2.0, RANGE, "normal"),  # within the range, not twice
        (4.0, 2.0, RANGE, "up"),  # within the range, twice
        (4.1, 2.0, RANGE, "up"),
        (4.1, 4.0, RANGE, "normal"),  # outside, but as the healthy person
        (6.0, 2.0, RANGE, "up2"),
        (0.9, 1.0, RANGE, "down"),
        (0.9, 0.91, RANGE, "normal"),
        (0.66, 2.0, RANGE, "down2"),
        (0.0, 2.0, RANGE, "down2"),
        (2.9, 2.0, NONE, "normal"),
        (3.0, 2.0, NONE, "up"),
        (1.3, 2.0, NONE, "down"),
        (6.0, 2.0, (-math.inf, 4.0), "up2"),
        (0.0, 0.0, NONE, "normal"),
        (1.0, 0.0, NONE, "up2"),
    ],
)
def test_that_a_marker_stands_where_a_reader_would_put_it(
    value: float, healthy: float, span: tuple[float, float], expected: str
) -> None:
    assert against_healthy(value, healthy, span, THRESHOLDS).value == expected


@pytest.mark.parametrize(
    ("value", "before", "expected"),
    [(1.1, 1.0, "rises"), (1.09, 1.0, "same"), (0.92, 1.0, "same"), (0.9, 1.0, "falls")],
)
def test_that_a_change_has_a_size(value: float, before: float, expected: str) -> None:
    assert against_before(value, before, THRESHOLDS).value == expected


def test_that_arrows_of_one_sign_agree() -> None:
    assert SIGNS[Direction.UP] == SIGNS[Direction.UP2] == SIGNS[Direction.RISES] == 1
    assert set(SIGNS) == set(Direction)


def test_that_the_range_is_the_laboratorys_for_the_markers_own_analyte() -> None:
    person = Person(Sex.FEMALE, 40.0, 165.0, 65.0)
    hpt = AXES["hpt"]
    assert reference_range(hpt.marker("tsh"), person, 8.0) == (0.4, 4.0)
    assert reference_range(hpt.marker("spina_gt"), person, 8.0) == NONE
