"""Findings on the record: which rules ask for them, when they hold, and what a fit says of a disturbed assay."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from endotune_desktop.app.cross_axis_tables import cross_axis_of
from endotune_desktop.app.target_table import targets_of
from endotune_desktop.clinic.analytes import ANALYTES
from endotune_desktop.clinic.findings import FINDINGS, title_of
from endotune_desktop.clinic.records import Finding, LabResult, PatientRecord
from endotune_desktop.exchange.link_file import read_links
from endotune_desktop.exchange.validity_file import read_validity
from endotune_desktop.physiology.registry import AXES
from endotune_desktop.tuning.explaining import results
from endotune_desktop.tuning.individual import individualised
from endotune_desktop.tuning.validity import Validity
from endotune_desktop.workbench.circumstances import history_of
from endotune_desktop.workbench.evidence_of import observations_of
from endotune_desktop.workbench.forms import finding_form
from endotune_desktop.workbench.known_then import known_on
from endotune_desktop.workbench.teaching import teaching_copy
from tests.ui.desk import TODAY, ingrid
from tests.unit.tuning.test_individual import RECORD, labs

HPT, DAY = AXES["hpt"], TODAY.date()
TSH = HPT.marker("tsh")
BIOTIN = Finding("f1", "p1", "biotin", date(2026, 11, 10), date(2026, 11, 20))


def with_findings(*findings: Finding) -> PatientRecord:
    """Return Ingrid with findings on her record."""
    return replace(ingrid(), findings=findings)


def always(finding: str) -> PatientRecord:
    """Return Ingrid with a finding that has long been so."""
    return with_findings(Finding("f1", "p1", finding))


def test_that_every_finding_that_is_offered_is_asked_for_by_a_rule(resources: Path) -> None:
    conditions = [rule.when for rule in read_links(resources / "links").rules]
    conditions += [r.when for r in read_validity(resources / "targets" / "target_validity.csv").rules if r.when]
    asked = {name for condition in conditions for question, name in condition.names if question == "finding"}
    assert asked == set(FINDINGS)
    assert {known.id for known in FINDINGS.values() if not known.told} == {"untimed_sample"}
    for known in FINDINGS.values():
        assert set(known.disturbs) <= set(ANALYTES)
        assert bool(known.source) == bool(known.disturbs)


def test_that_the_first_words_of_findings_tell_them_apart_for_choosing_by_keys() -> None:
    titles = [known.title for known in FINDINGS.values() if known.told]
    assert titles == sorted(titles)
    assert len({title[:8].casefold() for title in titles}) >= len(titles) - 1  # two kinds of diabetes
    assert title_of("of a newer program") == "of a newer program"


def test_that_a_finding_holds_from_its_first_day_until_before_its_last() -> None:
    held = [day for day in range(8, 24) if BIOTIN.holds_on(date(2026, 11, day))]
    assert held == list(range(10, 20))
    assert Finding("f", "p", "diabetes").holds_on(date(1950, 1, 1))


@pytest.mark.parametrize(
    ("finding", "rule"),
    [("biotin", "X33"), ("mitotane", "X35"), ("opioids", "X22"), ("pregnancy", "X31"), ("absorption_blocker", "X19")],
)
def test_that_a_finding_on_the_record_makes_its_rule_hold(resources: Path, finding: str, rule: str) -> None:
    links = cross_axis_of(resources)
    assert rule not in {held.id for held in links.links(ingrid(), DAY, HPT).rules}
    assert rule in {held.id for held in links.links(always(finding), DAY, HPT).rules}


def test_that_a_finding_that_has_ended_blocks_no_marker(resources: Path) -> None:
    links = cross_axis_of(resources)
    record = with_findings(BIOTIN)
    assert "tsh" in links.links(record, date(2026, 11, 19), HPT).blocked_markers
    assert "tsh" not in links.links(record, date(2026, 11, 20), HPT).blocked_markers


def test_that_a_result_is_no_target_on_the_days_on_which_its_assay_was_disturbed(resources: Path) -> None:
    targets, record = targets_of(resources), with_findings(BIOTIN)
    lab = next(lab for lab in record.labs if lab.analyte == "tsh")
    for day, invalid in ((9, False), (10, True), (19, True), (20, False)):
        drawn = replace(lab, drawn_at=datetime(2026, 11, day, 7, 10))
        assert (targets.of_lab(record, HPT, drawn).validity is Validity.INVALID) == invalid, day
    assert {BIOTIN.since, BIOTIN.until} <= history_of(record, HPT, None).turning_days
    assert history_of(record, HPT, None).shape != history_of(ingrid(), HPT, None).shape


def test_that_a_result_knows_what_disturbed_its_assay_and_to_which_side() -> None:
    record = with_findings(replace(BIOTIN, since=None, until=None))
    seen = {(o.marker, o.disturbed) for o in observations_of(record, HPT, date(2026, 1, 1), DAY)}
    assert ("tsh", (("Biotin", -1),)) in seen
    assert ("ft4", (("Biotin", 1),)) in seen
    assert all(not o.disturbed for o in observations_of(ingrid(), HPT, date(2026, 1, 1), DAY))


@pytest.mark.parametrize(("factor", "named"), [(0.1, True), (10.0, False)])
def test_that_biotin_is_the_first_reason_of_a_tsh_that_is_too_low_and_none_of_one_too_high(
    factor: float, named: bool
) -> None:
    seen = labs()
    wrong = next(place for place, result in enumerate(seen) if result.marker == "tsh" and place > 1)
    seen[wrong] = replace(seen[wrong], value=factor * seen[wrong].value, disturbed=(("Biotin", -1),))
    found = results(individualised(HPT, RECORD, seen, draws=0))[wrong]
    assert found.doubtful
    words = "on the record: biotin, which disturbs this assay"
    assert (found.reasons[0] == words) if named else (words not in found.reasons)


def test_that_a_past_day_knows_no_later_finding_and_no_later_end() -> None:
    record = with_findings(BIOTIN, Finding("f2", "p1", "pregnancy", date(2026, 11, 22)))
    assert known_on(record, date(2026, 11, 12)).findings == (replace(BIOTIN, until=None),)
    assert known_on(record, date(2026, 11, 21)).findings == (BIOTIN,)
    assert known_on(record, date(2026, 11, 1)).findings == ()


def test_that_a_teaching_case_keeps_the_findings() -> None:
    edit, patient_id = teaching_copy(with_findings(BIOTIN), "Case")
    (copy,) = (change.record for change in edit.changes if isinstance(change.record, Finding))
    assert (copy.patient_id, copy.finding, copy.since, copy.until) == (patient_id, "biotin", BIOTIN.since, BIOTIN.until)
    assert copy.id != BIOTIN.id


def test_that_a_finding_is_read_from_typed_texts_or_refused_at_its_field() -> None:
    texts = {"finding": "biotin", "since": "2026-11-10", "until": "2026-11-20"}
    made = finding_form(texts, "p1", DAY, BIOTIN).record
    assert made == BIOTIN
    long = finding_form({"finding": "diabetes", "since": "", "until": ""}, "p1", DAY).record
    assert long is not None
    assert (long.since, long.until) == (None, None)
    refused = finding_form({"finding": "", "since": "2027-01-01", "until": "2026-11-01"}, "p1", DAY)
    assert set(refused.refusals) == {"finding", "since"}
    assert set(finding_form({**texts, "until": "2026-11-10"}, "p1", DAY).refusals) == {"until"}


def test_that_results_without_a_finding_are_read_as_before() -> None:
    held = {lab.id for lab in ingrid().labs if isinstance(lab, LabResult)}
    assert {o.id for o in observations_of(always("biotin"), HPT, date(2025, 1, 1), DAY)} <= held
