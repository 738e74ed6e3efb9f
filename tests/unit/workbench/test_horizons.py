"""Horizons from the axis, beside the usual ones."""

from __future__ import annotations

from dataclasses import replace

import pytest

from endotune_desktop.physiology.hpt import HPT
from endotune_desktop.physiology.registry import AXES
from endotune_desktop.workbench.horizons import USUAL, Horizon, first_horizon, horizon_of, horizons_of
from tests.ui.second_axis import CYCLING, MIRROR


def test_that_an_axis_without_wishes_gets_the_usual_horizons() -> None:
    assert horizons_of(HPT) == USUAL
    assert first_horizon(HPT) is Horizon.SIX_MONTHS


def test_that_the_first_wish_of_an_axis_is_shown_from_the_start_and_the_usual_ones_stay_beside_it() -> None:
    offered = horizons_of(MIRROR)
    assert first_horizon(MIRROR).value == "48 h"
    assert [h.value for h in offered] == ["24 h", "48 h", "7 d", "6 w", "60 d", "6 mo", "1 y"]
    assert list(offered) == sorted(offered, key=lambda h: h.days)


@pytest.mark.parametrize(
    ("days", "words"),
    [(2.0, "48 h"), (28.0, "4 w"), (56.0, "8 w"), (84.0, "12 w"), (112.0, "16 w"), (180.0, "6 mo"), (364.0, "1 y")],
)
def test_that_a_length_is_written_in_the_unit_in_which_it_is_a_small_number(days: float, words: str) -> None:
    found = horizon_of(days)
    assert (found.value, found.days) == (words, days)


def test_that_a_near_usual_length_gives_way_to_the_wish_of_the_axis() -> None:
    values = [h.value for h in horizons_of(replace(HPT, horizons_days=(180.0,)))]
    assert values.count("6 mo") == 1
    assert Horizon.SIX_MONTHS not in horizons_of(replace(HPT, horizons_days=(180.0,)))


def test_that_clock_horizons_begin_today_and_draw_every_quarter_of_an_hour() -> None:
    found = first_horizon(MIRROR)
    assert found.past_days == 0.0
    assert found.step_h(MIRROR) == 0.25
    assert not found.samples_daily(MIRROR)


def test_that_an_axis_whose_days_differ_is_not_drawn_by_daily_samples() -> None:
    assert Horizon.YEAR.samples_daily(HPT)
    assert not Horizon.YEAR.samples_daily(CYCLING)
    assert 1.0 <= Horizon.YEAR.step_h(CYCLING) <= 12.0


def test_that_every_axis_has_horizons_of_its_own_names() -> None:
    for axis in AXES.values():
        values = [h.value for h in horizons_of(axis)]
        assert len(set(values)) == len(values) <= 9, axis.id
        assert first_horizon(axis) in horizons_of(axis)
