"""Gonadal analytes of men and women, with ranges by sex, age and phase of the cycle (hpg_male.md section 9)."""

from __future__ import annotations

from endotune_desktop.clinic.analytes.analyte import Analyte, ReferenceRange, ReportUnit
from endotune_desktop.clinic.person import Sex
from endotune_desktop.clinic.units import UnitSystem

_SI, _CONVENTIONAL = UnitSystem.SI, UnitSystem.CONVENTIONAL
_TYPICAL = "typical adult range, depends on the method (hpg_male.md section 9)"
_ANCKAERT = "Anckaert 2021 Pract Lab Med 25:e00211, Elecsys, 5th to 95th percentile"
_TRAVISON = "Travison 2017 JCEM, harmonised, 264-916 ng/dL"
_POSTMENOPAUSE_Y = 52.0
"""From this age a woman's ranges are those after menopause: a rule of this program, since a file names no menopause."""


def _men(low: float, high: float, source: str = _TYPICAL, words: str = "") -> ReferenceRange:
    return ReferenceRange(low, high, Sex.MALE, words=words, source=source)


def _women(low: float, high: float, phase: str = "", source: str = _TYPICAL) -> ReferenceRange:
    words = {"": "before menopause", "mid_cycle": "ovulation phase"}.get(phase, phase.replace("_", " ") + " phase")
    return ReferenceRange(low, high, Sex.FEMALE, 0.0, _POSTMENOPAUSE_Y, phase, words=words, source=source)


def _follicular(low: float, high: float, source: str = _TYPICAL) -> tuple[ReferenceRange, ReferenceRange]:
    """Return one published follicular range for both halves of that phase."""
    return _women(low, high, "early_follicular", source), _women(low, high, "follicular", source)


def _later(low: float, high: float) -> ReferenceRange:
    words, rule = "after menopause", f"{_TYPICAL}; taken from 52 years of age (our rule)"
    return ReferenceRange(low, high, Sex.FEMALE, _POSTMENOPAUSE_Y, words=words, source=rule)


def _aged(low: float, high: float, from_y: float, to_y: float) -> ReferenceRange:
    words = f"{from_y:.0f} to {to_y - 1.0:.0f} years"
    return ReferenceRange(low, high, Sex.FEMALE, from_y, to_y, words=words, source=_TYPICAL)


