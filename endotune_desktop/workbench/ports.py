"""What the workbench needs from the lanes above it, as protocols: it never starts a thread itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

from endotune_desktop.clinic.errors import EndoTuneError
from endotune_desktop.store import Store
from endotune_desktop.workbench.course_view import CourseRequest, CourseView

T = TypeVar("T")


class StorePort(Protocol):
    """A serial lane to the store; answers come back on the caller's thread."""

    def run(
        self,
        job: Callable[[Store], T],
        done: Callable[[T], None],
        failed: Callable[[EndoTuneError], None],
    ) -> None:
        """Run `job` after all earlier ones and call exactly one of `done` and `failed`."""
        ...


class CoursePort(Protocol):
    """A newest-wins lane to the simulation; answers come back on the caller's thread."""

    def listen(
        self, arrived: Callable[[CourseView], None], failed: Callable[[CourseRequest, EndoTuneError], None]
    ) -> None:
        """Say who receives answers; stale ones are never delivered."""
        ...

    def submit(self, request: CourseRequest) -> None:
        """Ask for a course; a request that waits is replaced."""
        ...
