"""What is given on the female gonadal axis and how it gets in (hpg_female.md section 4; strengths table).

Progestins count in ovulation-inhibiting doses: a milligram is divided by the dose that blocks ovulation (Kuhl 2005,
Schindler 2003 [mem]). A combined pill is two orders at one time; `pills` lists the products.
"""

from __future__ import annotations

from endotune_desktop.clinic.agents import ALL_MARKETS, Agent, Preparation
from endotune_desktop.physiology.axis import AxisAgent, Intake

_S4 = "hpg_female.md section 4"
_TABLE = "strengths table [mem]"
_MEM = "[mem]"
_ALL = (ALL_MARKETS,)

INHIBITING_DOSE_MG = {
    "levonorgestrel": 0.06, "desogestrel": 0.06, "drospirenone": 2.0, "norethisterone": 0.5, "gestodene": 0.04,
    "dienogest": 1.0, "cyproterone": 1.0, "nomegestrol": 1.25, "medroxyprogesterone": 10.0,
}  # fmt: skip
"""mg a day that inhibit ovulation (hpg_female.md section 4, Kuhl 2005, Schindler 2003 [mem])."""


def _tablet(*strengths: float, unit: str = "mg", part: float = 1.0, title: str = "tablet") -> Preparation:
    return Preparation("", title, strengths, unit, part, _ALL, _MEM)


def _progestin(name: str, title: str, aliases: tuple[str, ...], usual_mg: float, *tablets: Preparation) -> AxisAgent:
    """Return a progestin by mouth."""
    intake = Intake("oral", "PGg", 1.0 / INHIBITING_DOSE_MG[name], source=_S4)
    routes = ("oral",) * len(tablets)
    return AxisAgent(Agent(name, title, aliases, "mg", 100.0), (intake,), tablets, routes, usual_mg)


ESTRADIOL = AxisAgent(
    Agent("estradiol", "Estradiol", ("oestradiol", "E2", "17-beta-estradiol"), "mg", 10.0, {"ug/d": 1e-3}),
    (
        Intake("oral", "E2og", 1.0, source=_S4),
        Intake(
            "transdermal", "E2p", 1e3, ("twice_weekly_load",), "patch", replaces=True, usual_dose=0.05,
            usual_every_days=7, usual_days=(0, 3),
            source=_S4 + ": labelled rate, changed every 3.5 d",
        ),
        Intake(
            "transdermal", "E2p", 1e3, ("weekly_load",), "patch_weekly", replaces=True, usual_dose=0.05,
            usual_every_days=7,
            source=_S4 + ": labelled rate, changed every 7 d (same release decay, assumed)",
        ),
        Intake("transdermal", "E2t", 1.0, ("gel_gain",), "gel", 24.0, source="F_gel [mem]; not in hpg_female.md"),
    ),
    (
        Preparation("", "tablet", (0.5, 1.0, 2.0), "mg", 0.5, _ALL, _TABLE),
        Preparation("patch", "patch, twice weekly", (25.0, 37.5, 50.0, 75.0, 100.0), "ug/d", 0.5, _ALL, _TABLE),
        Preparation("patch_weekly", "patch, weekly", (25.0, 37.5, 50.0, 75.0, 100.0), "ug/d", 1.0, _ALL, _TABLE),
        Preparation("gel", "gel, sachet", (0.5, 1.0), "mg", 1.0, ("EU", "UK"), _TABLE),
        Preparation("gel", "gel, pump actuation", (0.75,), "mg", 1.0, ("EU", "UK", "US"), _TABLE),
    ),
    ("oral", "transdermal", "transdermal", "transdermal", "transdermal"),
    2.0,
)  # fmt: skip

PROGESTERONE = AxisAgent(
    Agent("progesterone", "Progesterone", ("P4", "micronised_progesterone"), "mg", 800.0),
    (Intake("vaginal", "P4d", 1.0, source=_S4),),
    (
        Preparation("", "vaginal capsule", (100.0, 200.0), "mg", 1.0, _ALL, _TABLE),
        Preparation("", "vaginal tablet", (100.0,), "mg", 1.0, _ALL, _MEM),
        Preparation("", "vaginal gel 8 %", (90.0,), "mg", 1.0, _ALL, _MEM),
        Preparation("", "pessary", (200.0, 400.0), "mg", 1.0, ("UK",), _MEM),
    ),
    ("vaginal",) * 4,
    200.0,
    ("22:00",),
)

ETHINYLESTRADIOL = AxisAgent(
    Agent("ethinylestradiol", "Ethinylestradiol", ("ethinyl_estradiol", "EE", "ethinyloestradiol"), "ug", 200.0),
    (Intake("oral", "EEg", 1.0, source=_S4),),
    (_tablet(20.0, 30.0, 35.0, unit="ug", title="part of a combined pill"),),
    ("oral",),
    30.0,
    ("20:00",),
)

