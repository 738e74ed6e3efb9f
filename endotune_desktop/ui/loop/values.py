"""What the loop shows of a marker: settled after twelve weeks, or at one moment of the course."""

from __future__ import annotations

import math

from endotune_desktop.ui.courses.painting import value_at
from endotune_desktop.ui.shown_units import marker_unit
from endotune_desktop.ui.widgets.numbers import shown_value
from endotune_desktop.workbench.session import Session


class LoopValues:
    """Reads the session's newest course.

    Attributes
    ----------
    settled : bool
        Whether values are those after twelve weeks; else those at the crosshair, or today without one.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self.settled = True

    def hour(self) -> float | None:
        """Return the moment that is shown, None when it is the settled state or nothing is known."""
        course = self._session.course
        if self.settled or course is None:
            return None
        return course.today_h if self._session.crosshair_h is None else self._session.crosshair_h

    def values(self, marker: str) -> tuple[float, float]:
        """Return a marker on the record's regimen and on the what-if, nan where there is none."""
        course, hour = self._session.course, self.hour()
        if course is None:
            return math.nan, math.nan
        if hour is None:
            now = course.settled.get("now", {}).get(marker, math.nan)
            ahead = course.settled.get("whatif", {}).get(marker, math.nan)
        else:
            now, ahead = value_at(course.now, marker, hour), value_at(course.whatif, marker, hour)
            ahead = ahead if hour >= course.today_h else math.nan
        return now, math.nan if self._session.pending else ahead

    def live(self, marker: str) -> float:
        """Return the what-if's value where there is one, else the record's."""
        now, ahead = self.values(marker)
        return ahead if math.isfinite(ahead) else now

    def words(self, marker_id: str) -> tuple[str, str, str]:
        """Return now, what-if (may be empty) and unit, as written."""
        marker = self._session.axis.marker(marker_id)
        unit, factor = marker_unit(marker, self._session.unit_system)
        texts = [
            shown_value(marker_id, value, below=marker.shown_below, factor=factor) if math.isfinite(value) else ""
            for value in self.values(marker_id)
        ]
        return texts[0] or "…", texts[1], unit

    def line(self, marker_id: str) -> str:
        """Return a marker's values in a line: ``3.2 → 0.71 mIU/L``."""
        now, ahead, unit = self.words(marker_id)
        return " ".join(part for part in (now, f"→ {ahead}" if ahead else "", unit) if part)
