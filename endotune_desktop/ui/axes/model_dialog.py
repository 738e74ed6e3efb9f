"""What the model of the shown axis says of itself: summary, limits, and where it leaves its specification."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from endotune_desktop.physiology.axis import Axis, Mode
from endotune_desktop.ui.dialogs.reading_dialog import ReadingDialog
from endotune_desktop.ui.theme.theme import Theme
from endotune_desktop.ui.widgets.numbers import written
from endotune_desktop.ui.widgets.pieces import label


class ModelDialog(ReadingDialog):
    """A page to read: what was compared with people, what is known to be wrong, what was moved and why."""

    def __init__(self, axis: Axis, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, f"{axis.title} {self.tr('model')} {axis.version}", (640, 900), parent)
        self.add(label(axis.summary, "second", wrap=True))
        self._part(self.tr("Known limits"), list(axis.limits))
        outside = self.tr("Outside the validated range")
        self._part(outside, [_without(f"{outside}: ", entry.sentence) for entry in axis.validated])
        if axis.refinements:
            self._part(self.tr("Moved from the published specification"), self.refined_words(axis))
        self.end()

    def _part(self, head: str, sentences: list[str]) -> None:
        if sentences:
            self.add_head(head)
        for sentence in dict.fromkeys(sentences):
            self.add(label(written(sentence), wrap=True))

    def refined_words(self, axis: Axis) -> list[str]:
        """Return that the window uses the refined values, and each with its reason and source."""
        first = self.tr("This window and the scenario files that it writes use {n} refined values (refined = 1).")
        found = [first.format(n=len(axis.refinements))]
        for entry in axis.refinements:
            sign = "×" if entry.mode is Mode.TIMES else "+"
            known = axis.parameter(entry.parameter).meaning
            known = f"{known[:1].upper()}{known[1:]}"
            found.append(f"{known} ({entry.parameter}) {sign} {entry.value:g}: {entry.reason} ({entry.source})")
        return found


def _without(head: str, sentence: str) -> str:
    """Return a sentence without the words that the head over it says already."""
    rest = sentence.removeprefix(head)
    return f"{rest[:1].upper()}{rest[1:]}"
