"""Mouse and keys with types."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

NONE = Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton


def press(widget: QWidget, pos: QPoint) -> None:
    """Press the left button."""
    QTest.mousePress(widget, LEFT, NONE, pos)


def move(widget: QWidget, pos: QPoint) -> None:
    """Move the pointer."""
    QTest.mouseMove(widget, pos)


def release(widget: QWidget, pos: QPoint) -> None:
    """Release the left button."""
    QTest.mouseRelease(widget, LEFT, NONE, pos)


def click(widget: QWidget, pos: QPoint | None = None) -> None:
    """Click with the left button, in the middle by default."""
    QTest.mouseClick(widget, LEFT, NONE, pos or widget.rect().center())


def key(widget: QWidget, what: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
    """Press and release a key."""
    QTest.keyClick(widget, what, modifier)


def keys(widget: QWidget, text: str) -> None:
    """Type a text."""
    QTest.keyClicks(widget, text)
