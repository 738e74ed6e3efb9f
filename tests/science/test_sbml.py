"""Our own SBML: valid, with units and sources, and run by libroadrunner to our course."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from endotune_desktop.app.command_line import main
from endotune_desktop.clinic.errors import InputRefused
from endotune_desktop.clinic.person import Person, Sex
from endotune_desktop.clinic.scenario import DoseOrder, LesionState, Scenario, SingleDose
from endotune_desktop.exchange.sbml import export_sbml
from endotune_desktop.exchange.sbml.names import Names
from endotune_desktop.exchange.scenario_file import dump_scenario
from endotune_desktop.physiology.axis import Axis
from endotune_desktop.physiology.hpt import HPT
from endotune_desktop.simulation import StartState, periodic_start, simulate
from tests.unit.simulation.toys import KINETIC

MAN = Person(Sex.MALE, 45.0, 176.0, 68.0)
WOMAN = Person(Sex.FEMALE, 60.0, 160.0, 92.0)
DAILY = DoseOrder("levothyroxine", "oral", 112.0, "ug", ("07:00",))
NO_GLAND = {"sigma": 0.0}


def _given(*doses: SingleDose, days: float = 3.0, step_h: float = 1.0) -> Scenario:
    return Scenario("hpt", MAN, {}, (), (), (), doses, days, step_h)


CASES = {
    "healthy": Scenario("hpt", MAN, duration_days=3.0),
    "daily": Scenario("hpt", WOMAN, NO_GLAND, (), (DAILY,), (replace(DAILY, dose=125.0),), (), 60.0, 1.0),
    "alternate_days": Scenario(
        "hpt", MAN, NO_GLAND, (), (DAILY,), (replace(DAILY, dose=200.0, every_days=2),), (), 20.0, 1.0
    ),
    "weekly_with_missed_days": Scenario(
        "hpt", MAN, NO_GLAND, (), (DAILY,), (replace(DAILY, dose=700.0, every_days=7, missed_days=(14, 35)),), (), 50.0,
        1.0,
    ),
    "two_agents_that_meet_on_some_days": Scenario(
        "hpt", MAN, NO_GLAND, (), (DAILY,),
        (DAILY, DoseOrder("liothyronine", "oral", 5.0, "ug", ("07:00", "19:00"), every_days=2, start_day=1)), (), 14.0,
        1.0,
    ),
    "infusions": _given(
        SingleDose("levothyroxine", "iv", 300.0, "ug", 0.0, duration_h=5.0),
        SingleDose("liothyronine", "iv", 20.0, "ug", 4.0, duration_h=2.5), step_h=0.5,
    ),
    "event_at_an_output_time": _given(
        SingleDose("protirelin", "iv", 200.0, "ug", 33.0), SingleDose("levothyroxine", "iv", 200.0, "ug", 40.0)
    ),
    "event_at_time_zero": _given(SingleDose("levothyroxine", "iv", 200.0, "ug", 0.0)),
    "new_lesions_with_jumps": Scenario(
        "hpt", MAN, {}, (LesionState("thyroidectomy", 0.9, "new"), LesionState("thyroiditis", 0.8, "new")),
        duration_days=20.0,
    ),
    "lesions_at_an_hour": Scenario(
        "hpt", MAN, {}, (LesionState("graves", 0.5, 50.0), LesionState("thyroidectomy", 0.9, 100.0)), duration_days=20.0
    ),
    "pregnancy_on_tablets": Scenario(
        "hpt", WOMAN, NO_GLAND, (LesionState("pregnancy", 1.0, 48.0),), (DAILY,), (DAILY,), (), 30.0, 1.0
    ),
    "constant_changed_while_a_drug_is_taken": Scenario(
        "hpt", WOMAN, {}, (LesionState("graves", 0.5),), (),
        (DoseOrder("propylthiouracil", "oral", 100.0, "mg", ("08:00", "14:00", "20:00"), start_day=2, stop_day=10),),
        (), 20.0, 1.0,
    ),
    "slow_release_and_oestrogen": Scenario(
        "hpt", WOMAN, {}, (LesionState("oral_oestrogen", 1.0, 30.0),), (),
        (DoseOrder("liothyronine", "oral", 10.0, "ug", ("08:00",), preparation="slow_release"),), (), 6.0, 1.0,
    ),
}  # fmt: skip


def worst_column(axis: Axis, scenario: Scenario, start: StartState, roadrunner: Any) -> tuple[float, str]:  # noqa: ANN401
    """Return the largest difference, of each column's maximum, between libroadrunner's course and ours."""
    course = simulate(axis, scenario, rtol=1e-10, start=start)
    runner = roadrunner.RoadRunner(export_sbml(axis, scenario, start))
    runner.integrator.relative_tolerance = 1e-10
    runner.integrator.maximum_num_steps = 100_000
    runner.integrator.maximum_time_step = axis.longest_step_h
    names = Names(axis).states
    for state in axis.states:
        # The one absolute tolerance is scaled by start values there: a trough of a tablet would ask for 1e-23.
        runner.integrator.setIndividualTolerance(names[state.id], 1e-12 * state.scale)
    runner.timeCourseSelections = ["time", *(marker.id for marker in axis.markers)]
    end_h = scenario.duration_days * 24.0
    found = np.array(runner.simulate(0.0, end_h, round(end_h / scenario.output_step_h) + 1))
    worst = [
        (float(np.max(np.abs(found[:, column] - ours)) / max(float(np.max(np.abs(ours))), 1e-9)), name)
        for column, (name, ours) in enumerate(course.markers.items(), start=1)
    ]
    return max(worst)


@pytest.mark.parametrize("name", sorted(CASES))
def test_that_libroadrunner_reproduces_every_marker(name: str, capfd: pytest.CaptureFixture[str]) -> None:
    roadrunner = pytest.importorskip("roadrunner")
    scenario = CASES[name]
    error, marker = worst_column(HPT, scenario, periodic_start(HPT, scenario), roadrunner)
    assert error < 1e-6, marker
    printed = capfd.readouterr()
    assert (printed.out, printed.err) == ("", "")


@pytest.mark.parametrize("name", sorted(CASES))
def test_that_the_document_is_valid(name: str) -> None:
    libsbml = pytest.importorskip("libsbml")
    document = libsbml.readSBMLFromString(export_sbml(HPT, CASES[name], periodic_start(HPT, CASES[name])))
    assert (document.getLevel(), document.getVersion()) == (3, 2)
    document.setConsistencyChecks(libsbml.LIBSBML_CAT_UNITS_CONSISTENCY, True)
    document.checkConsistency()
    found = [document.getError(i) for i in range(document.getNumErrors())]
    assert not [error.getMessage() for error in found if error.getSeverityAsString() != "Warning"]
    # Intermediate values and bare factors such as 1000 (umol to nmol) declare no units: nothing contradicts another.
    assert set(Counter(error.getErrorId() for error in found)) <= {20702, 80701, 99505, 99508}


def test_that_constants_carry_unit_and_source() -> None:
    libsbml = pytest.importorskip("libsbml")
    scenario = CASES["healthy"]
    model = libsbml.readSBMLFromString(export_sbml(HPT, scenario, periodic_start(HPT, scenario))).getModel()
    assert model.getTimeUnits() == "unit_h"
    for parameter in HPT.parameters:
        name = parameter.id if parameter.id not in {state.id for state in HPT.states} else f"{parameter.id}_parameter"
        element = model.getParameter(name)
        assert element.getUnits(), parameter.id
        assert element.getConstant(), parameter.id
        assert element.getValue() == pytest.approx(parameter.value, rel=1e-14)
        assert "Source: " in element.getNotesString()
    assert model.getParameter("P4").getUnits() == "ug_per_d"
    for marker in HPT.markers:
        assert model.getAssignmentRuleByVariable(marker.id) is not None


def test_that_equal_doses_at_equal_distances_are_one_event() -> None:
    text = export_sbml(HPT, CASES["daily"], periodic_start(HPT, CASES["daily"]))
    assert text.count("<event ") == 1
    weekly = CASES["weekly_with_missed_days"]
    assert export_sbml(HPT, weekly, periodic_start(HPT, weekly)).count("<event ") == 6


def _branching(t: float, y: Any, p: Any, dy: Any) -> None:  # noqa: ANN401
    flow = p.ka * y.gut
    if y.blood > 2.0 and not (y.deep > 50.0 or t < 0.0):
        flow = flow * 2.0 / y.blood
        out = 2.0 * p.ke * (y.blood - 1.0)
    elif 0.5 < y.blood <= 2.0:
        out = p.ke * y.blood
    else:
        out = 2.0 * p.ke * y.blood**2 if t >= 0.0 else 0.0
    dy.gut = -flow
    dy.blood = flow - out
    dy.deep = out


def test_that_branches_of_an_axis_become_piecewise() -> None:
    roadrunner = pytest.importorskip("roadrunner")
    axis = replace(KINETIC, id="branching", rates=_branching)
    order = DoseOrder("drug", "oral", 10.0, "mg", ("08:00",))
    scenario = Scenario("branching", MAN, regimen=(order,), duration_days=2.0)
    start = StartState(0.0, np.zeros(3), happened=False)
    error, marker = worst_column(axis, scenario, start, roadrunner)
    assert error < 1e-6, marker


def test_that_drawn_pulses_are_refused() -> None:
    with pytest.raises(InputRefused, match="pulses"):
        export_sbml(HPT, replace(CASES["healthy"], pulses=True), StartState(0.0, np.zeros(27)))


def test_that_the_command_writes_a_document(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    libsbml = pytest.importorskip("libsbml")
    source = tmp_path / "case.endotune.json"
    source.write_text(dump_scenario(CASES["daily"]), encoding="utf-8")
    out = tmp_path / "case.sbml"
    assert main(["export", str(source), "-o", str(out)]) == 0
    document = libsbml.readSBMLFromFile(str(out))
    assert document.getNumErrors() == 0
    assert document.getModel().getId() == "endotune_hpt"
    assert "scenario " in capsys.readouterr().err
    source.write_text(source.read_text(encoding="utf-8").replace('"hpt"', '"xyz"'), encoding="utf-8")
    for words, sentence in (
        (["export", str(source), "-o", str(out)], "case.endotune.json: axis: "),
        (["export", str(source), "-o", "x.csv"], ".sbml, .xml"),
        (["export", "nowhere.json", "-o", "x.xml"], "no such file"),
    ):
        assert main(words) == 2
        line = capsys.readouterr().err
        assert sentence in line
        assert line.count("\n") == 1
