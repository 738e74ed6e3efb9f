"""The cases: read strictly, judged row by row, shown by the command."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from endotune_desktop.app.command_line import main
from endotune_desktop.app.commands import verify_cases
from endotune_desktop.clinic.errors import InputRefused
from endotune_desktop.exchange.cases import COLUMNS, read_cases

ROOT = Path(__file__).parents[3] / "resources"
HEAD = ",".join(COLUMNS) + "\n"
NAME = "07.before.excess.hpt"
GOOD = [
    f"7,Excess,before,{NAME},tsh,tsh@08:00+0d,mIU/L,down|down2,healthy,must,book,",
    f"7,Excess,before,{NAME},ft4,ft4@08:00+0d,pmol/L,down,healthy,aim,book,",
    "7,Excess,treated,07.treated.excess.hpt,ft4,ft4@08:00+13d // ft4@08:00+0d,pmol/L,falls,before,aim,book,",
    f"7,Excess,before,{NAME},protirelin_thyroid,,,absent,test,aim,book,",
    "7,Excess,before,,thyroglobulin,,,down,,aim,book,not a marker",
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder of cases beside the shipped links and function tests."""
    for name in ("links", "function_tests"):
        shutil.copytree(ROOT / name, tmp_path / name)
    cases = tmp_path / "cases"
    cases.mkdir()
    for path in (ROOT / "cases").glob("07.*"):
        shutil.copy(path, cases)
    shutil.copy(ROOT / "cases" / "thresholds.json", cases)
    (cases / "cases.csv").write_text(HEAD + "\n".join(GOOD) + "\n", encoding="utf-8")
    return cases


def test_that_rows_agree_disagree_or_are_not_modelled(folder: Path) -> None:
    verdicts = read_cases(folder).judged()
    assert [verdict.agrees for verdict in verdicts] == [True, False, True, True, False]
    assert [verdict.found for verdict in verdicts[1:]] == ["up", "falls", "absent", "not modelled"]
    assert verdicts[0].value < 0.1 < verdicts[0].compared


def test_that_the_command_counts_and_fails_only_for_a_must(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(verify_cases, "resources_folder", lambda: folder.parent)
    assert main(["verify", "--cases"]) == 0
    shown = capsys.readouterr().out
    assert "DISAGREES" in shown
    assert "agree in sign: 3 of 4" in shown
    text = (folder / "cases.csv").read_text(encoding="utf-8")
    (folder / "cases.csv").write_text(text.replace("down,healthy,aim", "down,healthy,must"), encoding="utf-8")
    assert main(["verify", "--cases", "--json"]) == 1
    plain = json.loads(capsys.readouterr().out)
    assert plain["counts"] == {
        "rows": 5, "modelled": 4, "agree_in_sign": 3, "agree_exactly": 3, "must": 2, "must_agree": 1,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (",down,healthy", ",sideways,healthy", "row 3, expected"),
        ("healthy,aim", "healthy,maybe", "row 3, level"),
        ("falls,before", "falls,yesterday", "row 4, against"),
        ("7,Excess,before,,thyro", "x,Excess,before,,thyro", "row 6"),
        ("case,title", "number,title", "head"),
    ],
)
def test_that_a_damaged_table_is_refused_by_row(folder: Path, old: str, new: str, sentence: str) -> None:
    text = (folder / "cases.csv").read_text(encoding="utf-8")
    assert old in text
    (folder / "cases.csv").write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(InputRefused, match=sentence):
        read_cases(folder)


def test_that_an_observable_that_cannot_be_read_names_its_row(folder: Path) -> None:
    text = (folder / "cases.csv").read_text(encoding="utf-8")
    (folder / "cases.csv").write_text(text.replace("tsh@08:00+0d", "tsj@08:00+0d"), encoding="utf-8")
    with pytest.raises(InputRefused, match="case 7, before, tsh"):
        read_cases(folder).judged()
