"""Shares of drawn persons in range."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from endotune_desktop.workbench.odds import all_in_range, share_in_range

LIMITS = {"tsh": (0.4, 4.0), "ft4": (None, 22.0)}


def test_that_a_person_counts_only_when_in_range_on_every_target() -> None:
    members = {"tsh": np.array([1.0, 1.0, 9.0, 0.1]), "ft4": np.array([12.0, 30.0, 12.0, 30.0])}
    assert share_in_range(members, LIMITS) == 0.25


def test_that_a_person_without_an_answer_is_left_out() -> None:
    members = {"tsh": np.array([1.0, np.nan]), "ft4": np.array([12.0, np.nan])}
    assert share_in_range(members, LIMITS) == 1.0


def test_that_nothing_is_said_when_nobody_was_drawn() -> None:
    assert share_in_range({}, LIMITS) is None
    assert share_in_range({"tsh": np.array([1.0])}, LIMITS) is None
    assert share_in_range({"tsh": np.array([np.nan]), "ft4": np.array([np.nan])}, LIMITS) is None


@pytest.mark.parametrize(("tsh", "ft4", "inside"), [(0.4, 22.0, True), (0.39, 12.0, False), (1.0, 22.1, False)])
def test_that_limits_belong_to_the_range(tsh: float, ft4: float, inside: bool) -> None:
    assert all_in_range({"tsh": tsh, "ft4": ft4}, LIMITS) is inside


def test_that_a_value_that_is_not_known_is_not_called_in_range() -> None:
    assert not all_in_range({"tsh": 1.0}, LIMITS)


@given(st.lists(st.floats(0.01, 50.0), min_size=1, max_size=40))
def test_that_a_wider_range_never_holds_fewer(values: list[float]) -> None:
    members = {"tsh": np.array(values)}
    narrow, wide = share_in_range(members, {"tsh": (0.4, 4.0)}), share_in_range(members, {"tsh": (0.2, 10.0)})
    assert narrow is not None
    assert wide is not None
    assert narrow <= wide
