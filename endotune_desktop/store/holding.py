"""Who holds the file: one program writes, the second one is told which process does."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import socket
import sys
from pathlib import Path
from typing import IO

from endotune_desktop.clinic.errors import EnvironmentFailed

if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[bytes]) -> None:
        file.seek(4096)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(file: IO[bytes]) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)


_HELD = frozenset({errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES, errno.EDEADLK})
"""What a system says of a lock that somebody else has; everything else means that locks do not work there."""


class Holding:
    """The operating system's own lock on a file beside the store; a process that dies gives it back.

    What the file says (process and machine) is for the sentence only and decides nothing; a full disk may leave it out.

    Parameters
    ----------
    path : Path
        The store's path; the lock lies beside what it resolves to, with ``.lock`` at its end.

    Raises
    ------
    EnvironmentFailed
        If another program holds the store, the lock cannot be made, or the drive knows no locks.
    """

    def __init__(self, path: Path) -> None:
        try:
            real = path.resolve()
            lock = real.with_name(real.name + ".lock")
            self._file: IO[bytes] | None = lock.open("a+b", buffering=0)
        except OSError as error:
            raise EnvironmentFailed(f"The folder cannot be written: {path.parent} ({error.strerror})") from error
        try:
            _lock(self._file)
        except OSError as error:
            who = _holder(self._file)
            self.release()
            if error.errno in _HELD:
                raise EnvironmentFailed(f"Another EndoTune ({who}) is using {path.name}; close it first") from None
            raise EnvironmentFailed(
                f"Files in {real.parent} cannot be locked ({error.strerror}), so two programs could write at once; "
                "keep the patients on a drive of this machine"
            ) from error
        with contextlib.suppress(OSError):
            self._file.seek(0)
            self._file.truncate()
            self._file.write(json.dumps({"process": os.getpid(), "machine": socket.gethostname()}).encode())

    def release(self) -> None:
        """Let the next program have it; the file stays, unlocked."""
        if self._file is not None:
            with contextlib.suppress(OSError):
                self._file.close()
            self._file = None


def _holder(file: IO[bytes]) -> str:
    """Return who wrote the lock, as far as it can be read."""
    try:
        file.seek(0)
        plain = json.loads(file.read().decode("utf-8"))
        return f"process {int(plain['process'])} on {plain['machine']}"
    except (OSError, ValueError, KeyError, TypeError):
        return "another process"
