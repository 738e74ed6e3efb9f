"""What the prolactin axis takes from the person, and the baselines that its equations are relative to."""

from __future__ import annotations

from collections.abc import Mapping

from endotune_desktop.clinic.errors import InputRefused
from endotune_desktop.clinic.person import Person, Sex


def derive(p: Mapping[str, float], person: Person) -> dict[str, float]:
    """Return the derived constants of a person (gh_prolactin_calcium.md section 2).

    Parameters
    ----------
    p : mapping of str to float
        Every parameter; a `female` below 0 stands for the person's own sex.
    person : Person

    Returns
    -------
    dict of str to float

    Raises
    ------
    InputRefused
        Under 18 years: the model is for adults.
    """
    if not 18.0 <= person.age_years <= 120.0:
        raise InputRefused(f"{person.age_years:g} years: the model is for adults", "person.age_years", "18 to 120")
    female = p["female"] if p["female"] >= 0.0 else float(person.sex is Sex.FEMALE)
    seen, seen_by_tumour = 1.0 / p["KD"], p["ft"] / p["KD"]
    return {
        "R0": p["R0f"] if female >= 0.5 else p["R0m"],
        "u0": p["krel"] / (1.0 + p["krel"] / 8.0),
        "o0": seen / (1.0 + seen),
        "ot0": seen_by_tumour / (1.0 + seen_by_tumour),
    }
