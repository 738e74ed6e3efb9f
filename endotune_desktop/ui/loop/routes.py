"""Where boxes stand, where arrows run, and which of them is next in a direction."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF

from endotune_desktop.physiology.axis import Arrow, Axis

BOX_W, BOX_H = 236, 84
MIN_GAP = 34
FEEDBACK_LANE = 96
ASIDE = 0.82
"""Width of a box beside the main column, as a share."""
BETWEEN = 84
"""Room for a flow between two boxes side by side."""
Route = list[QPointF]
Px = Callable[[float], int]


def boxes_of(axis: Axis, px: Px, width: float, height: float) -> dict[str, QRectF]:
    """Return the box of every gland in an area.

    Parameters
    ----------
    axis : Axis
    px : callable
        Pixels of the design at the text scale.
    width, height : float
        Of the area.
    """
    glands = axis.glands
    rows = max(gland.row for gland in glands) + 1
    columns = max(gland.column for gland in glands)
    aside = ASIDE if columns else 0.0
    between = px(BETWEEN) if columns else 0
    lane = px(FEEDBACK_LANE + 16)
    wide = min(px(BOX_W), (width - lane - between - px(12)) / (1.0 + aside))
    left = lane + (width - lane - between - px(12) - wide * (1.0 + aside)) / 2
    foot = px(76)
    gap = max(px(MIN_GAP), (height - px(24) - foot - rows * px(BOX_H)) / max(rows, 1))
    gap = min(gap, px(120))
    high = min(px(BOX_H), (height - px(24) - foot - rows * gap) / rows)
    found = {}
    for gland in glands:
        x = left + (wide + between if gland.column else 0.0)
        found[gland.id] = QRectF(x, px(12) + gland.row * (high + gap), wide * (aside if gland.column else 1.0), high)
    return found


def routes_of(axis: Axis, boxes: Mapping[str, QRectF], px: Px) -> dict[str, Route]:
    """Return the corners of every arrow, from source to target; what is given comes from the right, below."""
    found: dict[str, Route] = {}
    lanes: dict[float, int] = {}
    for arrow in axis.arrows:
        if arrow.source == "given" and arrow.target in boxes:
            target = boxes[arrow.target]
            x, y = target.center().x(), target.bottom() + px(42)
            found[arrow.id] = [QPointF(x + px(60), y), QPointF(x, y), QPointF(x, target.bottom())]
        elif arrow.source in boxes and arrow.target in boxes:
            source, target = boxes[arrow.source], boxes[arrow.target]
            if arrow.stimulates:
                found[arrow.id] = _flow(source, target)
            else:
                rank = lanes.get(arrow.lane, 0)
                lanes[arrow.lane] = rank + 1
                found[arrow.id] = _feedback(arrow, source, target, target.left() - px(FEEDBACK_LANE - 14 * rank))
    return found


def is_upright(route: Route) -> bool:
    """Return whether a straight arrow runs down rather than across."""
    return abs(route[-1].y() - route[0].y()) > abs(route[-1].x() - route[0].x())


def _flow(source: QRectF, target: QRectF) -> Route:
    if abs(source.center().x() - target.center().x()) < source.width() * 0.3:
        return [QPointF(source.center().x(), source.bottom()), QPointF(source.center().x(), target.top())]
    return [QPointF(source.right(), source.center().y()), QPointF(target.left(), target.center().y())]


def _feedback(arrow: Arrow, source: QRectF, target: QRectF, lane_x: float) -> Route:
    level = target.center().y()
    if arrow.lane < 0:
        start = source.center().y()
        return [QPointF(source.left(), start), QPointF(lane_x, start), QPointF(lane_x, level),
                QPointF(target.left() - 7, level)]  # fmt: skip
    x = source.center().x()
    return [QPointF(x, source.top()), QPointF(x, level), QPointF(target.right() + 7, level)]


def middle_of(route: Route) -> QPointF:
    """Return the middle of a route's longest piece: where an eye, or a walk, takes the arrow to be."""
    longest = max(pairwise(route), key=lambda piece: _length(piece[1] - piece[0]))
    return (longest[0] + longest[1]) / 2


def distance_to(route: Route, at: QPointF) -> float:
    """Return how far a point is from a route, pixels."""
    return min(_distance(at, a, b) for a, b in pairwise(route))


def next_in(places: Mapping[str, QPointF], here: str, across: int, down: int) -> str:
    """Return what lies next in a direction; what is beside the way counts three times as far.

    Parameters
    ----------
    places : mapping of str to QPointF
    here : str
    across, down : int
        -1, 0 or 1.
    """
    best, nearest = here, math.inf
    for name, at in places.items():
        way = at - places[here]
        ahead = way.x() * across + way.y() * down
        beside = abs(way.x() * down) + abs(way.y() * across)
        if name != here and ahead > 1.0 and beside < 2.5 * ahead and ahead + 3.0 * beside < nearest:
            best, nearest = name, ahead + 3.0 * beside
    return best


def _length(way: QPointF) -> float:
    return math.hypot(way.x(), way.y())


def _distance(at: QPointF, a: QPointF, b: QPointF) -> float:
    along = b - a
    square = along.x() ** 2 + along.y() ** 2 or 1.0
    share = ((at.x() - a.x()) * along.x() + (at.y() - a.y()) * along.y()) / square
    return _length(at - (a + along * min(max(share, 0.0), 1.0)))
