"""The editor inside a list: the fields of one row, in place."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from endotune_desktop.ui.forms.form_body import FormBody
from endotune_desktop.ui.forms.record_form import RecordForm
from endotune_desktop.ui.sidebar.drafts import Target
from endotune_desktop.ui.theme.theme import Theme
from endotune_desktop.ui.widgets.pieces import Card, ElidedLabel, button
from endotune_desktop.workbench.session import Session


class RowEditor(Card):
    """Tab walks the fields, Enter saves, Esc gives up; the bar at its left is blue while something is unsaved.

    Signals
    -------
    saved(object)
        The record as it is on disk.
    given_up()
        Esc, or Cancel.
    left(bool)
        Tab went past the last field (True) or before the first one.
    typed()
        Something was typed or chosen.
    """

    saved = Signal(object)
    given_up = Signal()
    left = Signal(bool)
    typed = Signal()

    def __init__(
        self, session: Session, theme: Theme, form: RecordForm, target: Target, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, parent)
        self.target = target
        self.fields = FormBody(session, theme, form, compact=True, short=target.short)
        self.setAccessibleName(form.title)
        pad = theme.px(8)
        self.body.setContentsMargins(pad + 3, theme.px(5), pad, theme.px(7))
        self.body.setSpacing(theme.px(4))
        title = ElidedLabel(form.title, "caption")
        self.more = button(self.tr("More"), self._show_more, kind="link", name=self.tr("More fields"))
        self.save = button(self.tr("Save"), self.fields.try_save, kind="compact", tip=self.tr("Save (Enter)"))
        self.cancel = button(self.tr("Cancel"), self.given_up.emit, kind="compact", tip=self.tr("Cancel (Esc)"))
        foot = QHBoxLayout()
        foot.setSpacing(theme.px(6))
        foot.addWidget(self.save)
        foot.addWidget(self.cancel)
        foot.addStretch(1)
        foot.addWidget(self.more)
        self.body.addWidget(title)
        self.body.addWidget(self.fields)
        self.body.addLayout(foot)
        self.more.setVisible(self.fields.has_more)
        self.fields.changed.connect(self._changed)
        self.fields.finished.connect(self.saved.emit)

    @property
    def dirty(self) -> bool:
        """Return whether something is typed that is not on file."""
        return self.fields.dirty

    def put(self, texts: dict[str, str]) -> None:
        """Put kept texts back."""
        self.fields.put(texts)
        self.set_marked(self.dirty)

    def _changed(self) -> None:
        self.set_marked(self.dirty)
        self.typed.emit()

    def _show_more(self) -> None:
        self.fields.show_more()
        self.more.hide()
        self.fields.focus("day")

    def height_for(self, width: int) -> int:
        """Return the height that the fields and their refusals need at a width."""
        layout = self.layout()
        assert layout is not None
        layout.activate()
        self.more.setVisible(self.fields.has_more)
        wrapped = layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else 0
        return max(wrapped, layout.totalSizeHint().height() if wrapped <= 0 else 0)

    def tab_stops(self) -> list[QWidget]:
        """Return what Tab stops at, in reading order."""
        stops: list[QWidget] = []
        for made in self.fields.fields.values():
            proxy = made.focusProxy()
            if proxy is not None:
                stops.append(proxy)
            stops += made.note.links()
        stops += [self.save, self.cancel, self.more]
        return [stop for stop in stops if stop.isVisible() and stop.isEnabled()]

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Walk the fields; past the ends leave to the list."""
        stops = self.tab_stops()
        here = next((index for index, stop in enumerate(stops) if stop.hasFocus()), -1)
        there = here + (1 if forward else -1)
        if here >= 0 and 0 <= there < len(stops):
            reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
            stops[there].setFocus(reason)
            return True
        self.left.emit(forward)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter saves, Esc gives up; nothing goes on to the list behind."""
        key = Qt.Key(event.key())
        focus = self.focusWidget()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if isinstance(focus, QPushButton):
                focus.click()
            else:
                self.fields.try_save()
        elif key == Qt.Key.Key_Escape:
            self.given_up.emit()
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Keep a click between the fields from the list behind."""
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Keep a double click between the fields from the list behind."""
        event.accept()
