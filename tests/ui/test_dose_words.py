"""Regimens in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from endotune_desktop.clinic.records import Medication, PatientRecord, Plan
from endotune_desktop.physiology.hpt import HPT
from endotune_desktop.ui.words import (
    current_words,
    dose_words,
    medication_words,
    missed_words,
    order_words,
    plan_words,
    regimen_words,
    swallow_words,
)
from endotune_desktop.workbench.regimens import AgentRegimen
from tests.ui.desk import ingrid

TUESDAY = date(2026, 11, 24)
LT4 = AgentRegimen("levothyroxine", "oral", "ug", ("07:30",), ((100.0,),))
DAY = AgentRegimen("liothyronine", "oral", "ug", ("07:00", "12:00", "17:00"), ((10.0, 5.0, 5.0),))


def week(*from_tuesday: float) -> AgentRegimen:
    """Return a weekly plan that starts on a Tuesday."""
    return replace(LT4, rows=tuple((amount,) for amount in from_tuesday))


def plain(words: str) -> str:
    """Return words with ordinary blanks."""
    return words.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("regimen", "words"),
    [
        (LT4, "100 µg"),
        (DAY, "10 + 5 + 5 µg"),
        (replace(DAY, rows=((5.0, 5.0, 5.0),)), "3 × 5 µg"),
        (replace(DAY, rows=((5.0, 0.0, 0.0),)), "5 µg"),
        (replace(LT4, rows=((0.0,),)), "none"),
        (LT4.only_first_day(2), "100 µg alternate days"),
        (replace(LT4, rows=((100.0,), (125.0,))), "100 µg, 125 µg in turn"),
        (LT4.only_first_day(14), "100 µg every 14 days"),
        (week(100, 100, 100, 100, 125, 125, 100), "100 µg Mon–Fri, 125 µg Sat Sun"),
        (week(100, 100, 100, 100, 100, 0, 100), "100 µg Mon–Sat, none Sun"),
        (week(0, 100, 0, 100, 0, 0, 100), "100 µg Mon Wed Fri"),
        (week(700, 0, 0, 0, 0, 0, 0), "700 µg weekly, Tue"),
    ],
)
def test_that_doses_are_said_by_day(regimen: AgentRegimen, words: str) -> None:
    assert plain(dose_words(regimen, TUESDAY)) == words


def test_that_a_plan_says_agents_spans_and_missed_days() -> None:
    orders = (
        *replace(LT4, stop_day=7, missed_days=(1, 2)).orders(),
        *replace(LT4, rows=((125.0,),), start_day=7).orders(),
    )
    words = plain(plan_words(Plan(TUESDAY, orders)))
    assert words == "100 µg, 2 missed until 1 Dec + 125 µg from 1 Dec"
    assert plain(plan_words(Plan(TUESDAY, (*LT4.orders(), *DAY.orders())))) == "100 µg; 10 + 5 + 5 µg"
    assert plan_words(Plan(TUESDAY)) == "no drug"


def test_that_a_regimen_says_its_clock_times_and_missed_days() -> None:
    assert plain(regimen_words(DAY, TUESDAY)) == "10 + 5 + 5 µg daily, 07:00 12:00 17:00"
    assert missed_words(replace(LT4, missed_days=(9, 11, 16, 17)), TUESDAY) == "4 missed: 3 Dec, 5 Dec, 10–11 Dec"
    assert missed_words(LT4, TUESDAY) == ""


def test_that_tablets_are_counted_in_halves_and_quarters() -> None:
    assert plain(swallow_words(((1.0, 100.0), (0.5, 25.0)), "µg")) == "1 × 100 + ½ × 25 µg"
    assert plain(swallow_words(((0.75, 10.0),), "mg")) == "¾ × 10 mg"
    assert swallow_words((), "mg") == ""


def lines(start: date, week_of: list[float]) -> tuple[Medication, ...]:
    """Return a weekly plan as the record holds it."""
    found = []
    for day, dose in enumerate(week_of):
        order = Medication(
            f"w{day}", "p1", "levothyroxine", "oral", "", dose, "ug", ("07:30",), 7, start + timedelta(days=day)
        )
        found.append(order)
    return tuple(found)


def test_that_seven_orders_of_the_record_are_said_as_one_week() -> None:
    record: PatientRecord = replace(ingrid(), medication=lines(TUESDAY, [100, 100, 100, 100, 125, 125, 100]))
    words = ["Levothyroxine 100 µg Mon–Fri, 125 µg Sat Sun, 07:30"]
    for days in (0, 1, 6, 30):
        assert [plain(found) for found in current_words(HPT, record, TUESDAY + timedelta(days=days))] == words
    ((said, first),) = medication_words(HPT, record.medication)
    assert (plain(said), first) == (words[0], TUESDAY)
    assert plain(order_words(record.medication[4])) == "125 µg every Sat, 07:30"
