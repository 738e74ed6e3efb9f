"""Thyroid analytes."""

from __future__ import annotations

from endotune_desktop.clinic.analytes.analyte import Analyte, ReportUnit
from endotune_desktop.clinic.units import UnitSystem

_SI, _CONVENTIONAL = UnitSystem.SI, UnitSystem.CONVENTIONAL
_HPT = "hpt.md section 14 (SimThyr source block; ATA 2014, NHANES III for TSH)"

THYROID: tuple[Analyte, ...] = (
    Analyte(
        "tsh", "TSH", "thyroid stimulating hormone",
        (
            ReportUnit("mIU/L", 1.0, _SI, "3016-3", True),
            ReportUnit("µIU/mL", 1.0, _CONVENTIONAL, "3016-3", True),
            ReportUnit("mU/L", 1.0, _SI, "3016-3", True),
        ),
        0.0, 1000.0, 0.4, 4.0, 0.05, _HPT, figures=2,
    ),
    Analyte(
        "ft4", "Free T4", "free thyroxine",
        (
            ReportUnit("pmol/L", 1.0, _SI, "14920-3", False),
            ReportUnit("ng/dL", 12.872, _CONVENTIONAL, "3024-7", True),
            ReportUnit("ng/L", 1.2872, _CONVENTIONAL, "3024-7", True),
        ),
        0.2, 150.0, 10.0, 23.0, 0.05, _HPT, short="FT4", decimals=1,
    ),
    Analyte(
        "ft3", "Free T3", "free triiodothyronine",
        (
            ReportUnit("pmol/L", 1.0, _SI, "14928-6", False),
            ReportUnit("pg/mL", 1.5362, _CONVENTIONAL, "3051-0", True),
            ReportUnit("ng/dL", 15.362, _CONVENTIONAL, "3051-0", True),
        ),
        0.2, 60.0, 3.5, 6.5, 0.06, _HPT, short="FT3", decimals=1,
    ),
    Analyte(
        "tt4", "Total T4", "total thyroxine",
        (
            ReportUnit("nmol/L", 1.0, _SI, "14921-1", False),
            ReportUnit("µg/dL", 12.872, _CONVENTIONAL, "3026-2", True),
        ),
        1.0, 600.0, 58.0, 154.0, 0.05, _HPT, short="TT4", decimals=0,
    ),
    Analyte(
        "tt3", "Total T3", "total triiodothyronine",
        (
            ReportUnit("nmol/L", 1.0, _SI, "14930-2", False),
            ReportUnit("ng/dL", 0.015362, _CONVENTIONAL, "3053-6", True),
            ReportUnit("µg/L", 1.5362, _CONVENTIONAL, "3053-6", True),
        ),
        0.05, 20.0, 1.23, 2.77, 0.06, _HPT, short="TT3", figures=2,
    ),
)  # fmt: skip
