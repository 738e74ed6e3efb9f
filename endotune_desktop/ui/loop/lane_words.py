"""Where the words of long feedback lines stand: beside their line, on no box, no other words and no crossing line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QRectF, QSizeF

from endotune_desktop.physiology.axis import Arrow
from endotune_desktop.ui.loop.routes import Route

STEP = 6.0
"""Pixels between two places that are tried."""
FAR = 1e6


@dataclass(frozen=True)
class LaneWords:
    """Words of one line.

    Attributes
    ----------
    box : QRectF
        Of the words.
    handle : QRectF
        Of the scissors before them; empty for a line that cannot be cut.
    """

    box: QRectF
    handle: QRectF


def place_words(
    arrows: Iterable[Arrow],
    routes: Mapping[str, Route],
    boxes: Mapping[str, QRectF],
    measure: Callable[[str, float], QSizeF],
    width: float,
    handle_px: float,
) -> dict[str, LaneWords]:
    """Return the places of the words of every long line, the shortest line first.

    Parameters
    ----------
    arrows : iterable of Arrow
    routes, boxes : mapping
        By arrow and by gland id.
    measure : callable
        ``measure(words, room)``: what wrapped words take.
    width : float
        Of the diagram.
    handle_px : float
        Side of the scissors.
    """
    lanes = [arrow for arrow in arrows if arrow.lane and arrow.id in routes]
    lanes.sort(key=lambda arrow: _rise(routes[arrow.id]))
    level = [piece for arrow_id, route in routes.items() for piece in _level_pieces(route)]
    taken: list[QRectF] = list(boxes.values())
    found = {}
    for arrow in lanes:
        x, top, bottom = _upright(routes[arrow.id])
        to_right = min((b.left() for b in boxes.values() if b.left() > x and _beside(b, top, bottom)), default=width)
        before = handle_px + 2.0 if arrow.cut_parameter else 0.0
        room = max(min(to_right, width) - x - 10.0 - before, 48.0)
        size = measure(arrow.title, room)
        whole = QSizeF(before + size.width(), max(size.height(), before))
        left = min(x + 5.0, width - whole.width() - 2.0)
        place = min(_places(left, top, bottom, whole), key=lambda at: _trouble(at, taken, level))
        taken.append(place)
        middle = place.center().y()
        box = QRectF(place.left() + before, middle - size.height() / 2, size.width(), size.height())
        handle = QRectF(place.left() - 2.0, middle - handle_px / 2, handle_px, handle_px) if before else QRectF()
        found[arrow.id] = LaneWords(box, handle)
    return found


def _places(left: float, top: float, bottom: float, size: QSizeF) -> list[QRectF]:
    first, last = top + 4.0, bottom - 4.0 - size.height()
    count = max(int((last - first) / STEP), 0) + 1
    return [QRectF(left, first + STEP * number, size.width(), size.height()) for number in range(count)]


def _trouble(place: QRectF, taken: list[QRectF], level: list[tuple[float, float, float]]) -> float:
    """Return how bad a place is: what it covers of boxes and words, then how many lines cross it, then how high up."""
    covered = sum(_area(place.intersected(other)) for other in taken if place.intersects(other))
    crossed = sum(
        1
        for y, x0, x1 in level
        if place.top() - 2 < y < place.bottom() + 2 and x0 < place.right() and x1 > place.left()
    )
    return FAR * covered + 1e3 * crossed + place.top() * 1e-3


def _upright(route: Route) -> tuple[float, float, float]:
    """Return where the longest upright piece of a route runs, and between which heights."""
    pieces = [(a, b) for a, b in pairwise(route) if abs(a.x() - b.x()) < 1.0]
    a, b = max(pieces, key=lambda piece: abs(piece[1].y() - piece[0].y()))
    return a.x(), min(a.y(), b.y()), max(a.y(), b.y())


def _rise(route: Route) -> float:
    _, top, bottom = _upright(route)
    return bottom - top


def _level_pieces(route: Route) -> list[tuple[float, float, float]]:
    return [
        (a.y(), min(a.x(), b.x()), max(a.x(), b.x())) for a, b in pairwise(route) if abs(a.y() - b.y()) < 1.0
    ]  # fmt: skip


def _beside(box: QRectF, top: float, bottom: float) -> bool:
    return box.bottom() > top and box.top() < bottom


def _area(box: QRectF) -> float:
    return box.width() * box.height()
