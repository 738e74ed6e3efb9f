"""The female gonadal axis: GnRH, LH and FSH, six follicle classes, corpus luteum (hpg_female.md, 23 Nov 2026)."""

from __future__ import annotations

from endotune_desktop.clinic.person import Person, Sex
from endotune_desktop.physiology.axis import Axis
from endotune_desktop.physiology.hpg_female.agents import AGENTS
from endotune_desktop.physiology.hpg_female.equations import marker_values, rates
from endotune_desktop.physiology.hpg_female.individual import FITTING
from endotune_desktop.physiology.hpg_female.lesions import LESIONS
from endotune_desktop.physiology.hpg_female.loop import (
    ARROWS,
    COMMUNICATION,
    CYCLE,
    GLANDS,
    LIMITS,
    PHASE,
    START,
    SYMPTOMS,
    VALIDATED,
)
from endotune_desktop.physiology.hpg_female.markers import MARKERS
from endotune_desktop.physiology.hpg_female.parameters import PARAMETERS
from endotune_desktop.physiology.hpg_female.person import DERIVED, derive
from endotune_desktop.physiology.hpg_female.refinements import REFINEMENTS
from endotune_desktop.physiology.hpg_female.states import STATES

HPG_FEMALE = Axis(
    id="hpg_female",
    title="Ovary",
    version="2026.11",
    summary="GnRH, LH and FSH, follicles in six classes, ovulation and corpus luteum: the menstrual cycle.",
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
    lead_marker="estradiol",
    reference_person=Person(Sex.FEMALE, 30.0, 165.0, 62.0),
    sexes=(Sex.FEMALE,),
    start=START,
    cycle=CYCLE,
    horizons_days=(56.0, 28.0, 112.0, 224.0),
    symptoms=SYMPTOMS,
    fitting=FITTING,
    fitted=("A_LH", "F_max", "T_EL", "th1", "e_F2", "F_E2o", "T_IB", "T_PL"),
    communication=COMMUNICATION,
    refinements=REFINEMENTS,
    limits=LIMITS,
    longest_step_h=12.0,  # hpg_female.md section 9: max_step 0.5 d
    method="explicit",
)
