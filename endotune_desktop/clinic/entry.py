"""What people type, read without guessing: numbers, results with ``<`` and ``>``, clock times and days."""

from __future__ import annotations

import math
import re
from datetime import date

from endotune_desktop.clinic.errors import InputRefused

_BLANKS = re.compile(r"[\s\u00a0\u2009\u202f\u2007\ufeff]+")
_SPLIT = re.compile(r"^[+-]?\d+[\s\u2009\u202f\u2007\ufeff]+\d+$")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
_GROUPED = (
    (re.compile(r"[+-]?\d{1,3}('\d{3})+(\.\d+)?"), "'", ""),
    (re.compile(r"[+-]?\d{1,3}(,\d{3})+\.\d+|[+-]?\d{1,3}(,\d{3}){2,}"), ",", ""),
    (re.compile(r"[+-]?\d{1,3}(\.\d{3})+,\d+|[+-]?\d{1,3}(\.\d{3}){2,}"), ".", ","),
)
"""Numbers whose thousands are parted beyond doubt: their shape, the mark to drop, the decimal comma to turn."""
_CLOCK = re.compile(r"(\d{1,2})[:.h](\d{2})")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


_DASHES = str.maketrans({"\u2212": "-", "\u2013": "-", "\u2010": "-", "\u2011": "-"})


def _bare(text: str) -> str:
    return _BLANKS.sub("", text).translate(_DASHES)


def number(text: str, where: str, low: float = -math.inf, high: float = math.inf, unit: str = "") -> float:
    """Return the number in a text: ``6.6``, ``6,6``, ``1.240,5`` and pasted blanks are read, a doubtful comma is not.

    Parameters
    ----------
    text : str
    where : str
        The field's name, for the refusal.
    low, high : float
        What is accepted, inclusive.
    unit : str
        For the refusal.

    Raises
    ------
    InputRefused
        If it is no number, can be read two ways, or is outside the bounds.
    """
    bare = _bare(text)
    accepted = _accepted(low, high, unit)
    if not bare:
        raise InputRefused("nothing was entered", where, accepted)
    parts = re.findall(r"\d+", text) if _SPLIT.search(text.strip()) else []
    if len(parts) == 2 and len(parts[1]) != 3:
        ways = (".".join(parts), "".join(parts))
        fitting = tuple(way for way in ways if low <= float(way) <= high)
        raise InputRefused(f"{' '.join(parts)} can be read two ways", where, " or ".join(ways), fitting)
    bare = _ungrouped(bare)
    if bare.count(",") == 1 and "." not in bare:
        head, tail = bare.split(",")
        if len(tail) == 3 and len(head.lstrip("+-")) <= 3 and head.lstrip("+-") not in ("", "0"):
            ways = (f"{head}.{tail}", f"{head}{tail}")
            fitting = tuple(way for way in ways if _NUMBER.fullmatch(way) and low <= float(way) <= high)
            raise InputRefused(f"{bare} can be read two ways", where, " or ".join(ways), fitting)
        bare = f"{head}.{tail}"
    if bare.startswith("."):
        bare = "0" + bare
    if not _NUMBER.fullmatch(bare) or len(bare) > 20:
        raise InputRefused(f"'{text.strip()[:30]}' is no number", where, accepted)
    value = float(bare)
    if not low <= value <= high:
        raise InputRefused(f"{bare}{' ' + unit if unit else ''} is outside what is accepted", where, accepted)
    return value


def _ungrouped(bare: str) -> str:
    """Return a number without its thousands marks, where they cannot be anything else."""
    bare = bare.replace("\u2019", "'")
    for shape, mark, comma in _GROUPED:
        if shape.fullmatch(bare):
            bare = bare.replace(mark, "")
            return bare.replace(comma, ".") if comma else bare
    return bare


def _accepted(low: float, high: float, unit: str) -> str:
    words = f" {unit}" if unit else ""
    if math.isinf(low) and math.isinf(high):
        return f"a number{words}"
    if math.isinf(high):
        return f"{low:g}{words} or more"
    return f"{low:g} to {high:g}{words}"


