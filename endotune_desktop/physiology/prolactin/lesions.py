"""What can be wrong with the prolactin axis, by severity (gh_prolactin_calcium.md section 2, presets)."""

from __future__ import annotations

from collections.abc import Callable

from endotune_desktop.physiology.axis import Change, Lesion, Mode

_PRESETS = "gh_prolactin_calcium.md section 2, presets"
_MICRO = 0.15
"""Severity at which a tumour makes the 60 ug/L of the file's microprolactinoma (400 ug/L at 1)."""


def _power(base: float) -> Callable[[float], float]:
    """Return ``base ** s``."""
    return lambda severity: base**severity


def _rising(full: float) -> Callable[[float], float]:
    """Return ``full s``."""
    return lambda severity: full * severity


def _slower_cabergoline(severity: float) -> float:
    """Return the factor on CL/F: 90 instead of 131 L/h from a microprolactinoma on (half-life 96 h, P13)."""
    return float((90.0 / 131.0) ** min(1.0, severity / _MICRO))


LESIONS: tuple[Lesion, ...] = (
    Lesion(
        "prolactinoma", "Prolactinoma", "A tumour makes prolactin: 0.15 micro, 1 macro", "pituitary",
        (
            Change("At", Mode.PLUS, _rising(400.0), "At = 400 s ug/L (60 at 0.15)"),
            Change("CLcab", Mode.TIMES, _slower_cabergoline, "CLcab x (90/131)^min(1, s/0.15)"),
        ),
        usual_severity=_MICRO, source=_PRESETS,
    ),
    Lesion(
        "resistance", "Resistance to dopamine agonists", "The tumour hardly answers to the drug", "pituitary",
        (Change("res_t", Mode.TIMES, _power(0.05), "res_t = 0.05^s"),), source=_PRESETS,
    ),
    Lesion(
        "stalk_section", "Stalk compression or section", "Dopamine does not reach the pituitary", "hypothalamus",
        (Change("stalk", Mode.PLUS, _rising(0.95), "stalk = 0.95 s"),), source=_PRESETS,
    ),
    Lesion(
        "macroprolactin", "Macroprolactinaemia", "Prolactin bound in a large inactive complex", "blood",
        (Change("mac_frac", Mode.PLUS, _rising(4.0), "mac_frac = 4 s"),), source=_PRESETS,
    ),
    Lesion(
        "primary_hypothyroidism", "Primary hypothyroidism", "More TRH drives the lactotrophs", "hypothalamus",
        (Change("trh_tone", Mode.TIMES, _power(3.0), "trh_tone = 3^s"),), source=_PRESETS,
    ),
    Lesion(
        "pregnancy", "Pregnancy", "Lactotrophs multiply under oestrogen: 1 is term", "pituitary",
        (Change("lact", Mode.TIMES, _power(15.0), "lact = 15^s"),), source=_PRESETS,
    ),
    Lesion(
        "lactation", "Lactation", "More lactotrophs while breast-feeding", "pituitary",
        (Change("lact", Mode.TIMES, _power(5.0), "lact = 5^s"),),
        source="gh_prolactin_calcium.md section 2, lact: lactation 5",
    ),
    Lesion(
        "pituitary_damage", "Pituitary damage", "Lactotrophs are lost", "pituitary",
        (Change("lact", Mode.TIMES, lambda severity: 1.0 - severity, "lact x (1 - s)"),),
        source="gh_prolactin_calcium.md section 2, lact: lactotroph mass",
    ),
    Lesion(
        "ckd", "Renal failure", "Prolactin is eliminated more slowly", "blood",
        (Change("elimination", Mode.TIMES, _power(0.6 / 1.12), "elimination x (0.6/1.12)^s"),),
        source=f"{_PRESETS} (kPRL 0.6; production is held here, where the preset lowers it too)",
    ),
)  # fmt: skip
