"""Undo, plans, adoption and the timeline."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from endotune_desktop.clinic.edits import Edit, RecordChange
from endotune_desktop.clinic.errors import EnvironmentFailed
from endotune_desktop.clinic.records import AxisProfile, Medication, PatientRecord
from endotune_desktop.clinic.scenario import LesionState
from endotune_desktop.physiology.hpt import HPT
from endotune_desktop.workbench.kept import adoption
from endotune_desktop.workbench.patient_timeline import timeline, with_plan
from endotune_desktop.workbench.strengths import nearest_strengths, stops_for
from endotune_desktop.workbench.teaching import teaching_copy
from endotune_desktop.workbench.undo import Step, UndoStack
from endotune_desktop.workbench.whatif import plan_of_record
from tests.ui.desk import MemoryStore, desk, ingrid

TODAY = date(2026, 11, 24)


@given(st.lists(st.sampled_from(["do", "undo", "redo"]), max_size=60))
def test_that_undo_and_redo_walk_one_history(words: list[str]) -> None:
    stack, value, history, at = UndoStack(), [0], [0], 0

    def setter(to: int) -> None:
        value[0] = to

    for number, word in enumerate(words, start=1):
        if word == "do":
            before = value[0]
            value[0] = number
            stack.push(Step(str(number), partial(setter, before), partial(setter, number)))
            history, at = [*history[: at + 1], number], at + 1
        elif word == "undo":
            at = max(at - 1, 0) if stack.undo() else at
        else:
            at = at + 1 if stack.redo() else at
        assert value[0] == history[at]


def test_that_a_drag_is_one_step_and_esc_returns() -> None:
    session, _, courses = desk()
    whatif = session.whatif
    order = whatif.plan.orders[0]
    asked = len(courses.requests)
    for dose in (112.0, 125.0, 137.0):
        whatif.preview(whatif.with_order(0, replace(order, dose=dose)))
    whatif.commit(whatif.with_order(0, replace(order, dose=137.0)), "Levothyroxine 137")
    assert len(courses.requests) == asked + 4
    assert session.undo_words == "Levothyroxine 137"
    session.undo()
    assert not whatif.differs
    session.redo()
    assert whatif.plan.orders[0].dose == 137.0
    whatif.preview(whatif.with_order(0, replace(order, dose=25.0)))
    whatif.cancel_drag()
    assert whatif.plan.orders[0].dose == 137.0
    assert session.undo_words == "Levothyroxine 137"


def test_that_nothing_reaches_the_record_until_it_is_adopted() -> None:
    session, store, _ = desk()
    order = session.whatif.plan.orders[0]
    before = store.record("p1").medication
    session.whatif.commit(session.whatif.with_order(0, replace(order, dose=125.0)), "125")
    assert store.record("p1").medication == before
    session.kept.adopt(date(2026, 12, 1))
    fresh, stopped, oldest = store.record("p1").medication
    assert (fresh.dose, fresh.start, fresh.planned) == (125.0, date(2026, 12, 1), True)
    assert (stopped.dose, stopped.stop) == (100.0, date(2026, 12, 1))
    assert oldest.stop == date(2026, 8, 31)
    session.undo()
    assert store.record("p1").medication == before


def test_that_an_order_that_goes_on_is_left_alone() -> None:
    record = ingrid()
    plan = plan_of_record(record, HPT, TODAY)
    assert adoption(record, plan, TODAY, HPT).changes == ()


def test_that_scenarios_are_kept_named_pinned_loaded_and_deleted() -> None:
    session, store, courses = desk()
    order = session.whatif.plan.orders[0]
    session.whatif.commit(session.whatif.with_order(0, replace(order, dose=112.0)), "112")
    session.kept.keep("112 µg")
    session.kept.rename("A", "112 by breakfast")
    assert [k.name for k in store.record("p1").scenarios] == ["112 by breakfast"]
    session.kept.pin("A")
    assert courses.requests[-1].pinned == "A"
    session.whatif.reset("Reset")
    assert not session.whatif.differs
    session.kept.load("A")
    assert session.whatif.plan.orders[0].dose == 112.0
    session.kept.delete("A")
    assert session.kept.scenarios == ()
    assert session.kept.pinned == ""
    session.undo()
    assert session.kept.by_letter("A") is not None


def test_that_a_refused_edit_changes_nothing_and_says_why() -> None:
    session, store, _ = desk()
    store.refuse = EnvironmentFailed("The disk is full")
    session.kept.keep("x")
    assert session.kept.scenarios == ()
    assert str(session.failure) == "The disk is full"
    assert session.undo_words == ""


def test_that_a_stale_answer_never_replaces_a_newer_one() -> None:
    from tests.ui.desk import drawn_view

    session, _, courses = desk()
    courses.hold = True
    order = session.whatif.plan.orders[0]
    session.whatif.preview(session.whatif.with_order(0, replace(order, dose=112.0)))
    old = courses.requests[-1]
    session.whatif.preview(session.whatif.with_order(0, replace(order, dose=125.0)))
    assert session.pending
    courses.release()
    assert not session.pending
    newest = session.course
    courses._arrived(drawn_view(old))
    assert session.course is newest


def test_that_the_timeline_begins_with_the_first_order_and_keeps_missed_days() -> None:
    record = ingrid()
    missed = replace(record.medication[0], missed=(date(2026, 10, 1),))
    line = timeline(replace(record, medication=(missed, record.medication[1])), HPT, TODAY, 91.0)
    assert line.day0 == date(2026, 3, 12)
    first, second = line.now.regimen
    assert (first.dose, first.start_day, first.stop_day) == (75.0, 0, 172)
    assert (second.dose, second.start_day, second.stop_day) == (100.0, 172, None)
    assert second.missed_days == ((date(2026, 10, 1) - line.day0).days,)
    assert line.now.regimen_before == ()
    assert line.now.person.age_years == 47.0


def test_that_orders_of_long_ago_are_a_steady_state() -> None:
    record = ingrid()
    old = Medication("m", "p1", "levothyroxine", "oral", "", 125.0, "ug", ("07:00",), 2, date(2020, 1, 1))
    line = timeline(replace(record, medication=(old,)), HPT, TODAY, 91.0)
    assert line.now.regimen_before[0].every_days == 2
    assert line.now.regimen[0].start_day in (0, 1)
    given = (date(2020, 1, 1) - line.day0).days % 2
    assert line.now.regimen[0].start_day == given


def test_that_a_plan_takes_over_on_its_day() -> None:
    record = ingrid()
    line = timeline(record, HPT, TODAY, 91.0)
    plan = plan_of_record(record, HPT, TODAY)
    later = replace(plan, from_day=date(2026, 12, 4), orders=(replace(plan.orders[0], dose=125.0),))
    scenario, same_past = with_plan(line, later, record)
    turn = (date(2026, 12, 4) - line.day0).days
    assert same_past
    assert [(o.dose, o.start_day, o.stop_day) for o in scenario.regimen][-2:] == [
        (100.0, 172, turn),
        (125.0, turn, None),
    ]


def test_that_a_lesion_from_today_on_begins_today() -> None:
    record = ingrid()
    line = timeline(record, HPT, TODAY, 91.0)
    plan = plan_of_record(record, HPT, TODAY)
    fresh = replace(plan, lesions=(*plan.lesions, LesionState("interference_iron", 1.0, "new")))
    scenario, same_past = with_plan(line, fresh, record)
    assert same_past
    assert scenario.lesions[-1].onset == line.today_h


def test_that_stops_are_the_strengths_that_exist() -> None:
    session, _, _ = desk()
    stops = stops_for(HPT.agent("levothyroxine"), session.whatif.regimens[0], "EU")
    assert stops.coarse == [0.0, 25.0, 50.0, 75.0, 88.0, 100.0, 112.0, 125.0, 137.0, 150.0, 175.0, 200.0]
    assert 12.5 in stops.fine
    assert nearest_strengths(112.0, stops) is None
    assert nearest_strengths(110.0, stops) == (112.0, (100.0, 112.0))


def test_that_a_teaching_copy_keeps_the_course_and_loses_the_person() -> None:
    record = ingrid()
    edit, patient_id = teaching_copy(record, "Teaching case")
    store = MemoryStore()
    store.apply(edit)
    copy = store.record(patient_id)
    assert copy.patient.sandbox
    assert "Halvorsen" not in repr(copy)
    assert "City lab" not in repr(copy)
    assert copy.patient.age_years(TODAY) == record.patient.age_years(TODAY) or copy.patient.born.year == 1979
    assert [lab.value for lab in copy.labs] == [lab.value for lab in record.labs]
    assert isinstance(copy.profiles[0], AxisProfile)
    assert copy.visits == ()


@pytest.mark.parametrize("name", ["Demo", "demo", ""])
def test_that_the_list_follows_the_search(name: str) -> None:
    session, _, _ = desk()
    session.show_sandbox(True)
    session.search(name)
    assert [row.patient.name for row in session.patients] == ["Demo: central"]


def test_that_an_edit_whose_record_cannot_be_read_back_counts_as_saved(monkeypatch: pytest.MonkeyPatch) -> None:
    session, store, _ = desk()
    before = session.record
    assert before is not None

    def unreadable(_: str) -> PatientRecord:
        raise EnvironmentFailed("The disk could not be read or written")

    monkeypatch.setattr(store, "record", unreadable)
    after = replace(before.patient, name="X")
    session.edit(Edit("Rename", (RecordChange(before.patient, after),)))
    assert session.failure is None
    assert str(session.unread) == "The disk could not be read or written"
    assert session.undo_words == "Rename"
    assert store.held["p1"].patient == after
    monkeypatch.undo()
    session.open_patient("p1")
    assert session.unread is None
