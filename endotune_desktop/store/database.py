"""The store: opens one file safely, and writes every edit in one durable transaction."""

from __future__ import annotations

import contextlib
import json
import math
import os
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from endotune_desktop.clinic.edits import Edit, RecordChange
from endotune_desktop.clinic.errors import EnvironmentFailed, InputRefused
from endotune_desktop.clinic.records import (
    AxisProfile,
    KeptScenario,
    LabResult,
    Medication,
    Patient,
    PatientRecord,
    PatientSummary,
    Record,
    SymptomScore,
    Visit,
    Vitals,
)
from endotune_desktop.physiology.registry import AXES
from endotune_desktop.store import driver
from endotune_desktop.store.holding import Holding
from endotune_desktop.store.rows import TABLES, record_of, row_of

APPLICATION_ID = 0x456E6454
"""``EndT`` in the file's header: tells our file from any other SQLite file."""

VERSION = 1
"""The schema version that this program writes; `migrations.py` leads there."""

BIN_DAYS = 30
"""Deleted patients stay in the bin this long."""

_LEADS = " ".join(f"WHEN '{axis.id}' THEN '{axis.lead_marker}'" for axis in AXES.values())
_NEWEST_LEAD_LABS = f"""
SELECT * FROM lab_result WHERE rowid IN (
    SELECT (SELECT rowid FROM lab_result WHERE patient_id = patient.id
            AND analyte = CASE patient.axis {_LEADS} END AND set_aside = 0 ORDER BY drawn_at DESC LIMIT 1)
    FROM patient JOIN json_each(?) ON patient.id = json_each.value)"""
_LAST_VISITS = """
SELECT value AS patient_id, (SELECT max("on") FROM visit WHERE patient_id = value) AS last FROM json_each(?)"""
_HEADER = b"SQLite format 3\x00"
_ORDER = {
    "lab_result": "drawn_at DESC, id",
    "medication": "start DESC, id",
    "visit": '"on" DESC, id',
    "symptom_score": '"on" DESC, id',
    "vitals": '"on" DESC, id',
    "axis_profile": "id",
    "kept_scenario": "letter",
}


