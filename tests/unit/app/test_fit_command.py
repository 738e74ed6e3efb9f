"""The command `fit`: demo patients on a fresh machine, patients on file, and refusals."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from endotune_desktop.app.command_line import main
from endotune_desktop.app.paths import resources_folder, store_path
from endotune_desktop.app.patients import find_patient
from endotune_desktop.clinic.errors import InputRefused
from endotune_desktop.exchange.demo_records import demo_edits
from endotune_desktop.store import Store

SHORT = ["fit", "Demo 4: central hypothyroidism", "--on", "2026-11-24", "--draws", "60"]
TODAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def _fresh_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENDOTUNE_DATA_DIR", str(tmp_path / "data"))


def test_that_a_demo_patient_is_fitted_by_name_and_the_same_seed_gives_the_same_bytes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = [tmp_path / name for name in ("a.json", "b.json")]
    for path in files:
        assert main([*SHORT, "-o", str(path)]) == 0
    assert files[0].read_bytes() == files[1].read_bytes()
    words = capsys.readouterr().out
    assert "independent thing" in words
    assert "taken from the population" in words
    assert "clinician decides" in words
    plain = json.loads(files[0].read_text(encoding="utf-8"))
    axis = next(entry for entry in plain["axes"] if entry["axis"] == "hpt")
    assert len(axis["results"]) == 9
    for estimate in axis["estimates"]:
        assert estimate["p05"] <= estimate["p95"]
        assert estimate["learned"] <= 1.0
    assert axis["posterior"]["draws"] == 60


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["fit", "nobody"], "PATIENT"),
        (["fit", "D1", "--axis", "hpa"], "--axis"),
        (["fit", "D1", "--on", "yesterday"], "--on"),
        (["fit", "D1", "--draws", "3"], "--draws"),
    ],
)
def test_that_what_cannot_be_fitted_is_refused_in_one_line(
    words: list[str], named: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 2
    said = capsys.readouterr().err
    assert named in said
    assert said.count("\n") == 1


def test_that_a_patient_on_file_comes_before_a_demo_patient_and_is_only_looked_at() -> None:
    edit = demo_edits(resources_folder() / "demo" / "patients.json", TODAY)[0]
    store = Store.open(store_path())
    store.apply(edit)
    store.close()
    before = store_path().read_bytes()
    by_number, by_name = find_patient("d1", TODAY), find_patient("demo 1: UNDERDOSED", TODAY)
    assert by_number == by_name == find_patient(by_number.patient.id, TODAY)
    assert len(by_number.labs) == 15
    assert store_path().read_bytes() == before


def test_that_demo_patients_are_the_records_that_the_store_gives_back() -> None:
    fresh = find_patient("D1", TODAY)
    edit = demo_edits(resources_folder() / "demo" / "patients.json", TODAY)[0]
    store = Store.open(store_path())
    store.apply(edit)
    held = store.record(fresh.patient.id)
    store.close()
    assert {lab.id for lab in fresh.labs} == {lab.id for lab in held.labs}
    assert [lab.drawn_at for lab in fresh.labs] == [lab.drawn_at for lab in held.labs]
    assert fresh.medication == held.medication
    assert fresh.profiles == held.profiles


def test_that_a_name_that_two_patients_have_is_refused_with_their_ids(monkeypatch: pytest.MonkeyPatch) -> None:
    from endotune_desktop.exchange import demo_patients

    both = demo_patients.demo_patients(resources_folder() / "demo", TODAY)[:2]
    from dataclasses import replace

    twins = tuple(replace(record, patient=replace(record.patient, name="Same")) for record in both)
    monkeypatch.setattr(demo_patients, "demo_patients", lambda folder, today: twins)
    with pytest.raises(InputRefused, match="2 patients") as refused:
        find_patient("same", TODAY)
    assert both[0].patient.id in str(refused.value)
