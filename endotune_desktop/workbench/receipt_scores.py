"""What became of the forecasts of a record: scored when the result came and the regimen held, else void and why."""

from __future__ import annotations

import math
import uuid
from dataclasses import asdict, replace
from datetime import date, datetime

from endotune_desktop.clinic.records import LabResult, PatientRecord, Receipt, ReceiptScore
from endotune_desktop.clinic.scenario import DoseOrder
from endotune_desktop.physiology.registry import AXES
from endotune_desktop.tuning.scoring import scored
from endotune_desktop.workbench.receipt_draws import floats_of
from endotune_desktop.workbench.whatif import plan_of_record

SCORED, CHANGED, OTHER_HOUR, WITHDRAWN = "scored", "void: regimen changed", "void: another hour", "withdrawn"
_SPACE = uuid.UUID("4d3cf3d8-3c1a-4c2c-bd0a-0a7a6f5ac9e2")


def due_scores(record: PatientRecord, now: datetime) -> tuple[ReceiptScore, ...]:
    """Return the score rows that a record does not hold yet.

    Parameters
    ----------
    record : PatientRecord
    now : datetime
        When they are written.

    Returns
    -------
    tuple of ReceiptScore
        Empty when every receipt stands as the record has it.
    """
    found = []
    for receipt in record.receipts:
        held = record.score_of(receipt)
        stands = _verdict(record, receipt, now)
        if stands is None:
            if held is None or held.verdict == WITHDRAWN:
                continue
            stands = ReceiptScore("", receipt.patient_id, receipt.id, now, WITHDRAWN)
        if held is not None and _alike(held, stands):
            continue
        place = sum(score.receipt_id == receipt.id for score in record.scores)
        identity = str(uuid.uuid5(_SPACE, f"{receipt.id} {place} {now.isoformat()}"))
        found.append(replace(_with_scores(receipt, stands), id=identity))
    return tuple(found)


def due_result(record: PatientRecord, receipt: Receipt) -> LabResult | None:
    """Return the result that a receipt is about: of its analyte, in its window, the nearest to its due time.

    A result from before the forecast was made is none: the forecast knew it. Where the clock decides, one at the
    planned hour comes first.
    """
    apart = {
        lab.id: abs((lab.drawn_at - receipt.due_at).total_seconds()) / 3600.0
        for lab in record.labs
        if lab.analyte == receipt.analyte and not lab.set_aside and lab.value > 0.0 and lab.drawn_at > receipt.made_at
    }
    near = [lab for lab in record.labs if apart.get(lab.id, math.inf) <= receipt.window_h + 12.0]
    near = [lab for lab in near if abs((lab.drawn_at.date() - receipt.due_at.date()).days) * 24.0 <= receipt.window_h]
    return min(near, key=lambda lab: (_another_hour(receipt, lab), apart[lab.id], lab.id), default=None)


def regimen_held(record: PatientRecord, receipt: Receipt, until: date) -> bool:
    """Return whether what the record says was given from the plan's first day until a day is what was adopted.

    Days without a tablet are part of the forecast, which draws them; orders from that day on come after the sample.

    Parameters
    ----------
    record : PatientRecord
    receipt : Receipt
    until : date
        The day of the sample.
    """
    axis = AXES.get(receipt.axis)
    if axis is None:
        return False
    day = (until - receipt.plan.from_day).days
    given = plan_of_record(record, axis, receipt.plan.from_day)
    return _given_until(given.orders, day) == _given_until(receipt.plan.orders, day)


def _given_until(orders: tuple[DoseOrder, ...], day: int) -> list[str]:
    before = [order for order in orders if order.start_day < day and order.dose > 0.0]
    return sorted(
        repr(replace(o, stop_day=None if o.stop_day is None or o.stop_day >= day else o.stop_day, missed_days=()))
        for o in before
    )


def _another_hour(receipt: Receipt, lab: LabResult) -> bool:
    """Return whether a sample was drawn at another hour of the day than the forecast is for."""
    if not lab.clock_known:
        return False
    planned = receipt.due_at.hour + receipt.due_at.minute / 60.0
    apart = abs(lab.drawn_at.hour + lab.drawn_at.minute / 60.0 - planned)
    return min(apart, 24.0 - apart) > receipt.clock_h


def _verdict(record: PatientRecord, receipt: Receipt, now: datetime) -> ReceiptScore | None:
    """Return the row that says what the result means for a receipt, without its scores; None without a result."""
    lab = due_result(record, receipt)
    if lab is None:
        return None
    verdict = SCORED
    if not regimen_held(record, receipt, lab.drawn_at.date()):
        verdict = CHANGED
    elif _another_hour(receipt, lab):
        verdict = OTHER_HOUR
    return ReceiptScore(
        "", receipt.patient_id, receipt.id, now, verdict, lab.id, lab.drawn_at, lab.value, lab.comparator
    )


def _with_scores(receipt: Receipt, row: ReceiptScore) -> ReceiptScore:
    if row.verdict != SCORED or row.value is None:
        return row
    chance = int(uuid.UUID(receipt.id).int % 2**63)
    found = scored(floats_of(receipt.draws), floats_of(receipt.population), row.value, row.comparator, chance)
    return replace(row, **asdict(found))


def _alike(held: ReceiptScore, fresh: ReceiptScore) -> bool:
    return (held.verdict, held.lab_id, held.value, held.comparator) == (
        fresh.verdict, fresh.lab_id, fresh.value, fresh.comparator,
    )  # fmt: skip
