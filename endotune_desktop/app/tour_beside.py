"""The tour of what stands beside the workbench: cards and dialogs over the window, and what only some patients show."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
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
    """Go from one to the next; the patient who is open stays open as long as anything is shown of him."""
    yield from _of_the_first(bench, work)
    yield from _of_others(bench, work)


def _of_the_first(bench: Workbench, work: Callable[[], None]) -> Iterator[Station]:
    """Draw forecasts, presentation and fit card: the first demo patient has all of them."""
    session, window = bench.session, bench.window
    first = session.patients[0].patient
    open_at(bench, work, first.id, first.axis)
    yield from _presentation(bench, work)
    yield from _receipts(bench, work)
    yield from _fit(bench, work)
    window.resize(*SIZES[1])


def _of_others(bench: Workbench, work: Callable[[], None]) -> Iterator[Station]:
    """Draw what several axes at once bring: a marker that is no target, how an axis talks, a test, and links."""
    known = {row.patient.name: row.patient.id for row in bench.session.patients}
    open_at(bench, work, known["Demo: after pituitary surgery"], "hpt")
    yield from _no_target(bench, work)
    yield from _talk(bench, work)
    yield from _function_test(bench, work)
    open_at(bench, work, known["Demo: prolactin on risperidone"], "prolactin")
    yield from _pages(bench, work)


# ---- how each is looked at ---------------------------------------------------------------------------------------
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


def _dialogs(
    bench: Workbench, work: Callable[[], None], opened: Mapping[str, Callable[[], QDialog]], ready: Callable[[], bool]
) -> Iterator[Station]:
    """Open dialogs over the window in each look; each is made anew, as its sizes are those of its first text."""
    for look in _looks(bench, work):
        for name, make in opened.items():
            dialog = make()
            dialog.show()
            wait_for(work, ready)
            yield f"12_{name}_{look}", _over(bench.window, dialog)
            dialog.close()
            dialog.deleteLater()


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
def _presentation(bench: Workbench, work: Callable[[], None]) -> Iterator[Station]:
    """Open the strip of symptoms, weight, pulse and pressure, and go to it with the keyboard."""
    strip = bench.window.courses.presentation
    strip.set_opened(True)
    strip.setFocus()
    for look in _looks(bench, work):
        yield f"13_presentation_{look}", bench.window
    bench.window.first_focus()


def _receipts(bench: Workbench, work: Callable[[], None]) -> Iterator[Station]:
    """Open the forecasts of the patient, and of the clinic."""
    from endotune_desktop.ui.receipts.menu import ReceiptsMenu

    menu = _part(bench.window, ReceiptsMenu)

    def summed() -> bool:
        dialog = menu.dialog
        return dialog is not None and (not dialog.pages.index or dialog.clinic.found is not None)

    pages = {"forecasts": lambda: menu.open_dialog(0), "forecasts_of_the_clinic": lambda: menu.open_dialog(1)}
    yield from _dialogs(bench, work, pages, summed)


def _fit(bench: Workbench, work: Callable[[], None]) -> Iterator[Station]:
    """Put a result on record that does not fit, and open the card of the fit."""
    from endotune_desktop.clinic.edits import Edit, RecordChange
    from endotune_desktop.ui.fit.fit_line import FitLine

    session, line = bench.session, _part(bench.window, FitLine)
    assert session.record is not None
    newest = max((lab for lab in session.record.labs if lab.analyte == "ft4"), key=lambda lab: lab.drawn_at)
    session.edit(Edit("Doubt", (RecordChange(newest, replace(newest, value=DOUBTED_PMOL_L)),)))

    def fitted() -> bool:
        course, record = session.course, session.record
        card = course.card if course is not None and course.request.record is record else None
        return card is not None and card.fit.posterior is not None and not session.pending

    def parted() -> bool:
        view, dialog = session.course, line.dialog
        return fitted() and view is not None and view.parts is not None and dialog is not None and not dialog.busy

    wait_for(work, fitted)
    yield from _dialogs(bench, work, {"fit_card": line.open_card}, parted)
    session.undo()
    wait_for(work, lambda: session.record is not None and newest in session.record.labs)
    settle(bench, work)


# ---- others ----------------------------------------------------------------------------------------------------
def _no_target(bench: Workbench, work: Callable[[], None]) -> Iterator[Station]:
    """Draw the axis at a marker that is not aimed at: TSH after pituitary surgery."""
    for look in _looks(bench, work):
        yield f"13_no_target_{look}", bench.window


def _pages(bench: Workbench, work: Callable[[], None]) -> Iterator[Station]:
    """Open the two pages to read: links to other axes, and what the model says of itself."""
    from endotune_desktop.ui.axes.model_dialog import ModelDialog
    from endotune_desktop.ui.links.link_notes import LinkNotes

    session, window, theme = bench.session, bench.window, bench.theme
    notes = _part(window, LinkNotes)
    pages = {"links": notes.dialog, "model": lambda: ModelDialog(session.axis, theme, window)}
    yield from _dialogs(bench, work, pages, lambda: True)


def _talk(bench: Workbench, work: Callable[[], None]) -> Iterator[Station]:
    """Draw how the axis talks, with a definition and the numbers of experts open."""
    from PySide6.QtCore import QPoint

    from endotune_desktop.tuning.communication_card import Figure
    from endotune_desktop.ui.communication.communication_view import CommunicationView

    window = bench.window
    window.show_view(1)
    settle(bench, work, Wanted.CURVES)
    card = _part(window, CommunicationView)
    card.rows[Figure.STEERING].toggle()
    wait_for(work, lambda: card.shown is not None and bool(card.shown.people))
    assert window.loop is not None
    area, inner = window.loop.area, window.loop.area.widget()
    assert inner is not None
    for look in _looks(bench, work):
        # Where the card stands below the diagram it is scrolled to, as a hand does.
        area.verticalScrollBar().setValue(card.mapTo(inner, QPoint(0, 0)).y() - FREE_PX)
        work()
        yield f"13_communication_{look}", window
    card.rows[Figure.STEERING].toggle()
    window.show_view(0)


def _function_test(bench: Workbench, work: Callable[[], None]) -> Iterator[Station]:
    """Do a test, and show it once its band is there."""
    from endotune_desktop.ui.function_tests.dialog import FunctionTestDialog
    from endotune_desktop.ui.function_tests.menu import FunctionTestMenu

    menu = _part(bench.window, FunctionTestMenu)

    def opened() -> FunctionTestDialog:
        dialog = menu.open_dialog()
        dialog.choose("protirelin_thyroid")
        return dialog

    yield from _dialogs(
        bench, work, {"function_test": opened}, lambda: menu.dialog is not None and not menu.dialog.busy
    )
