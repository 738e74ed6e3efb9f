"""What is given on the somatotropic axis and how it gets in (gh_prolactin_calcium.md section 1; strengths table)."""

from __future__ import annotations

from endotune_desktop.clinic.agents import Agent, Preparation
from endotune_desktop.physiology.axis import AxisAgent, Intake

_S1 = "gh_prolactin_calcium.md section 1, doses"
_TABLE = "strengths table [mem]"
_LABEL = "strengths table, label page [src]"
_MG = 1000.0
_DAILY_PEN_MG = (0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.2, 1.5, 2.0)
_WEEKLY_PEN_MG = (0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 3.5, 4.0, 5.0, 6.0, 8.0)
_LONAPEG_MG = (0.7, 1.4, 1.8, 2.1, 2.5, 3.0, 3.6, 4.3, 5.2, 6.3, 7.6, 9.1, 11.0, 13.3)

SOMATROPIN = AxisAgent(
    Agent("somatropin", "Somatropin (GH)", ("rhGH", "GH", "growth_hormone"), "mg", 10.0),
    (
        Intake("sc", "d_gh", _MG, ("F",), source=_S1),
        Intake("iv", "GH", _MG, ("per_L",), source=_S1),
    ),
    (Preparation("", "pen, in dial steps", _DAILY_PEN_MG, "mg", 0.0, ("all",), _TABLE),),
    ("sc",),
    0.3,
    ("21:00",),
)

SOMAPACITAN = AxisAgent(
    Agent("somapacitan", "Somapacitan", (), "mg", 16.0),
    (Intake("sc", "d_som", _MG, source=_S1),),
    (Preparation("", "pen, in dial steps", _WEEKLY_PEN_MG, "mg", 0.0, ("US", "EU"), _TABLE),),
    ("sc",),
    1.5,
    ("08:00",),
    usual_every_days=7,
)

LONAPEGSOMATROPIN = AxisAgent(
    Agent("lonapegsomatropin", "Lonapegsomatropin", ("TransCon_GH",), "mg", 20.0),
    (Intake("sc", "d_lon", _MG, ("Flon",), source=_S1 + "; mg of GH"),),
    (Preparation("", "cartridge", _LONAPEG_MG, "mg", 1.0, ("US", "EU"), "label [mem]"),),
    ("sc",),
    2.1,
    ("08:00",),
    usual_every_days=7,
)

OCTREOTIDE = AxisAgent(
    Agent("octreotide", "Octreotide", (), "mg", 60.0),
    (
        Intake(
            "im", "l1", _MG, ("release_share",), "lar",
            also=(Intake("im", "d_oct", _MG, ("burst_share",), "lar", source=_S1),), source=_S1,
        ),
        Intake("sc", "d_oct", _MG, usual_dose=0.1, source=_S1),
    ),
    (
        Preparation("lar", "long-acting (LAR) syringe", (10.0, 20.0, 30.0), "mg", 1.0, ("all",), _LABEL),
        Preparation("", "ampoule", (0.05, 0.1, 0.5), "mg", 1.0, ("all",), "label [mem]"),
    ),
    ("im", "sc"),
    20.0,
    ("09:00",),
    usual_every_days=28,
)  # fmt: skip

LANREOTIDE = AxisAgent(
    Agent("lanreotide", "Lanreotide", (), "mg", 240.0),
    (Intake("sc", "d_lan", _MG, ("Flan",), "autogel", source=_S1),),
    (Preparation("autogel", "Autogel (depot) syringe", (60.0, 90.0, 120.0), "mg", 1.0, ("all",), _LABEL),),
    ("sc",),
    120.0,
    ("09:00",),
    usual_every_days=28,
)

PEGVISOMANT = AxisAgent(
    Agent("pegvisomant", "Pegvisomant", (), "mg", 80.0),
    (Intake("sc", "d_peg", 1.0, ("Fpeg",), source=_S1),),
    (Preparation("", "vial", (10.0, 15.0, 20.0, 25.0, 30.0), "mg", 1.0, ("all",), _LABEL),),
    ("sc",),
    10.0,
    ("08:00",),
)

CABERGOLINE = AxisAgent(
    Agent("cabergoline", "Cabergoline", (), "mg", 4.0),
    (Intake("oral", "g_cab", _MG, source=_S1),),
    (Preparation("", "tablet", (0.5,), "mg", 0.5, ("all",), "strengths table, label text [src]"),),
    ("oral",),
    0.5,
    ("21:00",),
)

MACIMORELIN = AxisAgent(
    Agent("macimorelin", "Macimorelin test", (), "mg", 150.0),
    (Intake("oral", "g_mac", 1.0, source=_S1 + ": 0.5 mg per kg"),),
    (Preparation("", "sachet of 60 mg, dissolved (0.5 mg per kg)", (60.0,), "mg", 0.0, ("US", "EU"), "label [mem]"),),
    ("oral",),
    37.5,
    ("08:30",),
    chronic=False,
)

GHRH = AxisAgent(
    Agent("growth_hormone_releasing_hormone", "GHRH test", ("GHRH", "sermorelin", "somatorelin"), "ug", 400.0),
    (Intake("iv", "c_ghrh", 1.0, source=_S1 + ": 1 ug per kg"),),
    (Preparation("", "ampoule", (50.0,), "ug", 0.0, ("EU",), "label [mem]"),),
    ("iv",),
    75.0,
    ("08:30",),
    chronic=False,
)

ARGININE = AxisAgent(
    Agent("arginine", "Arginine test", ("arginine_hydrochloride",), "g", 60.0),
    (Intake("iv", "arg", 1.0, release_h=0.5, source=_S1 + ": 0.5 g per kg, at most 30-37.5 g, over half an hour"),),
    (Preparation("", "infusion", (30.0,), "g", 0.0, ("all",), "label [mem]"),),
    ("iv",),
    37.5,
    ("08:30",),
    chronic=False,
)

INSULIN_TOLERANCE = AxisAgent(
    Agent("insulin_tolerance", "Insulin tolerance test", ("ITT",), "IU", 40.0),
    (Intake("iv", "h1", 10.0, ("per_kg",), source=_S1 + ": signal 1 at 0.1 IU per kg"),),
    (Preparation("", "regular insulin", (100.0,), "IU", 0.0, ("all",), "label [mem]"),),
    ("iv",),
    7.5,
    ("08:30",),
    chronic=False,
)

GLUCOSE_LOAD = AxisAgent(
    Agent("glucose_load", "Oral glucose load", ("OGTT",), "g", 150.0),
    (Intake("oral", "g1", 1.0, source=_S1),),
    (Preparation("", "drink", (75.0,), "g", 0.0, ("all",), "OGTT, 75 g (G8)"),),
    ("oral",),
    75.0,
    ("08:30",),
    chronic=False,
)

AGENTS: tuple[AxisAgent, ...] = (
    SOMATROPIN,
    SOMAPACITAN,
    LONAPEGSOMATROPIN,
    OCTREOTIDE,
    LANREOTIDE,
    PEGVISOMANT,
    CABERGOLINE,
    MACIMORELIN,
    GHRH,
    ARGININE,
    INSULIN_TOLERANCE,
    GLUCOSE_LOAD,
)
