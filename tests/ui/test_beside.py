"""What stands beside the workbench: a menu at the end, a line under the plots, own cut-offs from start to start."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from endotune_desktop.app.beside import Beside
from endotune_desktop.lanes.pool import Pool
from endotune_desktop.ui.theme.theme import Theme
from endotune_desktop.ui.window import MainWindow
from tests.ui.desk import desk

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
KEPT = {"cut_off.protirelin_thyroid.rises": "3.5", "view": "1"}


def fail(error: BaseException) -> None:
    raise error


@pytest.fixture
def stand(qtbot: QtBot, theme: Theme) -> Iterator[tuple[MainWindow, Beside]]:
    session, _, _ = desk()
    window = MainWindow(session, theme)
    qtbot.addWidget(window)
    beside = Beside(session, window, theme, RESOURCES, KEPT, Pool(1), fail)
    yield window, beside
    beside.close()


def test_that_the_menu_stands_at_the_end_and_the_line_under_the_plots(stand: tuple[MainWindow, Beside]) -> None:
    window, beside = stand
    assert window.menuBar().actions()[-1].menu() is beside.menu
    middle = window.sheet.parentWidget()
    layout = middle.layout() if middle is not None else None
    assert layout is not None
    assert layout.indexOf(beside.notes) == layout.count() - 1


def test_that_own_cut_offs_are_remembered_whether_or_not_they_were_read(stand: tuple[MainWindow, Beside]) -> None:
    _, beside = stand
    assert beside.bench.own is None
    kept = {"cut_off.protirelin_thyroid.rises": "3.5"}
    assert beside.remembered() == kept
    assert beside.bench.test("protirelin_thyroid").cut_offs[0].value == 3.5
    assert beside.remembered() == kept
    beside.bench.set_cut_off("protirelin_thyroid", "fold", 5.0)
    assert beside.remembered() == {**kept, "cut_off.protirelin_thyroid.fold": "5.0"}


def test_that_a_test_is_done_on_its_own_lane(stand: tuple[MainWindow, Beside], qtbot: QtBot) -> None:
    _, beside = stand
    beside.menu.refresh()
    beside.menu.actions()[2].trigger()
    assert beside.bench.found is None  # the click is answered before anything is simulated
    qtbot.waitUntil(lambda: beside.bench.found is not None and not beside.bench.running, timeout=60_000)
    dialog = beside.menu.dialog
    assert dialog is not None
    assert dialog.outcome.text() != ""
