"""The curves as text for another program."""

from __future__ import annotations

import math
from datetime import timedelta

from endotune_desktop.physiology.axis import Marker
from endotune_desktop.ui.courses.painting import CoursePainter, tr
from endotune_desktop.ui.widgets.numbers import shown_value
from endotune_desktop.workbench.course_view import CourseView


def values_text(view: CourseView | None, markers: list[Marker], painter: CoursePainter) -> str:
    """Return the curves as tab-separated text: date, and for every marker now and what-if in the unit shown."""
    if view is None:
        return ""
    heads = [tr("date")]
    for marker in markers:
        unit = painter.unit(marker)[0]
        heads += [f"{marker.title} {which} {unit}".rstrip() for which in (tr("now"), tr("what-if"))]
    lines = ["\t".join(heads)]
    for hour in view.now.time_h.tolist():
        moment = view.day0 + timedelta(days=int(hour // 24))
        minutes = round((hour % 24.0) * 60)
        cells = [f"{moment.isoformat()} {minutes // 60 % 24:02d}:{minutes % 60:02d}"]
        for marker in markers:
            factor = painter.unit(marker)[1]
            for curve in (view.now, view.whatif):
                value = curve.at(marker.id, hour) if curve is not None else math.nan
                cells.append(shown_value(marker.id, value, factor=factor) if math.isfinite(value) else "")
        lines.append("\t".join(cells))
    return "\n".join(lines) + "\n"
