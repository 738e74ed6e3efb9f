"""Odd texts: stored as entered and read back equal, or refused in one sentence at the field."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from endotune_desktop.clinic.edits import Edit, RecordChange
from endotune_desktop.clinic.errors import InputRefused
from endotune_desktop.clinic.records import KeptScenario, Visit
from endotune_desktop.store import Store
from endotune_desktop.store.rows import MOST_CHARACTERS
from endotune_desktop.workbench.forms import lab_form, patient_form, visit_form
from tests.store.filling import PLAN, add, records_of_ingrid
from tests.ui.desk import TODAY, ingrid

ODD = [
    "a\x00b", "\x00", "🦋👩🏽‍⚕️", "e\u0301\u200d\u202e", "x" * 200_000, "\ufeff\uffff\U0010ffff", "line\nline\r\n\t",
    "'; DROP TABLE patient; --", '"%_\\', "\u0000\u0001\u007f\u0085",
]  # fmt: skip


@pytest.mark.parametrize("text", ODD)
def test_that_odd_texts_come_back_as_they_were_entered(store: Store, text: str) -> None:
    patient = replace(ingrid().patient, name=text, diagnosis=text, note=text)
    lab = replace(ingrid().labs[0], entered_text=text, laboratory=text)
    visit = Visit("w", "p1", TODAY.date(), text)
    add(store, patient, lab, visit)
    store.set_setting("words", text)
    path = store.path
    store.close()
    again = Store.open(path)
    found = again.record("p1")
    assert (found.patient, found.labs, found.visits) == (patient, (lab,), (visit,))
    assert again.setting("words") == text
    assert again.check() == []
    assert [row.patient for row in again.patients()] == [patient]
    again.close()


@pytest.mark.parametrize("text", ["a\ud800b", "\udfff", "x\udc80"])
def test_that_half_a_character_is_refused_at_its_field_and_nothing_is_written(store: Store, text: str) -> None:
    add(store, ingrid().patient)
    kept = next(record for record in records_of_ingrid() if isinstance(record, KeptScenario))
    for record, field in (
        (replace(ingrid().labs[0], laboratory=text), "laboratory"),
        (replace(ingrid().medication[0], clock_times=("07:00", text)), "clock times"),
        (replace(kept, plan=replace(PLAN, parameters={text: 1.0})), "plan"),
    ):
        with pytest.raises(InputRefused, match=f"^{field}: holds half a character") as told:
            add(store, record)
        str(told.value).encode("utf-8")
    with pytest.raises(InputRefused, match="name"):
        store.apply(Edit("x", (RecordChange(ingrid().patient, replace(ingrid().patient, name=text)),)))
    assert store.record("p1").labs == ()
    assert store.patients(search=text) == ()
    store.close()


def test_that_what_no_column_can_hold_is_refused_at_its_field(store: Store) -> None:
    add(store, ingrid().patient)
    for record, field in (
        (replace(ingrid().symptoms[0], score=2**70), "score"),
        (replace(ingrid().labs[0], value=float("inf")), "value"),
        (replace(ingrid().visits[0], words="x" * (MOST_CHARACTERS + 1)), "words"),
    ):
        with pytest.raises(InputRefused, match=f"^{field}: "):
            add(store, record)
    assert store.check() == []
    store.close()


anything = st.text(max_size=40)


@settings(max_examples=60, deadline=None)
@given(anything, anything)
def test_that_any_text_is_stored_or_refused(tmp_path_factory: pytest.TempPathFactory, text: str, search: str) -> None:
    store = Store.open(tmp_path_factory.mktemp("s") / "x.endotune")
    patient = replace(ingrid().patient, name=text)
    try:
        add(store, patient)
    except InputRefused as refusal:
        assert refusal.where == "name"
    else:
        assert store.record("p1").patient == patient
    store.patients(search=search)
    store.close()


def test_that_forms_refuse_at_the_field_what_the_store_would_refuse() -> None:
    person = {"sex": "female", "born": "1979-03-02", "height_cm": "165", "weight_kg": "68", "name": "x"}
    for field in ("name", "number", "diagnosis"):
        for text in ("a\ud800", "x" * 201):
            form = patient_form({**person, field: text}, TODAY.date())
            assert list(form.refusals) == [field]
    lab = {"analyte": "tsh", "value": "6.6", "unit": "mIU/L", "day": "2026-11-16", "laboratory": "\udfff"}
    assert list(lab_form(lab, "p1", TODAY).refusals) == ["laboratory"]
    assert list(visit_form({"day": "2026-11-16", "words": "\udfff"}, "p1", TODAY.date()).refusals) == ["words"]
    form = patient_form({**person, "name": "Ø 🦋"}, TODAY.date())
    assert form.record is not None
    assert form.record.name == "Ø 🦋"
