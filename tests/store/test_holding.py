"""Who holds the file, and what is said where locks do not work."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from endotune_desktop.clinic.errors import EnvironmentFailed
from endotune_desktop.store import Store, holding
from tests.store.filling import add
from tests.ui.desk import ingrid

OPEN = """
import sys, time
from pathlib import Path
from endotune_desktop.store import Store
Store.open(Path(sys.argv[1]))
print("open", flush=True)
time.sleep(60)
"""


def test_that_a_second_program_is_told_who_holds_the_file(store: Store) -> None:
    found = subprocess.run([sys.executable, "-c", OPEN, str(store.path)], capture_output=True, text=True, check=False)
    assert f"process {os.getpid()}" in found.stderr
    look = Store.open(store.path, read_only=True)
    with pytest.raises(EnvironmentFailed, match="reading only"):
        add(look, ingrid().patient)
    look.close()
    store.close()


def test_that_who_looks_sees_what_the_other_program_saves(store: Store) -> None:
    look = Store.open(store.path, read_only=True)
    assert look.patients() == ()
    add(store, ingrid().patient)
    assert [row.patient.id for row in look.patients()] == ["p1"]
    look.close()
    store.close()


def test_that_the_lock_of_a_killed_process_is_free_again(store: Store) -> None:
    path = store.path
    store.close()
    child = subprocess.Popen([sys.executable, "-c", OPEN, str(path)], stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    assert child.stdout.readline() == "open\n"
    with pytest.raises(EnvironmentFailed, match=f"process {child.pid}"):
        Store.open(path)
    child.send_signal(signal.SIGKILL)
    child.wait()
    child.stdout.close()
    Store.open(path).close()


@pytest.mark.parametrize("content", ["", "not json", '{"process": 1, "machine": "elsewhere"}'])
def test_that_the_lock_of_a_dead_process_is_taken_over(store: Store, content: str) -> None:
    path = store.path
    store.close()
    path.with_name(path.name + ".lock").write_text(content, encoding="utf-8")
    Store.open(path).close()


@pytest.mark.parametrize("number", [errno.ENOLCK, errno.EOPNOTSUPP, errno.EINVAL, errno.EIO])
def test_that_a_drive_without_locks_is_named_and_can_be_looked_at(
    store: Store, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(store, ingrid().patient)
    path = store.path
    store.close()

    def no_lock(_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(holding, "_lock", no_lock)
    with pytest.raises(EnvironmentFailed, match="cannot be locked") as told:
        Store.open(path)
    assert "Another EndoTune" not in str(told.value)
    look = Store.open(path, read_only=True)
    assert look.record("p1").patient == ingrid().patient
    look.close()


def test_that_a_lock_file_that_cannot_be_made_is_one_sentence(store: Store) -> None:
    path: Path = store.path
    store.close()
    lock = path.with_name(path.name + ".lock")
    lock.unlink()
    lock.mkdir()
    with pytest.raises(EnvironmentFailed, match="folder cannot be written"):
        Store.open(path)
