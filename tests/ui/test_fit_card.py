"""The fit in the window: whose curve it is, the card, doubts on the plots, and the way to set a result aside."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from endotune_desktop.clinic.edits import Edit, RecordChange
from endotune_desktop.clinic.records import PatientRecord
from endotune_desktop.physiology.registry import AXES
from endotune_desktop.tuning.fit_card import FitCard, card_of
from endotune_desktop.tuning.individual import individualised
from endotune_desktop.ui.courses.courses_view import CoursesView
from endotune_desktop.ui.fit.bars import ResidualBar, ShareBar
from endotune_desktop.ui.fit.fit_dialog import FitDialog
from endotune_desktop.ui.fit.fit_line import FitLine
from endotune_desktop.ui.fit.fit_words import largest_words, state_words
from endotune_desktop.ui.theme.theme import Theme
from endotune_desktop.workbench.course_view import BandParts, CourseView
from endotune_desktop.workbench.evidence_of import observations_of
from endotune_desktop.workbench.patient_timeline import timeline
from endotune_desktop.workbench.session import Session
from tests.ui.desk import DAY0, TODAY, DrawnCourses, MemoryStore, desk, ingrid

HPT = AXES["hpt"]


def wrong() -> PatientRecord:
    """Return Ingrid with one TSH that cannot be hers."""
    record = ingrid()
    first = record.labs[0]
    return replace(record, labs=(replace(first, value=first.value * 8.0, entered_text="52.8"), *record.labs[1:]))


def card(record: PatientRecord, draws: int = 60) -> FitCard:
    line = timeline(record, HPT, TODAY.date(), 1.0)
    seen = observations_of(record, HPT, DAY0, TODAY.date())
    return card_of(individualised(HPT, line.now, seen, draws=draws))


@pytest.fixture(scope="module")
def good() -> FitCard:
    return card(ingrid())


@pytest.fixture(scope="module")
def doubted() -> FitCard:
    return card(wrong())


def opened(record: PatientRecord) -> tuple[Session, MemoryStore, DrawnCourses]:
    session, store, courses = desk(record)
    session.open_patient("p1")
    return session, store, courses


def arrive(session: Session, courses: DrawnCourses, found: FitCard) -> CourseView:
    """Let the newest course come again, fitted and taken apart."""
    courses.refine()
    assert session.course is not None
    times = session.course.now.time_h
    parts = {marker.id: np.full(times.size, 0.04) for marker in HPT.markers}
    halves = {marker.id: np.full(times.size, 0.01) for marker in HPT.markers}
    view = replace(session.course, fit=found.fit, card=found, parts=BandParts(times, parts, halves))
    courses._arrived(view)
    return view


def words_in(widget: QWidget) -> str:
    return " ".join(found.text() for found in widget.findChildren(QLabel))


def test_that_the_line_says_whose_curve_it_is_from_typical_to_fitted(qtbot: QtBot, theme: Theme, good: FitCard) -> None:
    session, _, courses = opened(ingrid())
    line = FitLine(session, theme)
    qtbot.addWidget(line)
    assert line.state.text() == "Fitting to 9 results …"
    assert not line.progress.isHidden()
    assert not line.more.isEnabled()
    arrive(session, courses, good)
    line.finish()
    assert line.state.text() == "Fitted to 9 results"
    assert line.progress.isHidden()
    assert line.more.isEnabled()
    line.close()


def test_that_while_results_are_fitted_again_the_line_says_that_the_course_is_of_those_before(
    qtbot: QtBot, theme: Theme, good: FitCard
) -> None:
    session, _, courses = opened(ingrid())
    arrive(session, courses, good)
    line, dialog = FitLine(session, theme), FitDialog(session, theme)
    for widget in (line, dialog):
        qtbot.addWidget(widget)
    view = arrive(session, courses, good)
    dialog.finish()
    rows = len(dialog.findChildren(ResidualBar))
    assert rows == 9
    extra = replace(ingrid().labs[0], id="extra")
    session.edit(Edit("Add a result", (RecordChange(None, extra),)))
    request = replace(view.request, record=session.record or view.request.record, number=session.request_number)
    courses._arrived(replace(view, request=request, refitting=True))
    for widget in (line, dialog):
        widget.finish()
        assert widget.state.text() == "Refitting to 10 results …"
        assert widget.state.property("tone") == ""
    assert line.words.text() == dialog.former.text() == "Until then: the fit to 9 results, before the change."
    assert not line.progress.isHidden()
    assert len(dialog.findChildren(ResidualBar)) == rows
    assert not dialog._upper_part.isEnabled()
    courses._arrived(replace(view, request=request))
    for widget in (line, dialog):
        widget.finish()
    assert line.state.text() == "Fitted to 9 results"
    assert dialog.former.isHidden()
    assert dialog._upper_part.isEnabled()
    line.close()
    dialog.reject()


def test_that_a_record_without_results_is_a_typical_person(qtbot: QtBot, theme: Theme) -> None:
    session, _, _ = opened(replace(ingrid(), labs=()))
    assert state_words(session) == ("", "No results: typical person", False)


def test_that_an_answer_without_a_fit_is_not_waited_for_for_ever(qtbot: QtBot) -> None:
    session, _, courses = opened(ingrid())
    courses.refine()
    tone, words, waiting = state_words(session)
    assert tone == "warn"
    assert words.startswith("Not fitted")
    assert not waiting


def test_that_the_card_says_what_was_learned_and_keeps_a_row_for_each_result(
    qtbot: QtBot, theme: Theme, good: FitCard
) -> None:
    session, _, courses = opened(ingrid())
    arrive(session, courses, good)
    dialog = FitDialog(session, theme)
    qtbot.addWidget(dialog)
    arrive(session, courses, good)
    dialog.finish()
    said = words_in(dialog)
    assert "independent thing" in said
    assert any(taught in said for taught in ("learned from this patient", "partly learned"))
    assert "taken from the population" in said
    assert "clinician decides" in said
    assert len(dialog.findChildren(ResidualBar)) == 9
    dialog.reject()


def test_that_a_result_that_does_not_fit_comes_first_with_reasons_and_can_be_set_aside_and_taken_back(
    qtbot: QtBot, theme: Theme, doubted: FitCard, good: FitCard
) -> None:
    session, store, courses = opened(wrong())
    arrive(session, courses, doubted)
    dialog = FitDialog(session, theme)
    qtbot.addWidget(dialog)
    arrive(session, courses, doubted)
    dialog.finish()
    assert "1 does not fit" in dialog.state.text()
    assert "interference in the assay" in words_in(dialog)
    lab = next(lab for lab in wrong().labs if lab.entered_text == "52.8")
    dialog.turn(lab)
    assert next(row for row in store.held["p1"].labs if row.id == lab.id).set_aside
    dialog.finish()
    assert dialog.state.text() == "Fitting to 8 results …"
    assert "interference in the assay" in words_in(dialog)  # what is about to be replaced stays until it is
    arrive(session, courses, good)
    dialog.finish()
    assert "set aside, not used" in words_in(dialog)
    session.undo()
    assert not next(row for row in store.held["p1"].labs if row.id == lab.id).set_aside
    dialog.reject()


def test_that_a_doubtful_result_is_marked_on_its_plot_and_the_header_says_why(
    qtbot: QtBot, theme: Theme, doubted: FitCard
) -> None:
    session, _, courses = opened(wrong())
    view = CoursesView(session, theme)
    qtbot.addWidget(view)
    view.resize(900, 700)
    view.show()
    arrive(session, courses, doubted)
    view._relay.finish()
    plot = next(plot for plot in view.plots if plot.marker.id == "tsh")
    assert [mark.doubtful for mark in plot.canvas.labs.rows].count(True) == 1
    row = next(i for i, mark in enumerate(plot.canvas.labs.rows) if mark.doubtful)
    plot.hand.lab_hovered.emit(row)
    assert plot.header.note.startswith("does not fit: interference")
    legend = dict(view.legend.shown_words())
    assert "not fitted" not in legend["lab"]
    view.close()


def test_that_the_bars_follow_the_crosshair_and_say_that_plots_show_the_state(
    qtbot: QtBot, theme: Theme, good: FitCard
) -> None:
    session, _, courses = opened(ingrid())
    arrive(session, courses, good)
    dialog = FitDialog(session, theme)
    qtbot.addWidget(dialog)
    view = arrive(session, courses, good)
    dialog.finish()
    assert "at the end of the curve" in words_in(dialog)
    assert {"tsh", "ft4"} <= set(dialog.bands.shown)
    assert dialog.findChildren(ShareBar)
    assert "Plots show the state band" in words_in(dialog)
    session.set_crosshair(view.today_h)
    dialog.finish()
    assert "at the crosshair" in words_in(dialog)
    dialog.reject()


def test_that_opening_the_card_asks_for_the_parts_and_closing_it_no_longer_does(
    qtbot: QtBot, theme: Theme, good: FitCard
) -> None:
    session, _, courses = opened(ingrid())
    arrive(session, courses, good)
    asked = len(courses.requests)
    dialog = FitDialog(session, theme)
    qtbot.addWidget(dialog)
    assert len(courses.requests) == asked + 1
    assert courses.requests[-1].parts
    dialog.reject()
    session.request_course()
    assert not courses.requests[-1].parts


@pytest.mark.parametrize("source", ["patient", "adherence", "model", "assay", "within"])
def test_that_most_is_said_of_more_than_half_only(source: str) -> None:
    assert largest_words(source, 60.0).startswith("Most of this width")
    assert largest_words(source, 40.0).startswith("The largest part")
