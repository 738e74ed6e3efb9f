"""``endotune cohort``: the same numbers from every crew, after every interruption."""

from __future__ import annotations

import csv
import json
import os
import re
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from typing import Any

import distributed
import pyarrow as arrow
import pyarrow.parquet as parquet
import pytest

from endotune_desktop.app.command_line import main
from endotune_desktop.app.commands.cohort_progress import Progress
from endotune_desktop.exchange.cohort_file import dump_cohort, load_cohort
from tests.unit.exchange.test_cohort_file import COHORT

ROOT = Path(__file__).resolve().parents[3]


def spec(folder: Path, **other: object) -> Path:
    """Return a small cohort file: two days, two arms."""
    path = folder / "cohort.json"
    plain: dict[str, Any] = {**COHORT, "scenario": {**COHORT["scenario"], "duration_days": 1, "events": []}}
    plain |= {"count": 300, "observables": ["tsh@07:30", "mean(ft4)"], **other}
    path.write_text(json.dumps(plain), encoding="utf-8")
    return path


def finished(folder: Path, name: str, *words: str, **other: object) -> Path:
    """Return the output of a run that must go well."""
    out = folder / name
    assert main(["cohort", str(spec(folder, **other)), "-o", str(out), *words]) == 0
    return out


def begun(words: list[str]) -> subprocess.Popen[str]:
    """Start the command in a process group of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "endotune_desktop", "cohort", *words], cwd=ROOT, text=True, start_new_session=True,
        stderr=subprocess.PIPE, stdout=subprocess.PIPE,
        # A run in the background may have been told to ignore Ctrl-C, and its children with it.
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
    )  # fmt: skip


def wait_for_chunks(folder: Path, count: int, process: subprocess.Popen[str]) -> None:
    """Wait until some chunks are finished."""
    for _ in range(1200):
        if len(list(folder.glob("0*.csv"))) >= count or process.poll() is not None:
            break
        time.sleep(0.05)
    assert process.poll() is None, process.communicate()
    assert list(folder.glob("0*.csv"))


@pytest.fixture(scope="module")
def numbers(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, arrow.Table]:
    """Return what one thread gives, as CSV and as a Parquet table."""
    folder = tmp_path_factory.mktemp("serial")
    table = parquet.read_table(finished(folder, "out.parquet", "--backend", "serial"))
    return finished(folder, "out.csv", "--backend", "serial").read_bytes(), table


def test_that_a_table_has_a_row_for_each_person_and_arm(numbers: tuple[bytes, arrow.Table]) -> None:
    rows = list(csv.DictReader(numbers[0].decode("utf-8").splitlines()))
    assert len(rows) == 600
    assert list(rows[0]) == [
        "id", "arm", "sex", "age_years", "height_cm", "weight_kg", "adherence", "setpoint", "slope", "cl4", "conv",
        "gt", "tsh@07:30", "mean(ft4)", "failed",
    ]  # fmt: skip
    assert [(row["id"], row["arm"]) for row in rows[:3]] == [("1", "as it is"), ("1", "125 µg"), ("2", "as it is")]
    assert rows[0]["setpoint"] == rows[1]["setpoint"]
    assert float(rows[0]["mean(ft4)"]) > 0.0


def test_that_parquet_holds_what_the_csv_holds(numbers: tuple[bytes, arrow.Table]) -> None:
    text, table = numbers
    rows = list(csv.DictReader(text.decode("utf-8").splitlines()))
    assert table.num_rows == len(rows)
    for entry in table.schema:
        found = ["" if value is None else value for value in table.column(entry.name).to_pylist()]
        kind = str if entry.type == arrow.string() else float
        assert found == [kind(row[entry.name]) if row[entry.name] else "" for row in rows]
    made = table.schema.metadata[b"endotune.cohort"].decode("utf-8")
    assert dump_cohort(load_cohort(made, "inside", Path())) == made


@pytest.mark.slow
@pytest.mark.parametrize("backend", ["threads", "processes", "dask"])
def test_that_every_crew_gives_the_same_bytes(
    backend: str, numbers: tuple[bytes, arrow.Table], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("--backend", backend, "--workers", "2")
    assert finished(tmp_path, "out.csv", *words).read_bytes() == numbers[0]
    said = capsys.readouterr().err
    assert "300 of 300 persons, 100%" in said
    assert "a second\n" in said
    assert re.search(r"\ncohort [0-9a-f]{64}\n$", said)
    if backend != "dask":
        assert parquet.read_table(finished(tmp_path, "out.parquet", *words)).equals(numbers[1], check_metadata=True)


@pytest.mark.slow
def test_that_an_existing_cluster_gives_the_same_table(numbers: tuple[bytes, arrow.Table], tmp_path: Path) -> None:
    kept_here = {"threads_per_worker": 1, "processes": False, "dashboard_address": None}
    with distributed.LocalCluster(2, **kept_here) as cluster:  # type: ignore[no-untyped-call]
        out = finished(tmp_path, "out.parquet", "--scheduler", cluster.scheduler_address)
    assert parquet.read_table(out).equals(numbers[1], check_metadata=True)


MANY: dict[str, Any] = {"count": 1250, "observables": ["tsh@07:30"], "arms": COHORT["arms"][:1]}


@pytest.fixture(scope="module")
def uninterrupted(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return the table of five chunks, as a run that nobody ends writes it."""
    return finished(tmp_path_factory.mktemp("whole"), "out.csv", "--backend", "serial", **MANY).read_bytes()


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="signals are POSIX")
@pytest.mark.parametrize(("end", "status"), [(signal.SIGKILL, -9), (signal.SIGINT, 130)])
def test_that_a_run_that_was_ended_goes_on_to_the_same_file(
    end: signal.Signals, status: int, uninterrupted: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = [str(spec(tmp_path, **MANY)), "-o", str(tmp_path / "out.csv")]
    process = begun([*words, "--workers", "2"])
    wait_for_chunks(tmp_path / "out.csv.partial", 1, process)
    if end == signal.SIGKILL:
        process.kill()  # its workers are left alone, and hold the pipe open until they end of themselves
    else:
        os.killpg(process.pid, end)
    _, said = process.communicate(timeout=60)
    assert process.returncode == status
    assert not (tmp_path / "out.csv").exists()
    if end == signal.SIGINT:
        assert "persons are done and kept in" in said
        assert "the same command goes on" in said
        assert "Traceback" not in said
        assert "Warning" not in said
    kept = len(list((tmp_path / "out.csv.partial").glob("0*.csv")))
    assert 0 < kept < 5
    assert main(["cohort", *words, "--backend", "serial"]) == 0
    assert f"{250 * kept} of 1250 persons were done before" in capsys.readouterr().err
    assert (tmp_path / "out.csv").read_bytes() == uninterrupted
    assert not (tmp_path / "out.csv.partial").exists()


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="resource limits are POSIX")
def test_that_a_disk_that_takes_no_more_is_one_sentence_and_a_status(tmp_path: Path) -> None:
    code = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000)); "
        "from endotune_desktop.app.command_line import main; sys.exit(main(sys.argv[1:]))"
    )
    words = ["cohort", str(spec(tmp_path)), "-o", str(tmp_path / "out.csv"), "--backend", "serial"]
    found = subprocess.run([sys.executable, "-c", code, *words], cwd=ROOT, capture_output=True, text=True, check=False)
    assert found.returncode == 3
    assert found.stderr.count("\n") == 1
    assert "could not be written" in found.stderr
    assert not (tmp_path / "out.csv").exists()


