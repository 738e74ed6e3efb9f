"""Whether a file still holds what was written: SQLite's own checks, then the seal of every row.

SQLite looks at the shape of its pages and does not see a flipped bit inside a value; the seals do.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

from endotune_desktop.store import driver
from endotune_desktop.store.seals import seal_by_names

CHUNK_ROWS = 200
MOST_FOUND = 20


def damage_in(connection: driver.Connection, rest: Callable[[], None] = lambda: None) -> Iterator[str]:
    """Yield what is wrong inside a file, a sentence each; nothing when all is well.

    Parameters
    ----------
    connection : Connection
    rest : callable
        Called between chunks of rows; it may wait, or raise to end the check.
    """
    try:
        for row in connection.execute(f"PRAGMA integrity_check({MOST_FOUND})"):
            if row[0] != "ok":
                yield " ".join(str(row[0]).split())
        for row in connection.execute("PRAGMA foreign_key_check"):
            yield f"{row[0]}: row {row[1]} belongs to nobody"
        for table in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            yield from _broken_seals(connection, str(table[0]), rest)
    except driver.DatabaseError as error:
        if isinstance(error, driver.OperationalError) and "decode to UTF-8" not in str(error):
            raise  # the disk, or whoever ended the check: no damage
        yield str(error)


def _broken_seals(connection: driver.Connection, table: str, rest: Callable[[], None]) -> Iterator[str]:
    names = [str(row[1]) for row in connection.execute(f'PRAGMA table_info("{table}")')]
    if "seal" not in names:  # an older file that is looked at, or the migrations' own table
        return
    names.remove("seal")
    seal = seal_by_names(table, names)
    columns = ", ".join(f'"{name}"' for name in names)
    query = f'SELECT rowid, {columns}, seal FROM "{table}" WHERE rowid > ? ORDER BY rowid LIMIT {CHUNK_ROWS}'
    last = -(2**63)
    while rows := connection.execute(query, (last,)).fetchall():
        for row in rows:
            if seal(row[1:-1]) != row[-1]:
                yield f"{table}: row {row[0]} is not what was written"
        last = rows[-1][0]
        rest()


class FileCheck:
    """One full check of a file over a connection of its own, so that edits and searches go on meanwhile.

    Parameters
    ----------
    path : Path
    rest : callable
        Called between chunks of rows.
    """

    def __init__(self, path: Path, rest: Callable[[], None] = lambda: None) -> None:
        self._path, self._rest = path, rest
        self._stopped = False
        self._connection: driver.Connection | None = None

    def run(self) -> list[str] | None:
        """Return what is wrong, empty when all is well, None when the check was stopped before its end.

        Raises
        ------
        EnvironmentFailed
            If the file cannot be read.
        """
        found: list[str] = []
        try:
            with driver.explaining(self._path):
                self._connection = driver.connect(self._path, read_only=True)
                self._connection.execute(f"PRAGMA cache_size = -{driver.CACHE_KB}")
                for sentence in damage_in(self._connection, self._between):
                    found.append(sentence)
                    if len(found) >= MOST_FOUND:
                        break
        except Exception:
            if self._stopped:
                return found or None
            raise
        finally:
            connection, self._connection = self._connection, None
            if connection is not None:
                connection.close()
        return found

    def _between(self) -> None:
        self._rest()
        if self._stopped:
            raise InterruptedError

    def stop(self) -> None:
        """End the check soon; may be called from any thread."""
        self._stopped = True
        connection = self._connection
        if connection is not None:
            with contextlib.suppress(driver.Error):  # closed in this very moment
                connection.interrupt()
