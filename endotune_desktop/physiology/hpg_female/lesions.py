"""What can be wrong with the female gonadal axis, by severity (hpg_female.md section 5)."""

from __future__ import annotations

from collections.abc import Callable

from endotune_desktop.physiology.axis import Change, Lesion, Mode

_S5 = "hpg_female.md section 5"


def _fading(to: float) -> Callable[[float], float]:
    """Return ``1 + (to - 1) s``."""
    return lambda severity: 1.0 + (to - 1.0) * severity


def _times(parameter: str, to: float, words: str) -> Change:
    return Change(parameter, Mode.TIMES, _fading(to), words)


def _plus(parameter: str, full: float, words: str) -> Change:
    return Change(parameter, Mode.PLUS, lambda severity: full * severity, words)


_OVARY_LOST = _times("reserve", 0.0, "reserve = 1 - s")

LESIONS: tuple[Lesion, ...] = (
    Lesion(
        "ovarian_insufficiency", "Premature ovarian insufficiency", "The ovary runs out of follicles early",
        "follicles", (_OVARY_LOST,), source=_S5,
    ),
    Lesion(
        "menopause", "Menopause", "No follicle is left", "follicles", (_OVARY_LOST,), source=_S5,
    ),
    Lesion(
        "oophorectomy", "Oophorectomy", "Ovaries removed: 1 both, 0.5 one", "follicles", (_OVARY_LOST,), source=_S5,
    ),
    Lesion(
        "diminished_reserve", "Diminished reserve, perimenopause", "Few follicles are left", "follicles",
        (_OVARY_LOST,), usual_severity=0.65, source=_S5 + ": perimenopause s 0.65",
    ),
    Lesion(
        "hypothalamic_amenorrhoea", "Functional hypothalamic amenorrhoea", "Energy lack or stress slows GnRH",
        "hypothalamus", (_times("tone", 0.25, "tone = 1 - 0.75 s"),), source=_S5,
    ),
    Lesion(
        "kallmann", "Kallmann syndrome", "GnRH is missing from birth", "hypothalamus",
        (_times("tone", 0.0, "tone = 1 - s"),), onsets=("long_standing",), source=_S5,
    ),
    Lesion(
        "hyperprolactinaemia", "Hyperprolactinaemia", "Prolactin holds GnRH back", "pituitary",
        (_plus("PRL", 2800.0, "prolactin = 200 + 2800 s mIU/L"),), source=_S5,
    ),
    Lesion(
        "polycystic_ovary", "Polycystic ovary syndrome", "Fast GnRH pulses and follicles that stop growing",
        "follicles", (_plus("pcos", 1.0, "pcos = s"),), source=_S5,
    ),
    Lesion(
        "luteal_phase_defect", "Luteal phase defect", "A weak and short-lived corpus luteum", "corpus_luteum",
        (_times("p_C", 0.4, "p_C x (1 - 0.6 s)"), _times("k_Y", 1.5, "k_Y x (1 + 0.5 s)")),
        source=_S5 + " (not in the facts table)",
    ),
    Lesion(
        "pituitary_damage", "Pituitary damage", "The pituitary makes less LH and FSH", "pituitary",
        (_times("A_LH", 0.0, "A_LH x (1 - s)"), _times("F_max", 0.0, "F_max x (1 - s)")),
        source=_S5 + " (not in the facts table)",
    ),
)  # fmt: skip
