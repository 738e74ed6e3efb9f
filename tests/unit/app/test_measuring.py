"""The bench measures what it says, keeps its form, and leaves cleanly; no test here looks at how long anything took."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from endotune_desktop.app.command_line import main
from endotune_desktop.app.commands import bench
from endotune_desktop.app.measuring import equal_error, soak
from endotune_desktop.app.measuring.accuracy import BOUND, compared
from endotune_desktop.app.measuring.equal_error import Course, ratios
from endotune_desktop.app.measuring.figures import HEAD, Figure
from endotune_desktop.app.measuring.limit import limits
from endotune_desktop.app.measuring.machine import machine_facts, machine_line, speed_reference
from endotune_desktop.app.measuring.problems import Problem, problem_of, usual_treatment
from endotune_desktop.app.measuring.random_scenarios import random_scenario
from endotune_desktop.app.measuring.rivals import OWN, RIVALS, scipy_compiled, scipy_reference
from endotune_desktop.app.measuring.soak import SoakResult
from endotune_desktop.app.measuring.work_precision import Point, points_csv
from endotune_desktop.exchange.scenario_file import dump_scenario, read_scenario, scenario_of
from endotune_desktop.physiology.axis import Axis
from endotune_desktop.physiology.hpt import HPT
from endotune_desktop.physiology.registry import AXIS_IDS
from endotune_desktop.simulation import CancelFlag


def silent(_: str) -> None:
    """Say nothing."""


@pytest.fixture(scope="module")
def problem() -> Problem:
    """Return two days of usual dosing."""
    return problem_of("hpt, two days", HPT, usual_treatment(HPT, 2.0), 200)


def test_that_ratios_are_taken_at_the_achieved_error(problem: Problem) -> None:
    found = ratios(problem, silent, rounds=2)
    assert [figure.unit for figure in found].count("ms") == 2
    for figure in found:
        assert figure.values, figure
        assert all(value > 0.0 for value in figure.values)
        criterion = "median" if "median error" in figure.name.split(", equal ")[1] else "worst"
        assert 1e-9 < float(figure.details[f"{criterion}_error"]) <= 1.01 * equal_error.GOAL
        assert figure.aim == ({r.title: equal_error.AIMS[r.key] for r in RIVALS}.get(figure.name.split(":")[0])
                              if criterion == "median" else None)  # fmt: skip


def test_that_a_rival_that_is_not_installed_has_a_row_that_says_so(
    problem: Problem, monkeypatch: pytest.MonkeyPatch
) -> None:
    absent = tuple(replace(rival, needs="no_such_package") for rival in RIVALS)
    monkeypatch.setattr(equal_error, "RIVALS", absent)
    figures = [figure for figure in ratios(problem, silent, rounds=1) if figure.unit == "x"]
    assert [figure.note for figure in figures] == ["not installed"] * 3
    assert figures[0].plain()["median"] is None
    assert figures[0].met is None
    assert len(figures[0].cells()) == len(HEAD)


def test_that_the_reference_is_exact_where_the_others_are_judged(problem: Problem) -> None:
    course = Course(problem)
    tight = course.judged(OWN.prepare(problem), 1e-11)
    assert tight.worst < 1e-8
    assert np.max(np.abs(scipy_reference(problem)(3e-13) - scipy_compiled(problem)(1e-11))) < 1e-7


def test_that_the_limit_counts_what_the_run_used(problem: Problem) -> None:
    found = {figure.name.split(":")[0]: figure for figure in limits(problem, runs=2)}
    details = found["run over its limit"].details
    assert float(details["rhs_calls"]) >= 8.0 * float(details["steps"])
    assert float(details["spans"]) == problem.program.times.size - 1
    assert found["share of the RHS"].median > 0.0
    assert min(found["run over its limit"].values) > 1.0


def test_that_the_machine_is_named_and_timed() -> None:
    facts = machine_facts()
    assert facts["packages"]["numpy"] == np.__version__
    assert facts["cpu"] in machine_line()
    assert all(value > 0.0 for value in speed_reference().values())


def test_that_random_scenarios_are_lawful_and_hang_on_the_seed(tmp_path: Path) -> None:
    kinds = set()
    for seed in range(60):
        scenario = random_scenario(HPT, np.random.Generator(np.random.PCG64(seed)))
        text = dump_scenario(scenario)
        assert text == dump_scenario(random_scenario(HPT, np.random.Generator(np.random.PCG64(seed))))
        assert dump_scenario(scenario_of(json.loads(text))) == text
        kinds |= {"before"} if scenario.regimen_before else set()
        kinds |= {f"every {order.every_days}" for order in scenario.regimen}
        kinds |= {"missed" for order in scenario.regimen if order.missed_days}
        kinds |= {"infused" for order in scenario.regimen if order.duration_h}
        kinds |= {"infused" for event in scenario.events if event.duration_h}
        kinds |= {"at an output" for event in scenario.events if event.time_h % scenario.output_step_h == 0.0}
        kinds |= {"at_h" if isinstance(x.onset, float) else str(x.onset) for x in scenario.lesions}
    assert {"before", "every 1", "every 2", "every 7", "missed", "infused", "at an output", "at_h", "new"} <= kinds


def test_that_verify_prints_quantiles_and_keeps_the_worst(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    worst = tmp_path / "worst.endotune.json"
    assert main(["verify", "hpt", "--random", "4", "--seed", "7", "--worst", str(worst), "--json"]) == 0
    plain = json.loads(capsys.readouterr().out)
    assert plain["scenarios"] == 4
    assert set(plain["markers"]) == {marker.id for marker in HPT.markers}
    top = max(row["1"] for row in plain["markers"].values())
    assert top <= BOUND
    assert compared(HPT, read_scenario(worst)).worst == pytest.approx(top, rel=1e-6)
    assert main(["verify", "hpt", "--random", "2", "--worst", str(worst)]) == 0
    assert "0 beyond 1e-06, 0 without a course" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["verify", "--random", "3"], "AXIS"),
        (["verify", "xyz", "--random", "3"], "hpt"),
        (["verify", "hpt", "--random", "many"], "--random"),
        (["bench", "--only", "speed"], "rivals"),
        (["bench", "--soak", "0"], "--soak"),
        (["bench", "--work-precision"], "FILE.png"),
        (["bench", "--work-precision", "-o", "x.pdf"], "FILE.png"),
        (["bench", "-o", "x.png"], "--work-precision"),
    ],
)
def test_that_bad_options_are_one_line(words: list[str], sentence: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1
    assert sentence in captured.err


def test_that_one_part_is_measured_alone_and_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", "--only", "year", "--json"]) == 0
    captured = capsys.readouterr()
    plain = json.loads(captured.out)
    names = {figure["name"] for figure in plain["figures"]}
    assert names == {f"a simulated year: {axis_id}" for axis_id in AXIS_IDS}
    assert plain["figures"][0]["runs"] == 9
    assert {"cpu", "cores", "packages", "load_average"} <= set(plain["machine"])
    assert captured.err == "bench: year\n"


def test_that_a_stop_shows_what_was_measured(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stopped(_: Callable[[str], None]) -> list[Figure]:
        raise KeyboardInterrupt

    parts = {"one": lambda _: [Figure("first", "ms", (1.0, 2.0, 3.0), 5.0)], "two": stopped}
    monkeypatch.setattr(bench, "_parts", lambda: parts)
    assert main(["bench"]) == 1
    captured = capsys.readouterr()
    assert "first" in captured.out
    assert captured.err.endswith("endotune: stopped\n")


def test_that_a_soak_answers_every_position(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", "--soak", "6", "--seed", "5", "--json"]) == 0
    plain = json.loads(capsys.readouterr().out)
    assert plain["positions"] == 6
    assert len(plain["memory_kb"]) == 6
    assert plain["failures"] == []


def test_that_a_soak_lists_failures_and_growth(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Broken:
        def answer(self, request: object, publish: Callable[[object], None], cancel: CancelFlag) -> None:
            raise ZeroDivisionError("by zero")

    growing = iter(np.arange(1e5, 1e9, 1e3))
    monkeypatch.setattr(soak, "CourseMaker", Broken)
    monkeypatch.setattr(soak, "resident_kb", lambda: float(next(growing)))
    assert main(["bench", "--soak", "40"]) == 1
    shown = capsys.readouterr().out
    assert "40 failures" in shown
    assert "ZeroDivisionError: by zero" in shown
    assert "GROWS" in shown
    breathing = SoakResult(positions=40, memory=[(i, 1e5 + 10.0 * i) for i in range(40)])
    assert breathing.slope_kb_per_1000 == pytest.approx(1e4)
    assert breathing.flat


def test_that_points_are_drawn_and_tabulated(qapp: object, resources: Path, tmp_path: Path) -> None:
    from endotune_desktop.app.measuring.work_precision_chart import draw, save

    found = [
        Point("hpt", "Thyroid axis", rival.key, rival.title, rtol, (1 + place) * 10.0 ** (-math.log10(rtol) / 4), rtol,
              10.0 * rtol)
        for place, rival in enumerate((OWN, *RIVALS))
        for rtol in (1e-2, 1e-4, 1e-6)
    ]  # fmt: skip
    rows = list(csv.DictReader(io.StringIO(points_csv(found))))
    assert len(rows) == 12
    assert float(rows[0]["worst_error"]) == 0.1
    image = draw(found, "a machine", resources)
    colours = {image.pixelColor(x, y).name() for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)}
    assert {"#0a5cbd", "#b04a00", "#85530a", "#5646b5"} <= colours
    path = tmp_path / "work.png"
    save(image, path)
    assert path.read_bytes().startswith(b"\x89PNG")


def test_that_a_usual_treatment_fits_every_axis() -> None:
    def orders(axis: Axis, agents: int) -> int:
        return len(usual_treatment(axis, 3.0, agents).regimen)

    assert orders(HPT, 1) == 1
    assert orders(HPT, 3) == 3
