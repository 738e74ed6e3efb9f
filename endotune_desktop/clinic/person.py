"""The body that an axis lives in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Sex(StrEnum):
    """Sex as the models use it: it selects regressions of body size and reference ranges."""

    FEMALE = "female"
    MALE = "male"


@dataclass(frozen=True, slots=True)
class Person:
    """Who is simulated.

    Attributes
    ----------
    sex : Sex
    age_years : float
    height_cm : float
    weight_kg : float
    """

    sex: Sex
    age_years: float
    height_cm: float
    weight_kg: float
