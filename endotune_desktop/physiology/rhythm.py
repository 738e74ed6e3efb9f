"""How an axis runs by itself: where a course begins, its pulses, and its cycle."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Begins(StrEnum):
    """Where a course starts when the scenario says nothing else."""

    PERIODIC = "periodic"
    SETTLED = "settled"
    CYCLE = "cycle"


@dataclass(frozen=True, slots=True)
class Start:
    """How the state at time 0 is found for what was wrong and taken all along.

    Attributes
    ----------
    kind : Begins
        ``periodic``: the state that one period of clock and dosing calendar brings back to itself. ``settled``: the
        fixed point with `held` parameters, then followed for `follow_h` with the person's own. ``cycle``: the declared
        initial state is followed for `follow_h`; when `cycle_state` falls through `cycle_below` within the last
        `look_back_h`, the state at the last such moment is the start (day 0 of a cycle), else the final state.
    held : mapping of str to float
        Parameters set while the fixed point or the orbit is sought (a rhythm switched off, a tumour that stands still).
    follow_h : float
    cycle_state : str
        State id.
    cycle_below : float
    look_back_h : float
    source : str
    """

    kind: Begins = Begins.PERIODIC
    held: Mapping[str, float] = field(default_factory=dict)
    follow_h: float = 0.0
    cycle_state: str = ""
    cycle_below: float = 0.0
    look_back_h: float = 0.0
    source: str = ""


PERIODIC = Start()


@dataclass(frozen=True, slots=True)
class PulseChain:
    """A second stage of the same time constant behind the state that pulses enter: a pulse rises before it falls.

    An amount m that enters the first stage leaves ``m (x/tau) exp(-x/tau)`` in the second one after a time x.

    Attributes
    ----------
    state : str
        The second stage.
    tau_h : float
        Time constant of both stages; pulses before time 0 are brought forward with it.
    """

    state: str
    tau_h: float


@dataclass(frozen=True, slots=True)
class PulseTrain:
    """A seeded pulse generator: log-normal amplitudes at gamma-distributed intervals into one state.

    Attributes
    ----------
    state : str
    mean_interval_h : float
    interval_cv : float
    mean_amount : float
        State units a pulse.
    amount_cv : float
    source : str
    lead_in_h : float
        How long before time 0 the train begins; wants a `chain`, whose stages then start with what is left of it.
    times_first : bool
        Whether all times are drawn before all amounts; otherwise interval, amount, interval, amount ...
    chain : PulseChain or None
    holds : mapping of str to float
        Parameters set while pulses are drawn, unless the scenario names them.
    """

    state: str
    mean_interval_h: float
    interval_cv: float
    mean_amount: float
    amount_cv: float
    source: str
    lead_in_h: float = 0.0
    times_first: bool = False
    chain: PulseChain | None = None
    holds: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PacedPulses:
    """A seeded pulse generator whose pace and pulse size follow the axis: Weibull intervals, log-normal sizes.

    Attributes
    ----------
    state : str
        State that jumps at a pulse.
    frequency_marker : str
        Marker that gives the mean number of pulses a day, read at each pulse for the interval to the next.
    size_marker : str
        Marker that gives the mean size of a pulse, state units, read at each pulse.
    stream : str
        Parameter that is 1 while the axis secretes as a stream; a run with pulses sets it to 0.
    shape : float
        Of the Weibull distribution of intervals.
    size_spread : float
        Standard deviation of the logarithm of the sizes.
    source : str
    """

    state: str
    frequency_marker: str
    size_marker: str
    stream: str
    shape: float
    size_spread: float
    source: str


@dataclass(frozen=True, slots=True)
class Phase:
    """A stretch of a cycle, for bands behind the curves and for reference ranges.

    Attributes
    ----------
    id, title : str
        ``early_follicular``, ``mid_cycle``, ``luteal`` ...
    """

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Cycle:
    """How the phases of a cycle are read off a course.

    Attributes
    ----------
    fall_marker : str
        Marker whose fall through `fall_below` after a luteal phase begins a cycle.
    fall_below : float
        In the marker's unit.
    surge_marker : str
        Marker whose largest value between two falls is the surge.
    surge_above : float
        A maximum below it is no surge, and the cycle has no phases.
    surge_half_width_h : float
        How long before and after the surge the mid-cycle phase lasts.
    early_h : float
        How long after its beginning a cycle is early follicular.
    phases : tuple of Phase
        In order: early follicular, follicular, mid-cycle, luteal.
    source : str
    """

    fall_marker: str
    fall_below: float
    surge_marker: str
    surge_above: float
    surge_half_width_h: float
    early_h: float
    phases: tuple[Phase, ...]
    source: str
