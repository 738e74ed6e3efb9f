"""How much a result varies by itself: the assay, the person from day to day, and what the model leaves out."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Variation:
    """Relative standard deviations of a result of one analyte.

    Attributes
    ----------
    assay : float
        Analytical.
    within : float
        From day to day within a person, clock and phase of the cycle removed.
    model : float
        Of the model itself.
    offset : float
        Between laboratories (platforms); 0 where none is fitted.
    source : str
        "[mem]" marks recalled values, "assumed" those without any.
    """

    assay: float
    within: float
    model: float
    offset: float
    source: str

    @property
    def variance(self) -> float:
        """Return the variance of the logarithm of a result around the true course of the model."""
        return self.assay**2 + self.within**2 + self.model**2


_READ = "tuning.md 1.2"
_RECALLED = "tuning.md 1.2 [mem]"

VARIATIONS: dict[str, Variation] = {
    "tsh": Variation(0.05, 0.19, 0.20, 0.0, _READ + " (EFLM, Xu 2021)"),
    "ft4": Variation(0.05, 0.046, 0.08, 0.06, _READ + " (EFLM)"),
    "ft3": Variation(0.06, 0.055, 0.08, 0.0, _READ + " (Xu 2021)"),
    "tt4": Variation(0.05, 0.046, 0.08, 0.0, "as FT4, assumed"),
    "tt3": Variation(0.06, 0.055, 0.08, 0.0, "as FT3, assumed"),
    "testosterone": Variation(0.06, 0.16, 0.15, 0.08, _READ + " (Guldhaug)"),
    "free_testosterone": Variation(0.08, 0.16, 0.15, 0.08, "as testosterone, assumed"),
    "lh": Variation(0.06, 0.26, 0.30, 0.0, _READ),
    "fsh": Variation(0.06, 0.08, 0.10, 0.0, _READ),
    "estradiol": Variation(0.09, 0.14, 0.22, 0.15, _READ),
    "progesterone": Variation(0.09, 0.20, 0.25, 0.0, "assumed"),
    "shbg": Variation(0.05, 0.074, 0.05, 0.0, _READ),
    "inhibin_a": Variation(0.08, 0.15, 0.20, 0.0, "as inhibin B, assumed"),
    "inhibin_b": Variation(0.08, 0.15, 0.15, 0.0, _RECALLED),
    "cortisol": Variation(0.07, 0.18, 0.15, 0.10, _READ),
    "cortisol_immunoassay": Variation(0.07, 0.18, 0.15, 0.10, "as cortisol, assumed"),
    "free_cortisol": Variation(0.10, 0.18, 0.20, 0.0, "as cortisol, assumed"),
    "salivary_cortisol": Variation(0.10, 0.25, 0.20, 0.0, "assumed"),
    "ufc": Variation(0.08, 0.25, 0.15, 0.0, "assumed"),
    "dheas": Variation(0.06, 0.08, 0.15, 0.0, "assumed"),
    "acth": Variation(0.10, 0.25, 0.20, 0.0, _RECALLED),
    "igf1": Variation(0.06, 0.12, 0.10, 0.10, _RECALLED),
    "igfbp3": Variation(0.06, 0.10, 0.10, 0.0, "assumed"),
    "gh": Variation(0.06, 0.50, 0.40, 0.0, "assumed"),
    "prolactin": Variation(0.06, 0.20, 0.15, 0.10, _RECALLED),
    "pth": Variation(0.08, 0.20, 0.15, 0.15, _RECALLED),
    "calcium": Variation(0.015, 0.02, 0.015, 0.02, _RECALLED),
    "ionised_calcium": Variation(0.015, 0.02, 0.015, 0.0, "as calcium, assumed"),
    "calcitriol": Variation(0.10, 0.15, 0.20, 0.0, "assumed"),
    "calcidiol": Variation(0.08, 0.10, 0.10, 0.0, "assumed"),
    "phosphate": Variation(0.02, 0.08, 0.08, 0.0, "assumed"),
    "urine_calcium": Variation(0.03, 0.25, 0.20, 0.0, "assumed"),
    "fgf23": Variation(0.10, 0.20, 0.30, 0.0, "assumed"),
}
"""By analyte id."""

UNKNOWN = Variation(0.10, 0.20, 0.20, 0.0, "assumed")
"""For an analyte without an entry: wide, so that it pulls little."""


def variation(analyte: str) -> Variation:
    """Return how a result of an analyte varies."""
    return VARIATIONS.get(analyte, UNKNOWN)
