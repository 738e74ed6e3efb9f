"""What a plot shows of time and of values, and where that lies in pixels."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QObject, QRectF, Signal

LEAST_H, MOST_H = 1.0, 20 * 366 * 24.0
"""Shortest and longest stretch of time that can be zoomed to."""


class Mapping(NamedTuple):
    """From hours and axis coordinates to pixels: ``x * kx + dx`` and ``y * ky + dy``.

    Attributes
    ----------
    kx, dx : float
    ky, dy : float
        `ky` is negative: pixels grow downwards.
    """

    kx: float
    dx: float
    ky: float
    dy: float

    def x(self, hour: float) -> float:
        """Return the pixel of an hour."""
        return hour * self.kx + self.dx

    def y(self, place: float) -> float:
        """Return the pixel of an axis coordinate."""
        return place * self.ky + self.dy

    def hour(self, x: float) -> float:
        """Return the hour at a pixel."""
        return (x - self.dx) / self.kx

    def place(self, y: float) -> float:
        """Return the axis coordinate at a pixel."""
        return (y - self.dy) / self.ky


def mapping_of(area: QRectF, across: tuple[float, float], up: tuple[float, float]) -> Mapping:
    """Return the mapping of two spans onto an area, both of which may be empty."""
    kx = max(area.width(), 1.0) / max(across[1] - across[0], 1e-12)
    ky = -max(area.height(), 1.0) / max(up[1] - up[0], 1e-12)
    return Mapping(kx, area.left() - across[0] * kx, ky, area.bottom() - up[0] * ky)


class TimeSpan(QObject):
    """The stretch of time that all plots of a stack share, hours of the timeline.

    Signals
    -------
    changed
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._span = (0.0, 24.0)

    @property
    def span(self) -> tuple[float, float]:
        """Return the first and the last hour."""
        return self._span

    @property
    def length_h(self) -> float:
        """Return how many hours are shown."""
        return self._span[1] - self._span[0]

    def show(self, first: float, last: float) -> None:
        """Show a stretch, no shorter than an hour."""
        length = min(max(last - first, LEAST_H), MOST_H)
        middle = (first + last) / 2.0
        span = (first, last) if length == last - first else (middle - length / 2.0, middle + length / 2.0)
        if span != self._span:
            self._span = span
            self.changed.emit()

    def zoom(self, factor: float, about_h: float | None = None) -> None:
        """Show `factor` times as much time; what lies at `about_h` (the middle without) stays where it is."""
        first, last = self._span
        factor = min(max(factor, LEAST_H / self.length_h), MOST_H / self.length_h)
        centre = (first + last) / 2.0 if about_h is None else about_h
        self.show(centre - (centre - first) * factor, centre + (last - centre) * factor)

    def pan(self, hours: float) -> None:
        """Show what lies some hours later."""
        self.show(self._span[0] + hours, self._span[1] + hours)
