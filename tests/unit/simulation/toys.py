"""Small axes with closed forms."""
# ruff: noqa: ANN401

from __future__ import annotations

from math import cos, pi
from typing import Any

from endotune_desktop.clinic.agents import Agent, Preparation
from endotune_desktop.physiology.axis import (
    Axis,
    AxisAgent,
    Change,
    Intake,
    Jump,
    Lesion,
    Marker,
    Mode,
    Parameter,
    PhasePlot,
    Role,
    State,
)
from endotune_desktop.physiology.rhythm import PulseTrain


def _rates(t: float, y: Any, p: Any, dy: Any) -> None:
    dy.gut = -p.ka * y.gut
    dy.blood = p.ka * y.gut - p.ke * y.blood - p.k12 * y.blood + p.k21 * y.deep + p.swing * (1.0 + cos(pi * t / 12.0))
    dy.deep = p.k12 * y.blood - p.k21 * y.deep


def _markers(t: float, y: Any, p: Any, m: Any) -> None:
    m.level = y.blood / p.volume


def kinetic_axis(axis_id: str = "toy", *, pulses: PulseTrain | None = None) -> Axis:
    """Return absorption into two compartments; linear, so that everything has a closed form."""
    drug = AxisAgent(
        Agent("drug", "Drug", (), "mg", 1000.0),
        (Intake("oral", "gut", 1.0, ("bio",)), Intake("iv", "blood", 1.0), Intake("oral", "gut", 1.0, (), "slow", 6.0)),
        (Preparation("", "tablet", (10.0,), "mg", 0.5, (), ""),),
        ("oral",),
        10.0,
    )
    values = {"ka": 1.0, "ke": 0.2, "k12": 0.0, "k21": 0.1, "volume": 2.0, "bio": 1.0, "swing": 0.0}
    lesion = Lesion(
        "slow_kidney", "Slow kidney", "", "kidney",
        (Change("ke", Mode.TIMES, lambda s: 1.0 - 0.5 * s, "ke x (1 - 0.5 s)"),),
        (Jump("blood", Mode.PLUS, lambda s: 3.0 * s, "blood += 3 s"),),
    )  # fmt: skip
    return Axis(
        axis_id, "Toy", "1", "",
        tuple(State(name, "mg", name, 0.0, 1.0) for name in ("gut", "blood", "deep")),
        tuple(Parameter(name, "1/h", name, value, -10.0, 100.0, "toy") for name, value in values.items()),
        (), lambda p, person: {}, _rates, _markers,
        (Marker("level", "Level", "mg/L", "", Role.GIVEN),),
        (drug,), (lesion,), (), (), PhasePlot("level", "level"), (), "level", pulses=pulses,
    )  # fmt: skip


KINETIC = kinetic_axis()
