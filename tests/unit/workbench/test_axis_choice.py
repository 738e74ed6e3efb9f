"""Several axes of one patient: which are offered, how each is kept, and what an edit of one leaves alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from endotune_desktop.clinic.person import Sex
from endotune_desktop.clinic.records import PatientRecord
from endotune_desktop.physiology.axis import REFINED, Axis
from endotune_desktop.physiology.hpt import HPT
from endotune_desktop.physiology.registry import card_of
from endotune_desktop.workbench.axis_choice import axis_entries, knowing_axis, offered_agents, own_axes, removing
from endotune_desktop.workbench.kept import adoption
from endotune_desktop.workbench.patient_timeline import timeline, with_plan
from endotune_desktop.workbench.whatif import plan_of_record
from tests.ui.desk import desk, ingrid
from tests.ui.second_axis import MIRROR, REFINED_MIRROR, mirror, with_mirrorine

__all__ = ["mirror"]
TODAY = date(2026, 11, 24)


def man(record: PatientRecord) -> PatientRecord:
    return replace(record, patient=replace(record.patient, sex=Sex.MALE))


def test_that_the_patients_axes_come_first_and_others_only_when_they_fit(mirror: Axis) -> None:
    entries = axis_entries(ingrid())
    assert (entries[0].axis, entries[0].own) == (card_of(HPT), True)
    assert [severity for _, severity in entries[0].conditions] == [0.92]
    assert entries[0].lead_lab is not None
    assert "mirror" in {entry.axis.id for entry in entries[1:]}
    assert not any(entry.own for entry in entries[1:])
    assert "mirror" not in {entry.axis.id for entry in axis_entries(man(ingrid()))}


def test_that_each_axis_is_found_as_it_was_left(mirror: Axis) -> None:
    session, _, courses = desk()
    first = session.whatif.with_adherence(0.5)
    session.whatif.commit(first, "half")
    session.set_crosshair(2000.0)
    session.show_axis("mirror")
    assert session.axis is MIRROR
    assert session.crosshair_h is None
    assert not session.whatif.differs
    assert session.horizon.value == "48 h"
    assert courses.requests[-1].axis == "mirror"
    assert [entry.differs for entry in session.axes if entry.axis.id == "hpt"] == [True]
    session.show_axis("hpt")
    assert session.whatif.plan == first
    assert session.crosshair_h == 2000.0
    assert session.horizon.value == "6 mo"
    assert session.course is not None
    assert session.course.request.axis == "hpt"


def test_that_a_late_answer_about_the_other_axis_is_not_shown(mirror: Axis) -> None:
    session, _, courses = desk()
    courses.hold = True
    session.show_axis("mirror")
    session.show_axis("hpt")
    shown = session.course
    courses.requests.pop()
    courses.release()
    assert session.course is shown
    assert session.pending


def test_that_undo_of_a_dose_goes_back_to_its_axis(mirror: Axis) -> None:
    session, _, _ = desk()
    session.whatif.commit(session.whatif.with_adherence(0.5), "half")
    session.show_axis("mirror")
    session.undo()
    assert session.axis is HPT
    assert not session.whatif.differs


def test_that_adding_an_axis_is_an_edit_and_looking_is_none(mirror: Axis) -> None:
    session, store, _ = desk()
    session.show_axis("mirror")
    assert session.undo_words == ""
    session.add_axis("mirror")
    assert [axis.id for axis in own_axes(store.held["p1"])] == ["hpt", "mirror"]
    assert session.axis is MIRROR
    session.undo()
    assert [axis.id for axis in own_axes(store.held["p1"])] == ["hpt"]


def test_that_removing_the_first_axis_shows_another_and_the_only_one_stays(mirror: Axis) -> None:
    session, store, _ = desk()
    assert removing(store.held["p1"], HPT) is None
    session.add_axis("mirror")
    session.remove_axis("hpt")
    assert store.held["p1"].patient.axis == "mirror"
    assert store.held["p1"].profile("hpt") is None
    session.undo()
    assert store.held["p1"].patient.axis == "hpt"
    assert store.held["p1"].profile("hpt") is not None


def test_that_scenarios_belong_to_their_axis(mirror: Axis) -> None:
    session, _, courses = desk()
    session.kept.keep("mine")
    session.show_axis("mirror")
    assert not session.kept.scenarios
    session.kept.keep("other")
    assert [kept.letter for kept in session.kept.scenarios] == ["A"]
    assert [kept.axis for kept in courses.requests[-1].kept] == ["mirror"]
    session.show_axis("hpt")
    assert [kept.name for kept in session.kept.scenarios] == ["mine"]


def test_that_an_order_of_another_axis_is_neither_simulated_nor_stopped(mirror: Axis) -> None:
    record = with_mirrorine()
    assert {order.agent for order in plan_of_record(record, HPT, TODAY).orders} == {"levothyroxine"}
    assert {order.agent for order in plan_of_record(record, MIRROR, TODAY).orders} == {"mirrorine"}
    assert {order.agent for order in timeline(record, HPT, TODAY, 10.0).now.regimen} == {"levothyroxine"}
    nothing = replace(plan_of_record(record, HPT, TODAY), orders=())
    stopped = {change.record.id for change in adoption(record, nothing, TODAY, HPT).changes}
    assert stopped == {"m2"}


def test_that_an_agent_is_found_on_whichever_axis_knows_it(mirror: Axis) -> None:
    assert knowing_axis("mirrorine", HPT) is MIRROR
    assert knowing_axis("liothyronine", MIRROR) is MIRROR
    assert knowing_axis("unheard_of", HPT) is None
    offered = [entry.agent.id for entry in offered_agents(MIRROR, ingrid().patient)]
    assert offered[:2] == ["liothyronine", "mirrorine"]
    assert offered.count("liothyronine") == 1
    assert "levothyroxine" in offered


@pytest.mark.parametrize(("axis", "expected"), [(MIRROR, {}), (REFINED_MIRROR, {REFINED: 1.0})])
def test_that_the_window_simulates_with_the_refined_values_of_an_axis_that_has_them(
    axis: Axis, expected: dict[str, float]
) -> None:
    record = ingrid()
    line = timeline(record, axis, TODAY, 10.0)
    assert line.now.parameters == expected
    plan = replace(plan_of_record(record, axis, TODAY), parameters={"K4": 2.0})
    scenario, same_past = with_plan(line, plan, record)
    assert scenario.parameters == {**expected, "K4": 2.0}
    assert not same_past
    assert with_plan(line, plan_of_record(record, axis, TODAY), record)[1]


def test_that_horizons_are_remembered_by_axis(mirror: Axis) -> None:
    session, _, _ = desk()
    session.remember_horizons({"hpt": "1 y", "mirror": "60 d", "gone": "1 y", "hpt ": "x"})
    assert session.horizon.value == "1 y"
    session.show_axis("mirror")
    assert session.horizon.value == "60 d"
    assert {axis: horizon.value for axis, horizon in session.horizons.items()} == {"hpt": "1 y", "mirror": "60 d"}
