"""All parameters of the female gonadal axis, in the order of hpg_female.md section 3."""

from __future__ import annotations

from endotune_desktop.physiology.axis import Parameter
from endotune_desktop.physiology.hpg_female.parameters_brain import BRAIN
from endotune_desktop.physiology.hpg_female.parameters_drugs import DRUGS
from endotune_desktop.physiology.hpg_female.parameters_ovary import OVARY

PARAMETERS: tuple[Parameter, ...] = BRAIN + OVARY + DRUGS
