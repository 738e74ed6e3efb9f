"""The facts of the somatotropic axis: all pass refined, and unrefined they are the values of the research model."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

from endotune_desktop.exchange.facts import FactResult, read_facts, verify

HERE = Path(__file__).parent
FOLDER = HERE.parents[1] / "resources" / "facts" / "gh_igf1"
MISSED_BY_THE_RESEARCH_MODEL = {"GH12", "GH24", "GH33"}
OTHERWISE = {
    "GH23": "theirs on a grid of a quarter of an hour",
    "GH32": "theirs 3.952, ours 4.061 (also with scipy); why is not known, its own IGF-1 (GH31) agrees",
    "GH48": "theirs is the burst of day 1, not the plateau of days 14 to 42",
}


def research_rows() -> dict[str, dict[str, str]]:
    """Return what the document prints, by id."""
    text = (HERE / "reference" / "gh_igf1" / "research_values.csv").read_text(encoding="utf-8")
    return {row["id"]: row for row in csv.DictReader(text.splitlines())}


@pytest.fixture(scope="module")
def refined() -> dict[str, FactResult]:
    """Return the facts as they are shipped, judged once."""
    return {result.fact.id: result for result in verify(read_facts(FOLDER / "facts.csv"))}


def test_that_every_fact_is_there_with_its_own_window_and_level(refined: dict[str, FactResult]) -> None:
    research = research_rows()
    assert set(refined) == set(research)
    assert len(research) == 51
    for identity, result in refined.items():
        row = research[identity]
        assert (result.fact.low, result.fact.high) == (float(row["low"]), float(row["high"]))
        theirs = result.fact.low <= float(row["value"]) <= result.fact.high
        assert theirs == (result.fact.level == "must") == (identity not in MISSED_BY_THE_RESEARCH_MODEL)


def test_that_every_must_passes_and_the_refinements_meet_all_that_was_missed(refined: dict[str, FactResult]) -> None:
    assert not [identity for identity, result in refined.items() if not result.passed]


def test_that_the_specification_gives_the_values_that_the_document_prints(tmp_path: Path) -> None:
    shutil.copytree(FOLDER, tmp_path / "facts")
    for path in (tmp_path / "facts").glob("*.json"):
        text = path.read_text(encoding="utf-8")
        assert '"refined": 1' in text, path.name
        path.write_text(text.replace('"refined": 1', '"refined": 0'), encoding="utf-8")
    research = research_rows()
    results = verify(read_facts(tmp_path / "facts" / "facts.csv"))
    # Theirs start after 10 days (acromegaly 20), ours on the periodic state; they print four digits.
    far = {
        r.fact.id: (r.value, research[r.fact.id]["value"])
        for r in results
        if r.value != pytest.approx(float(research[r.fact.id]["value"]), rel=7.5e-3)
    }
    assert set(far) == set(OTHERWISE), far
    assert {r.fact.id for r in results if not r.passed} == MISSED_BY_THE_RESEARCH_MODEL
