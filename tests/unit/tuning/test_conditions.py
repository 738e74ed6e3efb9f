"""The language of the links: each question by hand, groups, unknown values, and what is refused."""

from __future__ import annotations

import math

import pytest

from endotune_desktop.clinic.errors import InputRefused
from endotune_desktop.clinic.person import Person, Sex
from endotune_desktop.clinic.scenario import DoseOrder, LesionState
from endotune_desktop.tuning.conditions import Condition, Vocabulary
from endotune_desktop.tuning.patient_state import PatientState, Taken, lesions_of, taken_of

WORDS = Vocabulary({"pills": ("alpha.oral", "beta")}, {"tall": "Tall"})
STATE = PatientState(
    Person(Sex.FEMALE, 60.0, 165.0, 65.0),
    frozenset({"one", "two"}),
    {"one.broken": 0.4, "two.broken": 0.7},
    (Taken("alpha", "oral", "", 10.0), Taken("gamma", "oral", "slow", 2.0)),
    (Taken("alpha", "oral", "", 15.0), Taken("alpha", "iv", "", 1.0), Taken("beta", "oral", "", 5.0)),
    {"salt": 140.0},
    frozenset({"tall"}),
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("lesion(broken)", True),
        ("lesion(three.broken)", False),
        ("takes(alpha.oral)", True),
        ("takes(alpha.im)", False),
        ("takes(gamma)", False),
        ("stops(gamma.oral.slow)", True),
        ("stops(gamma.oral.quick)", False),
        ("starts(pills)", True),
        ("starts(alpha.oral)", False),
        ("raises(alpha.oral)", True),
        ("lowers(pills)", False),
        ("held(one) and not held(three)", True),
        ("measured(salt, sugar)", True),
        ("measured(sugar)", False),
        ("finding(tall)", True),
        ("salt > 139 and salt <= 140", True),
        ("sugar > 0 or sugar <= 0", False),  # not known: no comparison holds
        ("female and not male and age >= 60", True),
        ("daily(alpha) > 15.5", True),
    ],
)
def test_that_conditions_hold_as_they_read(text: str, expected: bool) -> None:
    assert Condition(text, WORDS).holds(STATE) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("severity(broken)", 0.7),
        ("severity(one.broken) * 2", 0.8),
        ("clamp(salt / 14, 0, 5)", 5.0),
        ("1 + 2 * ln(salt / 140)", 1.0),
        ("max(salt, 150) - min(salt, 130)", 20.0),
        ("-daily(beta) ** 2", -25.0),
        ("sugar * 2", math.nan),
        ("clamp(sugar, 0, 1)", math.nan),
        ("ln(salt - 140)", math.nan),
        ("salt / (salt - 140)", math.nan),
    ],
)
def test_that_numbers_are_computed_or_not_known(text: str, expected: float) -> None:
    assert Condition(text, WORDS).number(STATE) == pytest.approx(expected, nan_ok=True)


@pytest.mark.parametrize(
    "text", ["", "takes()", "takes('alpha')", "salt == 3", "1 < salt < 3", "[salt]", "open(salt)", "salt and (", "x.y"]
)
def test_that_what_is_not_of_the_language_is_refused(text: str) -> None:
    with pytest.raises(InputRefused):
        Condition(text, WORDS)


def test_that_the_names_of_a_condition_are_known_with_their_question() -> None:
    found = Condition("takes(pills) and salt > 3 and lesion(one.broken)", WORDS).names
    assert found == (("takes", "alpha.oral"), ("takes", "beta"), ("marker", "salt"), ("lesion", "one.broken"))


def test_that_orders_become_mean_daily_doses_by_the_agents_own_name() -> None:
    orders = (
        DoseOrder("LT4", "oral", 0.1, "mg", ("07:00",), fraction_taken=0.5),
        DoseOrder("liothyronine", "oral", 5.0, "ug", ("07:00", "19:00"), every_days=2),
        DoseOrder("thiamazole", "oral", 0.0, "mg", ("08:00",)),
    )
    assert taken_of(orders) == (Taken("levothyroxine", "oral", "", 50.0), Taken("liothyronine", "oral", "", 5.0))


def test_that_a_lesion_without_severity_is_none() -> None:
    assert lesions_of("hpt", (LesionState("graves", 0.5), LesionState("tshoma", 0.0))) == {"hpt.graves": 0.5}
