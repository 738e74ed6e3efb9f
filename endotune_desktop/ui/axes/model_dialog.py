"""What the model of the shown axis says of itself: summary, limits, and where it leaves its specification."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFrame, QScrollArea, QVBoxLayout, QWidget

from endotune_desktop.physiology.axis import Axis, Mode
from endotune_desktop.ui.theme.theme import Theme
from endotune_desktop.ui.widgets.pieces import label


class ModelDialog(QDialog):
    """A page to read: what was compared with people, what is known to be wrong, what was moved and why."""

    def __init__(self, axis: Axis, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("{axis} model").format(axis=axis.title))
        page = QWidget()
        page.setProperty("kind", "sheet")
        self._column = QVBoxLayout(page)
        self._column.setSpacing(theme.px(6))
        self._column.addWidget(label(f"{axis.title} {self.tr('model')} {axis.version}", "title"))
        self._column.addWidget(label(axis.summary, "second", wrap=True))
        self._column.addWidget(label(self.tr("Options; the clinician decides."), "strong"))
        self._part(self.tr("Known limits"), list(axis.limits))
        self._part(self.tr("Outside the validated range"), [entry.sentence for entry in axis.validated])
        if axis.refinements:
            self._part(self.tr("Moved from the published specification"), self.refined_words(axis))
        self._column.addStretch(1)
        area = QScrollArea()
        area.setWidget(page)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(area, 1)
        layout.addWidget(buttons)
        self.resize(theme.px(620), theme.px(560))

    def _part(self, head: str, sentences: list[str]) -> None:
        if sentences:
            self._column.addWidget(label(head, "head"))
        for sentence in dict.fromkeys(sentences):
            self._column.addWidget(label(sentence, wrap=True))

    def refined_words(self, axis: Axis) -> list[str]:
        """Return that the window uses the refined values, and each with its reason and source."""
        first = self.tr("This window and the scenario files that it writes use {n} refined values (refined = 1).")
        found = [first.format(n=len(axis.refinements))]
        for entry in axis.refinements:
            sign = "×" if entry.mode is Mode.TIMES else "+"
            known = axis.parameter(entry.parameter).meaning
            found.append(f"{known} ({entry.parameter}) {sign} {entry.value:g}: {entry.reason} ({entry.source})")
        return found
