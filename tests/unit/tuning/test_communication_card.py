"""Laws of the indices and of the card: closed forms, the rule table, what lasts of a scenario."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from endotune_desktop.app.paths import resources_folder
from endotune_desktop.app.target_table import targets_of
from endotune_desktop.clinic.errors import OutsideValidity
from endotune_desktop.clinic.scenario import DoseOrder, LesionState, Scenario
from endotune_desktop.physiology.hpg_female import HPG_FEMALE
from endotune_desktop.physiology.hpt import HPT
from endotune_desktop.physiology.registry import AXES
from endotune_desktop.simulation import CancelFlag, Cancelled, simulate
from endotune_desktop.simulation.members import Members
from endotune_desktop.tuning.communication_card import CommunicationCard, Figure, card_of, settling_d
from endotune_desktop.tuning.communication_draws import banded, people_like
from endotune_desktop.tuning.communication_text import TEXTS, WORDS
from endotune_desktop.tuning.communication_word import Compared, Word, word_for
from endotune_desktop.tuning.indices import (
    both_indices,
    established,
    indices_of,
    relative_rhythm,
)
from endotune_desktop.tuning.lasting import lasting, person_of, unharmed
from endotune_desktop.tuning.operating_point import operating_point
from endotune_desktop.tuning.recovery import Recovery, days_until_within, recovery
from endotune_desktop.tuning.rhythm import first_harmonic
from endotune_desktop.tuning.set_point import distance, valid_targets
from endotune_desktop.tuning.validity import ValidityTable

WOMAN = Scenario("hpt", HPT.reference_person)
TABLET = DoseOrder("levothyroxine", "oral", 125.0, "ug", ("07:30",))
TREATED = replace(WOMAN, lesions=(LesionState("thyroidectomy", 1.0),), regimen_before=(TABLET,), regimen=(TABLET,))
BOTH = ("tsh", "ft4")
TALKING = Compared(0.0, 89.0, 89.0, 100.0, 1.0, 1.0, 0.3, 8.0)


@cache
def treated_card() -> CommunicationCard:
    """Return the card of a woman without thyroid on a tablet, with recovery."""
    state_of = lasting(HPT, TREATED)
    state, own = both_indices(HPT, state_of, unharmed(TREATED))
    return card_of(HPT, BOTH, state, own, recovery(HPT, state_of), complete=True)


# ---- closed forms ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("amplitude", "peak_h"), [(0.4, 2.5), (0.05, 23.9), (1.2, 12.0)])
def test_that_the_first_harmonic_of_a_cosine_is_the_cosine(amplitude: float, peak_h: float) -> None:
    times = np.arange(0.0, 24.0, 0.5)
    turn = 2.0 * np.pi * (times - peak_h) / 24.0
    found = first_harmonic(times, np.exp(1.7 + amplitude * np.cos(turn) + 0.3 * np.cos(2.0 * turn)))
    assert found.amplitude == pytest.approx(100.0 * math.expm1(amplitude), rel=1e-9)
    assert found.peak_h == pytest.approx(peak_h, abs=1e-9)


def test_that_a_time_until_within_counts_from_the_last_moment_outside() -> None:
    hours = np.arange(0.0, 240.0, 6.0)
    ratio = 1.0 + 0.8 * np.exp(-hours / 48.0)
    assert days_until_within(hours, ratio, 0.10) == pytest.approx(math.ceil(48.0 * math.log(8.0) / 6.0) * 6.0 / 24.0)
    assert days_until_within(hours, np.ones(hours.size), 0.10) == 0.0
    assert days_until_within(hours, np.full(hours.size, 2.0), 0.10) == math.inf
    back = np.where(np.isclose(hours, 120.0), 1.5, 1.0)
    assert days_until_within(hours, back, 0.10) == pytest.approx(126.0 / 24.0)


def test_that_the_distance_is_the_root_mean_square_in_standard_deviations() -> None:
    # TSH doubled and FT4 a tenth lower; assay and day-to-day variation of tuning.md 1.2.
    own = treated_card().own
    state = replace(own, levels={**own.levels, "tsh": 2.0 * own.levels["tsh"], "ft4": 0.9 * own.levels["ft4"]})
    squares = (math.log(2.0) ** 2 / (0.05**2 + 0.19**2), math.log(0.9) ** 2 / (0.05**2 + 0.046**2))
    assert distance(HPT, BOTH, state, own) == pytest.approx(-math.sqrt(sum(squares) / 2.0), rel=1e-9)
    known = {"tsh": 0.1}
    squares = (math.log(2.0) ** 2 / (0.05**2 + 0.19**2 + 0.1), squares[1])
    assert distance(HPT, BOTH, state, own, known) == pytest.approx(-math.sqrt(sum(squares) / 2.0), rel=1e-9)


def test_that_a_marker_that_is_no_target_is_left_out_of_the_distance() -> None:
    # tuning.md section 3: on levothyroxine for central hypothyroidism TSH is no target.
    central = replace(WOMAN, lesions=(LesionState("central_hypothyroidism", 0.95),), regimen=(TABLET,))
    table = targets_of(resources_folder()).table
    assert valid_targets(HPT, WOMAN, table) == BOTH
    assert valid_targets(HPT, central, table) == ("ft4",)
    assert valid_targets(HPT, central, ValidityTable()) == BOTH
    card = treated_card()
    assert math.isnan(distance(HPT, (), card.state, card.own))


def test_that_a_shift_of_the_rhythm_goes_the_short_way_round_the_clock() -> None:
    own = treated_card().own
    assert own.rhythm is not None
    later = replace(own, rhythm=replace(own.rhythm, peak_h=(own.rhythm.peak_h + 23.0) % 24.0))
    assert relative_rhythm(later, own) == pytest.approx((100.0, -1.0))


# ---- the flat state ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("axis_id", sorted(AXES))
def test_that_the_flat_state_rests_but_for_what_is_held(axis_id: str) -> None:
    axis = AXES[axis_id]
    point = operating_point(axis, Scenario(axis_id, axis.reference_person))
    rates = point.mean_rates(point.states, point.constants) + point.given
    pace = np.abs(rates) / np.maximum(np.abs(point.states), point.ready.scales)
    assert np.max(pace[point.free]) < 1e-9
    assert axis.communication is not None
    assert point.free.size == len(axis.states) - len(axis.communication.held)


def test_that_a_search_from_somebody_alike_finds_the_same_state() -> None:
    alike = operating_point(HPT, replace(WOMAN, parameters={"setpoint": HPT.parameter("setpoint").value * 1.1}))
    near, far = operating_point(HPT, WOMAN, near=alike), operating_point(HPT, WOMAN)
    np.testing.assert_allclose(near.states, far.states, rtol=1e-7, atol=1e-9)


def test_that_the_cycle_is_looked_at_in_its_early_follicular_phase() -> None:
    woman = Scenario("hpg_female", HPG_FEMALE.reference_person)
    found = indices_of(HPG_FEMALE, woman)
    there = simulate(HPG_FEMALE, replace(woman, duration_days=3.0), output_times_h=np.array([60.0])).markers
    assert found.levels["follicle_1"] == pytest.approx(float(there["follicle_1"][0]), rel=1e-4)
    assert found.levels["corpus_luteum"] < 0.05
    assert recovery(HPG_FEMALE, woman) is None


# ---- recovery ----------------------------------------------------------------------------------------------------
def test_that_nothing_recovers_where_the_centre_is_not_moved() -> None:
    found = recovery(HPT, lasting(HPT, replace(WOMAN, lesions=(LesionState("graves", 1.0),))))
    assert found is not None
    assert found.moved < 0.01
    assert not found.shown


def test_that_recovery_stops_when_it_is_told_to() -> None:
    flag = CancelFlag()
    flag.cancel()
    with pytest.raises(Cancelled):
        recovery(HPT, WOMAN, cancel=flag)


# ---- what lasts --------------------------------------------------------------------------------------------------
def test_that_what_is_taken_at_the_end_lasts_and_episodes_do_not() -> None:
    ended = replace(TABLET, dose=75.0, stop_day=10)
    later = replace(TABLET, start_day=10, missed_days=(12,))
    episode = next(lesion.id for lesion in HPT.lesions if "long_standing" not in lesion.onsets)
    whole = replace(
        WOMAN, regimen_before=(TABLET,), regimen=(ended, later), duration_days=60.0,
        lesions=(LesionState("hashimoto", 0.5, 200.0), LesionState(episode, 1.0, "new")),
    )  # fmt: skip
    end, first, before = lasting(HPT, whole), lasting(HPT, whole, 24.0), lasting(HPT, whole, -24.0)
    assert [order.dose for order in end.regimen_before] == [125.0]
    assert end.regimen_before[0].missed_days == ()
    assert [order.dose for order in first.regimen_before] == [75.0]
    assert before.regimen_before == (TABLET,)
    assert end.lesions == (LesionState("hashimoto", 0.5),)
    assert first.lesions == ()


def test_that_a_severity_that_somebody_wishes_is_not_drawn() -> None:
    members = Members({"setpoint": np.array([2.0])}, 1, severities={"hashimoto": np.array([0.7])})
    record = replace(WOMAN, lesions=(LesionState("hashimoto", 0.9),))
    wished = replace(WOMAN, lesions=(LesionState("hashimoto", 0.4),), parameters={"setpoint": 1.0})
    assert person_of(record, members, 0).lesions[0].severity == 0.7
    assert person_of(wished, members, 0, record).lesions[0].severity == 0.4
    assert person_of(wished, members, 0, record).parameters["setpoint"] == 1.0


# ---- the word ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("changed", "word"),
    [
        ({}, Word.NORMAL),
        ({"exogenous": 95.0, "cancels": 15.0}, Word.STEERED),
        ({"exogenous": 95.0, "cancels": 42.0, "recovery_d": 240.0}, Word.ASLEEP),
        ({"exogenous": 0.0, "cancels": 0.0, "gland": 180.0}, Word.FREE),
        ({"exogenous": math.nan, "cancels": 0.0, "gland": 180.0}, Word.FREE),
        ({"cancels": 77.0, "gland": 21.0, "centre": 0.76}, Word.UNANSWERED),
        ({"cancels": 0.0, "gland": 0.0, "centre": 0.1, "upstream": 11.0}, Word.UNANSWERED),
        ({"cancels": 81.0, "centre": 0.62, "upstream": 0.65, "distance": -5.0}, Word.QUIET),
        ({"cancels": 81.0, "centre": 0.62, "upstream": 1.65, "distance": -5.0}, Word.PARTLY),
        ({"distance": 2.4}, Word.PARTLY),
        ({"cancels": 60.0}, Word.PARTLY),
        ({"distance": math.nan}, Word.PARTLY),
        ({"recovery_d": 61.0}, Word.ASLEEP),
    ],
)
def test_that_the_first_rule_of_the_table_gives_the_word(changed: dict[str, float], word: Word) -> None:
    assert word_for(replace(TALKING, **changed)) is word


def test_that_every_number_and_every_word_is_explained() -> None:
    assert set(TEXTS) == set(Figure)
    assert set(WORDS) == set(Word)
    assert all(text.definition and text.healthy and text.title for text in TEXTS.values())


# ---- the card ----------------------------------------------------------------------------------------------------
def test_that_a_tablet_steers_where_no_gland_is_left() -> None:
    card = treated_card()
    assert [number.figure for number in card.numbers] == list(Figure)
    values = {number.figure: number.value for number in card.numbers}
    assert values[Figure.STEERING] == pytest.approx(0.0, abs=1.0)
    assert values[Figure.OUTSIDE] == pytest.approx(100.0, abs=0.01)
    assert values[Figure.GLAND] == 0.0
    assert card.word is Word.STEERED


def test_that_a_healthy_person_is_at_the_healthy_dots() -> None:
    state, own = both_indices(HPT, WOMAN, unharmed(WOMAN))
    card = card_of(HPT, BOTH, state, own, recovery(HPT, WOMAN), recovery(HPT, WOMAN), complete=True)
    assert card.word is Word.NORMAL
    for number in card.numbers:
        assert number.value == pytest.approx(number.healthy, abs=1e-6)


def test_that_numbers_without_a_meaning_are_not_on_the_card() -> None:
    axis = AXES["calcium"]
    person = Scenario("calcium", axis.reference_person)
    state, own = both_indices(axis, person, person)
    assert card_of(axis, (), state, own).number(Figure.RHYTHM) is None
    prolactin = AXES["prolactin"]
    woman = Scenario("prolactin", prolactin.reference_person)
    state, own = both_indices(prolactin, woman, woman)
    assert card_of(prolactin, (), state, own).number(Figure.OUTSIDE) is None


def test_that_time_is_of_settling_where_there_is_nothing_to_recover_from() -> None:
    card = treated_card()
    quiet = card_of(HPT, BOTH, card.state, card.own, Recovery(0.1, {"tsh": 0.2}), complete=True)
    time = quiet.number(Figure.TIME)
    assert time is not None
    assert time.value == pytest.approx(settling_d(card.state))
    assert time.value == pytest.approx(math.log(10.0) * card.state.time_constants_d[0])


def test_that_the_band_holds_the_number_and_comes_from_the_draws() -> None:
    card = treated_card()
    state_of = lasting(HPT, TREATED)
    people = people_like(HPT, TREATED, None, 6)
    found = banded(card, state_of, unharmed(TREATED), people, record=TREATED)
    assert found.people == 6
    for number in found.numbers:
        assert number.low <= number.value <= number.high
    value, low, high = found.set_point["tsh"]
    alone = [
        indices_of(HPT, person_of(unharmed(TREATED), people, member)).levels["tsh"] for member in range(people.count)
    ]
    assert (low, high) == pytest.approx((min(alone), max(alone)), rel=1e-6)
    assert value == pytest.approx(card.own.levels["tsh"])


def test_that_bands_stop_when_they_are_told_to() -> None:
    flag = CancelFlag()
    flag.cancel()
    with pytest.raises(Cancelled):
        banded(
            treated_card(), lasting(HPT, TREATED), unharmed(TREATED), people_like(HPT, TREATED, None, 3),
            record=TREATED, cancel=flag,
        )  # fmt: skip


def test_that_persons_without_a_flat_state_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    from endotune_desktop.tuning import communication_draws

    turn = iter(range(100))

    def now_and_then(*args: object, **kinds: object) -> object:
        if next(turn) % 2:
            raise OutsideValidity("no flat state", "hpt", 0.0)
        return both_indices(*args, **kinds)  # type: ignore[arg-type]

    monkeypatch.setattr(communication_draws, "both_indices", now_and_then)
    people = people_like(HPT, TREATED, None, 6)
    found = banded(treated_card(), lasting(HPT, TREATED), unharmed(TREATED), people, record=TREATED)
    assert found.people == 3


def test_that_established_indices_stand_beside() -> None:
    assert [m.id for m in established(HPT)] == ["spina_gt", "spina_gd", "tshi", "ttsi"]
    assert "free_testosterone" in [m.id for m in established(AXES["hpg_male"])]
