"""The full form of a lesion is a person as well: every marker has a value, whatever is gone."""

from __future__ import annotations

import numpy as np
import pytest

from endotune_desktop.clinic.scenario import LesionState, Scenario
from endotune_desktop.physiology.registry import AXES
from endotune_desktop.simulation import simulate
from endotune_desktop.workbench.refined import refined

OF_NOTHING = {
    "hpt": ("ft4", {"spina_gd", "extrathyroidal_t3_share", "t4_conversion_share", "t4_half_life", "t3_half_life"}),
}
"""Ratios of a hormone, which have no value where none of it is left (under 1e-9 of its unit)."""

FULL = [(axis.id, lesion.id) for axis in AXES.values() for lesion in axis.lesions]


@pytest.mark.parametrize(("axis_id", "lesion_id"), FULL)
def test_that_every_marker_is_finite_with_the_full_form_of_every_lesion(axis_id: str, lesion_id: str) -> None:
    axis = AXES[axis_id]
    for onset in ("long_standing", "new"):
        lesions = (LesionState(lesion_id, 1.0, onset),)
        scenario = Scenario(axis_id, axis.reference_person, refined(axis, {}), lesions, duration_days=10.0)
        course = simulate(axis, scenario, rtol=1e-4)
        broken = {marker for marker, values in course.markers.items() if not np.all(np.isfinite(values))}
        hormone, ratios = OF_NOTHING.get(axis_id, ("", set()))
        if broken & ratios:
            there_is = course.markers[hormone] > 1e-9
            assert all(np.isfinite(course.markers[ratio][there_is]).all() for ratio in ratios)
            broken -= ratios
        assert not broken, onset
