"""The thyroid axis: hypothalamus, pituitary, thyroid and the tissues that T4 and T3 reach (hpt.md, 23 Nov 2026)."""

from __future__ import annotations

from endotune_desktop.physiology.axis import Axis
from endotune_desktop.physiology.hpt.agents import AGENTS
from endotune_desktop.physiology.hpt.body import derive
from endotune_desktop.physiology.hpt.equations import marker_values, rates
from endotune_desktop.physiology.hpt.lesions import FITTING, LESIONS
from endotune_desktop.physiology.hpt.loop import ARROWS, COMMUNICATION, GLANDS, LIMITS, MARKERS, PHASE, VALIDATED
from endotune_desktop.physiology.hpt.parameters import DERIVED, PARAMETERS
from endotune_desktop.physiology.hpt.states import STATES

HPT = Axis(
    id="hpt",
    title="Thyroid",
    version="2026.11",
    summary="Hypothalamus, pituitary and thyroid with gland masses, colloid store, tissue state and binding.",
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
    lead_marker="tsh",
    symptoms=(
        ("fatigue", "Fatigue"),
        ("cold", "Cold"),
        ("palpitations", "Palpitations"),
        ("tremor", "Tremor"),
        ("sweating", "Sweating"),
        ("constipation", "Constipation"),
    ),
    fitted=("setpoint", "slope", "f4", "cl4", "gt", "conv"),
    fitting=FITTING,
    communication=COMMUNICATION,
    limits=LIMITS,
)
