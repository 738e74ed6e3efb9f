"""The card of communication in the window: asked for while it is seen, live, by keys, in words."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from endotune_desktop.clinic.scenario import DoseOrder, LesionState, Scenario
from endotune_desktop.physiology.hpt import HPT
from endotune_desktop.simulation import CancelFlag
from endotune_desktop.tuning.communication_card import CommunicationCard, Figure
from endotune_desktop.ui.communication.band_bar import share_along
from endotune_desktop.ui.communication.communication_view import TWO_COLUMNS_PX, CommunicationView
from endotune_desktop.ui.theme.theme import Theme
from endotune_desktop.workbench.communication_maker import Asked, CommunicationMaker
from endotune_desktop.workbench.session import Session
from tests.ui.desk import DrawnCourses, desk, drawn_view

TABLET = DoseOrder("levothyroxine", "oral", 100.0, "ug", ("07:30",))
Stand = tuple[Session, DrawnCourses, CommunicationView]


@cache
def computed(severity: float) -> CommunicationCard:
    """Return a computed card, without bands."""
    record = Scenario(
        "hpt", HPT.reference_person, lesions=(LesionState("hashimoto", severity),), regimen=(TABLET,),
        regimen_before=(TABLET,),
    )  # fmt: skip
    going = CommunicationMaker().stages(Asked(HPT, record, record, None), CancelFlag())
    next(going)
    return next(going)


@pytest.fixture
def stand(qtbot: QtBot, theme: Theme) -> Iterator[Stand]:
    """Return a session with Ingrid open, its courses, and the card, shown."""
    session, _, courses = desk()
    view = CommunicationView(session, theme)
    qtbot.addWidget(view)
    view.resize(320, 900)
    view.show()
    qtbot.waitExposed(view)
    yield session, courses, view
    view.close()


def answer(courses: DrawnCourses, card: CommunicationCard | None, silence: str = "") -> None:
    """Let the newest request be answered with a card."""
    courses._arrived(replace(drawn_view(courses.requests[-1]), communication=card, silence=silence))


def test_that_the_card_is_asked_for_only_while_it_is_seen(stand: Stand) -> None:
    session, courses, view = stand
    assert courses.requests[-1].communication
    view.hide()
    session.request_course()
    assert not courses.requests[-1].communication
    view.show()
    assert courses.requests[-1].communication


def test_that_six_numbers_are_shown_with_sentence_and_word(stand: Stand) -> None:
    _, courses, view = stand
    assert view.state.text() == "computing …"
    answer(courses, computed(0.9))
    rows = list(view.rows.values())
    assert [row.isVisible() for row in rows] == [True] * 6
    assert all(row.value.text() and row.words.text().endswith(".") for row in rows)
    assert view.word.text()
    assert "SPINA-GT" in view.beside.text()
    assert "the clinician decides" in view.note.text()


def test_that_a_former_card_stays_marked_until_the_new_one_is_there(stand: Stand) -> None:
    session, courses, view = stand
    answer(courses, computed(0.9))
    before = view.rows[Figure.STEERING].value.text()
    order = session.whatif.plan.orders[0]
    session.whatif.commit(session.whatif.with_order(0, replace(order, dose=150.0)), "150")
    assert view.rows[Figure.STEERING].value.text() == before
    assert view.state.text() == "computing …"
    answer(courses, computed(0.3))
    assert view.rows[Figure.STEERING].value.text() != before
    assert view.marked


def test_that_another_patient_takes_the_card_away(stand: Stand) -> None:
    session, courses, view = stand
    answer(courses, computed(0.9))
    session.open_patient("x2")
    assert view.shown is None
    assert not any(row.isVisible() for row in view.rows.values())


def test_that_a_state_without_an_answer_says_why(stand: Stand) -> None:
    _, courses, view = stand
    answer(courses, None, "The thyroid model has no flat state here")
    assert "no flat state" in view.state.text()
    assert not view.word.isVisible()


def test_that_the_meaning_opens_by_key_and_is_spoken(stand: Stand) -> None:
    _, courses, view = stand
    answer(courses, computed(0.9))
    row = view.rows[Figure.STEERING]
    assert not row.meaning.isVisible()
    assert row.asked.focusPolicy() & Qt.FocusPolicy.TabFocus
    assert row.asked.accessibleName() == "What does this mean: Own steering"
    row.asked.setFocus()
    QTest.keyClick(row.asked, Qt.Key.Key_Space)
    assert row.meaning.isVisible()
    assert "100 L/(1 + L)" in row.meaning.text()
    assert row.words.text() in row.asked.accessibleDescription()
    answer(courses, computed(0.3))
    assert row.meaning.isVisible()
    QTest.keyClick(row.asked, Qt.Key.Key_Space)
    assert not row.meaning.isVisible()


def test_that_expert_numbers_are_folded_away_at_first(stand: Stand) -> None:
    _, courses, view = stand
    answer(courses, computed(0.9))
    assert not view.expert_words.isVisible()
    QTest.keyClick(view.experts, Qt.Key.Key_Space)
    assert view.expert_words.isVisible()
    assert "Gain margin" in view.expert_words.text()
    assert "Own set point, TSH" in view.expert_words.text()


def test_that_numbers_stand_in_two_columns_where_there_is_room(stand: Stand) -> None:
    _, courses, view = stand
    answer(courses, computed(0.9))
    first, second = view.rows[Figure.DISTANCE], view.rows[Figure.STEERING]
    assert second.y() > first.y()
    view.resize(TWO_COLUMNS_PX + 60, 700)
    QTest.qWait(1)
    assert second.y() == first.y()
    assert second.x() > first.x()


@pytest.mark.parametrize("figure", list(Figure))
def test_that_every_bar_runs_from_its_low_to_its_high_end(figure: Figure) -> None:
    assert share_along(figure, -1e9 if figure is not Figure.TIME else 0.0) == 0.0
    assert share_along(figure, math.inf) == 1.0
    assert math.isnan(share_along(figure, math.nan))


def test_that_the_healthy_middle_is_where_the_eye_expects_it() -> None:
    assert share_along(Figure.DISTANCE, 0.0) == pytest.approx(0.5)
    assert share_along(Figure.GLAND, 100.0) == pytest.approx(0.5)
    tenfold = share_along(Figure.TIME, 100.0) - share_along(Figure.TIME, 10.0)
    assert tenfold == pytest.approx(share_along(Figure.TIME, 10.0) - share_along(Figure.TIME, 1.0))


def test_that_the_bar_paints_other_colours_for_the_plan(stand: Stand) -> None:
    session, courses, view = stand
    answer(courses, computed(0.9))
    bar = view.rows[Figure.OUTSIDE].bar
    record = bar.grab().toImage()
    order = session.whatif.plan.orders[0]
    session.whatif.commit(session.whatif.with_order(0, replace(order, dose=150.0)), "150")
    answer(courses, computed(0.9))
    assert bar.grab().toImage() != record
