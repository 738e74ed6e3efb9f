"""What is given: agents and the preparations that pharmacies sell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from endotune_desktop.clinic.units import DOSE_UNITS, convert_dose


@dataclass(frozen=True, slots=True)
class Preparation:
    """One form in which an agent is sold.

    Attributes
    ----------
    id : str
        In files; empty for the plain form of the route.
    title : str
        On screen: "oral tablet", "slow-release capsule".
    strengths : tuple of float
        Amounts of one unit of sale, ascending, in `unit`.
    unit : str
        Dose unit of `strengths`.
    smallest_part : float
        Smallest fraction of one piece that can be taken (1, 0.5, 0.25); 0 means any amount.
    markets : tuple of str
        Where it is sold.
    source : str
        Where the strengths were read; "[mem]" when recalled.
    """

    id: str
    title: str
    strengths: tuple[float, ...]
    unit: str
    smallest_part: float
    markets: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Agent:
    """A hormone or a drug that acts on an axis.

    Attributes
    ----------
    id : str
        International Nonproprietary Name, snake case.
    title : str
        On screen.
    aliases : tuple of str
        Other accepted names (US names, abbreviations).
    unit : str
        Dose unit in which the axis takes it.
    dose_high : float
        Largest single dose that is accepted, in `unit`; the lowest is 0.
    other_units : mapping of str to float
        Units of another kind that are accepted too, and how many `unit` one of them is (40 IU in a ug of vitamin D).
    """

    id: str
    title: str
    aliases: tuple[str, ...]
    unit: str
    dose_high: float
    other_units: Mapping[str, float] = field(default_factory=dict)

    @property
    def units(self) -> tuple[str, ...]:
        """Return the ids of all dose units that are accepted: those of the agent's kind, its own first, then others."""
        kind = DOSE_UNITS[self.unit].kind
        alike = (unit.id for unit in DOSE_UNITS.values() if unit.kind == kind)
        return tuple(dict.fromkeys((self.unit, *alike, *self.other_units)))

    def converted(self, amount: float, unit: str, to_unit: str, where: str = "unit") -> float:
        """Return a dose in another of the agent's units; as `in_own_unit`."""
        if unit == to_unit:
            return amount
        return self.from_own_unit(self.in_own_unit(amount, unit, where), to_unit, where)

    def in_own_unit(self, amount: float, unit: str, where: str = "unit") -> float:
        """Return a dose in the agent's unit.

        Parameters
        ----------
        amount : float
            In `unit`.
        unit : str
        where : str

        Raises
        ------
        InputRefused
            If the unit is unknown or measures something else.
        """
        if unit in self.other_units:
            return amount * self.other_units[unit]
        return convert_dose(amount, unit, self.unit, where)

    def from_own_unit(self, amount: float, unit: str, where: str = "unit") -> float:
        """Return a dose that is given in the agent's unit in another one; as `in_own_unit`."""
        if unit in self.other_units:
            return amount / self.other_units[unit]
        return convert_dose(amount, self.unit, unit, where)


ALL_MARKETS = "all"
"""Among a preparation's markets: sold everywhere."""

MARKETS = ("EU", "UK", "US")
"""Markets whose strengths can be chosen."""
