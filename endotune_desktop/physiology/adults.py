"""Whom the models are for: adults."""

from __future__ import annotations

from endotune_desktop.clinic.errors import InputRefused

YOUNGEST, OLDEST = 18.0, 120.0


def refuse_unless_adult(age_years: float) -> None:
    """Refuse an age that the models of adults were not made for.

    Raises
    ------
    InputRefused
        Under 18 or over 120 years (hpt.md and hpa.md, limits; the others' specifications describe adults).
    """
    if not YOUNGEST <= age_years <= OLDEST:
        what = f"{age_years:g} years: the model is for adults"
        raise InputRefused(what, "person.age_years", f"{YOUNGEST:g} to {OLDEST:g}")
