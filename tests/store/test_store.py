"""Round trips, refusals and durability of the store."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import time
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from endotune_desktop.clinic.edits import Edit, RecordChange
from endotune_desktop.clinic.errors import EnvironmentFailed, InputRefused
from endotune_desktop.clinic.person import Sex
from endotune_desktop.clinic.records import AxisProfile, LabResult, Patient
from endotune_desktop.physiology.registry import AXES
from endotune_desktop.store import Store, driver
from endotune_desktop.store.opening import APPLICATION_ID
from tests.store.filling import PLAN, add, records_of_ingrid
from tests.ui.desk import ingrid

KILLS = 200


def test_that_every_kind_of_record_comes_back_as_it_was(store: Store) -> None:
    add(store, *records_of_ingrid())
    path = store.path
    store.close()
    again = Store.open(path)
    found = again.record("p1")
    expected = ingrid()
    assert found.patient == expected.patient
    assert set(found.labs) == set(expected.labs)
    assert found.medication == expected.medication
    assert found.vitals == expected.vitals
    assert found.profiles == expected.profiles
    assert found.scenarios[0].plan == PLAN
    assert [lab.drawn_at for lab in found.labs] == sorted((lab.drawn_at for lab in found.labs), reverse=True)
    assert again.check() == []
    again.close()


def test_that_undo_of_an_edit_leaves_nothing_behind(store: Store) -> None:
    edit = add(store, *records_of_ingrid())
    store.apply(edit.inverse())
    assert store.patients() == ()
    store.close()


def test_that_an_edit_is_whole_or_not_at_all(store: Store) -> None:
    add(store, ingrid().patient)
    lab = ingrid().labs[0]
    orphan = replace(lab, id="orphan", patient_id="nobody")
    with pytest.raises(InputRefused, match="not on file"):
        add(store, lab, orphan)
    assert store.record("p1").labs == ()
    store.close()


def test_that_an_edit_from_an_old_state_is_refused(store: Store) -> None:
    patient = ingrid().patient
    add(store, patient)
    renamed = replace(patient, name="Halvorsen, I.")
    store.apply(Edit("Rename", (RecordChange(patient, renamed),)))
    with pytest.raises(InputRefused, match="changed elsewhere"):
        store.apply(Edit("Rename", (RecordChange(patient, replace(patient, name="X")),)))
    assert store.record("p1").patient == renamed
    store.close()


def test_that_search_finds_parts_of_names_in_any_case(store: Store) -> None:
    add(store, ingrid().patient, replace(ingrid().patient, id="p2", name="Örn, Åsa", number="77", sandbox=True))
    assert [row.patient.id for row in store.patients(search="HALV")] == ["p1"]
    assert [row.patient.id for row in store.patients(search="åsa örn")] == ["p2"]
    assert [row.patient.id for row in store.patients(search="1042 hashi")] == ["p1"]
    assert store.patients(sandbox=False, search="åsa") == ()
    store.close()


def test_that_the_bin_is_emptied_after_thirty_days(store: Store) -> None:
    patient = replace(ingrid().patient, deleted_on=date(2026, 10, 1))
    add(store, patient, ingrid().labs[0])
    assert store.patients() == ()
    assert store.empty_bin(date(2026, 10, 20)) == 0
    assert store.empty_bin(date(2026, 11, 24)) == 1
    assert store.patients(include_deleted=True) == ()
    assert store.check() == []
    store.close()


texts = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=30)


@settings(max_examples=60, deadline=None)
@given(texts, texts, st.floats(0, 500, allow_nan=False), st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1)))
def test_that_values_as_entered_survive(
    tmp_path_factory: pytest.TempPathFactory, text: str, unit: str, value: float, drawn: datetime
) -> None:
    store = Store.open(tmp_path_factory.mktemp("s") / "x.endotune")
    lab = LabResult("l", "p1", "tsh", drawn, True, text, unit, "<", value)
    patient = Patient("p1", text, unit, Sex.MALE, date(1970, 1, 1), 170.0, 70.0, "hpt")
    add(store, patient, lab)
    assert store.record("p1").labs == (lab,)
    assert store.record("p1").patient == patient
    store.close()


# ---- refusals -------------------------------------------------------------------------------------------------------
def test_that_a_first_start_that_was_cut_short_blocks_nobody(tmp_path: Path) -> None:
    path = tmp_path / "patients.endotune"
    path.with_name(f".{path.name}.new").write_bytes(b"half a file")
    store = Store.open(path)
    assert store.created
    assert store.patients() == ()
    store.close()


def test_that_demo_patients_that_are_there_already_are_left_alone(tmp_path: Path, resources: Path) -> None:
    from endotune_desktop.app.demo_store import open_with_demo

    path = tmp_path / "patients.endotune"
    open_with_demo(path, resources, date(2026, 11, 24)).close()
    store = Store.open(path)
    store._connection.execute("DELETE FROM setting")
    store.close()
    again = open_with_demo(path, resources, date(2026, 11, 25))
    written = len(json.loads((resources / "demo" / "cases.json").read_text(encoding="utf-8"))["cases"])
    assert len(again.patients()) == 6 + written
    assert all(again.record(row.patient.id).labs for row in again.patients())
    again.close()


def test_that_the_search_finds_patients_by_the_title_of_any_of_their_axes(tmp_path: Path, resources: Path) -> None:
    from endotune_desktop.app.demo_store import open_with_demo

    store = open_with_demo(tmp_path / "patients.endotune", resources, date(2026, 11, 24))
    for axis in AXES.values():
        having = {row.patient.id for row in store.patients() if axis.id in (row.patient.axis, *row.axes)}
        assert len(having) >= 3, axis.id
        assert having <= {row.patient.id for row in store.patients(search=axis.title)}
    assert store.patients(search="thyroid acromegaly") == ()
    patient = store.patients(search="acromegaly")[0].patient
    store.apply(Edit("Add axis", (RecordChange(None, AxisProfile("new", patient.id, "hpt")),)))
    assert [row.patient.id for row in store.patients(search="thyroid acromegaly")] == [patient.id]
    store.close()


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "empty"), (b"hello", "not a patient file"), (b"SQLite format 3\x00", "not a patient file"),
     (b"\x00" * 4096, "not a patient file")],
)  # fmt: skip
def test_that_other_files_are_refused_by_name_and_left_alone(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "odd.endotune"
    path.write_bytes(content)
    with pytest.raises(InputRefused, match=words):
        Store.open(path)
    assert path.read_bytes() == content


def test_that_a_foreign_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "foreign.endotune"
    connection = driver.connect(path, read_only=False)
    connection.execute("CREATE TABLE theirs (x)")
    connection.execute("PRAGMA application_id = 12345")
    connection.close()
    with pytest.raises(InputRefused, match="another program"):
        Store.open(path)


def test_that_a_newer_schema_is_refused_but_can_be_looked_at(store: Store) -> None:
    path = store.path
    add(store, ingrid().patient)
    store.close()
    connection = driver.connect(path, read_only=False)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(InputRefused, match="newer version"):
        Store.open(path)
    look = Store.open(path, read_only=True)
    assert look.record("p1").patient.name == "Halvorsen, Ingrid"
    look.close()


def test_that_a_damaged_file_is_refused_and_never_overwritten(store: Store) -> None:
    path = store.path
    add(store, *records_of_ingrid())
    store.close()
    whole = bytearray(path.read_bytes())
    for page in range(1, len(whole) // 4096):
        whole[page * 4096 : page * 4096 + 64] = b"\xff" * 64
    path.write_bytes(bytes(whole))
    with pytest.raises(InputRefused, match="damaged"):
        Store.open(path).record("p1")
    assert path.read_bytes() == bytes(whole)


def test_that_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(EnvironmentFailed, match="cannot be made"):
        Store.open(tmp_path / "file" / "deep" / "x.endotune")


def test_that_the_file_carries_our_mark(store: Store) -> None:
    connection = store._connection
    assert connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
    assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    assert connection.execute("PRAGMA synchronous").fetchone()[0] == 2
    assert connection.execute("PRAGMA foreign_keys").fetchone()[0] == 1
    store.close()


# ---- kill -9 -------------------------------------------------------------------------------------------------------
CHILD = """
import sys
from datetime import date
from pathlib import Path
from endotune_desktop.clinic.edits import Edit, RecordChange
from endotune_desktop.clinic.records import Visit
from endotune_desktop.store import Store
store = Store.open(Path(sys.argv[1]))
first = int(sys.argv[2])
for number in range(first, first + 100000):
    two = tuple(RecordChange(None, Visit(f"{number}-{half}", "p1", date(2026, 1, 1), str(number))) for half in "ab")
    store.apply(Edit("x", two))
    print(number, flush=True)
"""


@pytest.mark.slow
def test_that_two_hundred_kills_lose_no_acknowledged_edit(store: Store) -> None:
    add(store, ingrid().patient)
    path = store.path
    store.close()
    chance = random.Random(20261124)
    acknowledged: list[int] = []
    for kill in range(KILLS):
        words = [sys.executable, "-c", CHILD, str(path), str(kill * 100000)]
        child = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
        assert child.stdout is not None
        first = child.stdout.readline()
        time.sleep(chance.random() * 0.03)
        child.send_signal(signal.SIGKILL)
        rest = child.stdout.read()
        child.wait()
        child.stdout.close()
        acknowledged += [int(line) for line in (first + rest).splitlines() if line.strip() and line.strip() == line]
        if kill % 20 == 19:
            _check_kills(path, acknowledged)


def _check_kills(path: Path, acknowledged: list[int]) -> None:
    store = Store.open(path)
    assert store.check() == []
    found = {visit.id for visit in store.record("p1").visits}
    store.close()
    missing = [number for number in acknowledged if f"{number}-a" not in found or f"{number}-b" not in found]
    assert not missing
    halves = {name[:-2] for name in found if f"{name[:-2]}-a" not in found or f"{name[:-2]}-b" not in found}
    assert not halves
