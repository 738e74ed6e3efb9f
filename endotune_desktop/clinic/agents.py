"""What is given: agents and the preparations that pharmacies sell."""

from __future__ import annotations

from dataclasses import dataclass


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
    """

    id: str
    title: str
    aliases: tuple[str, ...]
    unit: str
    dose_high: float


ALL_MARKETS = "all"
"""Among a preparation's markets: sold everywhere."""

MARKETS = ("EU", "UK", "US")
"""Markets whose strengths can be chosen."""
