"""The calcium axis against trajectories that LSODA made at rtol 1e-10."""

from __future__ import annotations

import pytest

from endotune_desktop.physiology.calcium import CALCIUM
from tests.science.trajectory_files import Given, read_trajectory, rerun, worst_of

GIVEN = {
    "ter_d": Given("teriparatide", "sc", 20.0, "ug", 4614.114332896207),
    "g_ctl": Given("calcitriol", "oral", 0.5, "ug", 847.1999999999999),
    "Gc": Given("calcium_carbonate", "oral", 0.5, "g", 500.0 / 40.08),
}
MARKERS = {"UCa": "urine_calcium", "CCCR": "cccr", "PTHs": "pth_activity"}


@pytest.mark.parametrize("name", ["cal_1_teriparatide_20ug", "cal_2_hypopara_onset_then_calcitriol_60d"])
def test_that_every_column_agrees_to_a_millionth_of_its_maximum(name: str) -> None:
    trajectory = read_trajectory("calcium", name)
    course = rerun(CALCIUM, CALCIUM.reference_person, trajectory, GIVEN)
    worst = worst_of(CALCIUM, course, trajectory, MARKERS)
    assert len(worst) == len(trajectory.columns)
    assert max(worst.values()) < 1e-6, worst
