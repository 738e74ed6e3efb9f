"""Opening a file: whose it is, of which version, whether it can be written; making it, and bringing it up to date."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from hashlib import blake2b
from pathlib import Path

from endotune_desktop.clinic.errors import EnvironmentFailed, InputRefused
from endotune_desktop.store import damage, driver

APPLICATION_ID = 0x456E6454
"""``EndT`` in the file's header: tells our file from any other SQLite file."""

VERSION = 4
"""The schema version that this program writes; `migrations.py` leads there."""

SCHEMA_PRINT = "099924c83966874d8ec1e16dab806c7e"
"""The fingerprint of the tables and indexes of `VERSION`: a flipped bit in a column's name would be a bug elsewhere."""

_HEADER = b"SQLite format 3\x00"


def check_header(path: Path) -> None:
    """Refuse by name what is no patient file, before a driver touches it.

    Raises
    ------
    InputRefused
        If it is a folder, empty, or somebody else's.
    EnvironmentFailed
        If it cannot be read.
    """
    try:
        if path.is_dir():
            raise InputRefused("is a folder", str(path), driver.OUR_FILE)
        with path.open("rb") as file:
            head = file.read(100)
    except OSError as error:
        raise EnvironmentFailed(f"{path} could not be read ({error.strerror})") from error
    if not head:
        raise InputRefused("is empty; it was not changed", str(path), driver.OUR_FILE)
    if not head.startswith(_HEADER) or len(head) < 100:
        raise InputRefused("is not a patient file; it was not changed", str(path), driver.OUR_FILE)
    if int.from_bytes(head[68:72], "big") not in (APPLICATION_ID, 0):
        raise InputRefused("belongs to another program; it was not changed", str(path), driver.OUR_FILE)


def create(path: Path) -> None:
    """Make a new file under another name and give it its own only when it is whole."""
    fresh = path.with_name(f".{path.name}.new")
    try:
        _remove(fresh)
        connection = driver.connect(fresh, read_only=False)
        try:
            connection.execute("PRAGMA synchronous = FULL")
            _migrate(connection)
        finally:
            connection.close()
        os.replace(fresh, path)
    except BaseException:
        with contextlib.suppress(OSError):
            _remove(fresh)
        raise


def _remove(path: Path) -> None:
    for leftover in (path, *(path.with_name(path.name + end) for end in ("-wal", "-shm", "-journal"))):
        leftover.unlink(missing_ok=True)