LEVONORGESTREL = _progestin(
    "levonorgestrel", "Levonorgestrel", ("LNG",), 0.03, _tablet(0.03, title="progestogen-only pill"),
    _tablet(0.1, 0.125, 0.15, title="part of a combined pill"), _tablet(1.5, title="emergency tablet"),
)  # fmt: skip
DESOGESTREL = _progestin(
    "desogestrel", "Desogestrel", ("DSG",), 0.075, _tablet(0.075, title="progestogen-only pill"),
    _tablet(0.15, title="part of a combined pill"),
)  # fmt: skip
DROSPIRENONE = _progestin(
    "drospirenone", "Drospirenone", ("DRSP",), 3.0, _tablet(4.0, title="progestogen-only pill, 24 of 28 d"),
    _tablet(3.0, title="part of a combined pill"),
)  # fmt: skip
NORETHISTERONE = _progestin(
    "norethisterone", "Norethisterone", ("norethindrone", "NET"), 0.35,
    _tablet(0.35, title="progestogen-only pill"), _tablet(0.5, 1.0, title="part of a combined pill"), _tablet(5.0),
)  # fmt: skip
GESTODENE = _progestin("gestodene", "Gestodene", ("GSD",), 0.075, _tablet(0.06, 0.075, title="part of a combined pill"))
DIENOGEST = _progestin("dienogest", "Dienogest", ("DNG",), 2.0, _tablet(2.0))
CYPROTERONE = _progestin(
    "cyproterone", "Cyproterone acetate", ("CPA", "cyproterone_acetate"), 2.0, _tablet(2.0, 10.0, 50.0, part=0.5)
)
NOMEGESTROL = _progestin("nomegestrol", "Nomegestrol acetate", ("NOMAC", "nomegestrol_acetate"), 2.5, _tablet(2.5, 5.0))

MEDROXYPROGESTERONE = AxisAgent(
    Agent("medroxyprogesterone", "Medroxyprogesterone acetate", ("MPA", "DMPA"), "mg", 500.0),
    (
        Intake(
            "im", "PGd", 1.0, usual_every_days=84, source=_S4 + ": 1 mg is one inhibiting dose of the depot, assumed"
        ),
        Intake("im", "PGd", 1.0, preparation="depot", usual_every_days=84, source=_S4 + ": as above"),
        Intake("oral", "PGg", 1.0 / INHIBITING_DOSE_MG["medroxyprogesterone"], usual_dose=5.0, source=_S4),
    ),
    (
        Preparation("depot", "depot injection", (150.0,), "mg", 1.0, _ALL, _MEM),
        Preparation("", "tablet", (2.5, 5.0, 10.0), "mg", 0.5, _ALL, _MEM),
    ),
    ("im", "oral"),
    150.0,
    ("09:00",),
)

FOLLITROPIN = AxisAgent(
    Agent("follitropin", "Follitropin (FSH)", ("FSH", "follitropin_alfa", "urofollitropin"), "IU", 900.0),
    (Intake("sc", "FSHd", 1.0, source=_S4),),
    (Preparation("", "pen", (12.5,), "IU", 1.0, _ALL, "strengths table: 12.5 IU clicks [mem]"),),
    ("sc",),
    75.0,
    ("19:00",),
)

CHORIONIC_GONADOTROPIN = AxisAgent(
    Agent("chorionic_gonadotropin", "Chorionic gonadotropin (hCG)", ("hCG", "choriogonadotropin_alfa"), "IU", 20000.0),
    (Intake("sc", "hCGd", 1.0, source=_S4), Intake("im", "hCGd", 1.0, source=_S4)),
    (
        Preparation("", "vial", (1500.0, 5000.0, 10000.0), "IU", 0.0, ("EU", "US"), _TABLE),
        Preparation("", "pen 250 µg (about 6500 IU)", (6500.0,), "IU", 1.0, _ALL, _MEM),
        Preparation("", "vial", (1500.0, 5000.0, 10000.0), "IU", 0.0, ("EU", "US"), _TABLE),
    ),
    ("sc", "sc", "im"),
    5000.0,
    ("21:00",),
    chronic=False,
)

