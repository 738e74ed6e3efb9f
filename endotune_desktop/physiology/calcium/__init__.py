"""The calcium axis: parathyroids, vitamin D, gut, kidney, bone, phosphate and FGF23."""

from __future__ import annotations

from endotune_desktop.clinic.person import Person, Sex
from endotune_desktop.physiology.axis import Axis
from endotune_desktop.physiology.calcium.agents import AGENTS
from endotune_desktop.physiology.calcium.body import derive
from endotune_desktop.physiology.calcium.equations import marker_values, rates
from endotune_desktop.physiology.calcium.individual import FITTING
from endotune_desktop.physiology.calcium.lesions import LESIONS
from endotune_desktop.physiology.calcium.loop import ARROWS, COMMUNICATION, GLANDS, LIMITS, MARKERS, PHASE, VALIDATED
from endotune_desktop.physiology.calcium.parameters import DERIVED, PARAMETERS
from endotune_desktop.physiology.calcium.refinements import REFINEMENTS
from endotune_desktop.physiology.calcium.states import STATES
from endotune_desktop.physiology.due_times import WEEK_H, DueTimes

CALCIUM = Axis(
    id="calcium",
    title="Calcium",
    version="2026.11",
    summary="Parathyroid glands with store and mass, vitamin D, gut, kidney, bone, phosphate and FGF23.",
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
    lead_marker="calcium",
    reference_person=Person(Sex.FEMALE, 50.0, 168.0, 70.0),
    horizons_days=(28.0, 2.0, 84.0, 365.0),
    fitting=FITTING,
    due_times=DueTimes((7, 28), WEEK_H, 3.0, "calcitriol and PTH act within days, bone within weeks [own choice]"),
    symptoms=(
        ("tingling", "Tingling"),
        ("cramps", "Cramps"),
        ("tiredness", "Tiredness"),
        ("thirst", "Thirst"),
        ("bone_pain", "Bone pain"),
        ("brain_fog", "Brain fog"),
    ),
    fitted=("PTH0", "set0", "D0", "aact", "Th0", "Db", "bP", "hypo", "Aad"),
    communication=COMMUNICATION,
    refinements=REFINEMENTS,
    limits=LIMITS,
)
