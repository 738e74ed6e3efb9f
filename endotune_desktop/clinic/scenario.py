"""A scenario: one person, one axis, what is wrong with it and what is given. What a scenario file holds."""

from __future__ import annotations

from dataclasses import dataclass, field

from endotune_desktop.clinic.person import Person

LONG_STANDING = "long_standing"
NEW = "new"


@dataclass(frozen=True, slots=True)
class LesionState:
    """A lesion and how far it goes.

    Attributes
    ----------
    lesion : str
        Lesion id of the axis.
    severity : float
        0 healthy to 1 the full form.
    onset : str or float
        ``"long_standing"``, ``"new"`` (from time 0) or the hour at which it starts.
    """

    lesion: str
    severity: float
    onset: str | float = LONG_STANDING


@dataclass(frozen=True, slots=True)
class DoseOrder:
    """One line of a regimen: an agent at clock times on every n-th day.

    Attributes
    ----------
    agent, route : str
    dose : float
        One single dose, in `unit`.
    unit : str
        Dose unit id.
    clock_times : tuple of str
        ``HH:MM``, ascending.
    every_days : int
        1 daily, 2 alternate days, 7 weekly.
    start_day : int
        First day on which it is given.
    stop_day : int or None
        Given until before this day; None goes on.
    preparation : str or None
        Preparation id; None is the plain form of the route.
    duration_h : float or None
        Given as a constant-rate input over that many hours.
    fraction_taken : float
        Adherence, 0..1: the mean share of each dose that is swallowed.
    missed_days : tuple of int
        Days on which nothing is taken.
    """

    agent: str
    route: str
    dose: float
    unit: str
    clock_times: tuple[str, ...]
    every_days: int = 1
    start_day: int = 0
    stop_day: int | None = None
    preparation: str | None = None
    duration_h: float | None = None
    fraction_taken: float = 1.0
    missed_days: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class SingleDose:
    """One dose at one time (a test, a rescue).

    Attributes
    ----------
    time_h : float
        Hours from midnight of day 0.
    agent, route, dose, unit, preparation, duration_h, fraction_taken
        As in `DoseOrder`.
    """

    agent: str
    route: str
    dose: float
    unit: str
    time_h: float
    preparation: str | None = None
    duration_h: float | None = None
    fraction_taken: float = 1.0


@dataclass(frozen=True, slots=True)
class Scenario:
    """Everything that a simulation needs and nothing that names a patient.

    Attributes
    ----------
    axis : str
        Axis id.
    person : Person
    parameters : dict of str to float
        Values that differ from the typical person, in the model's own units.
    lesions : tuple of LesionState
    regimen_before : tuple of DoseOrder
        Taken so long that the axis is at its periodic steady state at time 0.
    regimen : tuple of DoseOrder
    events : tuple of SingleDose
    duration_days : float
    output_step_h : float
    pulses : bool
    seed : int
    """

    axis: str
    person: Person
    parameters: dict[str, float] = field(default_factory=dict)
    lesions: tuple[LesionState, ...] = ()
    regimen_before: tuple[DoseOrder, ...] = ()
    regimen: tuple[DoseOrder, ...] = ()
    events: tuple[SingleDose, ...] = ()
    duration_days: float = 60.0
    output_step_h: float = 1.0
    pulses: bool = False
    seed: int = 1


def clock_hours(clock: str) -> float:
    """Return ``HH:MM`` as hours after midnight; the text must be well formed (see `entry.clock_time`)."""
    hours, minutes = clock.split(":")
    return int(hours) + int(minutes) / 60.0
