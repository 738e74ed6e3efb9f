"""How numbers are written: minus signs, thin spaces, figures by analyte, a no-break space before the unit."""

from __future__ import annotations

import math
import re
from functools import cache

from endotune_desktop.clinic.analytes import ANALYTES
from endotune_desktop.physiology.registry import loaded_first

NO_BREAK = "\u00a0"
THIN = "\u2009"
MINUS = "\u2212"
DASH = "\u2013"
NOTHING = 1e-6
"""Where figures decide, a smaller number is written as none: its zeros would fill the line."""
_SIGNS = (
    (re.compile(r"\+-"), "±"), (re.compile(r"->"), "→"), (re.compile(r"(?<!\w)x\s?(?=\d)"), "×"),
    (re.compile(r"(?<=\d)-(?=\d)"), DASH), (re.compile(r"(?<![\w/)])-(?=\d)"), MINUS),
)  # fmt: skip


@cache
def figures_of(marker_id: str) -> tuple[int | None, int]:
    """Return decimals (None where figures decide) and significant figures of an analyte or a marker, by id."""
    analyte = ANALYTES.get(marker_id)
    for axis in () if analyte else loaded_first():
        for marker in axis.markers:
            if marker.id == marker_id:
                analyte = ANALYTES.get(marker.analyte)
                return (analyte.decimals, analyte.figures) if analyte else (marker.decimals, marker.figures)
    return (analyte.decimals, analyte.figures) if analyte else (None, 3)


def shown_number(value: float, *, decimals: int | None = None, significant: int = 3) -> str:
    """Return a number in words of this house: ``−0.35``, ``1 240``."""
    if not math.isfinite(value):
        return "…"
    if decimals is None and abs(value) < NOTHING:
        decimals = significant - 1
    if decimals is None:
        size = abs(value)
        digits = significant - 1 - (math.floor(math.log10(size)) if size > 0.0 else 0)
        decimals = max(0, digits) if size < 10.0 ** (significant - 1) else 0
    text = f"{abs(value):,.{decimals}f}".replace(",", THIN)
    return (MINUS if value < 0 and float(f"{abs(value):.{decimals}f}") != 0.0 else "") + text


def shown_value(marker: str, value: float, *, below: float | None = None, factor: float = 1.0) -> str:
    """Return a value as the eye wants it, with the decimals or figures that its analyte or its marker declares.

    Parameters
    ----------
    marker : str
        Id of an analyte or a marker.
    value : float
        Canonical unit.
    below : float, optional
        Smaller values are shown as "< below".
    factor : float
        Divides the value into the unit that is shown.
    """
    if not math.isfinite(value):
        return "…"
    if below is not None and value < below:
        return f"<{NO_BREAK}{below / factor:g}"
    shown = value / factor
    decimals, figures = figures_of(marker)
    if decimals is not None and factor != 1.0:
        decimals = max(decimals, 2 if shown < 3.0 else 1)
    return shown_number(shown, decimals=decimals, significant=figures)


def written(text: str) -> str:
    """Return a sentence of a table with the signs of this house: ``x1.5`` as ``×1.5``, ``-10`` as ``−10``."""
    for plain, sign in _SIGNS:
        text = plain.sub(sign, text)
    return text


def shown_dose(amount: float, unit: str) -> str:
    """Return a dose with its unit: ``12.5 µg``."""
    return f"{shown_amount(amount)}{NO_BREAK}{unit}"


def shown_amount(amount: float) -> str:
    """Return an amount with as many decimals as it needs, three at most."""
    text = f"{abs(amount):,.3f}".rstrip("0").rstrip(".").replace(",", THIN)
    return (MINUS if amount < 0 else "") + text


def shown_change(amount: float) -> str:
    """Return a change with its sign: ``+25``."""
    return ("+" if amount >= 0 else "") + shown_amount(amount)


def shown_percent(share: float) -> str:
    """Return a share in whole per cent: ``0 %``, ``100 %``, ``−3 %``."""
    return f"{shown_number(100.0 * share, decimals=0)}{NO_BREAK}%"


def shown_share(share: float) -> str:
    """Return a share of drawn persons in whole per cent, never none and never all: ``96 %``, ``> 99 %``."""
    per_cent = round(100.0 * share)
    if per_cent < 1:
        return f"<{NO_BREAK}1{NO_BREAK}%"
    if per_cent > 99:
        return f">{NO_BREAK}99{NO_BREAK}%"
    return f"{per_cent}{NO_BREAK}%"
