"""What becomes of a forecast: scored, void and why, withdrawn, scored again."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from endotune_desktop.clinic.records import PatientRecord, ReceiptScore
from endotune_desktop.tuning.scoring import fair_crps
from endotune_desktop.workbench.receipt_draws import floats_of
from endotune_desktop.workbench.receipt_scores import (
    CHANGED,
    OTHER_HOUR,
    SCORED,
    WITHDRAWN,
    due_result,
    due_scores,
    regimen_held,
)
from tests.unit.workbench.receipt_samples import DUE, MADE, followed, receipt, result

NOW = datetime(2026, 11, 24, 9, 41)


def with_rows(record: PatientRecord, rows: tuple[ReceiptScore, ...]) -> PatientRecord:
    """Return the record as the store gives it back: the newest score first."""
    return replace(record, scores=(*reversed(rows), *record.scores))


def test_that_a_forecast_without_a_result_waits() -> None:
    assert due_scores(followed(), NOW) == ()


def test_that_a_result_in_time_is_scored_once() -> None:
    record = followed(result("3.2"))
    (row,) = due_scores(record, NOW)
    assert (row.verdict, row.value, row.in50, row.in90) == (SCORED, 3.2, True, True)
    assert row.crps == pytest.approx(fair_crps(floats_of(receipt().draws), math.log(3.2)))
    assert row.crps is not None
    assert row.crps_population is not None
    assert row.crps < row.crps_population
    assert due_scores(with_rows(record, (row,)), NOW + timedelta(days=1)) == ()


@pytest.mark.parametrize(("days", "counts"), [(-7, True), (7, True), (-8, False), (8, False)])
def test_that_a_week_before_and_after_counts(days: int, counts: bool) -> None:
    lab = result("3.2", datetime(2026, 11, 24, 7, 10) + timedelta(days=days))
    assert (due_result(followed(lab), receipt()) == lab) == counts


def test_that_a_result_from_before_the_forecast_is_none() -> None:
    early = replace(receipt(), made_at=datetime(2026, 11, 23, 12, 0))
    assert due_result(followed(result("3.2", datetime(2026, 11, 22, 7, 10))), early) is None


def test_that_the_nearest_result_at_the_planned_hour_counts() -> None:
    near = result("3.1", datetime(2026, 11, 22, 7, 0))
    afternoon = result("2.9", datetime(2026, 11, 24, 15, 0))
    assert due_result(followed(near, afternoon), receipt()) == near


def test_that_a_changed_dose_makes_it_void() -> None:
    record = followed(result("3.2"), orders_stop=date(2026, 11, 10))
    (row,) = due_scores(record, NOW)
    assert (row.verdict, row.crps, row.in90) == (CHANGED, None, None)


def test_that_a_dose_changed_on_the_day_of_the_sample_held_until_then() -> None:
    record = followed(result("3.2"), orders_stop=DUE.date())
    assert regimen_held(record, receipt(), DUE.date())
    assert not regimen_held(record, receipt(), DUE.date() + timedelta(days=1))


def test_that_a_missed_tablet_is_part_of_the_forecast() -> None:
    record = followed(result("3.2"))
    missed = tuple(replace(order, missed=(date(2026, 11, 1),)) for order in record.medication)
    assert due_scores(replace(record, medication=missed), NOW)[0].verdict == SCORED
    less = tuple(replace(order, fraction_taken=0.7) for order in record.medication)
    assert due_scores(replace(record, medication=less), NOW)[0].verdict == CHANGED


def test_that_another_hour_is_said_and_an_unknown_one_is_not() -> None:
    afternoon = datetime(2026, 11, 24, 15, 0)
    assert due_scores(followed(result("3.2", afternoon)), NOW)[0].verdict == OTHER_HOUR
    assert due_scores(followed(result("3.2", afternoon, known=False)), NOW)[0].verdict == SCORED


def test_that_a_corrected_result_is_another_row_and_a_withdrawn_one_too() -> None:
    first = followed(result("9.0"))
    (row,) = due_scores(first, NOW)
    corrected = with_rows(replace(first, labs=(result("3.2"), *followed().labs)), (row,))
    (second,) = due_scores(corrected, NOW + timedelta(hours=1))
    assert (second.value, second.id != row.id) == (3.2, True)
    gone = with_rows(replace(corrected, labs=followed().labs), (second,))
    (third,) = due_scores(gone, NOW + timedelta(hours=2))
    assert (third.verdict, third.lab_id) == (WITHDRAWN, "")
    again = with_rows(gone, (third,))
    assert due_scores(again, NOW + timedelta(hours=3)) == ()
    assert again.score_of(receipt()) == third


def test_that_a_result_set_aside_is_not_scored() -> None:
    assert due_scores(followed(replace(result("3.2"), set_aside=True)), NOW) == ()


def test_that_a_bound_is_placed_and_has_no_distance() -> None:
    (row,) = due_scores(followed(result("<0.01")), NOW)
    assert (row.verdict, row.comparator, row.crps) == (SCORED, "<", None)
    assert row.pit is not None
    assert row.pit < 0.05
    assert due_scores(followed(result("<0.01")), NOW) == (row,)


def test_that_the_forecast_was_made_before_it_was_due() -> None:
    assert MADE < DUE
