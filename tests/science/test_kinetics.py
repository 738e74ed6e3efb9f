"""The engine against closed forms of one and two compartments, and against their partial derivatives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest

from endotune_desktop.clinic.person import Person, Sex
from endotune_desktop.clinic.scenario import DoseOrder, Scenario, SingleDose
from endotune_desktop.simulation import StartState, simulate
from tests.unit.simulation.toys import KINETIC

MAN = Person(Sex.MALE, 40.0, 176.0, 68.0)
EMPTY = StartState(0.0, np.zeros(3), happened=False)
TIMES = np.arange(0.0, 60.1, 0.5)
Values = dict[str, complex]
ComplexArray = npt.NDArray[np.complex128]
Form = Callable[[Values, npt.NDArray[np.float64]], ComplexArray]

TYPICAL: Values = {"ka": 1.0, "ke": 0.2, "k12": 0.0, "k21": 0.1, "volume": 2.0, "bio": 0.7}
TWO: Values = {**TYPICAL, "k12": 0.3, "k21": 0.08}
DOSE = 10.0


def bolus(p: Values, t: npt.NDArray[np.float64]) -> ComplexArray:
    """Return the level after a bolus at 0: one exponential, or two with a second compartment."""
    return sum_of_exponentials(p, t, lambda rate: p["k21"] - rate)


def oral(p: Values, t: npt.NDArray[np.float64]) -> ComplexArray:
    """Return the level after a tablet at 0; with equal rates the limit of Bateman's function."""
    if p["k12"] == 0.0 and abs(p["ka"] - p["ke"]) < 1e-12:
        # ka / (ka - ke) (exp(-ke t) - exp(-ka t)) to second order in ka - ke, so that its derivatives are right too.
        d = p["ka"] - p["ke"]
        shape = p["ka"] * np.exp(-p["ke"] * t) * (t - d * t**2 / 2.0)
    else:
        a, b = rates(p)
        ka, k21 = p["ka"], p["k21"]
        shape = ka * (
            (k21 - a) / ((ka - a) * (b - a)) * np.exp(-a * t)
            + (k21 - b) / ((ka - b) * (a - b)) * np.exp(-b * t)
            + (k21 - ka) / ((a - ka) * (b - ka)) * np.exp(-ka * t)
        )
    return np.where(t >= 0.0, DOSE * p["bio"] / p["volume"] * shape, 0.0)


def infusion(p: Values, t: npt.NDArray[np.float64], hours: float = 4.0) -> ComplexArray:
    """Return the level with a constant input from 0 to `hours`: the bolus integrated."""

    def integral(rate: complex) -> ComplexArray:
        rising = (1.0 - np.exp(-rate * np.clip(t, 0.0, hours))) / rate
        return np.asarray(rising * np.exp(-rate * np.clip(t - hours, 0.0, None)))

    a, b = rates(p)
    k21 = p["k21"]
    shape = (k21 - a) / (b - a) * integral(a) + (k21 - b) / (a - b) * integral(b)
    return np.asarray(DOSE / hours / p["volume"] * shape, dtype=np.complex128)


def rates(p: Values) -> tuple[complex, complex]:
    """Return the two hybrid rate constants."""
    total, product = p["ke"] + p["k12"] + p["k21"], p["ke"] * p["k21"]
    root = np.sqrt(total**2 - 4.0 * product)
    return (total + root) / 2.0, (total - root) / 2.0


def sum_of_exponentials(
    p: Values, t: npt.NDArray[np.float64], weight: Callable[[complex], complex]
) -> ComplexArray:  # fmt: skip
    """Return the level of a bolus as its two exponentials."""
    a, b = rates(p)
    shape = weight(a) / (b - a) * np.exp(-a * t) + weight(b) / (a - b) * np.exp(-b * t)
    return np.where(t >= 0.0, DOSE / p["volume"] * shape, 0.0)


def several(form: Form, at: tuple[float, ...]) -> Form:
    """Return the sum of one dose's form at several times."""
    return lambda p, t: np.sum([form(p, t - first) for first in at], axis=0)


ORAL = SingleDose("drug", "oral", DOSE, "mg", 0.0)
IV = SingleDose("drug", "iv", DOSE, "mg", 0.0)
DRIP = replace(IV, duration_h=4.0)
EVERY_12_H = DoseOrder("drug", "oral", DOSE, "mg", ("08:00", "20:00"))
TWELVE = (8.0, 20.0, 32.0, 44.0, 56.0)
CASES: dict[str, tuple[Values, Scenario, Form]] = {
    "one compartment, oral": (TYPICAL, Scenario("toy", MAN, events=(ORAL,)), oral),
    "one compartment, iv": (TYPICAL, Scenario("toy", MAN, events=(IV,)), bolus),
    "one compartment, infusion": (TYPICAL, Scenario("toy", MAN, events=(DRIP,)), infusion),
    "one compartment, equal rates": ({**TYPICAL, "ka": 0.2}, Scenario("toy", MAN, events=(ORAL,)), oral),
    "one compartment, many doses": (TYPICAL, Scenario("toy", MAN, regimen=(EVERY_12_H,)), several(oral, TWELVE)),
    "two compartments, oral": (TWO, Scenario("toy", MAN, events=(ORAL,)), oral),
    "two compartments, iv": (TWO, Scenario("toy", MAN, events=(IV,)), bolus),
    "two compartments, infusion": (TWO, Scenario("toy", MAN, events=(DRIP,)), infusion),
    "two compartments, many doses": (TWO, Scenario("toy", MAN, regimen=(EVERY_12_H,)), several(oral, TWELVE)),
}


def level(scenario: Scenario, p: Values, rtol: float = 1e-11) -> npt.NDArray[np.float64]:
    """Return our course of the level."""
    mine = replace(scenario, parameters={name: value.real for name, value in p.items()})
    return simulate(KINETIC, mine, rtol=rtol, output_times_h=TIMES, start=EMPTY).markers["level"]


@pytest.mark.parametrize("name", CASES)
def test_that_the_level_follows_its_closed_form(name: str) -> None:
    p, scenario, form = CASES[name]
    expected = form(p, TIMES).real
    assert np.max(np.abs(level(scenario, p) - expected)) < 1e-8 * np.max(expected)


@pytest.mark.parametrize("name", CASES)
def test_that_differences_of_courses_are_the_partial_derivatives(name: str) -> None:
    p, scenario, form = CASES[name]
    for parameter in p:
        if parameter in ("k12", "k21") and p["k12"] == 0.0:
            continue
        exact = form({**p, parameter: p[parameter] + 1e-30j}, TIMES).imag / 1e-30
        step = 1e-4 * p[parameter].real
        up, down = (level(scenario, {**p, parameter: p[parameter] + sign * step}) for sign in (1.0, -1.0))
        found = (up - down) / (2.0 * step)
        size = max(float(np.max(np.abs(exact))), 1e-6)
        assert np.max(np.abs(found - exact)) < 1e-6 * size, parameter


@pytest.mark.parametrize("rtol", [1e-4, 1e-6, 1e-8])
def test_that_a_looser_run_is_still_as_near_as_it_says(rtol: float) -> None:
    for p, scenario, form in CASES.values():
        expected = form(p, TIMES).real
        assert np.max(np.abs(level(scenario, p, rtol) - expected)) < 20.0 * rtol * np.max(expected)
