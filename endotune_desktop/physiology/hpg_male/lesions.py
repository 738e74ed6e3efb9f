"""What can be wrong with the male gonadal axis, by severity (hpg_male.md section 6, lesion presets)."""

from __future__ import annotations

from collections.abc import Callable

from endotune_desktop.physiology.axis import Change, Lesion, Mode

_S6 = "hpg_male.md section 6"


def _power(full: float) -> Callable[[float], float]:
    """Return ``full ** s``."""
    return lambda severity: full**severity


def _fading(to: float) -> Callable[[float], float]:
    """Return ``1 + (to - 1) s``."""
    return lambda severity: 1.0 + (to - 1.0) * severity


def _rising(full: float) -> Callable[[float], float]:
    """Return ``full s``."""
    return lambda severity: full * severity


def _times(parameter: str, at: Callable[[float], float], words: str) -> Change:
    return Change(parameter, Mode.TIMES, at, words)


def _plus(parameter: str, full: float, words: str) -> Change:
    return Change(parameter, Mode.PLUS, _rising(full), words)


LESIONS: tuple[Lesion, ...] = (
    Lesion(
        "primary_hypogonadism", "Primary hypogonadism", "Leydig and Sertoli cells are lost", "leydig",
        (
            _times("cap_Leydig", _power(0.1), "Leydig capacity 0.1^s"),
            _times("cap_Sert", _power(0.1), "Sertoli capacity 0.1^s"),
        ), usual_severity=0.75, source="no preset in hpg_male.md: a tenth of both, our choice",
    ),
    Lesion(
        "klinefelter", "Klinefelter syndrome", "Tubules and most Leydig cells are lost", "leydig",
        (
            _times("cap_Leydig", _power(0.25), "Leydig capacity 0.25^s"),
            _times("cap_Sert", _power(0.03), "Sertoli capacity 0.03^s"),
        ),
        onsets=("long_standing",), source=_S6,
    ),
    Lesion(
        "orchiectomy", "Orchiectomy", "Part or all of the testes removed", "leydig",
        (
            _times("cap_Leydig", _fading(1e-3), "Leydig capacity 1 - 0.999 s"),
            _times("cap_Sert", _fading(1e-3), "Sertoli capacity 1 - 0.999 s"),
        ), source=f"{_S6}; half of the tissue at 0.5",
    ),
    Lesion(
        "kallmann", "Kallmann syndrome", "The hypothalamus makes no GnRH", "hypothalamus",
        (_times("tone", _fading(0.0), "GnRH tone 1 - s"),), onsets=("long_standing",),
        source=_S6,
    ),
    Lesion(
        "secondary_hypogonadism", "Secondary hypogonadism", "The hypothalamus makes too little GnRH", "hypothalamus",
        (_times("tone", _power(0.12), "GnRH tone 0.12^s: LH 1.35, testosterone 6.9 at 1"),), source=_S6,
    ),
    Lesion(
        "pituitary_damage", "Pituitary damage", "Gonadotrophs are lost", "pituitary",
        (_times("cap_Pit", _power(0.1), "pituitary capacity 0.1^s: LH 1.9, testosterone 9.8 at 1"),), source=_S6,
    ),
    Lesion(
        "functional_obesity", "Functional hypogonadism of obesity", "Less GnRH, more aromatase, BMI of at least 34",
        "hypothalamus",
        (
            _times("tone", _power(0.42), "GnRH tone 0.42^s"),
            _times("arom", _power(1.7), "aromatase 1.7^s"),
            _plus("obesity", 1.0, "BMI on the way to 34 kg/m2 by s"),
        ),
        source=_S6,
    ),
    Lesion(
        "hyperprolactinaemia", "Hyperprolactinaemia", "Prolactin holds GnRH back", "hypothalamus",
        (_plus("PRL", 2800.0, "prolactin 200 + 2800 s mIU/L"),), source=_S6,
    ),
    Lesion(
        "opioids", "Opioids", "Opioids hold GnRH back", "hypothalamus",
        (_plus("MED", 120.0, "120 s mg morphine equivalents a day"),), source=_S6,
    ),
    Lesion(
        "ageing", "Ageing", "The axis as at 75 years", "hypothalamus",
        (_plus("ageing", 1.0, "age on the way to 75 years by s"),), onsets=("long_standing",), source=_S6,
    ),
)  # fmt: skip
