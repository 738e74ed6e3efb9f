"""What a laboratory measures: an analyte, its units, the factors between them and its reference ranges."""

from __future__ import annotations

from dataclasses import dataclass

from endotune_desktop.clinic.errors import InputRefused
from endotune_desktop.clinic.person import Sex
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
class ReferenceRange:
    """An adult reference range, and for whom and when it holds.

    Attributes
    ----------
    low, high : float or None
        Canonical unit; None where the range is open.
    sex : Sex or None
        None for both.
    age_low, age_high : float
        Years, from and until before.
    phase : str
        Phase id of a cycling axis, empty for any.
    clock_from_h, clock_to_h : float
        Hours of the day between which it holds; a range over midnight has ``from`` above ``to``.
    words : str
        What to show beside it: "luteal phase", "08:00".
    source : str
    """

    low: float | None
    high: float | None
    sex: Sex | None = None
    age_low: float = 0.0
    age_high: float = 200.0
    phase: str = ""
    clock_from_h: float = 0.0
    clock_to_h: float = 24.0
    words: str = ""
    source: str = ""

    def holds_for(self, sex: Sex, age_years: float, phase: str, clock_h: float | None) -> bool:
        """Return whether the range is for such a person at such a time.

        Parameters
        ----------
        sex : Sex
        age_years : float
        phase : str
            Empty when the phase of the cycle is not known.
        clock_h : float or None
            None when the clock time of the sample is not known.
        """
        if self.sex not in (None, sex) or not self.age_low <= age_years < self.age_high:
            return False
        if self.phase not in ("", phase):
            return False
        whole_day = self.clock_from_h == 0.0 and self.clock_to_h == 24.0
        if clock_h is None or whole_day:
            return whole_day
        if self.clock_from_h <= self.clock_to_h:
            return self.clock_from_h <= clock_h < self.clock_to_h
        return clock_h >= self.clock_from_h or clock_h < self.clock_to_h


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
    ranges : tuple of ReferenceRange
        Ranges by sex, age, phase of the cycle and clock time, the narrowest first; empty when one range serves all.
    short : str
        For a narrow column: "FT4"; empty when the title is short enough.
    decimals : int or None
        Decimals of the canonical unit on screen, None where `figures` decide.
    figures : int
        Significant figures on screen.
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
    ranges: tuple[ReferenceRange, ...] = ()
    short: str = ""
    decimals: int | None = None
    figures: int = 3

    @property
    def brief(self) -> str:
        """Return the title for a narrow column."""
        return self.short or self.title

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

    def range_for(
        self, sex: Sex, age_years: float, phase: str = "", clock_h: float | None = None
    ) -> ReferenceRange | None:
        """Return the first range that holds for a person at a time, else the general one, None where none is known.

        Parameters
        ----------
        sex : Sex
        age_years : float
        phase : str
            Phase id of a cycle, empty when not known.
        clock_h : float or None
            Clock time of the sample, None when not known.
        """
        for entry in self.ranges:
            if entry.holds_for(sex, age_years, phase, clock_h):
                return entry
        if self.reference_low is None and self.reference_high is None:
            return None
        return ReferenceRange(self.reference_low, self.reference_high, source=self.reference_source)
