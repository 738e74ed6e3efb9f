"""What the prolactin axis takes from the person, and the baselines that its equations are relative to."""

from __future__ import annotations

from collections.abc import Mapping

from endotune_desktop.clinic.person import Person, Sex
from endotune_desktop.physiology.adults import refuse_unless_adult


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
    refuse_unless_adult(person.age_years)
    female = p["female"] if p["female"] >= 0.0 else float(person.sex is Sex.FEMALE)
    seen, seen_by_tumour = 1.0 / p["KD"], p["ft"] / p["KD"]
    return {
        "R0": p["R0f"] if female >= 0.5 else p["R0m"],
        "u0": p["krel"] / (1.0 + p["krel"] / 8.0),
        "o0": seen / (1.0 + seen),
        "ot0": seen_by_tumour / (1.0 + seen_by_tumour),
    }
