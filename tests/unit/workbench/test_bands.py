"""Bands around the curves: coarse first, fine after, never of another plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from endotune_desktop.clinic.person import Sex
from endotune_desktop.clinic.records import Patient, PatientRecord, Plan
from endotune_desktop.clinic.scenario import DoseOrder
from endotune_desktop.exchange.demo_records import demo_edits
from endotune_desktop.simulation import CancelFlag, Cancelled
from endotune_desktop.simulation.ensemble import Job, one_after_another
from endotune_desktop.tuning.variation import variation
from endotune_desktop.workbench.band_maker import COARSE
from endotune_desktop.workbench.course_maker import CourseMaker
from endotune_desktop.workbench.course_view import CourseRequest, CourseView, Horizon, doubts_of
from tests.ui.desk import MemoryStore

TODAY = date(2026, 11, 24)
MEMBERS = 60
"""Few, for the test's time; what is tested does not depend on how many."""


@pytest.fixture
def record(measured: PatientRecord) -> PatientRecord:
    """Return the first demo patient without any result: the bands are the population's."""
    return replace(measured, labs=())


@pytest.fixture
def measured(resources: Path) -> PatientRecord:
    """Return the first demo patient."""
    store = MemoryStore()
    for edit in demo_edits(resources / "demo" / "patients.json", TODAY):
        store.apply(edit)
    return next(whole for whole in store.held.values() if whole.patient.name.startswith("Demo 1"))


def _request(record: PatientRecord, dose_ug: float | None, number: int = 1) -> CourseRequest:
    profile = record.profile("hpt")
    assert profile is not None
    order = DoseOrder("levothyroxine", "oral", dose_ug or 0.0, "ug", ("07:30",))
    plan = Plan(TODAY, (order,), profile.lesions, profile.parameters) if dose_ug else None
    return CourseRequest(number, record, "hpt", plan, (), "", TODAY, Horizon.SIX_WEEKS)


def _answers(maker: CourseMaker, request: CourseRequest) -> list[CourseView]:
    found: list[CourseView] = []
    maker.answer(request, found.append, CancelFlag())
    return found


def test_that_curves_come_first_then_a_coarse_band_then_the_whole(record: PatientRecord) -> None:
    views = _answers(CourseMaker(one_after_another, MEMBERS), _request(record, 112.0))
    counts = [(view.whatif_band.count if view.whatif_band else 0, bool(view.settled_members)) for view in views]
    few, all_of_them = (COARSE, False), (MEMBERS, False)
    assert counts == [(0, False), (0, False), few, few, all_of_them, all_of_them, (MEMBERS, True)]
    assert [view.fine for view in views] == [False] + 6 * [True]


def test_that_a_band_is_ordered_and_holds_its_curve(record: PatientRecord) -> None:
    view = _answers(CourseMaker(one_after_another, MEMBERS), _request(record, 112.0))[-1]
    for band, curve in ((view.now_band, view.now), (view.whatif_band, view.whatif)):
        assert band is not None
        assert curve is not None
        assert np.array_equal(band.time_h, curve.time_h)
        for marker in ("tsh", "ft4", "ft3"):
            rows = band.levels[marker]
            assert np.all(np.diff(rows, axis=0) >= 0.0)
            assert np.all(rows[0] < curve.values[marker])
            assert np.all(curve.values[marker] < rows[4])


def test_that_the_band_of_the_record_is_there_at_once_for_the_next_position(record: PatientRecord) -> None:
    maker = CourseMaker(one_after_another, MEMBERS)
    first = _answers(maker, _request(record, 112.0))
    second = _answers(maker, _request(record, 125.0, 2))
    assert second[0].now_band is not None
    assert first[-1].now_band is not None
    assert np.array_equal(second[0].now_band.levels["tsh"], first[-1].now_band.levels["tsh"])
    assert second[0].whatif_band is None


def test_that_a_plan_equal_to_the_record_has_the_records_band(record: PatientRecord) -> None:
    dose = record.current_medication(TODAY)[0].dose
    view = _answers(CourseMaker(one_after_another, MEMBERS), _request(record, dose))[-1]
    assert view.now_band is not None
    assert view.whatif_band is not None
    ahead = view.now_band.time_h >= view.today_h
    np.testing.assert_allclose(view.whatif_band.levels["ft4"], view.now_band.levels["ft4"][:, ahead], rtol=2e-3)
    assert set(view.settled_members) == {"now", "whatif"}
    assert view.settled_members["whatif"]["tsh"].shape == (MEMBERS,)