LEUPRORELIN = AxisAgent(
    Agent("leuprorelin", "Leuprorelin", ("leuprolide",), "mg", 11.25),
    (
        Intake(
            "im", "agB", 1.0, ("fb_ag",), "depot_1_month",
            also=(Intake("im", "agS", 1.0, ("slow_share",), "depot_1_month", source=_S4),),
            source=_S4 + ": a tenth at once, the rest over a month",
        ),
        Intake("sc", "agB", 1.0, source=_S4),
    ),
    (
        Preparation("depot_1_month", "one-month depot", (3.75,), "mg", 1.0, _ALL, _TABLE),
        Preparation("", "daily injection", (0.25, 0.5, 1.0), "mg", 0.0, _ALL, _MEM),
    ),
    ("im", "sc"),
    3.75,
    ("09:00",),
)  # fmt: skip

NAFARELIN = AxisAgent(
    Agent("nafarelin", "Nafarelin", (), "ug", 1600.0),
    (Intake("nasal", "agB", 0.0005, source=_S4 + ": 1 µg as 0.0005 mg leuprorelin, assumed"),),
    (Preparation("", "nasal spray", (200.0,), "ug", 1.0, ("EU", "US"), _MEM),),
    ("nasal",),
    200.0,
    ("08:00", "20:00"),
)


def _pump(preparation: str, pulses_a_day: float) -> Intake:
    """Return a pump that gives its dose so often."""
    return Intake(
        "pump", "", 1.0, preparation=preparation, pulses_a_day=pulses_a_day, source=_S4,
        holds={"pump_d": lambda dose, _: dose, "pump_f": lambda _, times: times},
    )  # fmt: skip


GONADORELIN = AxisAgent(
    Agent("gonadorelin", "Gonadorelin (GnRH)", ("GnRH", "LHRH"), "ug", 200.0),
    (_pump("", 16.0), _pump("every_60_min", 24.0), _pump("every_120_min", 12.0), _pump("every_15_min", 96.0)),
    (
        Preparation("", "pump, every 90 min", (1.0,), "ug", 0.0, ("EU",), _TABLE),
        Preparation("every_60_min", "pump, every 60 min", (1.0,), "ug", 0.0, ("EU",), _TABLE),
        Preparation("every_120_min", "pump, every 120 min", (1.0,), "ug", 0.0, ("EU",), _TABLE),
        Preparation("every_15_min", "pump, every 15 min (desensitises)", (1.0,), "ug", 0.0, ("teaching",), _TABLE),
    ),
    ("pump",) * 4,
    5.0,
)

CETRORELIX = AxisAgent(
    Agent("cetrorelix", "Cetrorelix", (), "mg", 10.0),
    (Intake("sc", "antd", 1.0, source=_S4),),
    (Preparation("", "syringe", (0.25, 3.0), "mg", 1.0, _ALL, _MEM),),
    ("sc",),
    0.25,
    ("09:00",),
)

LETROZOLE = AxisAgent(
    Agent("letrozole", "Letrozole", (), "mg", 20.0),
    (Intake("oral", "let", 1.0, source=_S4),),
    (Preparation("", "tablet", (2.5,), "mg", 0.5, _ALL, _TABLE),),
    ("oral",),
    2.5,
)

CLOMIFENE = AxisAgent(
    Agent("clomifene", "Clomifene", ("clomiphene", "clomiphene_citrate"), "mg", 250.0),
    (Intake("oral", "clo", 1.0, source=_S4),),
    (Preparation("", "tablet", (50.0,), "mg", 0.5, _ALL, _TABLE),),
    ("oral",),
    50.0,
)

ULIPRISTAL = AxisAgent(
    Agent("ulipristal", "Ulipristal acetate", ("UPA", "ulipristal_acetate"), "mg", 60.0),
    (Intake("oral", "upa", 1.0, source=_S4),),
    (_tablet(30.0, title="emergency tablet"), _tablet(5.0)),
    ("oral", "oral"),
    30.0,
    chronic=False,
)

CABERGOLINE = AxisAgent(
    Agent("cabergoline", "Cabergoline", (), "mg", 4.0),
    (Intake("oral", "cab", 1.0, source=_S4),),
    (Preparation("", "tablet", (0.5,), "mg", 0.5, _ALL, _TABLE),),
    ("oral",),
    0.5,
    ("20:00",),
)

AGENTS: tuple[AxisAgent, ...] = (
    ESTRADIOL, PROGESTERONE, ETHINYLESTRADIOL, LEVONORGESTREL, DESOGESTREL, DROSPIRENONE, NORETHISTERONE, GESTODENE,
    DIENOGEST, CYPROTERONE, NOMEGESTROL, MEDROXYPROGESTERONE, LETROZOLE, CLOMIFENE, FOLLITROPIN,
    CHORIONIC_GONADOTROPIN, GONADORELIN, NAFARELIN, LEUPRORELIN, CETRORELIX, ULIPRISTAL, CABERGOLINE,
)  # fmt: skip
