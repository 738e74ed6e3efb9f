"""Body size and the constants that follow from one balanced table (hpt.md sections 3 and 12)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import lru_cache

from endotune_desktop.clinic.errors import InputRefused
from endotune_desktop.clinic.person import Person, Sex
from endotune_desktop.physiology.adults import refuse_unless_adult

MW_T4 = 776.87
"""g/mol, hpt.md section 1."""
MW_T3 = 650.97
"""g/mol, hpt.md section 1."""

# Reference persons of the blood-volume regression (hpt.md sections 3 and 12).
_REFERENCE_MAN_HEIGHT_M = 1.7608716659237555
_REFERENCE_MAN_BMI = 21.82854404275587
_REFERENCE_WEIGHT_KG = {Sex.MALE: 67.68309, Sex.FEMALE: 64.08834}
_HAEMATOCRIT = {Sex.MALE: 0.45, Sex.FEMALE: 0.40}


def ideal_weight_kg(sex: Sex, height_m: float) -> float:
    """Return the ideal weight, a fit to Feldschuh & Enson 1977 for adult heights (hpt.md section 12)."""
    if sex is Sex.MALE:
        return 176.3 - 220.6 * height_m + 93.5 * height_m**2
    return 145.8 - 182.7 * height_m + 79.55 * height_m**2


def raw_plasma_volume_l(sex: Sex, height_m: float, weight_kg: float) -> float:
    """Return the plasma volume of the regression before scaling, in litres (hpt.md section 12)."""
    relative = 100.0 * weight_kg / ideal_weight_kg(sex, height_m)
    per_kg_ml = 1269.75706 * math.pow(relative, 0.372981228 - 1.0)
    return per_kg_ml * weight_kg / 1000.0 * (1.0 - _HAEMATOCRIT[sex])


@lru_cache(maxsize=1)
def reference_plasma_volume_l() -> float:
    """Return the raw plasma volume of the reference man, in litres (hpt.md section 3)."""
    weight_kg = _REFERENCE_MAN_BMI * _REFERENCE_MAN_HEIGHT_M**2
    return raw_plasma_volume_l(Sex.MALE, _REFERENCE_MAN_HEIGHT_M, weight_kg)


def size_ratio(person: Person) -> float:
    """Return rho: plasma volume relative to the reference man (hpt.md section 3)."""
    return raw_plasma_volume_l(person.sex, person.height_cm / 100.0, person.weight_kg) / reference_plasma_volume_l()


def flow_ratio(person: Person) -> float:
    """Return s: clearances and secretory capacity relative to the reference man (hpt.md section 3)."""
    ratio = float((person.weight_kg / _REFERENCE_WEIGHT_KG[person.sex]) ** 0.75)
    return ratio * 0.95 if person.sex is Sex.FEMALE else ratio


@lru_cache(maxsize=64)
def log_mean_drive(acirc: float, tcirc_h: float, acirc2: float, tcirc2_h: float) -> float:
    """Return the logarithm of the 24-h mean of the circadian factor on the 0.05-h grid of hpt.md section 3."""
    total = 0.0
    for step in range(480):
        time_h = step * 0.05
        total += math.exp(
            acirc * math.cos(math.pi * (time_h - tcirc_h) / 12.0)
            + acirc2 * math.cos(math.pi * (time_h - tcirc2_h) / 6.0)
        )
    return math.log(total / 480.0)


def check_person(person: Person) -> None:
    """Refuse a body that the size regression was not made for.

    Raises
    ------
    InputRefused
        Under 18 years, or outside 140-210 cm or 40-200 kg (hpt.md sections 3 and 11).
    """
    if not 140.0 <= person.height_cm <= 210.0:
        raise InputRefused(f"{person.height_cm:g} cm is outside the thyroid model", "person.height_cm", "140 to 210 cm")
    if not 40.0 <= person.weight_kg <= 200.0:
        raise InputRefused(f"{person.weight_kg:g} kg is outside the thyroid model", "person.weight_kg", "40 to 200 kg")
    refuse_unless_adult(person.age_years)


def derive(p: Mapping[str, float], person: Person) -> dict[str, float]:
    """Return every derived constant of a person (hpt.md section 3).

    The balance is struck for the healthy body first, so that its fixed point is exactly TSH0, F4ref and F3ref; what a
    lesion or an individual fit changes acts afterwards.

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
    check_person(person)
    rho, s = size_ratio(person), flow_ratio(person)
    f4, f3 = p["F4ref"], p["F3ref"]
    free4_nm, free3_nm = f4 / 1000.0, f3 / 1000.0
    q1 = p["T4ref"] * p["Vp"] * rho / 1000.0
    q2, q3, q6 = p["r2"] * q1, p["r3"] * q1, p["q6"] * rho
    to_umol_per_h4, to_umol_per_h3 = s / MW_T4 / 24.0, s / MW_T3 / 24.0
    r4 = p["P4"] * to_umol_per_h4
    r3, d1, d2 = p["P3thy"] * to_umol_per_h3, p["P3d1"] * to_umol_per_h3, p["P3d2"] * to_umol_per_h3
    on_tbg = 1.0 + p["K4"] * free4_nm
    p3 = r3 + d1 + d2
    k05s = p["k05"] * s / rho
    q5 = p3 / k05s
    k2s = p["K2"] * rho
    return {
        **_pituitary(p),
        "VpL": p["Vp"] * rho,
        "TBGs": p["TBG"] * p["tbg"],
        "N4": (p["T4ref"] - p["K4"] * p["TBG"] * free4_nm / on_tbg) / free4_nm - 1.0,
        "N3": p["T3ref"] / free3_nm - 1.0 - p["K3"] * p["TBG"] / on_tbg,
        "CLf": (p["k12"] * q2 + r4 - d2) / f4,
        "CLs": (p["k13"] * q3 + d2) / f4,
        "kel": (r4 - d1 - d2) / q2 * p["demand"] * p["cl4"],
        "kD1": d1 / q2 * p["d1"] * p["conv"],
        "V2": d2 * (k2s + q3) / q3 * p["d2"] * p["conv"],
        "K2s": k2s,
        "k05s": k05s * p["d3"],
        "S4": r4 * p["gt"],
        "S3": r3 * p["gt"],
        "CL54": (p["k45"] * q5 + p3 - d1) / f3,
        "CL64": (p["k46"] * q6 - d2) / f3,
    }


def _pituitary(p: Mapping[str, float]) -> dict[str, float]:
    """Return the constants of hypothalamus, pituitary and gland masses (hpt.md sections 3 and 6)."""
    slope, trh = p["slope"], p["trh"]
    th50 = 1.0 - math.log(p["Smax"] / (p["TSH0"] - p["floor"]) - 1.0) / p["k"]
    return {
        "ks": p["k"] * slope,
        "th50": 1.0 - (1.0 - th50) / slope,
        "lnI0": log_mean_drive(p["acirc"], p["tcirc"], p["acirc2"], p["tcirc2"]),
        "BM": (p["Mmax"] - 1.0) / (1.0 - p["Mmin"]),
        "KMT": (p["MTmax"] - p["MTmin"]) / (1.0 - p["MTmin"]) - 1.0,
        "drive": p["setpoint"] * trh,
        "beta": 1.0 - 0.5 * (1.0 - trh),
        "kxs": p["kx"] * (0.1 + 0.9 * trh),
        "Emaxs": p["Emax"] * math.sqrt(p["pit"]),
    }
