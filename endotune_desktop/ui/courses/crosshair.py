"""One moment through all plots: it follows the pointer, is caught by a click, and is moved by keys."""

from __future__ import annotations

from PySide6.QtCore import QObject

from endotune_desktop.ui.courses.painting import phase_title
from endotune_desktop.ui.courses.plot_stack import PlotStack
from endotune_desktop.workbench.cycle_phases import phase_at
from endotune_desktop.workbench.session import Session

HOURLY_BELOW_H = 8 * 24.0
"""Keys step by an hour when less than this is shown, else by a day."""
CLOCK_BELOW_H = 15 * 24.0
"""The clock is written when less than this is shown."""


class Crosshair(QObject):
    """Moves the session's crosshair, within what is drawn."""

    def __init__(self, session: Session, stack: PlotStack) -> None:
        super().__init__(stack)
        self._session, self._stack = session, stack
        self.held = False

    def free(self) -> None:
        """Let it follow the pointer again."""
        self.held = False
        self._session.set_crosshair(None)

    def point(self, hour: float) -> None:
        """Follow the pointer."""
        if not self.held:
            self._session.set_crosshair(self._clamped(hour))

    def leave(self) -> None:
        """Go away with the pointer."""
        if not self.held:
            self._session.set_crosshair(None)

    def hold(self, hour: float) -> None:
        """Stay where a click was; the next click frees it."""
        self.held = not self.held
        self._session.set_crosshair(self._clamped(hour))

    def step(self, direction: int, *, to_event: bool) -> None:
        """Go a day (an hour on short horizons) or, with `to_event`, to the next result or dose.

        Parameters
        ----------
        direction : int
            1 or -1.
        to_event : bool
        """
        view = self._session.course
        if view is None:
            return
        here = self._session.crosshair_h if self._session.crosshair_h is not None else view.today_h
        self.held = True
        if to_event:
            here = min(
                (hour for hour in self._events() if (hour - here) * direction > 1e-6),
                key=lambda hour: abs(hour - here),
                default=here,
            )
        else:
            here += direction * (1.0 if self._stack.time.length_h < HOURLY_BELOW_H else 24.0)
        self._session.set_crosshair(self._clamped(here))

    def _events(self) -> list[float]:
        view = self._session.course
        marks = {mark.hour for plot in self._stack.plots for mark in plot.canvas.labs.rows}
        given = {dose.time_h for dose in (*view.doses_now, *view.doses_whatif)} if view is not None else set()
        return sorted(marks | given)

    def _clamped(self, hour: float) -> float:
        view = self._session.course
        return hour if view is None else min(max(hour, view.window_h[0]), view.window_h[1])

    def moment(self, hour: float) -> str:
        """Return an hour as words: the day, with the clock where days are wide, and the phase of a cycle."""
        view = self._session.course
        assert view is not None
        day = view.day_of(hour)
        span = phase_at(view.phases, hour)
        phase = f", {phase_title(span)}" if span is not None else ""
        if self._stack.time.length_h > CLOCK_BELOW_H:
            return f"{day:%-d %b}{phase}"
        minutes = round((hour % 24.0) * 60)
        return f"{day:%-d %b} {minutes // 60 % 24:02d}:{minutes % 60:02d}{phase}"
