"""``endotune receipts``: forecasts that were made and how they fared, of one patient or of all, and their sum."""

from __future__ import annotations

import argparse
import json
import math
import sys
from dataclasses import asdict
from typing import Any

from endotune_desktop.app.commands.writing import aligned
from endotune_desktop.app.paths import store_path
from endotune_desktop.clinic.errors import InputRefused
from endotune_desktop.clinic.records import PatientRecord, Receipt, ReceiptScore
from endotune_desktop.store import Store
from endotune_desktop.tuning.clinic_calibration import Calibration, calibration
from endotune_desktop.workbench.receipt_desk import scored_entries

WAITS = "waits for its result"


def run(words: argparse.Namespace) -> int:
    """Write receipts as a table or as JSON."""
    store = Store.open(store_path(), read_only=True)
    try:
        if words.patient is not None:
            return _of_patient(_found(store, words.patient), as_json=words.json)
        return _of_all(store, as_json=words.json)
    finally:
        store.close()


def _found(store: Store, asked: str) -> PatientRecord:
    """Return the one patient with that id, number or name.

    Raises
    ------
    InputRefused
        If there is none, or more than one.
    """
    rows = store.patients(include_archived=True)
    exact = [row for row in rows if asked in (row.patient.id, row.patient.number)]
    found = exact or list(store.patients(search=asked, include_archived=True))
    if len(found) != 1:
        many = f"{len(found)} patients fit" if found else "there is no such patient"
        raise InputRefused(many, asked, "an id, a number, or a part of one name")
    return store.record(found[0].patient.id)


def _of_patient(record: PatientRecord, *, as_json: bool) -> int:
    pairs = [(receipt, record.score_of(receipt)) for receipt in record.receipts]
    if as_json:
        sys.stdout.write(_text([plain_receipt(receipt, score) for receipt, score in pairs]))
        return 0
    rows = [["due", "axis", "marker", "q05", "q50", "q95", "unit", "result", "verdict", "place", "crps"]]
    for receipt, score in pairs:
        levels = [f"{math.exp(level):.4g}" for level in (receipt.q05, receipt.q50, receipt.q95)]
        came = "" if score is None or score.value is None else f"{score.comparator}{score.value:g}"
        verdict = WAITS if score is None else score.verdict
        figures = ("", "") if score is None else (_figure(score.pit), _figure(score.crps))
        rows.append(
            [f"{receipt.due_at:%Y-%m-%d %H:%M}", receipt.axis, receipt.marker, *levels, receipt.unit, came, verdict,
             *figures]
        )  # fmt: skip
    sys.stdout.write(aligned(rows))
    return 0


def _of_all(store: Store, *, as_json: bool) -> int:
    found = {
        group: calibration(scored_entries(store.receipts(sandbox=sandbox)))
        for group, sandbox in (("patients", False), ("invented", True))
    }
    if as_json:
        sys.stdout.write(_text({group: asdict(held) for group, held in found.items()}))
        return 0
    for group, held in found.items():
        sys.stdout.write(f"{group}: {_sum(held)}\n")
        if held.coverage:
            rows = [["axis", "marker", "visits", "n", "in 50 %", "in 90 %"]]
            rows += [
                [row.axis, row.marker, str(row.visits), str(row.count), f"{row.share50:.0%}", f"{row.share90:.0%}"]
                for row in held.coverage
            ]
            sys.stdout.write(aligned(rows))
        for alarm in held.alarms:
            sys.stdout.write(f"alarm: {alarm.axis} {alarm.marker} {alarm.kind} {alarm.figure:.2f} (n {alarm.count})\n")
    return 0


def _sum(held: Calibration) -> str:
    skill = "" if held.skill is None else f", mean skill {held.skill:.0%}"
    return f"{held.count} scored forecasts of {held.patients} patients{skill}, tenths {' '.join(map(str, held.bins))}"


def plain_receipt(receipt: Receipt, score: ReceiptScore | None) -> dict[str, Any]:
    """Return a receipt and its newest score as JSON values; draws as numbers."""
    from endotune_desktop.workbench.receipt_draws import floats_of

    plain = asdict(receipt)
    plain["draws"] = floats_of(receipt.draws).tolist()
    plain["population"] = floats_of(receipt.population).tolist()
    plain["score"] = None if score is None else asdict(score)
    return plain


def _text(plain: object) -> str:
    return json.dumps(plain, indent=2, ensure_ascii=False, default=str) + "\n"


def _figure(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"
