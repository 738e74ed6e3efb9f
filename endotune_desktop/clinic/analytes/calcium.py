"""Calcium, parathyroid hormone, vitamin D, phosphate and FGF23 (gh_prolactin_calcium.md section 6)."""

from __future__ import annotations

from endotune_desktop.clinic.analytes.analyte import Analyte, ReportUnit
from endotune_desktop.clinic.units import UnitSystem

_SI, _CONVENTIONAL = UnitSystem.SI, UnitSystem.CONVENTIONAL
_S6 = "gh_prolactin_calcium.md section 6, conventional adult range"
_MG_DL_CALCIUM = 0.2495


def albumin_adjusted_mmol_l(total_mmol_l: float, albumin_g_l: float) -> float:
    """Return total calcium as it would be at an albumin of 40 g/L.

    Parameters
    ----------
    total_mmol_l : float
        Measured total calcium, mmol/L.
    albumin_g_l : float
        Serum albumin, g/L.

    Returns
    -------
    float
        mmol/L; 0.02 mmol/L is added for every g/L of albumin under 40 (Payne 1973, BMJ 4:643 [mem]).
    """
    return total_mmol_l + 0.02 * (40.0 - albumin_g_l)


CALCIUM: tuple[Analyte, ...] = (
    Analyte(
        "calcium", "Calcium (adjusted)", "total calcium, adjusted for albumin",
        (
            ReportUnit("mmol/L", 1.0, _SI, "2000-8", False),
            ReportUnit("mg/dL", _MG_DL_CALCIUM, _CONVENTIONAL, "17861-6", False),
        ),
        0.5, 6.0, 2.15, 2.55, 0.015, _S6,
    ),
    Analyte(
        "ionised_calcium", "Ionised calcium", "ionised calcium at pH 7.40",
        (
            ReportUnit("mmol/L", 1.0, _SI, "1994-3", False),
            ReportUnit("mg/dL", _MG_DL_CALCIUM, _CONVENTIONAL, "1994-3", False),
        ),
        0.3, 3.0, 1.15, 1.32, 0.015, _S6,
    ),
    Analyte(
        "pth", "PTH", "intact parathyroid hormone",
        (
            ReportUnit("pmol/L", 1.0, _SI, "14866-8", True),
            ReportUnit("pg/mL", 0.1061, _CONVENTIONAL, "2731-8", True),
            ReportUnit("ng/L", 0.1061, _SI, "2731-8", True),
        ),
        0.0, 1000.0, 1.6, 6.9, 0.08, _S6,
    ),
    Analyte(
        "calcidiol", "25-OH vitamin D", "25-hydroxyvitamin D",
        (
            ReportUnit("nmol/L", 1.0, _SI),
            ReportUnit("ng/mL", 2.496, _CONVENTIONAL, "62292-8", False),
            ReportUnit("µg/L", 2.496, _SI, "62292-8", False),
        ),
        1.0, 2000.0, 50.0, 125.0, 0.08, f"{_S6}: sufficient; assay CV recalled [mem]",
    ),
    Analyte(
        "calcitriol", "1,25-(OH)2 vitamin D", "1,25-dihydroxyvitamin D",
        (
            ReportUnit("pmol/L", 1.0, _SI),
            ReportUnit("pg/mL", 2.400, _CONVENTIONAL, "62290-2", True),
            ReportUnit("ng/L", 2.400, _SI, "62290-2", True),
        ),
        1.0, 2000.0, 48.0, 190.0, 0.10, f"{_S6}; assay CV recalled [mem]",
    ),
    Analyte(
        "phosphate", "Phosphate", "inorganic phosphate",
        (
            ReportUnit("mmol/L", 1.0, _SI, "14879-1", False),
            ReportUnit("mg/dL", 0.3229, _CONVENTIONAL, "2777-1", False),
        ),
        0.05, 8.0, 0.80, 1.45, 0.02, f"{_S6}; assay CV recalled [mem]",
    ),
    Analyte(
        "fgf23", "FGF23", "intact fibroblast growth factor 23",
        (ReportUnit("pg/mL", 1.0, _CONVENTIONAL), ReportUnit("ng/L", 1.0, _SI)),
        0.0, 100000.0, 20.0, 70.0, 0.10, f"{_S6} (verify); assay CV recalled [mem]",
    ),
    Analyte(
        "urine_calcium", "Urine calcium", "calcium in urine of 24 hours",
        (
            ReportUnit("mmol/d", 1.0, _SI),
            ReportUnit("mg/d", 0.02495, _CONVENTIONAL, "6874-2", False),
        ),
        0.0, 60.0, 2.5, 7.5, 0.03, f"{_S6}; assay CV recalled [mem]",
    ),
)  # fmt: skip
