"""What is given on the thyroid axis and how it gets in (hpt.md section 5; strengths from the strengths table)."""

from __future__ import annotations

from endotune_desktop.clinic.agents import Agent, Preparation
from endotune_desktop.physiology.axis import AxisAgent, Intake
from endotune_desktop.physiology.hpt.body import MW_T3, MW_T4

_S5 = "hpt.md section 5"
_SOFTGEL = "hpt.md section 5, softgel_liquid 1.05; interference as for tablets (assumed)"
_TABLE = "strengths table [mem]"

_LT4_TABLETS = (25.0, 50.0, 75.0, 88.0, 100.0, 112.0, 125.0, 137.0, 150.0, 175.0, 200.0)
_LT4_TABLETS_UK = (12.5, 25.0, 50.0, 75.0, 100.0)

LEVOTHYROXINE = AxisAgent(
    Agent("levothyroxine", "Levothyroxine", ("LT4", "T4", "thyroxine", "L-thyroxine"), "ug", 2500.0),
    (
        Intake("oral", "T4pill", 1.0 / MW_T4, ("f4", "f4_interference"), source=_S5),
        Intake("oral", "T4pill", 1.05 / MW_T4, ("f4", "f4_interference"), "soft_capsule", source=_SOFTGEL),
        Intake("oral", "T4pill", 1.05 / MW_T4, ("f4", "f4_interference"), "solution", source=_SOFTGEL),
        Intake("iv", "T4p", 1.0 / MW_T4, source=_S5),
    ),
    (
        Preparation("", "tablet", _LT4_TABLETS, "ug", 0.5, ("EU",), _TABLE),
        Preparation("", "tablet", _LT4_TABLETS_UK, "ug", 0.5, ("UK",), _TABLE),
        Preparation("", "tablet", (*_LT4_TABLETS, 300.0), "ug", 0.5, ("US",), _TABLE),
        Preparation(
            "soft_capsule", "soft capsule",
            (13.0, 25.0, 50.0, 75.0, 88.0, 100.0, 112.0, 125.0, 137.0, 150.0, 175.0, 200.0), "ug", 1.0,
            ("US", "EU"), _TABLE,
        ),
        Preparation("solution", "solution", (5.0, 10.0, 20.0, 25.0), "ug", 0.0, ("UK", "EU", "US"), _TABLE),
        Preparation("", "vial", (100.0, 200.0, 500.0), "ug", 0.0, ("US", "EU"), _TABLE),
    ),
    ("oral", "oral", "oral", "oral", "oral", "iv"),
    100.0,
    ("07:00",),
)  # fmt: skip

LIOTHYRONINE = AxisAgent(
    Agent("liothyronine", "Liothyronine", ("LT3", "T3", "triiodothyronine"), "ug", 500.0),
    (
        Intake("oral", "T3pill", 1.0 / MW_T3, ("f3",), source=_S5),
        Intake("oral", "T3gut", 1.0 / MW_T3, ("f3", "fSR"), "slow_release", 12.0, source=_S5),
        Intake("iv", "T3p", 1.0 / MW_T3, source=_S5),
    ),
    (
        Preparation("", "tablet", (5.0, 10.0, 20.0), "ug", 0.5, ("EU", "UK"), _TABLE),
        Preparation("", "tablet", (5.0, 25.0, 50.0), "ug", 0.5, ("US",), _TABLE),
        Preparation("slow_release", "slow-release capsule", (5.0, 10.0, 15.0, 20.0), "ug", 1.0, ("trial",), "[mem]"),
        Preparation("", "vial", (10.0,), "ug", 0.0, ("US",), "[mem]"),
    ),
    ("oral", "oral", "oral", "iv"),
    5.0,
    ("07:00", "19:00"),
)  # fmt: skip

THIAMAZOLE = AxisAgent(
    Agent("thiamazole", "Thiamazole", ("methimazole", "MMI"), "mg", 120.0),
    (Intake("oral", "MMI", 1.0, source=_S5),),
    (Preparation("", "tablet", (5.0, 10.0, 20.0), "mg", 0.5, ("US", "EU"), _TABLE),),
    ("oral",),
    20.0,
    ("08:00",),
)

CARBIMAZOLE = AxisAgent(
    Agent("carbimazole", "Carbimazole", ("CBZ",), "mg", 120.0),
    (Intake("oral", "MMI", 0.6, source="hpt.md section 5: carbimazole D x 0.6"),),
    (Preparation("", "tablet", (5.0, 10.0, 20.0), "mg", 0.5, ("UK", "EU"), _TABLE),),
    ("oral",),
    20.0,
    ("08:00",),
)

PROPYLTHIOURACIL = AxisAgent(
    Agent("propylthiouracil", "Propylthiouracil", ("PTU",), "mg", 600.0),
    (Intake("oral", "MMI", 0.05, while_taken={"d1": 0.6}, source="hpt.md section 5: D/20, d1 0.6 while taken"),),
    (Preparation("", "tablet", (50.0,), "mg", 0.5, ("US", "UK"), _TABLE),),
    ("oral",),
    100.0,
    ("08:00", "14:00", "20:00"),
)

PROTIRELIN = AxisAgent(
    Agent("protirelin", "Protirelin (TRH)", ("TRH", "thyrotropin_releasing_hormone"), "ug", 1000.0),
    (Intake("iv", "TRHx", 1.0, source=_S5),),
    (Preparation("", "ampoule", (200.0,), "ug", 1.0, ("EU",), _TABLE),),
    ("iv",),
    200.0,
    ("09:00",),
    chronic=False,
)

THYROTROPIN_ALFA = AxisAgent(
    Agent("thyrotropin_alfa", "Thyrotropin alfa", ("rhTSH",), "mg", 5.0),
    (Intake("im", "rhTSHdepot", 150.0, source="hpt.md section 5: 150 mU/L per mg, E19"),),
    (Preparation("", "vial", (0.9,), "mg", 1.0, ("US", "EU"), _TABLE),),
    ("im",),
    0.9,
    ("09:00",),
    chronic=False,
)

AGENTS: tuple[AxisAgent, ...] = (
    LEVOTHYROXINE,
    LIOTHYRONINE,
    THIAMAZOLE,
    CARBIMAZOLE,
    PROPYLTHIOURACIL,
    PROTIRELIN,
    THYROTROPIN_ALFA,
)
