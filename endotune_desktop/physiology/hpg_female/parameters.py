"""All parameters of the female gonadal axis: those of hpg_female.md section 3 in their order, then this program's."""

from __future__ import annotations

from endotune_desktop.physiology.axis import Parameter
from endotune_desktop.physiology.hpg_female.parameters_brain import BRAIN
from endotune_desktop.physiology.hpg_female.parameters_drugs import DRUGS
from endotune_desktop.physiology.hpg_female.parameters_ovary import OVARY
from endotune_desktop.physiology.hpg_female.refinements import STRUCTURE

_PROBES = tuple(
    Parameter(f"probe_{short}", "1", f"logarithm by which synthesis of LH and FSH misreads {name}", 0.0, -2.0, 2.0,
              "tuning.md 2.1")
    for short, name in (("e2", "oestrogen"), ("p4", "progestogen"), ("ib", "inhibin B"), ("ia", "inhibin A"))
)  # fmt: skip

PARAMETERS: tuple[Parameter, ...] = BRAIN + OVARY + DRUGS + STRUCTURE + _PROBES
