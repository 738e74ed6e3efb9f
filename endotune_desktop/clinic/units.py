"""Units are a type, not a label: every amount knows its kind, and only like kinds convert."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from endotune_desktop.clinic.errors import InputRefused


class UnitSystem(StrEnum):
    """How results are shown: SI (molar) or conventional (mass)."""

    SI = "si"
    CONVENTIONAL = "conventional"


@dataclass(frozen=True, slots=True)
class DoseUnit:
    """A unit in which doses are ordered.

    Attributes
    ----------
    id : str
        As in files: ``ug``, ``mg``, ``g``, ``IU``, ``ug/d``, ``mg/h``.
    kind : str
        ``mass``, ``activity`` or ``release``; only units of one kind convert.
    factor : float
        Multiplies an amount into the first unit of the kind (ug, IU, ug/h).
    shown : str
        As on screen.
    """

    id: str
    kind: str
    factor: float
    shown: str


DOSE_UNITS: dict[str, DoseUnit] = {
    unit.id: unit
    for unit in (
        DoseUnit("ug", "mass", 1.0, "µg"),
        DoseUnit("mg", "mass", 1e3, "mg"),
        DoseUnit("g", "mass", 1e6, "g"),
        DoseUnit("IU", "activity", 1.0, "IU"),
        DoseUnit("ug/d", "release", 1.0 / 24.0, "µg/d"),
        DoseUnit("mg/h", "release", 1e3, "mg/h"),
    )
}


def dose_unit(unit_id: str, where: str = "unit") -> DoseUnit:
    """Return the dose unit with that id.

    Raises
    ------
    InputRefused
        If there is no such unit.
    """
    try:
        return DOSE_UNITS[unit_id]
    except KeyError:
        raise InputRefused(f"unknown dose unit '{unit_id}'", where, ", ".join(DOSE_UNITS)) from None


def convert_dose(amount: float, from_unit: str, to_unit: str, where: str = "unit") -> float:
    """Return `amount` in `to_unit`.

    Raises
    ------
    InputRefused
        If a unit is unknown or the two are of different kinds.
    """
    source, target = dose_unit(from_unit, where), dose_unit(to_unit, where)
    if source.kind != target.kind:
        fitting = ", ".join(unit.id for unit in DOSE_UNITS.values() if unit.kind == target.kind)
        raise InputRefused(f"'{from_unit}' does not measure what '{to_unit}' measures", where, fitting)
    return amount if source == target else amount * source.factor / target.factor
