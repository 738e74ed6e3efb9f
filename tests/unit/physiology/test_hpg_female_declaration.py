"""The female gonadal declaration: every lesion and agent runs, doses enter as the document says."""

from __future__ import annotations

from dataclasses import replace
from math import exp

import numpy as np
import pytest

from endotune_desktop.clinic.analytes import ANALYTES
from endotune_desktop.clinic.errors import InputRefused
from endotune_desktop.clinic.person import Person, Sex
from endotune_desktop.clinic.scenario import DoseOrder, LesionState, Scenario
from endotune_desktop.physiology.axis import AxisAgent, Lesion
from endotune_desktop.physiology.hpg_female import HPG_FEMALE
from endotune_desktop.physiology.hpg_female.pills import PILLS, Pill, orders
from endotune_desktop.simulation import StartState, python_rates, simulate
from endotune_desktop.simulation.source import constants_of

WOMAN = HPG_FEMALE.reference_person
SHORT = Scenario("hpg_female", WOMAN, duration_days=2.0, output_step_h=6.0)
DAY_0 = StartState(0.0, np.array([state.initial for state in HPG_FEMALE.states]), happened=False)


def held(order: DoseOrder | None = None, lesion: LesionState | None = None) -> dict[str, float]:
    """Return the state at the end of two days, by id."""
    scenario = replace(SHORT, regimen=(order,) if order else (), lesions=(lesion,) if lesion else ())
    course = simulate(HPG_FEMALE, scenario, rtol=1e-8, start=DAY_0)
    return {state.id: float(course.states[-1, place]) for place, state in enumerate(HPG_FEMALE.states)}


@pytest.mark.parametrize("lesion", HPG_FEMALE.lesions, ids=lambda lesion: lesion.id)
def test_that_every_lesion_runs_and_is_nothing_at_severity_0(lesion: Lesion) -> None:
    healthy = held()["FSH"]
    assert held(lesion=LesionState(lesion.id, 0.0, "new"))["FSH"] == pytest.approx(healthy, rel=1e-7)
    full = held(lesion=LesionState(lesion.id, 1.0, "new"))
    assert all(np.isfinite(value) for value in full.values())
    if lesion.id not in ("luteal_phase_defect",):
        assert full["FSH"] != pytest.approx(healthy, rel=1e-4)


def test_that_severity_leads_to_the_transforms_of_the_document() -> None:
    full = {
        "hypothalamic_amenorrhoea": ("tone", 0.25), "kallmann": ("tone", 0.0), "hyperprolactinaemia": ("PRL", 3000.0),
        "ovarian_insufficiency": ("reserve", 0.0), "polycystic_ovary": ("pcos", 1.0),
        "pituitary_damage": ("A_LH", 0.0), "luteal_phase_defect": ("p_C", 0.4 * 19.7),
    }  # fmt: skip
    for identity, (parameter, value) in full.items():
        change = HPG_FEMALE.lesion(identity).changes[0]
        healthy = HPG_FEMALE.parameter(parameter).value
        assert change.parameter == parameter
        at = change.at(1.0)
        assert (healthy * at if change.mode == "times" else healthy + at) == pytest.approx(value), identity
    peri = HPG_FEMALE.lesion("diminished_reserve")
    assert peri.changes[0].at(peri.usual_severity) == pytest.approx(0.35)


@pytest.mark.parametrize("entry", HPG_FEMALE.agents, ids=lambda entry: entry.agent.id)
def test_that_every_agent_gets_in_by_every_route_and_preparation(entry: AxisAgent) -> None:
    assert len(entry.routes) == len(entry.preparations)
    for intake in entry.intakes:
        dose = min(entry.usual_dose, 0.1) if intake.preparation.startswith("patch") else entry.usual_dose
        order = DoseOrder(
            entry.agent.id, intake.route, dose, entry.agent.unit, ("00:00",), preparation=intake.preparation or None
        )
        after = held(order)
        for part in (intake, *intake.also):
            if part.state:
                assert after[part.state] > 0.0, part.state
    sold = {(preparation.id, route) for preparation, route in zip(entry.preparations, entry.routes, strict=True)}
    known = {(intake.preparation, intake.route) for intake in entry.intakes}
    assert sold <= known | {("", route) for _, route in known}


def test_that_a_patch_is_changed_and_an_order_in_label_units_is_the_label() -> None:
    course = simulate(
        HPG_FEMALE,
        replace(
            SHORT, duration_days=8.0,
            regimen=(DoseOrder("estradiol", "transdermal", 50.0, "ug/d", ("00:00",), 7, preparation="patch"),),
        ),
        rtol=1e-10, start=DAY_0, output_times_h=np.array([0.0, 84.0, 167.99, 168.0]),
    )  # fmt: skip
    left = course.states[:, HPG_FEMALE.state_index("E2p")]
    full = 50.0 * 3.5 / (1.0 - exp(-3.5 * 0.15))
    assert left[0] == pytest.approx(full)
    assert left[1] == pytest.approx(full * exp(-0.15 * 3.5))
    assert left[3] == pytest.approx(full)
    assert full * (1.0 - exp(-3.5 * 0.15)) == pytest.approx(175.0)


