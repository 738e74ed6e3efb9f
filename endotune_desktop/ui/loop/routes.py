"""Where boxes stand, where arrows run, and which of them is next in a direction."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF

from endotune_desktop.physiology.axis import Axis

BOX_W, BOX_H = 236, 84
LEAST_BOX_H = 62
FOOT = 76
"""Room under the lowest box for what is given."""
MIN_GAP = 34
FEEDBACK_LANE = 96
LANE_STEP = 14
"""Between two feedback lines that run side by side."""
ASIDE = 0.82
"""Width of a box beside the main column, as a share."""
BETWEEN = 84
"""Room for a flow between two boxes side by side."""
OUTSIDE = 18
"""From the outer edge of a box to a feedback line that must go around one above it."""
Route = list[QPointF]
Px = Callable[[float], int]


def least_height(axis: Axis, px: Px) -> int:
    """Return the height in which every box of a main column has room for its title over its value."""
    rows = 1 + max((int(gland.row) for gland in axis.glands), default=0)
    return int(px(24) + px(FOOT) + rows * (px(LEAST_BOX_H) + px(MIN_GAP)))


def boxes_of(axis: Axis, px: Px, width: float, height: float) -> dict[str, QRectF]:
    """Return the box of every gland in an area: a main column, and where the axis has them one to either side.

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
    right = ASIDE if any(gland.column > 0 for gland in glands) else 0.0
    left = ASIDE if any(gland.column < 0 for gland in glands) else 0.0
    lane = px(FEEDBACK_LANE + 16) if not left else px(FEEDBACK_LANE)
    margin = px(OUTSIDE + 3 * LANE_STEP)
    apart = (px(BETWEEN) if right else 0) + lane
    wide = min(px(BOX_W), (width - apart - margin - (px(12) if left else 0)) / (1.0 + left + right))
    spare = (width - apart - margin - wide * (1.0 + left + right)) / 2
    main = (wide * left + px(12) if left else 0.0) + lane + max(spare, 0.0)
    foot = px(FOOT)
    gap = max(px(MIN_GAP), (height - px(24) - foot - rows * px(BOX_H)) / max(rows, 1))
    gap = min(gap, px(120))
    high = min(px(BOX_H), (height - px(24) - foot - rows * gap) / rows)
    found = {}
    for gland in glands:
        x = main
        if gland.column > 0:
            x = main + wide + px(BETWEEN)
        elif gland.column < 0:
            x = main - lane - wide * ASIDE
        found[gland.id] = QRectF(x, px(12) + gland.row * (high + gap), wide * (ASIDE if gland.column else 1.0), high)
    return found


def routes_of(axis: Axis, boxes: Mapping[str, QRectF], px: Px) -> dict[str, Route]:
    """Return the corners of every arrow, from source to target; what is given comes from the right, below."""
    found: dict[str, Route] = {}
    ranks = {"left": 0, "right": 0}
    for arrow in axis.arrows:
        if arrow.source == "given" and arrow.target in boxes:
            found[arrow.id] = _given(boxes[arrow.target], boxes, px)
        elif arrow.source in boxes and arrow.target in boxes:
            source, target = boxes[arrow.source], boxes[arrow.target]
            if arrow.lane < 0:
                found[arrow.id] = _left_lane(source, target, px, ranks["left"])
                ranks["left"] += 1
            elif arrow.lane > 0:
                blocked = any(_stands_over(box, source, target) for box in boxes.values())
                found[arrow.id] = _right_lane(source, target, px, ranks["right"], around=blocked)
                ranks["right"] += 1
            else:
                found[arrow.id] = _flow(source, target, px)
    return found


