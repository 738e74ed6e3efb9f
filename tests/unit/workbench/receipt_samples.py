"""Receipts that were not computed, for what happens to them afterwards."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date, datetime

import numpy as np

from endotune_desktop.clinic.records import LabResult, PatientRecord, Receipt
from endotune_desktop.physiology.registry import AXES
from endotune_desktop.workbench.whatif import plan_of_record
from tests.ui.desk import ingrid

MADE = datetime(2026, 10, 13, 9, 0)
DUE = datetime(2026, 11, 24, 7, 29)


def receipt(record: PatientRecord | None = None) -> Receipt:
    """Return a forecast of TSH 3, 2 to 4.5 in the 90 % band, made of Ingrid's own orders."""
    plan = plan_of_record(record or ingrid(), AXES["hpt"], MADE.date())
    draws = np.linspace(math.log(2.0), math.log(4.5), 64)
    low, lower, middle, upper, high = (float(level) for level in np.quantile(draws, (0.05, 0.25, 0.5, 0.75, 0.95)))
    return Receipt(
        "aaaaaaaa-2222-4333-8444-555555555555", "p1", MADE, "hpt", "2026.11", "m", "p", "l", "r", 1, 2, plan, "tsh",
        "tsh", "mIU/L", DUE, 168.0, 3.0, 23.98, low, lower, middle, upper, high, draws.astype("<f4").tobytes(),
        np.linspace(-2.0, 4.0, 64).astype("<f4").tobytes(), 0.4, 0.2, 0.05, 0.15, 0.2, 1.0, "Adopt plan",
    )  # fmt: skip


def result(text: str, drawn: datetime = datetime(2026, 11, 24, 7, 10), *, known: bool = True) -> LabResult:
    """Return a TSH that came later."""
    comparator = text[0] if text[0] in "<>" else ""
    value = float(text[len(comparator) :])
    return LabResult(f"late {text}", "p1", "tsh", drawn, known, text, "mIU/L", comparator, value)


def followed(*labs: LabResult, orders_stop: date | None = None) -> PatientRecord:
    """Return Ingrid's record without the results after the forecast, with these, and the receipt."""
    record = ingrid()
    early = tuple(lab for lab in record.labs if lab.drawn_at < MADE)
    orders = tuple(
        replace(order, stop=orders_stop) if orders_stop and order.stop is None else order for order in record.medication
    )
    return replace(record, labs=(*labs, *early), medication=orders, receipts=(receipt(),))
