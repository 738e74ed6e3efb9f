"""The day of the cycle that a fit finds moves what is drawn: curve, bands, phases and a plan's curve."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import numpy as np
import pytest

from endotune_desktop.clinic.person import Person, Sex
from endotune_desktop.clinic.records import LabResult, Patient, PatientRecord, Plan
from endotune_desktop.clinic.scenario import DoseOrder, Scenario
from endotune_desktop.physiology.registry import AXES
from endotune_desktop.simulation import CancelFlag, simulate
from endotune_desktop.simulation.course import DoseTick, Remark
from endotune_desktop.simulation.ensemble import one_after_another
from endotune_desktop.workbench.course_maker import CourseMaker
from endotune_desktop.workbench.course_view import CourseRequest, CourseView, Horizon
from endotune_desktop.workbench.cycle_day import CycleDay
from endotune_desktop.workbench.cycle_phases import PhaseSpan
from endotune_desktop.workbench.patient_timeline import timeline

FEMALE = AXES["hpg_female"]
DAY0 = date(2026, 9, 1)
TODAY = DAY0 + timedelta(days=40)
LATE_H = 60.0
MEMBERS = 40
MEASURED = ("estradiol", "progesterone", "lh")


def _patient() -> Patient:
    return Patient("w", "Nobody", "1", Sex.FEMALE, date(1996, 3, 1), 165.0, 62.0, "hpg_female")


def _labs(late_h: float) -> tuple[LabResult, ...]:
    """Return what a typical woman whose cycle is further on than the timeline has in her blood, without scatter."""
    days = np.array([0.0, 6.0, 13.0, 20.0, 27.0, 34.0])
    person = Person(Sex.FEMALE, 30.0, 165.0, 62.0)
    scenario = Scenario("hpg_female", person, duration_days=60.0)
    course = simulate(FEMALE, scenario, output_times_h=days * 24.0 + 8.0 + late_h)
    found = []
    for row, day in enumerate(days):
        drawn_at = datetime.combine(DAY0 + timedelta(days=float(day)), time(8))
        for marker in MEASURED:
            value, analyte = float(course.markers[marker][row]), FEMALE.marker(marker)
            found.append(
                LabResult(f"{marker}{row}", "w", analyte.analyte, drawn_at, True, f"{value:g}", analyte.unit, "", value)
            )
    return tuple(found)


@pytest.fixture(scope="module")
def record() -> PatientRecord:
    return PatientRecord(_patient(), labs=_labs(LATE_H))


def _answers(record: PatientRecord, plan: Plan | None = None) -> list[CourseView]:
    found: list[CourseView] = []
    horizon = replace(Horizon.SIX_WEEKS, past_days=40.0)
    request = CourseRequest(1, record, "hpg_female", plan, (), "", TODAY, horizon, parts=True)
    CourseMaker(one_after_another, MEMBERS).answer(request, found.append, CancelFlag())
    return found


@pytest.fixture(scope="module")
def view(record: PatientRecord) -> CourseView:
    plan = Plan(TODAY, (), (), {})
    return _answers(record, plan)[-1]


def test_that_the_drawn_curve_at_a_sample_is_what_the_fit_expects(view: CourseView) -> None:
    fit = view.fit
    assert fit is not None
    assert abs(fit.cycle_shift_h) > 24.0  # else nothing is tested
    offset = fit.prior.offsets(fit.optimum.z[np.newaxis], fit.observations)[0]
    for seen, expected, platform in zip(fit.observations, fit.expected, offset, strict=True):
        # Both are straight lines between hours of the same course.
        drawn = np.log(view.now.at(seen.marker, seen.time_h))
        assert drawn == pytest.approx(expected - platform, abs=0.01), (seen.marker, seen.time_h)


def test_that_the_surge_is_drawn_where_the_phases_say_it_is(view: CourseView) -> None:
    surges = [span for span in view.phases if span.id == "mid_cycle" and span.from_h > 0.0 and span.to_h < 900.0]
    assert surges
    for span in surges:
        near = (view.now.time_h > span.from_h - 96.0) & (view.now.time_h < span.to_h + 96.0)
        peak_h = view.now.time_h[near][np.argmax(view.now.values["lh"][near])]
        assert span.from_h <= peak_h <= span.to_h


def test_that_the_bands_lie_about_the_moved_curve(view: CourseView) -> None:
    fit = view.fit
    assert fit is not None
    for band, curve in ((view.now_band, view.now), (view.whatif_band, view.whatif)):
        assert band is not None
        assert curve is not None
        assert np.array_equal(band.time_h, curve.time_h)
        values, levels = curve.values["progesterone"], band.levels["progesterone"]
        inside = (levels[0] <= values) & (values <= levels[4])
        assert inside.mean() > 0.95
    assert view.now_band is not None
    # Who is drawn has a day of the cycle of his own: the most probable day moves nobody to where it is not.
    for seen in fit.observations:
        low, _, _, _, high = view.now_band.at(seen.marker, seen.time_h)
        assert low < view.now.at(seen.marker, seen.time_h) * 1.02
        assert high > view.now.at(seen.marker, seen.time_h) * 0.98


def test_that_a_plan_takes_over_where_the_record_has_come_to(view: CourseView) -> None:
    assert view.whatif is not None
    ahead = view.now.time_h >= view.today_h
    for marker in MEASURED:
        # Nothing is taken and nothing planned: one course, run on from today's state.
        np.testing.assert_allclose(view.whatif.values[marker], view.now.values[marker][ahead], rtol=5e-3)
    assert view.now_band is not None
    assert view.whatif_band is not None
    np.testing.assert_allclose(
        view.whatif_band.levels["lh"], view.now_band.levels["lh"][:, view.now_band.time_h >= view.today_h], rtol=5e-3
    )


def test_that_nobody_is_moved_where_no_result_answers_to_the_day_of_the_cycle(view: CourseView) -> None:
    assert view.fit is not None
    assert np.std(view.fit.cycle_shifts_h()) > 0.0
    deaf = replace(view.fit, heard=np.zeros_like(view.fit.heard))
    assert deaf.cycle_shift_h == 0.0
    assert not deaf.cycle_shifts_h().any()


def test_that_a_record_without_results_has_the_timelines_own_cycle(record: PatientRecord) -> None:
    bare = _answers(replace(record, labs=()))[-1]
    line = timeline(bare.request.record, FEMALE, TODAY, 85.0)
    course = simulate(FEMALE, line.now, rtol=1e-4, output_times_h=bare.now.time_h)
    np.testing.assert_allclose(bare.now.values["lh"], course.markers["lh"], rtol=5e-3)


@pytest.mark.parametrize("shift_h", [-60.0, -24.0, -5.0, 0.0, 5.0, 24.0, 60.0])
def test_that_no_dose_of_a_plan_is_lost_and_each_is_shown_on_its_day(shift_h: float) -> None:
    record, moved = PatientRecord(_patient(), labs=_labs(LATE_H)), CycleDay(shift_h)
    line = timeline(record, FEMALE, TODAY, 30.0)
    order = DoseOrder("estradiol", "oral", 2.0, "mg", ("08:00",))
    plan = Plan(TODAY, (order,), (), {})
    scenario, same_past = moved.with_plan(line, plan, record)
    assert same_past
    times = moved.course_times_h(line, np.arange(line.today_h, line.today_h + 241.0, 1.0))
    begin_h = moved.course_hour(line.today_h)
    found = simulate(FEMALE, scenario, rtol=1e-3, output_times_h=np.append(begin_h, times[times > begin_h]))
    given = [dose for dose in found.doses if dose.time_h >= begin_h]
    assert begin_h <= given[0].time_h < begin_h + 32.0  # the midnight after, and its tablet
    shown = moved.planned_doses(given, line, plan)
    clocks = [dose.time_h - line.today_h for dose in shown if dose.time_h < line.today_h + 240.0]
    assert clocks == pytest.approx([24.0 * day + 8.0 for day in range(10)])


def test_that_a_plan_of_a_later_day_leaves_the_doses_of_the_record_where_they_are() -> None:
    record = PatientRecord(_patient(), labs=_labs(LATE_H))
    line = timeline(record, FEMALE, TODAY, 30.0)
    plan = Plan(TODAY + timedelta(days=3), (), (), {})
    doses = [DoseTick(line.today_h + 24.0 * day + 8.0, "estradiol", 2.0, 0.0) for day in range(8)]
    shown = CycleDay(36.0).planned_doses(doses, line, plan)
    days = [(dose.time_h - line.today_h - 8.0) / 24.0 for dose in shown]
    assert days == pytest.approx([0.0, 1.0, 2.0, 3.0, 4.0, 5.0])  # days 3 and 4 of the course are before the plan's


def test_that_a_curve_does_not_begin_before_its_course() -> None:
    hours = CycleDay(-30.0).course_h(np.array([0.0, 24.0, 48.0]))
    assert hours.tolist() == [0.0, 0.0, 18.0]
    line = timeline(PatientRecord(_patient()), FEMALE, TODAY, 30.0)
    scenario, _ = CycleDay(-30.0).with_plan(line, Plan(TODAY, (), (), {}), PatientRecord(_patient()))
    assert scenario.axis == "hpg_female"


def test_that_the_first_phase_lasts_from_the_beginning_on() -> None:
    spans = (PhaseSpan("early", "Early", 0.0, 120.0), PhaseSpan("late", "Late", 120.0, 300.0))
    earlier, later = CycleDay(-30.0).phases(spans), CycleDay(30.0).phases(spans)
    assert [(span.from_h, span.to_h) for span in earlier] == [(0.0, 150.0), (150.0, 330.0)]
    assert [(span.from_h, span.to_h) for span in later] == [(-30.0, 90.0), (90.0, 270.0)]


def test_that_what_is_said_of_a_marker_moves_and_what_is_said_of_a_dose_does_not() -> None:
    said = (Remark("lh", 100.0, "LH"), Remark("estradiol", 50.0, "E2"), Remark("gonadorelin", 20.0, "a dose"))
    moved = CycleDay(12.0).remarks(said, FEMALE)
    assert [remark.from_h for remark in moved] == [88.0, 38.0, 20.0]
