"""Who holds the file: one program writes, the second one is told which process does."""

from __future__ import annotations

import contextlib
import json
import os
import socket
from pathlib import Path

from endotune_desktop.clinic.errors import EnvironmentFailed


class Holding:
    """A lock file beside the store; a stale one, left by a dead process of this machine, is taken over.

    Parameters
    ----------
    path : Path
        The store's path; the lock lies beside it with ``.lock`` at its end.

    Raises
    ------
    EnvironmentFailed
        If another program holds the store, or the lock cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self._path = path.with_name(path.name + ".lock")
        content = json.dumps({"process": os.getpid(), "machine": socket.gethostname()})
        for _ in range(3):
            try:
                handle = os.open(self._path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
            except FileExistsError:
                self._take_over_or_refuse()
                continue
            except OSError as error:
                raise EnvironmentFailed(f"The folder cannot be written: {path.parent} ({error.strerror})") from error
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(content)
            return
        raise EnvironmentFailed(f"Another program is using {path}")

    def _take_over_or_refuse(self) -> None:
        try:
            holder = json.loads(self._path.read_text(encoding="utf-8"))
            process, machine = int(holder["process"]), str(holder["machine"])
        except (OSError, ValueError, KeyError, TypeError):
            process, machine = 0, ""
        if machine not in ("", socket.gethostname()):
            raise EnvironmentFailed(f"Process {process} on {machine} is using this file; close EndoTune there first")
        if process not in (0, os.getpid()) and _alive(process):
            raise EnvironmentFailed(f"Another EndoTune (process {process}) is using this file; close it first")
        if process == os.getpid():
            raise EnvironmentFailed("This program has the file open already")
        with contextlib.suppress(OSError):
            self._path.unlink()

    def release(self) -> None:
        """Let the next program have it."""
        with contextlib.suppress(OSError):
            self._path.unlink()


def _alive(process: int) -> bool:
    """Return whether a process of this machine runs."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
