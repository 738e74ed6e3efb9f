"""The commands `tests` and `test`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from endotune_desktop.app.command_line import main
from endotune_desktop.app.own_cut_offs import as_settings
from endotune_desktop.app.paths import settings_path
from endotune_desktop.app.settings import save_settings
from tests.unit.exchange.test_scenario_file import GOOD


@pytest.fixture
def scenario(tmp_path: Path) -> Path:
    """Return a short scenario file."""
    path = tmp_path / "short.endotune.json"
    path.write_text(json.dumps({**GOOD, "duration_days": 2}), encoding="utf-8")
    return path


def found(words: list[str], capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    assert main(words) == 0
    plain = json.loads(capsys.readouterr().out)
    assert isinstance(plain, dict)
    return plain


def test_that_tests_lists_every_protocol(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["tests", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert {"protirelin_thyroid"} <= {entry["id"] for entry in listed}
    assert main(["tests"]) == 0
    assert "protirelin_thyroid" in capsys.readouterr().out


def test_that_test_reads_samples_with_probabilities_that_sum_to_one(
    scenario: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plain = found(["test", str(scenario), "TRH", "--band", "20", "--json"], capsys)
    assert plain["day"] == 2
    assert plain["zero_h"] == 57.0
    chances = plain["probabilities"]
    assert isinstance(chances, dict)
    assert sum(chances.values()) == pytest.approx(1.0)
    assert main(["test", str(scenario), "TRH", "--band", "20"]) == 0
    assert "the clinician decides" in capsys.readouterr().out


def test_that_a_cut_off_of_ones_own_changes_the_reading(scenario: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["test", str(scenario), "TRH", "--band", "2", "--json"]
    usual = found(words, capsys)["cut_offs"]
    strict = found([*words, "--cut-off", "rises=6"], capsys)["cut_offs"]
    assert isinstance(usual, list)
    assert isinstance(strict, list)
    assert (usual[0]["value"], strict[0]["value"]) == (2.5, 6.0)


def test_that_the_settings_hold_a_clinics_own_cut_offs(scenario: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = as_settings({"protirelin_thyroid": {"rises": 3.5}})
    assert save_settings(settings_path(), {**own, "cut_off.protirelin_thyroid.fold": "many"})
    held = found(["test", str(scenario), "TRH", "--band", "2", "--json"], capsys)["cut_offs"]
    assert isinstance(held, list)
    assert [entry["value"] for entry in held if entry["id"] in ("rises", "fold")] == [3.5, 4.4]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["nothing"], "protirelin_thyroid"),
        (["TRH", "--day", "soon"], "--day"),
        (["TRH", "--band", "1"], "--band"),
        (["TRH", "--cut-off", "rises"], "ID=VALUE"),
        (["TRH", "--cut-off", "rises=99"], "1 to 6"),
        (["TRH", "--cut-off", "falls=2"], "rises"),
    ],
)
def test_that_refusals_are_one_line(
    words: list[str], sentence: str, scenario: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["test", str(scenario), *words]) == 2
    captured = capsys.readouterr()
    assert sentence in captured.err
    assert captured.err.count("\n") == 1
