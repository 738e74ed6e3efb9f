"""What of a cohort is done: finished chunks in a folder beside the output, until the whole takes their place.

``FILE.partial/`` holds ``cohort.json``, which says whose chunks they are, and one file a chunk whose name carries its
number, how many of its rows have no answer, and the beginning of its SHA-256. A chunk is written under another name,
made durable and then renamed: whatever kills the program, what stands there under its own name is whole.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from endotune_desktop import __version__
from endotune_desktop.clinic.errors import EnvironmentFailed, InputRefused
from endotune_desktop.exchange.cohort_file import dump_cohort
from endotune_desktop.exchange.scenario_file import citation_key
from endotune_desktop.tuning.cohort import PERSONS_A_CHUNK, Cohort

_SCHEMA = "endotune.cohort-journal/1"
_HEAD = "cohort.json"
_DIGITS = 16


class Journal:
    """The finished chunks of one cohort.

    Parameters
    ----------
    output : Path
        Where the whole table goes.
    cohort : Cohort
    ending : str
        Of the table, and of the chunks.
    restart : bool
        Throw away what is there, and write over a finished output.

    Attributes
    ----------
    folder : Path
    key : str
        SHA-256 of the canonical cohort, which is also its citation key.
    done : dict of int to Path
        Finished chunks that are whole.
    failed : int
        Rows without an answer in them.

    Raises
    ------
    InputRefused
        If the output is finished, or another cohort was begun under its name.
    EnvironmentFailed
        If the disk or a permission stands in the way.
    """

    def __init__(self, output: Path, cohort: Cohort, ending: str, *, restart: bool = False) -> None:
        self._output, self._cohort, self._ending = output, cohort, ending
        self.folder = output.with_name(output.name + ".partial")
        self.key = citation_key(dump_cohort(cohort))
        self.done: dict[int, Path] = {}
        self.failed = 0
        with self._on_disk():
            if output.is_dir():
                raise InputRefused("is a folder", str(output), "the name of a file")
            begun = self.folder.exists()
            if begun:
                self._refuse_another(restart)
            elif output.exists() and not restart:
                raise InputRefused("is there already", str(output), "another name, or --restart to write over it")
            if begun and restart:
                shutil.rmtree(self.folder)
            self._begin()

    @property
    def persons_done(self) -> int:
        """Return how many persons the finished chunks hold."""
        return sum(len(self._cohort.chunk_of(index)) for index in self.done)

    def missing(self) -> list[int]:
        """Return the chunks still to be computed."""
        return [index for index in range(self._cohort.chunks) if index not in self.done]

    def keep(self, index: int, data: bytes, failed: int) -> None:
        """Write a finished chunk, durably.

        Parameters
        ----------
        index : int
        data : bytes
        failed : int
            Its rows without an answer.

        Raises
        ------
        EnvironmentFailed
            If it could not be written; what was done before stays.
        """
        path = self.folder / f"{index:06d}.{failed}.{_short_hash(data)}.{self._ending}"
        with self._on_disk():
            self._write(path, lambda out: out.write(data))
        self._count(index, path, failed)

    def finish(self, assembled: Callable[[Sequence[Path], BinaryIO], object]) -> None:
        """Put the whole in its place at once, and remove the folder.

        Parameters
        ----------
        assembled : callable
            Writes the table from the chunks, which are given in order.

        Raises
        ------
        EnvironmentFailed
            If it could not be written; the chunks stay.
        """
        parts = [self.done[index] for index in range(self._cohort.chunks)]
        with self._on_disk():
            self._write(self._output, lambda out: assembled(parts, out))
        shutil.rmtree(self.folder, ignore_errors=True)

    def _begin(self) -> None:
        self.folder.mkdir(exist_ok=True)
        for stale in self.folder.glob("*.part"):
            stale.unlink()
        head = self.folder / _HEAD
        if not head.exists():
            text = json.dumps(self._says(), indent=2, sort_keys=True) + "\n"
            self._write(head, lambda out: out.write(text.encode("utf-8")))
        pattern = re.compile(rf"(\d{{6,}})\.(\d+)\.([0-9a-f]{{{_DIGITS}}})\.{self._ending}")
        for path in sorted(self.folder.iterdir()):
            named = pattern.fullmatch(path.name)
            if named and int(named[1]) < self._cohort.chunks and _short_hash(path.read_bytes()) == named[3]:
                self._count(int(named[1]), path, int(named[2]))

    def _count(self, index: int, path: Path, failed: int) -> None:
        if index not in self.done:
            self.done[index] = path
            self.failed += failed

    def _says(self) -> dict[str, object]:
        return {
            "schema": _SCHEMA,
            "cohort": self.key,
            "count": self._cohort.count,
            "ending": self._ending,
            "persons_a_chunk": PERSONS_A_CHUNK,
            "version": __version__,
        }

    def _refuse_another(self, restart: bool) -> None:
        """Refuse a folder that is not this cohort's beginning; with `restart`, one that is no cohort's."""
        head = self.folder / _HEAD
        if not head.exists() and not any(self.folder.iterdir()):
            return  # killed between making the folder and saying whose it is
        try:
            found = json.loads(head.read_text(encoding="utf-8"))
        except (FileNotFoundError, ValueError):
            found = None
        if not isinstance(found, dict) or found.get("schema") != _SCHEMA:
            what = "is there and is no beginning of a cohort"
            raise InputRefused(what, str(self.folder), "another name for the output, or the folder moved away")
        if found == self._says() or restart:
            return
        accepted = "the SPEC it was begun with, another name for the output, or --restart to throw it away"
        if found.get("cohort") != self.key:
            what = f"holds the beginning of another cohort (SHA-256 {str(found.get('cohort'))[:12]}...)"
        else:
            what = f"was begun by another version of the program ({str(found.get('version'))[:20]})"
        raise InputRefused(what, str(self.folder), accepted)

    def _write(self, path: Path, fill: Callable[[BinaryIO], object]) -> None:
        """Write a file that is either whole and on the disk, or not there."""
        partial = self.folder / f"{path.name}.part"
        try:
            with partial.open("wb") as out:
                fill(out)
                out.flush()
                os.fsync(out.fileno())
            os.replace(partial, path)
        except OSError:
            with contextlib.suppress(OSError):
                partial.unlink(missing_ok=True)
            raise
        _settle(path.parent)

    @contextlib.contextmanager
    def _on_disk(self) -> Iterator[None]:
        """Turn a failure of the disk into one sentence that says what stays."""
        try:
            yield
        except OSError as error:
            kept = f"; {self.persons_done} persons are done and kept, the same command goes on" if self.done else ""
            raise EnvironmentFailed(
                f"{self.folder} could not be written: {error.strerror or error}{kept}"
            ) from error  # fmt: skip


def _short_hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:_DIGITS]


def _settle(folder: Path) -> None:
    """Make a rename durable, where folders can be synchronised."""
    if os.name != "nt":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