class Store:
    """One open patient file; made by `Store.open`, used by one thread.

    Attributes
    ----------
    path : Path
    read_only : bool
    created : bool
        Whether the file was made by this opening.
    """

    def __init__(self, path: Path, connection: driver.Connection, holding: Holding | None, created: bool) -> None:
        self.path = path
        self.read_only = holding is None
        self.created = created
        self._connection = connection
        self._holding = holding

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
        created = not path.exists()
        if created and read_only:
            raise EnvironmentFailed(f"There is no file {path}")
        if created:
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise EnvironmentFailed(f"The folder {path.parent} cannot be made ({error.strerror})") from error
        else:
            _check_header(path)
        holding = None if read_only else Holding(path)
        created = created and not path.exists()
        try:
            with _explaining(path):
                if created:
                    _create(path)
                connection = driver.connect(path, read_only=read_only)
                try:
                    _prepare(connection, path, read_only=read_only)
                except BaseException:
                    connection.close()
                    raise
        except BaseException:
            if holding is not None:
                holding.release()
            raise
        return cls(path, connection, holding, created)

    def close(self) -> None:
        """Close the file; what was acknowledged is in it."""
        with contextlib.suppress(driver.Error):
            self._connection.close()
        if self._holding is not None:
            self._holding.release()
            self._holding = None

    # ---- writing ---------------------------------------------------------------------------------------------------
    def apply(self, edit: Edit) -> None:
        """Write an edit; when this returns it is on the disk, when it raises nothing has changed.

        Raises
        ------
        InputRefused
            If what is stored is no longer what the edit starts from.
        EnvironmentFailed
            If the disk, a permission or another program stands in the way.
        """
        if self.read_only:
            raise EnvironmentFailed(f"{self.path} is open for reading only; nothing was changed")
        with self._transaction():
            for change in edit.changes:
                self._apply(change)

    def _apply(self, change: RecordChange) -> None:
        kind = type(change.record)
        table = TABLES[kind]
        stored = self._get(kind, change.record.id)
        if stored != change.before:
            raise InputRefused(f"'{table}' was changed elsewhere in the meantime", "edit", "the record as it is now")
        if change.after is None:
            self._connection.execute(f'DELETE FROM "{table}" WHERE id = ?', (change.record.id,))
            return
        row = row_of(change.after)
        if any(isinstance(value, float) and not math.isfinite(value) for value in row.values()):
            raise InputRefused("holds a value that is no number", table, "finite numbers")
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
        with self._transaction():
            cursor = self._connection.execute("DELETE FROM patient WHERE deleted_on < ?", (limit,))
            return int(cursor.rowcount)

    def set_setting(self, key: str, value: str) -> None:
        """Remember a word of the program's own."""
        with self._transaction():
            self._connection.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", (key, value))

    # ---- reading ---------------------------------------------------------------------------------------------------
    def setting(self, key: str) -> str | None:
        """Return what was remembered, None when nothing was."""
        rows = self._rows("SELECT value FROM setting WHERE key = ?", (key,))
        return str(rows[0]["value"]) if rows else None

    def patients(
        self,
        *,
        sandbox: bool | None = None,
        search: str = "",
        include_archived: bool = False,
        include_deleted: bool = False,
    ) -> tuple[PatientSummary, ...]:
        """Return the patients by name, with the newest result of each.

        Parameters
        ----------
        sandbox : bool, optional
            Only invented persons, or only real ones.
        search : str
            Part of a name, number, diagnosis or axis, in any case.
        include_archived, include_deleted : bool
        """
        clauses, values = ["1"], list[Any]()
        if sandbox is not None:
            clauses.append("sandbox = ?")
            values.append(int(sandbox))
        for word in search.casefold().split():
            clauses.append("instr(search, ?) > 0")
            values.append(word)
        if not include_archived:
            clauses.append("archived = 0")
        if not include_deleted:
            clauses.append("deleted_on IS NULL")
        rows = self._rows(f"SELECT * FROM patient WHERE {' AND '.join(clauses)} ORDER BY name, id", tuple(values))
        ids = [row["id"] for row in rows]
        labs = {row["patient_id"]: record_of(LabResult, row) for row in self._about(_NEWEST_LEAD_LABS, ids)}
        visits = {row["patient_id"]: row["last"] for row in self._about(_LAST_VISITS, ids)}
        found = []
        for row in rows:
            patient = record_of(Patient, row)
            last = visits.get(patient.id)
            found.append(PatientSummary(patient, labs.get(patient.id), date.fromisoformat(last) if last else None))
        return tuple(found)

    def _about(self, sql: str, ids: list[str]) -> list[Any]:
        """Return rows about some patients: as few look-ups in the indexes as there are patients."""
        return self._rows(sql, (json.dumps(ids),))

    def record(self, patient_id: str) -> PatientRecord:
        """Return everything on file about one patient, newest first.

        Raises
        ------
        InputRefused
            If there is no such patient.
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
        )

    def check(self) -> list[str]:
        """Return what is wrong inside the file, a sentence each; empty when all is well."""
        found = [str(row[0]) for row in self._rows("PRAGMA integrity_check") if row[0] != "ok"]
        found.extend(f"{row[0]}: row {row[1]} belongs to nobody" for row in self._rows("PRAGMA foreign_key_check"))
        return found

    # ---- inside ----------------------------------------------------------------------------------------------------
    def _get(self, kind: type[Record], record_id: str) -> Record | None:
        rows = self._rows(f'SELECT * FROM "{TABLES[kind]}" WHERE id = ?', (record_id,))
        found: Record | None = record_of(kind, rows[0]) if rows else None
        return found

    def _all(self, kind: type[Record], patient_id: str) -> tuple[Any, ...]:
        table = TABLES[kind]
        rows = self._rows(f'SELECT * FROM "{table}" WHERE patient_id = ? ORDER BY {_ORDER[table]}', (patient_id,))
        return tuple(record_of(kind, row) for row in rows)

    def _rows(self, sql: str, values: tuple[Any, ...] = ()) -> list[Any]:
        with _explaining(self.path):
            return self._connection.execute(sql, values).fetchall()

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[None]:
        with _explaining(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                with contextlib.suppress(driver.Error):
                    self._connection.execute("ROLLBACK")
                raise


@contextlib.contextmanager
def _explaining(path: Path) -> Iterator[None]:
    """Turn a driver's failure into ours; one that nobody can explain stays what it is: a bug."""
    try:
        yield
    except driver.Error as error:
        known = driver.explained(error, path)
        if known is None:
            raise
        raise known from error


