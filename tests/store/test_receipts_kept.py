"""Receipts of forecasts: kept as they were made, refused to be changed, and gone with what they belong to."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from endotune_desktop.clinic.edits import Edit, RecordChange
from endotune_desktop.clinic.errors import InputRefused
from endotune_desktop.store import Store, driver
from tests.store.filling import FILES, RECEIPT, SCORE, add, records_of_ingrid
from tests.ui.desk import ingrid


def test_that_a_receipt_comes_back_as_it_was_made(store: Store) -> None:
    add(store, *records_of_ingrid())
    path = store.path
    store.close()
    again = Store.open(path)
    assert again.record("p1").receipts == (RECEIPT,)
    assert again.record("p1").scores == (SCORE,)
    assert again.record("p1").score_of(RECEIPT) == SCORE
    assert again.check() == []
    again.close()


def test_that_the_stored_file_of_this_version_holds_a_receipt(tmp_path: Path) -> None:
    path = Path(shutil.copyfile(FILES / "version_3.endotune", tmp_path / "kept.endotune"))
    look = Store.open(path, read_only=True)
    assert look.record("p1").receipts == (RECEIPT,)
    assert look.record("p1").scores == (SCORE,)
    look.close()


def test_that_a_receipt_and_a_score_are_never_changed(store: Store) -> None:
    add(store, *records_of_ingrid())
    for before, after in ((RECEIPT, replace(RECEIPT, q50=2.0)), (SCORE, replace(SCORE, pit=0.5))):
        with pytest.raises(InputRefused, match="never changed"):
            store.apply(Edit("Improve", (RecordChange(before, after),)))
    for table, column in (("receipt", "q50"), ("receipt_score", "pit")):
        with pytest.raises(driver.Error, match="never changed"):
            store._connection.execute(f"UPDATE {table} SET {column} = 0.5")
    assert store.record("p1").receipts == (RECEIPT,)
    store.close()


def test_that_the_newest_score_counts_and_the_older_one_stays(store: Store) -> None:
    add(store, *records_of_ingrid())
    later = replace(SCORE, id="later", scored_at=SCORE.scored_at.replace(hour=9), value=8.1, pit=0.9)
    add(store, later)
    record = store.record("p1")
    assert record.score_of(RECEIPT) == later
    assert set(record.scores) == {SCORE, later}
    assert store.receipts(sandbox=False) == ((RECEIPT, later),)
    assert store.receipts(sandbox=True) == ()
    store.close()


def test_that_undo_of_an_adoption_takes_its_receipts_and_their_scores_away(store: Store) -> None:
    add(store, *(record for record in records_of_ingrid() if record not in (RECEIPT, SCORE)))
    order = ingrid().medication[0]
    adoption = Edit("Adopt", (RecordChange(order, replace(order, dose=112.0)), RecordChange(None, RECEIPT)))
    store.apply(adoption)
    add(store, SCORE)
    store.apply(adoption.inverse())
    record = store.record("p1")
    assert (record.receipts, record.scores) == ((), ())
    assert order in record.medication
    store.apply(adoption)
    assert store.record("p1").receipts == (RECEIPT,)
    assert store.check() == []
    store.close()


def test_that_receipts_go_with_their_patient(store: Store) -> None:
    add(store, *records_of_ingrid())
    patient = ingrid().patient
    binned = replace(patient, deleted_on=date(2026, 10, 1))
    store.apply(Edit("Delete", (RecordChange(patient, binned),)))
    assert store.receipts(sandbox=False) == ()
    store.empty_bin(date(2026, 11, 24))
    for table in ("receipt", "receipt_score"):
        assert store._connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
    store.close()
