"""What is given on the male gonadal axis and how it gets in (hpg_male.md section 6; strengths from the table)."""

from __future__ import annotations

from endotune_desktop.clinic.agents import ALL_MARKETS, Agent, Preparation
from endotune_desktop.physiology.axis import AxisAgent, Intake
from endotune_desktop.physiology.hpg_male.analogues import ANALOGUES

_S6 = "hpg_male.md section 6"
_TABLE = "strengths table [mem]"
_ALL = (ALL_MARKETS,)

_SC_AS_IM = f"{_S6}; under the skin as in the muscle (assumption)"

TESTOSTERONE = AxisAgent(
    Agent("testosterone", "Testosterone", ("TRT", "T"), "mg", 2000.0),
    (
        Intake("transdermal", "gel", 1.0, ("F_gel",), "gel", source=_S6),
        Intake(
            "transdermal", "patch", 1.0, ("F_patch", "patch_load"), "patch", replaces=True, usual_dose=4.0,
            source=f"{_S6}: the dose is what the label says it delivers in 24 h; a new patch replaces the old",
        ),
        Intake("im", "TE", 1.0, ("m_TE", "F_TE"), "enanthate", usual_dose=250.0, usual_every_days=21, source=_S6),
        Intake("im", "TC", 1.0, ("m_TC", "F_TC"), "cypionate", usual_dose=100.0, usual_every_days=7, source=_S6),
        Intake("im", "TU", 1.0, ("m_TU", "F_TU"), "undecanoate", usual_dose=1000.0, usual_every_days=84, source=_S6),
        Intake("sc", "TE", 1.0, ("m_TE", "F_TE"), "enanthate", usual_dose=75.0, usual_every_days=7, source=_SC_AS_IM),
        Intake("sc", "TC", 1.0, ("m_TC", "F_TC"), "cypionate", usual_dose=100.0, usual_every_days=7, source=_SC_AS_IM),
        Intake("oral", "TUo", 1.0, ("m_TU", "F_TUo"), "undecanoate", usual_dose=237.0, source=f"{_S6}, with food"),
    ),
    (
        Preparation("gel", "gel 1 %, sachet", (25.0, 50.0), "mg", 1.0, ("US", "EU"), "strengths table [src2]"),
        Preparation("gel", "gel 1.62 %, pump stroke", (20.25,), "mg", 1.0, ("US", "EU"), "strengths table [src2]"),
        Preparation("gel", "gel 2 %, pump stroke", (10.0,), "mg", 1.0, ("EU",), _TABLE),
        Preparation("patch", "patch, mg in 24 h", (2.0, 4.0), "mg", 1.0, ("US",), _TABLE),
        Preparation("enanthate", "ampoule 250 mg", (250.0,), "mg", 0.0, ("EU",), _TABLE),
        Preparation("cypionate", "vial 100 mg/mL, 0.05 mL steps", (5.0,), "mg", 1.0, ("US",), _TABLE),
        Preparation("cypionate", "vial 200 mg/mL, 0.05 mL steps", (10.0,), "mg", 1.0, ("US",), _TABLE),
        Preparation("undecanoate", "vial", (750.0,), "mg", 1.0, ("US",), _TABLE),
        Preparation("undecanoate", "vial", (1000.0,), "mg", 1.0, ("EU",), _TABLE),
        Preparation("enanthate", "autoinjector", (50.0, 75.0, 100.0), "mg", 1.0, ("US",), _TABLE),
        Preparation("cypionate", "vial 200 mg/mL, 0.05 mL steps", (10.0,), "mg", 1.0, ("US",), _TABLE),
        Preparation("undecanoate", "capsule", (112.5, 158.0, 198.0, 237.0), "mg", 1.0, ("US",), _TABLE),
    ),
    ("transdermal", "transdermal", "transdermal", "transdermal", "im", "im", "im", "im", "im", "sc", "sc", "oral"),
    50.0,
    ("08:00",),
)  # fmt: skip

NANDROLONE = AxisAgent(
    Agent("nandrolone", "Nandrolone", ("nandrolone_decanoate", "AAS"), "mg", 2000.0),
    (Intake("im", "AAS", 1.0, source=f"{_S6}: a non-aromatising androgen, one generic compound"),),
    (Preparation("", "ampoule", (25.0, 50.0), "mg", 0.0, ("EU",), "[mem]"),),
    ("im",),
    200.0,
    ("08:00",),
)

_HCG_VIALS = (1500.0, 5000.0, 10000.0)

CHORIONIC_GONADOTROPIN = AxisAgent(
    Agent("chorionic_gonadotropin", "Chorionic gonadotropin (hCG)", ("hCG", "HCG"), "IU", 20000.0),
    (
        Intake("sc", "hCGd", 1.0, ("F_hCG",), source=_S6),
        Intake("im", "hCGd", 1.0, ("F_hCG",), source=_S6),
    ),
    (
        Preparation("", "vial", _HCG_VIALS, "IU", 0.0, ("EU", "US"), _TABLE),
        Preparation("", "vial", _HCG_VIALS, "IU", 0.0, ("EU", "US"), _TABLE),
    ),
    ("sc", "im"),
    1500.0,
    ("08:00",),
)

CHORIOGONADOTROPIN_ALFA = AxisAgent(
    Agent("choriogonadotropin_alfa", "Choriogonadotropin alfa", ("rhCG",), "ug", 1000.0),
    (Intake("sc", "hCGd", 26.0, ("F_hCG",), source="250 ug are about 6500 IU of hCG (label [mem])"),),
    (Preparation("", "pen", (250.0,), "ug", 0.0, ("EU", "US"), _TABLE),),
    ("sc",),
    250.0,
    ("08:00",),
)

FOLLITROPIN = AxisAgent(
    Agent("follitropin", "Follitropin (FSH)", ("rFSH", "follitropin_alfa", "follitropin_beta"), "IU", 1000.0),
    (Intake("sc", "FSHd", 1.0, ("F_FSHx",), source=_S6),),
    (Preparation("", "pen, 12.5 IU clicks", (12.5,), "IU", 1.0, _ALL, _TABLE),),
    ("sc",),
    150.0,
    ("08:00",),
)

CLOMIFENE = AxisAgent(
    Agent("clomifene", "Clomifene", ("clomiphene",), "mg", 200.0),
    (Intake("oral", "clo", 1.0, source=_S6),),
    (Preparation("", "tablet", (50.0,), "mg", 0.5, _ALL, _TABLE),),
    ("oral",),
    25.0,
    ("08:00",),
)

ENCLOMIFENE = AxisAgent(
    Agent("enclomifene", "Enclomifene", ("enclomiphene",), "mg", 100.0),
    (Intake("oral", "encl", 1.0, source=_S6),),
    (Preparation("", "capsule", (12.5, 25.0), "mg", 1.0, ("trial",), "hpg_male.md section 7 [mem]"),),
    ("oral",),
    12.5,
    ("08:00",),
)

ANASTROZOLE = AxisAgent(
    Agent("anastrozole", "Anastrozole", (), "mg", 10.0),
    (Intake("oral", "ana", 1.0, source=_S6),),
    (Preparation("", "tablet", (1.0,), "mg", 0.5, _ALL, _TABLE),),
    ("oral",),
    1.0,
    ("08:00",),
)

AGENTS: tuple[AxisAgent, ...] = (
    TESTOSTERONE,
    CHORIONIC_GONADOTROPIN,
    CHORIOGONADOTROPIN_ALFA,
    FOLLITROPIN,
    CLOMIFENE,
    ENCLOMIFENE,
    ANASTROZOLE,
    *ANALOGUES,
    NANDROLONE,
)
