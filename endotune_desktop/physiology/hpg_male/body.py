"""A man's age and build, and the constants that follow from them (hpg_male.md section 6, derived from inputs)."""

from __future__ import annotations

import math
from collections.abc import Mapping

from endotune_desktop.clinic.errors import InputRefused
from endotune_desktop.clinic.person import Person, Sex
from endotune_desktop.physiology.adults import refuse_unless_adult

SHBG_REFERENCE = 35.0
"""nmol/L, of the reference man."""
ALB_REFERENCE = 43.0
"""g/L, of the reference man."""
_OBESE_BMI = 34.0
"""kg/m2, preset functional/obesity of section 6."""
_OLD_Y = 75.0
"""Years, the age row of section 7."""


def albumin_factor(albumin_g_per_l: float) -> float:
    """Return N of Vermeulen 1999: free plus albumin-bound over free testosterone (hpg_male.md section 8)."""
    return 1.0 + 3.6e4 * albumin_g_per_l / 69000.0


def free_testosterone_nmol_l(total_nmol_l: float, shbg_nmol_l: float, albumin_g_per_l: float) -> float:
    """Return calculated free testosterone (Vermeulen 1999 J Clin Endocrinol Metab 84:3666; section 8).

    Parameters
    ----------
    total_nmol_l, shbg_nmol_l, albumin_g_per_l : float

    Returns
    -------
    float
        nmol/L. The association constant of SHBG is 1 L/nmol; not valid in pregnancy or with displacing drugs.
    """
    n = albumin_factor(albumin_g_per_l)
    b = n + shbg_nmol_l - total_nmol_l
    return 2.0 * total_nmol_l / (b + math.sqrt(b * b + 4.0 * n * total_nmol_l))


def _saturating(x: float, half: float, steepness: float) -> float:
    """Return ``H(x; half, steepness)`` of the document: 0 for x <= 0."""
    if x <= 0.0:
        return 0.0
    raised = math.pow(x / half, steepness)
    return raised / (1.0 + raised)


def age_and_bmi(p: Mapping[str, float], person: Person) -> tuple[float, float]:
    """Return age in years and BMI in kg/m2.

    They are the person's own unless the parameter `age` or `BMI` names another (0 names none); the lesions `ageing` and
    `functional_obesity` then move them towards 75 years and 34 kg/m2, never down.
    """
    age = p["age"] or person.age_years
    bmi = p["BMI"] or person.weight_kg / (person.height_cm / 100.0) ** 2
    return age + p["ageing"] * max(0.0, _OLD_Y - age), bmi * max(1.0, _OBESE_BMI / bmi) ** p["obesity"]


def check_person(person: Person, age_years: float, bmi: float) -> None:
    """Refuse whom the model was not made for.

    Raises
    ------
    InputRefused
        A woman, under 18 years, or a BMI outside 14 to 70 kg/m2.
    """
    if person.sex is not Sex.MALE:
        raise InputRefused("the male gonadal axis is for men", "person.sex", "male")
    refuse_unless_adult(age_years)
    if not 14.0 <= bmi <= 70.0:
        raise InputRefused(f"a BMI of {bmi:.1f} is outside the model", "person.weight_kg", "14 to 70 kg/m2")


def derive(p: Mapping[str, float], person: Person) -> dict[str, float]:
    """Return every derived constant of a man (hpg_male.md section 6).

    Parameters
    ----------
    p : mapping of str to float
        Every parameter.
    person : Person

    Returns
    -------
    dict of str to float

    Raises
    ------
    InputRefused
        If the person is outside the model (see `check_person`).
    """
    age, bmi = age_and_bmi(p, person)
    check_person(person, age, bmi)
    older = max(0.0, age - 30.0)
    prolactin = 1.0 / (1.0 + math.pow(max(0.0, p["PRL"] - p["PRL_uln"]) / p["K_prl"], p["n_prl"]))
    opioids = 1.0 / (1.0 + math.pow(p["MED"] / p["K_op"], p["n_op"]))
    tone = p["tone"] * max(0.2, 1.0 - p["age_tone"] * older)
    # The operating point is that of the reference man, whatever SHBG and albumin this man has.
    free = free_testosterone_nmol_l(p["T_ref"], SHBG_REFERENCE, ALB_REFERENCE)
    suppressing = p["W_on"] * _saturating(1.0, p["A_W"], p["n_W"])
    primed = (1.0 - p["Q_min"]) / (p["Q_max"] - p["Q_min"])
    pump = p["fr"] / p["f0"] * 2.0 * p["dose"] / (p["dose"] + p["d50_pump"])
    return {
        "SHBG_own": p["SHBG0"] * (1.0 + p["age_SHBG"] * older) * math.pow(24.0 / bmi, p["bmi_SHBG"]),
        "capL": p["cap_Leydig"] * max(0.2, 1.0 - p["age_Leydig"] * older),
        "tone_own": tone * prolactin * opioids,
        "a_own": p["a_diurnal"] * max(0.0, 1.0 - older / 60.0),
        "N_alb": albumin_factor(p["ALB"]),
        "fTr": free,
        "ffr": free / p["T_ref"],
        "W0": suppressing / (suppressing + p["W_off"]),
        "Kq": (1.0 - primed) / primed,
        "production": p["CL_T"] * (p["T_ref"] - p["T_adr"]),
        "Gp": pump,
        "cont": _saturating(p["fr"], p["f_cont"], 6.0) if pump > 0.0 else 0.0,
        "slow_leu": 1.0 - p["fb_leu"],
        "slow_deg": 1.0 - p["fb_deg"],
        "patch_load": 1.0 / (1.0 - math.exp(-p["ka_patch"])),
    }
