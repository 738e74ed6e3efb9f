"""Every axis that this program knows, by id."""

from __future__ import annotations

from endotune_desktop.clinic.errors import InputRefused
from endotune_desktop.physiology.axis import Axis
from endotune_desktop.physiology.hpg_female import HPG_FEMALE
from endotune_desktop.physiology.hpt import HPT

AXES: dict[str, Axis] = {axis.id: axis for axis in (HPT, HPG_FEMALE)}


def axis(axis_id: str, where: str = "axis") -> Axis:
    """Return the axis with that id.

    Raises
    ------
    InputRefused
        If there is none.
    """
    try:
        return AXES[axis_id]
    except KeyError:
        raise InputRefused(f"unknown axis '{axis_id}'", where, ", ".join(AXES)) from None
