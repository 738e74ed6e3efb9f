"""What acts on the calcium axis and how it gets in (gh_prolactin_calcium.md section 3, doses; strengths table)."""

from __future__ import annotations

from endotune_desktop.clinic.agents import ALL_MARKETS, Agent, Preparation
from endotune_desktop.physiology.axis import AxisAgent, Intake

_DOSES = "gh_prolactin_calcium.md section 3, doses"
_TABLE = "strengths table [mem]"
_PAGE = "strengths table [src] step size page; pens [mem]"
_ALL = (ALL_MARKETS,)
_MG_PER_MMOL_CA = 40.08
_PTH_1_34 = 4117.8
"""g/mol; palopegteriparatide doses are counted in PTH(1-34)."""
_PTH_1_84 = 9425.0

CALCITRIOL = AxisAgent(
    Agent("calcitriol", "Calcitriol", ("1,25-dihydroxyvitamin_d3", "Rocaltrol"), "ug", 8.0),
    (
        Intake("oral", "g_ctl", 2400.0, ("Fctl",), source=_DOSES),
        Intake("iv", "D", 2400.0, ("perVD",), source="1 ug = 2400 pmol into VD; the file gives it by mouth only"),
    ),
    (
        Preparation("", "capsule", (0.25, 0.5), "ug", 1.0, _ALL, _TABLE),
        Preparation("", "ampoule", (1.0, 2.0), "ug", 0.0, _ALL, "[mem]"),
    ),
    ("oral", "iv"),
    0.25,
    ("08:00", "20:00"),
)
ALFACALCIDOL = AxisAgent(
    Agent("alfacalcidol", "Alfacalcidol", ("1-alpha-hydroxycholecalciferol", "one_alpha"), "ug", 10.0),
    (
        Intake("oral", "g_alf", 2496.0, ("Falf",), source=_DOSES),
        Intake("oral", "g_alf", 2496.0, ("Falf",), "drops", source=_DOSES),
    ),
    (
        Preparation("", "capsule", (0.25, 0.5, 1.0), "ug", 1.0, ("EU", "UK"), _TABLE),
        Preparation("drops", "drops 2 µg/mL, 0.1 µg a drop", (0.1,), "ug", 1.0, ("EU", "UK"), _TABLE),
    ),
    ("oral", "oral"),
    1.0,
    ("08:00",),
)
COLECALCIFEROL = AxisAgent(
    Agent("colecalciferol", "Colecalciferol", ("cholecalciferol", "vitamin_d3"), "IU", 600000.0, {"ug": 40.0}),
    (
        Intake("oral", "D3", 0.025, source=_DOSES),
        Intake("oral", "D3", 0.025, preparation="drops", source=_DOSES),
    ),
    (
        Preparation("", "tablet", (400.0, 800.0, 1000.0, 2000.0, 5000.0), "IU", 1.0, _ALL, "[mem]"),
        Preparation("", "capsule", (20000.0, 25000.0, 50000.0), "IU", 1.0, ("EU", "UK", "US"), "[mem]"),
        Preparation("drops", "drops, 500 IU a drop", (500.0,), "IU", 1.0, ("EU",), "[mem]"),
    ),
    ("oral", "oral", "oral"),
    1000.0,
    ("08:00",),
)
CALCIUM_CARBONATE = AxisAgent(
    Agent("calcium_carbonate", "Calcium carbonate (elemental calcium)", ("CaCO3",), "mg", 4000.0),
    (Intake("oral", "Gc", 1.0 / _MG_PER_MMOL_CA, source=_DOSES),),
    (Preparation("", "tablet", (500.0, 600.0, 1000.0), "mg", 0.5, _ALL, f"{_TABLE}, mg elemental"),),
    ("oral",),
    500.0,
    ("08:00", "13:00", "18:00"),
)
CALCIUM_CITRATE = AxisAgent(
    Agent("calcium_citrate", "Calcium citrate (elemental calcium)", (), "mg", 4000.0),
    (Intake("oral", "Gc", 1.0 / _MG_PER_MMOL_CA, source=f"{_DOSES}; taken up as the carbonate"),),
    (Preparation("", "tablet", (200.0, 315.0), "mg", 0.5, ("US",), f"{_TABLE}, mg elemental"),),
    ("oral",),
    315.0,
    ("08:00", "13:00", "18:00"),
)
CALCIUM_GLUCONATE = AxisAgent(
    Agent("calcium_gluconate", "Calcium gluconate (elemental calcium)", (), "mg", 2000.0),
    (Intake("iv", "C", 1.0 / _MG_PER_MMOL_CA, ("perV",), source=_DOSES),),
    (Preparation("", "ampoule 10 mL of 10 %, 93 mg elemental", (93.0,), "mg", 0.0, _ALL, "[mem]"),),
    ("iv",),
    93.0,
    ("08:00",),
    chronic=False,
)
EDETATE = AxisAgent(
    Agent("disodium_edetate", "Disodium edetate (test)", ("EDTA", "calcium_chelation"), "mg", 3400.0),
    (
        Intake(
            "iv", "C", -1.0 / 336.21, ("perV",),
            source="336.21 mg bind 1 mmol calcium; the bound calcium counts as gone (test of acute hypocalcaemia, C8)",
        ),
    ),
    (Preparation("", "vial", (3000.0,), "mg", 0.0, ("trial",), "[mem]"),),
    ("iv",),
    1800.0,
    ("08:00",),
    chronic=False,
)  # fmt: skip
TERIPARATIDE = AxisAgent(
    Agent("teriparatide", "Teriparatide, PTH(1-34)", ("rhPTH_1_34",), "ug", 100.0),
    (Intake("sc", "ter_d", 1e6 / _PTH_1_34, ("Fter",), source=_DOSES),),
    (Preparation("", "pen, 20 µg a click", (20.0,), "ug", 1.0, _ALL, _TABLE),),
    ("sc",),
    20.0,
    ("08:00",),
)
PARATHYROID_HORMONE = AxisAgent(
    Agent("parathyroid_hormone", "Parathyroid hormone, PTH(1-84)", ("rhPTH_1_84", "PTH(1-84)"), "ug", 200.0),
    (Intake("sc", "p84_d", 1e6 / _PTH_1_84, ("F84",), source=_DOSES),),
    (Preparation("", "cartridge", (25.0, 50.0, 75.0, 100.0), "ug", 1.0, ("EU", "US"), "[mem]"),),
    ("sc",),
    50.0,
    ("08:00",),
)
PALOPEGTERIPARATIDE = AxisAgent(
    Agent("palopegteriparatide", "Palopegteriparatide", ("TransCon_PTH",), "ug", 60.0),
    (Intake("sc", "pal_d", 1e6 / _PTH_1_34, source=f"{_DOSES}; ug PTH(1-34)"),),
    (Preparation("", "pen, 6 to 30 µg by 3", (3.0,), "ug", 1.0, ("EU", "US"), _PAGE),),
    ("sc",),
    18.0,
    ("08:00",),
)
CINACALCET = AxisAgent(
    Agent("cinacalcet", "Cinacalcet", (), "mg", 180.0),
    (Intake("oral", "cin_g", 1.0, source=_DOSES),),
    (Preparation("", "tablet", (30.0, 60.0, 90.0), "mg", 1.0, _ALL, _TABLE),),
    ("oral",),
    30.0,
    ("08:00", "20:00"),
)
DENOSUMAB = AxisAgent(
    Agent("denosumab", "Denosumab", (), "mg", 120.0),
    (Intake("sc", "den_d", 1.0, usual_every_days=182, source=_DOSES),),
    (Preparation("", "syringe", (60.0, 120.0), "mg", 1.0, _ALL, "[mem]"),),
    ("sc",),
    60.0,
    ("09:00",),
)
ZOLEDRONIC_ACID = AxisAgent(
    Agent("zoledronic_acid", "Zoledronic acid", ("zoledronate",), "mg", 8.0),
    (Intake("iv", "zol", 1.0, source=_DOSES),),
    (Preparation("", "infusion", (4.0, 5.0), "mg", 1.0, _ALL, "[mem]"),),
    ("iv",),
    5.0,
    ("09:00",),
    chronic=False,
)

AGENTS: tuple[AxisAgent, ...] = (
    CALCITRIOL,
    ALFACALCIDOL,
    COLECALCIFEROL,
    CALCIUM_CARBONATE,
    CALCIUM_CITRATE,
    CALCIUM_GLUCONATE,
    TERIPARATIDE,
    PARATHYROID_HORMONE,
    PALOPEGTERIPARATIDE,
    CINACALCET,
    DENOSUMAB,
    ZOLEDRONIC_ACID,
    EDETATE,
)
