"""Function tests against the values that the science files print for them."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from endotune_desktop.clinic.person import Person, Sex
from endotune_desktop.clinic.scenario import LesionState, Scenario
from endotune_desktop.exchange.function_test_file import read_function_tests
from endotune_desktop.exchange.scenario_file import read_scenario
from endotune_desktop.physiology.registry import AXES
from endotune_desktop.tuning.function_test_run import FunctionTestRun, perform
from endotune_desktop.tuning.function_tests import FunctionTest, find_test

RESOURCES = Path(__file__).parents[2] / "resources"


@cache
def shipped() -> tuple[FunctionTest, ...]:
    return read_function_tests(RESOURCES / "function_tests")


@cache
def done(axis: str, name: str, fact: str) -> FunctionTestRun:
    """Return a shipped test on the person of a fact's scenario, whose own test doses are taken out."""
    (path,) = (RESOURCES / "facts" / axis).glob(f"{fact}_*.endotune.json")
    scenario = replace(read_scenario(path), events=())
    return perform(AXES[axis], scenario, find_test(shipped(), axis, name), day=0)


def value(run: FunctionTestRun, reading: str) -> float:
    return next(entry.value for entry in run.readings if entry.reading.id == reading)


@pytest.mark.parametrize(
    ("fact", "reading", "low", "high", "outcome"),
    [
        ("e11", "fold", 5.5, 12.0, "normal"),  # windows of hpt.md; the samples may miss the very top of the curve
        ("e11", "minute", 15.0, 40.0, "normal"),
        ("e14", "fold", 1.7, 3.6, "exaggerated"),
        ("e15", "rise", 20.0, 250.0, "exaggerated"),
        ("e16", "rise", 0.0, 0.2, "absent"),
        ("e17", "fold", 1.0, 3.5, "blunted"),
        ("e18", "minute", 45.0, 150.0, "delayed"),
        ("e40", "fold", 1.0, 3.5, "absent"),
        ("e44", "fold", 4.4, 14.2, "normal"),
    ],
)
def test_that_the_trh_test_reads_what_the_facts_say(
    fact: str, reading: str, low: float, high: float, outcome: str
) -> None:
    run = done("hpt", "TRH", fact)
    assert low <= value(run, reading) <= high
    assert run.outcome.id == outcome


def test_that_a_new_pituitary_lesion_is_read_from_the_day_of_the_test() -> None:
    """The same lesion, days and a year old: the answer of the pituitary falls at once, TSH before it later."""
    person = Person(Sex.MALE, 45.0, 176.0, 70.0)
    lesion = LesionState("central_hypothyroidism", 0.75, "new")
    test = find_test(shipped(), "hpt", "TRH")
    fresh = perform(AXES["hpt"], Scenario("hpt", person, lesions=(lesion,), duration_days=1.0), test)
    healthy = perform(AXES["hpt"], Scenario("hpt", person, duration_days=1.0), test)
    assert fresh.day == healthy.day == 1
    assert value(fresh, "rise") < 0.5 * value(healthy, "rise")
