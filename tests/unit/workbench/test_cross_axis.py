"""Records as the links see them, and the curves that hold what other open axes change."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from endotune_desktop.clinic.person import Sex
from endotune_desktop.clinic.records import AxisProfile, LabResult, Medication, Patient, PatientRecord, Plan
from endotune_desktop.clinic.scenario import DoseOrder, LesionState
from endotune_desktop.exchange.link_file import read_links
from endotune_desktop.physiology.registry import AXES
from endotune_desktop.simulation import CancelFlag
from endotune_desktop.workbench.course_maker import CourseMaker
from endotune_desktop.workbench.course_view import CourseRequest, CourseView
from endotune_desktop.workbench.cross_axis import CrossAxis, axes_held, state_of
from endotune_desktop.workbench.horizons import horizons_of

RESOURCES = Path(__file__).resolve().parents[3] / "resources"
TODAY = date(2026, 11, 24)


def lab(analyte: str, value: float, day: date, **changed: object) -> LabResult:
    found = LabResult(
        f"{analyte}-{day}", "p1", analyte, datetime.combine(day, datetime.min.time()), True, str(value), "", "", value
    )
    return replace(found, **changed)  # type: ignore[arg-type]


def woman(*profiles: AxisProfile) -> PatientRecord:
    patient = Patient("p1", "Nobody", "1", Sex.FEMALE, date(1980, 1, 1), 165.0, 65.0, "hpt")
    medication = (
        Medication("m1", "p1", "levothyroxine", "oral", "", 100.0, "ug", ("07:00",), 1, date(2026, 1, 1)),
        Medication("m2", "p1", "estradiol", "oral", "", 2.0, "mg", ("08:00",), 1, date(2026, 1, 1)),
        Medication(
            "m3", "p1", "prednisolone", "oral", "", 5.0, "mg", ("08:00",), 1, date(2025, 1, 1), date(2025, 6, 1)
        ),
    )
    labs = (
        lab("tsh", 2.0, date(2026, 12, 24)),  # not drawn yet
        lab("tsh", 3.0, date(2026, 11, 1)),
        lab("ft4", 99.0, date(2026, 11, 1), set_aside=True),
        lab("tsh", 9.0, date(2026, 5, 1)),
    )
    own = AxisProfile("a1", "p1", "hpt", (LesionState("thyroidectomy", 1.0),))
    return PatientRecord(patient, labs, medication, profiles=(own, *profiles))


def cross_axis() -> CrossAxis:
    return CrossAxis(lambda: read_links(RESOURCES / "links"))


def test_that_a_record_becomes_the_state_of_its_day() -> None:
    found = state_of(woman(), TODAY)
    assert {entry.agent for entry in found.taken} == {"levothyroxine", "estradiol"}
    assert found.planned == found.taken
    assert dict(found.markers) == {"tsh": 3.0}
    assert found.lesions == {"hpt.thyroidectomy": 1.0}
    assert found.axes == {"hpt"}


def test_that_a_plan_takes_the_place_of_the_agents_of_its_axis_alone() -> None:
    plan = Plan(TODAY, (DoseOrder("LT4", "oral", 150.0, "ug", ("07:00",)),), (LesionState("graves", 0.5),))
    found = state_of(woman(), TODAY, AXES["hpt"], plan)
    assert {(entry.agent, entry.daily) for entry in found.planned} == {("levothyroxine", 150.0), ("estradiol", 2.0)}
    assert found.lesions == {"hpt.graves": 0.5}


def test_that_a_record_with_one_axis_reads_no_table() -> None:
    def never() -> None:
        raise AssertionError

    assert CrossAxis(never).changes(woman(), AXES["hpt"], TODAY) == ()  # type: ignore[arg-type]
    assert axes_held(woman(AxisProfile("a2", "p1", "hpg_female"))) == {"hpt", "hpg_female"}


def _last(record: PatientRecord, plan: Plan | None, links: CrossAxis | None) -> CourseView:
    views: list[CourseView] = []
    horizon = next(h for h in horizons_of(AXES["hpt"]) if h.future_days >= 28)
    request = CourseRequest(1, record, "hpt", plan, (), "", TODAY, horizon, False)
    CourseMaker(links=links).answer(request, views.append, CancelFlag())
    return views[-1]


def test_that_the_curves_hold_oral_oestrogen_once_both_axes_are_open() -> None:
    """X04: free T4 falls and TSH rises on the same levothyroxine, by 20 to 40 per cent of need."""
    alone = _last(woman(), None, cross_axis()).settled["now"]
    both = _last(woman(AxisProfile("a2", "p1", "hpg_female")), None, cross_axis()).settled["now"]
    without = _last(woman(AxisProfile("a2", "p1", "hpg_female")), None, None).settled["now"]
    assert without == alone
    assert both["tt4"] > alone["tt4"]
    assert both["ft4"] < alone["ft4"]
    assert both["tsh"] > 1.3 * alone["tsh"]


def test_that_a_plan_is_followed_with_the_same_links() -> None:
    record = woman(AxisProfile("a2", "p1", "hpg_female"))
    plan = Plan(
        TODAY, (DoseOrder("levothyroxine", "oral", 100.0, "ug", ("07:00",)),), (LesionState("thyroidectomy", 1.0),)
    )
    settled = _last(record, plan, cross_axis()).settled
    assert settled["whatif"]["tsh"] == pytest.approx(settled["now"]["tsh"], rel=1e-3)
