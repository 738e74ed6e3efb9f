"""Every axis that this program knows, by id; each is declared when it is first asked for.

A start that needs one axis must not wait for the declarations of all the others: what a list or a chooser says of an
axis stands on its card, and the declaration is loaded when the axis is shown.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module

from endotune_desktop.clinic.errors import InputRefused
from endotune_desktop.clinic.person import Sex
from endotune_desktop.physiology.axis import Axis


@dataclass(frozen=True, slots=True)
class AxisCard:
    """What a list says of an axis, as its declaration does, without loading the declaration.

    Attributes
    ----------
    id, title : str
    sexes : tuple of Sex
        Whom it fits.
    lead_analyte : str
        Analyte of its lead marker.
    """

    id: str
    title: str
    sexes: tuple[Sex, ...]
    lead_analyte: str


_ANY = (Sex.FEMALE, Sex.MALE)
_CARDS = {
    card.id: card
    for card in (
        AxisCard("hpt", "Thyroid", _ANY, "tsh"),
        AxisCard("hpa", "Adrenal", _ANY, "cortisol"),
        AxisCard("hpg_male", "Male gonadal", (Sex.MALE,), "testosterone"),
        AxisCard("hpg_female", "Ovary", (Sex.FEMALE,), "estradiol"),
        AxisCard("gh_igf1", "Somatotropic", _ANY, "igf1"),
        AxisCard("prolactin", "Prolactin", _ANY, "prolactin"),
        AxisCard("calcium", "Calcium", _ANY, "calcium"),
    )
}

AXIS_IDS = tuple(_CARDS)
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


def card_of(declared: Axis) -> AxisCard:
    """Return what a list says of a declared axis."""
    lead = declared.marker(declared.lead_marker)
    return AxisCard(declared.id, declared.title, declared.sexes, lead.analyte)


def cards() -> dict[str, AxisCard]:
    """Return the cards of all axes by id, in the order of `AXIS_IDS`; no declaration is loaded for one that has one."""
    return {axis_id: _CARDS.get(axis_id) or card_of(AXES[axis_id]) for axis_id in AXIS_IDS}


def loaded_first() -> Iterator[Axis]:
    """Yield every axis, those whose declarations are loaded already in front of the others."""
    loaded = [axis_id for axis_id in AXIS_IDS if f"endotune_desktop.physiology.{axis_id}" in sys.modules]
    for axis_id in dict.fromkeys((*loaded, *AXIS_IDS)):
        yield AXES[axis_id]


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
