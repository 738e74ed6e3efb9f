"""What can be wrong with the calcium axis, by severity (gh_prolactin_calcium.md section 3, presets)."""

from __future__ import annotations

from collections.abc import Callable

from endotune_desktop.physiology.axis import Change, Lesion, Mode

_PRESETS = "gh_prolactin_calcium.md section 3, presets"


def _power(base: float) -> Callable[[float], float]:
    """Return ``base ** s``."""
    return lambda severity: base**severity


def _rising(full: float) -> Callable[[float], float]:
    """Return ``full s``."""
    return lambda severity: full * severity


LESIONS: tuple[Lesion, ...] = (
    Lesion(
        "hypoparathyroidism", "Hypoparathyroidism", "Most of the parathyroid tissue is lost", "parathyroid",
        (Change("hypo", Mode.PLUS, _rising(0.97), "hypo = 0.97 s; what is left does not grow"),),
        source=_PRESETS,
    ),
    Lesion(
        "primary_hyperparathyroidism", "Primary hyperparathyroidism",
        "An adenoma secretes: 0.19 mild, 0.44 typical, 1 marked", "parathyroid",
        (Change("Aad", Mode.PLUS, _rising(80.0), "Aad = 80 s pmol/L (35 at 0.4375)"),),
        usual_severity=0.4375, source=f"{_PRESETS} (35; mild 15, marked 80)",
    ),
    Lesion(
        "adenoma_removed", "Adenoma removed", "Parathyroid surgery: the adenoma's output goes", "parathyroid",
        (Change("Aad", Mode.TIMES, lambda severity: 1.0 - severity, "Aad x (1 - s)"),), onsets=("new", "at_h"),
        source="gh_prolactin_calcium.md section 3: a lesion is a change of Aad, here taken back",
    ),
    Lesion(
        "fhh", "Familial hypocalciuric hypercalcaemia", "The calcium sensor is set too high, gland and kidney",
        "parathyroid", (Change("fCaSR", Mode.TIMES, _power(1.15), "fCaSR = 1.15^s"),), source=_PRESETS,
    ),
    Lesion(
        "adh1", "Autosomal dominant hypocalcaemia 1", "The calcium sensor is set too low, gland and kidney",
        "parathyroid", (Change("fCaSR", Mode.TIMES, _power(0.90), "fCaSR = 0.90^s"),), source=_PRESETS,
    ),
    Lesion(
        "ckd", "Chronic kidney disease", "Filtration falls: 0.73 is 25, 1 is 15 mL/min", "kidney",
        (Change("GFR", Mode.TIMES, _power(0.15), "GFR = 100 x 0.15^s mL/min"),), source=_PRESETS,
        usual_severity=0.73,
    ),
    Lesion(
        "vitamin_d_deficiency", "Vitamin D deficiency", "Little vitamin D from skin and food", "kidney",
        (Change("Db", Mode.TIMES, _power(0.1), "Db = 50 x 0.1^s ug a day"),), source=_PRESETS,
    ),
    Lesion(
        "thiazide", "Thiazide", "The kidney keeps more calcium", "kidney",
        (Change("thz", Mode.PLUS, _rising(1.0), "thz = s"),), source=_PRESETS,
    ),
    Lesion(
        "phosphate_binder", "Phosphate binder", "Less phosphate is taken up from food", "gut",
        (Change("binder", Mode.PLUS, _rising(0.5), "binder = 0.5 s"),),
        source="gh_prolactin_calcium.md section 3, binder (user); half at full severity is a choice made here",
    ),
)  # fmt: skip
