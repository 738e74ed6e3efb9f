"""One row a dose of the day: its clock time, and with several doses its steps and its tablets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from endotune_desktop.clinic.entry import clock_time
from endotune_desktop.clinic.errors import InputRefused
from endotune_desktop.ui.theme.theme import Theme
from endotune_desktop.ui.widgets.fields import RefusalNote, TextField
from endotune_desktop.ui.widgets.pieces import ElidedLabel, button, clear_layout, label


@dataclass(frozen=True)
class DoseRow:
    """What one row says.

    Attributes
    ----------
    clock : str
    dose : str
        "7.5 mg".
    pieces : str
        "½ × 10 + 1 × 5 mg".
    spoken : str
        "7.5 milligrams".
    """

    clock: str
    dose: str
    pieces: str
    spoken: str


@dataclass
class _Widgets:
    number: QLabel
    clock: TextField
    less: QPushButton
    dose: QPushButton
    more: QPushButton
    pieces: ElidedLabel


class DoseRows(QWidget):
    """Clock fields with minus, dose and plus; a single dose has its clock only, as its slider stands above.

    Signals
    -------
    clocks_entered(object)
        The clock times by row, all of them good.
    stepped(int, int, bool, bool)
        Row, direction, finest step (Shift), keep the day's total (Alt).
    typing_wanted(int)
    added()
    removed()
    """

    clocks_entered = Signal(object)
    stepped = Signal(int, int, bool, bool)
    typing_wanted = Signal(int)
    added = Signal()
    removed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows: list[DoseRow] = []
        self._widgets: list[_Widgets] = []
        self._note = RefusalNote(theme)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.px(5))
        self._grid.setVerticalSpacing(theme.px(4))
        self._grid.setColumnStretch(5, 1)
        self.add = button(
            self.tr("Add dose"), self.added.emit, theme=theme, icon="plus", kind="link", name=self.tr("Add a dose")
        )
        self.remove = button("", self.removed.emit, theme=theme, icon="minus", kind="link")
        self._foot = QHBoxLayout()
        self._foot.setSpacing(theme.px(14))
        self._foot.addWidget(self.add)
        self._foot.addWidget(self.remove)
        self._foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        column.addLayout(self._grid)
        column.addWidget(self._note)
        column.addLayout(self._foot)

    # ---- showing ---------------------------------------------------------------------------------------------------
    @property
    def clocks(self) -> list[TextField]:
        """Return the clock fields."""
        return [widgets.clock for widgets in self._widgets]

    @property
    def refused(self) -> bool:
        """Return whether a clock time is not accepted as it stands."""
        return any(field.refusal for field in self.clocks)

    def buttons(self, row: int) -> tuple[QPushButton, QPushButton, QPushButton]:
        """Return minus, dose and plus of a row."""
        widgets = self._widgets[row]
        return widgets.less, widgets.dose, widgets.more

    def show_rows(self, rows: list[DoseRow], current: int) -> None:
        """Show doses; widgets are made anew only when there are more or fewer."""
        if len(rows) != len(self._widgets):
            self._build(len(rows))
        self._rows = rows
        for row, widgets in zip(rows, self._widgets, strict=True):
            if not widgets.clock.refusal and widgets.clock.text != row.clock:
                widgets.clock.set_text(row.clock)
            if widgets.dose.text() != row.dose:
                widgets.dose.setText(row.dose)
            widgets.dose.setAccessibleName(self.tr("Dose at {clock}, {dose}").format(clock=row.clock, dose=row.spoken))
            widgets.pieces.setText(row.pieces)
        self.show_current(current)

    def show_current(self, current: int) -> None:
        """Say which dose would be removed."""
        words = self.tr("Remove dose {n}").format(n=current + 1)
        if self.remove.text() != words:
            self.remove.setText(words)
            self.remove.setAccessibleName(words)

    def _build(self, count: int) -> None:
        self._grid.removeWidget(self.add)
        clear_layout(self._grid)
        several = count > 1
        self._widgets = [self._row(index, several=several) for index in range(count)]
        if several:
            self._foot.insertWidget(0, self.add)
        else:
            self._grid.addWidget(self.add, 0, 2, 1, 4, Qt.AlignmentFlag.AlignLeft)
        self.remove.setVisible(several)

    def _row(self, index: int, *, several: bool) -> _Widgets:
        theme = self._theme
        number = label(str(index + 1), "chip")
        number.setProperty("tone", "number")
        clock = TextField(theme, "", note=self._note)
        clock.line.setProperty("kind", "compact")
        clock.line.setAccessibleName(self.tr("Clock time {n}").format(n=index + 1))
        clock.setFixedWidth(theme.px(58))
        clock.entered.connect(lambda: self._clock_entered(index))
        less = self._step(index, -1, "minus", self.tr("Less at dose {n}").format(n=index + 1))
        more = self._step(index, 1, "plus", self.tr("More at dose {n}").format(n=index + 1))
        dose = button("", lambda: self.typing_wanted.emit(index), kind="flat", tip=self.tr("Type an amount"))
        dose.setMinimumWidth(theme.px(62))
        pieces = ElidedLabel("", "caption")
        widgets = _Widgets(number, clock, less, dose, more, pieces)
        for column, widget in enumerate((number, clock, less, dose, more, pieces)):
            self._grid.addWidget(widget, index, column)
            widget.setVisible(several or widget is clock)
        return widgets

    def _step(self, index: int, direction: int, icon: str, name: str) -> QPushButton:
        return button("", self._stepper(index, direction), theme=self._theme, icon=icon, kind="step", name=name)

    def _stepper(self, index: int, direction: int) -> Callable[[], None]:
        def step() -> None:
            held = QApplication.keyboardModifiers()
            fine = bool(held & Qt.KeyboardModifier.ShiftModifier)
            self.stepped.emit(index, direction, fine, bool(held & Qt.KeyboardModifier.AltModifier))

        return step

    # ---- clocks ----------------------------------------------------------------------------------------------------
    def _clock_entered(self, index: int) -> None:
        field = self._widgets[index].clock
        if field.text == self._rows[index].clock:
            field.accept_entry()
            return
        others = [row.clock for place, row in enumerate(self._rows) if place != index]
        try:
            clock = clock_time(field.text)
            if clock in others:
                raise InputRefused(self.tr("{t} is there already").format(t=clock), "", self.tr("another time"))
        except InputRefused as refusal:
            field.refuse(refusal)
            return
        field.accept_entry()
        self.clocks_entered.emit(tuple(clock if place == index else row.clock for place, row in enumerate(self._rows)))
