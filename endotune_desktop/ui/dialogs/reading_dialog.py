"""A page to read beside the workbench: as high as what it says, scrolled where its window has no room for that."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from endotune_desktop.ui.dialogs.room import close_box, open_in_room
from endotune_desktop.ui.theme.theme import Theme
from endotune_desktop.ui.widgets.pieces import hairline, label


class ReadingDialog(QDialog):
    """Whoever shows something adds it from the top.

    Parameters
    ----------
    theme : Theme
    title : str
        Of the window and of the page.
    size_px : (float, float)
        Width, and the height at most, at 100 % text.
    parent : QWidget, optional

    Attributes
    ----------
    column : QVBoxLayout
        Of the page, from the top.
    area : QScrollArea
    follows : bool
        Whether what is shown changes while it is open; its height then stays what it was made.
    """

    follows = False

    def __init__(self, theme: Theme, title: str, size_px: tuple[float, float], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setWindowTitle(title)
        self._page = QWidget()
        self._page.setProperty("kind", "sheet")
        self.column = QVBoxLayout(self._page)
        pad = theme.px(20)
        self.column.setContentsMargins(pad, theme.px(16), pad, theme.px(16))
        self.column.setSpacing(theme.px(6))
        self.column.addWidget(label(title, "title", wrap=True))
        self.area = QScrollArea()
        self.area.setWidget(self._page)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setAccessibleName(title)
        self._foot = QVBoxLayout()
        self._foot.setContentsMargins(pad, theme.px(10), pad, theme.px(12))
        self._foot.addWidget(close_box(self))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.area, 1)
        layout.addWidget(hairline())
        layout.addLayout(self._foot)
        open_in_room(self, theme, *size_px)

    def add(self, part: QWidget) -> None:
        """Add what comes next."""
        self.column.addWidget(part)

    def add_head(self, words: str) -> None:
        """Begin a part, apart from what stands above it."""
        self.column.addSpacing(self._theme.px(8))
        self.column.addWidget(label(words, "head", wrap=True))

    def end(self) -> None:
        """Close the page with whose decision it is."""
        self.column.addSpacing(self._theme.px(8))
        self.column.addWidget(label(self.tr("Options; the clinician decides."), "strong"))
        self.column.addStretch(1)

    def showEvent(self, event: QShowEvent) -> None:
        """Be no higher than what is said; the arrows then scroll it."""
        if not self.follows and not event.spontaneous():
            for part in self.findChildren(QLabel):
                part.ensurePolished()
            self.column.activate()
            high = self.column.totalHeightForWidth(self.width()) + self._foot.sizeHint().height() + 1
            self.resize(self.width(), min(self.height(), high))
        super().showEvent(event)
        self.area.setFocus(Qt.FocusReason.OtherFocusReason)
