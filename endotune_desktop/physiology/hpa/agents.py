"""What is given on the adrenal axis and how it gets in (hpa.md section 2, dose table; strengths from their table)."""

from __future__ import annotations

from endotune_desktop.clinic.agents import Agent, Preparation
from endotune_desktop.physiology.axis import AxisAgent, Intake

_DOSES = "hpa.md section 2, dose table"
_TABLE = "strengths table [mem]"
HYDROCORTISONE_NMOL_PER_MG = 1e6 / 362.46
"""Molar mass 362.46 g/mol (hpa.md section 2)."""
PREDNISOLONE_NMOL_PER_MG = 1e6 / 360.44
"""Molar mass 360.44 g/mol (hpa.md section 2)."""
PREDNISONE_NMOL_PER_MG = 1e6 / 358.43
"""Molar mass 358.43 g/mol (hpa.md section 2)."""
DEXAMETHASONE_NMOL_PER_MG = 1e6 / 392.46
"""Molar mass 392.46 g/mol (hpa.md section 2)."""

_DUAL = "dual_release"
_CORE = Intake("oral", "mr_core", HYDROCORTISONE_NMOL_PER_MG, ("F_mr", "f_mrCore"), _DUAL, source=_DOSES)
_AT_ONCE = Intake("oral", "hc_g2", HYDROCORTISONE_NMOL_PER_MG, ("F_mr", "f_mrFast"), _DUAL, source=_DOSES)
_LATE = Intake("oral", "dl1", HYDROCORTISONE_NMOL_PER_MG, ("dr_late",), "delayed_release", source=_DOSES)

HYDROCORTISONE = AxisAgent(
    Agent("hydrocortisone", "Hydrocortisone", ("HC", "cortisol"), "mg", 500.0),
    (
        Intake("oral", "hc_g1", HYDROCORTISONE_NMOL_PER_MG, source=_DOSES),
        Intake(
            "oral", "hc_g1", HYDROCORTISONE_NMOL_PER_MG, ("F_mr", "f_mrSlow"), _DUAL,
            also=(_AT_ONCE, _CORE), source=_DOSES,
        ),
        Intake(
            "oral", "dr1", HYDROCORTISONE_NMOL_PER_MG, ("dr_early",), "delayed_release", also=(_LATE,), source=_DOSES
        ),
        Intake("iv", "CT", HYDROCORTISONE_NMOL_PER_MG, ("per_Vc",), source=_DOSES),
        Intake("im", "hc_im", HYDROCORTISONE_NMOL_PER_MG, source=_DOSES),
        Intake("sc", "hc_im", HYDROCORTISONE_NMOL_PER_MG, source="hpa.md section 3: k_im is for im and sc succinate"),
    ),
    (
        Preparation("", "tablet", (5.0, 10.0, 20.0), "mg", 0.25, ("US",), _TABLE),
        Preparation("", "tablet", (10.0, 20.0), "mg", 0.25, ("EU", "UK"), _TABLE),
        Preparation("", "granules in capsules", (0.5, 1.0, 2.0, 5.0), "mg", 1.0, ("EU", "UK", "US"), _TABLE),
        Preparation("dual_release", "dual-release tablet", (5.0, 20.0), "mg", 1.0, ("EU",), _TABLE),
        Preparation("delayed_release", "delayed-release capsule", (5.0, 10.0, 20.0), "mg", 1.0, ("EU", "UK"), _TABLE),
        Preparation("", "vial", (100.0,), "mg", 0.0, ("EU", "UK", "US"), _TABLE),
        Preparation("", "vial", (100.0,), "mg", 0.0, ("EU", "UK", "US"), _TABLE),
        Preparation("", "vial", (100.0,), "mg", 0.0, ("EU", "UK", "US"), _TABLE),
    ),
    ("oral", "oral", "oral", "oral", "oral", "iv", "im", "sc"),
    10.0,
    ("07:00", "14:00"),
)  # fmt: skip

