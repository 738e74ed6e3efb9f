"""What the maker of courses keeps between slider positions: never another body's past or scenario's curve."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from endotune_desktop.clinic.records import KeptScenario, PatientRecord, Plan
from endotune_desktop.clinic.scenario import DoseOrder
from endotune_desktop.exchange.demo_patients import demo_patients
from endotune_desktop.simulation import CancelFlag, Cancelled
from endotune_desktop.workbench.course_maker import CourseMaker
from endotune_desktop.workbench.course_view import CourseRequest, CourseView, Horizon

TODAY = date(2026, 11, 24)


@pytest.fixture
def record(resources: Path) -> PatientRecord:
    """Return the first demo patient without any result."""
    whole = next(found for found in demo_patients(resources / "demo", TODAY) if found.patient.name.startswith("Demo 1"))
    return replace(whole, labs=())


def _plan(record: PatientRecord, dose_ug: float, severity: float | None = None, clearance: float = 1.0) -> Plan:
    profile = record.profile("hpt")
    assert profile is not None
    order = DoseOrder("levothyroxine", "oral", dose_ug, "ug", ("07:30",))
    lesions = profile.lesions
    if severity is not None:
        lesions = tuple(replace(lesion, severity=severity) for lesion in lesions)
    parameters = {**profile.parameters, **({"cl4": clearance} if clearance != 1.0 else {})}
    return Plan(TODAY, (order,), lesions, parameters)


def _request(record: PatientRecord, plan: Plan, number: int = 1, pinned: Plan | None = None) -> CourseRequest:
    kept = (KeptScenario("k", record.patient.id, "A", "kept", pinned, "hpt"),) if pinned is not None else ()
    letter = "A" if pinned is not None else ""
    return CourseRequest(number, record, "hpt", plan, kept, letter, TODAY, Horizon.SIX_WEEKS)


def _answer(maker: CourseMaker, request: CourseRequest) -> CourseView:
    found: list[CourseView] = []
    maker.answer(request, found.append, CancelFlag())
    return found[-1]


def _same(one: CourseView, other: CourseView) -> bool:
    assert one.whatif is not None
    assert other.whatif is not None
    return all(np.array_equal(values, other.whatif.values[name]) for name, values in one.whatif.values.items())


def test_that_a_used_maker_answers_as_a_new_one_whatever_body_was_asked_before(record: PatientRecord) -> None:
    used = CourseMaker()
    bodies = [(None, 1.0), (0.4, 1.0), (0.4, 1.3), (None, 1.3), (0.4, 1.0), (None, 1.0)]
    for number, (severity, clearance) in enumerate(bodies):
        for dose in (50.0, 112.0):
            request = _request(record, _plan(record, dose, severity, clearance), number)
            assert _same(_answer(used, request), _answer(CourseMaker(), request)), (severity, clearance, dose)


def test_that_another_bodys_past_follows_the_record_when_it_changes(record: PatientRecord) -> None:
    used, plan = CourseMaker(), _plan(record, 112.0, 0.4)
    before = _answer(used, _request(record, plan))
    taken = record.medication[0]
    changed = replace(record, medication=(replace(taken, dose=2.0 * taken.dose), *record.medication[1:]))
    after = _answer(used, _request(changed, plan, 2))
    assert not _same(before, after)
    assert _same(after, _answer(CourseMaker(), _request(changed, plan, 2)))


def test_that_a_pinned_curve_lies_still_until_its_scenario_is_another(record: PatientRecord) -> None:
    used = CourseMaker()
    first = _answer(used, _request(record, _plan(record, 50.0), 1, _plan(record, 150.0)))
    moved = _answer(used, _request(record, _plan(record, 75.0), 2, _plan(record, 150.0)))
    other = _answer(used, _request(record, _plan(record, 75.0), 3, _plan(record, 125.0)))
    assert first.pinned is not None
    assert moved.pinned is not None
    assert other.pinned is not None
    assert np.array_equal(first.pinned.values["tsh"], moved.pinned.values["tsh"])
    alone = _answer(CourseMaker(), _request(record, _plan(record, 125.0)))
    assert alone.whatif is not None
    assert np.array_equal(other.pinned.values["tsh"], alone.whatif.values["tsh"])
    assert not np.array_equal(other.pinned.values["tsh"], moved.pinned.values["tsh"])


def test_that_nothing_follows_the_curves_once_a_newer_position_waits(record: PatientRecord) -> None:
    found: list[CourseView] = []
    cancel = CancelFlag()

    def publish(view: CourseView) -> None:
        found.append(view)
        cancel.cancel()

    with pytest.raises(Cancelled):
        CourseMaker().answer(_request(record, _plan(record, 112.0)), publish, cancel)
    assert [view.fine for view in found] == [False]
