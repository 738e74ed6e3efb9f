"""A second axis for the window's tests: another declaration over the same equations."""

from __future__ import annotations

import sys
from dataclasses import replace
from types import ModuleType

import pytest

from endotune_desktop.clinic.agents import Agent
from endotune_desktop.clinic.person import Sex
from endotune_desktop.clinic.records import Medication, PatientRecord
from endotune_desktop.physiology import registry
from endotune_desktop.physiology.axis import Axis, AxisAgent, Intake, Mode, Refinement
from endotune_desktop.physiology.hpt import HPT
from endotune_desktop.physiology.rhythm import Cycle, Phase
from tests.ui.desk import DAY0, ingrid

MIRRORINE = AxisAgent(
    Agent("mirrorine", "Mirrorine", (), "mg", 100.0), (Intake("oral", "T4p", 1.0, source="invented"),), (), (), 10.0
)
CYCLE = Cycle(
    "ft3", 4.0, "tsh", 10.0, 24.0, 96.0,
    (Phase("early", "early"), Phase("follicular", "follicular"), Phase("mid", "mid-cycle"), Phase("luteal", "luteal")),
    "invented",
)  # fmt: skip
MIRROR: Axis = replace(
    HPT, id="mirror", title="Mirror", agents=(HPT.agent("liothyronine"), MIRRORINE), sexes=(Sex.FEMALE,),
    horizons_days=(2.0, 60.0), symptoms=(("glare", "Glare"), ("echo", "Echo")),
    markers=tuple(m for m in HPT.markers if m.id != "tt4"),
)  # fmt: skip
CYCLING: Axis = replace(MIRROR, cycle=CYCLE)
REFINED_MIRROR: Axis = replace(
    MIRROR, refinements=(Refinement("K4", Mode.TIMES, 1.1, "It mends a fact.", "invented"),)
)  # fmt: skip


@pytest.fixture
def mirror(monkeypatch: pytest.MonkeyPatch) -> Axis:
    """Register the second axis."""
    module = ModuleType("endotune_desktop.physiology.mirror")
    module.MIRROR = MIRROR  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, module.__name__, module)
    monkeypatch.setattr(registry, "AXIS_IDS", (*registry.AXIS_IDS, "mirror"))
    return MIRROR


def with_mirrorine(record: PatientRecord | None = None) -> PatientRecord:
    """Return a record with an order that acts on the second axis alone."""
    record = record or ingrid()
    order = Medication("m9", record.patient.id, "mirrorine", "oral", "", 10.0, "mg", ("08:00",), 1, DAY0)
    return replace(record, medication=(order, *record.medication))