@pytest.mark.parametrize(
    ("words", "status", "sentence"),
    [
        (["nowhere.json", "-o", "x.csv"], 2, "no such file"),
        (["{spec}", "-o", "x.xlsx"], 2, ".parquet, .csv"),
        (["{spec}", "-o", "x.csv", "--backend", "cloud"], 2, "serial, threads, processes, dask"),
        (["{spec}", "-o", "x.csv", "--workers", "0"], 2, "--workers"),
        (["{spec}", "-o", "x.csv", "--backend", "serial", "--scheduler", "tcp://a:1"], 2, "--scheduler"),
        (["{wrong}", "-o", "x.csv", "--backend", "serial"], 2, "observables[1]"),
        (["{spec}", "-o", "/nowhere/at/all/x.csv", "--backend", "serial"], 3, "could not be written"),
        (["{spec}"], 2, "-o"),
    ],
)
def test_that_failures_are_one_line_and_a_status(
    words: list[str], status: int, sentence: str, tmp_path: Path, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    (tmp_path / "wrong").mkdir()
    names = {"spec": spec(tmp_path), "wrong": spec(tmp_path / "wrong", observables=["tsh@07:30", "tsh@07:30+9d"])}
    assert main(["cohort", *(word.format(**names) for word in words)]) == status
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1
    assert sentence in captured.err
    assert not list(tmp_path.glob("x.*"))


@pytest.mark.parametrize(("name", "module", "extra"), [("x.parquet", "pyarrow", "cohort"),
                                                        ("x.csv", "joblib", "cohort")])  # fmt: skip
def test_that_a_missing_extra_is_named_before_anything_is_computed(
    name: str, module: str, extra: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    for loaded in [loaded for loaded in sys.modules if loaded.split(".")[0] == module]:
        monkeypatch.setitem(sys.modules, loaded, None)
    monkeypatch.setitem(sys.modules, module, None)
    assert main(["cohort", str(spec(tmp_path)), "-o", str(tmp_path / name), "--workers", "2"]) == 3
    assert f"pip install 'endotune-desktop[{extra}]'" in capsys.readouterr().err
    assert not list(tmp_path.glob("x.*"))


def test_that_csv_and_a_serial_run_need_no_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("joblib", "pyarrow", "distributed"):
        monkeypatch.setitem(sys.modules, name, None)
    assert finished(tmp_path, "out.csv", "--backend", "serial", count=3).read_text(encoding="utf-8").count("\n") == 7


def test_that_a_cohort_in_which_nobody_has_an_answer_fails_the_check(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    vary = {"height_cm": {"law": "uniform", "low": 212, "high": 215}}
    out = tmp_path / "out.csv"
    assert main(["cohort", str(spec(tmp_path, count=3, vary=vary)), "-o", str(out), "--backend", "serial"]) == 1
    assert "6 of 6 rows have no answer" in capsys.readouterr().err
    assert out.read_text(encoding="utf-8").count("outside the thyroid model") == 6


class Said:
    """A stream that remembers."""

    def __init__(self, live: bool) -> None:
        self.live, self.text = live, ""

    def isatty(self) -> bool:
        return self.live

    def write(self, text: str) -> int:
        self.text += text
        return len(text)

    def flush(self) -> None:
        pass


@pytest.mark.parametrize("live", [True, False])
def test_that_progress_is_one_line_where_it_is_seen_and_twenty_where_it_is_not(live: bool) -> None:
    now = [0.0]
    said = Said(live)
    progress = Progress(said, 10_000, 2_000, lambda: now[0])  # type: ignore[arg-type]
    for done in range(2_100, 10_001, 100):
        now[0] += 1.0
        progress.told(done)
    progress.ended(progress.pace())
    assert said.text.startswith("2000 of 10000 persons were done before\n")
    assert said.text.endswith("8000 persons in 1 min 20 s, 100 a second\n")
    assert "6000 of 10000 persons, 60%, 100 a second, 40 s left" in said.text
    assert said.text.count("\n") == (2 if live else 18)