def _given(target: QRectF, boxes: Mapping[str, QRectF], px: Px) -> Route:
    """Return the way of what is given: from below, from the right where boxes lie below, else from below at the left.

    It begins where the words of what is given stand.
    """
    below = any(box.top() > target.bottom() and _over(box, target.center().x()) for box in boxes.values())
    if not below:
        x, y = target.center().x() - target.width() * 0.2, target.bottom() + px(42)
        return [QPointF(x + px(60), y), QPointF(x, y), QPointF(x, target.bottom())]
    level = target.center().y()
    if not any(box.left() > target.right() and box.top() < level < box.bottom() for box in boxes.values()):
        return [QPointF(target.right() + px(40), level), QPointF(target.right() + px(20), level),
                QPointF(target.right(), level)]  # fmt: skip
    x, y = target.left() - px(16), max(box.bottom() for box in boxes.values()) + px(42)
    level = target.bottom() - px(14)
    return [QPointF(x + px(60), y), QPointF(x, y), QPointF(x, level), QPointF(target.left(), level)]


def _over(box: QRectF, x: float) -> bool:
    return box.left() < x < box.right()


def _left_lane(source: QRectF, target: QRectF, px: Px, rank: int) -> Route:
    """Return a line that leaves the main column at its left, rises, and comes back into the target."""
    x = min(source.left(), target.left()) - px(FEEDBACK_LANE - LANE_STEP * rank)
    level = target.center().y() + px(LANE_STEP) * (rank - 0.5)
    start = source.center().y() + px(LANE_STEP) * (0.5 - rank)
    return [QPointF(source.left(), start), QPointF(x, start), QPointF(x, level), QPointF(target.left() - 7, level)]


def _right_lane(source: QRectF, target: QRectF, px: Px, rank: int, *, around: bool) -> Route:
    """Return a line into the right side of the target: straight up from a box beside, or around what is over it."""
    level = target.top() + target.height() * 0.28 + px(LANE_STEP) * (rank % 2)
    same_column = abs(source.center().x() - target.center().x()) < source.width() * 0.3
    if not around and not same_column:
        x = source.center().x() + px(2 * LANE_STEP) * rank
        return [QPointF(x, source.top()), QPointF(x, level), QPointF(target.right() + 7, level)]
    x = source.right() + px(OUTSIDE + LANE_STEP * rank)
    start = source.center().y()
    return [QPointF(source.right(), start), QPointF(x, start), QPointF(x, level), QPointF(target.right() + 7, level)]


def _stands_over(box: QRectF, source: QRectF, target: QRectF) -> bool:
    """Return whether a box lies in the way straight up from a source to the level of a target."""
    return _over(box, source.center().x()) and target.center().y() < box.center().y() < source.top()


def _flow(source: QRectF, target: QRectF, px: Px) -> Route:
    """Return a straight line where the boxes stand under or beside each other, else one with a corner or two."""
    if abs(source.center().x() - target.center().x()) < source.width() * 0.3:
        down = target.top() > source.top()
        ends = (source.bottom(), target.top()) if down else (source.top(), target.bottom())
        return [QPointF(source.center().x(), ends[0]), QPointF(source.center().x(), ends[1])]
    rightward = target.center().x() > source.center().x()
    if abs(source.center().y() - target.center().y()) < source.height() * 0.5:
        y = source.center().y()
        sides = (source.right(), target.left()) if rightward else (source.left(), target.right())
        return [QPointF(sides[0], y), QPointF(sides[1], y)]
    if rightward:
        y, x = source.top() + source.height() * 0.72, target.center().x() + target.width() * 0.2
        return [QPointF(source.right(), y), QPointF(x, y), QPointF(x, target.top())]
    first, last = source.left() + source.width() * 0.3, target.right() - target.width() * 0.12
    y = target.top() - px(MIN_GAP) / 2
    return [QPointF(first, source.bottom()), QPointF(first, y), QPointF(last, y), QPointF(last, target.top())]


def is_upright(route: Route) -> bool:
    """Return whether an arrow is one straight line that runs down rather than across."""
    return len(route) == 2 and abs(route[-1].y() - route[0].y()) > abs(route[-1].x() - route[0].x())


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
