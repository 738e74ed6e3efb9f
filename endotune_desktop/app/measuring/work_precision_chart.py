"""Draws achieved error against CPU time: one row of panels for each axis, median error left and worst error right."""

from __future__ import annotations

import math
from pathlib import Path

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QFontMetricsF,
    QGuiApplication,
    QImage,
    QPainter,
    QPen,
    QPolygonF,
)

from endotune_desktop.app.measuring.work_precision import Point
from endotune_desktop.clinic.errors import EnvironmentFailed
from endotune_desktop.ui.theme.tokens import Tokens, load_tokens

WIDTH, PANEL_HEIGHT = 1280, 470
_TOP, _BOTTOM, _LEFT, _RIGHT, _GAP = 118.0, 24.0, 84.0, 28.0, 84.0
_COLOURS = {"own": "whatif", "scipy-lsoda": "altB", "scipy-odeint": "downstream", "roadrunner": "upstream"}
_GOAL = 1e-5
_SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def draw(found: list[Point], machine: str, resources: Path) -> QImage:
    """Return the drawing of points.

    Parameters
    ----------
    found : list of Point
    machine : str
        One line under the title.
    resources : Path
        Where fonts and colours lie.

    Returns
    -------
    QImage
        At twice the design's pixels. A `QGuiApplication` must exist.
    """
    assert QGuiApplication.instance() is not None
    for path in sorted((resources / "fonts").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(path))
    problems = list(dict.fromkeys(point.problem for point in found))
    height = round(_TOP + max(1, len(problems)) * PANEL_HEIGHT + _BOTTOM - 40)
    image = QImage(2 * WIDTH, 2 * height, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(2.0)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    try:
        _Sheet(painter, load_tokens(resources), found, height).draw(problems, machine)
    finally:
        painter.end()
    return image


def save(image: QImage, path: Path) -> None:
    """Write a drawing as PNG.

    Raises
    ------
    EnvironmentFailed
        If it cannot be written.
    """
    if not image.save(str(path)):
        raise EnvironmentFailed(f"{path} could not be written")


class _Sheet:
    """One drawing in progress."""

    def __init__(self, painter: QPainter, tokens: Tokens, found: list[Point], height: int) -> None:
        self._painter = painter
        self._tokens = tokens
        self._found = found
        self._height = height
        self._x_decades = _decades([point.cpu_ms for point in found])
        self._y_decades = _decades([v for point in found for v in (point.median_error, point.worst_error)])

    def draw(self, problems: list[str], machine: str) -> None:
        """Draw title, legend and panels."""
        self._painter.fillRect(QRectF(0, 0, WIDTH, self._height), self._colour("plot"))
        self._text(QRectF(28, 16, WIDTH - 56, 28), "Work and precision: achieved error against CPU time", 20, 600)
        self._text(QRectF(28, 45, WIDTH - 56, 20), f"{machine}; one thread", 13, 400, "text2")
        self._legend(28.0, 84.0)
        width = (WIDTH - _LEFT - _RIGHT - _GAP) / 2.0
        for row, problem in enumerate(problems):
            top = _TOP + row * PANEL_HEIGHT + 30.0
            for column, criterion in enumerate(("median", "worst")):
                box = QRectF(_LEFT + column * (width + _GAP), top, width, PANEL_HEIGHT - 110.0)
                self._panel(box, problem, criterion)

    def _colour(self, role: str) -> QColor:
        return QColor(self._tokens.palettes["light"][role])

    def _font(self, size: int, weight: int) -> QFont:
        font = QFont(self._tokens.family)
        font.setPixelSize(size)
        font.setWeight(QFont.Weight(weight))
        return font

    def _text(
        self, box: QRectF, words: str, size: int, weight: int = 400, role: str = "text",
        flags: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> None:  # fmt: skip
        font = self._font(size, weight)
        self._painter.setFont(font)
        self._painter.setPen(self._colour(role))
        shown = QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideRight, box.width())
        self._painter.drawText(box, int(flags | Qt.AlignmentFlag.AlignVCenter), shown)

    def _legend(self, x: float, y: float) -> None:
        titles = dict.fromkeys((point.solver, point.title) for point in self._found)
        for solver, title in titles:
            self._painter.setPen(self._pen(solver))
            self._painter.drawLine(QPointF(x, y), QPointF(x + 34, y))
            self._mark(solver, QPointF(x + 17, y))
            width = QFontMetricsF(self._font(14, 400)).horizontalAdvance(title) + 8
            self._text(QRectF(x + 42, y - 11, width, 22), title, 14)
            x += 42 + width + 26

    def _pen(self, solver: str) -> QPen:
        pen = QPen(self._colour(_COLOURS.get(solver, "text2")), 2.6 if solver == "own" else 1.8)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        return pen

    def _mark(self, solver: str, at: QPointF) -> None:
        """Draw the solver's own shape, so that lines are told apart without colour."""
        painter, r = self._painter, 4.6
        painter.save()
        painter.setBrush(self._colour(_COLOURS.get(solver, "text2")))
        painter.setPen(QPen(self._colour("plot"), 1.2))
        if solver == "own":
            painter.drawEllipse(at, r + 0.6, r + 0.6)
        elif solver == "scipy-lsoda":
            painter.drawRect(QRectF(at.x() - r, at.y() - r, 2 * r, 2 * r))
        elif solver == "scipy-odeint":
            corners = [QPointF(0, -1.3 * r), QPointF(1.2 * r, r), QPointF(-1.2 * r, r)]
            painter.drawPolygon(QPolygonF([at + corner for corner in corners]))
        else:
            corners = [QPointF(0, -1.4 * r), QPointF(1.4 * r, 0), QPointF(0, 1.4 * r), QPointF(-1.4 * r, 0)]
            painter.drawPolygon(QPolygonF([at + corner for corner in corners]))
        painter.restore()

    def _panel(self, box: QRectF, problem: str, criterion: str) -> None:
        words = "median over the output times" if criterion == "median" else "worst of all output times"
        self._text(QRectF(box.left(), box.top() - 30, box.width(), 22), f"{problem}: {words}", 15, 600)
        self._grid(box)
        goal = self._y(box, _GOAL)
        self._painter.setPen(QPen(self._colour("refEdge"), 1.4, Qt.PenStyle.DashLine))
        self._painter.drawLine(QPointF(box.left(), goal), QPointF(box.right(), goal))
        self._text(
            QRectF(box.right() - 190, goal - 20, 184, 18), "compared at 10⁻⁵", 12, 400, "refEdge",
            Qt.AlignmentFlag.AlignRight,
        )  # fmt: skip
        for solver in reversed(list(dict.fromkeys(point.solver for point in self._found))):
            line = [
                QPointF(self._x(box, point.cpu_ms), self._y(box, getattr(point, f"{criterion}_error")))
                for point in self._found
                if point.solver == solver and point.problem == problem
            ]
            self._painter.setPen(self._pen(solver))
            self._painter.setBrush(Qt.BrushStyle.NoBrush)
            self._painter.drawPolyline(QPolygonF(line))
            for at in line:
                self._mark(solver, at)

    def _grid(self, box: QRectF) -> None:
        painter = self._painter
        for decades, upright in ((self._x_decades, True), (self._y_decades, False)):
            for decade in range(decades[0], decades[1] + 1):
                value = 10.0**decade
                at = self._x(box, value) if upright else self._y(box, value)
                painter.setPen(QPen(self._colour("line"), 1.0))
                ends = (
                    (QPointF(at, box.top()), QPointF(at, box.bottom()))
                    if upright
                    else (QPointF(box.left(), at), QPointF(box.right(), at))
                )
                painter.drawLine(*ends)
                label = f"{value:g}" if upright else f"10{str(decade).translate(_SUPERSCRIPT)}"
                place = (
                    QRectF(at - 40, box.bottom() + 6, 80, 18) if upright else QRectF(box.left() - 58, at - 9, 50, 18)
                )
                side = Qt.AlignmentFlag.AlignHCenter if upright else Qt.AlignmentFlag.AlignRight
                self._text(place, label, 13, 400, "text2", side)
        painter.setPen(QPen(self._colour("edge"), 1.0))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        painter.drawLine(box.topLeft(), box.bottomLeft())
        centre = Qt.AlignmentFlag.AlignHCenter
        self._text(
            QRectF(box.left(), box.bottom() + 26, box.width(), 20), "CPU time of one run, ms", 14, 400, "text", centre
        )
        painter.save()
        painter.translate(box.left() - 62, box.center().y())
        painter.rotate(-90.0)
        self._text(
            QRectF(-box.height() / 2, -12, box.height(), 20), "error, share of each marker's maximum", 14, 400, "text",
            centre,
        )  # fmt: skip
        painter.restore()

    def _x(self, box: QRectF, value: float) -> float:
        low, high = self._x_decades
        return box.left() + (math.log10(value) - low) / (high - low) * box.width()

    def _y(self, box: QRectF, value: float) -> float:
        low, high = self._y_decades
        return box.bottom() - (math.log10(value) - low) / (high - low) * box.height()


def _decades(values: list[float]) -> tuple[int, int]:
    """Return the whole decades around positive values, one at least."""
    logs = [math.log10(value) for value in values if value > 0.0] or [0.0]
    low, high = math.floor(min(logs)), math.ceil(max(logs))
    return low, max(high, low + 1)
