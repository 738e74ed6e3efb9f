"""Forms: what is typed becomes a record or a sentence at its field."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from endotune_desktop.clinic.records import LabResult, Medication
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
        ({"value": "6.6 mg/dL"}, "value", "no unit of TSH"),
        ({"value": "-3"}, "value", "outside what is accepted"),
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
        ({"every": "1,5"}, "every"),
        ({"every": "0"}, "every"),
        ({"missed": "2026-10-30"}, "missed"),
        ({"missed": "now and then"}, "missed"),
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


def repairs_of(form: forms.Form[LabResult] | forms.Form[Medication], name: str) -> list[tuple[str, str]]:
    """Return where each repair goes and what it puts there."""
    return [(repair.field, repair.text) for repair in form.repairs[name]]


@pytest.mark.parametrize(
    ("change", "repairs"),
    [
        ({"analyte": "ft4", "unit": "pmol/L", "value": "1340"}, [("value", "13.4")]),
        ({"analyte": "tt3", "unit": "nmol/L", "value": "120"}, [("unit", "ng/dL")]),
        ({"analyte": "ft4", "unit": "ng/dL", "value": "<134"}, [("value", "<1.34")]),
        ({"value": "900000"}, []),
    ],
)
def test_that_a_result_that_nobody_has_offers_what_it_may_have_been(
    change: dict[str, str], repairs: list[tuple[str, str]]
) -> None:
    form = forms.lab_form({**LAB, "low": "", "high": "", **change}, "p", NOW)
    assert form.record is None
    assert repairs_of(form, "value") == repairs


@pytest.mark.parametrize(
    ("change", "repairs"),
    [
        ({"analyte": "ft4", "unit": "pmol/L", "value": "1.05"}, [("unit", "ng/dL")]),
        ({"analyte": "ft4", "unit": "pmol/L", "value": "134"}, [("value", "13.4")]),
    ],
)
def test_that_a_result_that_was_probably_mistyped_is_accepted_with_a_question(
    change: dict[str, str], repairs: list[tuple[str, str]]
) -> None:
    form = forms.lab_form({**LAB, "low": "", "high": "", **change}, "p", NOW)
    assert form.record is not None
    assert list(form.doubts) == ["value"]
    assert repairs_of(form, "value") == repairs


@pytest.mark.parametrize(
    ("analyte", "unit", "value"),
    [("tsh", "mIU/L", "66"), ("tsh", "mIU/L", "< 0,01"), ("ft4", "pmol/L", "58"), ("ft4", "pmol/L", "4.1"),
     ("ft3", "pmol/L", "22"), ("tt4", "nmol/L", "12"), ("ft4", "pmol/L", "> 100")],
)  # fmt: skip
def test_that_results_as_sick_people_have_them_raise_no_question(analyte: str, unit: str, value: str) -> None:
    form = forms.lab_form({**LAB, "analyte": analyte, "unit": unit, "value": value, "low": "", "high": ""}, "p", NOW)
    assert form.record is not None
    assert form.doubts == {}


@pytest.mark.parametrize(
    ("typed", "text", "unit"),
    [("13.4 pmol/l", "13.4", "pmol/L"), ("1,05\u00a0ng/dL", "1,05", "ng/dL"), ("13.4 H", "13.4", "pmol/L"),
     ("13.4*", "13.4", "pmol/L"), ("13.4 \u2193 pmol/L", "13.4", "pmol/L")],
)  # fmt: skip
def test_that_a_unit_or_a_flag_behind_a_result_is_read(typed: str, text: str, unit: str) -> None:
    form = forms.lab_form(
        {**LAB, "analyte": "ft4", "unit": "pmol/L", "value": typed, "low": "9", "high": "19"}, "p", NOW
    )
    assert form.record is not None, form.refusals
    assert (form.record.entered_text, form.record.entered_unit) == (text, unit)
    assert form.record.reference_low == 9.0


def test_that_a_micro_sign_may_be_typed_as_u() -> None:
    form = forms.lab_form({**LAB, "value": "6.6 uIU/mL"}, "p", NOW)
    assert form.record is not None
    assert form.record.entered_unit == "\u00b5IU/mL"


@pytest.mark.parametrize(
    ("day", "repairs"), [("2026-12-24", ["2025-12-24"]), ("2062-11-16", ["2026-11-16"]), ("28/11/2026", ["2025-11-28"])]
)
def test_that_a_day_in_the_future_offers_the_last_one_of_that_date(day: str, repairs: list[str]) -> None:
    form = forms.lab_form({**LAB, "day": day}, "p", NOW)
    assert [repair.text for repair in form.repairs["day"]] == repairs


def test_that_of_two_readings_of_a_day_only_past_ones_are_offered() -> None:
    form = forms.lab_form({**LAB, "day": "05/12/2026"}, "p", NOW)
    assert [repair.text for repair in form.repairs["day"]] == ["2026-05-12"]


@pytest.mark.parametrize(
    ("change", "repairs"),
    [
        ({"dose": "-100"}, [("dose", "100")]),
        ({"dose": "100", "unit": "mg"}, [("unit", "ug")]),
        ({"dose": "12500"}, [("dose", "125")]),
        ({"agent": "thiamazole", "unit": "mg", "dose": "20000"}, [("unit", "ug")]),
    ],
)
def test_that_a_dose_that_nobody_takes_offers_what_it_may_have_been(
    change: dict[str, str], repairs: list[tuple[str, str]]
) -> None:
    form = forms.medication_form({**ORDER, **change}, "p", HPT, NOW.date())
    assert form.record is None
    assert repairs_of(form, "dose") == repairs


@pytest.mark.parametrize(
    ("dose", "asked"), [("110", True), ("112", False), ("12.5", False), ("900", True), ("0", False)]
)
def test_that_a_dose_that_is_not_sold_is_asked_about(dose: str, asked: bool) -> None:
    form = forms.medication_form({**ORDER, "dose": dose}, "p", HPT, NOW.date())
    assert form.record is not None
    assert ("dose" in form.doubts) is asked


def test_that_adherence_and_missed_days_are_kept_and_editing_keeps_what_is_not_asked_for() -> None:
    form = forms.medication_form(
        {**ORDER, "taken": "80", "missed": "2026-11-03, 2026-11-02", "every": "10"}, "p", HPT, NOW.date()
    )
    order = form.record
    assert order is not None
    assert (order.fraction_taken, order.every_days) == (0.8, 10)
    assert order.missed == (date(2026, 11, 2), date(2026, 11, 3))
    again = forms.medication_form({**ORDER, "taken": "80", "every": "10"}, "p", HPT, NOW.date(), order).record
    assert again == order


def test_that_pressure_is_one_field_and_both_values_are_kept() -> None:
    day = {"day": "2026-11-24"}
    found = forms.vitals_form({**day, "pressure": "128/82"}, "p", NOW.date()).record
    assert found is not None
    assert (found.weight_kg, found.systolic_mmhg, found.diastolic_mmhg) == (None, 128.0, 82.0)
    turned = forms.vitals_form({**day, "pressure": "82/128"}, "p", NOW.date())
    assert [repair.text for repair in turned.repairs["pressure"]] == ["128/82"]
