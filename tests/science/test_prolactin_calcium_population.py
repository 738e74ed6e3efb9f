"""Persons drawn from the declared omegas spread as the research population does (50 persons a model)."""

from __future__ import annotations

import numpy as np
import pytest

from endotune_desktop.clinic.scenario import Scenario
from endotune_desktop.physiology.registry import AXES
from endotune_desktop.simulation.ensemble import simulate_members
from endotune_desktop.tuning.population import population

COUNT = 400
RESEARCH = {
    ("prolactin", "prolactin"): (8.156 * 21.2, 10.593 * 21.2, 13.951 * 21.2),
    ("calcium", "calcium"): (2.387, 2.405, 2.425),
    ("calcium", "pth"): (3.943, 4.33, 4.932),
    ("calcium", "calcitriol"): (91.051, 101.932, 114.492),
    ("calcium", "calcidiol"): (52.149, 60.96, 67.417),
    ("calcium", "phosphate"): (1.05, 1.09, 1.166),
}
"""Lower quartile, median and upper quartile at 09:00 (gh_prolactin_calcium.md section 7)."""


@pytest.mark.parametrize("axis_id", ["prolactin", "calcium"])
def test_that_quartiles_are_those_of_the_research_population(axis_id: str) -> None:
    axis = AXES[axis_id]
    scenario = Scenario(axis_id, axis.reference_person, duration_days=1.0)
    found = simulate_members(axis, scenario, population(axis, COUNT), output_times_h=np.array([0.0, 9.0]))
    for (of_axis, marker), quartiles in RESEARCH.items():
        if of_axis != axis_id:
            continue
        ours = np.percentile(found.markers[marker][1], [25.0, 50.0, 75.0])
        # Standard error of a quartile of n persons: 1.36 SD/sqrt(n), SD = quartile range/1.35; theirs and ours.
        spread = (quartiles[2] - quartiles[0]) / 1.35
        allowed = 3.0 * 1.36 * spread * np.sqrt(1.0 / 50.0 + 1.0 / COUNT)
        assert np.all(np.abs(ours - quartiles) < allowed), (marker, ours)