def for_writing(path: Path) -> driver.Connection:
    """Return a connection that writes durably; an older file is copied aside and brought up to date.

    Raises
    ------
    InputRefused
        If the file is not ours, damaged, or of a newer version.
    EnvironmentFailed
        If it cannot be written here.
    """
    connection = driver.connect(path, read_only=False)
    try:
        version = _owned_version(connection, path)
        if version > VERSION:
            raise InputRefused(
                f"was made by a newer version of EndoTune (schema {version}); it was not changed",
                str(path),
                f"schema up to {VERSION}; it can be opened for reading only",
            )
        connection.execute("PRAGMA foreign_keys = ON")
        if str(connection.execute("PRAGMA journal_mode = WAL").fetchone()[0]) != "wal":
            raise EnvironmentFailed(f"The drive cannot keep a write-ahead log, so no edit would be safe on it: {path}")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA fullfsync = ON")
        connection.execute(f"PRAGMA cache_size = -{driver.CACHE_KB}")
        connection.execute("BEGIN IMMEDIATE")  # says now, not at the first edit, that nothing can be written
        connection.execute("ROLLBACK")
        if version != VERSION:
            _copy_aside(connection, path, version)
            _migrate(connection)
        _check_schema(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


class Look:
    """A connection that changes nothing, whatever the folder, the disk and the file's version are like.

    Parameters
    ----------
    path : Path
    as_is : bool
        Leave an older schema as it is instead of bringing a copy in memory up to date.

    Attributes
    ----------
    connection : Connection
    version : int
        The schema of the file.

    Raises
    ------
    InputRefused
        If the file is not ours or damaged.
    EnvironmentFailed
        If it cannot be read.
    """

    def __init__(self, path: Path, *, as_is: bool = False) -> None:
        self._scratch: tempfile.TemporaryDirectory[str] | None = None
        self.connection = self._reached(path)
        try:
            self.version = _owned_version(self.connection, path)
            if self.version < VERSION and not as_is:
                older, self.connection = self.connection, driver.connect_memory()
                try:
                    older.backup(self.connection)
                finally:
                    older.close()
                _migrate(self.connection)
            if self.version <= VERSION and not as_is:
                _check_schema(self.connection, path)
        except BaseException:
            self.close()
            raise

    def _reached(self, path: Path) -> driver.Connection:
        """Return a connection by the first way that works: shared, as a still picture, over a copy with its log."""
        connection = driver.connect(path, read_only=True)
        try:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            return connection
        except driver.OperationalError:
            connection.close()
        logs = [path.with_name(path.name + end) for end in ("-wal", "-journal")]
        logs = [log for log in logs if log.exists() and log.stat().st_size]
        if not logs:
            return driver.connect(path, read_only=True, immutable=True)
        # What a killed program left unfinished can be neither read nor rolled back without writing there.
        self._scratch = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        copy = Path(self._scratch.name) / path.name
        shutil.copyfile(path, copy)
        for log in logs:
            shutil.copyfile(log, copy.with_name(log.name))
        return driver.connect(copy, read_only=False)

    def close(self) -> None:
        """Let the file go."""
        with contextlib.suppress(driver.Error):
            self.connection.close()
        if self._scratch is not None:
            self._scratch.cleanup()
            self._scratch = None


def _owned_version(connection: driver.Connection, path: Path) -> int:
    connection.execute(f"PRAGMA busy_timeout = {round(driver.PATIENCE_S * 1000)}")
    owner = int(connection.execute("PRAGMA application_id").fetchone()[0])
    if owner != APPLICATION_ID:
        raise InputRefused("belongs to another program; it was not changed", str(path), driver.OUR_FILE)
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _migrate(connection: driver.Connection) -> None:
    """Bring a file to this version in one transaction, the version last."""
    from endotune_desktop.store.migrations import migrations

    connection.execute("BEGIN IMMEDIATE")
    try:
        migrations.apply(driver.wrapped(connection))
        if not connection.in_transaction:
            raise RuntimeError("a migration ended the transaction that it runs in")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {VERSION}")
        connection.execute("COMMIT")
    except BaseException:
        with contextlib.suppress(driver.Error):
            connection.execute("ROLLBACK")
        raise


def schema_print(connection: driver.Connection) -> str:
    """Return a fingerprint of the tables and indexes that are ours."""
    rows = connection.execute(
        "SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_master "
        "WHERE tbl_name NOT GLOB 'sqlite_*' AND tbl_name NOT GLOB '_sqlite_*' ORDER BY 1, 2"
    )
    words = "\n".join(" ".join(str(cell) for cell in row) for row in rows)
    return blake2b(" ".join(words.split()).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _check_schema(connection: driver.Connection, path: Path) -> None:
    if schema_print(connection) != SCHEMA_PRINT:
        raise damage.refusal(path, "its tables are not those of this version")


def _copy_aside(connection: driver.Connection, path: Path, version: int) -> None:
    """Keep a file of an older version beside the new one, through the backup interface, whole or not at all."""
    aside = path.with_name(f"{path.name}.version-{version}")
    partial = aside.with_name(f".{aside.name}.new")
    try:
        _remove(partial)
        target = driver.connect(partial, read_only=False)
        try:
            connection.backup(target)
        finally:
            target.close()
        os.replace(partial, aside)
    except BaseException:
        with contextlib.suppress(OSError):
            _remove(partial)
        raise
