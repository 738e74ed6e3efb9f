"""Full and shut disks, real ones where a small one may be mounted: one sentence, and what was saved is still there."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from endotune_desktop.clinic.errors import EnvironmentFailed, InputRefused
from endotune_desktop.clinic.records import Visit
from endotune_desktop.store import Store
from tests.store.conftest import SmallDisk
from tests.store.filling import FILES, add, contents, person, records_of_ingrid
from tests.ui.desk import TODAY, ingrid

Disk = Callable[[int], SmallDisk]


def visit(number: int, words: str = "x" * 150) -> Visit:
    """Return a visit of Ingrid's."""
    return Visit(f"n{number}", "p1", TODAY.date(), words)


def refused(act: Callable[[], object]) -> str:
    """Return the one sentence of a failure of the environment."""
    with pytest.raises(EnvironmentFailed) as told:
        act()
    assert "\n" not in str(told.value)
    return str(told.value)


def test_that_a_new_file_on_a_full_disk_leaves_nothing_behind(small_disk: Disk) -> None:
    disk = small_disk(256)
    disk.fill()
    path = disk.folder / "patients.endotune"
    refused(lambda: Store.open(path))
    assert not path.exists()
    assert not [found for found in disk.folder.iterdir() if "new" in found.name]
    disk.free()
    disk.fill(leave=40 * 1024)
    refused(lambda: Store.open(path))
    disk.free()
    Store.open(path).close()


def test_that_a_full_disk_at_the_start_can_still_be_looked_at(small_disk: Disk) -> None:
    disk = small_disk(512)
    path = disk.folder / "patients.endotune"
    store = Store.open(path)
    add(store, *records_of_ingrid())
    saved = contents(store)
    store.close()
    path.with_name(path.name + ".lock").unlink()
    disk.fill()
    refused(lambda: Store.open(path))
    look = Store.open(path, read_only=True)
    assert contents(look) == saved
    look.close()


def test_that_a_disk_that_fills_up_refuses_edits_and_loses_none(small_disk: Disk) -> None:
    disk = small_disk(768)
    path = disk.folder / "patients.endotune"
    store = Store.open(path)
    add(store, *records_of_ingrid())
    disk.fill(leave=64 * 1024)
    saved = 0
    with pytest.raises(EnvironmentFailed, match="disk is full"):
        for number in range(2000):
            add(store, visit(number))
            saved += 1
    assert saved
    assert len(store.record("p1").visits) == saved + 1
    assert store.check() == []
    store.close()
    look = Store.open(path, read_only=True)  # whether or not the log could be written into the file
    assert len(look.record("p1").visits) == saved + 1
    look.close()
    disk.free()
    again = Store.open(path)
    assert len(again.record("p1").visits) == saved + 1
    add(again, visit(5000))
    assert again.check() == []
    again.close()


def test_that_the_last_edits_are_seen_where_the_log_can_be_neither_read_nor_written_back(small_disk: Disk) -> None:
    disk = small_disk(1024)
    path = disk.folder / "patients.endotune"
    store = Store.open(disk.folder / "elsewhere.endotune")
    add(store, *records_of_ingrid())
    for end in ("", "-wal"):  # as a killed program leaves them
        shutil.copyfile(store.path.with_name(store.path.name + end), path.with_name(path.name + end))
    store.close()
    disk.shut()
    assert "cannot be written" in refused(lambda: Store.open(path))
    look = Store.open(path, read_only=True)
    assert look.record("p1").patient == ingrid().patient
    assert look.check() == []
    look.close()


def test_that_an_old_file_on_a_full_disk_stays_as_it_is(small_disk: Disk) -> None:
    disk = small_disk(400)
    path = disk.folder / "old.endotune"
    shutil.copyfile(FILES / "version_1.endotune", path)
    before = path.read_bytes()
    disk.fill(leave=100 * 1024)
    assert "disk is full" in refused(lambda: Store.open(path))
    assert not [found for found in disk.folder.iterdir() if "version-1" in found.name]
    look = Store.open(path, read_only=True)
    assert look.record("p1").labs
    look.close()
    disk.free()
    assert path.read_bytes()[100:] == before[100:]
    Store.open(path).close()


