"""Every axis that this program knows, by id."""

from __future__ import annotations

from endotune_desktop.clinic.errors import InputRefused
from endotune_desktop.physiology.axis import Axis
from endotune_desktop.physiology.calcium import CALCIUM
from endotune_desktop.physiology.gh_igf1 import GH_IGF1
from endotune_desktop.physiology.hpa import HPA
from endotune_desktop.physiology.hpg_female import HPG_FEMALE
from endotune_desktop.physiology.hpg_male import HPG_MALE
from endotune_desktop.physiology.hpt import HPT
from endotune_desktop.physiology.prolactin import PROLACTIN

_AXES = (HPT, HPA, HPG_MALE, HPG_FEMALE, GH_IGF1, PROLACTIN, CALCIUM)
AXES: dict[str, Axis] = {axis.id: axis for axis in _AXES}


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
