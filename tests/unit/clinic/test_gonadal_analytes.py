"""Gonadal analytes: factors against the research table, ranges by sex, phase and age."""

from __future__ import annotations

import pytest

from endotune_desktop.clinic.analytes import analyte
from endotune_desktop.clinic.person import Sex
from endotune_desktop.clinic.units import UnitSystem

# "conventional = SI x factor" of the research table, section 9.
FACTORS = {
    "lh": 1.0, "fsh": 1.0, "testosterone": 28.84, "free_testosterone": 0.28843, "shbg": 1.0, "estradiol": 0.27241,
    "progesterone": 0.31447, "inhibin_b": 1.0, "amh": 0.14006,
}  # fmt: skip


@pytest.mark.parametrize("analyte_id", sorted(FACTORS))
def test_that_conventional_units_have_the_factor_of_the_table(analyte_id: str) -> None:
    unit = analyte(analyte_id).shown_in(UnitSystem.CONVENTIONAL)
    assert 1.0 / unit.factor == pytest.approx(FACTORS[analyte_id], rel=5e-5)


@pytest.mark.parametrize(
    ("analyte_id", "sex", "age", "phase", "expected"),
    [
        ("lh", Sex.MALE, 30.0, "", (1.5, 9.0)),
        ("lh", Sex.FEMALE, 30.0, "mid_cycle", (8.11, 72.7)),
        ("lh", Sex.FEMALE, 30.0, "follicular", (4.78, 13.2)),
        ("lh", Sex.FEMALE, 60.0, "", (10.0, 60.0)),
        ("estradiol", Sex.FEMALE, 51.9, "luteal", (222.0, 854.0)),
        ("estradiol", Sex.FEMALE, 52.0, "luteal", (0.0, 100.0)),
        ("progesterone", Sex.MALE, 40.0, "", (0.0, 0.6)),
        ("testosterone", Sex.FEMALE, 30.0, "", (0.3, 1.8)),
        ("shbg", Sex.FEMALE, 30.0, "", (32.0, 128.0)),
        ("amh", Sex.FEMALE, 35.0, "", (3.0, 50.0)),
    ],
)
def test_that_the_range_is_that_of_sex_age_and_phase(
    analyte_id: str, sex: Sex, age: float, phase: str, expected: tuple[float, float]
) -> None:
    found = analyte(analyte_id).range_for(sex, age, phase)
    assert found is not None
    assert (found.low, found.high) == expected


def test_that_no_range_is_guessed_where_the_phase_is_not_known() -> None:
    assert analyte("lh").range_for(Sex.FEMALE, 30.0) is None
    assert analyte("fsh").range_for(Sex.FEMALE, 30.0, "follicular") is None
