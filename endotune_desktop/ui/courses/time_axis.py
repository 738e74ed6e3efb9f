"""The time axis: at which hours the grid stands, what is written there, and how a moment is named."""

from __future__ import annotations

from datetime import date, datetime, timedelta

_HOUR_STEPS = ((0.2, 1), (0.6, 2), (1.6, 3), (3.0, 6))
"""Longest span in days, and the step in hours that fits it."""

_DAYS_UNTIL = 10.0
_WEEKS_UNTIL = 70.0
_MONTHS_UNTIL = 420.0
CLOCK_UNTIL_DAYS = 15.0
"""Up to this span a moment is named with its clock."""


def period_ticks(day0: date, first_h: float, last_h: float) -> list[tuple[float, str]]:
    """Return where periods begin between two hours, and what is written there.

    Parameters
    ----------
    day0 : date
        Midnight of this day is hour 0.
    first_h, last_h : float

    Returns
    -------
    list of (float, str)
        Hours, days, Mondays or firsts of months, whichever fits the span.
    """
    span_d = (last_h - first_h) / 24.0
    midnight = datetime(day0.year, day0.month, day0.day)
    step_h = next((step for until, step in _HOUR_STEPS if span_d <= until), None)
    if step_h is not None:
        hours = range(-int(-first_h // step_h) * step_h, int(last_h) + 1, step_h)
        return [(float(hour), _hour_words(midnight + timedelta(hours=hour))) for hour in hours]
    days = range(-int(-first_h // 24.0), int(last_h // 24.0) + 1)
    moments = [(day * 24.0, midnight + timedelta(days=day)) for day in days]
    return [(hour, words) for hour, moment in moments if (words := _day_words(moment, span_d))]


def _hour_words(moment: datetime) -> str:
    return f"{moment:%H:%M}" if moment.hour else f"{moment:%a} {moment.day}"


def _day_words(moment: datetime, span_d: float) -> str:
    if span_d <= _DAYS_UNTIL:
        return f"{moment:%a} {moment.day}"
    if span_d <= _WEEKS_UNTIL:
        return f"{moment.day} {moment:%b}" if moment.weekday() == 0 else ""
    if moment.day != 1 or (span_d > _MONTHS_UNTIL and moment.month not in (1, 4, 7, 10)):
        return ""
    return f"{moment:%b %Y}" if moment.month == 1 else f"{moment:%b}"


def moment_words(day0: date, time_h: float, span_h: float) -> str:
    """Return a moment for the crosshair's flag: ``18 Jan``, or ``18 Jan 07:30`` when the plots show few days."""
    moment = datetime(day0.year, day0.month, day0.day) + timedelta(minutes=round(time_h * 60.0))
    words = f"{moment.day} {moment:%b}"
    return f"{words} {moment:%H:%M}" if span_h <= CLOCK_UNTIL_DAYS * 24.0 else words
