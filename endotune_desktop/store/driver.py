"""The one module that imports a database driver.

sqlcipher3 takes its place here when a passphrase is set: it is to be registered as ``pysqlite3`` before the first
import of sqlite_utils, and its exception classes are to be exported instead of these. Nothing else in the program may
import a driver (the linter sees to it), so that is the whole change.
"""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from sqlite3 import DatabaseError, Error, IntegrityError, OperationalError
from typing import TYPE_CHECKING

from endotune_desktop.clinic.errors import EndoTuneError, EnvironmentFailed, InputRefused

if TYPE_CHECKING:
    from sqlite_utils import Database

__all__ = [
    "Connection",
    "DatabaseError",
    "Error",
    "IntegrityError",
    "OperationalError",
    "Row",
    "connect",
    "explained",
    "wrapped",
]

Connection = sqlite3.Connection
Row = sqlite3.Row

_ENVIRONMENT = {
    sqlite3.SQLITE_FULL: "The disk is full",
    sqlite3.SQLITE_IOERR: "The disk could not be read or written",
    sqlite3.SQLITE_READONLY: "The file cannot be written",
    sqlite3.SQLITE_CANTOPEN: "The file could not be opened",
    sqlite3.SQLITE_BUSY: "Another program is using the file",
    sqlite3.SQLITE_LOCKED: "Another program is using the file",
    sqlite3.SQLITE_PERM: "The file may not be used",
    sqlite3.SQLITE_AUTH: "The file may not be used",
    sqlite3.SQLITE_NOMEM: "There is not enough memory",
    sqlite3.SQLITE_PROTOCOL: "The file's lock does not work on this drive",
}
_WRONG_FILE = {
    sqlite3.SQLITE_NOTADB: "is not a patient file",
    sqlite3.SQLITE_CORRUPT: "is damaged",
    sqlite3.SQLITE_FORMAT: "is not a patient file",
}


def connect(path: Path, *, read_only: bool) -> Connection:
    """Return a connection in autocommit mode, so that transactions are ours to begin and end."""
    mode = "ro" if read_only else "rwc"
    folder_shut = read_only and not os.access(path.parent, os.W_OK)
    if folder_shut and not path.with_name(path.name + "-wal").exists():
        mode += "&immutable=1"  # a WAL file cannot be opened where its shared memory cannot be written
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True, isolation_level=None, timeout=2.0)


def wrapped(connection: Connection) -> Database:
    """Return the connection as a sqlite-utils database."""
    from sqlite_utils import Database

    return Database(connection)


def explained(error: Error, path: Path) -> EndoTuneError | None:
    """Return the failure in a clinician's words by its code; None when it is a bug of ours.

    Parameters
    ----------
    error : Error
    path : Path
        The file that was in use.
    """
    code = getattr(error, "sqlite_errorcode", None)
    primary = code & 0xFF if isinstance(code, int) else None
    if primary in _ENVIRONMENT:
        return EnvironmentFailed(f"{_ENVIRONMENT[primary]}: {path}. Nothing that was saved is lost")
    if primary in _WRONG_FILE:
        return InputRefused(f"{_WRONG_FILE[primary]}; it was not changed", str(path), "a file that EndoTune made")
    return None
