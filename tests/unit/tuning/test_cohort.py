"""Who person number n of a cohort is, and what is written about each."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from endotune_desktop.clinic.person import Person, Sex
from endotune_desktop.clinic.scenario import DoseOrder, LesionState, Scenario
from endotune_desktop.physiology.hpt import HPT
from endotune_desktop.simulation import simulate
from endotune_desktop.simulation.observables import Observable, evaluate
from endotune_desktop.tuning.cohort import PERSONS_A_CHUNK, Arm, Beta, Cohort, Column, Law, Normal, Uniform, Vary, drawn
from endotune_desktop.tuning.cohort_run import Rows, column_names, computed

TABLET = DoseOrder("levothyroxine", "oral", 100.0, "ug", ("07:00",))
SCENARIO = Scenario(
    "hpt", Person(Sex.FEMALE, 45.0, 165.0, 65.0), parameters={"slope": 1.1},
    lesions=(LesionState("thyroidectomy", 1.0),), regimen_before=(TABLET,), regimen=(TABLET,), duration_days=4.0,
)  # fmt: skip
MORE = Arm("more", replace(SCENARIO, regimen=(replace(TABLET, dose=150.0),)))
COLUMNS = tuple(
    Column(text, Observable(text), unit)
    for text, unit in (("tsh@07:30+3d", ""), ("max(ft4, 3d, 4d)", ""), ("first(ft4 > 20)", "h"))
)


def both(law: Law) -> dict[Sex, Law]:
    """Return one law for both sexes."""
    return dict.fromkeys(Sex, law)


HEIGHT = {Sex.FEMALE: Normal(165.0, 6.5, 145.0, 190.0), Sex.MALE: Normal(178.0, 7.0, 155.0, 205.0)}
VARY = Vary(
    female_share=0.7,
    age_years=both(Uniform(18.0, 90.0)),
    height_cm=HEIGHT,
    bmi=both(Normal(26.0, 5.0, 17.0, 45.0)),
    adherence=Beta(8.0, 1.0),
)
COHORT = Cohort(SCENARIO, (Arm("scenario", SCENARIO),), 20_000, 11, COLUMNS, VARY)


def numbers(rows: Rows, name: str) -> np.ndarray:
    """Return a column of numbers."""
    return np.asarray(rows.columns[name], dtype=np.float64)


def test_that_bodies_follow_their_laws() -> None:
    chunks = [drawn(HPT, COHORT, index) for index in range(COHORT.chunks)]
    persons = [person for chunk in chunks for person in chunk.persons]
    female = np.array([person.sex is Sex.FEMALE for person in persons])
    age = np.array([person.age_years for person in persons])
    height = np.array([person.height_cm for person in persons])
    bmi = np.array([person.weight_kg / (person.height_cm / 100.0) ** 2 for person in persons])
    taken = np.concatenate([chunk.taken for chunk in chunks])
    assert len(persons) == COHORT.count
    assert female.mean() == pytest.approx(0.7, abs=0.015)
    assert age.mean() == pytest.approx(54.0, abs=0.6)
    assert age.std() == pytest.approx(72.0 / np.sqrt(12.0), rel=0.03)
    assert height[female].mean() == pytest.approx(165.0, abs=0.3)
    assert height[~female].mean() == pytest.approx(178.0, abs=0.4)
    assert height[female].std() == pytest.approx(6.5, rel=0.04)
    assert 145.0 <= height.min() <= height.max() <= 205.0
    assert 17.0 <= bmi.min() <= bmi.max() <= 45.0 * (1 + 1e-12)
    assert abs(np.corrcoef(bmi, height)[0, 1]) < 0.08
    assert taken.mean() == pytest.approx(8.0 / 9.0, abs=0.005)


def test_that_a_person_depends_on_seed_and_number_only() -> None:
    whole = drawn(HPT, COHORT, 3)
    fewer = drawn(HPT, replace(COHORT, count=3 * PERSONS_A_CHUNK + 10, arms=(COHORT.arms[0], MORE)), 3)
    assert fewer.numbers == range(750, 760)
    assert fewer.persons == whole.persons[:10]
    for name, column in fewer.values.items():
        assert np.array_equal(column, whole.values[name][:10])
    older = drawn(HPT, replace(COHORT, vary=replace(VARY, age_years=both(Uniform(60.0, 90.0)))), 3)
    assert [person.height_cm for person in older.persons] == [person.height_cm for person in whole.persons]
    assert np.array_equal(older.taken, whole.taken)
    other = drawn(HPT, replace(COHORT, seed=12), 3)
    assert other.persons != whole.persons
    assert drawn(HPT, COHORT, 4).persons != whole.persons


def test_that_what_is_not_varied_is_the_scenarios() -> None:
    same = drawn(HPT, replace(COHORT, vary=Vary(parameters=False)), 0)
    assert set(same.persons) == {SCENARIO.person}
    assert same.values == {}
    assert set(same.taken) == {1.0}
    assert "slope" not in drawn(HPT, COHORT, 0).values


def test_that_a_row_is_the_simulation_of_that_person() -> None:
    cohort = replace(COHORT, count=6, arms=(COHORT.arms[0], MORE))
    rows = computed(HPT, cohort, 0)
    assert tuple(rows.columns) == column_names(HPT, cohort)
    assert list(numbers(rows, "id")[:4]) == [1, 1, 2, 2]
    assert list(rows.columns["arm"][:3]) == ["scenario", "more", "scenario"]
    for row in (0, 5, 9):
        arm = cohort.arms[row % 2].scenario
        own = {name: float(numbers(rows, name)[row]) for name in ("setpoint", "f4", "cl4", "conv", "gt")}
        body = [float(numbers(rows, name)[row]) for name in ("age_years", "height_cm", "weight_kg")]
        taken = float(numbers(rows, "adherence")[row])
        alone = replace(
            arm,
            person=Person(Sex(rows.columns["sex"][row]), *body),
            parameters={**own, **SCENARIO.parameters},
            regimen=tuple(replace(order, fraction_taken=taken) for order in arm.regimen),
            regimen_before=tuple(replace(order, fraction_taken=taken) for order in arm.regimen_before),
        )
        course = simulate(HPT, alone, rtol=1e-8)
        for column in COLUMNS:
            expected = evaluate(column.observable.expression, {"": course}, column.unit)
            assert numbers(rows, column.name)[row] == pytest.approx(expected, rel=3e-4, abs=1e-3, nan_ok=True)


def test_that_persons_without_an_answer_say_why_and_stay_in_the_table() -> None:
    tall = replace(VARY, height_cm=both(Uniform(205.0, 215.0)), bmi=both(Uniform(22.0, 23.0)))
    odd = (*COLUMNS, Column("ln(tsh@07:30 - 3)", Observable("ln(tsh@07:30 - 3)")))
    rows = computed(HPT, replace(COHORT, count=20, vary=tall, columns=odd), 0)
    reasons = list(rows.columns["failed"])
    height = numbers(rows, "height_cm")
    assert len(reasons) == 20
    for row, reason in enumerate(reasons):
        if height[row] > 210.0:
            assert "outside the thyroid model" in reason
            assert np.isnan(numbers(rows, "tsh@07:30+3d")[row])
        else:
            assert np.isfinite(numbers(rows, "tsh@07:30+3d")[row])
            assert bool(reason) == np.isnan(numbers(rows, "ln(tsh@07:30 - 3)")[row])
            assert not reason or reason.startswith("ln(tsh@07:30 - 3): 'ln' cannot be computed")
    assert rows.failed == sum(1 for reason in reasons if reason)
    assert 0 < rows.failed < 20
