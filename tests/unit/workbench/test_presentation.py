"""Symptoms and vitals as series; no fit reads them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from endotune_desktop.clinic.records import PatientRecord, SymptomScore, Vitals
from endotune_desktop.exchange.demo_cases import case_edits
from endotune_desktop.exchange.demo_records import demo_edits
from endotune_desktop.physiology.registry import AXES
from endotune_desktop.workbench.evidence_of import observations_of
from endotune_desktop.workbench.presentation import Kind, presentation_of
from tests.ui.desk import DAY0, TODAY, ingrid

HPT = AXES["hpt"]
DEMO = Path(__file__).resolve().parents[3] / "resources" / "demo"


def test_that_the_complaints_of_the_axis_come_first_and_vitals_last() -> None:
    record = ingrid()
    other = SymptomScore("s9", "p1", date(2026, 11, 16), "Aardvark", 3)
    series = presentation_of(replace(record, symptoms=(other, *record.symptoms)), HPT)
    assert [entry.title for entry in series] == ["Fatigue", "Cold", "Aardvark", "Weight", "Pulse", "BP"]
    assert [entry.kind for entry in series[2:]] == [Kind.SCALE, Kind.LINE, Kind.LINE, Kind.PRESSURE]


def test_that_points_are_in_the_order_of_days_and_hold_until_the_next() -> None:
    scores = (
        SymptomScore("b", "p1", date(2026, 11, 1), "Fatigue", 2),
        SymptomScore("a", "p1", date(2026, 9, 1), "Fatigue", 8),
    )
    (series,) = presentation_of(PatientRecord(ingrid().patient, symptoms=scores), HPT)
    assert [point.record_id for point in series.points] == ["a", "b"]
    assert series.at(date(2026, 8, 31)) is None
    assert series.words(series.at(date(2026, 8, 31))) == "–"
    assert series.words(series.at(date(2026, 10, 31))) == "8/10"
    assert series.words(series.at(date(2026, 11, 1))) == "2/10"
    assert series.span == (0.0, 10.0)


def test_that_what_was_not_taken_has_no_point() -> None:
    vitals = (Vitals("v", "p1", date(2026, 11, 1), weight_kg=70.0, systolic_mmhg=120.0),)
    (series,) = presentation_of(PatientRecord(ingrid().patient, vitals=vitals), HPT)
    assert (series.title, series.words(series.points[0])) == ("Weight", "70 kg")
    low, high = series.span
    assert low < 70.0 < high


def test_that_no_symptom_and_no_vital_becomes_evidence_of_a_fit() -> None:
    record = ingrid()
    bare = replace(record, symptoms=(), vitals=())
    seen = observations_of(record, HPT, DAY0, TODAY.date())
    assert seen
    assert seen == observations_of(bare, HPT, DAY0, TODAY.date())
    told = {score.id for score in record.symptoms} | {taken.id for taken in record.vitals}
    assert not told & {observation.id for observation in seen}


def test_that_every_demo_patient_has_a_presentation() -> None:
    today = TODAY.date()
    for edit in (*demo_edits(DEMO / "patients.json", today), *case_edits(DEMO, today)):
        kinds = [type(change.after) for change in edit.changes]
        assert kinds.count(Vitals) >= 2, edit.words
        assert SymptomScore in kinds, edit.words