def _check_header(path: Path) -> None:
    """Refuse by name what is no patient file, before a driver touches it."""
    try:
        if path.is_dir():
            raise InputRefused("is a folder", str(path), "a file that EndoTune made")
        with path.open("rb") as file:
            head = file.read(100)
    except OSError as error:
        raise EnvironmentFailed(f"{path} could not be read ({error.strerror})") from error
    if not head:
        raise InputRefused("is empty; it was not changed", str(path), "a file that EndoTune made")
    if not head.startswith(_HEADER) or len(head) < 100:
        raise InputRefused("is not a patient file; it was not changed", str(path), "a file that EndoTune made")
    if int.from_bytes(head[68:72], "big") not in (APPLICATION_ID, 0):
        raise InputRefused("belongs to another program; it was not changed", str(path), "a file that EndoTune made")


def _create(path: Path) -> None:
    """Make a new file under another name and give it its own only when it is whole."""
    fresh = path.with_name(f".{path.name}.new")
    for leftover in (fresh, fresh.with_name(fresh.name + "-wal"), fresh.with_name(fresh.name + "-shm")):
        leftover.unlink(missing_ok=True)
    connection = driver.connect(fresh, read_only=False)
    try:
        connection.row_factory = driver.Row
        connection.execute("PRAGMA synchronous = FULL")
        _migrate(connection)
    finally:
        connection.close()
    os.replace(fresh, path)


def _migrate(connection: driver.Connection) -> None:
    """Bring a file to this version in one transaction, the version last."""
    from endotune_desktop.store.migrations import migrations

    connection.execute("BEGIN IMMEDIATE")
    migrations.apply(driver.wrapped(connection))
    if not connection.in_transaction:
        connection.execute("BEGIN IMMEDIATE")
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {VERSION}")
    connection.execute("COMMIT")


def _prepare(connection: driver.Connection, path: Path, *, read_only: bool) -> None:
    """Set the connection up, check whose file it is, and bring an older one up to date."""
    connection.row_factory = driver.Row
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA busy_timeout = 2000")
    owner = int(connection.execute("PRAGMA application_id").fetchone()[0])
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if owner != APPLICATION_ID:
        raise InputRefused("belongs to another program; it was not changed", str(path), "a file that EndoTune made")
    if version > VERSION and not read_only:
        raise InputRefused(
            f"was made by a newer version of EndoTune (schema {version}); it was not changed",
            str(path),
            f"schema up to {VERSION}; it can be opened for reading only",
        )
    if read_only:
        return
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA fullfsync = ON")
    if version != VERSION:
        _copy_aside(connection, path, version)
        _migrate(connection)


def _copy_aside(connection: driver.Connection, path: Path, version: int) -> None:
    """Keep a file of an older version beside the new one, through the backup interface."""
    aside = path.with_name(f"{path.name}.version-{version}")
    target = driver.connect(aside, read_only=False)
    try:
        connection.backup(target)
    finally:
        target.close()
