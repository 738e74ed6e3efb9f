"""A stored file of every past version opens; a migration is whole or has not happened."""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from endotune_desktop.clinic.errors import EnvironmentFailed
from endotune_desktop.store import Store, driver, opening
from endotune_desktop.store.integrity import damage_in
from tests.store.filling import FILES, FINDING, PLAN, add, contents, person

MIGRATION_KILLS = 25
UPDATE = 23
"""SQLite's number of the action, as an authorizer hears it."""
VERSIONS = range(1, opening.VERSION + 1)


@pytest.fixture(params=VERSIONS)
def past(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Return a copy of a stored file of one version."""
    return Path(shutil.copyfile(FILES / f"version_{request.param}.endotune", tmp_path / "old.endotune"))


def version_of(path: Path) -> int:
    """Return the schema version that a file carries."""
    connection = driver.connect(path, read_only=False)  # rolls back what a kill left unfinished
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    connection.close()
    return version


def test_that_there_is_a_stored_file_of_every_version() -> None:
    assert {version_of(file): file.name for file in FILES.glob("*.endotune")} == {
        number: f"version_{number}.endotune" for number in VERSIONS
    }


def test_that_a_stored_file_of_each_version_opens_and_is_sealed(past: Path) -> None:
    before = past.read_bytes()
    look = Store.open(past, read_only=True)
    seen = contents(look)
    assert look.check() == []
    look.close()
    assert past.read_bytes() == before
    number = version_of(past)
    store = Store.open(past)
    assert contents(store) == seen
    assert store.record("p1").scenarios[0].plan == PLAN
    assert [row.patient.id for row in store.patients(search="HÁLVORSEN")] == ["p1"]
    assert store.check() == []
    add(store, person(1))
    store.close()
    assert version_of(past) == opening.VERSION
    aside = past.with_name(f"{past.name}.version-{number}")
    assert aside.exists() == (number != opening.VERSION)
    if aside.exists():
        assert version_of(aside) == number


def test_that_a_file_of_each_version_takes_a_finding_and_gives_it_back(past: Path) -> None:
    old = version_of(past)
    store = Store.open(past)
    assert store.record("p1").findings == ((FINDING,) if old == opening.VERSION else ())
    new = replace(FINDING, id="f2", finding="pregnancy", since=None, until=None)
    edit = add(store, new)
    store.close()
    store = Store.open(past)
    assert new in store.record("p1").findings
    assert store.check() == []
    store.apply(edit.inverse())
    assert new not in store.record("p1").findings
    store.close()


def test_that_every_row_of_an_older_file_is_sealed(tmp_path: Path) -> None:
    path = Path(shutil.copyfile(FILES / "version_1.endotune", tmp_path / "old.endotune"))
    store = Store.open(path)
    for (table,) in store._connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        if not table.startswith("_"):
            assert store._connection.execute(f"SELECT count(*) FROM {table} WHERE length(seal) <> 8").fetchone() == (0,)
    store.close()


def test_that_a_new_file_has_the_tables_of_a_migrated_one(tmp_path: Path, store: Store) -> None:
    path = Path(shutil.copyfile(FILES / "version_1.endotune", tmp_path / "old.endotune"))
    migrated = Store.open(path)
    assert opening.schema_print(migrated._connection) == opening.schema_print(store._connection)
    assert opening.schema_print(store._connection) == opening.SCHEMA_PRINT
    migrated.close()
    store.close()


def test_that_a_migration_that_fails_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = Path(shutil.copyfile(FILES / "version_1.endotune", tmp_path / "old.endotune"))
    real = driver.wrapped

    def fail_late(connection: driver.Connection) -> driver.Database:
        def refuse(action: int, table: str | None, *_: str | None) -> int:
            return int(action == UPDATE and table == "setting")  # the last table that the migration seals

        connection.set_authorizer(refuse)
        return real(connection)

    monkeypatch.setattr(driver, "wrapped", fail_late)
    with pytest.raises(EnvironmentFailed, match="may not be used"):
        Store.open(path)
    monkeypatch.undo()
    assert version_of(path) == 1
    look = Store.open(path, read_only=True)
    assert look.record("p1").labs
    look.close()


def test_that_a_file_with_a_half_written_change_is_looked_at_as_before_it(tmp_path: Path) -> None:
    path = Path(shutil.copyfile(FILES / "version_1.endotune", tmp_path / "old.endotune"))
    connection = driver.connect(path, read_only=False)
    connection.execute("PRAGMA cache_size = 1")
    connection.execute("BEGIN IMMEDIATE")
    for number in range(400):
        connection.execute("""INSERT INTO visit (id, patient_id, "on", words) VALUES (?, 'p1', '2026-01-01', ?)""",
                           (f"n{number}", "x" * 400))  # fmt: skip
    torn = tmp_path / "torn.endotune"
    for end in ("", "-journal"):
        shutil.copyfile(path.with_name(path.name + end), torn.with_name(torn.name + end))
    connection.close()
    assert torn.stat().st_size > (FILES / "version_1.endotune").stat().st_size
    before = torn.read_bytes()
    look = Store.open(torn, read_only=True)
    assert len(look.record("p1").visits) == 1
    look.close()
    assert torn.read_bytes() == before


MIGRATE = """
import os, signal, sys
from pathlib import Path
from endotune_desktop.store import Store, driver, migrations
real, limit, steps = driver.connect, int(sys.argv[2]), 0

def step():
    global steps
    steps += 1
    if steps == limit:
        os.kill(os.getpid(), signal.SIGKILL)
    return 0

def connect(path, **words):
    connection = real(path, **words)
    connection.set_progress_handler(step, 100)
    return connection

driver.connect = connect
Store.open(Path(sys.argv[1])).close()
print(steps)
"""


def migrate(path: Path, kill_at: int) -> subprocess.CompletedProcess[str]:
    """Open a file in a process that kills itself after so many of SQLite's steps, 0 for never."""
    words = [sys.executable, "-c", MIGRATE, str(path), str(kill_at)]
    return subprocess.run(words, capture_output=True, text=True, check=False)


@pytest.mark.slow
def test_that_a_kill_during_a_migration_leaves_an_old_or_a_new_file(tmp_path: Path) -> None:
    large = Path(shutil.copyfile(FILES / "version_1.endotune", tmp_path / "large.endotune"))
    connection = driver.connect(large, read_only=False)
    connection.execute(
        """WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 4000)
           INSERT INTO visit (id, patient_id, "on", words) SELECT 'n' || i, 'p1', '2026-01-01', 'words ' || i FROM n"""
    )
    connection.close()
    whole = migrate(Path(shutil.copyfile(large, tmp_path / "whole.endotune")), 0)
    assert whole.returncode == 0, whole.stderr
    steps = int(whole.stdout)
    chance = random.Random(20261125)
    for kill_at in sorted(chance.sample(range(1, steps + 1), MIGRATION_KILLS)):
        path = Path(shutil.copyfile(large, tmp_path / f"{kill_at}.endotune"))
        assert migrate(path, kill_at).returncode == -signal.SIGKILL
        _check_whole(path, version_of(path))


def _check_whole(path: Path, version: int) -> None:
    """Check what a killed migration left, with the eyes of the version that the file carries; then finish it."""
    connection = driver.connect(path, read_only=False)
    assert list(damage_in(connection)) == []
    columns = {row[1] for row in connection.execute("PRAGMA table_info(visit)")}
    assert ("seal" in columns) == (version >= 2)
    tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    later = {"receipt", "receipt_score", "finding"}
    assert later <= tables if version == opening.VERSION else not later & tables
    assert version in (1, opening.VERSION)
    assert connection.execute("SELECT count(*) FROM visit").fetchone()[0] == 4001
    connection.close()
    store = Store.open(path)
    assert len(store.record("p1").visits) == 4001
    assert store.check() == []
    store.close()
