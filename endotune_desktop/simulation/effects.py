"""What can happen to an axis: jumps of states, inputs, and parameters that are changed for a while."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from endotune_desktop.clinic.errors import InputRefused
from endotune_desktop.physiology.axis import Mode
from endotune_desktop.simulation.course import DoseTick

JUMP_MODES = {Mode.PLUS: 0, Mode.TIMES: 1, Mode.SET: 2}


class JumpAt(NamedTuple):
    """A state that changes at once.

    Attributes
    ----------
    time_h : float
    state : int
    mode : int
        0 adds, 1 multiplies, 2 sets.
    value : float
    fractions : tuple of str
        Constants that multiply the value, as they stand at that time (bioavailability).
    ordered : bool
        Whether it is a dose of a regimen, so that a person's adherence multiplies it as well.
    replaces : bool
        Whether it is a patch that takes the place of the one before.
    lesion : str
        The lesion that begins with it, empty for anything else.
    """

    time_h: float
    state: int
    mode: int
    value: float
    fractions: tuple[str, ...] = ()
    ordered: bool = False
    replaces: bool = False
    lesion: str = ""


class Input(NamedTuple):
    """A constant-rate input into a state.

    Attributes
    ----------
    from_h, to_h : float
    state : int
    rate : float
        State units an hour.
    fractions : tuple of str
        Constants that multiply the rate.
    ordered, replaces : bool
        As in `JumpAt`.
    """

    from_h: float
    to_h: float
    state: int
    rate: float
    fractions: tuple[str, ...] = ()
    ordered: bool = False
    replaces: bool = False


@dataclass(frozen=True, slots=True)
class InForce:
    """Parameters that are changed for a while.

    Attributes
    ----------
    from_h, to_h : float
        ``to_h`` may be infinite.
    changes : tuple of (parameter id, Mode, value)
    held_by : str
        What holds them whatever the rest says: the order of a pump; empty for all else.
    lesion : str
        The lesion that changes them, empty when something else does.
    """

    from_h: float
    to_h: float
    changes: tuple[tuple[str, Mode, float], ...]
    held_by: str = ""
    lesion: str = ""


@dataclass
class Happenings:
    """Everything that happens in a span of time.

    Attributes
    ----------
    jumps : list of JumpAt
    inputs : list of Input
    in_force : list of InForce
    doses : list of DoseTick
    kept : frozenset of str
        Parameters that the scenario names itself; no lesion sets them.
    """

    jumps: list[JumpAt] = field(default_factory=list)
    inputs: list[Input] = field(default_factory=list)
    in_force: list[InForce] = field(default_factory=list)
    doses: list[DoseTick] = field(default_factory=list)
    kept: frozenset[str] = frozenset()

    def break_times(self) -> set[float]:
        """Return every finite time at which something starts or ends."""
        times = {jump.time_h for jump in self.jumps}
        spans = [(entry.from_h, entry.to_h) for entry in self.inputs]
        spans += [(entry.from_h, entry.to_h) for entry in self.in_force]
        times.update(time for span in spans for time in span if math.isfinite(time))
        return times


def parameters_in_force(
    base: dict[str, float], in_force: Iterable[InForce], time_h: float, kept: frozenset[str] = frozenset()
) -> dict[str, float]:
    """Return every parameter as it stands just after a time.

    What is `kept` is not set by any lesion; what is held (by a pump) comes last and is set whatever the rest says.

    Raises
    ------
    InputRefused
        If two lesions set one parameter to different values.
    """
    values = dict(base)
    fixed: dict[str, float] = {}
    held: dict[str, float] = {}
    for entry in in_force:
        if not entry.from_h <= time_h < entry.to_h:
            continue
        for name, mode, value in entry.changes:
            if entry.held_by:
                held[name] = value
            elif mode is Mode.TIMES:
                values[name] *= value
            elif mode is Mode.PLUS:
                values[name] += value
            elif name in kept:
                continue
            elif fixed.setdefault(name, value) != value:
                raise InputRefused(f"two lesions set {name} to different values", "lesions", "one of them")
            else:
                values[name] = value
    return values | held
