"""From when, until when, and which days were missed: the fields at the foot of an agent card."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from endotune_desktop.clinic.day_list import day_list
from endotune_desktop.clinic.entry import calendar_day
from endotune_desktop.clinic.errors import InputRefused
from endotune_desktop.ui.theme.theme import Theme
from endotune_desktop.ui.widgets.day_picker import DayPicker
from endotune_desktop.ui.widgets.fields import RefusalNote, TextField
from endotune_desktop.ui.widgets.pieces import button
from endotune_desktop.ui.words import day_words, missed_words, weekday_letters
from endotune_desktop.workbench.regimens import AgentRegimen

LATEST_START_DAYS = 730
"""A what-if that begins later than this is a slip of the pen."""
PICKED_DAYS = 365
"""Days ahead in which missed ones are picked: the longest horizon."""


class SpanFields(QWidget):
    """Start, stop and missed days of one regimen.

    Signals
    -------
    changed(object, str)
        The regimen as edited, and the edit in words.
    tried(object)
        The regimen while days are being picked.
    dropped()
        What was tried is taken back.
    """

    changed = Signal(object, str)
    tried = Signal(object)
    dropped = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._regimen: AgentRegimen | None = None
        self._day0 = self._today = date(2000, 1, 1)
        note = RefusalNote(theme)
        self.start = TextField(theme, self.tr("from"), note=note)
        self.stop = TextField(theme, self.tr("until before"), hint=self.tr("goes on"), note=note)
        self.missed = TextField(theme, "", hint=self.tr("no missed days; 3, 5, 10–12"), note=note)
        self.missed.line.setAccessibleName(self.tr("Missed days"))
        self.pick = button(
            "", lambda: (self.open_picker(), None)[1], theme=theme, icon="calendar-clock", kind="flat",
            name=self.tr("Pick missed days"),
        )  # fmt: skip
        column, upper, lower = QVBoxLayout(self), QHBoxLayout(), QHBoxLayout()
        for layout in (column, upper, lower):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(theme.px(6))
        for field in (self.start, self.stop, self.missed):
            field.line.setProperty("kind", "compact")
        upper.addWidget(self.start, 1, Qt.AlignmentFlag.AlignTop)
        upper.addWidget(self.stop, 1, Qt.AlignmentFlag.AlignTop)
        lower.addWidget(self.missed, 1)
        lower.addWidget(self.pick)
        column.addLayout(upper)
        column.addLayout(lower)
        column.addWidget(note)
        self.start.entered.connect(self._set_start)
        self.stop.entered.connect(self._set_stop)
        self.missed.entered.connect(self._set_missed)

    # ---- showing ---------------------------------------------------------------------------------------------------
    def show_regimen(self, regimen: AgentRegimen, day0: date, today: date) -> None:
        """Show a regimen that counts days from `day0`; what is refused stays as typed."""
        self._regimen, self._day0, self._today = regimen, day0, today
        stop = regimen.stop_day
        texts = {
            self.start: day_words(self._day(regimen.start_day)),
            self.stop: "" if stop is None else day_words(self._day(stop)),
            self.missed: missed_words(regimen, day0),
        }
        for field, text in texts.items():
            if not field.refusal and field.text != text:
                field.set_text(text)
                field.setToolTip(text if field is self.missed else "")

    def _day(self, number: int) -> date:
        return self._day0 + timedelta(days=number)

    def _number(self, day: date) -> int:
        return (day - self._day0).days

    # ---- start and stop --------------------------------------------------------------------------------------------
    def _set_start(self) -> None:
        regimen = self._regimen
        if regimen is None or self.start.text == day_words(self._day(regimen.start_day)):
            self.start.accept_entry()
            return
        try:
            day = calendar_day(self.start.text)
            if day < self._today:
                raise InputRefused(self.tr("{d} is past").format(d=day_words(day)), "", self.tr("today or later"))
            if day > self._today + timedelta(days=LATEST_START_DAYS):
                raise InputRefused(self.tr("this starts in over two years"), "", self.tr("an earlier day"))
            if regimen.stop_day is not None and self._number(day) >= regimen.stop_day:
                raise InputRefused(self.tr("this would stop before it starts"), "", self.tr("an earlier day"))
        except InputRefused as refusal:
            self.start.refuse(refusal)
            return
        self.start.accept_entry()
        self._change(regimen.starting(self._number(day)), self.tr("from {d}").format(d=day_words(day)))

    def _set_stop(self) -> None:
        regimen, stop = self._regimen, None
        if regimen is None:
            return
        words = self.tr("goes on")
        try:
            if self.stop.text.strip():
                day = calendar_day(self.stop.text)
                stop, words = self._number(day), self.tr("until {d}").format(d=day_words(day))
                if stop <= regimen.start_day:
                    after = self.tr("after {d}, or nothing").format(d=day_words(self._day(regimen.start_day)))
                    raise InputRefused(self.tr("this stops before it starts"), "", after)
        except InputRefused as refusal:
            self.stop.refuse(refusal)
            return
        self.stop.accept_entry()
        self._change(replace(regimen, stop_day=stop), words)

    def _change(self, regimen: AgentRegimen, words: str) -> None:
        missed = tuple(day for day in regimen.missed_days if regimen.is_due(day))
        self.changed.emit(replace(regimen, missed_days=missed), words)

    # ---- missed days -----------------------------------------------------------------------------------------------
    def span(self) -> tuple[date, date]:
        """Return the first and the last day that can be picked."""
        assert self._regimen is not None
        first, stop = self._regimen.start_day, self._regimen.stop_day
        last = first + PICKED_DAYS if stop is None else min(stop - 1, first + PICKED_DAYS)
        return self._day(first), self._day(last)

    def _set_missed(self) -> None:
        regimen = self._regimen
        if regimen is None or self.missed.text == missed_words(regimen, self._day0):
            self.missed.accept_entry()
            return
        try:
            days = day_list(self.missed.text, *self.span())
            numbers = tuple(self._number(day) for day in days)
            idle = [day for day, number in zip(days, numbers, strict=True) if not regimen.is_due(number)]
            if days and len(idle) == len(days):
                what = self.tr("nothing is due on {d}").format(d=day_words(idle[0]))
                raise InputRefused(what, "", self.tr("days on which a dose is due"))
        except InputRefused as refusal:
            self.missed.refuse(refusal)
            return
        self.missed.accept_entry()
        self._keep(tuple(day for day in days if day not in idle))

    def _with_missed(self, days: tuple[date, ...]) -> AgentRegimen:
        assert self._regimen is not None
        return replace(self._regimen, missed_days=tuple(self._number(day) for day in days))

    def _try_missed(self, days: tuple[date, ...]) -> None:
        """Show the days in the field while they are picked."""
        regimen = self._with_missed(days)
        self.missed.set_text(missed_words(regimen, self._day0))
        self.tried.emit(regimen)

    def _keep(self, days: tuple[date, ...]) -> None:
        regimen = self._with_missed(days)
        self.changed.emit(regimen, missed_words(regimen, self._day0) or self.tr("none missed"))

    def open_picker(self) -> DayPicker:
        """Open the calendar under the field and return it."""
        regimen = self._regimen
        assert regimen is not None
        self.missed.accept_entry()
        picked = tuple(self._day(day) for day in regimen.missed_days)
        heads = [letters[:2] for letters in weekday_letters()]
        picker = DayPicker(self._theme, heads, self.span(), lambda day: regimen.is_due(self._number(day)), picked, self)
        picker.changed.connect(self._try_missed)
        picker.kept.connect(self._keep)
        picker.dropped.connect(self.dropped.emit)
        corner = self.pick.mapToGlobal(QPoint(self.pick.width() - picker.sizeHint().width(), self.pick.height()))
        room = self.screen().availableGeometry()
        corner.setY(min(corner.y(), room.bottom() - picker.sizeHint().height()))
        picker.move(corner)
        picker.show()
        picker.grid.setFocus(Qt.FocusReason.PopupFocusReason)
        return picker