GONADAL: tuple[Analyte, ...] = (
    Analyte(
        "lh", "LH", "luteinising hormone",
        (
            ReportUnit("IU/L", 1.0, _SI, "10501-5", True),
            ReportUnit("mIU/mL", 1.0, _CONVENTIONAL, "10501-5", True),
            ReportUnit("U/L", 1.0, _SI, "10501-5", True),
        ),
        0.0, 500.0, None, None, 0.06, _TYPICAL,
        (
            _men(1.5, 9.0), *_follicular(4.78, 13.2, _ANCKAERT), _women(8.11, 72.7, "mid_cycle", _ANCKAERT),
            _women(2.73, 13.1, "luteal", _ANCKAERT), _later(10.0, 60.0),
        ),
    ),
    Analyte(
        "fsh", "FSH", "follicle stimulating hormone",
        (
            ReportUnit("IU/L", 1.0, _SI, "15067-2", True),
            ReportUnit("mIU/mL", 1.0, _CONVENTIONAL, "15067-2", True),
            ReportUnit("U/L", 1.0, _SI, "15067-2", True),
        ),
        0.0, 500.0, None, None, 0.06, _TYPICAL,
        (
            _men(1.5, 12.0), _women(3.0, 10.0, "early_follicular"), _women(4.0, 22.0, "mid_cycle"),
            _women(1.5, 8.0, "luteal"), _later(25.0, 135.0),
        ),
    ),
    Analyte(
        "testosterone", "Testosterone", "total testosterone",
        (
            ReportUnit("nmol/L", 1.0, _SI, "14913-8", True),
            ReportUnit("ng/dL", 1.0 / 28.84, _CONVENTIONAL, "2986-8", True),
            ReportUnit("ng/mL", 3.467, _CONVENTIONAL, "2986-8", True),
            ReportUnit("µg/L", 3.467, _CONVENTIONAL, "2986-8", True),
        ),
        0.0, 300.0, None, None, 0.06, _TRAVISON,
        (
            _men(9.2, 31.8, _TRAVISON, "morning sample, men of 19-39 years, not obese"),
            ReferenceRange(0.3, 1.8, Sex.FEMALE, source=_TYPICAL),
        ),
    ),
    Analyte(
        "free_testosterone", "Free testosterone", "free testosterone, calculated",
        (
            ReportUnit("pmol/L", 1.0, _SI, "15070-6", False),
            ReportUnit("pg/mL", 3.467, _CONVENTIONAL, "2991-8", True),
            ReportUnit("ng/dL", 34.67, _CONVENTIONAL, "2991-8", True),
        ),
        0.0, 20000.0, None, None, 0.08, _TYPICAL,
        (
            _men(225.0, 725.0, words="calculated after Vermeulen"),
            ReferenceRange(3.0, 30.0, Sex.FEMALE, words="calculated after Vermeulen", source=_TYPICAL),
        ),
    ),
    Analyte(
        "shbg", "SHBG", "sex hormone binding globulin", (ReportUnit("nmol/L", 1.0, _SI, "13967-5", True),),
        0.5, 1000.0, None, None, 0.05, _TYPICAL, (_men(18.0, 54.0), _women(32.0, 128.0), _later(27.0, 128.0)),
    ),
    Analyte(
        "estradiol", "Estradiol", "estradiol",
        (
            ReportUnit("pmol/L", 1.0, _SI, "14715-7", True),
            ReportUnit("pg/mL", 3.671, _CONVENTIONAL, "2243-4", True),
            ReportUnit("ng/L", 3.671, _CONVENTIONAL, "2243-4", True),
        ),
        0.0, 50000.0, None, None, 0.09, _TYPICAL,
        (
            _men(40.0, 150.0), *_follicular(114.0, 332.0, _ANCKAERT), _women(222.0, 1959.0, "mid_cycle", _ANCKAERT),
            _women(222.0, 854.0, "luteal", _ANCKAERT), _later(0.0, 100.0),
        ),
    ),
    Analyte(
        "progesterone", "Progesterone", "progesterone",
        (
            ReportUnit("nmol/L", 1.0, _SI, "14890-8", True),
            ReportUnit("ng/mL", 3.18, _CONVENTIONAL, "2839-9", True),
            ReportUnit("µg/L", 3.18, _CONVENTIONAL, "2839-9", True),
        ),
        0.0, 2000.0, None, None, 0.08, _TYPICAL,
        (
            _men(0.0, 0.6), *_follicular(0.159, 0.616, _ANCKAERT), _women(0.175, 13.2, "mid_cycle", _ANCKAERT),
            _women(13.1, 46.3, "luteal", _ANCKAERT), _later(0.0, 0.6),
        ),
    ),
    Analyte(
        "inhibin_b", "Inhibin B", "inhibin B",
        (ReportUnit("pg/mL", 1.0, _CONVENTIONAL, "27819-2", False), ReportUnit("ng/L", 1.0, _SI, "27819-2", False)),
        0.0, 10000.0, None, None, 0.08, _TYPICAL,
        (
            _men(80.0, 400.0), *_follicular(15.0, 200.0), _women(5.0, 70.0, "luteal"), _later(0.0, 5.0),
        ),
    ),
    Analyte(
        "inhibin_a", "Inhibin A", "inhibin A", (ReportUnit("IU/mL", 1.0, _SI),), 0.0, 1000.0, None, None, 0.08,
        "no range: laboratories report pg/mL, and the factor to IU/mL depends on the method",
    ),
    Analyte(
        "amh", "AMH", "anti-Müllerian hormone",
        (
            ReportUnit("pmol/L", 1.0, _SI),
            ReportUnit("ng/mL", 7.14, _CONVENTIONAL, "38476-8", True),
            ReportUnit("µg/L", 7.14, _CONVENTIONAL, "38476-8", True),
        ),
        0.0, 2000.0, None, None, 0.08, _TYPICAL,
        (
            _men(15.0, 100.0), _aged(7.0, 65.0, 20.0, 30.0), _aged(3.0, 50.0, 30.0, 40.0),
            _aged(0.0, 25.0, 40.0, 50.0),
        ),
    ),
)  # fmt: skip
"""Codes marked as verified were seen in public code lists with that analyte and unit; assay CVs are tuning.md 1.2."""
