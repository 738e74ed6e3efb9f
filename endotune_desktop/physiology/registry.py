"""Every axis that this program knows, by id; each is declared when it is first asked for.

A start that needs one axis must not wait for the declarations of all the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module

from endotune_desktop.clinic.errors import InputRefused
from endotune_desktop.physiology.axis import Axis

AXIS_IDS = ("hpt", "hpa", "hpg_male", "hpg_female", "gh_igf1", "prolactin", "calcium")
"""The package of each axis has its id for a name and holds the declaration under the same in capitals."""


class _Axes(Mapping[str, Axis]):
    """The axes by id, in the order of `AXIS_IDS`."""

    def __getitem__(self, axis_id: str) -> Axis:
        if axis_id not in AXIS_IDS:
            raise KeyError(axis_id)
        found: Axis = getattr(import_module(f"endotune_desktop.physiology.{axis_id}"), axis_id.upper())
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(AXIS_IDS)

    def __len__(self) -> int:
        return len(AXIS_IDS)

    def __contains__(self, axis_id: object) -> bool:
        return axis_id in AXIS_IDS


AXES: Mapping[str, Axis] = _Axes()


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
