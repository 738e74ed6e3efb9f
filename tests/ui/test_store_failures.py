"""A store that cannot be written or read: the window says so in one sentence, reads what it can, and never crashes."""

from __future__ import annotations

import gc
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QMessageBox

from endotune_desktop.app import workbench_run
from endotune_desktop.app.demo_store import open_with_demo
from endotune_desktop.app.workbench_run import Workbench
from endotune_desktop.clinic.edits import Edit, RecordChange
from endotune_desktop.clinic.errors import EndoTuneError, EnvironmentFailed
from endotune_desktop.lanes.store_check import StoreCheck
from endotune_desktop.lanes.store_lane import StoreLane
from endotune_desktop.simulation import CancelFlag
from endotune_desktop.store import FileCheck, Store, damage, driver
from endotune_desktop.workbench.course_view import CourseRequest, CourseView
from tests.store.filling import FILES, add, person
from tests.ui.desk import DEMOS, drawn_view

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
Opened = Callable[[], Workbench]


class _DrawnMaker:
    """Answers with curves drawn by hand: no engine is needed to see what the store does."""

    def answer(self, request: CourseRequest, publish: Callable[[CourseView], None], cancel: CancelFlag) -> None:
        """Publish one view."""
        publish(drawn_view(request))


def until(true: Callable[[], bool], what: str) -> None:
    """Let Qt and the lanes work until something is true."""
    end = time.monotonic() + 30.0
    while not true():
        assert time.monotonic() < end, f"waited in vain for {what}"
        QApplication.processEvents()
        time.sleep(0.005)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a closed store with the demo patients."""
    found = tmp_path / "patients.endotune"
    open_with_demo(found, RESOURCES, date(2026, 11, 25)).close()
    return found


@pytest.fixture
def opened(qapp: QApplication, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Opened]:
    """Return what opens the workbench on that store; a crash fails the test."""
    crashes: list[BaseException] = []
    monkeypatch.setattr(Workbench, "crashed", lambda _, error: crashes.append(error))
    monkeypatch.setattr(workbench_run, "CHECK_AFTER_S", 0.0)
    monkeypatch.setattr(Workbench, "_make_maker", lambda _: _DrawnMaker())
    interval = sys.getswitchinterval()
    benches: list[Workbench] = []

    def open_it() -> Workbench:
        bench = Workbench(qapp, path, RESOURCES, tmp_path / "settings.json", lambda: datetime(2026, 11, 25, 9, 0))
        benches.append(bench)
        bench.window.resize(1280, 800)
        bench.window.show()
        return bench

    yield open_it
    for bench in benches:
        bench.window.close()
        bench.close()
        bench.window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.unfreeze()  # the workbench freezes what stands for good; here it goes
    gc.collect()
    sys.setswitchinterval(interval)
    assert not crashes, crashes


def status(bench: Workbench) -> str:
    """Return the whole sentence of the status line."""
    return bench.window.right_status.accessibleName()


def box_words(bench: Workbench) -> list[str]:
    """Return what the open boxes say."""
    return [box.text() for box in bench.window.findChildren(QMessageBox) if box.isVisible()]


@pytest.mark.parametrize("code", [13, 10, 10 | 3 << 8, 8, 14, 5, 7])
def test_that_a_store_that_cannot_be_written_is_still_read(
    opened: Opened, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def refuse(store: Path) -> driver.Connection:
        error = driver.OperationalError("injected")
        error.sqlite_errorcode = code
        raise error

    monkeypatch.setattr(Store, "_writing", classmethod(lambda _, store: refuse(store)))
    bench = opened()
    session = bench.session
    until(lambda: session.record is not None and len(session.patients) == DEMOS, "the patients")
    told = driver.explained(_error(code), bench._store_path)
    assert str(told) in status(bench)
    assert "reading only" in status(bench)
    assert box_words(bench) == [str(told)]
    assert bench.window.minimumSizeHint().width() <= 1280
    kept: list[EndoTuneError] = []
    patient = session.patients[0].patient
    edit = Edit("Rename", (RecordChange(patient, replace(patient, name="X")),))
    session.edit(edit, failed=kept.append)
    until(lambda: bool(kept), "the refusal")
    assert "nothing was changed" in str(kept[0])
    assert "reading only" in status(bench)


def _error(code: int) -> driver.Error:
    error = driver.OperationalError("injected")
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize("content", [b"", b"hello", b"SQLite format 3\x00" + b"\xff" * 5000])
def test_that_a_file_that_is_none_is_one_sentence(opened: Opened, path: Path, content: bytes) -> None:
    path.write_bytes(content)
    bench = opened()
    until(lambda: bool(bench.session.read_only), "the sentence")
    until(lambda: bench.session.failure is not None, "the failed look")
    for _ in range(20):
        QApplication.processEvents()
        time.sleep(0.005)
    assert str(path) in status(bench)
    assert len(box_words(bench)) == 1
    assert path.read_bytes() == content


def test_that_a_folder_in_the_place_of_the_store_is_one_sentence(opened: Opened, path: Path) -> None:
    path.unlink()
    path.mkdir()
    bench = opened()
    until(lambda: "is a folder" in status(bench), "the sentence")


def test_that_a_second_window_reads_and_says_who_writes(opened: Opened, path: Path) -> None:
    first = Store.open(path)
    bench = opened()
    until(lambda: len(bench.session.patients) == DEMOS, "the patients")
    assert "Another EndoTune (process" in status(bench)
    first.close()


def test_that_damage_found_in_the_background_ends_the_writing(opened: Opened, path: Path) -> None:
    connection = driver.connect(path, read_only=False)
    connection.execute("UPDATE lab_result SET value = value + 1 WHERE rowid = (SELECT max(rowid) FROM lab_result)")
    connection.close()
    bench = opened()
    until(lambda: "is damaged" in bench.session.read_only_why, "the check")
    until(lambda: bool(bench.session.patients), "the patients")
    assert "is damaged" in status(bench)
    assert damage.is_marked(path)


def test_that_a_patient_with_a_damaged_row_is_refused_and_the_others_open(opened: Opened, path: Path) -> None:
    bench = opened()
    until(lambda: bench.session.record is not None, "the first patient")
    shown = bench.session.record
    assert shown is not None
    other = next(row.patient for row in bench.session.patients if row.patient.id != shown.patient.id)
    connection = driver.connect(path, read_only=False)
    connection.execute("UPDATE visit SET words = words || '!' WHERE patient_id = ?", (other.id,))
    connection.execute("UPDATE axis_profile SET axis = axis || '!' WHERE patient_id = ?", (other.id,))
    connection.close()
    bench.session.open_patient(other.id)
    until(lambda: bench.session.unread is not None or bool(bench.session.read_only), "the refusal")
    until(lambda: "is damaged" in status(bench), "the sentence")
    assert bench.session.record == shown
    bench.session.open_patient(shown.patient.id)
    until(lambda: bench.session.unread is None, "the other one")


def test_that_an_older_file_opens_in_the_window(opened: Opened, path: Path) -> None:
    shutil.copyfile(FILES / "version_1.endotune", path)
    bench = opened()
    until(lambda: bench.session.record is not None, "a patient")
    assert bench.session.read_only == ""


# ---- the lanes -----------------------------------------------------------------------------------------------------
def test_that_closing_checks_what_was_written_and_marks_damage(qapp: QApplication, path: Path) -> None:
    bugs: list[BaseException] = []
    lane = StoreLane(lambda: Store.open(path), bugs.append)
    done: list[object] = []
    lane.run(lambda store: add(store, person(1)), done.append, bugs.append)
    until(lambda: bool(done), "the edit")
    connection = driver.connect(path, read_only=False)
    connection.execute("UPDATE visit SET words = words || '!'")
    connection.close()
    lane.close(check_s=20.0)
    assert not bugs
    assert damage.is_marked(path)


def test_that_closing_does_not_wait_for_a_long_check(
    qapp: QApplication, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped: list[bool] = []

    class Endless(FileCheck):
        def run(self) -> list[str] | None:
            while not stopped:
                time.sleep(0.005)
            return None

        def stop(self) -> None:
            stopped.append(True)

    monkeypatch.setattr(Store, "file_check", lambda store: Endless(store.path))
    bugs: list[BaseException] = []
    lane = StoreLane(lambda: Store.open(path), bugs.append)
    lane.run(lambda store: add(store, person(1)), lambda _: None, bugs.append)
    lane.close(check_s=0.05)
    assert stopped
    again = Store.open(path)
    assert again.record("q1").patient == person(1)
    again.close()
    assert not bugs


def test_that_a_check_that_is_closed_says_nothing(qapp: QApplication, path: Path) -> None:
    said: list[object] = []
    for delay_s in (60.0, 0.0):
        check = StoreCheck(lambda rest: FileCheck(path, rest), said.append, said.append, delay_s)
        check.close()
        assert not check._thread.is_alive()
    QApplication.processEvents()
    assert said == []


def test_that_a_check_of_a_file_that_has_gone_is_no_crash(qapp: QApplication, tmp_path: Path) -> None:
    said: list[object] = []
    check = StoreCheck(lambda rest: FileCheck(tmp_path / "gone", rest), said.append, said.append)
    check._thread.join(10.0)
    QApplication.processEvents()
    assert said == []
    check.close()


def test_that_a_tour_without_room_is_one_line_and_exit_status_3(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str], qapp: QApplication
) -> None:
    from endotune_desktop.app.command_line import main

    def full(*_: object, **__: object) -> Store:
        raise EnvironmentFailed("The disk is full: here. Nothing that was saved is lost")

    monkeypatch.setattr(Store, "open", full)
    monkeypatch.setattr(Workbench, "_make_maker", lambda _: _DrawnMaker())
    assert main(["tour", "-o", str(tmp_path / "pictures")]) == 3
    said = capsys.readouterr().err
    assert said == "endotune: The disk is full: here. Nothing that was saved is lost\n"
