"""Orders and cards are two views of the same doses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from endotune_desktop.clinic.scenario import DoseOrder
from endotune_desktop.workbench.regimens import CYCLES, AgentRegimen, grouped, regimens_of

CLOCKS = ("06:00", "07:30", "12:00", "17:00", "23:45")
DOSES = (0.0, 5.0, 10.0, 25.0, 100.0)

_stops = st.one_of(st.none(), st.integers(20, 30))


@st.composite
def orders(draw: st.DrawFn) -> DoseOrder:
    """Return an order of one of two agents, as a record or a file may hold it."""
    start = draw(st.integers(-3, 9))
    return DoseOrder(
        agent=draw(st.sampled_from(("levothyroxine", "liothyronine"))),
        route="oral",
        dose=draw(st.sampled_from(DOSES)),
        unit="ug",
        clock_times=tuple(sorted(draw(st.sets(st.sampled_from(CLOCKS), min_size=1, max_size=3)))),
        every_days=draw(st.sampled_from((1, 1, 2, 3, 7, 7, 14))),
        start_day=start,
        stop_day=draw(_stops),
        preparation=draw(st.sampled_from((None, "solution"))),
        missed_days=tuple(sorted(draw(st.sets(st.integers(-3, 30), max_size=4)))),
    )


@st.composite
def regimens(draw: st.DrawFn) -> AgentRegimen:
    """Return a regimen as a card makes it."""
    clocks = tuple(sorted(draw(st.sets(st.sampled_from(CLOCKS), min_size=1, max_size=4))))
    cycle = draw(st.sampled_from(CYCLES))
    day = st.tuples(*(st.sampled_from(DOSES) for _ in clocks))
    rows = tuple(draw(day) for _ in range(cycle))
    made = AgentRegimen(
        "levothyroxine", "oral", "ug", clocks, rows, draw(st.integers(0, 9)), draw(_stops), None, None,
        draw(st.sampled_from((1.0, 0.8))),
    )  # fmt: skip
    missed = draw(st.sets(st.integers(0, 29), max_size=5))
    return replace(made, missed_days=tuple(sorted(day for day in missed if made.is_due(day))))


def doses(lines: Iterable[DoseOrder]) -> Counter[tuple[object, ...]]:
    """Return what is given on forty days: day, clock, agent, preparation, amount and how often."""
    found: Counter[tuple[object, ...]] = Counter()
    for order in lines:
        for day in range(-5, 40):
            late = order.stop_day is not None and day >= order.stop_day
            if day < order.start_day or late or (day - order.start_day) % order.every_days or day in order.missed_days:
                continue
            for clock in order.clock_times:
                found[day, clock, order.agent, order.preparation, order.dose, order.fraction_taken] += order.dose > 0.0
    return +found


@given(st.lists(orders(), max_size=8))
def test_that_orders_become_cards_and_orders_again_with_the_same_doses(lines: list[DoseOrder]) -> None:
    groups = grouped(lines)
    assert Counter(order for _, members in groups for order in members) == Counter(lines)
    for regimen, members in groups:
        assert doses(regimen.orders()) == doses(members)


@given(regimens())
def test_that_a_card_is_found_again_in_its_orders(regimen: AgentRegimen) -> None:
    lines = regimen.orders()
    (again,) = regimens_of(reversed(lines))
    assert doses(again.orders()) == doses(lines)
    assert again.start_day == regimen.start_day
    if regimen.stop_day is None or regimen.stop_day >= regimen.start_day + regimen.cycle_days:
        assert again.clocks == regimen.clocks
        assert again.over(regimen.cycle_days).rows == regimen.rows
        assert again.missed_days == regimen.missed_days
    for day in range(-5, 40):
        given_then = {key[1] for key in doses(lines) if key[0] == day}
        due = regimen.is_due(day) and day not in regimen.missed_days
        assert bool(given_then) == due


@given(regimens(), st.integers(0, 20))
def test_that_weekdays_keep_their_doses_when_the_start_moves(regimen: AgentRegimen, day: int) -> None:
    weekly = replace(regimen.over(7), stop_day=None, missed_days=())
    moved = weekly.starting(day)
    first = max(day, weekly.start_day)
    for later in range(first, first + 14):
        assert moved.rows[moved.row_on(later)] == weekly.rows[weekly.row_on(later)]


def test_that_a_weekly_plan_of_seven_orders_is_one_card() -> None:
    doses_of_week = [100.0] * 5 + [125.0] * 2
    week = [
        DoseOrder("levothyroxine", "oral", dose, "ug", ("07:30",), 7, day) for day, dose in enumerate(doses_of_week)
    ]
    (regimen,) = regimens_of(week)
    assert [sum(row) for row in regimen.rows] == doses_of_week
    assert regimen.mean_a_day == 750.0 / 7.0
    assert regimen.orders() == tuple(week)


def test_that_two_orders_at_one_time_stay_two_cards() -> None:
    lines = [DoseOrder("levothyroxine", "oral", dose, "ug", ("07:30",)) for dose in (100.0, 12.5)]
    assert len(regimens_of(lines)) == 2


def test_that_unequal_doses_of_a_day_are_one_card_and_the_fewest_orders() -> None:
    morning = DoseOrder("liothyronine", "oral", 10.0, "ug", ("07:00",))
    later = replace(morning, dose=5.0, clock_times=("12:00", "17:00"))
    (regimen,) = regimens_of([later, morning])
    assert regimen.clocks == ("07:00", "12:00", "17:00")
    assert regimen.rows == ((10.0, 5.0, 5.0),)
    assert regimen.orders() == (morning, later)
