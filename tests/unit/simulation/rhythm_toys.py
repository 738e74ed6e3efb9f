"""Small axes with rhythms of their own, whose starts have closed forms."""
# ruff: noqa: ANN401

from __future__ import annotations

from math import cos, floor, pi, sin
from typing import Any

from endotune_desktop.clinic.agents import Agent, Preparation
from endotune_desktop.physiology.axis import (
    Axis,
    AxisAgent,
    Change,
    Intake,
    Lesion,
    Marker,
    Mode,
    Parameter,
    PhasePlot,
    Role,
    State,
)
from endotune_desktop.physiology.rhythm import Begins, Start

DRUG = AxisAgent(
    Agent("drug", "Drug", (), "mg", 1000.0), (Intake("iv", "drug", 1.0),),
    (Preparation("", "vial", (10.0,), "mg", 0.5, (), ""),), ("iv",), 10.0,
)  # fmt: skip


def _turning(t: float, y: Any, p: Any, dy: Any) -> None:
    pull = p.pull * (1.0 - y.x * y.x - y.y * y.y)
    dy.x = pull * y.x - p.speed * y.y
    dy.y = pull * y.y + p.speed * y.x
    dy.drug = -0.1 * y.drug


def _turned(t: float, y: Any, p: Any, m: Any) -> None:
    m.level = y.x
    m.drug = y.drug


def turning_axis(axis_id: str = "turning", below: float = 0.5) -> Axis:
    """Return an oscillator on the unit circle whose cycle begins where x falls through `below`."""
    stilled = Lesion("stilled", "Stilled", "", "", (Change("pull", Mode.PLUS, lambda s: -0.4 * s, "pull - 0.4 s"),))
    return Axis(
        axis_id, "Turning", "1", "",
        tuple(State(name, "1", name, value, 1.0, may_be_negative=True) for name, value in TURNING_INITIAL.items()),
        (
            Parameter("speed", "1/h", "speed", 2.0 * pi / 48.0, 0.01, 2.0, "toy", 0.2),
            Parameter("pull", "1/h", "pull", 0.2, -1.0, 2.0, "toy"),
        ),
        (), lambda p, person: {}, _turning, _turned,
        (Marker("level", "Level", "1", "", Role.GIVEN), Marker("drug", "Drug", "mg", "", Role.GIVEN)),
        (DRUG,), (stilled,), (), (), PhasePlot("level", "level"), (), "level",
        start=Start(Begins.CYCLE, follow_h=480.0, cycle_state="x", cycle_below=below, look_back_h=144.0),
    )  # fmt: skip


TURNING_INITIAL = {"x": 0.6, "y": 0.8, "drug": 0.0}
TURNING = turning_axis()


def _swinging(t: float, y: Any, p: Any, dy: Any) -> None:
    dy.x = p.made * (1.0 + p.swing * cos(pi * t / 12.0)) - p.lost * y.x
    dy.drug = -0.1 * y.drug


def _swung(t: float, y: Any, p: Any, m: Any) -> None:
    m.level = y.x


def swinging_axis(axis_id: str = "swinging", follow_h: float = 40.0) -> Axis:
    """Return a pool with a rhythm that is off while the fixed point is sought."""
    values = {"made": 3.0, "lost": 0.05, "swing": 0.5}
    return Axis(
        axis_id, "Swinging", "1", "",
        (State("x", "1", "pool", 1.0, 10.0), State("drug", "mg", "drug", 0.0, 1.0)),
        tuple(Parameter(name, "1/h", name, value, 0.0, 100.0, "toy", 0.2) for name, value in values.items()),
        (), lambda p, person: {}, _swinging, _swung,
        (Marker("level", "Level", "1", "", Role.GIVEN),),
        (DRUG,), (), (), (), PhasePlot("level", "level"), (), "level",
        start=Start(Begins.SETTLED, held={"swing": 0.0}, follow_h=follow_h),
    )  # fmt: skip


SWINGING = swinging_axis()


def _burst(clock: float, begin: float, width: float) -> float:
    part = (clock - begin) / width
    return sin(pi * part) * sin(pi * part) if 0.0 < part < 1.0 else 0.0


def _bursting(t: float, y: Any, p: Any, dy: Any) -> None:
    clock = t - 24.0 * floor(t / 24.0)
    dy.x = p.made * (_burst(clock, 9.1, p.width) + _burst(clock, 22.3, p.width)) - p.lost * y.x
    dy.drug = -0.1 * y.drug


def bursting_axis(axis_id: str, longest_step_h: float, method: str) -> Axis:
    """Return a pool that is filled by two narrow bursts a day, at hours that no even part of a day hits."""
    values = {"made": 100.0, "lost": 0.02, "width": 0.3}
    return Axis(
        axis_id, "Bursting", "1", "",
        (State("x", "1", "pool", 60.0, 60.0), State("drug", "mg", "drug", 0.0, 1.0)),
        tuple(Parameter(name, "1/h", name, value, 0.0, 1000.0, "toy", 0.2) for name, value in values.items()),
        (), lambda p, person: {}, _bursting, _swung,
        (Marker("level", "Level", "1", "", Role.GIVEN),),
        (DRUG,), (), (), (), PhasePlot("level", "level"), (), "level", longest_step_h=longest_step_h, method=method,
    )  # fmt: skip
