"""What people type."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from endotune_desktop.clinic.entry import calendar_day, calendar_days, clock_time, number, pressure, result_text
from endotune_desktop.clinic.errors import InputRefused
from endotune_desktop.clinic.units import convert_dose


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("6.6", 6.6),
        ("6,6", 6.6),
        ("\u00a06.6\u2009", 6.6),
        ("1 240", 1240.0),
        ("\u22122,5", -2.5),
        ("0,125", 0.125),
        (".5", 0.5),
        ("1\u202f240", 1240.0),
        ("1'240", 1240.0),
        ("1.240,5", 1240.5),
        ("1,240.5", 1240.5),
        ("1,234,567", 1234567.0),
        ("12 345.6", 12345.6),
    ],
)
def test_that_numbers_are_read_as_people_type_them(text: str, value: float) -> None:
    assert number(text, "field") == value


@pytest.mark.parametrize("text", ["", "  ", "six", "1.2.3", "1e5", "nan", "inf", "--1", "1,2,3", "0x10"])
def test_that_what_is_no_number_is_refused_with_one_sentence(text: str) -> None:
    with pytest.raises(InputRefused) as refused:
        number(text, "dose", 0.0, 10.0)
    assert str(refused.value).startswith("dose: ")
    assert "\n" not in str(refused.value)


def test_that_a_comma_before_three_digits_is_asked_about() -> None:
    with pytest.raises(InputRefused, match="two ways"):
        number("1,234", "field")


@pytest.mark.parametrize(
    ("text", "high", "repairs"),
    [("1,234", 2000.0, ("1.234", "1234")), ("1,234", 100.0, ("1.234",)), ("13 4", 1000.0, ("13.4", "134"))],
)
def test_that_a_number_that_can_be_read_two_ways_offers_those_that_fit(
    text: str, high: float, repairs: tuple[str, ...]
) -> None:
    with pytest.raises(InputRefused, match="two ways") as refused:
        number(text, "field", 0.0, high)
    assert refused.value.repairs == repairs
    assert refused.value.at("labs[0]").repairs == repairs


def test_that_bounds_are_named() -> None:
    with pytest.raises(InputRefused, match="0 to 5 ug"):
        number("7", "dose", 0.0, 5.0, "ug")


@given(st.floats(0.001, 99999, allow_nan=False))
def test_that_a_written_number_is_read_back(value: float) -> None:
    text = f"{value:.4f}"
    assert number(text, "x") == pytest.approx(float(text))
    if len(text.split(".")[1]) != 3:
        assert number(text.replace(".", ","), "x") == pytest.approx(float(text))


@pytest.mark.parametrize(
    ("text", "expected"), [("<0.01", ("<", 0.01)), ("> 100", (">", 100.0)), ("≤0,5", ("<", 0.5)), ("3.1", ("", 3.1))]
)
def test_that_results_keep_their_comparator(text: str, expected: tuple[str, float]) -> None:
    assert result_text(text) == expected


@pytest.mark.parametrize(
    ("text", "clock"), [("7:30", "07:30"), ("07.30", "07:30"), ("7h05", "07:05"), ("23:59", "23:59")]
)
def test_that_clock_times_are_read(text: str, clock: str) -> None:
    assert clock_time(text) == clock


@pytest.mark.parametrize(("text", "repairs"), [("7", ("07:00",)), ("0730", ("07:30",)), ("99", ()), ("noon", ())])
def test_that_a_clock_time_without_its_colon_is_offered_with_one(text: str, repairs: tuple[str, ...]) -> None:
    with pytest.raises(InputRefused) as refused:
        clock_time(text)
    assert refused.value.repairs == repairs


@pytest.mark.parametrize(
    ("text", "both"), [("128/82", (128.0, 82.0)), (" 128 / 82\u00a0mmHg", (128.0, 82.0)), ("90|60", (90.0, 60.0))]
)
def test_that_blood_pressure_is_read(text: str, both: tuple[float, float]) -> None:
    assert pressure(text) == both


@pytest.mark.parametrize("text", ["128", "128/", "128/82/60", "400/82", "128/5", "high"])
def test_that_other_pressures_are_refused(text: str) -> None:
    with pytest.raises(InputRefused):
        pressure(text)


def test_that_a_pressure_the_wrong_way_round_is_offered_turned() -> None:
    with pytest.raises(InputRefused) as refused:
        pressure("82/128")
    assert refused.value.repairs == ("128/82",)


def test_that_a_list_of_days_is_read_in_order_and_once() -> None:
    assert calendar_days("2 Sep 2026; 2026-09-01, 1.9.2026") == (date(2026, 9, 1), date(2026, 9, 2))
    assert calendar_days(" ") == ()
    with pytest.raises(InputRefused, match="'soon' is no day"):
        calendar_days("2026-09-01, soon")


@pytest.mark.parametrize("text", ["24:00", "7", "7:60", "noon", ""])
def test_that_other_clock_times_are_refused(text: str) -> None:
    with pytest.raises(InputRefused):
        clock_time(text)


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-16",
        "2026\u201311\u201316",
        "16.11.2026",
        "\u00a016\u00a0Nov\u00a0 2026 ",
        "16/11/2026",
        "16. November 2026",
    ],
)
def test_that_days_are_read(text: str) -> None:
    assert calendar_day(text) == date(2026, 11, 16)


def test_that_a_day_that_can_be_read_two_ways_is_asked_about() -> None:
    with pytest.raises(InputRefused, match="2026-04-03 or 2026-03-04"):
        calendar_day("03/04/2026")


@pytest.mark.parametrize("text", ["2026-02-30", "31.4.2026", "16 Foo 2026", "yesterday", ""])
def test_that_other_days_are_refused(text: str) -> None:
    with pytest.raises(InputRefused):
        calendar_day(text)


@given(st.floats(0, 1e6), st.sampled_from(["ug", "mg", "g"]), st.sampled_from(["ug", "mg", "g"]))
def test_that_dose_units_round_trip(amount: float, first: str, second: str) -> None:
    there = convert_dose(amount, first, second)
    assert convert_dose(there, second, first) == pytest.approx(amount, rel=1e-12)


def test_that_unlike_units_do_not_convert() -> None:
    with pytest.raises(InputRefused, match="IU"):
        convert_dose(1.0, "mg", "IU")
