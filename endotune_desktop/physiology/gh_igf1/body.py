"""The body, and what follows from it once for a set of parameters (gh_prolactin_calcium.md section 1)."""

from __future__ import annotations

import math
from collections.abc import Mapping

from endotune_desktop.clinic.errors import InputRefused
from endotune_desktop.clinic.person import Person, Sex
from endotune_desktop.physiology.adults import refuse_unless_adult


def weight_kg(p: Mapping[str, float], person: Person) -> float:
    """Return the body weight: the parameter `WT`, the person's own where it is negative.

    Raises
    ------
    InputRefused
        Outside 40 to 200 kg.
    """
    value = person.weight_kg if p["WT"] < 0.0 else p["WT"]
    if not 40.0 <= value <= 200.0:
        raise InputRefused(f"{value:g} kg is outside the somatotropic model", "person.weight_kg", "40 to 200 kg")
    return value


def age_years(p: Mapping[str, float], person: Person) -> float:
    """Return the age: the parameter `age`, the person's own where it is negative.

    Raises
    ------
    InputRefused
        Under 18 years.
    """
    value = person.age_years if p["age"] < 0.0 else p["age"]
    refuse_unless_adult(value)
    return value


def is_woman(p: Mapping[str, float], person: Person) -> bool:
    """Return whether the model's factors of women hold: by the parameter `female`, the person's own if negative."""
    return person.sex is Sex.FEMALE if p["female"] < 0.0 else p["female"] >= 0.5


def derive(p: Mapping[str, float], person: Person) -> dict[str, float]:
    """Return every derived constant of a person.

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
        If the person is outside the model (see `weight_kg`, `age_years`).
    """
    weight, age, woman = weight_kg(p, person), age_years(p, person), is_woman(p, person)
    relative = weight / 85.0
    clearance = p["CLF85"] * relative**0.982
    median = p["sds_M40"] * math.exp(-p["sds_age"] * (age - 40.0))
    return {
        "Mi": p["M"] * math.exp(-p["k_age"] * (age - 40.0)) * (p["f_sex"] if woman else 1.0) * (1.0 - p["ghd"]),
        "EmaxI": p["Emax85"] * relative**0.46 * p["ghr"] * math.exp(-p["k_ageE"] * (age - 40.0)),
        "kin0i": p["kin0"] * (0.15 + 0.85 * p["ghr"]),
        "ka": p["ka85"] * relative**-0.687,
        "CLF": clearance,
        "F": p["kGH"] * p["V"] / clearance,
        "EC": p["EC50"] * (p["e_sex"] if woman else 1.0) * p["e_oralE2"],
        "per_L": 1.0 / p["V"],
        "per_kg": 1.0 / weight,
        "release_share": p["Flar"] * (1.0 - p["fburst"]),
        "burst_share": p["Flar"] * p["fburst"],
        "sds_M": median,
        "uln": median * (1.0 + 2.0 * p["sds_L"] * p["sds_S"]) ** (1.0 / p["sds_L"]),
    }
