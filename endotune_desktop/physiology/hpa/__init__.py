"""The adrenal axis: hypothalamus, pituitary, adrenals, cortisol binding and glucocorticoids (hpa.md, 23 Nov 2026)."""

from __future__ import annotations

from endotune_desktop.clinic.person import Person, Sex
from endotune_desktop.physiology.axis import Axis
from endotune_desktop.physiology.due_times import WEEK_H, DueTimes
from endotune_desktop.physiology.hpa.agents import AGENTS
from endotune_desktop.physiology.hpa.body import derive
from endotune_desktop.physiology.hpa.equations import marker_values, rates
from endotune_desktop.physiology.hpa.individual import FITTING
from endotune_desktop.physiology.hpa.lesions import LESIONS
from endotune_desktop.physiology.hpa.loop import (
    ARROWS,
    COMMUNICATION,
    GLANDS,
    LIMITS,
    MARKERS,
    PHASE,
    SYMPTOMS,
    VALIDATED,
)
from endotune_desktop.physiology.hpa.parameters import DERIVED, PARAMETERS
from endotune_desktop.physiology.hpa.refinements import REFINEMENTS
from endotune_desktop.physiology.hpa.rhythm import PULSES
from endotune_desktop.physiology.hpa.states import STATES

HPA = Axis(
    id="hpa",
    title="Adrenal",
    version="2026.11",
    summary="Hypothalamus, pituitary and adrenals with gland masses, cortisol binding and given glucocorticoids.",
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
    lead_marker="cortisol",
    reference_person=Person(Sex.MALE, 40.0, 176.0, 70.0),
    horizons_days=(2.0, 7.0, 56.0, 180.0, 365.0),
    symptoms=SYMPTOMS,
    fitting=FITTING,
    due_times=DueTimes(
        (7, 28),
        WEEK_H,
        0.5,
        "hydrocortisone leaves within hours, CBG and the adrenal follow in weeks; a cortisol half an hour after a "
        "tablet is another one [own choice]",
    ),
    fitted=("CLu", "SRmax", "A0", "ph1", "CBG", "K_GRp", "k_hc", "EC50", "t_A", "CLu_pr", "DHEAS0"),
    refinements=REFINEMENTS,
    communication=COMMUNICATION,
    pulses=PULSES,
    limits=LIMITS,
)
