"""What can be wrong with the adrenal axis, by severity (hpa.md section 2, lesion knobs; section 4c)."""

from __future__ import annotations

from collections.abc import Callable

from endotune_desktop.physiology.axis import Change, Lesion, Mode

_KNOBS = "hpa.md section 2, lesion knobs"


def _left(severity: float) -> float:
    """Return ``1 - s``."""
    return 1.0 - severity


def _rising(full: float) -> Callable[[float], float]:
    """Return ``full s``."""
    return lambda severity: full * severity


def _power(base: float) -> Callable[[float], float]:
    """Return ``base ** s``."""
    return lambda severity: base**severity


def _constant(value: float) -> Callable[[float], float]:
    """Return `value` for any severity."""
    return lambda _: value


def _lost(parameter: str) -> Change:
    return Change(parameter, Mode.TIMES, _left, f"{parameter} x (1 - s)")


def _plus(parameter: str, full: float, words: str) -> Change:
    return Change(parameter, Mode.PLUS, _rising(full), words)


def _scaled(parameter: str, full: float) -> Change:
    return Change(parameter, Mode.TIMES, _power(full), f"{parameter} x {full:g}^s")


LESIONS: tuple[Lesion, ...] = (
    Lesion(
        "addison", "Addison's disease", "The adrenals are lost; s 0.7 is subclinical, 1 is bilateral adrenalectomy",
        "adrenal", (_lost("f_A"),), source=_KNOBS,
    ),
    Lesion(
        "secondary_insufficiency", "Secondary insufficiency", "The pituitary makes too little ACTH", "pituitary",
        (_lost("f_P"),), source=_KNOBS, usual_severity=0.95,
    ),
    Lesion(
        "tertiary_insufficiency", "Tertiary insufficiency", "The hypothalamus makes too little CRH", "hypothalamus",
        (_lost("f_H"),), source=_KNOBS, usual_severity=0.9,
    ),
    Lesion(
        "cushing_disease", "Cushing's disease", "A pituitary adenoma makes ACTH and heeds cortisol weakly", "pituitary",
        (_plus("T_P", 120.0, "T_P = 120 s pg/mL; resistance 3.5, answers to CRH"),), source=_KNOBS, usual_severity=0.5,
    ),
    Lesion(
        "ectopic_acth", "Ectopic ACTH", "A tumour elsewhere makes ACTH and heeds nothing", "pituitary",
        (
            _plus("T_P", 300.0, "T_P = 300 s pg/mL"),
            Change("r_T", Mode.SET, _constant(1e9), "no feedback"),
            Change("q_T", Mode.SET, _constant(0.0), "no answer to CRH"),
        ),
        source=_KNOBS, usual_severity=0.5,
    ),
    Lesion(
        "adrenal_adenoma", "Adrenal adenoma, overt", "An adenoma makes cortisol on its own", "adrenal",
        (_plus("aut_F", 4000.0, "aut_F = 4000 s nmol/h (35 mg a day)"),), source=_KNOBS,
    ),
    Lesion(
        "autonomous_cortisol_mild", "Mild autonomous cortisol secretion", "An adenoma makes a little cortisol",
        "adrenal", (_plus("aut_F", 700.0, "aut_F = 700 s nmol/h (6 mg a day)"),), source=_KNOBS,
    ),
    Lesion(
        "hydroxylase_11_deficiency", "11-hydroxylase deficiency", "11-deoxycortisol is not made into cortisol",
        "adrenal", (_plus("f_S11", 1.0, "f_S11 = s"),), source=_KNOBS, usual_severity=0.8,
    ),
    Lesion(
        "binding_globulin_excess", "CBG excess", "More binding protein", "blood", (_scaled("CBG", 2.5),), source=_KNOBS,
        usual_severity=0.75,
    ),
    Lesion(
        "oral_oestrogen", "Oral oestrogen", "Twice the binding protein", "blood", (_scaled("CBG", 2.0),), source=_KNOBS,
    ),
    Lesion(
        "binding_globulin_lack", "Low CBG and albumin", "Less binding protein: sepsis, nephrosis", "blood",
        (_scaled("CBG", 0.5), _scaled("alb", 22.5 / 42.0)), source=_KNOBS + ": CBG x0.5, albumin 20-25 g/L",
    ),
    Lesion(
        "stress", "Stress", "Illness or surgery drives the axis", "hypothalamus", (_scaled("stress", 4.0),),
        source=_KNOBS + ": 1.5-4", usual_severity=0.5,
    ),
    Lesion(
        "night_shift", "Night shift", "The clock of the drive is moved", "hypothalamus",
        (_plus("ph1", 12.0, "ph1 + 12 s h"), _plus("ph2", 12.0, "ph2 + 12 s h")), source=_KNOBS, usual_severity=0.67,
    ),
    Lesion(
        "cyp3a4_induction", "CYP3A4 induction", "Glucocorticoids are cleared faster", "tissue",
        (_scaled("CLu", 1.5), _scaled("CL_dx", 2.5), _scaled("CLu_pr", 1.5)), source=_KNOBS,
    ),
    Lesion(
        "liver_disease", "Liver disease", "Cortisol is cleared more slowly", "tissue", (_scaled("CLu", 0.6),),
        source=_KNOBS,
    ),
    Lesion(
        "hyperthyroidism", "Hyperthyroidism", "Cortisol is cleared faster", "tissue", (_scaled("CLu", 1.5),),
        source=_KNOBS,
    ),
    Lesion(
        "hydrocortisone_with_food", "Hydrocortisone with food", "Absorption is slower", "absorption",
        (_scaled("k_hc", 0.5),), source="hpa.md section 2, dose table: with food k_hc x 0.5",
    ),
)  # fmt: skip
