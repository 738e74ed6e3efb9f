"""What acts on the prolactin axis and how it gets in (gh_prolactin_calcium.md section 2; strengths table)."""

from __future__ import annotations

from endotune_desktop.clinic.agents import ALL_MARKETS, Agent, Preparation
from endotune_desktop.physiology.axis import AxisAgent, Intake

_DOSES = "gh_prolactin_calcium.md section 2, doses"
_LABEL = "strengths table [src] label text"
_TABLE = "strengths table [mem]"


def _tablets(*strengths: float, markets: tuple[str, ...] = (ALL_MARKETS,), source: str = "[mem]") -> Preparation:
    return Preparation("", "tablet", strengths, "mg", 0.5, markets, source)


def _oral(
    agent: Agent, state: str, scale: float, preparations: tuple[Preparation, ...], usual_mg: float,
    clock_times: tuple[str, ...],
) -> AxisAgent:  # fmt: skip
    """Return an agent that is swallowed; milligrams go into its gut depot."""
    intakes = [Intake("oral", state, scale, source=_DOSES)]
    for entry in preparations:
        if entry.id:
            intakes.append(Intake("oral", state, scale, preparation=entry.id, source=f"{_DOSES}, taken as a tablet"))
    return AxisAgent(agent, tuple(intakes), preparations, ("oral",) * len(preparations), usual_mg, clock_times)


CABERGOLINE = _oral(
    Agent("cabergoline", "Cabergoline", ("CAB", "Dostinex"), "mg", 7.0), "g_cab", 1000.0,
    (_tablets(0.5, source=_LABEL), _tablets(1.0, 2.0, markets=("EU", "UK"))), 0.25, ("20:00",),
)  # fmt: skip
BROMOCRIPTINE = _oral(
    Agent("bromocriptine", "Bromocriptine", ("BRC",), "mg", 30.0), "g_bro", 1000.0,
    (
        _tablets(2.5, source=_TABLE),
        Preparation("capsule", "capsule", (5.0,), "mg", 1.0, (ALL_MARKETS,), _TABLE),
    ), 1.25, ("08:00", "20:00"),
)  # fmt: skip
RISPERIDONE = _oral(
    Agent("risperidone", "Risperidone", (), "mg", 16.0), "g_ris", 1.0,
    (
        _tablets(0.5, 1.0, 2.0, 3.0, 4.0, 6.0),
        Preparation("solution", "solution 1 mg/mL", (1.0,), "mg", 0.0, (ALL_MARKETS,), "[mem]"),
    ), 2.0, ("08:00", "20:00"),
)  # fmt: skip
HALOPERIDOL = _oral(
    Agent("haloperidol", "Haloperidol", (), "mg", 30.0), "g_hal", 1.0,
    (
        _tablets(0.5, 1.0, 1.5, 2.0, 5.0, 10.0, 20.0),
        Preparation("solution", "solution 2 mg/mL", (2.0,), "mg", 0.0, (ALL_MARKETS,), "[mem]"),
    ), 2.0, ("08:00", "20:00"),
)  # fmt: skip
METOCLOPRAMIDE = _oral(
    Agent("metoclopramide", "Metoclopramide", (), "mg", 20.0), "g_met", 1.0,
    (
        _tablets(5.0, 10.0),
        Preparation("solution", "solution 1 mg/mL", (1.0,), "mg", 0.0, (ALL_MARKETS,), "[mem]"),
    ), 10.0, ("08:00", "13:00", "18:00"),
)  # fmt: skip
ARIPIPRAZOLE = _oral(
    Agent("aripiprazole", "Aripiprazole", (), "mg", 30.0), "g_ari", 1.0,
    (
        _tablets(2.0, 5.0, 10.0, 15.0, 20.0, 30.0, markets=("US",)),
        _tablets(5.0, 10.0, 15.0, 30.0, markets=("EU", "UK")),
        Preparation("solution", "solution 1 mg/mL", (1.0,), "mg", 0.0, (ALL_MARKETS,), "[mem]"),
    ), 5.0, ("08:00",),
)  # fmt: skip
PROTIRELIN = AxisAgent(
    Agent("protirelin", "Protirelin (TRH)", ("TRH", "thyrotropin_releasing_hormone"), "ug", 1000.0),
    (Intake("iv", "trh", 1.0, source=_DOSES),),
    (Preparation("", "ampoule", (200.0,), "ug", 1.0, ("EU",), _TABLE),),
    ("iv",),
    200.0,
    ("09:00",),
    chronic=False,
)

AGENTS: tuple[AxisAgent, ...] = (
    CABERGOLINE,
    BROMOCRIPTINE,
    RISPERIDONE,
    HALOPERIDOL,
    METOCLOPRAMIDE,
    ARIPIPRAZOLE,
    PROTIRELIN,
)
