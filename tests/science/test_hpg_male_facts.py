"""The 86 facts of the male axis: every one passes refined, and unrefined the values are those of the research model."""

from __future__ import annotations

import csv
import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from endotune_desktop.clinic.scenario import DoseOrder, Scenario
from endotune_desktop.exchange.facts import Fact, FactResult, read_facts, verify
from endotune_desktop.exchange.scenario_file import read_scenario
from endotune_desktop.physiology.axis import REFINED
from endotune_desktop.physiology.hpg_male import HPG_MALE, REFERENCE_MAN
from endotune_desktop.simulation import Course, simulate
from endotune_desktop.simulation.observables import evaluate

HERE = Path(__file__).parent
FACTS = read_facts(HERE.parents[1] / "resources" / "facts" / "hpg_male" / "facts.csv")
RESEARCH = {
    row["id"]: row
    for row in csv.DictReader(
        (HERE / "reference" / "hpg_male" / "research_values.csv").read_text(encoding="utf-8").splitlines()
    )
}
MISSES = {"M43", "M76", "M82"}
OTHERWISE_READ = {"M35", "M48", "M71", "M73", "M86"}
"""Printed from other rows of the same course, over 2 % away: M35 over a mean of two-hourly rows, M48 from six-hourly
rows, M71 the largest mean of a calendar day (57.9 here too), M73 from day 32 (0.905 here too), M86 in IU/L."""


@pytest.fixture(scope="module")
def results() -> list[FactResult]:
    """Return the facts as shipped, judged once."""
    return verify(FACTS)


@pytest.fixture(scope="module")
def unrefined() -> dict[str, float]:
    """Return what the research specification gives, through the same observables."""
    courses: dict[Path, Course] = {}

    def course(path: Path) -> Course:
        if path not in courses:
            scenario = read_scenario(path)
            assert scenario.parameters.pop(REFINED) == 1.0
            courses[path] = simulate(HPG_MALE, scenario, rtol=1e-8)
        return courses[path]

    return {f.id: evaluate(f.observable, {n: course(p) for n, p in f.scenarios.items()}, f.unit) for f in FACTS}


def test_that_all_86_facts_are_there_with_their_own_windows() -> None:
    assert [fact.id for fact in FACTS] == [f"M{number:02d}" for number in range(1, 87)]
    for fact in FACTS:
        row = RESEARCH[fact.id]
        assert fact.low == (float(row["low"]) if row["low"] else -math.inf)
        assert fact.high == (float(row["high"]) if row["high"] else math.inf)
        assert fact.level == ("aim" if fact.id in MISSES else "must")


def test_that_every_fact_passes_refined(results: list[FactResult]) -> None:
    assert not [(r.fact.id, r.value) for r in results if not r.passed]


def test_that_the_specification_passes_and_misses_what_the_document_says(unrefined: dict[str, float]) -> None:
    def passed(fact: Fact) -> bool:
        return fact.low <= unrefined[fact.id] <= fact.high

    assert {fact.id for fact in FACTS if not passed(fact)} == MISSES


def test_that_unrefined_values_are_those_of_the_document(unrefined: dict[str, float]) -> None:
    far = {}
    for fact in FACTS:
        expected = float(RESEARCH[fact.id]["value"])
        # Theirs are printed to three digits, several read from hourly or daily rows (M03 and M38 from whole hours).
        tolerance = {"M03": 0.6, "M38": 0.3, "M72": 0.5}.get(fact.id, 0.02 * abs(expected) + 1e-6)
        if fact.id not in OTHERWISE_READ and abs(unrefined[fact.id] - expected) > tolerance:
            far[fact.id] = (unrefined[fact.id], expected)
    assert not far


def test_that_rows_read_otherwise_are_the_same_course() -> None:
    flare = read_scenario(FACTS[70].scenarios[""])
    before = read_scenario(FACTS[70].scenarios["before"])
    courses = {"": flare, "before": before}
    found = {name: simulate(HPG_MALE, replace(s, parameters={}), rtol=1e-8) for name, s in courses.items()}
    day = "100 * (mean(testosterone, 0d, 1d) / mean(before::testosterone, 0d, 1d) - 1)"
    assert evaluate(day, found) == pytest.approx(57.9, abs=0.05)
    assert evaluate("max(testosterone, 32d, 168d)", found) == pytest.approx(0.905, abs=0.0005)


def test_that_refining_mends_what_no_fact_holds() -> None:
    # Bhasin 2001, abstract: nadirs on 25 to 600 mg enanthate a week under a GnRH agonist, men of 18 to 35 years.
    published = {25.0: 253.0, 50.0: 306.0, 125.0: 542.0, 300.0: 1345.0, 600.0: 2370.0}

    def errors(refined: float) -> np.ndarray:
        found = []
        for dose, nadir_ng_dl in published.items():
            orders = (
                DoseOrder("testosterone", "im", dose, "mg", ("00:00",), 7, preparation="enanthate"),
                DoseOrder("leuprorelin", "im", 7.5, "mg", ("00:00",), 28, preparation="depot_1_month"),
            )
            man = replace(REFERENCE_MAN, age_years=26.0)
            scenario = Scenario("hpg_male", man, {REFINED: refined}, regimen=orders, duration_days=112.0)
            course = simulate(HPG_MALE, scenario, output_times_h=np.array([111.0 * 24.0 + 23.5]))
            found.append(np.log(course.markers["testosterone"][0] * 28.84 / nadir_ng_dl))
        return np.array(found)

    before, after = errors(0.0), errors(1.0)
    assert np.sqrt(np.mean(before**2)) > 0.39
    assert np.sqrt(np.mean(after**2)) < 0.24
    assert (np.abs(after) <= np.abs(before) + 0.01).all()
