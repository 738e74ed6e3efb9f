"""Adrenal analytes, with ranges by clock time, and by sex and age for DHEA-S (hpa.md section 6)."""

from __future__ import annotations

from endotune_desktop.clinic.analytes.analyte import Analyte, ReferenceRange, ReportUnit
from endotune_desktop.clinic.person import Sex
from endotune_desktop.clinic.units import UnitSystem

_SI, _CONVENTIONAL = UnitSystem.SI, UnitSystem.CONVENTIONAL
_S6 = "hpa.md section 6; ranges depend on the assay"
_DECADES = "by decade [mem]; hpa.md section 6 gives 18-29 and over 60 years"
_MORNING = (6.0, 10.0, "08:00")
_AFTERNOON = (14.0, 18.0, "16:00")
_MIDNIGHT = (22.0, 2.0, "midnight")


def _at(low: float | None, high: float | None, when: tuple[float, float, str], source: str = _S6) -> ReferenceRange:
    return ReferenceRange(low, high, clock_from_h=when[0], clock_to_h=when[1], words=when[2], source=source)


def _aged(sex: Sex | None, from_y: float, to_y: float, low: float, high: float, source: str) -> ReferenceRange:
    words = f"from {from_y:.0f} years" if to_y > 120.0 else f"{from_y:.0f} to {to_y - 1.0:.0f} years"
    return ReferenceRange(low, high, sex, from_y, to_y, words=words, source=source)


