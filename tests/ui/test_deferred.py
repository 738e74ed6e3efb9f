"""Another patient is shown a part an event: whatever comes between, the last one's content stands everywhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from endotune_desktop.clinic.records import LabResult, Medication, PatientRecord, SymptomScore
from endotune_desktop.ui.table_view import TableView
from endotune_desktop.ui.theme.theme import Theme
from endotune_desktop.ui.window import MainWindow
from endotune_desktop.workbench.session import Session
from tests.ui import hands
from tests.ui.desk import TODAY, MemoryStore, desk, ingrid, other

Key = Qt.Key


def patient(number: int, *orders: tuple[str, float, str]) -> PatientRecord:
    """Return a patient with a result, a symptom of his own number, and orders (agent, dose, clock time)."""
    whole = other(number, f"Person {number}")
    owner, day = whole.patient.id, TODAY.date()
    like = ingrid()
    lab = replace(
        like.labs[0], id=f"lab{number}", patient_id=owner, value=float(number), drawn_at=datetime(2026, 11, 20)
    )
    scores = tuple(
        SymptomScore(f"s{number}{row}", owner, day, f"symptom {number}{row}", number) for row in range(number)
    )
    given = tuple(
        replace(like.medication[0], id=f"m{number}{agent}", patient_id=owner, agent=agent, dose=dose,
                clock_times=(clock,), start=day, stop=None)
        for agent, dose, clock in orders
    )  # fmt: skip
    assert isinstance(lab, LabResult)
    assert all(isinstance(order, Medication) for order in given)
    return replace(whole, labs=(lab,), symptoms=scores, medication=given)


@dataclass
class Desk:
    """A window and what is behind it."""

    window: MainWindow
    session: Session
    store: MemoryStore

    def rest(self) -> None:
        """Answer events until nothing waits."""
        for _ in range(2000):
            QApplication.processEvents()
            if not self.window.busy:
                return
        raise AssertionError("the window does not come to rest")

    def doses(self) -> list[float]:
        """Return the amounts under the sliders."""
        return [card.slider.amount for card in self.window.panel.cards if card.isVisible()]


@pytest.fixture
def room(qtbot: QtBot, theme: Theme) -> Iterator[Desk]:
    """Return a window on four patients: two on one agent, one on two, one on none."""
    t4, t3 = "levothyroxine", "liothyronine"
    people = (
        patient(4, (t4, 100.0, "07:00")), patient(5, (t4, 50.0, "07:00")),
        patient(6, (t3, 10.0, "08:00"), (t4, 75.0, "07:00")), patient(7),
    )  # fmt: skip
    session, store, _ = desk(*people)
    window = MainWindow(session, theme)
    window.resize(1280, 800)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=5000)
    found = Desk(window, session, store)
    session.open_patient("x4")
    found.rest()
    yield found
    window.close()
    window.deleteLater()
    QApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete.value)


def shown(room: Desk) -> tuple[str, list[str], int, list[float]]:
    """Return name, symptoms, number of results and doses, as the widgets say them."""
    record = room.window.sidebar.record
    items = [record.symptoms.item(row, 0) for row in range(record.symptoms.rowCount())]
    return record.name.text(), [item.text() for item in items if item], record.labs.rowCount(), room.doses()


@pytest.mark.parametrize("way", [("x5", "x6", "x7"), ("x6", "x7", "x5"), ("x7", "x5", "x6"), ("x6", "x5", "x4")])
@pytest.mark.parametrize("between", [0, 1, 3])
def test_that_of_three_patients_opened_in_haste_the_last_one_is_shown_everywhere(
    room: Desk, way: tuple[str, ...], between: int
) -> None:
    for patient_id in way:
        room.session.open_patient(patient_id)
        for _ in range(between):
            QApplication.processEvents()
    room.rest()
    number = int(way[-1][1:])
    doses = {4: [100.0], 5: [50.0], 6: [75.0, 10.0], 7: []}[number]
    name, symptoms, labs, amounts = shown(room)
    assert name == f"Person {number}"
    assert symptoms == [f"symptom {number}{row}" for row in range(number)]
    assert labs == 1
    assert sorted(amounts) == sorted(doses)
    assert all(not card.stale for card in room.window.panel.cards)
    for row in range(number):
        boxes = room.window.sidebar.record.symptoms.cellWidget(row, 1)
        assert isinstance(boxes, QWidget)
        assert boxes.accessibleName() == f"symptom {number}{row}: {number} of 10"


def test_that_a_card_of_the_same_agent_is_kept_for_the_next_patient(room: Desk) -> None:
    (card,) = room.window.panel.cards
    room.session.open_patient("x5")
    assert card.stale
    room.rest()
    assert room.window.panel.cards == [card]
    assert not card.stale
    assert card.slider.amount == 50.0


def test_that_a_key_on_a_card_before_it_has_followed_changes_the_plan_of_the_open_patient(room: Desk) -> None:
    (card,) = room.window.panel.cards
    room.session.open_patient("x5")
    assert room.window.panel.busy
    hands.key(card.slider, Key.Key_Right)
    (given,) = room.session.whatif.regimens
    assert 50.0 < given.rows[0][0] <= 75.0
    room.session.open_patient("x4")
    room.rest()
    assert room.doses() == [100.0]


def test_that_what_reaches_a_card_of_a_former_plan_from_elsewhere_changes_nothing(room: Desk) -> None:
    (card,) = room.window.panel.cards
    room.session.open_patient("x6")
    before = room.session.whatif.plan
    card.slider.settled.emit(25.0)
    card.slider.previewed.emit(25.0)
    card._remove("Remove")
    assert room.session.whatif.plan is before
    room.rest()
    assert sorted(room.doses()) == [10.0, 75.0]


def test_that_a_thumb_that_is_held_while_the_patient_changes_is_not_taken_over(room: Desk) -> None:
    (card,) = room.window.panel.cards
    hands.press(card.slider, card.slider.rect().center())
    room.session.open_patient("x5")
    room.rest()
    (fresh,) = room.window.panel.cards
    assert fresh is not card
    assert not fresh.slider.dragging
    assert room.doses() == [50.0]
    assert not room.session.whatif.differs


def test_that_an_entry_begun_before_the_lists_are_filled_goes_to_the_open_patient(room: Desk) -> None:
    room.session.open_patient("x5")
    assert room.window.sidebar.record.busy
    room.window.sidebar.add_lab()
    editor = room.window.sidebar.record.labs.editor
    assert editor is not None
    editor.put({**editor.fields.texts(), "value": "3.3"})
    editor.fields.try_save()
    assert [lab.entered_text for lab in room.store.record("x5").labs if lab.id != "lab5"] == ["3.3"]
    assert [lab.id for lab in room.store.record("x4").labs] == ["lab4"]


def test_that_a_key_in_a_list_before_it_is_filled_scores_the_open_patients_symptom(room: Desk) -> None:
    record = room.window.sidebar.record
    record.tabs.setCurrentIndex(3)
    record.symptoms.setCurrentCell(1, 0)
    record.symptoms.setFocus()
    room.session.open_patient("x5")
    hands.key(record.symptoms, Key.Key_9)
    assert {score.score for score in room.store.record("x4").symptoms} == {4}
    assert sorted(score.score for score in room.store.record("x5").symptoms) == [5, 5, 5, 5, 9]


def test_that_an_unsaved_entry_stays_with_its_patient_though_two_are_passed_over(room: Desk) -> None:
    labs = room.window.sidebar.record.labs
    labs.open_record("lab4")
    assert labs.editor is not None
    hands.keys(labs.editor.fields.fields["value"].focusProxy() or labs, "8.8")
    for patient_id in ("x5", "x6"):
        room.session.open_patient(patient_id)
    room.rest()
    assert labs.editor is None
    assert room.window.sidebar.record.drafts.patients() == {"x4"}
    room.session.open_patient("x4")
    room.rest()
    assert labs.editor is not None
    assert labs.editor.fields.texts()["value"].endswith("8.8")
    hands.key(labs.editor.fields.fields["value"].focusProxy() or labs, Key.Key_Escape)
    assert not room.window.sidebar.record.drafts.patients()


def test_that_a_view_asked_for_in_haste_is_the_last_one(room: Desk) -> None:
    for index in (1, 3, 2, 3):
        room.window.show_view(index)
    room.rest()
    assert room.window.sheet.currentIndex() == 3
    assert isinstance(room.window.sheet.currentWidget(), TableView)
    room.window.show_view(1)
    room.rest()
    assert room.window.sheet.currentWidget() is room.window.loop
