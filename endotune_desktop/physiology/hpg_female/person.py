"""The constants that follow from a woman's parameters (hpg_female.md sections 1, 3 and 4)."""

from __future__ import annotations

import math
from collections.abc import Mapping

from endotune_desktop.clinic.errors import InputRefused
from endotune_desktop.clinic.person import Person, Sex
from endotune_desktop.physiology.axis import Derived

CLASSES = 6
LEAST_STEP = 1.05
"""The second class is never as sensitive as the first: th2 >= 1.05 th1 (hpg_female.md section 3)."""
TWICE_WEEKLY_D = 3.5
WEEKLY_D = 7.0

DERIVED: tuple[Derived, ...] = (
    *(Derived(f"N{i}", "follicles", f"how many follicles class {i} has") for i in range(1, CLASSES + 1)),
    *(Derived(f"TH{i}", "IU/L", f"FSH threshold of class {i}") for i in range(1, CLASSES + 1)),
    Derived("any_left", "1", "1 while a follicle is left, below it a share"),
    Derived("theca_left", "1", "androgen-making tissue left"),
    Derived("Kq", "1", "half-saturation of the gonadotroph capacity"),
    Derived("twice_weekly_load", "d", "what a patch changed twice weekly holds, per ug/d on its label"),
    Derived("weekly_load", "d", "what a patch changed weekly holds, per ug/d on its label"),
    Derived("gel_gain", "pg/mL per mg", "what a mg of gel brings into transdermal estradiol"),
    Derived("slow_share", "1", "share of a depot that is released slowly"),
)


def check_person(person: Person) -> None:
    """Refuse whom the model is not for.

    Raises
    ------
    InputRefused
        For a man, and under 16 years.
    """
    if person.sex is not Sex.FEMALE:
        raise InputRefused("the ovarian axis is a woman's", "person.sex", "female")
    if not 16.0 <= person.age_years <= 100.0:
        raise InputRefused(f"{person.age_years:g} years is outside the model", "person.age_years", "16 to 100")


def derive(p: Mapping[str, float], person: Person) -> dict[str, float]:
    """Return every derived constant of a woman.

    Parameters
    ----------
    p : mapping of str to float
        Every parameter.
    person : Person
        Only checked: the research model knows no body size and no age.

    Returns
    -------
    dict of str to float

    Raises
    ------
    InputRefused
        If the person is outside the model (see `check_person`).
    """
    check_person(person)
    reserve, pcos = p["reserve"], p["pcos"]
    any_left = min(1.0, 16.0 * reserve)
    first, second = p["th1"], max(p["th2"], LEAST_STEP * p["th1"])
    raised = (1.0 + p["pc_th"] * pcos) * (1.0 + p["k_res"] * (1.0 - min(1.0, reserve)))
    thresholds = (first, *(second + p["dth"] * i for i in range(CLASSES - 1)))
    many = reserve * (1.0 + p["pc_n"] * pcos)
    counts = (p["n1"] * any_left, p["n2"] * reserve, *(p[f"n{i}"] * many for i in range(3, CLASSES + 1)))
    xq = (1.0 - p["Q_min"]) / (p["Q_max"] - p["Q_min"])
    return {
        **{f"N{i}": count for i, count in enumerate(counts, start=1)},
        **{f"TH{i}": th * raised for i, th in enumerate(thresholds, start=1)},
        "any_left": any_left,
        "theca_left": 0.3 + 0.7 * min(1.0, reserve),
        "Kq": (1.0 - xq) / xq,
        "twice_weekly_load": patch_load(TWICE_WEEKLY_D, p["k_pat"]),
        "weekly_load": patch_load(WEEKLY_D, p["k_pat"]),
        "gel_gain": 1e6 * p["F_gel"] * p["ke_E2t"] / p["CL_E2"],
        "slow_share": 1.0 - p["fb_ag"],
    }


def patch_load(worn_d: float, decay_per_d: float) -> float:
    """Return what a patch holds per ug/d of its label, in days (hpg_female.md section 4)."""
    return worn_d / -math.expm1(-worn_d * decay_per_d)
