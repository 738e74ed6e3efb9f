"""Where this program leaves the research specification, and why: in force as far as the parameter ``refined`` says."""

from __future__ import annotations

from endotune_desktop.physiology.axis import REFINED, Parameter, Refinement

STRUCTURE: tuple[Parameter, ...] = (
    Parameter(
        "k_res", "1", "rise of the FSH threshold as the reserve falls; 0 in the research model", 0.0, 0.0, 2.0,
        "not in hpg_female.md; aged follicles answer less to FSH (POSEIDON [mem])",
    ),
    Parameter(
        REFINED, "1", "0: the research specification, 1: with this program's refinements", 0.0, 0.0, 1.0,
        "this program",
    ),
)  # fmt: skip

REFINEMENTS: tuple[Refinement, ...] = ()
