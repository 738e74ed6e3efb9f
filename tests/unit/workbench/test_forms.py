"""Forms: what is typed becomes a record or a sentence at its field."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from endotune_desktop.physiology.hpt import HPT
from endotune_desktop.workbench import forms

NOW = datetime(2026, 11, 24, 9, 41)
LAB = {
    "analyte": "tsh",
    "value": "6,6",
    "unit": "mIU/L",
    "day": "2026-11-16",
    "clock": "7:10",
    "low": "0.4",
    "high": "4",
}
ORDER = {"agent": "levothyroxine", "form": "oral/", "dose": "100", "unit": "ug", "clocks": "07:30", "every": "1",
         "start": "2026-11-01", "stop": "", "taken": "100"}  # fmt: skip
PERSON = {"name": "Ada", "sex": "female", "born": "1980-02-03", "height_cm": "165", "weight_kg": "68"}


def test_that_a_result_is_kept_as_entered_beside_the_canonical_value() -> None:
    form = forms.lab_form(
        {**LAB, "analyte": "ft4", "value": " 1,05 ", "unit": "ng/dL", "low": "", "high": ""}, "p", NOW
    )
    assert form.refusals == {}
    assert form.record is not None
    assert form.record.entered_text == "1,05"
    assert form.record.entered_unit == "ng/dL"
    assert form.record.value == pytest.approx(13.5156)


def test_that_a_comparator_and_an_unknown_clock_are_kept() -> None:
    form = forms.lab_form({**LAB, "value": "< 0,01", "clock": ""}, "p", NOW)
    assert form.record is not None
    assert (form.record.comparator, form.record.value, form.record.clock_known) == ("<", 0.01, False)


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"value": "lots"}, "value", "no number"),
        ({"value": "5000"}, "value", "outside"),
        ({"unit": "pmol/L"}, "unit", "no unit of TSH"),
        ({"day": "2026-12-24"}, "day", "future"),
        ({"day": "03/04/2026"}, "day", "two ways"),
        ({"day": "2026-11-24", "clock": "23:00"}, "clock", "future"),
        ({"clock": "25:00"}, "clock", "no clock time"),
        ({"low": "5", "high": "4"}, "high", "not above"),
    ],
)
def test_that_a_bad_result_is_answered_at_its_field(change: dict[str, str], field: str, words: str) -> None:
    form = forms.lab_form({**LAB, **change}, "p", NOW)
    assert form.record is None
    assert list(form.refusals) == [field]
    assert words in str(form.refusals[field])


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"dose": "-25"}, "dose"),
        ({"dose": "1000000"}, "dose"),
        ({"stop": "2026-10-01"}, "stop"),
        ({"clocks": ""}, "clocks"),
        ({"clocks": "7:30 noon"}, "clocks"),
        ({"start": "soon"}, "start"),
        ({"taken": "120"}, "taken"),
    ],
)
def test_that_a_bad_order_is_answered_at_its_field(change: dict[str, str], field: str) -> None:
    form = forms.medication_form({**ORDER, **change}, "p", HPT, NOW.date())
    assert form.record is None
    assert list(form.refusals) == [field]


def test_that_an_order_reads_several_clock_times() -> None:
    form = forms.medication_form({**ORDER, "clocks": "19:00, 7:30"}, "p", HPT, NOW.date())
    assert form.record is not None
    assert form.record.clock_times == ("07:30", "19:00")


@pytest.mark.parametrize(
    ("change", "field"),
    [({"name": " "}, "name"), ({"born": "2027-01-01"}, "born"), ({"born": "1850-01-01"}, "born"),
     ({"height_cm": "16,5"}, "height_cm"),
     ({"weight_kg": ""}, "weight_kg")],
)  # fmt: skip
def test_that_a_bad_patient_is_answered_at_its_field(change: dict[str, str], field: str) -> None:
    form = forms.patient_form({**PERSON, **change}, NOW.date())
    assert form.record is None
    assert list(form.refusals) == [field]


def test_that_a_good_patient_visit_symptom_and_vitals_become_records() -> None:
    assert forms.patient_form(PERSON, NOW.date()).record is not None
    assert forms.visit_form({"day": "2026-11-24", "words": "Well."}, "p", NOW.date()).record is not None
    symptom = forms.symptom_form({"day": "2026-11-24", "symptom": "Fatigue", "score": "6"}, "p", NOW.date()).record
    assert symptom is not None
    assert symptom.score == 6
    vitals = forms.vitals_form({"day": "2026-11-24", "weight_kg": "68,5"}, "p", date(2026, 11, 24)).record
    assert vitals is not None
    assert (vitals.weight_kg, vitals.pulse_per_min) == (68.5, None)
    assert forms.vitals_form({"day": "2026-11-24"}, "p", NOW.date()).record is None
    assert "score" in forms.symptom_form({"day": "2026-11-24", "symptom": "x", "score": "11"}, "p", NOW.date()).refusals
