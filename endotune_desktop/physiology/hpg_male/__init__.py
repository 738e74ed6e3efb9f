"""The male gonadal axis: hypothalamus, pituitary, Leydig and Sertoli cells, and estradiol (hpg_male.md)."""

from __future__ import annotations

from endotune_desktop.clinic.person import Person, Sex
from endotune_desktop.physiology.axis import Axis
from endotune_desktop.physiology.hpg_male.agents import AGENTS
from endotune_desktop.physiology.hpg_male.body import derive
from endotune_desktop.physiology.hpg_male.equations import marker_values, rates
from endotune_desktop.physiology.hpg_male.individual import FITTING
from endotune_desktop.physiology.hpg_male.lesions import LESIONS
from endotune_desktop.physiology.hpg_male.loop import (
    ARROWS,
    COMMUNICATION,
    GLANDS,
    LIMITS,
    MARKERS,
    PHASE,
    VALIDATED,
)
from endotune_desktop.physiology.hpg_male.parameters import DERIVED, PARAMETERS
from endotune_desktop.physiology.hpg_male.refinements import REFINEMENTS
from endotune_desktop.physiology.hpg_male.states import STATES
from endotune_desktop.physiology.rhythm import Begins, PacedPulses, Start

REFERENCE_MAN = Person(Sex.MALE, 30.0, 176.0, 74.3424)
"""30 years, BMI 24 kg/m2: the operating point of the document."""

HPG_MALE = Axis(
    id="hpg_male",
    title="Male gonadal",
    version="2026.11",
    summary="GnRH, LH and FSH, Leydig and Sertoli cells, testosterone with its binding, estradiol and sperm index.",
    states=STATES,
    parameters=PARAMETERS,
    derived=DERIVED,
    derive=derive,
    rates=rates,
    marker_values=marker_values,
    markers=MARKERS,
    agents=AGENTS,
    lesions=LESIONS,
    glands=GLANDS,
    arrows=ARROWS,
    phase=PHASE,
    validated=VALIDATED,
    lead_marker="testosterone",
    reference_person=REFERENCE_MAN,
    sexes=(Sex.MALE,),
    start=Start(
        Begins.SETTLED,
        held={"a_diurnal": 0.0},
        follow_h=120.0,
        source="hpg_male.md section 6: steady state without the daily rhythm, then 5 d with it",
    ),
    horizons_days=(84.0, 7.0, 28.0, 182.0, 365.0),
    symptoms=(
        ("libido", "Low libido"),
        ("erectile", "Erectile problems"),
        ("energy", "Low energy"),
        ("mood", "Low mood"),
        ("hot_flushes", "Hot flushes"),
        ("breast", "Tender breasts"),
    ),
    fitting=FITTING,
    communication=COMMUNICATION,
    fitted=(
        "CL_T",
        "F_gel",
        "ka_TE",
        "ka_TC",
        "ka_TU",
        "SHBG0",
        "LH_ref",
        "FSH_ref",
        "arom",
        "IB_ref",
        "Sp_ref",
        "eps_hCG",
    ),
    pulses=PacedPulses(
        state="LH",
        frequency_marker="lh_pulse_frequency",
        size_marker="lh_pulse_size",
        stream="lh_stream",
        shape=2.0,
        size_spread=0.3,
        source="hpg_male.md section 6, pulsatile mode",
    ),
    refinements=REFINEMENTS,
    limits=LIMITS,
)
