"""GnRH and its analogues: the pump, agonist depots and the antagonist (hpg_male.md section 6)."""

from __future__ import annotations

from endotune_desktop.clinic.agents import ALL_MARKETS, Agent, Preparation
from endotune_desktop.physiology.axis import AxisAgent, Intake

_S6 = "hpg_male.md section 6"
_TABLE = "strengths table [mem]"
_ALL = (ALL_MARKETS,)
_DEPOTS = {"depot_1_month": "leuS1", "depot_3_months": "leuS3", "depot_4_months": "leuS3", "depot_6_months": "leuS6"}
_USUAL_MG = {"depot_1_month": 7.5, "depot_3_months": 22.5, "depot_4_months": 30.0, "depot_6_months": 45.0}
_EVERY_DAYS = {"depot_1_month": 28, "depot_3_months": 84, "depot_4_months": 112, "depot_6_months": 168}
"""Leuprorelin, for each depot."""


def _dose_of_pump(dose: float, times_a_day: float) -> float:
    """Return the dose a pulse."""
    return dose


def _pulses_of_pump(dose: float, times_a_day: float) -> float:
    """Return the pulses a day."""
    return times_a_day


def _pump(preparation: str, pulses_a_day: float) -> Intake:
    return Intake(
        "pump", "", 1.0, preparation=preparation, holds={"fr": _pulses_of_pump, "dose": _dose_of_pump},
        pulses_a_day=pulses_a_day, source=f"{_S6}: {pulses_a_day:g} pulses a day under the skin",
    )  # fmt: skip


def _depot(route: str, preparation: str, equivalent: float, source: str) -> Intake:
    """Return an agonist depot: a burst beside a slow store, in mg of leuprorelin."""
    burst = Intake(route, "leuB", equivalent, ("fb_leu",), preparation, source=source)
    return Intake(
        route, _DEPOTS[preparation], equivalent, ("slow_leu",), preparation, also=(burst,),
        usual_dose=_USUAL_MG[preparation] / equivalent, usual_every_days=_EVERY_DAYS[preparation], source=source,
    )  # fmt: skip


def _depots(route: str, *, equivalent: float = 1.0, source: str = _S6) -> tuple[Intake, ...]:
    return tuple(_depot(route, preparation, equivalent, source) for preparation in _DEPOTS)


_LEUPRORELIN_SOLD = (
    Preparation("depot_1_month", "1-month depot", (3.75, 7.5), "mg", 1.0, ("US", "EU"), _TABLE),
    Preparation("depot_3_months", "3-month depot", (11.25, 22.5), "mg", 1.0, ("US", "EU"), _TABLE),
    Preparation("depot_4_months", "4-month depot", (30.0,), "mg", 1.0, ("US",), _TABLE),
    Preparation("depot_6_months", "6-month depot", (30.0, 45.0), "mg", 1.0, ("US", "EU"), _TABLE),
)

GONADORELIN = AxisAgent(
    Agent("gonadorelin", "Gonadorelin (GnRH)", ("GnRH", "LHRH"), "ug", 100.0),
    (_pump("", 12.0), _pump("every_90_min", 16.0), _pump("continuous", 96.0)),
    (
        Preparation("", "pump, a pulse every 2 h", (1.0,), "ug", 0.0, ("EU",), _TABLE),
        Preparation("every_90_min", "pump, a pulse every 90 min", (1.0,), "ug", 0.0, ("EU",), _TABLE),
        Preparation("continuous", "pump, a pulse every 15 min", (1.0,), "ug", 0.0, ("EU",), _TABLE),
    ),
    ("pump", "pump", "pump"),
    10.0,
)

LEUPRORELIN = AxisAgent(
    Agent("leuprorelin", "Leuprorelin", ("leuprolide", "leuprolide_acetate"), "mg", 60.0),
    (
        *_depots("im", source=f"{_S6}; the 4-month form as the 3-month one (assumption)"),
        *_depots("sc", source=f"{_S6}; under the skin as in the muscle (assumption)"),
    ),
    (*_LEUPRORELIN_SOLD, *_LEUPRORELIN_SOLD),
    ("im", "im", "im", "im", "sc", "sc", "sc", "sc"),
    7.5,
    ("08:00",),
)

_TRIPTORELIN_FORMS = {"depot_1_month": 3.75, "depot_3_months": 11.25, "depot_6_months": 22.5}

TRIPTORELIN = AxisAgent(
    Agent("triptorelin", "Triptorelin", (), "mg", 30.0),
    tuple(
        _depot("im", name, 2.0, f"{_S6}: triptorelin 3.75 mg as leuprorelin 7.5 mg (assumption)")
        for name in _TRIPTORELIN_FORMS
    ),
    tuple(
        Preparation(name, name.replace("_", " "), (strength,), "mg", 1.0, ("US", "EU"), "[mem]")
        for name, strength in _TRIPTORELIN_FORMS.items()
    ),
    ("im",) * len(_TRIPTORELIN_FORMS),
    3.75,
    ("08:00",),
)

_GOSERELIN_FORMS = {"depot_1_month": (3.6, 7.5), "depot_3_months": (10.8, 22.5)}

GOSERELIN = AxisAgent(
    Agent("goserelin", "Goserelin", (), "mg", 12.0),
    tuple(
        _depot("sc", name, equivalent / dose, f"{dose:g} mg as leuprorelin {equivalent:g} mg (our assumption)")
        for name, (dose, equivalent) in _GOSERELIN_FORMS.items()
    ),
    tuple(
        Preparation(name, f"{name.replace('_', ' ')}, implant", (dose,), "mg", 1.0, _ALL, _TABLE)
        for name, (dose, _) in _GOSERELIN_FORMS.items()
    ),
    ("sc",) * len(_GOSERELIN_FORMS),
    3.6,
    ("08:00",),
)

DEGARELIX = AxisAgent(
    Agent("degarelix", "Degarelix", (), "mg", 480.0),
    (
        Intake(
            "sc",
            "degS",
            1.0,
            ("F_deg", "slow_deg"),
            also=(Intake("sc", "degB", 1.0, ("F_deg", "fb_deg"), source=_S6),),
            usual_every_days=28,
            source=_S6,
        ),
    ),
    (Preparation("", "vial", (80.0, 120.0), "mg", 1.0, _ALL, _TABLE),),
    ("sc",),
    80.0,
    ("08:00",),
)  # fmt: skip

ANALOGUES: tuple[AxisAgent, ...] = (GONADORELIN, LEUPRORELIN, TRIPTORELIN, GOSERELIN, DEGARELIX)
