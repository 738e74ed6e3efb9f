"""Adrenal analytes: factors against the research table, ranges by clock time, sex and age."""

from __future__ import annotations

import pytest

from endotune_desktop.clinic.analytes import analyte
from endotune_desktop.clinic.person import Sex
from endotune_desktop.physiology.hpa import HPA

# "conventional x factor = SI" of hpa.md section 6; ACTH the other way round.
FACTORS = {
    ("cortisol", "µg/dL"): 27.59, ("free_cortisol", "µg/dL"): 27.59, ("salivary_cortisol", "µg/dL"): 27.59,
    ("ufc", "µg/24 h"): 2.759, ("dheas", "µg/dL"): 0.02714, ("deoxycortisol_11", "µg/dL"): 28.86,
    ("deoxycortisol_11", "ng/dL"): 0.02886, ("prednisolone", "ng/mL"): 2.774, ("dexamethasone", "ng/mL"): 2.548,
    ("acth", "pmol/L"): 1.0 / 0.2202,
}  # fmt: skip


@pytest.mark.parametrize(("analyte_id", "unit"), sorted(FACTORS))
def test_that_units_have_the_factor_of_the_table(analyte_id: str, unit: str) -> None:
    assert analyte(analyte_id).unit(unit).factor == pytest.approx(FACTORS[analyte_id, unit], rel=1e-12)


def test_that_every_measured_marker_has_its_analyte_in_its_own_unit() -> None:
    for marker in HPA.markers:
        if marker.analyte:
            assert analyte(marker.analyte).canonical_unit == marker.unit, marker.id


@pytest.mark.parametrize(
    ("analyte_id", "clock_h", "expected"),
    [
        ("cortisol", 8.0, (150.0, 650.0)),
        ("cortisol", 16.0, (60.0, 330.0)),
        ("cortisol", 0.0, (None, 140.0)),
        ("cortisol", 23.5, (None, 140.0)),
        ("cortisol", 12.0, None),
        ("cortisol", None, None),
        ("salivary_cortisol", 23.0, (None, 3.6)),
        ("salivary_cortisol", 8.0, (5.0, 25.0)),
        ("acth", 8.0, (7.2, 63.3)),
        ("acth", 0.5, (None, 15.0)),
        ("free_cortisol", 17.0, (3.0, 17.0)),
        ("ufc", None, (10.0, 140.0)),
    ],
)
def test_that_the_range_is_that_of_the_clock(
    analyte_id: str, clock_h: float | None, expected: tuple[float | None, float | None] | None
) -> None:
    found = analyte(analyte_id).range_for(Sex.MALE, 40.0, clock_h=clock_h)
    assert (None if found is None else (found.low, found.high)) == expected


@pytest.mark.parametrize(
    ("sex", "age", "expected"),
    [
        (Sex.FEMALE, 25.0, (1.8, 9.2)),
        (Sex.MALE, 25.0, (7.6, 17.0)),
        (Sex.FEMALE, 59.9, (0.7, 5.4)),
        (Sex.MALE, 60.0, (0.5, 5.0)),
        (Sex.FEMALE, 85.0, (0.5, 5.0)),
    ],
)
def test_that_dhea_s_goes_by_sex_and_age(sex: Sex, age: float, expected: tuple[float, float]) -> None:
    found = analyte("dheas").range_for(sex, age)
    assert found is not None
    assert (found.low, found.high) == expected
