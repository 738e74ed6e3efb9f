"""What a fit makes of unknown clocks, days of the cycle, doubtful results, and of the order of labs."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.special import logsumexp
from scipy.stats import norm

from endotune_desktop.clinic.person import Person, Sex
from endotune_desktop.clinic.scenario import DoseOrder, LesionState, Scenario
from endotune_desktop.physiology.registry import AXES
from endotune_desktop.simulation import simulate
from endotune_desktop.simulation.ensemble import one_after_another
from endotune_desktop.tuning.courses import Courses, looks_of
from endotune_desktop.tuning.evidence import Clock, Observation
from endotune_desktop.tuning.explaining import estimates, results
from endotune_desktop.tuning.individual import individualised
from endotune_desktop.tuning.likelihood import FIRST_SHARE, mixed, residuals
from endotune_desktop.tuning.mapfit import fitted
from endotune_desktop.tuning.prior import Kind, prior_of

HPT, HPA, FEMALE = AXES["hpt"], AXES["hpa"], AXES["hpg_female"]
WOMAN = Person(Sex.FEMALE, 34.0, 165.0, 68.0)
ORDER = DoseOrder("levothyroxine", "oral", 112.0, "ug", ("07:00",))
RECORD = Scenario("hpt", WOMAN, {}, (LesionState("thyroidectomy", 1.0, "new"),), (), (ORDER,), duration_days=56.0)
SEEN = tuple(
    Observation(f"{marker}{day}", marker, day * 24.0 + 9.0, value, platform="A")
    for day, marker, value in ((14, "tsh", 3.0), (14, "ft4", 15.0), (42, "tsh", 9.0), (42, "ft4", 13.5))
)


def test_that_the_order_of_labs_does_not_change_the_fit() -> None:
    there = individualised(HPT, RECORD, SEEN, draws=0)
    back = individualised(HPT, RECORD, SEEN[::-1], draws=0)
    assert back.optimum.objective == pytest.approx(there.optimum.objective, abs=1e-6)
    assert back.optimum.z == pytest.approx(there.optimum.z, abs=1e-4)


def test_that_a_lab_added_twice_counts_twice() -> None:
    twice = individualised(HPT, RECORD, (*SEEN, replace(SEEN[2], id="again")), draws=0)
    once = individualised(HPT, RECORD, SEEN, draws=0)
    courses = Courses(once.prior, SEEN, None, one_after_another)
    observed = np.array([result.logarithm for result in SEEN])

    def heavier(z: np.ndarray) -> np.ndarray:
        found = residuals(observed, np.zeros(4), courses.both(z)[..., 0], once.spread)
        return np.asarray(found * np.array([1.0, 1.0, np.sqrt(2.0), 1.0]))

    assert twice.optimum.z == pytest.approx(fitted(heavier, np.zeros(once.optimum.z.size)).z, abs=5e-3)
    assert abs(twice.optimum.residuals[2]) < abs(once.optimum.residuals[2])


def test_that_a_fit_that_starts_from_an_earlier_one_ends_where_a_cold_one_does_and_sooner() -> None:
    former = individualised(HPT, RECORD, SEEN[:2], draws=0)
    cold = individualised(HPT, RECORD, SEEN, draws=0)
    warm = individualised(HPT, RECORD, SEEN, draws=0, start=former)
    again = individualised(HPT, RECORD, SEEN, draws=0, start=cold)
    assert warm.optimum.objective == pytest.approx(cold.optimum.objective, abs=2e-3)
    assert again.optimum.evaluations < cold.optimum.evaluations


@pytest.mark.parametrize("sign", [-1.0, 1.0])
def test_that_the_gradient_of_a_bound_is_that_of_its_tail(sign: float) -> None:
    observed, spread, beyond = np.array([np.log(0.01)]), np.array([0.3]), np.array([sign])

    def half_square(expected: float) -> float:
        return 0.5 * float(residuals(observed, beyond, np.array([expected]), spread)[0]) ** 2

    for away in (-2.0, 0.0, 2.0, 8.0):
        expected = float(observed[0]) + away * 0.3
        numeric = (half_square(expected + 1e-5) - half_square(expected - 1e-5)) / 2e-5
        tail = norm.pdf(away) / norm.cdf(sign * away) * -sign / 0.3
        assert numeric == pytest.approx(tail, rel=1e-4)


def test_that_an_unknown_clock_is_a_mixture_of_before_and_after_the_tablet() -> None:
    spread, observed = np.array([0.1]), np.linspace(-0.5, 1.0, 31)
    both = np.array([[0.0, 0.4]])
    found = np.array([mixed(np.array([y]), np.zeros(1), both, spread)[0] for y in observed])
    parts = -0.5 * ((observed[:, None] - both) / spread) ** 2 + np.log([FIRST_SHARE, 1.0 - FIRST_SHARE])
    exact = -logsumexp(parts, axis=1)
    less = exact - 0.5 * found**2
    assert np.ptp(less) < 1e-6  # the same likelihood up to one constant
    assert np.all(np.sign(found[np.abs(observed) > 0.01]) == np.sign(observed[np.abs(observed) > 0.01]))


def test_that_a_mixture_of_equal_states_is_one_state() -> None:
    observed, spread = np.array([0.3, -0.2]), np.array([0.1, 0.2])
    both = np.array([[0.1, 0.1], [0.0, 0.0]])
    assert mixed(observed, np.zeros(2), both, spread) == pytest.approx((observed - both[:, 0]) / spread)


def test_that_only_a_sample_of_unknown_clock_on_a_day_with_a_tablet_has_two_times() -> None:
    noon = replace(SEEN[0], time_h=14 * 24.0 + 8.0, clock=Clock.DATE_ONLY)
    assert looks_of(RECORD, SEEN[0]) == (SEEN[0].time_h, SEEN[0].time_h)
    before, after = looks_of(RECORD, noon)
    assert before < 14 * 24.0 + 7.0 < after
    missed = replace(RECORD, regimen=(replace(ORDER, missed_days=(14,)),))
    assert looks_of(missed, noon) == (noon.time_h, noon.time_h)


def test_that_a_peak_with_an_unknown_clock_pulls_less_than_with_a_known_one() -> None:
    peak = simulate(HPT, RECORD, output_times_h=np.array([42 * 24.0 + 9.0])).markers["ft4"][0] * 1.12
    labs = [replace(SEEN[3], value=float(peak), time_h=42 * 24.0 + 6.5)]
    known = individualised(HPT, RECORD, labs, draws=0)
    unknown = individualised(HPT, RECORD, [replace(labs[0], clock=Clock.DATE_ONLY)], draws=0)
    assert unknown.optimum.objective < known.optimum.objective


def test_that_the_clock_of_the_morning_rise_is_moved_by_adding() -> None:
    scenario = Scenario("hpa", WOMAN, duration_days=2.0)
    seen = (Observation("c", "cortisol", 32.0, 300.0),)
    clock = next(unknown for unknown in prior_of(HPA, scenario, seen).unknowns if unknown.id == "ph1")
    typical = HPA.parameter("ph1").value
    assert clock.values(np.array([-2.0, 0.0, 2.0])) == pytest.approx([typical - 1.0, typical, typical + 1.0])


def test_that_a_day_of_the_cycle_that_nobody_wrote_down_is_found_from_the_hormones() -> None:
    scenario = Scenario("hpg_female", WOMAN, duration_days=60.0)
    days, late_h = np.array([6.0, 13.0, 20.0, 27.0]), 40.0
    course = simulate(FEMALE, scenario, output_times_h=days * 24.0 + 8.0 + late_h)
    seen = [
        Observation(f"{marker}{row}", marker, float(days[row] * 24.0 + 8.0), float(course.markers[marker][row]))
        for row in range(days.size)
        for marker in ("estradiol", "progesterone", "lh")
    ]
    fit = individualised(FEMALE, scenario, seen, draws=0)
    day = next(estimate for estimate in estimates(fit) if estimate.unknown.kind is Kind.CYCLE_DAY)
    assert 0.25 * late_h < day.value
    assert day.low < late_h < day.high
    assert day.learned > 0.5


def test_that_a_result_that_lies_far_off_is_left_out_for_real() -> None:
    wrong = (*SEEN[:3], replace(SEEN[3], value=3.0 * SEEN[3].value))
    fit = individualised(HPT, RECORD, wrong, draws=0)
    assert [refit.index for refit in fit.refits][:1] == [3]
    without = individualised(HPT, RECORD, wrong[:3], draws=0)
    found = {result.index: result for result in results(fit)}[3]
    assert found.doubtful
    assert fit.refits[0].objective == pytest.approx(without.optimum.objective, abs=0.05)


def test_that_persons_who_differ_in_an_offset_only_are_one_course() -> None:
    prior = prior_of(HPT, RECORD, SEEN)
    courses = Courses(prior, SEEN, None, one_after_another)
    z = np.zeros((3, len(prior.unknowns)))
    place = next(i for i, unknown in enumerate(prior.unknowns) if unknown.kind is Kind.OFFSET)
    z[1, place] = 1.0
    table = courses.both(z)
    assert courses.computed == 1
    assert table[1, 1, 0] - table[0, 1, 0] == pytest.approx(prior.unknowns[place].spread)
