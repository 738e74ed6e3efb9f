"""What a patient's labs may move on an axis, beside the parameters that always take part."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Fitting:
    """How an axis is fitted to a person (tuning.md 1.1 and 1.2).

    Attributes
    ----------
    when_measured : mapping of str to tuple of str
        Parameter id to the markers of which one must have been measured before it is moved.
    when_given : mapping of str to tuple of str
        Parameter id to the agents of which one must have been given before it is moved.
    severities : mapping of str to float
        Id of a parameter that lesions change to the log-normal spread of what they leave of it: a lesion whose first
        change is of that parameter is fitted by its severity.
    recent_intake : mapping of str to (days, spread)
        Agent id to how many days before a sample count as recent, and the log-normal spread of what was taken then;
        the empty id holds for every other agent that is given at home.
    replaces : mapping of str to tuple of str
        Parameter id of `severities` to the parameters that are not moved beside it: both would say the same.
    clocks : mapping of str to float
        Parameters that are clock times, with the standard deviation between persons, hours: they are moved by adding.
    cycle_day_spread_h : float
        Standard deviation of the day of the cycle of the samples where no record tells it; 0 on an axis without.
    """

    when_measured: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    when_given: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    severities: Mapping[str, float] = field(default_factory=dict)
    recent_intake: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    replaces: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    clocks: Mapping[str, float] = field(default_factory=dict)
    cycle_day_spread_h: float = 0.0


NO_FITTING = Fitting()
