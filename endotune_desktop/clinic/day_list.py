"""A list of days as people type it: ``3, 5, 10-12``, ``28 Nov - 2 Dec``, ``2026-12-03``; and as it is written."""

from __future__ import annotations

import re
from datetime import date, timedelta

from endotune_desktop.clinic.entry import calendar_day
from endotune_desktop.clinic.errors import InputRefused

ACCEPTED = "3, 5, 10-12, or 3 Dec, or 2026-12-03"

_BARE = re.compile(r"\d{1,2}")
_DAY_MONTH = re.compile(r"(\d{1,2})\.? ?([A-Za-z]{3,9})\.?")
_MONTH_ON = re.compile(r"\d{1,2}\.? ?([A-Za-z]{3,9}\.?(?: \d{4})?)")
_BETWEEN = re.compile(r"\s*[–\u2212]\s*| to | - ")
_HYPHEN = re.compile(r"(\d{1,2}(?: ?[A-Za-z]{3,9})?)-(\d{1,2}(?: ?[A-Za-z]{3,9}.*)?)")
_COUNTED = re.compile(r"^\s*\d+ [^\d:]*:")


def day_list(text: str, first: date, last: date, where: str = "days") -> tuple[date, ...]:
    """Return the days in a text, ascending, each once.

    A number alone is the day of the month, a day without its year the next one; both count from `first` on. A leading
    count ("4 missed:") is passed over, so that what is shown can be typed again.

    Parameters
    ----------
    text : str
    first, last : date
        What is accepted, inclusive.
    where : str
        The field's name, for the refusal.

    Raises
    ------
    InputRefused
        If a part is no day, or is outside `first` to `last`.
    """
    found: set[date] = set()
    for part in re.split(r"[,;]", _COUNTED.sub("", text)):
        words = " ".join(part.split())
        if words:
            found.update(_days(words, first, last, where))
    for day in sorted(found):
        if not first <= day <= last:
            raise InputRefused(f"{_written(day)} is outside", where, f"{_written(first)} to {_written(last)}")
    return tuple(sorted(found))


def _days(words: str, first: date, last: date, where: str) -> set[date]:
    """Return the day, or the days of the range, in one part."""
    whole = _day(words, first)
    if whole is not None:
        return {whole}
    refused = InputRefused(f"'{words[:24]}' is no day", where, ACCEPTED)
    close = _HYPHEN.fullmatch(words)
    ends = list(close.groups()) if close else _BETWEEN.split(words)
    if len(ends) != 2:
        raise refused
    left, right = ends
    month = _MONTH_ON.fullmatch(right)
    if month and _BARE.fullmatch(left):
        left = f"{left} {month[1]}"
    begin = _day(left, first)
    end = _day(right, begin or first)
    if begin is None or end is None:
        raise refused
    if end < begin or (end - begin).days > 366:
        raise InputRefused(f"'{words[:24]}' ends before it begins", where, ACCEPTED)
    return {begin + timedelta(days=count) for count in range((end - begin).days + 1)}


def _day(words: str, first: date) -> date | None:
    """Return one day, None when the words are none."""
    if _BARE.fullmatch(words):
        wanted = int(words)
        days = (first + timedelta(days=ahead) for ahead in range(62))
        return next((day for day in days if day.day == wanted), None)
    if found := _DAY_MONTH.fullmatch(words):
        for year in range(first.year, first.year + 5):  # the next 29 Feb may be four years off
            day = _read(f"{found[1]} {found[2]} {year}")
            if day is not None and day >= first:
                return day
        return None
    return _read(words)


def _read(words: str) -> date | None:
    try:
        return calendar_day(words)
    except InputRefused:
        return None


def spans_of(days: tuple[date, ...]) -> list[tuple[date, date]]:
    """Return ascending days as the first and last of each unbroken run."""
    spans: list[tuple[date, date]] = []
    for day in days:
        if spans and day - spans[-1][1] == timedelta(days=1):
            spans[-1] = (spans[-1][0], day)
        else:
            spans.append((day, day))
    return spans


def days_words(days: tuple[date, ...], year: int) -> str:
    """Return ascending days as they are written: ``3 Dec, 5 Dec, 10–12 Dec``; a year that is not `year` is named.

    Parameters
    ----------
    days : tuple of date
    year : int
        The year that goes without saying.
    """
    parts = []
    for begin, end in spans_of(days):
        tail = _written(end, year)
        if begin == end:
            parts.append(tail)
        elif (begin.year, begin.month) == (end.year, end.month):
            parts.append(f"{begin.day}–{tail}")
        else:
            parts.append(f"{_written(begin, year)} – {tail}")
    return ", ".join(parts)


def _written(day: date, year: int | None = None) -> str:
    return f"{day:%-d %b}" if day.year == year else f"{day:%-d %b %Y}"