PREDNISOLONE = AxisAgent(
    Agent("prednisolone", "Prednisolone", (), "mg", 250.0),
    (
        Intake("oral", "pr_gut", PREDNISOLONE_NMOL_PER_MG, ("F_pr",), source=_DOSES),
        Intake("iv", "pr_body", PREDNISOLONE_NMOL_PER_MG, source=_DOSES),
    ),
    (
        Preparation("", "tablet", (1.0, 2.5, 5.0, 10.0, 20.0, 25.0), "mg", 0.5, ("EU", "UK"), _TABLE),
        Preparation("", "vial", (25.0,), "mg", 0.0, ("EU",), "[mem]"),
    ),
    ("oral", "iv"),
    5.0,
    ("07:00",),
)

PREDNISONE = AxisAgent(
    Agent("prednisone", "Prednisone", (), "mg", 250.0),
    (Intake("oral", "pr_gut", 0.80 * PREDNISONE_NMOL_PER_MG, source=_DOSES + ": F_pr 0.80"),),
    (Preparation("", "tablet", (1.0, 2.5, 5.0, 10.0, 20.0, 50.0), "mg", 0.5, ("US", "EU"), _TABLE),),
    ("oral",),
    5.0,
    ("07:00",),
)

DEXAMETHASONE = AxisAgent(
    Agent("dexamethasone", "Dexamethasone", ("dex",), "mg", 40.0),
    (
        Intake("oral", "dx_gut", DEXAMETHASONE_NMOL_PER_MG, ("F_dx",), source=_DOSES),
        Intake("iv", "dx_body", DEXAMETHASONE_NMOL_PER_MG, source=_DOSES),
    ),
    (
        Preparation("", "tablet", (0.5, 0.75, 1.0, 1.5, 2.0, 4.0), "mg", 0.5, ("US", "EU", "UK"), _TABLE),
        Preparation("", "vial", (4.0,), "mg", 0.0, ("US", "EU", "UK"), "[mem]"),
    ),
    ("oral", "iv"),
    0.5,
    ("23:00",),
)

TETRACOSACTIDE = AxisAgent(
    Agent("tetracosactide", "Tetracosactide", ("cosyntropin", "tetracosactrin", "synacthen"), "ug", 2000.0),
    (
        Intake("iv", "cos", 1e6, ("eq_cos", "per_V_cos"), source=_DOSES),
        Intake(
            "im", "cos_im", 1e6, ("eq_cos", "per_V_cos"), source="hpa.md section 3: k_cosIM; all taken up (assumed)"
        ),
        Intake(
            "im", "cos_dep", 0.5e6, ("eq_cos", "per_V_cos"), "depot",
            source=_DOSES + ": half taken up (assumed)",
        ),
    ),
    (
        Preparation("", "ampoule", (250.0,), "ug", 0.0, ("EU", "UK", "US"), _TABLE),
        Preparation("", "ampoule", (250.0,), "ug", 0.0, ("EU", "UK", "US"), _TABLE),
        Preparation("depot", "zinc depot ampoule", (1000.0,), "ug", 0.0, ("EU", "UK"), _TABLE),
    ),
    ("iv", "im", "im"),
    250.0,
    ("09:00",),
    chronic=False,
)  # fmt: skip

CORTICORELIN = AxisAgent(
    Agent("corticorelin", "Corticorelin (CRH)", ("CRH", "corticotropin_releasing_hormone"), "ug", 500.0),
    (Intake("iv", "CRHx", 1.0, ("s_crhx",), source=_DOSES),),
    (Preparation("", "ampoule", (100.0,), "ug", 0.0, ("EU", "US"), "[mem]"),),
    ("iv",),
    100.0,
    ("09:00",),
    chronic=False,
)

METYRAPONE = AxisAgent(
    Agent("metyrapone", "Metyrapone", ("metopirone",), "mg", 6000.0),
    (Intake("oral", "met_gut", 1.0, source=_DOSES),),
    (Preparation("", "capsule", (250.0,), "mg", 1.0, ("EU", "UK", "US"), _TABLE),),
    ("oral",),
    500.0,
    ("07:00", "12:00", "17:00", "22:00"),
)

AGENTS: tuple[AxisAgent, ...] = (
    HYDROCORTISONE,
    PREDNISOLONE,
    PREDNISONE,
    DEXAMETHASONE,
    TETRACOSACTIDE,
    CORTICORELIN,
    METYRAPONE,
)
