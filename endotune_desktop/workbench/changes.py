"""What changed: one small value that every view looks at to decide whether it must redraw."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Flag, auto


class Topic(Flag):
    """The kinds of thing that can change."""

    PATIENTS = auto()
    """The list of patients, or the search in it."""
    OPENED = auto()
    """Another patient is open."""
    AXIS = auto()
    """Another axis of the open patient is shown."""
    RECORD = auto()
    """The open patient's record."""
    WHATIF = auto()
    """The what-if plan."""
    SCENARIOS = auto()
    """Kept scenarios, or which one is pinned."""
    COURSE = auto()
    """A newer course has arrived."""
    PENDING = auto()
    """A newer course is under way, or no longer."""
    VIEW = auto()
    """The unit system."""
    HORIZON = auto()
    """How much time is shown."""
    MARKET = auto()
    """The market whose strengths the sliders step through."""
    CROSSHAIR = auto()
    """The hour under the crosshair."""
    UNDO = auto()
    """What undo and redo would do."""
    SAVED = auto()
    """An edit was acknowledged by the store, or refused."""


@dataclass(frozen=True, slots=True)
class Changes:
    """One announcement.

    Attributes
    ----------
    topics : Topic
    patient_id : str
        Whose record, empty when it is not about one.
    """

    topics: Topic
    patient_id: str = ""

    def touch(self, *topics: Topic) -> bool:
        """Return whether any of `topics` is among the changes."""
        return any(topic in self.topics for topic in topics)


Listener = Callable[[Changes], None]


class Announcer:
    """Tells every listener of a change, in the order in which they came."""

    def __init__(self) -> None:
        self._listeners: list[Listener] = []

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Add a listener and return the function that removes it."""
        self._listeners.append(listener)

        def unsubscribe() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return unsubscribe

    def announce(self, topics: Topic, patient_id: str = "") -> None:
        """Tell all listeners."""
        changes = Changes(topics, patient_id)
        for listener in list(self._listeners):
            listener(changes)
