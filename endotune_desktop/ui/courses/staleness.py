"""Never stale, never wrong: what a newer answer is about to replace turns grey, and a long wait is shown."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QProgressBar

from endotune_desktop.ui.courses.painting import tr
from endotune_desktop.ui.theme.theme import Theme
from endotune_desktop.workbench.session import Session

PROGRESS_AFTER_MS = 400
GRACE_MS = 40
"""An answer that comes within this time replaces the curve at once; a later one finds it greyed."""


class Staleness(QObject):
    """Compares the plan that is drawn with the one that is wanted.

    Attributes
    ----------
    stale : bool
        Whether the drawn what-if is not the wanted one.
    progress : QProgressBar
        Shown while an answer takes long.

    Signals
    -------
    changed
    """

    changed = Signal()

    def __init__(self, session: Session, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self.stale = False
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        self.progress.setFixedWidth(theme.px(96))
        self.progress.setAccessibleName(tr("Calculating"))
        self.progress.hide()
        self._slow = QTimer(self, singleShot=True, interval=PROGRESS_AFTER_MS)
        self._slow.timeout.connect(self.progress.show)
        self._grace = QTimer(self, singleShot=True, interval=GRACE_MS)
        self._grace.timeout.connect(lambda: self._set(self._differs()))

    def refresh(self) -> None:
        """Look again: at once when the wanted answer is there or will not come, after a moment's grace else."""
        if not self._differs():
            self._grace.stop()
            self._set(False)
        elif self._session.course_failure is not None:
            self._set(True)
        elif not self._grace.isActive() and not self.stale:
            self._grace.start()
        pending = self._session.pending
        if pending and not self._slow.isActive() and self.progress.isHidden():
            self._slow.start()
        if not pending:
            self._slow.stop()
            self.progress.hide()

    def _differs(self) -> bool:
        view, whatif = self._session.course, self._session.whatif
        return view is not None and view.request.plan != (whatif.plan if whatif.differs else None)

    def _set(self, stale: bool) -> None:
        if self.stale != stale:
            self.stale = stale
            self.changed.emit()
