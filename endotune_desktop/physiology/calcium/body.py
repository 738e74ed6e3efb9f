"""The baselines that the equations of the calcium axis are relative to, and what kidney function does."""

from __future__ import annotations

from collections.abc import Mapping

from endotune_desktop.clinic.person import Person
from endotune_desktop.physiology.adults import refuse_unless_adult


def derive(p: Mapping[str, float], person: Person) -> dict[str, float]:
    """Return the derived constants (gh_prolactin_calcium.md section 3, base).

    Parameters
    ----------
    p : mapping of str to float
        Every parameter.
    person : Person
        Only the age counts: the model is a typical adult of one size.

    Returns
    -------
    dict of str to float

    Raises
    ------
    InputRefused
        Under 18 years: the model is for adults.
    """
    refuse_unless_adult(person.age_years)
    open_share = 1.0 / (1.0 + (p["fi"] * p["C0"] / p["set0"]) ** p["m"])
    left = p["GFR"] / p["GFR0"]
    return {
        "kr0": p["krmax"] * (p["smin"] + (1.0 - p["smin"]) * open_share),
        "hb0": p["PTH0"] / (p["PTH0"] + p["Kb"]),
        "f250": p["D250"] / (p["D250"] + p["K25"]),
        "conv": p["D250"] * p["k25"] / (50.0 / 24.0),
        "G": 0.06 * p["GFR"],
        "kP": p["kPTH"] * (1.0 - p["eCKDcl"] * (1.0 - left)),
        "gD1": left ** p["eCKD"],
        "gFG": left ** -p["eFG"],
        "Mtop": p["Mhi"] if p["hypo"] == 0.0 else 1.0,
        "perV": 1.0 / p["V"],
        "perVD": 1.0 / p["VD"],
    }
