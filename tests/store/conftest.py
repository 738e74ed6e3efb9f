"""A fresh store, and a disk that is really full."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from endotune_desktop.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Return a new store; the test closes it or not."""
    return Store.open(tmp_path / "deep" / "patients.endotune")


class SmallDisk:
    """A file system of its own with little room.

    Attributes
    ----------
    folder : Path
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def fill(self, leave: int = 0) -> None:
        """Fill the disk up to some bytes."""
        with (self.folder / "ballast").open("wb", buffering=0) as file:
            block = b"x" * 4096
            try:
                while file.write(block) == len(block):
                    pass
            except OSError:
                pass
            if leave:
                file.truncate(max(file.tell() - leave, 0))

    def free(self) -> None:
        """Give the room back."""
        (self.folder / "ballast").unlink()

    def shut(self) -> None:
        """Let nobody write any more, root included."""
        subprocess.run(["mount", "-o", "remount,ro", str(self.folder)], check=True, capture_output=True)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Callable[[int], SmallDisk]]:
    """Return what makes a disk of some kilobytes; skip where nobody may mount one."""
    mounted: list[Path] = []

    def make(kilobytes: int) -> SmallDisk:
        folder = tmp_path / f"disk{len(mounted)}"
        folder.mkdir()
        words = ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(folder)]
        done = subprocess.run(words, check=False, capture_output=True)
        if done.returncode:
            pytest.skip("no file system may be mounted here")
        mounted.append(folder)
        return SmallDisk(folder)

    if not sys.platform.startswith("linux") or os.geteuid() or shutil.which("mount") is None:
        pytest.skip("needs a Linux root to mount a small disk")
    yield make
    for folder in mounted:
        subprocess.run(["umount", "-l", str(folder)], check=False, capture_output=True)
