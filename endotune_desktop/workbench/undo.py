"""Undo and redo across every kind of edit; a drag arrives as one step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

DEPTH = 500


@dataclass(frozen=True, slots=True)
class Step:
    """Something that can be taken back and done again.

    Attributes
    ----------
    words : str
        For the menu: "Add TSH 6.6".
    undo, redo : callable
        Take it back; do it again.
    """

    words: str
    undo: Callable[[], None]
    redo: Callable[[], None]


class UndoStack:
    """Two piles of steps; pushing a new one forgets what could have been redone."""

    def __init__(self) -> None:
        self._done: list[Step] = []
        self._undone: list[Step] = []

    @property
    def undo_words(self) -> str:
        """Return what undo would take back, empty when nothing."""
        return self._done[-1].words if self._done else ""

    @property
    def redo_words(self) -> str:
        """Return what redo would do again, empty when nothing."""
        return self._undone[-1].words if self._undone else ""

    def push(self, step: Step) -> None:
        """Remember a step that has just been done."""
        self._undone.clear()
        self._done.append(step)
        del self._done[:-DEPTH]

    def undo(self) -> Step | None:
        """Take the last step back and return it; None when there is none."""
        if not self._done:
            return None
        step = self._done.pop()
        self._undone.append(step)
        step.undo()
        return step

    def redo(self) -> Step | None:
        """Do the last undone step again and return it; None when there is none."""
        if not self._undone:
            return None
        step = self._undone.pop()
        self._done.append(step)
        step.redo()
        return step

    def clear(self) -> None:
        """Forget everything."""
        self._done.clear()
        self._undone.clear()