def result_text(text: str, where: str = "result") -> tuple[str, float]:
    """Return the comparator (``""``, ``"<"``, ``">"``) and the number of a laboratory result as typed.

    Raises
    ------
    InputRefused
        If it is no such result.
    """
    bare = _bare(text).replace("\u2264", "<").replace("\u2265", ">").replace("<=", "<").replace(">=", ">")
    comparator = bare[0] if bare[:1] in ("<", ">") else ""
    return comparator, number(bare[len(comparator) :], where, 0.0)


def clock_time(text: str, where: str = "clock time") -> str:
    """Return ``HH:MM`` from ``7:30``, ``07.30`` or ``7h30``.

    Raises
    ------
    InputRefused
        If it is no time of day.
    """
    found = _CLOCK.fullmatch(_bare(text))
    if found and int(found[1]) <= 23 and int(found[2]) <= 59:
        return f"{int(found[1]):02d}:{found[2]}"
    repairs: tuple[str, ...] = ()
    if bare := re.fullmatch(r"(\d{1,2})(\d{2})?", _bare(text)):
        hours, minutes = int(bare[1]), int(bare[2] or 0)
        repairs = (f"{hours:02d}:{minutes:02d}",) if hours <= 23 and minutes <= 59 else ()
    raise InputRefused(f"'{text.strip()[:20]}' is no clock time", where, "HH:MM, 00:00 to 23:59", repairs)


def calendar_day(text: str, where: str = "date") -> date:
    """Return a day from ``2026-11-16``, ``16.11.2026`` or ``16 Nov 2026``; a doubtful one is asked for.

    Raises
    ------
    InputRefused
        If it is no day, or can be read two ways.
    """
    accepted = "2026-11-16, 16.11.2026 or 16 Nov 2026"
    bare = " ".join(_BLANKS.sub(" ", text).split()).translate(_DASHES)
    refused = InputRefused(f"'{bare[:20]}' is no day", where, accepted)
    if found := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", bare):
        parts = (int(found[1]), int(found[2]), int(found[3]))
    elif found := re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", bare):
        parts = (int(found[3]), int(found[2]), int(found[1]))
    elif found := re.fullmatch(r"(\d{1,2})\.? ([A-Za-z]{3,9})\.?,? (\d{4})", bare):
        month = found[2][:3].lower()
        if month not in _MONTHS:
            raise refused
        parts = (int(found[3]), _MONTHS.index(month) + 1, int(found[1]))
    elif found := re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", bare):
        first, second, year = int(found[1]), int(found[2]), int(found[3])
        if first <= 12 and second <= 12 and first != second:
            ways = (f"{year}-{second:02d}-{first:02d}", f"{year}-{first:02d}-{second:02d}")
            raise InputRefused(f"{bare} can be read two ways", where, " or ".join(ways), ways)
        parts = (year, min(first, second) if first != second else first, max(first, second))
    else:
        raise refused
    try:
        return date(*parts)
    except ValueError:
        raise refused from None


def calendar_days(text: str, where: str = "days") -> tuple[date, ...]:
    """Return the days of a list parted by commas or semicolons, in order and each once; empty for an empty text.

    Raises
    ------
    InputRefused
        If one of them is no day, or can be read two ways.
    """
    parts = [part.strip() for part in re.split(r"[,;\n]", text)]
    return tuple(sorted({calendar_day(part, where) for part in parts if part}))


def pressure(text: str, where: str = "pressure") -> tuple[float, float]:
    """Return systolic and diastolic blood pressure, mmHg, from ``128/82``.

    Raises
    ------
    InputRefused
        If they are not two numbers in that order.
    """
    accepted = "systolic over diastolic in mmHg, as 128/82"
    parts = re.split(r"[/\\|]", _bare(text).removesuffix("mmHg"))
    if len(parts) != 2:
        raise InputRefused(f"'{text.strip()[:20]}' is not two pressures", where, accepted)
    high = number(parts[0], f"systolic {where}", 50.0, 280.0, "mmHg")
    low = number(parts[1], f"diastolic {where}", 20.0, 180.0, "mmHg")
    if low >= high:
        raise InputRefused(f"{high:g}/{low:g} has the lower pressure first", where, accepted, (f"{low:g}/{high:g}",))
    return high, low
