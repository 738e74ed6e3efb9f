"""The card of communication in stages, its memory, its place behind the curves, and its words."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date

import pytest

from endotune_desktop.clinic.records import Plan
from endotune_desktop.clinic.scenario import LesionState, Scenario
from endotune_desktop.physiology.hpt import HPT
from endotune_desktop.simulation import CancelFlag, Cancelled
from endotune_desktop.simulation.ensemble import one_after_another
from endotune_desktop.tuning.communication_card import CardNumber, CommunicationCard, Figure
from endotune_desktop.workbench.band_maker import COARSE
from endotune_desktop.workbench.communication_maker import Asked, CommunicationMaker
from endotune_desktop.workbench.communication_words import (
    band_words,
    sentence,
    short,
    stopping_words,
    summary,
    time_words,
    title_words,
    word_words,
)
from endotune_desktop.workbench.course_maker import CourseMaker
from endotune_desktop.workbench.course_view import CourseRequest, CourseView
from endotune_desktop.workbench.horizons import Horizon
from tests.ui.desk import ingrid

TODAY = date(2026, 11, 24)
RECORD = Scenario("hpt", HPT.reference_person, lesions=(LesionState("hashimoto", 0.6),))


FEW = 4


def stages(maker: CommunicationMaker, scenario: Scenario) -> list[CommunicationCard]:
    """Return every card that is published for a scenario."""
    return list(maker.stages(Asked(HPT, scenario, RECORD, None), CancelFlag()))


def test_that_fast_numbers_come_first_then_recovery_then_bands() -> None:
    first, second, third = stages(CommunicationMaker(FEW), RECORD)
    assert (first.recovery, first.complete, first.people) == (None, False, 0)
    assert second.recovery is not None
    assert second.complete
    assert math.isnan(second.numbers[1].low)
    assert third.people == FEW
    assert third.numbers[1].low <= third.numbers[1].value <= third.numbers[1].high
    assert third.numbers[1].value == first.numbers[1].value


def test_that_a_known_state_is_answered_at_once() -> None:
    maker = CommunicationMaker(FEW)
    whole = stages(maker, RECORD)
    other = stages(maker, replace(RECORD, lesions=(LesionState("hashimoto", 0.9),)))
    again = stages(maker, RECORD)
    assert again == [whole[-1]]
    assert other[-1] is not whole[-1]


def test_that_a_plans_own_physiology_is_not_the_patients_healthy_state() -> None:
    asked = Asked(HPT, replace(RECORD, parameters={"sigma": 0.3}), RECORD, None)
    assert asked.own.parameters == {}
    assert asked.own.lesions == ()


def test_that_nothing_is_kept_of_a_card_that_was_stopped() -> None:
    flag, maker = CancelFlag(), CommunicationMaker(FEW)
    going = maker.stages(Asked(HPT, RECORD, RECORD, None), flag)
    next(going)
    flag.cancel()
    with pytest.raises(Cancelled):
        list(going)
    assert maker._known == {}


def views(*, communication: bool, plan: Plan | None = None) -> list[CourseView]:
    """Return every view that a course maker publishes for Ingrid without labs."""
    record = replace(ingrid(), labs=())
    request = CourseRequest(
        1, record, "hpt", plan, (), "", TODAY, Horizon.SIX_WEEKS, communication=communication
    )  # fmt: skip
    found: list[CourseView] = []
    maker = CourseMaker(one_after_another, COARSE)
    maker._communication = CommunicationMaker(FEW)
    maker.answer(request, found.append, CancelFlag())
    return found


def test_that_the_card_comes_behind_everything_else_and_only_when_somebody_looks() -> None:
    assert all(view.communication is None for view in views(communication=False))
    found = views(communication=True)
    with_card = [view for view in found if view.communication is not None]
    assert found[-len(with_card) :] == with_card
    assert all(view.fine and view.now_band is not None and view.settled_members for view in with_card)
    assert with_card[-1].communication is not None
    assert with_card[-1].communication.people == FEW


def test_that_the_card_is_of_the_plan() -> None:
    taken = views(communication=True)[-1].communication
    nothing = views(communication=True, plan=Plan(TODAY, (), ingrid().profiles[0].lesions, {}))[-1].communication
    assert taken is not None
    assert nothing is not None
    more, less = taken.number(Figure.OUTSIDE), nothing.number(Figure.OUTSIDE)
    assert more is not None
    assert less is not None
    assert more.value > 50.0
    assert less.value == pytest.approx(0.0, abs=1e-6)


# ---- words -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("days", "words"),
    [(0.01, "1 h"), (0.5, "12 h"), (1.0, "1 day"), (6.4, "6 days"), (63.0, "9 weeks"), (math.inf, "> 77 weeks")],
)
def test_that_times_are_written_as_people_say_them(days: float, words: str) -> None:
    assert time_words(days).replace("\u00a0", " ") == words


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (CardNumber(Figure.DISTANCE, 1.44, 0.0, (-2.0, 2.0), beside=1.4),
         "1.4 SD above where this axis would rest by itself."),
        (CardNumber(Figure.DISTANCE, -4.0, 0.0, (-2.0, 2.0), beside=-3.0),
         "4.0 SD below where this axis would rest by itself."),
        (CardNumber(Figure.DISTANCE, 2.9, 0.0, (-2.0, 2.0), beside=0.2),
         "2.9 SD from where this axis would rest by itself, the hormone within 1 SD."),
        (CardNumber(Figure.STEERING, 79.2, 88.6, (70.0, 100.0)),
         "The axis removes 79 % of a lasting disturbance by itself (healthy 89 %)."),
        (CardNumber(Figure.OUTSIDE, 0.0, 0.0, (0.0, 10.0)), "Nothing of the hormone is given."),
        (CardNumber(Figure.GLAND, 43.0, 100.0, (80.0, 125.0)), "The gland works with 43 % of its healthy mass."),
        (CardNumber(Figure.RHYTHM, 96.0, 100.0, (80.0, 125.0), beside=0.2),
         "The daily rhythm is 96 % as strong as healthy, 0.2 h later."),
        (CardNumber(Figure.RHYTHM, 96.0, 100.0, (80.0, 125.0), beside=-3.0),
         "The daily rhythm is 96 % as strong as healthy, 3.0 h earlier."),
        (CardNumber(Figure.TIME, 63.0, 8.0, (0.0, 60.0), beside=1.0),
         "Held down for weeks, this axis would need 9 weeks to come back (healthy 8 days)."),
        (CardNumber(Figure.TIME, 63.0, 8.0, (0.0, 60.0), beside=0.0),
         "Nine tenths of a lasting change take 9 weeks (healthy 8 days)."),
    ],
)  # fmt: skip
def test_that_each_number_has_one_plain_sentence(number: CardNumber, words: str) -> None:
    assert sentence(number).replace("\u00a0", " ") == words


def test_that_bands_and_titles_are_short() -> None:
    number = CardNumber(Figure.STEERING, 79.0, 89.0, (71.0, 100.0), 70.0, 84.0)
    assert band_words(number).replace("\u00a0", " ") == "(70\u201384 %)"
    assert band_words(replace(number, low=math.nan)) == ""
    assert short(Figure.DISTANCE, -1.44).replace("\u00a0", " ") == "\u22121.4 SD"
    assert short(Figure.OUTSIDE, -0.2).replace("\u00a0", " ") == "0 %"
    assert title_words(CardNumber(Figure.TIME, 1.0, 1.0, (0.0, 60.0), beside=0.0)) == "Time to settle"
    assert title_words(CardNumber(Figure.TIME, 1.0, 1.0, (0.0, 60.0), beside=1.0)) == "Time to recover"


def test_that_stopping_is_spoken_of_only_where_something_is_given() -> None:
    card = views(communication=True)[-1].communication
    untreated = stages(CommunicationMaker(FEW), RECORD)[-1]
    assert card is not None
    assert "If what is given were stopped" in stopping_words(card)
    assert stopping_words(untreated) == ""
    assert summary(untreated).endswith("Nothing of the hormone is given.")
    assert word_words(card)


def test_that_with_labs_the_last_card_is_of_the_fitted_person() -> None:
    request = CourseRequest(1, ingrid(), "hpt", None, (), "", TODAY, Horizon.SIX_WEEKS, communication=True)
    found: list[CourseView] = []
    maker = CourseMaker(one_after_another, COARSE)
    maker._communication = CommunicationMaker(FEW)
    maker.answer(request, found.append, CancelFlag())
    last = found[-1]
    assert last.communication is not None
    assert last.fit is not None
    assert last.fit.posterior is not None
    own = last.fit.person().values["setpoint"][0]
    typical = HPT.parameter("setpoint").value
    moved = last.communication.own.levels["tsh"] / views(communication=True)[-1].communication.own.levels["tsh"]  # type: ignore[union-attr]
    assert (own > typical) == (moved > 1.0)
    assert abs(moved - 1.0) > 0.01
    cards = [view.communication for view in found if view.communication is not None]
    assert all(card.own.levels["tsh"] == cards[-1].own.levels["tsh"] for card in cards)
