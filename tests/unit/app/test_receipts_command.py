"""``endotune receipts``, and the past forecasts of the demo patients that it lists."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from endotune_desktop.app.command_line import main
from endotune_desktop.app.demo_store import open_with_demo
from endotune_desktop.app.paths import DATA_VARIABLE
from endotune_desktop.clinic.records import PatientRecord
from endotune_desktop.exchange.demo_receipts import demo_receipts, plain_receipts
from endotune_desktop.physiology.registry import AXES
from endotune_desktop.store import Store
from endotune_desktop.workbench.known_then import adopted_on, known_on, plan_starts
from endotune_desktop.workbench.receipt_scores import SCORED, due_scores
from tests.store.filling import add
from tests.ui.desk import ingrid
from tests.unit.workbench.receipt_samples import followed, receipt, result

RESOURCES = Path(__file__).resolve().parents[3] / "resources"
FIRST = date(2026, 11, 24)


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of a store with one scored receipt."""
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path))
    store = Store.open(tmp_path / "patients.endotune")
    record = followed(result("3.2"))
    add(store, record.patient, *record.labs, *record.medication, *record.profiles, *record.receipts)
    add(store, *due_scores(store.record("p1"), record.receipts[0].due_at))
    store.close()
    return tmp_path


@pytest.mark.parametrize("asked", ["p1", "1042", "halvorsen"])
def test_that_a_patient_is_found_by_id_number_or_name(
    kept: Path, capsys: pytest.CaptureFixture[str], asked: str
) -> None:
    assert main(["receipts", asked]) == 0
    head, row = capsys.readouterr().out.splitlines()
    assert head.split()[:3] == ["due", "axis", "marker"]
    assert row.split()[2:8] == ["hpt", "tsh", "2.083", "3", "4.321", "mIU/L"]
    assert "scored" in row


def test_that_json_holds_all_that_was_kept(kept: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["receipts", "p1", "--json"]) == 0
    (plain,) = json.loads(capsys.readouterr().out)
    assert len(plain["draws"]) == len(plain["population"]) == 64
    assert (plain["seed"], plain["score"]["verdict"], plain["plan"]["from_day"]) == (1, SCORED, "2026-10-13")


def test_that_the_sum_keeps_real_and_invented_apart(kept: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["receipts"]) == 0
    out = capsys.readouterr().out
    assert "patients: 1 scored forecasts of 1 patients" in out
    assert "invented: 0 scored forecasts" in out
    assert main(["receipts", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["patients"]["count"] == 1


def test_that_nobody_and_too_many_are_refused(kept: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["receipts", "Nobody"]) == 2
    assert "no such patient" in capsys.readouterr().err


def test_that_receipts_survive_their_file(tmp_path: Path) -> None:
    path = tmp_path / "receipts.json"
    path.write_text(json.dumps({"receipts": plain_receipts([receipt()], FIRST)}), encoding="utf-8")
    assert demo_receipts(path, FIRST) == (receipt(),)
    (later,) = demo_receipts(path, FIRST + timedelta(days=10))
    assert later.due_at - receipt().due_at == later.made_at - receipt().made_at == timedelta(days=10)


def test_that_the_past_is_known_as_it_was() -> None:
    record, day = ingrid(), date(2026, 8, 31)
    known = known_on(record, day)
    assert {lab.drawn_at.date() for lab in known.labs} == {date(2026, 8, 28)}
    assert [(order.dose, order.stop) for order in known.medication] == [(75.0, None)]
    assert plan_starts(record, AXES["hpt"]) == (date(2026, 3, 12), day)
    edit = adopted_on(record, day, AXES["hpt"])
    assert {(c.before is None, c.record.id) for c in edit.changes} == {(True, "m2"), (False, "m1")}
    missed = replace(record.medication[0], missed=(date(2026, 10, 1),))
    later = PatientRecord(record.patient, medication=(missed,))
    (change,) = adopted_on(later, day, AXES["hpt"]).changes
    assert change.after == replace(missed, missed=())


def test_that_demo_forecasts_hang_on_the_day_their_patients_came(tmp_path: Path) -> None:
    """Every one was made before its result came, from the results known then; most of them meet theirs."""
    store = open_with_demo(tmp_path / "a.endotune", RESOURCES, FIRST)
    first = store.receipts(sandbox=True)
    store.close()
    store = open_with_demo(tmp_path / "a.endotune", RESOURCES, FIRST + timedelta(days=3))
    assert store.receipts(sandbox=True) == first
    assert store.check() == []
    scored = [(made, score) for made, score in first if score.verdict == SCORED]
    assert len(scored) >= 20
    assert len({made.patient_id for made, _ in scored}) >= 5
    for made, score in first:
        assert score.drawn_at is not None
        assert made.made_at < score.drawn_at
        known = known_on(store.record(made.patient_id), made.made_at.date())
        assert known.labs or made.visits == 0
    store.close()
