"""A fit to labs of a person who is known, because we made them."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from scipy.optimize import least_squares

from endotune_desktop.clinic.person import Person, Sex
from endotune_desktop.clinic.scenario import DoseOrder, LesionState, Scenario
from endotune_desktop.physiology.registry import AXES
from endotune_desktop.simulation import simulate
from endotune_desktop.simulation.ensemble import one_after_another, simulate_members
from endotune_desktop.simulation.members import Members, RecentIntake
from endotune_desktop.tuning.courses import Courses
from endotune_desktop.tuning.evidence import Observation
from endotune_desktop.tuning.explaining import estimates, results, things_told
from endotune_desktop.tuning.individual import individualised
from endotune_desktop.tuning.likelihood import residuals
from endotune_desktop.tuning.prior import Kind, prior_of, severity_leaving

HPT = AXES["hpt"]
ORDER = DoseOrder("levothyroxine", "oral", 112.0, "ug", ("07:00",))
RECORD = Scenario(
    "hpt", Person(Sex.FEMALE, 45.0, 165.0, 68.0), {}, (LesionState("thyroidectomy", 1.0, "new"),), (), (ORDER,),
    duration_days=90.0,
)  # fmt: skip
TRUTH = {"setpoint": 1.6, "f4": 0.7, "cl4": 1.1, "slope": 1.05}
SAMPLES = np.array([14.0, 42.0, 84.0]) * 24.0 + 9.0


def labs(scenario: Scenario = RECORD) -> list[Observation]:
    """Return what a laboratory without error finds in the true person."""
    course = simulate(HPT, replace(scenario, parameters=TRUTH), rtol=1e-8, output_times_h=SAMPLES)
    return [
        Observation(f"{marker}{row}", marker, float(time_h), float(course.markers[marker][row]), platform="A")
        for row, time_h in enumerate(course.time_h)
        for marker in ("tsh", "ft4")
    ]


def test_that_the_most_probable_person_is_the_one_that_scipy_finds() -> None:
    seen = tuple(labs())
    fit = individualised(HPT, RECORD, seen, draws=0)
    prior = prior_of(HPT, RECORD, seen)
    courses = Courses(prior, seen, None, one_after_another)
    observed = np.array([result.logarithm for result in seen])

    def all_residuals(z: np.ndarray) -> np.ndarray:
        data = residuals(observed, np.zeros(len(seen)), courses.both(z[np.newaxis])[..., 0], fit.spread)[0]
        return np.concatenate([data, z])

    independent = least_squares(all_residuals, np.zeros(len(prior.unknowns)), diff_step=[0.02])
    assert fit.optimum.objective == pytest.approx(2.0 * independent.cost, rel=5e-3, abs=5e-3)
    spread = np.sqrt(np.diag(fit.optimum.covariance))
    heard = spread < 0.98
    assert np.all(np.abs(fit.optimum.z - independent.x)[heard] < 0.15 * spread[heard])


def test_that_the_true_person_lies_among_the_draws_and_the_course_goes_through_the_labs() -> None:
    fit = individualised(HPT, RECORD, labs(), draws=120)
    assert np.all(np.abs(fit.optimum.residuals) < 0.5)
    for estimate in estimates(fit):
        if estimate.unknown.kind is Kind.PARAMETER:
            assert estimate.low < TRUTH.get(estimate.unknown.id, estimate.unknown.typical) < estimate.high
    assert things_told(fit) == 2
    assert fit.posterior is not None
    assert fit.posterior.certain


def test_that_a_single_wrong_result_is_named_and_its_assay_suspected() -> None:
    seen = labs()
    seen[3] = replace(seen[3], value=2.0 * seen[3].value)
    found = results(individualised(HPT, RECORD, seen, draws=0))
    assert [result.index for result in found if result.doubtful] == [3]
    assert found[3].reasons[0] == "interference in the assay, or a mix-up of samples"


def test_that_ten_missed_days_before_a_visit_are_suspected_as_such() -> None:
    missed = replace(RECORD, regimen=(replace(ORDER, missed_days=tuple(range(32, 42))),))
    course = simulate(HPT, replace(missed, parameters=TRUTH), output_times_h=SAMPLES[1:2])
    seen = [
        replace(result, value=float(course.markers[result.marker][0])) if result.time_h == SAMPLES[1] else result
        for result in labs()
    ]
    doubtful = [result for result in results(individualised(HPT, RECORD, seen, draws=0)) if result.doubtful]
    assert {seen[result.index].time_h for result in doubtful} == {SAMPLES[1]}
    assert {result.reasons[0] for result in doubtful} == {"doses missed before the visit"}


def test_that_results_in_agreement_are_left_alone() -> None:
    assert not any(
        result.doubtful or result.reasons for result in results(individualised(HPT, RECORD, labs(), draws=0))
    )


@pytest.mark.parametrize("axis_id", sorted(AXES))
def test_that_every_severity_that_can_be_fitted_is_found_again_from_what_it_leaves(axis_id: str) -> None:
    axis = AXES[axis_id]
    fitted = [
        lesion for lesion in axis.lesions if lesion.changes and lesion.changes[0].parameter in axis.fitting.severities
    ]
    assert fitted
    for lesion in fitted:
        severities = np.array([0.1, 0.35, 0.8])
        left = np.array([lesion.changes[0].at(float(severity)) for severity in severities])
        if len(set(left.tolist())) == left.size:
            assert severity_leaving(axis, lesion.id, left) == pytest.approx(severities, abs=2e-3), lesion.id


@pytest.mark.parametrize("axis_id", sorted(AXES))
def test_that_what_labs_may_move_varies_between_persons_and_is_declared(axis_id: str) -> None:
    axis = AXES[axis_id]
    known = {parameter.id for parameter in axis.parameters}
    markers = {marker.id for marker in axis.markers}
    agents = {entry.agent.id for entry in axis.agents}
    assert axis.fitted
    assert set(axis.fitted) <= known
    assert {*axis.fitting.when_measured, *axis.fitting.when_given, *axis.fitting.severities} <= known
    assert {marker for wanted in axis.fitting.when_measured.values() for marker in wanted} <= markers
    assert {agent for wanted in axis.fitting.when_given.values() for agent in wanted} <= agents
    assert set(axis.fitting.recent_intake) - {""} <= agents


def test_that_recent_intake_is_what_a_smaller_dose_on_those_days_would_be() -> None:
    third, share = 30.0 * 24.0, 0.6
    members = Members({}, 1, recent=[RecentIntake(third, 2.0 * third, np.array([share]))])
    first = replace(ORDER, stop_day=30)
    between = replace(ORDER, start_day=30, stop_day=60, fraction_taken=share)
    last = replace(ORDER, start_day=60)
    ordered = simulate_members(HPT, RECORD, members, rtol=1e-8, output_times_h=SAMPLES, markers=["ft4"])
    written = simulate(HPT, replace(RECORD, regimen=(first, between, last)), rtol=1e-8, output_times_h=SAMPLES)
    assert ordered.markers["ft4"][:, 0] == pytest.approx(written.markers["ft4"], rel=1e-5)


def test_that_later_intake_is_drawn_anew_in_every_stretch_and_averages_to_what_is_ordered() -> None:
    prior = prior_of(HPT, RECORD, [Observation("", "tsh", SAMPLES[0], 1.0)])
    days, spread = HPT.fitting.recent_intake[""]
    later = prior.later_intakes(240.0, 4000, np.random.default_rng(1))
    assert (later[0].from_h, later[-1].to_h) == (240.0, np.inf)
    assert all(one.to_h == other.from_h for one, other in pairwise(later))
    assert all(entry.to_h - entry.from_h == days * 24.0 for entry in later[:-1])
    logs = np.log([entry.factor for entry in later])
    assert np.std(logs) == pytest.approx(spread, rel=0.02)
    # What lasts many stretches averages out as independent draws do; one factor for good would keep its whole spread.
    assert np.std(logs[:9].mean(axis=0)) == pytest.approx(spread / 3.0, rel=0.05)


def test_that_a_person_who_takes_nothing_at_home_has_no_later_intake() -> None:
    prior = prior_of(HPT, replace(RECORD, regimen=(), regimen_before=()), [Observation("", "tsh", SAMPLES[0], 1.0)])
    assert prior.later_intakes(0.0, 5, np.random.default_rng(1)) == []


def test_that_a_member_with_another_severity_runs_as_a_scenario_with_it() -> None:
    lesion = LesionState("thyroidectomy", 0.5, 24.0 * 20)
    scenario = replace(RECORD, lesions=(lesion,), regimen=())
    members = Members({}, 2, severities={"thyroidectomy": np.array([0.2, 0.9])})
    found = simulate_members(HPT, scenario, members, rtol=1e-8, output_times_h=SAMPLES, markers=["tsh"])
    for column, severity in enumerate((0.2, 0.9)):
        alone = replace(scenario, lesions=(replace(lesion, severity=severity),))
        assert found.markers["tsh"][:, column] == pytest.approx(
            simulate(HPT, alone, rtol=1e-8, output_times_h=SAMPLES).markers["tsh"], rel=1e-5
        )
