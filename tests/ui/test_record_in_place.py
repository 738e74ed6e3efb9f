"""The record edited in its rows, with real keys and a real mouse: made, mended, refused, kept, deleted, undone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from endotune_desktop.clinic.errors import EnvironmentFailed
from endotune_desktop.clinic.records import PatientRecord
from endotune_desktop.ui.sidebar.record_table import RecordTable
from endotune_desktop.ui.sidebar.row_editor import RowEditor
from endotune_desktop.ui.sidebar.sidebar import Sidebar
from endotune_desktop.ui.theme.theme import Theme
from endotune_desktop.workbench.session import Session
from tests.ui import hands
from tests.ui.desk import MemoryStore, desk
from tests.ui.test_theme import focusables

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
LABS, DOSES, VISITS, SYMPTOMS = range(4)


@dataclass
class Bed:
    """A sidebar with Ingrid open, and hands on it."""

    session: Session
    store: MemoryStore
    sidebar: Sidebar

    def open(self, patient_id: str) -> None:
        """Open a patient and wait until all lists are filled."""
        self.session.open_patient(patient_id)
        while self.sidebar.record.busy:
            QApplication.processEvents()

    @property
    def record(self) -> PatientRecord:
        """Return what is on file about her."""
        return self.store.record("p1")

    def table(self, tab: int) -> RecordTable:
        """Turn to a tab and put the focus into its list."""
        self.sidebar.record.tabs.setCurrentIndex(tab)
        table = self.sidebar.record.tables[tab]
        table.setFocus()
        return table

    def go(self, tab: int, row: int, column: int = 0) -> RecordTable:
        """Go to a cell by keys, as they go through the list."""
        table = self.table(tab)
        hands.key(table, Key.Key_Home, CONTROL)
        if table.currentRow() < 0:
            table.setCurrentCell(0, 0)
        for _ in range(row):
            hands.key(table, Key.Key_Down)
        for _ in range(column):
            hands.key(table, Key.Key_Right)
        assert (table.currentRow(), table.currentColumn()) == (row, column)
        return table

    def press(self, *keys: Key) -> None:
        """Press keys where the focus is."""
        for key in keys:
            hands.key(self.focus, key)

    def type(self, text: str) -> None:
        """Type over what is selected where the focus is."""
        hands.keys(self.focus, text)

    @property
    def focus(self) -> QWidget:
        """Return what has the focus."""
        focus = QApplication.focusWidget()
        assert focus is not None
        return focus

    def editor(self, tab: int) -> RowEditor:
        """Return the open editor of a tab."""
        editor = self.sidebar.record.tables[tab].editor
        assert editor is not None
        return editor

    def refusal(self, tab: int, field: str) -> str:
        """Return the sentence at a field."""
        return self.editor(tab).fields.fields[field].refusal


@pytest.fixture
def bed(qtbot: QtBot, theme: Theme) -> Iterator[Bed]:
    """Return a sidebar as narrow as it gets."""
    session, store, _ = desk()
    sidebar = Sidebar(session, theme)
    qtbot.addWidget(sidebar)
    sidebar.resize(236, 700)
    sidebar.show()
    sidebar.activateWindow()
    qtbot.waitUntil(sidebar.isActiveWindow, timeout=5000)
    yield Bed(session, store, sidebar)
    sidebar.close()


def begin(bed: Bed, tab: int) -> None:
    """Begin an entry of a tab with its add button, by the space bar."""
    bed.sidebar.record.tabs.setCurrentIndex(tab)
    bed.sidebar.record.add.setFocus()
    bed.press(Key.Key_Space)


def test_that_one_of_each_kind_is_made_edited_and_deleted_by_keys_and_all_is_undone(bed: Bed) -> None:
    start = bed.record
    begin(bed, LABS)
    bed.type("TS")
    bed.press(Key.Key_Tab)
    bed.type("2,4")
    bed.press(Key.Key_Return)
    assert (bed.record.labs[0].analyte, bed.record.labs[0].entered_text) == ("tsh", "2,4")
    begin(bed, DOSES)
    bed.press(Key.Key_Tab, Key.Key_Tab)
    bed.type("112")
    bed.press(Key.Key_Return)
    assert bed.record.medication[0].dose == 112.0
    begin(bed, VISITS)
    bed.press(Key.Key_Tab)
    bed.type("Sleeps better.")
    bed.press(Key.Key_Return)
    assert bed.record.visits[0].words == "Sleeps better."
    bed.sidebar.record.add_vitals.setFocus()
    bed.press(Key.Key_Space, Key.Key_Tab, Key.Key_Tab)
    bed.type("70")
    bed.press(Key.Key_Tab)
    bed.type("130/84")
    bed.press(Key.Key_Return)
    taken = bed.record.vitals[0]
    assert (taken.weight_kg, taken.pulse_per_min, taken.systolic_mmhg, taken.diastolic_mmhg) == (68.0, 70, 130, 84)
    bed.sidebar.record.add_finding.setFocus()
    bed.press(Key.Key_Space)
    bed.type("bio")
    bed.press(Key.Key_Tab, Key.Key_Tab)
    bed.type("2026-12-01")
    bed.press(Key.Key_Return)
    held = bed.record.findings[0]
    assert (held.finding, held.since, held.until) == ("biotin", date(2026, 11, 24), date(2026, 12, 1))
    assert "Biotin, until 1 Dec 2026" in bed.sidebar.record.person.text()
    begin(bed, SYMPTOMS)
    bed.type("Hair loss")
    bed.press(Key.Key_Tab)
    bed.type("3")
    bed.press(Key.Key_Return)
    assert (bed.record.symptoms[0].symptom, bed.record.symptoms[0].score) == ("Hair loss", 3)
    made = 6

    bed.go(LABS, 0, 1)
    bed.press(Key.Key_F2)
    bed.type("2.5")
    bed.press(Key.Key_Return)
    bed.go(DOSES, 0)
    bed.press(Key.Key_Return, Key.Key_Tab, Key.Key_Tab)
    bed.type("125")
    bed.press(Key.Key_Return)
    bed.go(VISITS, 0)
    bed.press(Key.Key_F2, Key.Key_Tab)
    bed.type("Sleeps well.")
    bed.press(Key.Key_Return)
    bed.go(VISITS, 1)
    bed.press(Key.Key_F2)
    bed.type("67,5")
    bed.press(Key.Key_Return)
    bed.go(SYMPTOMS, 0)
    bed.press(Key.Key_F2, Key.Key_Tab)
    bed.type("2")
    bed.press(Key.Key_Return)
    assert bed.record.labs[0].entered_text == "2.5"
    assert bed.record.medication[0].dose == 125.0
    assert bed.record.visits[0].words == "Sleeps well."
    assert bed.record.vitals[0].weight_kg == 67.5
    assert bed.record.symptoms[0].score == 2
    full = bed.record

    said: list[str] = []
    bed.sidebar.record.said.connect(said.append)
    for tab, row, column in (
        (LABS, 0, 1),
        (DOSES, 0, 0),
        (VISITS, 0, 0),
        (VISITS, 0, 0),
        (VISITS, 0, 0),
        (SYMPTOMS, 0, 0),
    ):
        bed.go(tab, row, column)
        bed.press(Key.Key_Delete)
    assert bed.record == start
    assert [words.split()[0] for words in said] == ["Delete"] * 6
    for _ in range(6):
        bed.session.undo()
    assert bed.record == full
    for _ in range(5 + made):
        bed.session.undo()
    assert bed.record == start
    assert bed.session.undo_words == ""


def test_that_a_double_click_edits_one_value_and_more_shows_the_rest(bed: Bed) -> None:
    table = bed.table(LABS)
    item = table.item(0, 2)
    assert item is not None
    place = table.visualItemRect(item).center()
    hands.click(table.viewport(), place)
    QTest.mouseDClick(table.viewport(), hands.LEFT, hands.NONE, place)
    editor = bed.editor(LABS)
    shown = [name for name, made in editor.fields.fields.items() if made.isVisible()]
    assert shown == ["value", "unit"]
    QApplication.processEvents()
    row = table.visualRect(table.model().index(0, 2))
    assert editor.geometry().top() in (row.bottom(), row.bottom() + 1)
    assert table.viewport().rect().contains(editor.geometry())
    hands.click(editor.more)
    shown = [name for name, made in editor.fields.fields.items() if made.isVisible()]
    assert shown == ["analyte", "value", "unit", "day", "clock", "laboratory", "low", "high"]
    assert not editor.more.isVisible()
    assert editor.accessibleName() == "Free T4, 16 Nov 2026"


def test_that_a_double_click_on_the_date_edits_the_date(bed: Bed) -> None:
    table = bed.table(LABS)
    place = table.visualRect(table.model().index(0, 0)).center()
    hands.click(table.viewport(), place)
    QTest.mouseDClick(table.viewport(), hands.LEFT, hands.NONE, place)
    assert bed.focus is bed.editor(LABS).fields.fields["day"].focusProxy()
    bed.type("2026-11-15")
    bed.press(Key.Key_Return)
    assert next(lab for lab in bed.record.labs if lab.id == "tsh-2026-11-16").drawn_at.day == 15


def test_that_an_empty_cell_begins_a_result_of_its_sample(bed: Bed) -> None:
    bed.go(LABS, 0, 3)
    bed.press(Key.Key_Delete)
    bed.go(LABS, 0, 3)
    bed.press(Key.Key_Return)
    bed.type("4,1")
    bed.press(Key.Key_Return)
    made = next(lab for lab in bed.record.labs if lab.entered_text == "4,1")
    sample = next(lab for lab in bed.record.labs if lab.id == "tsh-2026-11-16")
    assert (made.analyte, made.drawn_at, made.laboratory) == ("ft3", sample.drawn_at, "City lab")
    assert (made.reference_low, made.reference_high) == (2.6, 5.7)


def test_that_x_sets_a_result_aside_and_takes_it_back(bed: Bed) -> None:
    table = bed.go(LABS, 0, 1)
    bed.press(Key.Key_X)
    assert bed.record.labs[0].set_aside or next(x for x in bed.record.labs if x.id == "tsh-2026-11-16").set_aside
    item = table.item(0, 1)
    assert item is not None
    assert item.font().strikeOut()
    bed.press(Key.Key_X)
    assert not any(lab.set_aside for lab in bed.record.labs)
    bed.session.undo()
    assert sum(lab.set_aside for lab in bed.record.labs) == 1
    bed.session.undo()
    assert not any(lab.set_aside for lab in bed.record.labs)


def test_that_a_refusal_stands_at_its_field_and_its_repair_is_taken_by_keys(bed: Bed) -> None:
    bed.go(LABS, 0, 2)
    bed.press(Key.Key_F2)
    bed.type("1330")
    before = bed.editor(LABS).height()
    bed.press(Key.Key_Return)
    assert "1330 pmol/L is outside what is accepted" in bed.refusal(LABS, "value")
    QApplication.processEvents()
    assert bed.editor(LABS).height() > before
    bed.press(Key.Key_Tab)
    link = bed.focus
    assert isinstance(link, QPushButton)
    assert link.text() == "Use 13.3"
    bed.press(Key.Key_Return)
    assert bed.editor(LABS).fields.texts()["value"] == "13.3"
    assert bed.refusal(LABS, "value") == ""
    bed.type("13.9")
    bed.press(Key.Key_Return)
    assert next(lab for lab in bed.record.labs if lab.id == "ft4-2026-11-16").value == 13.9


def test_that_what_was_probably_mistyped_is_asked_about_once(bed: Bed) -> None:
    bed.go(LABS, 0, 2)
    bed.press(Key.Key_F2)
    bed.type("1.05")
    bed.press(Key.Key_Return)
    assert "10 times under the lower limit of 10. Enter again keeps it." in bed.refusal(LABS, "value")
    links = [link for link in bed.editor(LABS).fields.fields["value"].note.links() if isinstance(link, QPushButton)]
    assert [link.text() for link in links] == ["Use 1.05 ng/dL"]
    bed.press(Key.Key_Return)
    assert next(lab for lab in bed.record.labs if lab.id == "ft4-2026-11-16").value == 1.05
    bed.session.undo()
    bed.go(LABS, 0, 2)
    bed.press(Key.Key_F2)
    bed.type("1.05")
    bed.press(Key.Key_Return)
    hands.click(bed.editor(LABS).fields.fields["value"].note.links()[0])
    bed.press(Key.Key_Return)
    mended = next(lab for lab in bed.record.labs if lab.id == "ft4-2026-11-16")
    assert mended.entered_unit == "ng/dL"
    assert mended.value == pytest.approx(13.5156)
    assert mended.reference_low == pytest.approx(9.0, rel=1e-3)


def test_that_a_refusal_of_a_field_that_is_left_out_shows_it(bed: Bed) -> None:
    bed.go(LABS, 0, 1)
    bed.press(Key.Key_F2)
    editor = bed.editor(LABS)
    editor.fields.put({"day": "2027-01-05"})
    bed.press(Key.Key_Return)
    assert "is in the future" in bed.refusal(LABS, "day")
    assert editor.fields.fields["day"].isVisible()
    assert bed.focus is editor.fields.fields["day"].focusProxy()


def test_that_escape_gives_up_and_the_focus_goes_back_to_the_row(bed: Bed) -> None:
    table = bed.go(LABS, 1, 2)
    bed.press(Key.Key_F2)
    bed.type("99")
    bed.press(Key.Key_Escape)
    assert table.editor is None
    assert bed.focus is table
    assert (table.currentRow(), table.currentColumn()) == (1, 2)
    assert bed.session.undo_words == ""
    assert not table.has_drafts()


def test_that_enter_on_cancel_cancels(bed: Bed) -> None:
    table = bed.go(LABS, 1, 2)
    bed.press(Key.Key_F2)
    bed.type("12")
    bed.editor(LABS).cancel.setFocus()
    bed.press(Key.Key_Return)
    assert table.editor is None
    assert bed.session.undo_words == ""


def test_that_tab_walks_the_fields_and_leaves_to_the_add_button(bed: Bed) -> None:
    bed.go(VISITS, 1)
    bed.press(Key.Key_F2)
    editor = bed.editor(VISITS)
    walked = []
    for _ in range(6):
        walked.append(bed.focus.accessibleName())
        bed.press(Key.Key_Tab)
    assert walked == ["Weight, kg", "Day", "Pulse, per min", "Pressure, mmHg", "Save (Enter)", "Cancel (Esc)"]
    assert not editor.isAncestorOf(bed.focus)
    assert bed.sidebar.record.add.hasFocus()
    bed.editor(VISITS).fields.focus()
    hands.key(bed.focus, Key.Key_Backtab)
    assert bed.sidebar.record.visits.hasFocus()


def test_that_unsaved_text_survives_another_tab_another_patient_and_another_row(bed: Bed) -> None:
    table = bed.go(LABS, 0, 1)
    bed.press(Key.Key_F2)
    bed.type("7.7")
    bed.sidebar.record.tabs.setCurrentIndex(DOSES)
    bed.sidebar.record.tabs.setCurrentIndex(LABS)
    assert bed.editor(LABS).fields.texts()["value"] == "7.7"
    bed.open("x2")
    assert table.editor is None
    assert not table.has_drafts()
    rows = bed.sidebar.list.model()
    spoken = [str(rows.data(rows.index(row, 0), Qt.ItemDataRole.AccessibleTextRole)) for row in range(rows.rowCount())]
    assert ["unsaved" in words for words in spoken] == ["Ingrid" in words for words in spoken]
    bed.open("p1")
    assert bed.editor(LABS).fields.texts()["value"] == "7.7"
    assert bed.editor(LABS).marked
    assert table.has_drafts()
    assert "not saved" in bed.sidebar.record.tabs.tabToolTip(LABS)
    table.open_record("ft4-2026-10-12")
    assert bed.editor(LABS).fields.texts()["value"] == "13.2"
    item = table.item(0, 1)
    assert item is not None
    assert "typed but not saved" in item.toolTip()
    bed.press(Key.Key_Escape)
    table.open_record("tsh-2026-11-16")
    assert bed.editor(LABS).fields.texts()["value"] == "7.7"
    bed.press(Key.Key_Return)
    assert next(lab for lab in bed.record.labs if lab.id == "tsh-2026-11-16").value == 7.7
    assert not table.has_drafts()


def test_that_a_draft_of_a_record_that_is_undone_becomes_a_new_entry(bed: Bed) -> None:
    begin(bed, LABS)
    bed.press(Key.Key_Tab)
    bed.type("3.3")
    bed.press(Key.Key_Return)
    made = next(lab for lab in bed.record.labs if lab.entered_text == "3.3")
    table = bed.sidebar.record.labs
    table.open_record(made.id)
    bed.type("3.4")
    bed.session.undo()
    assert made.id not in {lab.id for lab in bed.record.labs}
    assert bed.editor(LABS).fields.form.before is None
    assert bed.editor(LABS).fields.texts()["value"] == "3.4"
    bed.press(Key.Key_Return)
    assert [lab.entered_text for lab in bed.record.labs if lab.entered_text.startswith("3.4")] == ["3.4"] * 2


def test_that_a_full_disk_keeps_the_entry_in_the_window(bed: Bed) -> None:
    bed.go(DOSES, 0)
    bed.press(Key.Key_Return, Key.Key_Tab, Key.Key_Tab)
    bed.type("112")
    bed.store.refuse = EnvironmentFailed("The disk is full: 0 MB left")
    bed.press(Key.Key_Return)
    assert "The disk is full" in bed.editor(DOSES).fields.failure.text()
    assert bed.editor(DOSES).fields.texts()["dose"] == "112"
    bed.store.refuse = None
    bed.press(Key.Key_Return)
    assert bed.record.medication[0].dose == 112.0


def test_that_an_agent_brings_its_units_forms_and_clock_times(bed: Bed) -> None:
    begin(bed, DOSES)
    bed.type("Thi")
    texts = bed.editor(DOSES).fields.texts()
    assert (texts["agent"], texts["unit"], texts["clocks"], texts["form"]) == ("thiamazole", "mg", "08:00", "oral/")


def test_that_changing_the_unit_converts_the_limits(bed: Bed) -> None:
    bed.go(LABS, 0, 2)
    bed.press(Key.Key_F2, Key.Key_Tab)
    hands.keys(bed.focus, "ng/d")
    texts = bed.editor(LABS).fields.texts()
    assert (texts["unit"], texts["low"], texts["high"]) == ("ng/dL", "0.6992", "1.476")


def test_that_a_lab_point_of_the_plot_opens_its_editor(bed: Bed) -> None:
    bed.sidebar.record.tabs.setCurrentIndex(SYMPTOMS)
    bed.sidebar.show_lab("ft3-2026-10-12")
    assert bed.sidebar.record.tabs.currentIndex() == LABS
    assert bed.editor(LABS).fields.texts()["value"] == "3.8"
    assert bed.focus is bed.editor(LABS).fields.fields["value"].focusProxy()


def test_that_symptoms_are_scored_by_digit_arrow_and_click(bed: Bed) -> None:
    table = bed.go(SYMPTOMS, 0)
    bed.press(Key.Key_8)
    assert (bed.record.symptoms[0].symptom, bed.record.symptoms[0].score) == ("Fatigue", 8)
    assert len(bed.record.symptoms) == 3
    bed.press(Key.Key_Right, Key.Key_Right)
    assert bed.record.symptoms[0].score == 10
    assert len(bed.record.symptoms) == 3
    boxes = table.cellWidget(0, 1)
    assert boxes is not None
    hands.click(boxes, QPoint(5 + 9 * 2, boxes.height() // 2))
    assert bed.record.symptoms[0].score == 3


@pytest.mark.parametrize("tab", [LABS, DOSES, VISITS, SYMPTOMS])
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_that_an_editor_fits_the_width_and_its_parts_have_names(bed: Bed, theme: Theme, tab: int, scale: float) -> None:
    theme.set_scale(scale)
    bed.sidebar.resize(round(236 * scale), 700)
    bed.go(tab, 0)
    bed.press(Key.Key_F2)
    QApplication.processEvents()
    editor, table = bed.editor(tab), bed.sidebar.record.tables[tab]
    assert editor.width() == table.viewport().width()
    assert editor.minimumSizeHint().width() <= editor.width()
    assert not [type(w).__name__ for w in focusables(editor) if not w.accessibleName()]
    for made in editor.fields.fields.values():
        if made.isVisible():
            right = made.mapTo(editor, QPoint(made.width(), 0)).x()
            assert right <= editor.width()
    assert table.horizontalScrollBar().maximum() == 0


def test_that_the_list_above_gives_room_to_an_editor_and_takes_it_back(bed: Bed) -> None:
    splitter = bed.sidebar.splitter
    before = splitter.sizes()
    bed.go(DOSES, 0)
    bed.press(Key.Key_F2)
    QApplication.processEvents()
    assert splitter.sizes()[1] > before[1]
    bed.press(Key.Key_Escape)
    assert splitter.sizes() == before


def test_that_keys_and_clicks_between_the_fields_do_not_reach_the_list(bed: Bed) -> None:
    table = bed.go(LABS, 0, 1)
    bed.press(Key.Key_F2, Key.Key_Tab)
    bed.press(Key.Key_Delete, Key.Key_X)
    hands.click(bed.editor(LABS), QPoint(3, 3))
    assert len(bed.record.labs) == 9
    assert not any(lab.set_aside for lab in bed.record.labs)
    assert table.editor is not None


def test_that_the_wheel_over_a_choice_does_not_change_it(bed: Bed) -> None:
    bed.go(LABS, 0, 2)
    bed.press(Key.Key_F2)
    box = bed.editor(LABS).fields.fields["unit"].focusProxy()
    assert box is not None
    event = QWheelEvent(
        QPointF(5, 5), QPointF(box.mapToGlobal(QPoint(5, 5))), QPoint(0, 0), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(box, event)
    assert bed.editor(LABS).fields.texts()["unit"] == "pmol/L"


def test_that_an_empty_list_says_so_and_enter_begins_an_entry(bed: Bed) -> None:
    bed.open("x2")
    table = bed.table(VISITS)
    assert table.rowCount() == 0
    assert table.accessibleDescription() == "None on file. Enter adds one."
    bed.press(Key.Key_Return, Key.Key_Tab)
    bed.type("First visit.")
    bed.press(Key.Key_Return)
    assert bed.store.record("x2").visits[0].words == "First visit."
    bed.press(Key.Key_Insert)
    assert bed.editor(VISITS).fields.form.before is None


def test_that_a_result_pasted_with_its_unit_and_blanks_is_read(bed: Bed) -> None:
    bed.go(LABS, 0, 2)
    bed.press(Key.Key_F2)
    QApplication.clipboard().setText(" 1,05\u00a0ng/dl H ")
    hands.key(bed.focus, Key.Key_V, CONTROL)
    bed.press(Key.Key_Return)
    mended = next(lab for lab in bed.record.labs if lab.id == "ft4-2026-11-16")
    assert (mended.entered_text, mended.entered_unit) == ("1,05", "ng/dL")
    bed.press(Key.Key_F2)
    bed.type("13.3 mg/dL")
    bed.press(Key.Key_Return)
    assert "'mg/dL' is no unit of Free T4. Accepted: pmol/L, ng/dL, ng/L." in bed.refusal(LABS, "value")
    assert bed.editor(LABS).fields.texts()["value"] == "13.3 mg/dL"


def test_that_an_order_that_cannot_be_is_refused_and_one_that_is_not_sold_is_asked_about(bed: Bed) -> None:
    bed.go(DOSES, 0)
    bed.press(Key.Key_F2)
    editor = bed.editor(DOSES)
    editor.fields.put({"dose": "-100", "stop": "2026-08-01", "missed": "2026-07-01"})
    bed.press(Key.Key_Return)
    assert "is below zero" in bed.refusal(DOSES, "dose")
    assert "stops before it starts" in bed.refusal(DOSES, "stop")
    editor.fields.put({"dose": "110", "stop": "", "missed": "2026-09-01; 2 Sep 2026"})
    bed.press(Key.Key_Return)
    assert "nearest: 112 µg, or 100 and 112 µg in turn. Enter again keeps it." in bed.refusal(DOSES, "dose")
    bed.press(Key.Key_Return)
    order = bed.record.medication[0]
    assert (order.dose, len(order.missed)) == (110.0, 2)
