"""Prolactin."""

from __future__ import annotations

from endotune_desktop.clinic.analytes.analyte import Analyte, ReferenceRange, ReportUnit
from endotune_desktop.clinic.person import Sex
from endotune_desktop.clinic.units import UnitSystem

_MIU_PER_UG = 21.2
"""WHO 84/500 (gh_prolactin_calcium.md section 6)."""
_S6 = "gh_prolactin_calcium.md section 6 (P1)"

PROLACTIN: tuple[Analyte, ...] = (
    Analyte(
        "prolactin", "Prolactin", "prolactin",
        (
            ReportUnit("mIU/L", 1.0, UnitSystem.SI, "15081-3", True),
            ReportUnit("ng/mL", _MIU_PER_UG, UnitSystem.CONVENTIONAL, "2842-3", True),
            ReportUnit("µg/L", _MIU_PER_UG, UnitSystem.SI, "2842-3", True),
            ReportUnit("mU/L", 1.0, UnitSystem.SI, "15081-3", True),
        ),
        0.0, 2.0e6, 10.6, 530.0, 0.06, _S6,
        (
            ReferenceRange(84.8, 530.0, Sex.FEMALE, words="woman, not pregnant", source=_S6),
            ReferenceRange(10.6, 402.8, Sex.MALE, words="man", source=_S6),
        ),
    ),
)  # fmt: skip
