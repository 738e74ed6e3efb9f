"""The commands and their exit statuses."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from endotune_desktop.app.command_line import main
from tests.unit.exchange.test_scenario_file import GOOD


@pytest.fixture
def scenario(tmp_path: Path) -> Path:
    """Return a short scenario file."""
    path = tmp_path / "short.endotune.json"
    path.write_text(json.dumps({**GOOD, "duration_days": 2}), encoding="utf-8")
    return path


def test_that_simulate_writes_a_column_for_each_marker(scenario: Path, tmp_path: Path) -> None:
    out = tmp_path / "course.csv"
    assert main(["simulate", str(scenario), "-o", str(out), "--states"]) == 0
    rows = list(csv.DictReader(out.read_text(encoding="utf-8").splitlines()))
    assert len(rows) == 49
    assert list(rows[0])[:6] == ["time_h", "tsh", "ft4", "ft3", "tt4", "tt3"]
    assert "lnMP" in rows[0]
    assert float(rows[-1]["time_h"]) == 48.0


def test_that_simulate_prints_without_a_file(scenario: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["simulate", str(scenario)]) == 0
    captured = capsys.readouterr()
    assert captured.out.startswith("time_h,tsh,")
    assert "scenario " in captured.err


@pytest.mark.parametrize(
    ("words", "status", "sentence"),
    [
        (["simulate", "nowhere.json"], 2, "no such file"),
        (["simulate", "{scenario}", "--rtol", "7"], 2, "--rtol"),
        (["simulate", "{scenario}", "--band", "1"], 2, "--band"),
        (["simulate", "{scenario}", "--band", "-5"], 2, "--band"),
        (["simulate", "{scenario}", "--band", "a few"], 2, "--band"),
        (["simulate", "{scenario}", "-o", "/nowhere/at/all/x.csv"], 3, "could not be written"),
        (["axes", "xyz"], 2, "hpt"),
        (["verify", "xyz"], 2, "hpt"),
        (["verify", "--facts", "nowhere.csv"], 2, "nowhere.csv"),
        (["nonsense"], 2, "nonsense"),
        (["tour"], 2, "-o"),
    ],
)
def test_that_failures_are_one_line_and_a_status(
    words: list[str], status: int, sentence: str, scenario: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([word.format(scenario=scenario) for word in words]) == status
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1
    assert sentence in captured.err
    assert "Traceback" not in captured.err


def test_that_debug_shows_the_traceback() -> None:
    from endotune_desktop.clinic.errors import InputRefused

    with pytest.raises(InputRefused):
        main(["simulate", "nowhere.json", "--debug"])


def test_that_axes_describes_an_axis_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["axes", "hpt", "--json"]) == 0
    plain = json.loads(capsys.readouterr().out)
    assert {"states", "parameters", "markers", "agents", "lesions"} <= set(plain)
    setpoint = next(p for p in plain["parameters"] if p["id"] == "setpoint")
    assert setpoint["omega"] == 0.85
    assert next(m for m in plain["markers"] if m["id"] == "tsh")["loinc"] == "3016-3"


def test_that_axes_lists_and_describes_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["axes"]) == 0
    assert "hpt" in capsys.readouterr().out
    assert main(["axes", "hpt"]) == 0
    assert "levothyroxine" in capsys.readouterr().out


def test_that_verify_fails_only_for_a_must(tmp_path: Path, capsys: pytest.CaptureFixture[str], scenario: Path) -> None:
    head = "id,axis,level,scenario,observable,low,high,unit,source,note\n"
    table = tmp_path / "facts.csv"
    table.write_text(head + f"A,hpt,aim,{scenario.name},mean(tsh),1000,,mIU/L,,\n", encoding="utf-8")
    assert main(["verify", "--facts", str(table)]) == 0
    assert "MISS" in capsys.readouterr().out
    table.write_text(head + f"A,hpt,must,{scenario.name},mean(tsh),1000,,mIU/L,,\n", encoding="utf-8")
    assert main(["verify", "hpt", "--facts", str(table), "--json"]) == 1
    assert json.loads(capsys.readouterr().out)[0]["passed"] is False


def test_that_a_window_without_a_display_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    assert main([]) == 3
    assert "endotune tour" in capsys.readouterr().err


def test_that_a_band_adds_ordered_percentiles_around_the_course(tmp_path: Path, scenario: Path) -> None:
    assert main(["simulate", str(scenario), "--band", "40", "-o", str(tmp_path / "a.csv")]) == 0
    assert main(["simulate", str(scenario), "--band", "40", "-o", str(tmp_path / "b.csv")]) == 0
    text = (tmp_path / "a.csv").read_text()
    assert text == (tmp_path / "b.csv").read_text()
    names = text.splitlines()[0].split(",")
    last = dict(zip(names, map(float, text.splitlines()[-1].split(",")), strict=True))
    for marker in ("tsh", "ft4", "ft3", "tt4", "tt3"):
        band = [last[f"{marker}_{name}"] for name in ("p05", "p25", "p50", "p75", "p95")]
        assert band == sorted(band)
        assert band[0] < last[marker] < band[4]
