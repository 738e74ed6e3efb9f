"""The shipped facts of the adrenal axis: all 46, musts pass, misses stay visible, and what the refinements moved."""

from __future__ import annotations

import csv
import math
from dataclasses import replace
from pathlib import Path

import pytest

from endotune_desktop.exchange.facts import Fact, FactResult, read_facts, verify
from endotune_desktop.exchange.scenario_file import read_scenario
from endotune_desktop.physiology.axis import REFINED
from endotune_desktop.physiology.hpa import HPA
from endotune_desktop.simulation import Course, simulate
from endotune_desktop.simulation.observables import evaluate

HERE = Path(__file__).parent
FACTS = HERE.parents[1] / "resources" / "facts" / "hpa" / "facts.csv"
NOT_EVALUATED = {"HPA39", "HPA40"}
MISSES = {"HPA37a", "HPA37b", "HPA37c"}
RESEARCH_MISSES = {
    "HPA10", "HPA15b", "HPA15c", "HPA16a", "HPA16b", "HPA17b", "HPA20c", "HPA31a", "HPA37a", "HPA37b", "HPA37c",
    "HPA41c", "HPA41d",
}  # fmt: skip
# 13a: stretch of the decline not printed; 20a: days since treatment began not printed; 35: they gave 2250 mg, not
# 30 mg/kg; 38: the day of the test is counted otherwise.
OTHERWISE = {"HPA13a": 0.03, "HPA20a": 0.6, "HPA35a": 0.04, "HPA35b": 0.02, "HPA38": 0.03}


@pytest.fixture(scope="module")
def facts() -> list[Fact]:
    """Return the rows of the table."""
    return read_facts(FACTS)


@pytest.fixture(scope="module")
def results(facts: list[Fact]) -> list[FactResult]:
    """Return the facts, judged once."""
    return verify(facts)


@pytest.fixture(scope="module")
def research(facts: list[Fact]) -> dict[str, float]:
    """Return what the research specification gives: the same scenarios without refinements."""
    courses: dict[Path, Course] = {}
    for path in {path for fact in facts for path in fact.scenarios.values()}:
        scenario = read_scenario(path)
        plain = replace(scenario, parameters={**scenario.parameters, REFINED: 0.0})
        courses[path] = simulate(HPA, plain, rtol=1e-7)
    return {
        fact.id: evaluate(fact.observable, {name: courses[p] for name, p in fact.scenarios.items()}, fact.unit)
        for fact in facts
        if fact.observable
    }


def test_that_every_must_passes(results: list[FactResult]) -> None:
    assert not [r.fact.id for r in results if r.fact.level == "must" and not r.passed]


def test_that_all_46_facts_are_there(facts: list[Fact]) -> None:
    assert {fact.id[3:5] for fact in facts} == {f"{number:02d}" for number in range(1, 47)}


def test_that_known_misses_stay_visible(results: list[FactResult]) -> None:
    assert {r.fact.id for r in results if not r.passed} == MISSES | NOT_EVALUATED


def test_that_without_refinements_exactly_the_research_misses_come_back(
    facts: list[Fact], research: dict[str, float]
) -> None:
    missed = {fact.id for fact in facts if fact.observable and not fact.low <= research[fact.id] <= fact.high}
    assert missed == RESEARCH_MISSES


def test_that_without_refinements_values_are_those_of_the_research_model(research: dict[str, float]) -> None:
    text = (HERE / "reference" / "hpa" / "research_values.csv").read_text(encoding="utf-8")
    far = {}
    for row in csv.DictReader(text.splitlines()):
        expected, found = float(row["value"]), research[row["id"]]
        digits = len(row["value"].partition(".")[2])
        # Theirs start from masses that are frozen at their daily balance: up to 1.5 %.
        allowed = OTHERWISE.get(row["id"], 0.015) * abs(expected) + 0.55 * 10.0**-digits
        if not math.isclose(found, expected, rel_tol=0.0, abs_tol=allowed):
            far[row["id"]] = (found, expected)
    assert not far


def test_that_windows_without_a_printed_width_say_so(facts: list[Fact]) -> None:
    assert sum("no width printed" in fact.note for fact in facts) >= 15
    assert all("hpa.md section 4" in fact.source for fact in facts)
