"""Small widgets under real mouse and keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from endotune_desktop.clinic.errors import InputRefused
from endotune_desktop.ui.theme.theme import Theme
from endotune_desktop.ui.widgets.dose_slider import DoseSlider
from endotune_desktop.ui.widgets.fields import TextField
from endotune_desktop.ui.widgets.numbers import shown_change, shown_dose, shown_number, shown_value
from endotune_desktop.ui.widgets.segmented import SegmentedControl
from endotune_desktop.ui.widgets.symptom_boxes import SymptomBoxes
from tests.ui import hands

STOPS = [0.0, 25.0, 50.0, 75.0, 88.0, 100.0, 112.0, 125.0]


@pytest.fixture
def slider(qtbot: QtBot, theme: Theme) -> DoseSlider:
    """Return a slider at 100 of a record of 100."""
    made = DoseSlider(theme, "Levothyroxine", "micrograms")
    made.set_stops(STOPS, sorted({*STOPS, 12.5, 37.5, 106.0}))
    made.set_amounts(100.0, 100.0)
    made.resize(300, made.sizeHint().height())
    qtbot.addWidget(made)
    made.show()
    return made


def test_that_a_drag_previews_stops_and_settles_once(qtbot: QtBot, slider: DoseSlider) -> None:
    seen: list[float] = []
    settled: list[float] = []
    slider.previewed.connect(seen.append)
    slider.settled.connect(settled.append)
    y = slider.height() // 3
    hands.press(slider, QPoint(round(slider._x(112.0)), y))
    hands.move(slider, QPoint(round(slider._x(125.0)), y))
    hands.release(slider, QPoint(round(slider._x(125.0)), y))
    assert seen == [112.0, 125.0]
    assert settled == [125.0]
    assert "125 micrograms, record 100" in slider.accessibleName()


@pytest.mark.parametrize(
    ("key", "modifier", "amount"),
    [
        (Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier, 112.0),
        (Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier, 106.0),
        (Qt.Key.Key_Left, Qt.KeyboardModifier.NoModifier, 88.0),
        (Qt.Key.Key_Home, Qt.KeyboardModifier.NoModifier, 0.0),
        (Qt.Key.Key_End, Qt.KeyboardModifier.NoModifier, 125.0),
        (Qt.Key.Key_PageDown, Qt.KeyboardModifier.NoModifier, 50.0),
    ],
)
def test_that_keys_step_through_strengths(
    qtbot: QtBot, slider: DoseSlider, key: Qt.Key, modifier: Qt.KeyboardModifier, amount: float
) -> None:
    settled: list[float] = []
    slider.settled.connect(settled.append)
    hands.key(slider, key, modifier)
    assert settled == [amount]
    hands.key(slider, Qt.Key.Key_0)
    assert slider.amount == 100.0


def test_that_the_wheel_never_doses(qtbot: QtBot, slider: DoseSlider) -> None:
    from PySide6.QtCore import QPointF
    from PySide6.QtGui import QWheelEvent
    from PySide6.QtWidgets import QApplication

    event = QWheelEvent(
        QPointF(20, 20), QPointF(20, 20), QPoint(0, 0), QPoint(0, 120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(slider, event)
    assert slider.amount == 100.0


def test_that_segments_answer_mouse_and_arrows(qtbot: QtBot, theme: Theme) -> None:
    control = SegmentedControl(theme, ["daily", "alternate", "weekly"], "How often")
    qtbot.addWidget(control)
    control.resize(300, 32)
    control.show()
    chosen: list[int] = []
    control.chosen.connect(chosen.append)
    hands.click(control, QPoint(290, 10))
    hands.key(control, Qt.Key.Key_Left)
    assert chosen == [2, 1]
    assert control.accessibleName() == "How often: alternate"


def test_that_a_refused_field_keeps_what_was_typed(qtbot: QtBot, theme: Theme) -> None:
    field = TextField(theme, "Result")
    qtbot.addWidget(field)
    field.show()
    hands.keys(field.line, "lots")
    field.refuse(InputRefused("'lots' is no number", "", "0 to 10"))
    assert field.text == "lots"
    assert field.refusal == "'lots' is no number. Accepted: 0 to 10."
    assert field.line.accessibleDescription() == field.refusal
    hands.key(field.line, Qt.Key.Key_Backspace)
    assert field.refusal == ""


def test_that_symptoms_score_by_mouse_and_digit(qtbot: QtBot, theme: Theme) -> None:
    boxes = SymptomBoxes(theme, "Fatigue", 3)
    qtbot.addWidget(boxes)
    boxes.show()
    scores: list[int] = []
    boxes.scored.connect(scores.append)
    hands.click(boxes, QPoint(5 + 9 * 6, 10))
    hands.key(boxes, Qt.Key.Key_9)
    hands.key(boxes, Qt.Key.Key_Right)
    assert scores == [7, 9, 10]


@pytest.mark.parametrize(
    ("marker", "value", "text"),
    [("tsh", 0.2134, "0.21"), ("tsh", 2.24, "2.2"), ("tsh", 14.3, "14"), ("tsh", 133.4, "133"),
     ("tsh", 0.004, "<\u00a00.01"),
     ("ft4", 13.44, "13.4"), ("ft3", 4.05, "4.0"), ("tt4", 94.8, "95"), ("tsh", float("nan"), "…")],
)  # fmt: skip
def test_that_values_have_the_figures_of_their_analyte(marker: str, value: float, text: str) -> None:
    assert shown_value(marker, value, below=0.01 if marker == "tsh" else None) == text


def test_that_numbers_are_written_as_the_house_writes_them() -> None:
    assert shown_number(-0.35) == "\u22120.350"
    assert shown_number(1240.0) == "1\u2009240"
    assert shown_dose(12.5, "µg") == "12.5\u00a0µg"
    assert shown_change(25.0) == "+25"
    assert shown_change(-12.5) == "\u221212.5"
