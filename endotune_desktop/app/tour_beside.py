"""The tour of what stands beside the workbench: cards and dialogs over the window, and what only some patients show."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from endotune_desktop.app.tour import SIZES, Wanted, open_at, settle, wait_for

if TYPE_CHECKING:
    from PySide6.QtGui import QPixmap
    from PySide6.QtWidgets import QDialog, QWidget

    from endotune_desktop.app.workbench_run import Workbench

    Station = tuple[str, QWidget | QPixmap]

Found = TypeVar("Found", bound="QWidget")
SMALL, USUAL, LARGE = SIZES
FREE_PX = 12
DOUBTED_PMOL_L = 31.0
"""A free thyroxine that no person on 88 ug with that TSH has."""


def beside(bench: Workbench, work: Callable[[], None]) -> Iterator[Station]:
    """Go from one patient to the next, and draw what each shows in one look after another."""
    session = bench.session
    known = {row.patient.name: row.patient.id for row in session.patients}
    first = session.patients[0].patient
    open_at(bench, work, first.id, first.axis)
    with _doubt(bench, work):
        yield from _drawn(bench, work, _of_the_first(bench, work))
    open_at(bench, work, known["Demo: after pituitary surgery"], "hpt")
    yield from _drawn(bench, work, _of_the_operated(bench, work))
    open_at(bench, work, known["Demo: prolactin on risperidone"], "prolactin")
    yield from _drawn(bench, work, _pages(bench))


# ---- how each is looked at ---------------------------------------------------------------------------------------
Shown = Callable[[], "QDialog | None"]
"""Brings something into view and returns its dialog, None where it is a part of the window."""


def _looks(bench: Workbench, work: Callable[[], None]) -> Iterator[str]:
    """Bring the window into each look and name it."""
    from endotune_desktop.ui.theme.tokens import PaletteName

    window, theme = bench.window, bench.theme
    for (width, height), palette, scale in (
        (SMALL, PaletteName.LIGHT, 1.0), (LARGE, PaletteName.LIGHT, 1.0), (USUAL, PaletteName.DARK, 1.0),
        (SMALL, PaletteName.LIGHT, 1.5),
    ):  # fmt: skip
        theme.choose(palette)
        theme.set_scale(scale)
        window.resize(width, height)
        settle(bench, work, Wanted.CURVES)
        if scale > 1.0:
            yield f"{scale:.0%}".replace("%", "_percent")
        else:
            yield palette.value if palette is not PaletteName.LIGHT else f"{width}x{height}"
    theme.choose(PaletteName.LIGHT)
    theme.set_scale(1.0)
    window.resize(*USUAL)
    settle(bench, work, Wanted.CURVES)


def _drawn(bench: Workbench, work: Callable[[], None], parts: Mapping[str, Shown]) -> Iterator[Station]:
    """Draw parts in each look; a dialog is made anew, as its sizes are those of its first text."""
    for look in _looks(bench, work):
        for name, show in parts.items():
            dialog = show()
            if dialog is None:
                yield f"12_{name}_{look}", bench.window
                continue
            yield f"12_{name}_{look}", _over(bench.window, dialog)
            dialog.close()
            dialog.deleteLater()
            work()


def _over(window: QWidget, dialog: QDialog) -> QPixmap:
    """Return a dialog in the middle of its window, in a frame as a desktop draws one."""
    from PySide6.QtGui import QColor, QPainter

    picture, above = window.grab(), dialog.grab()
    at = picture.rect().center() - above.rect().center()
    painter = QPainter(picture)
    painter.fillRect(picture.rect(), QColor(0, 0, 0, 70))
    painter.drawPixmap(at, above)
    painter.setPen(QColor(128, 128, 128))
    painter.drawRect(above.rect().translated(at))
    painter.end()
    return picture


def _part(window: QWidget, kind: type[Found]) -> Found:
    """Return the one part of the window of a kind."""
    found = window.findChild(kind)
    assert isinstance(found, kind)
    return found


# ---- the first patient -------------------------------------------------------------------------------------------
@contextmanager
def _doubt(bench: Workbench, work: Callable[[], None]) -> Iterator[None]:
    """Put a result on record that does not fit, and take it back in the end."""
    from endotune_desktop.clinic.edits import Edit, RecordChange

    session = bench.session
    assert session.record is not None
    newest = max((lab for lab in session.record.labs if lab.analyte == "ft4"), key=lambda lab: lab.drawn_at)
    session.edit(Edit("Doubt", (RecordChange(newest, replace(newest, value=DOUBTED_PMOL_L)),)))

    def doubted() -> bool:
        course = session.course
        card = course.card if course is not None and course.request.record is session.record else None
        return card is not None and bool(card.doubtful) and not session.pending

    wait_for(work, doubted)
    yield
    session.undo()
    wait_for(work, lambda: session.record is not None and newest in session.record.labs)
    settle(bench, work)


def _of_the_first(bench: Workbench, work: Callable[[], None]) -> Mapping[str, Shown]:
    """Return presentation, forecasts and fit card: the first demo patient has all of them."""
    from endotune_desktop.ui.fit.fit_line import FitLine
    from endotune_desktop.ui.receipts.menu import ReceiptsMenu

    session, window = bench.session, bench.window
    menu, line = _part(window, ReceiptsMenu), _part(window, FitLine)

    def presentation() -> None:
        window.courses.presentation.set_opened(True)
        window.courses.presentation.setFocus()
        work()

    def forecasts(page: int) -> QDialog:
        dialog = menu.open_dialog(page)
        wait_for(work, lambda: not page or dialog.clinic.found is not None)
        return dialog

    def fit() -> QDialog:
        dialog = line.open_card()

        def parted() -> bool:
            view = session.course
            return view is not None and view.card is not None and view.parts is not None and not dialog.busy

        wait_for(work, parted)
        return dialog

    return {
        "presentation": presentation, "forecasts": lambda: forecasts(0),
        "forecasts_of_the_clinic": lambda: forecasts(1), "fit_card": fit,
    }  # fmt: skip


# ---- others ------------------------------------------------------------------------------------------------------
def _of_the_operated(bench: Workbench, work: Callable[[], None]) -> Mapping[str, Shown]:
    """Return a marker that is not aimed at (TSH after pituitary surgery), how its axis talks, and a test."""
    from endotune_desktop.ui.function_tests.menu import FunctionTestMenu

    window, menu = bench.window, _part(bench.window, FunctionTestMenu)

    def no_target() -> None:
        window.show_view(0)
        settle(bench, work, Wanted.CURVES)

    def tested() -> QDialog:
        window.show_view(0)
        dialog = menu.open_dialog()
        dialog.choose("protirelin_thyroid")
        wait_for(work, lambda: not dialog.busy)
        return dialog

    return {"no_target": no_target, "communication": lambda: _talk(bench, work), "function_test": tested}


def _talk(bench: Workbench, work: Callable[[], None]) -> None:
    """Show how the axis talks with a definition open; where the card is below the diagram, scroll to it."""
    from PySide6.QtCore import QPoint

    from endotune_desktop.tuning.communication_card import Figure

    window = bench.window
    window.show_view(1)
    settle(bench, work, Wanted.CURVES)
    assert window.loop is not None
    area, inner, card = window.loop.area, window.loop.area.widget(), window.loop.communication
    assert inner is not None
    if card.rows[Figure.STEERING].meaning.isHidden():
        card.rows[Figure.STEERING].toggle()
    wait_for(work, lambda: card.shown is not None and bool(card.shown.people))
    area.verticalScrollBar().setValue(card.mapTo(inner, QPoint(0, 0)).y() - FREE_PX)
    work()


def _pages(bench: Workbench) -> Mapping[str, Shown]:
    """Return the two pages to read: links to other axes, and what the model says of itself."""
    from endotune_desktop.ui.axes.model_dialog import ModelDialog
    from endotune_desktop.ui.links.link_notes import LinkNotes

    notes = _part(bench.window, LinkNotes)

    def shown(dialog: QDialog) -> QDialog:
        dialog.show()
        return dialog

    return {
        "links": lambda: shown(notes.dialog()),
        "model": lambda: shown(ModelDialog(bench.session.axis, bench.theme, bench.window)),
    }
