"""What can be wrong with the somatotropic axis, by severity (gh_prolactin_calcium.md section 1, presets and knobs)."""

from __future__ import annotations

from collections.abc import Callable

from endotune_desktop.physiology.axis import Change, Lesion, Mode

_S1 = "gh_prolactin_calcium.md section 1"
_SEVERE_ADENOMA = 60.0
"""ug/L/h: "10 mild, 25 typical, 60 severe"."""


def _power(base: float) -> Callable[[float], float]:
    """Return ``base ** s``."""
    return lambda severity: base**severity


def _rising(full: float) -> Callable[[float], float]:
    """Return ``full s``."""
    return lambda severity: full * severity


LESIONS: tuple[Lesion, ...] = (
    Lesion(
        "gh_deficiency", "GH deficiency", "Somatotrophs are lost", "pituitary",
        (Change("ghd", Mode.PLUS, _rising(0.94), "lost share = 0.94 s"),), source=f"{_S1}, preset aghd",
    ),
    Lesion(
        "laron", "Laron syndrome", "The GH receptor does not work", "liver",
        (Change("ghr", Mode.TIMES, _power(0.02), "receptor function = 0.02^s"),), source=f"{_S1}, preset laron",
    ),
    Lesion(
        "acromegaly", "Acromegaly", "An adenoma secretes GH", "pituitary",
        (Change("Aad", Mode.PLUS, _rising(_SEVERE_ADENOMA), "adenoma secretion = 60 s ug/L/h"),),
        usual_severity=25.0 / _SEVERE_ADENOMA, source=f"{_S1}: Aad 10 mild, 25 typical, 60 severe",
    ),
    Lesion(
        "ghrh_loss", "Loss of GHRH", "The stalk is cut, or the hypothalamus makes no GHRH", "hypothalamus",
        (Change("stalk", Mode.PLUS, _rising(1.0), "lost GHRH drive = s"),), source=_S1,
    ),
    Lesion(
        "analogue_resistance", "Resistance to analogues", "The adenoma answers weakly to somatostatin analogues",
        "pituitary", (Change("ad_sst", Mode.TIMES, _power(0.2), "adenoma sensitivity = 0.2^s"),),
        source=f"{_S1}, preset SSA-resistant",
    ),
    Lesion(
        "oral_oestrogen", "Oral oestrogen", "The liver answers less to GH", "liver",
        (Change("e_oralE2", Mode.TIMES, _power(1.6), "EC50 x 1.6^s"),), source=f"{_S1}, assumed",
    ),
)  # fmt: skip
