"""``endotune indices``: the card on the command line, and as JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from endotune_desktop.app.command_line import main

SCENARIO = Path(__file__).resolve().parents[3] / "resources" / "scenarios" / "athyreotic_levothyroxine.endotune.json"


def test_that_the_card_is_printed_with_every_number(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["indices", str(SCENARIO), "--band", "3"]) == 0
    shown = capsys.readouterr().out
    for words in ("Steered from outside", "Own steering", "From outside", "Time to recover", "SPINA-GT", "options"):
        assert words in shown


def test_that_json_holds_every_index_and_no_nan(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["indices", str(SCENARIO), "--json", "--band", "0"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["axis"] == "hpt"
    assert found["numbers"]["outside"]["value"] == pytest.approx(100.0)
    assert found["numbers"]["steering"]["low"] is None
    assert found["indices"]["own"]["cancels_slow"] == pytest.approx(89.0, abs=3.0)
    assert found["recovery"]["shown"] is True
    assert set(found["established"]) == {"spina_gt", "spina_gd", "tshi", "ttsi"}


def test_that_equal_input_gives_equal_bytes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["indices", str(SCENARIO), "--json", "--band", "3"]) == 0
    first = capsys.readouterr().out
    assert main(["indices", str(SCENARIO), "--json", "--band", "3"]) == 0
    assert capsys.readouterr().out == first


@pytest.mark.parametrize("words", [["--band", "many"], ["--band", "999"], ["--day", "tomorrow"]])
def test_that_refusals_are_one_line(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["indices", str(SCENARIO), *words]) == 2
    said = capsys.readouterr().err
    assert said.startswith("endotune: ")
    assert said.count("\n") == 1