ADRENAL: tuple[Analyte, ...] = (
    Analyte(
        "cortisol", "Cortisol", "total cortisol in serum",
        (
            ReportUnit("nmol/L", 1.0, _SI, "14675-3", False),
            ReportUnit("µg/dL", 27.59, _CONVENTIONAL, "2143-6", False),
            ReportUnit("µg/L", 2.759, _CONVENTIONAL, "2143-6", False),
        ),
        0.0, 10000.0, None, None, 0.07, _S6,
        (_at(150.0, 650.0, _MORNING), _at(60.0, 330.0, _AFTERNOON), _at(None, 140.0, _MIDNIGHT)),
    ),
    Analyte(
        "cortisol_immunoassay", "Cortisol, immunoassay", "total cortisol in serum by immunoassay",
        (
            ReportUnit("nmol/L", 1.0, _SI, "14675-3", False),
            ReportUnit("µg/dL", 27.59, _CONVENTIONAL, "2143-6", False),
        ),
        0.0, 10000.0, None, None, 0.07, _S6,
        (_at(166.0, 507.0, _MORNING), _at(60.0, 330.0, _AFTERNOON), _at(None, 140.0, _MIDNIGHT)),
    ),
    Analyte(
        "free_cortisol", "Free cortisol", "free cortisol in serum",
        (
            ReportUnit("nmol/L", 1.0, _SI),
            ReportUnit("µg/dL", 27.59, _CONVENTIONAL, "2145-1", True),
        ),
        0.0, 1000.0, None, None, 0.10, _S6,
        (_at(6.0, 29.0, _MORNING), _at(3.0, 17.0, _AFTERNOON)),
    ),
    Analyte(
        "salivary_cortisol", "Salivary cortisol", "cortisol in saliva",
        (
            ReportUnit("nmol/L", 1.0, _SI, "14676-1", False),
            ReportUnit("µg/dL", 27.59, _CONVENTIONAL, "2142-8", False),
            ReportUnit("ng/mL", 2.759, _CONVENTIONAL, "2142-8", False),
        ),
        0.0, 1000.0, None, None, 0.10, _S6,
        (
            _at(5.0, 25.0, _MORNING),
            _at(None, 3.6, (22.0, 2.0, "late night"), f"{_S6}: 3.6-4.0 by RIA, 2.0-2.7 by LC-MS"),
        ),
        "Saliva",
    ),
    Analyte(
        "ufc", "Urinary free cortisol", "free cortisol in 24-hour urine",
        (
            ReportUnit("nmol/d", 1.0, _SI, "14158-0", False),
            ReportUnit("µg/d", 2.759, _CONVENTIONAL, "2147-7", False),
            ReportUnit("nmol/24 h", 1.0, _SI, "14158-0", False),
            ReportUnit("µg/24 h", 2.759, _CONVENTIONAL, "2147-7", False),
        ),
        0.0, 50000.0, 10.0, 140.0, 0.10, f"{_S6}: LC-MS",
    ),
    Analyte(
        "acth", "ACTH", "adrenocorticotropic hormone in EDTA plasma",
        (
            ReportUnit("pg/mL", 1.0, _CONVENTIONAL, "2141-0", True),
            ReportUnit("pmol/L", 1.0 / 0.2202, _SI, "14674-6", False),
            ReportUnit("ng/L", 1.0, _CONVENTIONAL, "2141-0", True),
        ),
        0.0, 20000.0, None, None, 0.10, _S6,
        (_at(7.2, 63.3, _MORNING), _at(None, 15.0, _MIDNIGHT, "hpa.md section 4, fact 7: lab")),
    ),
    Analyte(
        "dheas", "DHEA-S", "dehydroepiandrosterone sulfate",
        (
            ReportUnit("umol/L", 1.0, _SI, "14688-6", False),
            ReportUnit("µg/dL", 0.02714, _CONVENTIONAL, "2191-5", False),
            ReportUnit("µmol/L", 1.0, _SI, "14688-6", False),
        ),
        0.0, 100.0, None, None, 0.08, _S6,
        (
            _aged(Sex.FEMALE, 18.0, 30.0, 1.8, 9.2, _S6),
            _aged(Sex.FEMALE, 30.0, 40.0, 1.2, 7.3, _DECADES),
            _aged(Sex.FEMALE, 40.0, 50.0, 0.9, 6.5, _DECADES),
            _aged(Sex.FEMALE, 50.0, 60.0, 0.7, 5.4, _DECADES),
            _aged(Sex.MALE, 18.0, 30.0, 7.6, 17.0, _S6),
            _aged(Sex.MALE, 30.0, 40.0, 3.3, 14.1, _DECADES),
            _aged(Sex.MALE, 40.0, 50.0, 2.6, 14.4, _DECADES),
            _aged(Sex.MALE, 50.0, 60.0, 1.9, 8.4, _DECADES),
            _aged(None, 60.0, 200.0, 0.5, 5.0, _S6),
        ),
    ),
    Analyte(
        "deoxycortisol_11", "11-deoxycortisol", "11-deoxycortisol in serum",
        (
            ReportUnit("nmol/L", 1.0, _SI),
            ReportUnit("µg/dL", 28.86, _CONVENTIONAL, "1657-6", False),
            ReportUnit("ng/dL", 0.02886, _CONVENTIONAL, "1657-6", False),
        ),
        0.0, 5000.0, None, 4.0, 0.08, f"{_S6}: basal, not after metyrapone",
    ),
    Analyte(
        "prednisolone", "Prednisolone", "total prednisolone in serum",
        (ReportUnit("nmol/L", 1.0, _SI), ReportUnit("ng/mL", 2.774, _CONVENTIONAL)),
        0.0, 20000.0, None, None, 0.10, "a drug: no reference range",
    ),
    Analyte(
        "dexamethasone", "Dexamethasone", "dexamethasone in serum",
        (
            ReportUnit("nmol/L", 1.0, _SI),
            ReportUnit("ng/dL", 0.02548, _CONVENTIONAL, "14062-4", False),
            ReportUnit("ng/mL", 2.548, _CONVENTIONAL),
        ),
        0.0, 5000.0, None, None, 0.10, "a drug: no reference range",
        (_at(3.3, None, (8.0, 9.5, "after 1 mg at 23:00")),),
    ),
)  # fmt: skip
