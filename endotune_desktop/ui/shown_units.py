"""The unit that a marker is shown in, as it is written on screen, and what divides canonical values into it."""

from __future__ import annotations

from endotune_desktop.clinic.analytes import ANALYTES
from endotune_desktop.clinic.units import UnitSystem
from endotune_desktop.physiology.axis import Marker

NO_UNIT = ("", "1", "-")


def unit_written(unit: str) -> str:
    """Return a unit as it is written: ``µmol/L`` for ``umol/L``, nothing for a bare number."""
    if unit in NO_UNIT:
        return ""
    return f"µ{unit[1:]}" if unit.startswith(("ug", "umol", "uIU")) else unit


def marker_unit(marker: Marker, system: UnitSystem) -> tuple[str, float]:
    """Return the unit a marker is shown in, and what divides canonical values into it."""
    return analyte_unit(marker.analyte, marker.unit, system)


def analyte_unit(analyte_id: str, own: str, system: UnitSystem) -> tuple[str, float]:
    """Return the unit an analyte is shown in and what divides canonical values; `own` where there is no analyte."""
    analyte = ANALYTES.get(analyte_id)
    if analyte is None:
        return unit_written(own), 1.0
    unit = analyte.shown_in(system)
    return unit_written(unit.id), unit.factor
