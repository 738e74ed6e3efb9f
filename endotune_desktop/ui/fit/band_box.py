"""What makes the bands wide at the crosshair: one stacked bar a marker, and a sentence on the largest part."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from endotune_desktop.ui.fit.bars import SOURCES, ShareBar, Swatch
from endotune_desktop.ui.fit.fit_words import largest_words, source_words, tr
from endotune_desktop.ui.theme.theme import Theme
from endotune_desktop.ui.widgets.pieces import clear_layout, label
from endotune_desktop.workbench.band_parts import Shares, shares_at
from endotune_desktop.workbench.session import Session


class BandBox(QWidget):
    """Follows the crosshair, or the end of what is shown where there is none.

    Attributes
    ----------
    shown : dict of str to Shares
        By marker id.
    """

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__()
        self._session, self._theme = session, theme
        self.shown: dict[str, Shares] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(6))
        self.refresh()

    def refresh(self) -> None:
        """Take the bands apart at the moment that is looked at."""
        clear_layout(self._column)
        self.shown = {}
        session, view = self._session, self._session.course
        if view is None or view.card is None:
            return
        hour = session.crosshair_h if session.crosshair_h is not None else view.window_h[1]
        where = tr("at the crosshair") if session.crosshair_h is not None else tr("at the end of the curve")
        whose = tr("what-if") if view.request.plan is not None else tr("now")
        day = f"{view.day_of(hour):%-d %b %Y}"
        head = tr("What makes the next result uncertain, {where} ({day}, {whose})")
        self._column.addWidget(label(head.format(where=where, day=day, whose=whose), "head", wrap=True))
        if view.parts is None:
            self._column.addWidget(label(tr("Calculating …"), "second"))
            return
        for marker in session.axis.markers:
            shares = shares_at(view.parts, marker, hour) if marker.plotted else None
            if shares is not None:
                self.shown[marker.id] = shares
        if not self.shown:
            self._column.addWidget(label(tr("The what-if begins later than this moment."), "second", wrap=True))
            return
        self._column.addLayout(self._legend())
        self._column.addLayout(self._bars())
        note = tr(
            "Plots show the state band: where the true course may run (patient, tablets, model). A result scatters "
            "more than that, by the assay and from day to day."
        )
        self._column.addWidget(label(note, "caption", wrap=True))

    def _legend(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self._theme.px(6))
        for source in SOURCES:
            row.addWidget(Swatch(self._theme, source))
            row.addWidget(label(source_words(source), "caption"))
            row.addSpacing(self._theme.px(4))
        row.addStretch(1)
        return row

    def _bars(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(self._theme.px(10))
        grid.setVerticalSpacing(self._theme.px(4))
        for row, (marker_id, shares) in enumerate(self.shown.items()):
            marker = self._session.axis.marker(marker_id)
            parts = shares.percent()
            words = ", ".join(f"{source_words(name)} {percent:.0f} %" for name, percent in parts)
            grid.addWidget(label(marker.title, "strong"), 2 * row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(ShareBar(self._theme, parts, f"{marker.title}: {words}"), 2 * row, 1)
            width = tr("state ±{state} %, result ±{result} %").format(
                state=f"{_ninety(shares.state_sd):.0f}", result=f"{_ninety(shares.result_sd):.0f}"
            )
            grid.addWidget(label(width, "caption"), 2 * row, 2)
            grid.addWidget(label(largest_words(*shares.largest), "second", wrap=True), 2 * row + 1, 1, 1, 2)
        grid.setColumnStretch(1, 1)
        return grid


def _ninety(sd: float) -> float:
    """Return the upper half width of the 90 % band in per cent, from a standard deviation of the logarithm."""
    from math import expm1

    return 100.0 * expm1(1.645 * sd)
