"""Lists of days, as typed and as written."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from endotune_desktop.clinic.day_list import day_list, days_words
from endotune_desktop.clinic.errors import InputRefused

FIRST, LAST = date(2026, 11, 24), date(2027, 11, 23)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("3, 5, 10-12", ["2026-12-03", "2026-12-05", "2026-12-10", "2026-12-11", "2026-12-12"]),
        ("24", ["2026-11-24"]),
        ("31", ["2026-12-31"]),
        ("5;3 5", None),
        ("5; 3", ["2026-12-03", "2026-12-05"]),
        ("28 Nov - 1 Dec", ["2026-11-28", "2026-11-29", "2026-11-30", "2026-12-01"]),
        ("30-2", ["2026-11-30", "2026-12-01", "2026-12-02"]),
        ("10–12 Dec", ["2026-12-10", "2026-12-11", "2026-12-12"]),
        ("10-12 Dec", ["2026-12-10", "2026-12-11", "2026-12-12"]),
        ("3 Jan", ["2027-01-03"]),
        ("2026-12-03, 4.12.2026", ["2026-12-03", "2026-12-04"]),
        ("2026-12-03 to 2026-12-04", ["2026-12-03", "2026-12-04"]),
        ("2 missed: 3 Dec, 5 Dec", ["2026-12-03", "2026-12-05"]),
        ("", []),
        ("soon", None),
        ("0", None),
        ("32", None),
        ("3-", None),
        ("30 Feb", None),
        ("12-10 Dec", None),
        ("1 Nov 2026", None),
        ("24 Nov 2027", None),
    ],
)
def test_that_typed_days_are_read_or_refused(text: str, days: list[str] | None) -> None:
    if days is None:
        with pytest.raises(InputRefused) as refusal:
            day_list(text, FIRST, LAST, "missed days")
        assert refusal.value.accepted
    else:
        assert [day.isoformat() for day in day_list(text, FIRST, LAST)] == days


@given(st.sets(st.integers(0, (LAST - FIRST).days), max_size=30))
def test_that_what_is_written_is_read_again(ahead: set[int]) -> None:
    days = tuple(sorted(FIRST + timedelta(days=count) for count in ahead))
    assert day_list(f"{len(days)} missed: {days_words(days, FIRST.year)}", FIRST, LAST) == days


def test_that_runs_of_days_are_written_short() -> None:
    days = (*(date(2026, 12, day) for day in (3, 5, 10, 11, 12, 31)), date(2027, 1, 1))
    assert days_words(days, 2026) == "3 Dec, 5 Dec, 10–12 Dec, 31 Dec – 1 Jan 2027"
