"""The somatotropic axis: GHRH, somatostatin, growth hormone and IGF-1 (gh_prolactin_calcium.md, section 1)."""

from __future__ import annotations

from endotune_desktop.clinic.person import Person, Sex
from endotune_desktop.physiology.axis import Axis
from endotune_desktop.physiology.gh_igf1.agents import AGENTS
from endotune_desktop.physiology.gh_igf1.body import derive
from endotune_desktop.physiology.gh_igf1.equations import marker_values, rates
from endotune_desktop.physiology.gh_igf1.individual import FITTING
from endotune_desktop.physiology.gh_igf1.lesions import LESIONS
from endotune_desktop.physiology.gh_igf1.loop import ARROWS, COMMUNICATION, GLANDS, LIMITS, MARKERS, PHASE, VALIDATED
from endotune_desktop.physiology.gh_igf1.parameters import DERIVED, PARAMETERS
from endotune_desktop.physiology.gh_igf1.refinements import REFINEMENTS
from endotune_desktop.physiology.gh_igf1.states import STATES

GH_IGF1 = Axis(
    id="gh_igf1",
    title="Somatotropic",
    version="2026.11",
    summary="GHRH bursts, somatostatin, growth hormone and IGF-1, with adenoma, analogues, GH drugs and tests.",
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
    lead_marker="igf1",
    reference_person=Person(Sex.MALE, 40.0, 176.0, 75.0),
    horizons_days=(42.0, 1.0, 84.0),
    symptoms=(
        ("fatigue", "Fatigue"),
        ("well_being", "Low well-being"),
        ("sweating", "Sweating"),
        ("headache", "Headache"),
        ("joint_pain", "Joint pain"),
        ("soft_tissue_swelling", "Swelling of hands and feet"),
    ),
    fitting=FITTING,
    fitted=("kin0", "Emax85", "kout", "CLF85", "Vmpeg", "soct", "M", "EC50"),
    communication=COMMUNICATION,
    refinements=REFINEMENTS,
    limits=LIMITS,
    # gh_prolactin_calcium.md, solver: bursts are 0.35 h wide, and 0.25 h steps never jump over one. Two of a width do
    # not either, and cost a half at screen tolerance (largest error at rtol 1e-4: 5e-4 of a marker's maximum).
    longest_step_h=0.7,
)
