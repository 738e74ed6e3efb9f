"""The prolactin axis against trajectories that LSODA made at rtol 1e-10."""

from __future__ import annotations

import pytest

from endotune_desktop.clinic.person import Person, Sex
from endotune_desktop.physiology.prolactin import PROLACTIN
from tests.science.trajectory_files import Given, read_trajectory, rerun, worst_of

WOMAN = Person(Sex.FEMALE, 40.0, 168.0, 75.0)
GIVEN = {
    "trh": Given("protirelin", "iv", 400.0, "ug", 400.0),
    "g_cab": Given("cabergoline", "oral", 0.5, "mg", 500.0),
}


@pytest.mark.parametrize("name", ["prl_1_woman_trh", "prl_3_prolactinoma_cabergoline_28d"])
def test_that_every_column_agrees_to_a_millionth_of_its_maximum(name: str) -> None:
    trajectory = read_trajectory("prolactin", name)
    course = rerun(PROLACTIN, WOMAN, trajectory, GIVEN)
    worst = worst_of(PROLACTIN, course, trajectory, {})
    assert len(worst) == len(trajectory.columns)
    assert max(worst.values()) < 1e-6, worst
