"""Words beside points: each takes the first place about its point that is free, or is left out."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF


@dataclass(frozen=True)
class Label:
    """Words for a point.

    Attributes
    ----------
    at : QPointF
        The point, pixels.
    words : str
    colour : str
        By role.
    weight : int
    """

    at: QPointF
    words: str
    colour: str
    weight: int = 400


def place(
    wanted: list[tuple[Label, QSizeF]], area: QRectF, taken: list[QRectF], gap: float
) -> list[tuple[Label, QRectF]]:
    """Return which labels are written, and where.

    Parameters
    ----------
    wanted : list of (Label, QSizeF)
        The most important first, with the size of the words.
    area : QRectF
        No label leaves it.
    taken : list of QRectF
        What must not be covered, such as the points themselves.
    gap : float
        Between a point and its words.

    Returns
    -------
    list of (Label, QRectF)
        Boxes overlap neither each other nor what is taken.
    """
    found: list[tuple[Label, QRectF]] = []
    full = list(taken)
    for label, size in wanted:
        for box in _places(label.at, size, gap):
            if area.contains(box) and not any(box.intersects(other) for other in full):
                found.append((label, box))
                full.append(box)
                break
    return found


def _places(at: QPointF, size: QSizeF, gap: float) -> list[QRectF]:
    """Return the places about a point: at the right, left, above, below, then the corners."""
    wide, high = size.width(), size.height()
    right, left, middle = at.x() + gap, at.x() - gap - wide, at.x() - wide / 2
    above, below, level = at.y() - gap - high, at.y() + gap, at.y() - high / 2
    corners = ((right, level), (left, level), (middle, above), (middle, below),
               (right, above), (right, below), (left, above), (left, below))  # fmt: skip
    return [QRectF(x, y, wide, high) for x, y in corners]
