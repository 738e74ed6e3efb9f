"""The prolactin axis: dopamine feedback, lactotroph store, tumour, agonists and blockers of D2 receptors."""

from __future__ import annotations

from endotune_desktop.clinic.person import Person, Sex
from endotune_desktop.physiology.axis import Axis
from endotune_desktop.physiology.prolactin.agents import AGENTS
from endotune_desktop.physiology.prolactin.body import derive
from endotune_desktop.physiology.prolactin.equations import marker_values, rates
from endotune_desktop.physiology.prolactin.individual import FITTING
from endotune_desktop.physiology.prolactin.lesions import LESIONS
from endotune_desktop.physiology.prolactin.loop import (
    ARROWS,
    COMMUNICATION,
    GLANDS,
    LIMITS,
    MARKERS,
    PHASE,
    VALIDATED,
)
from endotune_desktop.physiology.prolactin.parameters import DERIVED, PARAMETERS
from endotune_desktop.physiology.prolactin.refinements import REFINEMENTS
from endotune_desktop.physiology.prolactin.states import STATES
from endotune_desktop.physiology.rhythm import Start

PROLACTIN = Axis(
    id="prolactin",
    title="Prolactin",
    version="2026.11",
    summary="Dopamine feedback, lactotroph store and tumour, D2 agonists and blockers, what an assay reads.",
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
    lead_marker="prolactin",
    reference_person=Person(Sex.FEMALE, 40.0, 168.0, 75.0),
    start=Start(held={"pause": 1.0, "ks_t": 0.0, "kg_t": 0.0}, source="gh_prolactin_calcium.md section 2, start"),
    horizons_days=(28.0, 2.0, 84.0, 182.0),
    fitting=FITTING,
    symptoms=(
        ("galactorrhoea", "Galactorrhoea"),
        ("low_libido", "Low libido"),
        ("cycle_disturbed", "Cycle disturbed"),
        ("headache", "Headache"),
        ("visual_field", "Visual field"),
    ),
    fitted=("R0f", "R0m", "kPRL", "Kcab", "CLcab", "gDA", "At", "ks_t", "res_t"),
    communication=COMMUNICATION,
    refinements=REFINEMENTS,
    limits=LIMITS,
    # gh_prolactin_calcium.md, solver, says 0.5 h for fixed tolerances; at 1 h rtol 1e-4 errs by 1e-5 of a maximum.
    longest_step_h=1.0,
)
