"""What a band is made of: the parts add up, and each is there only where it has a cause."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from endotune_desktop.clinic.records import PatientRecord
from endotune_desktop.exchange.demo_patients import demo_patients
from endotune_desktop.physiology.registry import AXES
from endotune_desktop.simulation import CancelFlag
from endotune_desktop.simulation.ensemble import one_after_another
from endotune_desktop.tuning.variation import variation
from endotune_desktop.workbench.band_parts import shares_at
from endotune_desktop.workbench.course_maker import CourseMaker
from endotune_desktop.workbench.course_view import CourseRequest, CourseView, Horizon, doubts_of

TODAY = date(2026, 11, 24)
TSH = AXES["hpt"].marker("tsh")


@pytest.fixture(scope="module")
def record() -> PatientRecord:
    folder = Path(__file__).resolve().parents[3] / "resources" / "demo"
    whole = next(found for found in demo_patients(folder, TODAY) if found.patient.name.startswith("Demo 4"))
    return replace(whole, labs=whole.labs[:6])


def answered(record: PatientRecord) -> CourseView:
    found: list[CourseView] = []
    request = CourseRequest(1, record, "hpt", None, (), "", TODAY, Horizon.SIX_WEEKS, parts=True)
    CourseMaker(one_after_another, 60).answer(request, found.append, CancelFlag())
    return found[-1]


@pytest.fixture(scope="module")
def view(record: PatientRecord) -> CourseView:
    return answered(record)


def test_that_the_shares_of_a_result_add_up_and_the_state_band_holds_three_of_them(view: CourseView) -> None:
    assert view.parts is not None
    shares = shares_at(view.parts, TSH, view.window_h[1])
    assert shares is not None
    assert sum(percent for _, percent in shares.percent()) == pytest.approx(100.0)
    known = variation("tsh")
    assert shares.result_sd**2 - shares.state_sd**2 == pytest.approx(known.assay**2 + known.within**2)
    assert shares.patient > 0.0
    assert shares.adherence > 0.0


def test_that_the_parts_make_the_band_that_is_drawn(view: CourseView) -> None:
    assert view.parts is not None
    assert view.now_band is not None
    last_h = float(view.now_band.time_h[-1])
    shares = shares_at(view.parts, TSH, last_h)
    assert shares is not None
    low, _, _, _, high = view.now_band.at("tsh", last_h)
    assert np.log(high / low) / (2.0 * 1.645) == pytest.approx(shares.state_sd, rel=0.35)  # 60 draws


def test_that_nothing_is_taken_apart_outside_the_course_or_for_what_no_laboratory_measures(view: CourseView) -> None:
    assert view.parts is not None
    assert shares_at(view.parts, TSH, view.window_h[1] + 1000.0) is None
    unmeasured = next(marker for marker in AXES["hpt"].markers if not marker.analyte)
    assert shares_at(view.parts, unmeasured, view.window_h[1]) is None


def test_that_a_patient_without_tablets_has_no_share_of_adherence(record: PatientRecord) -> None:
    view = answered(replace(record, medication=()))
    assert view.parts is not None
    shares = shares_at(view.parts, TSH, view.window_h[1])
    assert shares is not None
    assert shares.adherence == pytest.approx(0.0, abs=1e-6)


def test_that_a_record_without_labs_has_neither_card_nor_parts(record: PatientRecord) -> None:
    view = answered(replace(record, labs=()))
    assert view.card is None
    assert view.parts is None
    assert doubts_of(view) == {}
