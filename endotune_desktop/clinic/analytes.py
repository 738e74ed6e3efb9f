"""What a laboratory measures: analytes, their units and the factors between them."""

from __future__ import annotations

from dataclasses import dataclass

from endotune_desktop.clinic.errors import InputRefused
from endotune_desktop.clinic.units import UnitSystem


@dataclass(frozen=True, slots=True)
class ReportUnit:
    """A unit in which laboratories report an analyte.

    Attributes
    ----------
    id : str
        As written on the sheet: ``pmol/L``, ``ng/dL``.
    factor : float
        Multiplies a reported value into the analyte's canonical unit.
    system : UnitSystem
        Where the unit is at home.
    loinc : str
        LOINC code of the analyte in this unit, empty when none is known.
    loinc_verified : bool
        Whether that code was seen in use; an unverified one never matches on its own.
    """

    id: str
    factor: float
    system: UnitSystem
    loinc: str = ""
    loinc_verified: bool = False


@dataclass(frozen=True, slots=True)
class Analyte:
    """A measured quantity.

    Attributes
    ----------
    id : str
        Marker id in files: ``tsh``, ``ft4``.
    title : str
        On screen: "TSH", "Free T4".
    spoken : str
        Spelled out, for screen readers and reports.
    units : tuple of ReportUnit
        The first one is canonical (factor 1).
    accepted_low, accepted_high : float
        Results outside are refused as typing errors, canonical unit.
    reference_low, reference_high : float or None
        Adult reference range when the laboratory gave none, canonical unit.
    assay_cv : float
        Analytical coefficient of variation, as a fraction.
    reference_source : str
        Where the range was read.
    """

    id: str
    title: str
    spoken: str
    units: tuple[ReportUnit, ...]
    accepted_low: float
    accepted_high: float
    reference_low: float | None
    reference_high: float | None
    assay_cv: float
    reference_source: str

    @property
    def canonical_unit(self) -> str:
        """Return the unit in which values are stored and simulated."""
        return self.units[0].id

    def unit(self, unit_id: str, where: str = "unit") -> ReportUnit:
        """Return the report unit with that id.

        Raises
        ------
        InputRefused
            If no laboratory reports this analyte so.
        """
        for unit in self.units:
            if unit.id == unit_id:
                return unit
        accepted = ", ".join(unit.id for unit in self.units)
        raise InputRefused(f"'{unit_id}' is no unit of {self.title}", where, accepted)

    def shown_in(self, system: UnitSystem) -> ReportUnit:
        """Return the unit for a window set to `system`; the canonical one where that system has none."""
        return next((unit for unit in self.units if unit.system is system), self.units[0])


_SI, _CONVENTIONAL = UnitSystem.SI, UnitSystem.CONVENTIONAL
_HPT = "hpt.md section 14 (SimThyr source block; ATA 2014, NHANES III for TSH)"

ANALYTES: dict[str, Analyte] = {
    analyte.id: analyte
    for analyte in (
        Analyte(
            "tsh", "TSH", "thyroid stimulating hormone",
            (
                ReportUnit("mIU/L", 1.0, _SI, "3016-3", True),
                ReportUnit("µIU/mL", 1.0, _CONVENTIONAL, "3016-3", True),
                ReportUnit("mU/L", 1.0, _SI, "3016-3", True),
            ),
            0.0, 1000.0, 0.4, 4.0, 0.05, _HPT,
        ),
        Analyte(
            "ft4", "Free T4", "free thyroxine",
            (
                ReportUnit("pmol/L", 1.0, _SI, "14920-3", False),
                ReportUnit("ng/dL", 12.872, _CONVENTIONAL, "3024-7", True),
                ReportUnit("ng/L", 1.2872, _CONVENTIONAL, "3024-7", True),
            ),
            0.2, 150.0, 10.0, 23.0, 0.05, _HPT,
        ),
        Analyte(
            "ft3", "Free T3", "free triiodothyronine",
            (
                ReportUnit("pmol/L", 1.0, _SI, "14928-6", False),
                ReportUnit("pg/mL", 1.5362, _CONVENTIONAL, "3051-0", True),
                ReportUnit("ng/dL", 15.362, _CONVENTIONAL, "3051-0", True),
            ),
            0.2, 60.0, 3.5, 6.5, 0.06, _HPT,
        ),
        Analyte(
            "tt4", "Total T4", "total thyroxine",
            (
                ReportUnit("nmol/L", 1.0, _SI, "14921-1", False),
                ReportUnit("µg/dL", 12.872, _CONVENTIONAL, "3026-2", True),
            ),
            1.0, 600.0, 58.0, 154.0, 0.05, _HPT,
        ),
        Analyte(
            "tt3", "Total T3", "total triiodothyronine",
            (
                ReportUnit("nmol/L", 1.0, _SI, "14930-2", False),
                ReportUnit("ng/dL", 0.015362, _CONVENTIONAL, "3053-6", True),
                ReportUnit("µg/L", 1.5362, _CONVENTIONAL, "3053-6", True),
            ),
            0.05, 20.0, 1.23, 2.77, 0.06, _HPT,
        ),
    )
}  # fmt: skip


def analyte(analyte_id: str, where: str = "analyte") -> Analyte:
    """Return the analyte with that id.

    Raises
    ------
    InputRefused
        If it is not known.
    """
    try:
        return ANALYTES[analyte_id]
    except KeyError:
        raise InputRefused(f"unknown analyte '{analyte_id}'", where, ", ".join(ANALYTES)) from None
