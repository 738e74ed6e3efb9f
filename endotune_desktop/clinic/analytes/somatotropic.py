"""Somatotropic analytes, with the ranges of IGF-1 by age (gh_prolactin_calcium.md sections 1 and 6)."""

from __future__ import annotations

import math

from endotune_desktop.clinic.analytes.analyte import Analyte, ReferenceRange, ReportUnit
from endotune_desktop.clinic.person import Sex
from endotune_desktop.clinic.units import UnitSystem

_SI, _CONVENTIONAL = UnitSystem.SI, UnitSystem.CONVENTIONAL
_S6 = "gh_prolactin_calcium.md section 6: conventional, depends on the assay"
_LMS = "gh_prolactin_calcium.md section 1: this program's own reference, not a published table; assays differ"
_NG_ML_PER_NMOL = 1.0 / 0.1307
_L, _S, _MEDIAN_40, _DECLINE = 0.4, 0.28, 168.0, 0.0105
_BAND_YEARS = 5
_FIRST_BAND, _LAST_BAND = 20, 85


def igf1_limits_ug_l(age_years: float) -> tuple[float, float]:
    """Return IGF-1 at SDS -2 and +2 for an adult's age, ug/L (LMS of section 1).

    Parameters
    ----------
    age_years : float
    """
    median = _MEDIAN_40 * math.exp(-_DECLINE * (age_years - 40.0))
    low, high = (median * (1.0 + sds * _L * _S) ** (1.0 / _L) for sds in (-2.0, 2.0))
    return low, high


def _band(first_year: int, last_year: float) -> ReferenceRange:
    low, high = igf1_limits_ug_l(first_year + _BAND_YEARS / 2.0)
    youngest = 18 if first_year == _FIRST_BAND else first_year
    words = f"{youngest} to {first_year + _BAND_YEARS - 1} years" if last_year < 200.0 else f"from {first_year} years"
    return ReferenceRange(round(low, 0), round(high, 0), None, youngest, last_year, words=words, source=_LMS)


_IGF1_BANDS = tuple(
    _band(year, year + _BAND_YEARS if year < _LAST_BAND else 200.0)
    for year in range(_FIRST_BAND, _LAST_BAND + 1, _BAND_YEARS)
)

SOMATOTROPIC: tuple[Analyte, ...] = (
    Analyte(
        "gh", "GH", "growth hormone",
        (
            ReportUnit("µg/L", 1.0, _SI, "2963-7", False),
            ReportUnit("ug/L", 1.0, _SI, "2963-7", False),
            ReportUnit("ng/mL", 1.0, _CONVENTIONAL, "2963-7", False),
            ReportUnit("mU/L", 1.0 / 3.0, _SI),
        ),
        0.0, 2000.0, None, None, 0.06, _S6,
        (
            ReferenceRange(None, 3.0, Sex.MALE, words="fasting, not diagnostic", source=_S6),
            ReferenceRange(None, 8.0, Sex.FEMALE, words="fasting, not diagnostic", source=_S6),
        ),
    ),
    Analyte(
        "igf1", "IGF-1", "insulin-like growth factor 1",
        (
            ReportUnit("µg/L", 1.0, _SI, "2484-4", True),
            ReportUnit("ug/L", 1.0, _SI, "2484-4", True),
            ReportUnit("ng/mL", 1.0, _CONVENTIONAL, "2484-4", True),
            ReportUnit("nmol/L", _NG_ML_PER_NMOL, _SI),
        ),
        1.0, 3000.0, round(igf1_limits_ug_l(40.0)[0]), round(igf1_limits_ug_l(40.0)[1]), 0.06, _LMS, _IGF1_BANDS,
    ),
    Analyte(
        "igfbp3", "IGFBP-3", "insulin-like growth factor binding protein 3",
        (
            ReportUnit("mg/L", 1.0, _SI, "2483-6", False),
            ReportUnit("µg/mL", 1.0, _CONVENTIONAL, "2483-6", False),
            ReportUnit("ug/mL", 1.0, _CONVENTIONAL, "2483-6", False),
        ),
        0.05, 30.0, 2.5, 6.5, 0.06, _S6,
    ),
)  # fmt: skip
