"""The store against its budget: ten thousand patients with two hundred results each."""

from __future__ import annotations

import random
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

from endotune_desktop.app.measuring.figures import Figure, quantile
from endotune_desktop.clinic.edits import Edit, RecordChange
from endotune_desktop.clinic.person import Sex
from endotune_desktop.clinic.records import LabResult, Patient, Record, Visit
from endotune_desktop.store import Store

PATIENTS = 10_000
LABS = 200
VISITS = 10
PATIENTS_AN_EDIT = 100
SEED = 20261125
_NAMES = ("Halvorsen", "Müller", "Örn", "Okafor", "Verdier", "Nowak", "Łukasik", "Smith", "Jónsdóttir", "García")
_SEARCHES = ("h", "ha", "hal", "halvorsen", "mull", "okafor, c", "999", "hashimoto", "zzz", "jons d12", "")
_ANALYTES = (("tsh", "mIU/L"), ("ft4", "pmol/L"), ("ft3", "pmol/L"))


def store_figures(patients: int = PATIENTS, labs: int = LABS, runs: int = 5) -> list[Figure]:
    """Fill a store with invented persons and time what a person waits for.

    Parameters
    ----------
    patients, labs : int
        How many persons, and how many results each.
    runs : int
    """
    chance = random.Random(SEED)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.endotune"
        store = Store.open(path)
        for first in range(0, patients, PATIENTS_AN_EDIT):
            people = range(first, min(first + PATIENTS_AN_EDIT, patients))
            changes = (RecordChange(None, record) for number in people for record in _person(chance, number, labs))
            store.apply(Edit("Fill", tuple(changes)))
        store.close()
        size = f"{patients} patients, {labs} results each, {path.stat().st_size / 1e6:.0f} MB"
        opened = [_timed(lambda: _open_and_list(path)) for _ in range(runs)]
        store = Store.open(path)
        ids = [row.patient.id for row in store.patients()]
        searches = [_timed(lambda text=text: store.patients(search=text)) * 1e3  # type: ignore[misc]
                    for _ in range(runs) for text in _SEARCHES]  # fmt: skip
        asked = chance.sample(ids, min(len(ids), 100))
        records = [_timed(lambda one=one: store.record(one)) * 1e3 for one in asked]  # type: ignore[misc]
        edits = [_timed(lambda one=one: _one_more(store, one)) * 1e3 for one in asked]  # type: ignore[misc]
        checked = _timed(lambda: store.file_check().run())
        store.close()
    return [
        Figure("open a store and list it", "s", tuple(opened), 1.0, note=size),
        Figure("search as you type", "ms", tuple(searches), 50.0, note=f"p95 {quantile(searches, 0.95):.1f}"),
        Figure("open a patient", "ms", tuple(records), 100.0, note=f"p95 {quantile(records, 0.95):.1f}"),
        Figure("an edit on the disk and in the list", "ms", tuple(edits), 50.0),
        Figure("full check of the file, without its rests", "s", (checked,), 60.0, note="on its own thread"),
    ]


def _timed(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def _open_and_list(path: Path) -> None:
    store = Store.open(path)
    store.patients(sandbox=False)
    store.close()


def _one_more(store: Store, patient_id: str) -> None:
    visit = Visit(str(uuid.uuid4()), patient_id, date(2026, 11, 25), "Well.")
    store.apply(Edit("Add a visit", (RecordChange(None, visit),)))


def _person(chance: random.Random, number: int, labs: int) -> Iterator[Record]:
    """Yield an invented patient with results over ten years and some visits."""

    def new_id() -> str:
        return str(uuid.UUID(int=chance.getrandbits(128), version=4))

    patient_id = new_id()
    name = f"{chance.choice(_NAMES)}, {chance.choice('ABCDEFGH')}{number}"
    born = date(1930, 1, 1) + timedelta(days=chance.randrange(28_000))
    yield Patient(patient_id, name, str(number), Sex.FEMALE, born, 165.0, 68.0, "hpt", "Hashimoto")
    begun = datetime(2016, 1, 4, 7, 30)
    for drawn in range(labs):
        analyte, unit = _ANALYTES[drawn % len(_ANALYTES)]
        value = round(chance.uniform(0.5, 20.0), 2)
        yield LabResult(
            new_id(), patient_id, analyte, begun + timedelta(days=54 * (drawn // len(_ANALYTES))), True, str(value),
            unit, "", value, "City lab", "", 0.4, 4.0,
        )  # fmt: skip
    for visit in range(VISITS):
        yield Visit(new_id(), patient_id, begun.date() + timedelta(days=365 * visit), "Still tired, gained 2 kg.")
