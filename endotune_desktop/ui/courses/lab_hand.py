"""What a hand does with a result on a plot: look at it, open it, set it aside."""

from __future__ import annotations

from dataclasses import replace

from endotune_desktop.clinic.analytes import ANALYTES
from endotune_desktop.clinic.edits import Edit, RecordChange
from endotune_desktop.clinic.records import LabResult
from endotune_desktop.tuning.validity import Validity
from endotune_desktop.ui.courses.lab_words import lab_words
from endotune_desktop.ui.courses.marker_plot import MarkerPlot
from endotune_desktop.ui.courses.painting import CoursePainter, phase_title, tr
from endotune_desktop.workbench.course_view import doubts_of
from endotune_desktop.workbench.cycle_phases import phase_at
from endotune_desktop.workbench.session import Session

NEAR_H = 24.0
"""A result further from the crosshair than this is not meant."""


class LabHand:
    """Finds results by their row in a plot, or by the crosshair."""

    def __init__(self, session: Session, painter: CoursePainter) -> None:
        self._session, self._painter = session, painter

    def result(self, plot: MarkerPlot, row: int) -> LabResult | None:
        """Return the result of a row, None for none."""
        labs = self._painter.labs(plot.marker)
        return labs[row] if 0 <= row < len(labs) else None

    def hover(self, plot: MarkerPlot, row: int) -> None:
        """Say in the header what the laboratory wrote; no box covers the data."""
        record, lab = self._session.record, self.result(plot, row)
        if record is None or lab is None:
            plot.header.set_note("")
            return
        words = lab_words(record, lab, self._session.axis, self._phase_of(lab))
        axis, view = self._session.axis, self._session.course
        if self._session.targets.of_lab(record, axis, lab, view).validity is Validity.INVALID:
            words = f"{words} · {tr('not a target')}"
        doubted = None if view is None else doubts_of(view).get(lab.id)
        plot.header.set_note(f"{tr('does not fit')}: {tr(doubted)} · {words}" if doubted else words)

    def _phase_of(self, lab: LabResult) -> str:
        """Return the phase of the modelled cycle in which a sample was drawn, empty where there is none."""
        view = self._session.course
        span = phase_at(view.phases, self._painter.hour_of(view, lab)) if view is not None else None
        return phase_title(span) if span is not None else ""

    def set_aside(self, plot: MarkerPlot) -> None:
        """Set the plot's result nearest to the crosshair aside, or take it back in; undoable."""
        view, hour = self._session.course, self._session.crosshair_h
        if view is None or hour is None:
            return
        away = {lab.id: abs(self._painter.hour_of(view, lab) - hour) for lab in self._painter.labs(plot.marker)}
        nearest = min(self._painter.labs(plot.marker), key=lambda lab: away[lab.id], default=None)
        if nearest is not None and away[nearest.id] <= NEAR_H:
            words = tr("Set {name} aside") if not nearest.set_aside else tr("Use {name} again")
            after = replace(nearest, set_aside=not nearest.set_aside)
            title = ANALYTES[nearest.analyte].title
            self._session.edit(Edit(words.format(name=title), (RecordChange(nearest, after),)))
