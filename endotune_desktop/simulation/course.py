"""What a simulation returns: markers over time, and enough to go on from any of its points."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]


class DoseTick(NamedTuple):
    """One dose as it was given.

    Attributes
    ----------
    time_h : float
    agent : str
    amount : float
        In the agent's unit, after adherence.
    duration_h : float
        0 for a bolus.
    """

    time_h: float
    agent: str
    amount: float
    duration_h: float


@dataclass(frozen=True)
class Remark:
    """Where a course leaves what was compared with people.

    Attributes
    ----------
    subject : str
        Marker or agent id, empty for the person.
    from_h : float
        First time outside, hours from midnight of day 0.
    sentence : str
    """

    subject: str
    from_h: float
    sentence: str


@dataclass(frozen=True)
class Course:
    """A simulated course.

    Attributes
    ----------
    axis_id : str
    time_h : array, shape (n,)
        Ascending; at a dose the value after it.
    markers : dict of str to array, shape (n,)
        Every marker of the axis, canonical unit.
    states : array, shape (n, n_states)
        In the order of the declaration.
    doses : tuple of DoseTick
    remarks : tuple of Remark
    steps : int
        Accepted integration steps.
    rhs_calls : int
    """

    axis_id: str
    time_h: FloatArray
    markers: dict[str, FloatArray]
    states: FloatArray
    doses: tuple[DoseTick, ...]
    remarks: tuple[Remark, ...]
    steps: int
    rhs_calls: int
