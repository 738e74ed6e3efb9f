"""The patient file with the demo patients in it; what reads them is loaded once in the life of a file."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from endotune_desktop.clinic.edits import Edit, RecordChange
from endotune_desktop.clinic.records import Receipt, ReceiptScore
from endotune_desktop.store import Store

DEMO_LOADED = "demo_loaded"
CASES_LOADED = "demo_cases_loaded"
RECEIPTS_LOADED = "demo_receipts_loaded"


def open_with_demo(path: Path, resources: Path, today: date) -> Store:
    """Open the store; the first time, put the demo patients into it and empty what is too long in the bin."""
    store = Store.open(path)
    try:
        if store.setting(DEMO_LOADED) is None:
            from endotune_desktop.exchange.demo_records import demo_edits

            held = {row.patient.id for row in store.patients(include_archived=True, include_deleted=True)}
            edits = demo_edits(resources / "demo" / "patients.json", today)
            changes = tuple(change for edit in edits if not edit.patient_ids() & held for change in edit.changes)
            store.apply(Edit("Add the demo patients", changes))
            store.set_setting(DEMO_LOADED, today.isoformat())
        if store.setting(CASES_LOADED) is None:
            from endotune_desktop.exchange.demo_cases import case_edits

            changes = tuple(change for edit in case_edits(resources / "demo", today) for change in edit.changes)
            held = {row.patient.id for row in store.patients(include_archived=True, include_deleted=True)}
            store.apply(Edit("Add the demo cases", tuple(c for c in changes if c.patient_id not in held)))
            store.set_setting(CASES_LOADED, today.isoformat())
        if store.setting(RECEIPTS_LOADED) is None:
            _add_demo_receipts(store, resources / "demo", today)
        store.empty_bin(today)
    except BaseException:
        store.close()
        raise
    return store


def _add_demo_receipts(store: Store, folder: Path, today: date) -> None:
    """Put the past forecasts beside the demo patients, and how they fared by the results that came.

    Their dates hang on the day on which the patients came into this file, as the patients' own do.
    """
    from endotune_desktop.exchange.demo_cases import case_edits
    from endotune_desktop.exchange.demo_receipts import RECEIPTS, demo_receipts
    from endotune_desktop.workbench.receipt_scores import due_scores

    if not (folder / RECEIPTS).exists():
        return
    held = {row.patient.id for row in store.patients(include_archived=True, include_deleted=True)}
    cases = {patient_id for edit in case_edits(folder, today) for patient_id in edit.patient_ids()}
    made: list[Receipt] = []
    for key, chosen in ((DEMO_LOADED, held - cases), (CASES_LOADED, held & cases)):
        came = date.fromisoformat(store.setting(key) or today.isoformat())
        without = {patient_id for patient_id in chosen if not store.record(patient_id).receipts}
        made += [receipt for receipt in demo_receipts(folder / RECEIPTS, came) if receipt.patient_id in without]
    store.apply(Edit("Add the demo forecasts", tuple(RecordChange(None, receipt) for receipt in made)))
    scores: list[ReceiptScore] = []
    for patient_id in sorted({receipt.patient_id for receipt in made}):
        scores += due_scores(store.record(patient_id), datetime.combine(today, datetime.min.time()))
    store.apply(Edit("Score the demo forecasts", tuple(RecordChange(None, score) for score in scores)))
    store.set_setting(RECEIPTS_LOADED, today.isoformat())