def test_that_a_depot_is_a_tenth_at_once_and_the_rest_slowly() -> None:
    order = DoseOrder("leuprolide", "im", 3.75, "mg", ("00:00",), 28, preparation="depot_1_month")
    after = held(order)
    assert after["agB"] == pytest.approx(0.375 * exp(-2.0 * 5.0), rel=1e-5)
    assert after["agS"] == pytest.approx(3.375 * exp(-2.0 * 0.08), rel=1e-6)


def test_that_a_pump_replaces_the_lost_drive() -> None:
    lesion = LesionState("kallmann", 1.0)
    order = DoseOrder("gonadorelin", "pump", 4.3396, "ug", ("00:00",))
    scenario = replace(SHORT, lesions=(lesion,), regimen=(order,))
    course = simulate(HPG_FEMALE, scenario, rtol=1e-8, start=DAY_0)
    assert course.markers["gnrh_drive"][-1] == pytest.approx(1.0, rel=1e-6)
    assert course.markers["gnrh_pulses"][-1] < 1e-6


def test_that_the_second_follicle_is_never_the_more_sensitive() -> None:
    derived = HPG_FEMALE.derive({**HPG_FEMALE.typical(), "th1": 6.0}, WOMAN)
    assert derived["TH2"] == pytest.approx(6.3)
    assert HPG_FEMALE.derive(HPG_FEMALE.typical(), WOMAN)["TH2"] == pytest.approx(5.2522)


@pytest.mark.parametrize("pill", PILLS, ids=lambda pill: pill.id)
def test_that_a_pill_is_taken_as_its_pack_says(pill: Pill) -> None:
    found = orders(pill, 2, start_day=3)
    assert len(found) == (2 if pill.oestrogen_ug else 1)
    for order in found:
        assert HPG_FEMALE.agent(order.agent).agent.unit == order.unit
        assert order.stop_day is not None
        taken = [day for day in range(order.start_day, order.stop_day) if day not in order.missed_days]
        assert len(taken) == 2 * pill.active_days
        assert taken[: pill.active_days] == list(range(3, 3 + pill.active_days))
    assert pill.active_days + pill.pause_days == 28


def test_that_men_and_children_are_refused() -> None:
    for person in (Person(Sex.MALE, 30.0, 180.0, 80.0), Person(Sex.FEMALE, 10.0, 140.0, 35.0)):
        with pytest.raises(InputRefused):
            HPG_FEMALE.derive(HPG_FEMALE.typical(), person)


def test_that_a_state_below_zero_is_read_as_zero() -> None:
    places = constants_of(HPG_FEMALE)
    values = {**HPG_FEMALE.typical(), **HPG_FEMALE.derive(HPG_FEMALE.typical(), WOMAN)}
    p = np.array([values[name] for name in places])
    rates = python_rates(HPG_FEMALE)
    y = np.array([state.initial for state in HPG_FEMALE.states])
    for name in ("Z", "Sc1", "ant", "IhA"):
        zero, below = y.copy(), y.copy()
        zero[HPG_FEMALE.state_index(name)] = 0.0
        below[HPG_FEMALE.state_index(name)] = -1e-9
        assert rates(0.0, below, p) == pytest.approx(rates(0.0, zero, p), rel=1e-6, abs=1e-8), name


def test_that_lab_markers_have_their_units_and_diagram_and_plots_name_what_exists() -> None:
    markers = {marker.id: marker for marker in HPG_FEMALE.markers}
    for marker in markers.values():
        if marker.analyte:
            assert ANALYTES[marker.analyte].canonical_unit == marker.unit, marker.id
    assert 3 <= sum(marker.plotted for marker in markers.values()) <= 6
    lesions = {lesion.id for lesion in HPG_FEMALE.lesions}
    glands = {gland.id for gland in HPG_FEMALE.glands} | {"given"}
    for gland in HPG_FEMALE.glands:
        assert set(gland.markers) <= set(markers)
        assert set(gland.lesions) <= lesions
    for arrow in HPG_FEMALE.arrows:
        assert {arrow.source, arrow.target} <= glands
        if arrow.flow_marker:
            assert arrow.flow_marker in markers
        if arrow.cut_parameter:
            parameter = HPG_FEMALE.parameter(arrow.cut_parameter)
            assert parameter.low <= arrow.cut_value <= parameter.high
    assert HPG_FEMALE.cycle is not None
    assert {HPG_FEMALE.cycle.fall_marker, HPG_FEMALE.cycle.surge_marker} <= set(markers)
