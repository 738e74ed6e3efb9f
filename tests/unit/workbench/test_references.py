"""Reference ranges by sex, age, clock time and phase: of results and behind curves."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from endotune_desktop.clinic.analytes import ANALYTES, Analyte, ReferenceRange
from endotune_desktop.clinic.person import Sex
from endotune_desktop.clinic.records import LabResult, PatientRecord
from endotune_desktop.physiology.hpt import HPT
from endotune_desktop.ui.words import range_words
from endotune_desktop.workbench.course_view import CourseView
from endotune_desktop.workbench.cycle_phases import PhaseSpan
from endotune_desktop.workbench.horizons import Horizon
from endotune_desktop.workbench.references import curve_reference, lab_reference, reference_steps
from tests.ui.desk import desk, drawn_view, ingrid

TSH = HPT.marker("tsh")
BY_CLOCK = (
    ReferenceRange(10.0, 20.0, clock_from_h=6.0, clock_to_h=10.0, words="morning"),
    ReferenceRange(1.0, 5.0, clock_from_h=22.0, clock_to_h=2.0),
)
BY_PHASE = (ReferenceRange(2.0, 3.0, sex=Sex.FEMALE, phase="luteal", words="luteal phase"),)


def use(monkeypatch: pytest.MonkeyPatch, ranges: tuple[ReferenceRange, ...], *, general: bool = False) -> Analyte:
    ends = (0.4, 4.0) if general else (None, None)
    found = replace(ANALYTES["tsh"], ranges=ranges, reference_low=ends[0], reference_high=ends[1])
    monkeypatch.setitem(ANALYTES, "tsh", found)
    return found


def drawn(record: PatientRecord, hour: int, *, known: bool = True) -> LabResult:
    """Return a result without a range of its own."""
    at = datetime(2026, 11, 16, hour, 0)
    return replace(record.labs[0], drawn_at=at, clock_known=known, reference_low=None, reference_high=None)


def view_of(horizon: Horizon) -> CourseView:
    session, _, courses = desk()
    session.set_horizon(horizon)
    return drawn_view(courses.requests[-1])


def bare(record: PatientRecord) -> PatientRecord:
    labs = tuple(replace(lab, reference_low=None, reference_high=None) for lab in record.labs)
    return replace(record, labs=labs)


def test_that_a_result_gets_the_range_of_its_clock_time(monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, BY_CLOCK)
    record = ingrid()
    assert lab_reference(record, drawn(record, 8)).words == "morning"
    night = lab_reference(record, drawn(record, 23))
    assert (night.low, night.high, night.words) == (1.0, 5.0, "22:00–02:00")
    assert lab_reference(record, drawn(record, 14)).low is None


def test_that_a_result_without_a_clock_time_gets_no_clock_range(monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, BY_CLOCK)
    record = ingrid()
    assert lab_reference(record, drawn(record, 8, known=False)).high is None
    use(monkeypatch, BY_CLOCK, general=True)
    assert lab_reference(record, drawn(record, 8, known=False)).high == 4.0


def test_that_a_result_gets_the_range_of_the_phase_that_the_course_tells(monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, BY_PHASE, general=True)
    record, view = ingrid(), view_of(Horizon.SIX_MONTHS)
    lab = drawn(record, 8)
    at = view.hours(lab.drawn_at.date(), 8.0)
    told = replace(view, phases=(PhaseSpan("luteal", "luteal", at - 24.0, at + 24.0),))
    assert lab_reference(record, lab, told).words == "luteal phase"
    assert lab_reference(record, lab, view).high == 4.0
    man = replace(record, patient=replace(record.patient, sex=Sex.MALE))
    assert lab_reference(man, lab, told).high == 4.0


def test_that_a_laboratorys_own_range_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, BY_CLOCK)
    record = ingrid()
    held = lab_reference(record, record.labs[0])
    assert held.own
    assert (held.low, held.high) == (record.labs[0].reference_low, record.labs[0].reference_high)


def test_that_the_band_behind_a_curve_steps_with_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, BY_CLOCK)
    record, view = bare(ingrid()), view_of(Horizon.DAY)
    steps = reference_steps(record, TSH, view)
    assert steps[0].from_h == view.window_h[0]
    assert steps[-1].to_h == view.window_h[1]
    inside = {(step.from_h % 24.0, step.low): step.to_h - step.from_h for step in steps}
    assert inside[6.0, 10.0] == 4.0
    assert inside[22.0, 1.0] == 2.0
    assert inside[0.0, 1.0] == 2.0
    assert inside[10.0, None] == 12.0


def test_that_daily_samples_have_the_range_of_their_clock_time(monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, BY_CLOCK)
    record, view = bare(ingrid()), view_of(Horizon.SIX_MONTHS)
    assert [step.low for step in reference_steps(record, TSH, view)] == [10.0]
    assert curve_reference(record, TSH, view).words == "morning"


def test_that_the_band_behind_a_curve_steps_with_the_phase(monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, BY_PHASE, general=True)
    record, view = bare(ingrid()), view_of(Horizon.SIX_WEEKS)
    first = view.window_h[0]
    told = replace(view, phases=(PhaseSpan("luteal", "luteal", first + 48.0, first + 240.0),))
    steps = reference_steps(record, TSH, told)
    assert [(step.from_h - first, step.low) for step in steps] == [(0.0, 0.4), (48.0, 2.0), (240.0, 0.4)]


def test_that_a_range_that_does_not_move_has_no_steps() -> None:
    view = view_of(Horizon.DAY)
    assert reference_steps(ingrid(), TSH, view) == ()
    assert curve_reference(ingrid(), TSH, view).own


def test_that_the_words_of_a_range_say_which_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    known = use(monkeypatch, BY_CLOCK)
    record = ingrid()
    assert range_words(lab_reference(record, drawn(record, 8)), known.units[0]).endswith("mIU/L (morning)")
    assert range_words(lab_reference(record, record.labs[0]), known.units[0]).endswith("(this lab)")
    assert range_words(lab_reference(record, drawn(record, 14)), known.units[0]) == ""
