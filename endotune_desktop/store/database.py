"""The store: opens one file safely, writes every edit in one durable transaction, and says when the file is damaged."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from endotune_desktop.clinic.edits import Edit, RecordChange
from endotune_desktop.clinic.errors import EndoTuneError, EnvironmentFailed, InputRefused
from endotune_desktop.clinic.records import (
    AxisProfile,
    Finding,
    KeptScenario,
    LabResult,
    Medication,
    Patient,
    PatientRecord,
    PatientSummary,
    Receipt,
    ReceiptScore,
    Record,
    SymptomScore,
    Visit,
    Vitals,
)
from endotune_desktop.store import damage, driver, opening
from endotune_desktop.store.holding import Holding
from endotune_desktop.store.integrity import FileCheck, damage_in
from endotune_desktop.store.listing import Listing
from endotune_desktop.store.rows import FINAL, SELECTED, TABLES, is_whole, record_of, refuse_unstorable, row_of
from endotune_desktop.store.seals import seal_of

BIN_DAYS = 30
"""Deleted patients stay in the bin this long."""

_ORDER = {
    "lab_result": "drawn_at DESC, id",
    "medication": "start DESC, id",
    "visit": '"on" DESC, id',
    "symptom_score": '"on" DESC, id',
    "vitals": '"on" DESC, id',
    "finding": "since DESC, id",
    "axis_profile": "id",
    "kept_scenario": "letter",
    "receipt": "made_at DESC, due_at, marker, id",
    "receipt_score": "scored_at DESC, rowid DESC",
}


class Store:
    """One open patient file; made by `Store.open`, used by one thread.

    Attributes
    ----------
    path : Path
    read_only : bool
    created : bool
        Whether the file was made by this opening.
    written : bool
        Whether anything was written since.
    damage : str
        What is wrong with the file, empty when nothing is known; a damaged file is no longer written to.
    """

    def __init__(
        self, path: Path, connection: driver.Connection, holding: Holding | None, created: bool,
        look: opening.Look | None = None,
    ) -> None:  # fmt: skip
        self.path = path
        self.read_only = holding is None
        self.created = created
        self.written = created
        self.damage = ""
        self._connection = connection
        self._holding = holding
        self._look = look
        self._newer = look is not None and look.version > opening.VERSION
        self._listing = Listing(self._rows, self._whole)
        self._others_version = self._data_version()

    # ---- opening ---------------------------------------------------------------------------------------------------
    @classmethod
    def open(cls, path: Path, *, read_only: bool = False) -> Store:
        """Open a patient file, or make it with its folder.

        Parameters
        ----------
        path : Path
        read_only : bool
            Look only: no lock, no migration, nothing is written.

        Raises
        ------
        InputRefused
            If the file is empty, foreign, damaged or of a newer version.
        EnvironmentFailed
            If the disk, a permission or another program stands in the way.
        """
        with driver.explaining(path):
            return cls._looking(path) if read_only else cls._writing(path)

    @classmethod
    def _looking(cls, path: Path) -> Store:
        if not path.exists():
            raise EnvironmentFailed(f"There is no file {path}")
        opening.check_header(path)
        look = opening.Look(path)
        return cls(path, look.connection, None, False, look)

    @classmethod
    def _writing(cls, path: Path) -> Store:
        missing = not path.exists()
        if missing:
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise EnvironmentFailed(f"The folder {path.parent} cannot be made ({error.strerror})") from error
        else:
            opening.check_header(path)
        holding = Holding(path)
        created = missing and not path.exists()
        try:
            if created:
                opening.create(path)
            elif damage.is_marked(path):
                _check_marked(path)
            return cls(path, opening.for_writing(path), holding, created)
        except BaseException:
            holding.release()
            raise

    def close(self) -> None:
        """Close the file; what was acknowledged is in it."""
        with contextlib.suppress(driver.Error):
            self._connection.close()
        if self._look is not None:
            self._look.close()
        if self._holding is not None:
            self._holding.release()
            self._holding = None

    # ---- writing ---------------------------------------------------------------------------------------------------
    def apply(self, edit: Edit) -> None:
        """Write an edit; when this returns it is on the disk, when it raises nothing has changed.

        Raises
        ------
        InputRefused
            If what is stored is no longer what the edit starts from, or a value cannot be stored as entered.
        EnvironmentFailed
            If the disk, a permission or another program stands in the way.
        """
        with self._transaction():
            for change in edit.changes:
                self._apply(change)
        try:
            self._listing.renew(edit.patient_ids())
        except EndoTuneError:  # the edit is on the disk; whoever asks for the list next is told why it is not there
            self._listing.forget()

    def _apply(self, change: RecordChange) -> None:
        kind = type(change.record)
        table = TABLES[kind]
        stored = self._get(kind, change.record.id)
        if stored != change.before:
            raise InputRefused(f"'{table}' was changed elsewhere in the meantime", "edit", "the record as it is now")
        if kind in FINAL and change.before is not None and change.after is not None:
            raise InputRefused("is never changed; what is new is a row of its own", table, "a new row")
        if change.after is None:
            self._connection.execute(f'DELETE FROM "{table}" WHERE id = ?', (change.record.id,))
            return
        row = row_of(change.after)
        names = ", ".join(f'"{name}"' for name in row)
        marks = ", ".join("?" for _ in row)
        updates = ", ".join(f'"{name}" = excluded."{name}"' for name in row if name != "id")
        self._connection.execute(
            f'INSERT INTO "{table}" ({names}) VALUES ({marks}) ON CONFLICT (id) DO UPDATE SET {updates}',
            tuple(row.values()),
        )

    def empty_bin(self, today: date) -> int:
        """Remove patients that were deleted over thirty days ago, with all they have; return how many."""
        limit = (today - timedelta(days=BIN_DAYS)).isoformat()
        if not self._rows("SELECT 1 FROM patient WHERE deleted_on < ? LIMIT 1", (limit,)):
            return 0
        with self._transaction():
            cursor = self._connection.execute("DELETE FROM patient WHERE deleted_on < ?", (limit,))
        self._listing.forget()
        return int(cursor.rowcount)

    def set_setting(self, key: str, value: str) -> None:
        """Remember a word of the program's own."""
        for text in (key, value):
            refuse_unstorable("setting", text)
        with self._transaction():
            self._connection.execute(
                "INSERT OR REPLACE INTO setting (key, value, seal) VALUES (?, ?, ?)",
                (key, value, seal_of("setting", (key, value))),
            )

    # ---- reading ---------------------------------------------------------------------------------------------------
    def setting(self, key: str) -> str | None:
        """Return what was remembered, None when nothing was."""
        rows = self._rows("SELECT value FROM setting WHERE key = ?", (key,))
        return str(rows[0][0]) if rows else None

    def patients(
        self,
        *,
        sandbox: bool | None = None,
        search: str = "",
        include_archived: bool = False,
        include_deleted: bool = False,
    ) -> tuple[PatientSummary, ...]:
        """Return the patients by name, with the newest result of each; case and accents make no difference.

        Parameters
        ----------
        sandbox : bool, optional
            Only invented persons, or only real ones.
        search : str
            Parts of a name, number, diagnosis or axis.
        include_archived, include_deleted : bool
        """
        if self.read_only and self._others_version != (now := self._data_version()):
            self._others_version = now
            self._listing.forget()
        return self._listing.found(
            sandbox=sandbox, search=search, include_archived=include_archived, include_deleted=include_deleted
        )

    def record(self, patient_id: str) -> PatientRecord:
        """Return everything on file about one patient, newest first.

        Raises
        ------
        InputRefused
            If there is no such patient, or a row of the record is not what was written.
        """
        patient = self._get(Patient, patient_id)
        if not isinstance(patient, Patient):
            raise InputRefused("there is no such patient", patient_id, "the id of a patient on file")
        return PatientRecord(
            patient,
            labs=self._all(LabResult, patient_id),
            medication=self._all(Medication, patient_id),
            visits=self._all(Visit, patient_id),
            symptoms=self._all(SymptomScore, patient_id),
            vitals=self._all(Vitals, patient_id),
            profiles=self._all(AxisProfile, patient_id),
            scenarios=self._all(KeptScenario, patient_id),
            receipts=self._all(Receipt, patient_id),
            scores=self._all(ReceiptScore, patient_id),
            findings=self._all(Finding, patient_id),
        )

    def receipts(self, *, sandbox: bool) -> tuple[tuple[Receipt, ReceiptScore], ...]:
        """Return every forecast that a result has met, with its newest score, of patients who are not in the bin.

        Parameters
        ----------
        sandbox : bool
            Of invented persons, or of real ones.
        """
        whose = "patient_id IN (SELECT id FROM patient WHERE sandbox = ? AND deleted_on IS NULL)"
        found: dict[type[Record], list[Any]] = {}
        for kind in (Receipt, ReceiptScore):
            table = TABLES[kind]
            query = f'SELECT {SELECTED[kind]} FROM "{table}" WHERE {whose} ORDER BY {_ORDER[table]}'
            found[kind] = self._whole(kind, self._rows(query, (int(sandbox),)))
        newest: dict[str, ReceiptScore] = {}
        for score in found[ReceiptScore]:
            newest.setdefault(score.receipt_id, score)
        return tuple((receipt, newest[receipt.id]) for receipt in found[Receipt] if receipt.id in newest)

    # ---- damage ----------------------------------------------------------------------------------------------------
    def check(self) -> list[str]:
        """Return what is wrong inside the file, a sentence each; empty when all is well."""
        with driver.explaining(self.path):
            return list(damage_in(self._connection))

    def file_check(self) -> FileCheck:
        """Return a full check of the file that runs beside this store, on whatever thread runs it."""
        return FileCheck(self.path)

    def take_damage(self, found: str) -> None:
        """Write nothing from now on, because the file is damaged; what can be read is still read.

        Parameters
        ----------
        found : str
            The first thing that was found.
        """
        if self.damage:
            return
        self.damage = str(damage.refusal(self.path, found))
        if self.read_only:
            return
        damage.mark(self.path, found)
        self.read_only = True
        with contextlib.suppress(driver.Error):
            # The log would be written into the damaged file when the last connection that may write is closed; this
            # one may not, and it is there before the other one goes.
            only_reading = driver.connect(self.path, read_only=True)
            only_reading.execute("SELECT count(*) FROM sqlite_master").fetchone()
            self._connection.close()
            self._connection = only_reading

    # ---- inside ----------------------------------------------------------------------------------------------------
    def _get(self, kind: type[Record], record_id: str) -> Record | None:
        rows = self._rows(f'SELECT {SELECTED[kind]} FROM "{TABLES[kind]}" WHERE id = ?', (record_id,))
        return self._record(kind, rows[0]) if rows else None

    def _all(self, kind: type[Record], patient_id: str) -> tuple[Any, ...]:
        table = TABLES[kind]
        query = f'SELECT {SELECTED[kind]} FROM "{table}" WHERE patient_id = ? ORDER BY {_ORDER[table]}'
        return tuple(self._record(kind, row) for row in self._rows(query, (patient_id,)))

    def _record(self, kind: type[Record], row: Any) -> Any:  # noqa: ANN401  (a row, and a record of that kind)
        """Return a row as a record, or say that it is not what was written."""
        if not self._newer and not is_whole(kind, row):
            found = f"a row of {TABLES[kind]} is not what was written"
            self.take_damage(found)
            raise damage.refusal(self.path, found)
        try:
            return record_of(kind, row)
        except (ValueError, TypeError, KeyError) as error:
            if self._newer:  # its values may be written in another way
                raise self._unknown_shape() from error
            raise

    def _whole(self, kind: type[Record], rows: list[Any]) -> list[Any]:
        """Return the records of those rows that are what was written: one damaged row hides no other patient."""
        found = []
        for row in rows:
            with contextlib.suppress(InputRefused):
                found.append(self._record(kind, row))
        return found

    def _rows(self, sql: str, values: tuple[Any, ...] = ()) -> list[Any]:
        try:
            with self._explaining():
                return self._connection.execute(sql, values).fetchall()
        except InputRefused as refusal:
            if not driver.is_torn_text(refusal.__cause__) or self._connection.text_factory is driver.torn_text:
                raise
            self._connection.text_factory = driver.torn_text  # slower, and shows every row that is still whole
            return self._rows(sql, values)
        except driver.OperationalError as error:
            if self._newer:  # its tables may be others than ours
                raise self._unknown_shape() from error
            raise

    def _unknown_shape(self) -> InputRefused:
        what = "was made by a newer version of EndoTune and cannot be read by this one"
        return InputRefused(what, str(self.path), f"schema up to {opening.VERSION}")

    def _data_version(self) -> int:
        """Return a number that changes when another connection writes."""
        return int(self._rows("PRAGMA data_version")[0][0])

    @contextlib.contextmanager
    def _explaining(self) -> Iterator[None]:
        """Say what the driver raises in our words, and write nothing more to a file that proves damaged."""
        try:
            with driver.explaining(self.path):
                yield
        except InputRefused as refusal:
            if driver.means_damage(refusal.__cause__):
                self.take_damage(str(refusal.__cause__))
            raise

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[None]:
        if self.read_only:
            reason = self.damage or f"{self.path} is open for reading only; nothing was changed"
            raise EnvironmentFailed(reason)
        with self._explaining():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                with contextlib.suppress(driver.Error):
                    self._connection.execute("ROLLBACK")
                raise
        self.written = True


def _check_marked(path: Path) -> None:
    """Check a file in full that was found damaged before; forget the mark when it is whole, else refuse.

    Raises
    ------
    InputRefused
        If it is still damaged.
    """
    look = opening.Look(path, as_is=True)
    try:
        found = next(damage_in(look.connection), "")
    finally:
        look.close()
    if found:
        raise damage.refusal(path, found)
    damage.unmark(path)
