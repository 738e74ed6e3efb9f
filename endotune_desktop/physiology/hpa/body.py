"""Body size and what follows from it (hpa.md section 2)."""

from __future__ import annotations

from collections.abc import Mapping

from endotune_desktop.clinic.errors import InputRefused
from endotune_desktop.clinic.person import Person
from endotune_desktop.physiology.adults import refuse_unless_adult

REFERENCE_WEIGHT_KG = 70.0
"""hpa.md section 2: w = wt / 70."""


def check_person(person: Person) -> None:
    """Refuse a body that the model was not made for.

    Raises
    ------
    InputRefused
        Under 18 years or outside 40-200 kg: children are not modelled (hpa.md section 9).
    """
    if not 40.0 <= person.weight_kg <= 200.0:
        raise InputRefused(f"{person.weight_kg:g} kg is outside the adrenal model", "person.weight_kg", "40 to 200 kg")
    refuse_unless_adult(person.age_years)


def derive(p: Mapping[str, float], person: Person) -> dict[str, float]:
    """Return every derived constant of a person (hpa.md section 2).

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
    w = person.weight_kg / REFERENCE_WEIGHT_KG
    return {
        "w": w,
        "al": w**0.75,
        "per_Vc": 1.0 / (p["Vc"] * w),
        "per_V_cos": 1.0 / p["V_cos"],
        "f_mrCore": 1.0 - p["f_mrIR"],
        "f_mrSlow": p["f_mrIR"] * (1.0 - p["coat_fast"]),
        "f_mrFast": p["f_mrIR"] * p["coat_fast"],
        "dr_early": 1.0 - p["dr_late"],
    }
