"""A small axis with every kind of intake, and refinements, whose courses have closed forms."""
# ruff: noqa: ANN401

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from endotune_desktop.clinic.agents import Agent, Preparation
from endotune_desktop.clinic.person import Person
from endotune_desktop.physiology.axis import (
    REFINED,
    Axis,
    AxisAgent,
    Derived,
    Intake,
    Marker,
    Mode,
    Parameter,
    PhasePlot,
    Refinement,
    Role,
    State,
)


def _rates(t: float, y: Any, p: Any, dy: Any) -> None:
    dy.skin = -p.ka * y.skin
    dy.blood = p.ka * y.skin + p.pump_d * p.pump_f - p.ke * y.blood


def _markers(t: float, y: Any, p: Any, m: Any) -> None:
    m.level = y.blood


def _derive(p: Mapping[str, float], person: Person) -> dict[str, float]:
    return {"per_kg": p["share"] / person.weight_kg}


def intake_axis(axis_id: str = "intakes", *, refinements: tuple[Refinement, ...] = ()) -> Axis:
    """Return absorption through the skin and a pump, linear."""
    forms = (
        Intake("iv", "blood", 1.0, ("per_kg",)),
        Intake("transdermal", "skin", 1.0, ("share",), "patch", replaces=True),
        Intake("transdermal", "blood", 1.0, (), "slow_patch", release_h=72.0, replaces=True),
        Intake("pump", "", 0.0, holds={"pump_d": lambda dose, _: dose, "pump_f": lambda _, times: times / 24.0}),
        Intake(
            "pump", "", 0.0, preparation="every_90_min", pulses_a_day=16.0,
            holds={"pump_d": lambda dose, _: dose, "pump_f": lambda _, times: times / 24.0},
        ),
    )  # fmt: skip
    drug = AxisAgent(
        Agent("drug", "Drug", (), "mg", 1000.0), forms, (Preparation("", "vial", (10.0,), "mg", 0.5, (), ""),), ("iv",),
        10.0,
    )  # fmt: skip
    values = {"ka": 0.1, "ke": 0.2, "share": 1.0, "pump_d": 0.0, "pump_f": 0.0, REFINED: 0.0}
    return Axis(
        axis_id, "Intakes", "1", "",
        tuple(State(name, "mg", name, 0.0, 1.0) for name in ("skin", "blood")),
        tuple(Parameter(name, "1/h", name, value, 0.0, 100.0, "toy", 0.3) for name, value in values.items()),
        (Derived("per_kg", "1/kg", "share of a dose"),), _derive, _rates, _markers,
        (Marker("level", "Level", "mg/L", "", Role.GIVEN),),
        (drug,), (), (), (), PhasePlot("level", "level"), (), "level", refinements=refinements,
    )  # fmt: skip


INTAKES = intake_axis()
REFINEMENTS = (
    Refinement("ke", Mode.TIMES, 4.0, "toy", "toy"),
    Refinement("ka", Mode.PLUS, 0.3, "toy", "toy"),
    Refinement("share", Mode.TIMES, 0.25, "toy", "toy"),
)
REFINABLE = intake_axis("refinable", refinements=REFINEMENTS)