@pytest.mark.parametrize("leave_kb", [130, 160, 200, 260])
def test_that_a_disk_that_fills_up_during_a_migration_changes_nothing(small_disk: Disk, leave_kb: int) -> None:
    disk = small_disk(800)
    path = disk.folder / "old.endotune"
    shutil.copyfile(FILES / "version_1.endotune", path)
    disk.fill(leave=leave_kb * 1024)
    try:
        Store.open(path).close()
    except EnvironmentFailed:
        look = Store.open(path, read_only=True)
        assert look.record("p1").labs
        look.close()
    disk.free()
    store = Store.open(path)
    assert store.check() == []
    assert store.record("p1").labs
    store.close()


def test_that_a_shut_folder_can_be_looked_at(small_disk: Disk) -> None:
    disk = small_disk(512)
    path = disk.folder / "patients.endotune"
    store = Store.open(path)
    add(store, *records_of_ingrid())
    saved = contents(store)
    store.close()
    disk.shut()
    assert "cannot be written" in refused(lambda: Store.open(path))
    look = Store.open(path, read_only=True)
    assert contents(look) == saved
    assert "reading only" in refused(lambda: add(look, person(1)))
    look.close()
    assert "cannot be written" in refused(lambda: Store.open(disk.folder / "new.endotune"))
    assert "cannot be made" in refused(lambda: Store.open(disk.folder / "sub" / "new.endotune"))


def test_that_an_old_file_in_a_shut_folder_can_be_looked_at(small_disk: Disk) -> None:
    disk = small_disk(512)
    path = disk.folder / "old.endotune"
    shutil.copyfile(FILES / "version_1.endotune", path)
    disk.shut()
    refused(lambda: Store.open(path))
    look = Store.open(path, read_only=True)
    assert [row.patient.id for row in look.patients(search="halv")] == ["p1"]
    look.close()


def test_that_an_edit_on_a_disk_that_goes_away_is_one_sentence(small_disk: Disk) -> None:
    disk = small_disk(512)
    store = Store.open(disk.folder / "patients.endotune")
    add(store, ingrid().patient)
    disk.fill()
    for number in range(3):
        refused(lambda at=number: add(store, *(visit(at * 100 + i) for i in range(100))))  # type: ignore[misc]
    assert store.record("p1").patient == ingrid().patient
    store.close()


# ---- without a disk of one's own -----------------------------------------------------------------------------------
def test_that_a_folder_in_the_place_of_the_file_is_named(tmp_path: Path) -> None:
    for read_only in (False, True):
        with pytest.raises(InputRefused, match="is a folder"):
            Store.open(tmp_path, read_only=read_only)


@pytest.mark.parametrize("number", [errno.EACCES, errno.EIO, errno.EMFILE])
def test_that_a_file_that_cannot_be_read_is_one_sentence(
    store: Store, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = store.path
    store.close()
    real = Path.open

    def shut(self: Path, *words: Any, **more: Any) -> Any:  # noqa: ANN401
        if self == path:
            raise OSError(number, os.strerror(number), str(path))
        return real(self, *words, **more)

    monkeypatch.setattr(Path, "open", shut)
    for read_only in (False, True):
        told = refused(lambda look=read_only: Store.open(path, read_only=look))  # type: ignore[misc]
        assert os.strerror(number) in told


@pytest.mark.parametrize("place", ["exists", "mkdir", "resolve", "unlink"])
def test_that_a_system_that_refuses_a_step_of_opening_is_one_sentence(
    tmp_path: Path, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Path, *words: object, **more: object) -> Any:  # noqa: ANN401
        raise OSError(errno.EACCES, "Permission denied", str(self))

    monkeypatch.setattr(Path, place, refuse)
    assert "Permission denied" in refused(lambda: Store.open(tmp_path / "x" / "patients.endotune"))


def test_that_a_name_that_is_too_long_is_one_sentence(tmp_path: Path) -> None:
    refused(lambda: Store.open(tmp_path / ("x" * 300)))


def test_that_a_rename_that_fails_leaves_no_half_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "replace", refuse)
    path = tmp_path / "patients.endotune"
    assert "No space left" in refused(lambda: Store.open(path))
    assert [found.name for found in tmp_path.iterdir() if found.suffix != ".lock"] == []


def test_that_a_full_disk_refuses_the_edit_and_goes_on_reading(store: Store) -> None:
    add(store, ingrid().patient)
    pages = store._connection.execute("PRAGMA page_count").fetchone()[0]
    store._connection.execute(f"PRAGMA max_page_count = {pages}")
    lab = ingrid().labs[0]
    with pytest.raises(EnvironmentFailed, match="disk is full"):
        for number in range(500):
            add(store, replace(lab, id=f"l{number}", entered_text="x" * 200))
    assert store.record("p1").patient.id == "p1"
    assert store.check() == []
    store.close()
