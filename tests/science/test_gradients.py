"""Gradients by one ensemble call against central differences of runs at 1e-11."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from endotune_desktop.clinic.person import Person, Sex
from endotune_desktop.clinic.scenario import DoseOrder, LesionState, Scenario
from endotune_desktop.physiology.hpt import HPT
from endotune_desktop.simulation import simulate
from endotune_desktop.simulation.gradients import gradients
from endotune_desktop.tuning.population import varying

WOMAN = Person(Sex.FEMALE, 47.0, 165.0, 68.0)
BEFORE = DoseOrder("levothyroxine", "oral", 88.0, "ug", ("07:30",))
AFTER = replace(BEFORE, dose=112.0)
SCENARIO = Scenario(
    "hpt", WOMAN, lesions=(LesionState("hashimoto", 0.96),), regimen_before=(BEFORE,), regimen=(AFTER,),
    duration_days=56.0,
)  # fmt: skip
VISITS_H = np.array([7.4, 14 * 24 + 7.4, 42 * 24 + 7.4, 55 * 24 + 7.4])
MARKERS = ("tsh", "ft4", "ft3")


def _central(name: str, value: float) -> np.ndarray:
    """Return d ln marker / d ln parameter by central differences at 1e-11, shape (markers, visits)."""
    sides = []
    for sign in (1.0, -1.0):
        moved = replace(SCENARIO, parameters={name: value * float(np.exp(sign * 1e-3))})
        course = simulate(HPT, moved, rtol=1e-11, output_times_h=VISITS_H)
        sides.append(np.log([course.markers[marker] for marker in MARKERS]))
    return np.asarray((sides[0] - sides[1]) / 2e-3)


def test_that_one_ensemble_call_gives_gradients_for_gauss_newton() -> None:
    """To 2e-4 of the parameter's largest elasticity; measured 1e-4 at worst (a one-sided difference of 1e-4)."""
    at = {parameter.id: parameter.value for parameter in varying(HPT)}
    found = gradients(HPT, SCENARIO, at, VISITS_H, markers=MARKERS, rtol=1e-6)
    for column, (name, value) in enumerate(at.items()):
        expected = _central(name, value)
        ours = np.array([found.elasticities[marker][:, column] for marker in MARKERS])
        assert np.max(np.abs(ours - expected)) < 2e-4 * np.max(np.abs(expected)), name
