"""Qt tests: a theme, no Qt warnings, no widgets left behind."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from endotune_desktop.ui.theme.theme import Theme

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
HARMLESS = (
    "propagateSizeHints",
    "does not support raise",
    "does not support grabbing the keyboard",
    "QFont::setPointSize",
    "Populating font family aliases",
)


@pytest.fixture(autouse=True)
def _quiet_qt(qapp: QApplication) -> Iterator[None]:
    """Fail on any Qt message that nobody expected, and on a window that survives its test."""
    said: list[str] = []

    def hear(kind: QtMsgType, context: QMessageLogContext, text: str | None) -> None:
        if kind is not QtMsgType.QtDebugMsg and not any(words in (text or "") for words in HARMLESS):
            said.append(text or "")

    before = set(map(id, QApplication.topLevelWidgets()))
    former = qInstallMessageHandler(hear)
    yield
    qapp.processEvents()
    gc.collect()
    qapp.processEvents()
    qInstallMessageHandler(former)
    left = [w for w in QApplication.topLevelWidgets() if id(w) not in before and w.isVisible()]
    assert not left, left
    assert not said, said


_THEMES: list[Theme] = []


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    """Return the light theme at 100 %; one for the whole session, as fonts and icons load once."""
    from endotune_desktop.ui.theme.tokens import PaletteName

    if not _THEMES:
        _THEMES.append(Theme(qapp, RESOURCES))
    found = _THEMES[0]
    yield found
    found.choose(PaletteName.LIGHT)
    found.set_scale(1.0)
