"""Targets along a record and a plan: since when, until when, and which range is drawn."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from endotune_desktop.clinic.records import AxisProfile, Medication, Plan
from endotune_desktop.clinic.scenario import NEW, LesionState
from endotune_desktop.exchange.validity_file import read_validity
from endotune_desktop.physiology.registry import AXES
from endotune_desktop.tuning.validity import Validity
from endotune_desktop.workbench.circumstances import history_of
from endotune_desktop.workbench.references import ReferenceStep
from endotune_desktop.workbench.targets import Targets, target_steps
from endotune_desktop.workbench.whatif import plan_of_record
from tests.ui.desk import TODAY, desk, ingrid

TABLE = read_validity(Path(__file__).resolve().parents[3] / "resources" / "targets" / "target_validity.csv")
HPT, TODAY_D = AXES["hpt"], TODAY.date()
TSH, FT3, FT4 = (HPT.marker(name) for name in ("tsh", "ft3", "ft4"))
STEPPED = date(2026, 8, 31)


def targets() -> Targets:
    return Targets(lambda: TABLE)


def dosed(dose: float) -> Plan:
    plan = plan_of_record(ingrid(), HPT, TODAY_D)
    return replace(plan, orders=tuple(replace(order, dose=dose) for order in plan.orders))


# ---- history --------------------------------------------------------------------------------------------------------
def test_that_a_change_is_a_change_of_what_is_taken_a_day() -> None:
    history = history_of(ingrid(), HPT, None)
    assert history.changes == {"levothyroxine": (date(2026, 3, 12), STEPPED)}
    assert history.on(date(2026, 9, 10)).changed_days == {"levothyroxine": 10.0}
    assert history.on(date(2026, 1, 1)).changed_days == {}
    assert history.on(date(2026, 1, 1)).patient.taken == ()


def test_that_a_plan_like_the_record_changes_nothing() -> None:
    record = ingrid()
    plan = plan_of_record(record, HPT, TODAY_D)
    assert history_of(record, HPT, plan).changes == history_of(record, HPT, None).changes


def test_that_alternate_days_of_the_same_daily_mean_are_no_change() -> None:
    record = ingrid()
    halves = tuple(
        Medication(f"h{n}", "p1", "levothyroxine", "oral", "", 100.0, "ug", ("07:30",), 2, TODAY_D + timedelta(days=n))
        for n in (0, 1)
    )
    before = replace(record.medication[0], stop=TODAY_D)
    history = history_of(replace(record, medication=(*halves, before)), HPT, None)
    last = history.changes["levothyroxine"][-1]
    assert last == TODAY_D + timedelta(days=1)  # the second half begins a day late, and then nothing changes any more
    plan = dosed(100.0)
    order = plan.orders[0]
    alternate = replace(plan, orders=tuple(replace(order, every_days=2, start_day=n) for n in (0, 1)))
    assert history_of(record, HPT, alternate).changes["levothyroxine"][-1] == STEPPED


def test_that_a_plan_that_stops_an_agent_is_a_change_on_its_first_day() -> None:
    history = history_of(ingrid(), HPT, replace(dosed(0.0), orders=()))
    at = history.on(TODAY_D + timedelta(days=5))
    assert (at.patient.taken, at.changed_days) == ((), {"levothyroxine": 5.0})


def test_that_a_lesion_counts_from_its_beginning_and_not_before() -> None:
    plan = replace(dosed(88.0), lesions=(LesionState("amiodarone", 1.0, NEW),))
    history = history_of(ingrid(), HPT, plan)
    assert history.on(TODAY_D - timedelta(days=1)).patient.lesions == {"hpt.hashimoto": 0.92}
    assert history.on(TODAY_D + timedelta(days=7)).patient.lesions == {"hpt.amiodarone": 1.0}
    assert history.on(TODAY_D + timedelta(days=7)).lesion_days == {"hpt.amiodarone": 7.0}


def test_that_lesions_of_other_axes_stay_under_a_plan() -> None:
    record = ingrid()
    profiles = (*record.profiles, AxisProfile("a2", "p1", "hpa", (LesionState("addison", 1.0),)))
    history = history_of(replace(record, profiles=profiles), HPT, dosed(125.0))
    assert history.on(TODAY_D).patient.lesions == {"hpa.addison": 1.0, "hpt.hashimoto": 0.92}


# ---- along a window -------------------------------------------------------------------------------------------------
def test_that_a_new_dose_makes_tsh_wait_and_the_old_course_not() -> None:
    session, _, _ = desk()
    assert session.course is not None
    view, found = session.course, targets()
    spans = found.spans(view, HPT, dosed(125.0), TSH)
    starts = [round((span.from_h - view.today_h) / 24.0) for span in spans[1:]]
    waits = [span.standing.waits_days for span in spans]
    stepped = (STEPPED - TODAY_D).days
    assert starts == [stepped, stepped + 42, 0, 42]
    assert waits == [0.0, 42.0, 0.0, 42.0, 0.0]
    assert (spans[0].from_h, spans[-1].to_h) == (-math.inf, math.inf)


def test_that_moving_a_dose_further_reuses_the_answer() -> None:
    session, _, _ = desk()
    assert session.course is not None
    found = targets()
    first = found.spans(session.course, HPT, dosed(125.0), TSH)
    assert found.spans(session.course, HPT, dosed(137.0), TSH) is first
    assert found.spans(session.course, HPT, None, TSH) is not first


def test_that_only_a_target_has_a_filled_range_and_an_invalid_marker_none() -> None:
    session, _, _ = desk()
    assert session.course is not None
    found, usual = targets(), (ReferenceStep(-math.inf, math.inf, 0.4, 4.0),)
    steps = target_steps(found.spans(session.course, HPT, dosed(125.0), TSH), usual)
    assert [step.filled for step in steps] == [True, False, True, False, True]
    assert target_steps(found.spans(session.course, HPT, None, FT3), usual) == ()
    assert {(step.low, step.high) for step in target_steps(found.spans(session.course, HPT, None, FT4), usual)} == {
        (13.0, 22.0)
    }


def test_that_settled_limits_leave_an_invalid_marker_out() -> None:
    record, found = ingrid(), targets()
    assert found.limits(record, HPT, dosed(125.0), TSH, TODAY_D, (0.4, 4.0)) == (0.4, 4.0)
    assert found.limits(record, HPT, dosed(125.0), FT3, TODAY_D, (3.1, 6.5)) is None
    ill = replace(dosed(125.0), lesions=(LesionState("non_thyroidal_illness", 1.0),))
    assert found.limits(record, HPT, ill, TSH, TODAY_D, (0.4, 4.0)) is None
    assert found.nothing_to_aim_at(record, HPT, ill, TODAY_D)
    assert not found.nothing_to_aim_at(record, HPT, None, TODAY_D)


def test_that_a_result_stands_as_on_the_day_it_was_drawn() -> None:
    record, found = ingrid(), targets()
    for lab in record.labs:
        if lab.analyte == "ft3":
            assert found.of_lab(record, HPT, lab).validity is Validity.INVALID
    tsh = next(lab for lab in record.labs if lab.analyte == "tsh")
    early = replace(tsh, drawn_at=tsh.drawn_at.replace(year=2026, month=9, day=10))
    assert found.of_lab(record, HPT, early).waits_days == 32.0


def test_that_a_session_without_a_table_has_no_rules() -> None:
    found = Targets()
    standing = found.standing(ingrid(), HPT, None, TSH, TODAY_D, (0.4, 4.0))
    assert (standing.validity, standing.low, standing.high) == (Validity.NO_RULE, 0.4, 4.0)