def test_that_other_physiology_all_along_changes_the_members_past(record: PatientRecord) -> None:
    request = _request(record, 88.0)
    assert request.plan is not None
    milder = tuple(replace(lesion, severity=0.5) for lesion in request.plan.lesions)
    other = replace(request, plan=replace(request.plan, lesions=milder), number=2)
    maker = CourseMaker(one_after_another, MEMBERS)
    before, after = _answers(maker, request)[-1], _answers(maker, other)[-1]
    assert before.whatif_band is not None
    assert after.whatif_band is not None
    assert before.now_band is not None
    assert after.now_band is not None
    assert np.array_equal(before.now_band.levels["tsh"], after.now_band.levels["tsh"])
    assert after.whatif_band.levels["tsh"][2, 0] < 0.9 * before.whatif_band.levels["tsh"][2, 0]


def test_that_a_cancelled_band_keeps_the_batches_that_are_done(record: PatientRecord) -> None:
    flag, ran = CancelFlag(), []

    def until_ten(jobs: Sequence[Job]) -> None:
        for job in jobs:
            ran.append(job)
            if len(ran) == 10 and not flag.cancelled:
                flag.cancel()
            job()

    maker = CourseMaker(until_ten, MEMBERS)
    with pytest.raises(Cancelled):
        maker.answer(_request(record, None), lambda _: None, flag)
    stopped_at = len(ran)
    maker.answer(_request(record, None, 2), lambda _: None, CancelFlag())
    rest = len(ran) - stopped_at
    ran.clear()
    maker = CourseMaker(until_ten, MEMBERS)
    maker.answer(_request(record, None), lambda _: None, CancelFlag())
    # Cut off in the tenth job: the first batch's periods and past are four jobs each, and stay.
    assert len(ran) - rest == 8


def test_that_without_threads_there_are_curves_and_no_bands(record: PatientRecord) -> None:
    views = _answers(CourseMaker(), _request(record, 112.0))
    assert len(views) == 2
    assert views[-1].now_band is None


def test_that_results_move_the_curve_and_then_narrow_the_band(measured: PatientRecord, record: PatientRecord) -> None:
    typical = _answers(CourseMaker(one_after_another, MEMBERS), _request(record, None))[-1]
    views = _answers(CourseMaker(one_after_another, MEMBERS), _request(measured, None))
    stages = [0 if view.fit is None else 1 if view.fit.posterior is None else 2 for view in views]
    assert stages == sorted(stages)
    assert set(stages) == {0, 1, 2}
    assert all(view.now_band is None for view in views if view.fit is None or view.fit.posterior is None)
    fitted = views[-1]
    assert typical.now_band is not None
    assert fitted.now_band is not None
    seen = [lab for lab in measured.labs if lab.analyte in ("tsh", "ft4") and not lab.comparator]

    def misses(view: CourseView) -> float:
        """Return the mean square of how far results lie from a curve, each by how much it varies, as a fit counts."""
        found = [
            np.log(view.now.at(lab.analyte, view.hours(lab.drawn_at.date(), 9.0)) / lab.value)
            / np.sqrt(variation(lab.analyte).variance)
            for lab in seen
        ]
        return float(np.nanmean(np.square(found)))

    assert misses(fitted) < misses(typical)
    last = fitted.now_band.levels["tsh"]
    wide = typical.now_band.levels["tsh"]
    assert np.log(last[4, -1] / last[0, -1]) < 0.7 * np.log(wide[4, -1] / wide[0, -1])


def test_that_a_fit_is_kept_while_the_hand_moves_and_made_anew_when_a_result_is_added(measured: PatientRecord) -> None:
    maker = CourseMaker(one_after_another, MEMBERS)
    fitted = _answers(maker, _request(measured, None))[-1]
    first = fitted.fit
    assert first is not None
    moved = _answers(maker, _request(measured, 125.0, 2))
    assert all(view.fit is first for view in moved)
    changed = _answers(maker, _request(_with_another(measured), None, 3))
    before = [view for view in changed if view.refitting]
    assert before == changed[: len(before)]
    assert before
    for view in before:  # said to be of the labs before
        assert view.fit is first
        assert view.now is fitted.now
        assert view.now_band is not None
        assert fitted.now_band is not None
        assert np.array_equal(view.now_band.levels["tsh"], fitted.now_band.levels["tsh"])
        assert view.request.record is not measured
    after = changed[-1].fit
    assert after is not None
    assert len(after.observations) == len(first.observations) + 1
    assert not changed[-1].refitting


