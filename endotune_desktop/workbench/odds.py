"""In range or not: of one course, and of how many drawn persons."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
Limits = Mapping[str, tuple[float | None, float | None]]
"""Lower and upper end of the range of every target, by marker id, canonical unit; None is open."""


def all_in_range(values: Mapping[str, float], limits: Limits) -> bool:
    """Return whether every target is in its range; a value that is not known counts as outside.

    Parameters
    ----------
    values : mapping of str to float
        By marker id, canonical unit.
    limits : mapping
    """
    return all(_inside(np.array([values.get(marker, np.nan)]), ends)[0] for marker, ends in limits.items())


def share_in_range(members: Mapping[str, FloatArray], limits: Limits) -> float | None:
    """Return the share of drawn persons who are in range on every target at once; None when nobody was drawn.

    Parameters
    ----------
    members : mapping of str to array, shape (members,)
        By marker id, canonical unit; nan for a person without an answer, who is left out.
    limits : mapping
    """
    known = [members[marker] for marker in limits if marker in members]
    if not known or len(known) < len(limits):
        return None
    answered = np.isfinite(np.stack(known)).all(axis=0)
    if not answered.any():
        return None
    inside = np.logical_and.reduce([_inside(members[marker], ends) for marker, ends in limits.items()])
    return float(inside[answered].mean())


def _inside(values: FloatArray, ends: tuple[float | None, float | None]) -> npt.NDArray[np.bool_]:
    low, high = ends
    inside = np.isfinite(values)
    if low is not None:
        inside &= values >= low
    if high is not None:
        inside &= values <= high
    return inside
