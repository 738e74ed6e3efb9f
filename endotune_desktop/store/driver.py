"""The one module that imports a database driver, and the one that says in a clinician's words what a driver raises.

sqlcipher3 takes its place here when a passphrase is set: it is to be registered as ``pysqlite3`` before the first
import of sqlite_utils, and its exception classes are to be exported instead of these. Nothing else in the program may
import a driver (the linter sees to it), so that is the whole change.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from sqlite3 import DatabaseError, Error, IntegrityError, InterfaceError, OperationalError, ProgrammingError
from typing import TYPE_CHECKING

from endotune_desktop.clinic.errors import EndoTuneError, EnvironmentFailed, InputRefused

if TYPE_CHECKING:
    from sqlite_utils import Database
    from sqlite_utils.migrations import Migrations

__all__ = [
    "Connection",
    "Database",
    "DatabaseError",
    "Error",
    "IntegrityError",
    "InterfaceError",
    "OperationalError",
    "ProgrammingError",
    "connect",
    "connect_memory",
    "explained",
    "explaining",
    "is_torn_text",
    "means_damage",
    "migration_set",
    "torn_text",
    "wrapped",
]

Connection = sqlite3.Connection

OUR_FILE = "a file that EndoTune made"
"""What is accepted where a file is refused."""

PATIENCE_S = 2.0
"""How long a statement waits for another program's lock."""

CACHE_KB = 64 * 1024
"""Pages kept in memory at most: record ids are random, so a large file's indexes are touched all over."""

_ENVIRONMENT = {
    sqlite3.SQLITE_FULL: "The disk is full",
    sqlite3.SQLITE_IOERR: "The disk could not be read or written",
    sqlite3.SQLITE_READONLY: "The file cannot be written",
    sqlite3.SQLITE_CANTOPEN: "The file could not be opened",
    sqlite3.SQLITE_BUSY: "Another program is using the file",
    sqlite3.SQLITE_LOCKED: "Another program is using the file",
    sqlite3.SQLITE_SCHEMA: "Another program changed the file",
    sqlite3.SQLITE_PERM: "The file may not be used",
    sqlite3.SQLITE_AUTH: "The file may not be used",
    sqlite3.SQLITE_NOMEM: "There is not enough memory",
    sqlite3.SQLITE_PROTOCOL: "The file's lock does not work on this drive",
    sqlite3.SQLITE_NOLFS: "This drive cannot hold a file of that size",
    sqlite3.SQLITE_INTERRUPT: "The work on the file was stopped",
}
_WRONG_FILE = {
    sqlite3.SQLITE_NOTADB: "is not a patient file",
    sqlite3.SQLITE_CORRUPT: "is damaged",
    sqlite3.SQLITE_FORMAT: "is not a patient file",
}
_DAMAGED = frozenset({sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_FORMAT})
"""Primary codes that mean a damaged file when it was ours before."""

_UNFIT = {
    sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY: ("belongs to a record that is not on file", "a record of a patient on file"),
    sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY: ("is on file already", "a new record"),
    sqlite3.SQLITE_CONSTRAINT_UNIQUE: ("is on file already", "a new record"),
    sqlite3.SQLITE_TOOBIG: ("is too long to be stored", "a shorter text"),
}
"""What a record, rather than the file or the disk, can be refused for. Other constraints are mistakes of ours."""


def connect(path: Path, *, read_only: bool, immutable: bool = False) -> Connection:
    """Return a connection in autocommit mode, so that transactions are ours to begin and end.

    Parameters
    ----------
    path : Path
    read_only : bool
    immutable : bool
        Trust that nobody writes meanwhile: no lock and no file beside it, for a folder that cannot be written.
    """
    mode = "ro" if read_only else "rwc"
    address = f"{path.absolute().as_uri()}?mode={mode}{'&immutable=1' if immutable else ''}"
    # One thread at a time uses a connection; only `interrupt` may come from another.
    return sqlite3.connect(address, uri=True, isolation_level=None, timeout=PATIENCE_S, check_same_thread=False)


def connect_memory() -> Connection:
    """Return a connection to an empty store in memory."""
    return sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)


def wrapped(connection: Connection) -> Database:
    """Return the connection as a sqlite-utils database."""
    from sqlite_utils import Database

    return Database(connection)


def migration_set(name: str) -> Migrations:
    """Return an empty sqlite-utils set of migrations, to be filled by its decorator."""
    from sqlite_utils.migrations import Migrations

    return Migrations(name)


def explained(error: BaseException, path: Path) -> EndoTuneError | None:
    """Return a failure of the driver or the system in a clinician's words; None when it is a bug of ours.

    Parameters
    ----------
    error : BaseException
    path : Path
        The file that was in use.
    """
    if isinstance(error, Error):
        return _explained_by_code(error, path)
    if isinstance(error, MemoryError):
        return _failed("There is not enough memory", path)
    if isinstance(error, (UnicodeError, OverflowError)):  # raised while values are bound
        return InputRefused("cannot be stored", "text or number", "whole characters, and numbers in range")
    if isinstance(error, OSError):
        place = f" ({error.strerror})" if error.strerror else ""
        return _failed(f"The file or its folder could not be used{place}", path)
    return None


def is_torn_text(error: BaseException | None) -> bool:
    """Return whether the driver met text that is no UTF-8: something changed it on the disk."""
    return isinstance(error, OperationalError) and "decode to UTF-8" in str(error)


def means_damage(error: BaseException | None) -> bool:
    """Return whether a failure on an open file of ours means that the file is damaged."""
    code = getattr(error, "sqlite_errorcode", 0) if isinstance(error, Error) else 0
    return is_torn_text(error) or (code or 0) & 0xFF in _DAMAGED


def torn_text(content: bytes) -> str:
    """Return text from a damaged file, each foreign byte as half a character, which no seal will match."""
    return content.decode("utf-8", "surrogateescape")


def _explained_by_code(error: Error, path: Path) -> EndoTuneError | None:
    code = getattr(error, "sqlite_errorcode", None)
    if not isinstance(code, int):
        # The driver's own complaint about bytes that are no UTF-8; it carries no code.
        return _wrong("is damaged", path) if is_torn_text(error) else None
    if code in _UNFIT:
        what, accepted = _UNFIT[code]
        return InputRefused(what, "edit", accepted)
    primary = code & 0xFF
    if primary in _ENVIRONMENT:
        return _failed(_ENVIRONMENT[primary], path)
    return _wrong(_WRONG_FILE[primary], path) if primary in _WRONG_FILE else None


def _failed(words: str, path: Path) -> EnvironmentFailed:
    return EnvironmentFailed(f"{words}: {path}. Nothing that was saved is lost")


def _wrong(words: str, path: Path) -> InputRefused:
    return InputRefused(f"{words}; it was not changed", str(path), OUR_FILE)


@contextlib.contextmanager
def explaining(path: Path) -> Iterator[None]:
    """Turn what a driver or the system raises inside into ours; what nobody can explain stays what it is: a bug."""
    try:
        yield
    except (Error, OSError, MemoryError, UnicodeError, OverflowError) as error:
        known = explained(error, path)
        if known is None:
            raise
        raise known from error