def _with_another(record: PatientRecord) -> PatientRecord:
    extra = replace(record.labs[0], id="extra", value=2.0 * record.labs[0].value)
    return replace(record, labs=(extra, *record.labs))


def test_that_a_cancelled_refit_shows_the_fit_before_again_and_says_so(measured: PatientRecord) -> None:
    maker = CourseMaker(one_after_another, MEMBERS)
    first = _answers(maker, _request(measured, None))[-1].fit
    flag, found = CancelFlag(), list[CourseView]()

    def publish(view: CourseView) -> None:
        found.append(view)
        flag.cancel()

    with pytest.raises(Cancelled):
        maker.answer(_request(_with_another(measured), None, 2), publish, flag)
    with pytest.raises(Cancelled):
        maker.answer(_request(_with_another(measured), 112.0, 3), publish, flag)
    assert [(view.fit is first, view.refitting) for view in found] == 2 * [(True, True)]
    assert found[1].whatif is not None


def test_that_orders_of_the_past_are_fitted_anew_while_the_former_person_takes_them(measured: PatientRecord) -> None:
    maker = CourseMaker(one_after_another, MEMBERS)
    fitted = _answers(maker, _request(measured, None))[-1]
    halved = tuple(replace(order, dose=0.5 * order.dose) for order in measured.medication)
    changed = _answers(maker, _request(replace(measured, medication=halved), None, 2))
    assert changed[0].refitting
    assert changed[0].fit is fitted.fit
    assert changed[0].now_band is None  # not that of other doses
    assert changed[0].now.values["ft4"][-1] < 0.9 * fitted.now.values["ft4"][-1]
    assert not changed[-1].refitting


def test_that_the_fit_before_is_not_shown_for_another_disease_or_for_another_patient(measured: PatientRecord) -> None:
    maker = CourseMaker(one_after_another, MEMBERS)
    first = _answers(maker, _request(measured, None))[-1].fit
    profile = measured.profile("hpt")
    assert profile is not None
    milder = replace(profile, lesions=tuple(replace(lesion, severity=0.3) for lesion in profile.lesions))
    assert first is not None
    changed = _answers(maker, _request(replace(measured, profiles=(milder,)), None, 2))
    assert changed[0].fit is None
    assert not changed[0].refitting
    patient = replace(measured.patient, id="other", name="Somebody else")
    other = _answers(maker, _request(_with_another(replace(measured, patient=patient)), None, 3))
    assert other[0].fit is None
    without = _answers(maker, _request(replace(measured, labs=()), None, 4))
    assert all(view.fit is None and not view.refitting for view in without)


def test_that_doubts_of_a_result_that_was_changed_are_not_said_of_the_new_value(measured: PatientRecord) -> None:
    wrong = replace(measured.labs[0], value=12.0 * measured.labs[0].value)
    record = replace(measured, labs=(wrong, *measured.labs[1:]))
    maker = CourseMaker(one_after_another, MEMBERS)
    assert wrong.id in doubts_of(_answers(maker, _request(record, None))[-1])
    mended = _answers(maker, _request(measured, None, 2))
    assert mended[0].refitting
    assert wrong.id not in doubts_of(mended[0])
    added = _with_another(record)
    again = _answers(maker, _request(record, None, 3))[0]
    assert not again.refitting  # what is known is there at once
    still = _answers(maker, _request(added, None, 4))[0]
    assert still.refitting


def test_that_a_new_patient_without_a_past_has_bands_from_the_first_hour_on() -> None:
    new = PatientRecord(Patient("new", "Nobody", "1", Sex.FEMALE, date(1980, 1, 1), 165.0, 65.0, "hpt"))
    request = CourseRequest(1, new, "hpt", None, (), "", TODAY, Horizon.DAY)
    view = _answers(CourseMaker(one_after_another, COARSE), request)[-1]
    assert view.now_band is not None
    assert view.now_band.time_h[0] == 0.0
    assert np.all(np.isfinite(view.now_band.levels["tsh"]))
