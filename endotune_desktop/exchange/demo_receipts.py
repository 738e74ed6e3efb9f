"""Past forecasts of the demo patients: made once by the machinery of the window, kept as data beside their results.

``receipts.json`` holds what `endotune_desktop.app.draw_receipts` made: for every plan that began on a day in the past,
the forecast from the results known on that day. Dates are days before the day of the first start.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable
from dataclasses import asdict, fields
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from endotune_desktop.clinic.records import Plan, Receipt
from endotune_desktop.clinic.scenario import DoseOrder, LesionState

RECEIPTS = "receipts.json"
SCHEMA = "endotune.demo_receipts/1"
_MOMENTS = ("made_at", "due_at")
_BYTES = ("draws", "population")


def plain_receipts(receipts: Iterable[Receipt], today: date) -> list[dict[str, Any]]:
    """Return receipts as JSON values whose dates count back from a day."""
    found = []
    for receipt in receipts:
        plain = asdict(receipt)
        for name in _MOMENTS:
            moment: datetime = plain[name]
            plain[name] = [(today - moment.date()).days, moment.time().isoformat()]
        for name in _BYTES:
            plain[name] = base64.b64encode(plain[name]).decode("ascii")
        plain["plan"]["from_day"] = (today - receipt.plan.from_day).days
        found.append(plain)
    return found


def demo_receipts(path: Path, today: date) -> tuple[Receipt, ...]:
    """Return the past forecasts of the demo patients.

    Parameters
    ----------
    path : Path
        ``receipts.json`` in the resources.
    today : date
        Dates in the file are days before this one.
    """
    plain = json.loads(path.read_text(encoding="utf-8"))
    return tuple(_receipt(entry, today) for entry in plain["receipts"])


def _receipt(plain: dict[str, Any], today: date) -> Receipt:
    values = {field.name: plain[field.name] for field in fields(Receipt)}
    for name in _MOMENTS:
        days_ago, clock = plain[name]
        values[name] = datetime.combine(today - timedelta(days=days_ago), time.fromisoformat(clock))
    for name in _BYTES:
        values[name] = base64.b64decode(plain[name])
    held = plain["plan"]
    orders = tuple(
        DoseOrder(**{**order, "clock_times": tuple(order["clock_times"]), "missed_days": tuple(order["missed_days"])})
        for order in held["orders"]
    )
    lesions = tuple(LesionState(**lesion) for lesion in held["lesions"])
    values["plan"] = Plan(today - timedelta(days=held["from_day"]), orders, lesions, held["parameters"])
    return Receipt(**values)
