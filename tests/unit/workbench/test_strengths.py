"""Amounts that exist, by market, and what is swallowed for them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from endotune_desktop.clinic.agents import MARKETS, Preparation
from endotune_desktop.physiology.hpt import HPT
from endotune_desktop.workbench.day_total import shared, stepped
from endotune_desktop.workbench.regimens import AgentRegimen
from endotune_desktop.workbench.strengths import Stops, nearest_strengths, stops_for

LT4 = AgentRegimen("levothyroxine", "oral", "ug", ("07:30",), ((100.0,),))


def stops(market: str, regimen: AgentRegimen = LT4) -> Stops:
    """Return the stops of an agent in a market."""
    return stops_for(HPT.agent(regimen.agent), regimen, market)


@pytest.mark.parametrize(
    ("market", "amount", "coarse", "exists"),
    [
        ("EU", 137.0, True, True),
        ("UK", 137.0, False, False),
        ("US", 300.0, True, True),
        ("EU", 112.0, True, True),
        ("UK", 112.0, False, False),
        ("UK", 112.5, True, True),
        ("EU", 112.5, False, True),
        ("UK", 12.5, True, True),
        ("EU", 12.5, False, True),
        ("EU", 110.0, False, False),
        ("UK", 6.25, False, True),
        ("UK", 3.125, False, False),
    ],
)
def test_that_an_amount_exists_or_not_by_market(market: str, amount: float, coarse: bool, exists: bool) -> None:
    found = stops(market)
    assert (amount in found.coarse) == coarse
    assert found.exists(amount) == exists


@pytest.mark.parametrize("market", MARKETS)
@pytest.mark.parametrize("entry", HPT.agents, ids=lambda entry: entry.agent.id)
def test_that_every_stop_is_made_of_pieces_that_are_sold(entry: object, market: str) -> None:
    assert hasattr(entry, "agent")
    agent = HPT.agent(entry.agent.id)
    for intake in agent.intakes:
        regimen = AgentRegimen(agent.agent.id, intake.route, agent.agent.unit, ("08:00",), ((0.0,),),
                               preparation=intake.preparation or None)  # fmt: skip
        found = stops_for(agent, regimen, market)
        assert found.coarse == sorted(set(found.coarse))
        assert set(found.coarse) <= set(found.fine)
        assert found.coarse[0] == 0.0
        for amount in found.fine[1:]:
            assert found.exists(amount)
            if not found.free:
                assert sum(count * strength for count, strength in found.way(amount)) == pytest.approx(amount)


@pytest.mark.parametrize(
    ("amount", "way"),
    [
        (100.0, ((1.0, 100.0),)),
        (112.5, ((1.0, 100.0), (1.0, 12.5))),
        (200.0, ((2.0, 100.0),)),
        (150.0, ((1.0, 100.0), (1.0, 50.0))),
        (106.25, ((1.0, 100.0), (0.5, 12.5))),
    ],
)
def test_that_the_plainest_way_to_swallow_an_amount_is_said(amount: float, way: object) -> None:
    assert stops("UK").way(amount) == way


def test_that_a_missing_strength_names_its_neighbours_in_the_market() -> None:
    assert nearest_strengths(110.0, stops("EU")) == (112.0, (100.0, 112.0))
    assert nearest_strengths(110.0, stops("UK")) == (112.5, (100.0, 112.5))
    assert nearest_strengths(137.0, stops("UK")) == (125.0, (125.0, 150.0))


def test_that_a_dose_on_record_stays_selectable_and_is_marked() -> None:
    held = stops("UK").holding((137.0, 100.0))
    assert 137.0 in held.coarse
    assert held.strange == (137.0,)
    assert nearest_strengths(137.0, held) is not None


def test_that_an_agent_that_is_not_sold_in_a_market_shows_where_it_is() -> None:
    ptu = AgentRegimen("propylthiouracil", "oral", "mg", ("08:00",), ((100.0,),))
    found = stops("EU", ptu)
    assert not found.here
    assert found.sold_in == ("US", "UK")
    assert found.coarse == [0.0, 50.0, 100.0, 150.0, 200.0]


def test_that_what_may_not_be_divided_has_no_halves_and_what_may_has_quarters() -> None:
    capsule = replace(LT4, preparation="soft_capsule")
    assert not stops("EU", capsule).exists(12.5)
    entry = HPT.agent("levothyroxine")
    scored = Preparation("", "tablet", (10.0, 20.0), "ug", 0.25, ("EU",), "test")
    quarters = replace(entry, preparations=(scored,), routes=("oral",))
    found = stops_for(quarters, LT4, "EU")
    assert found.way(7.5) == ((0.75, 10.0),)
    assert found.way(22.5) == ((1.0, 20.0), (0.25, 10.0))
    assert {2.5, 7.5} <= set(found.fine)


def test_that_a_solution_is_measured_and_a_weekly_dose_is_seven_tablets() -> None:
    assert stops("EU", replace(LT4, preparation="solution")).free
    weekly = stops("EU", LT4.only_first_day(7))
    assert 700.0 in weekly.coarse
    assert weekly.way(700.0) == ((7.0, 100.0),)


@pytest.mark.parametrize(
    ("steps", "doses"),
    [
        (0, (10.0, 5.0, 5.0)),
        (1, (12.5, 2.5, 5.0)),
        (2, (15.0, 0.0, 5.0)),
        (3, (20.0, 0.0, 0.0)),
        (-1, (7.5, 7.5, 5.0)),
        (9, (20.0, 0.0, 0.0)),
    ],
)
def test_that_a_dose_grows_while_the_day_s_total_stays(steps: int, doses: tuple[float, ...]) -> None:
    lt3 = AgentRegimen("liothyronine", "oral", "ug", ("07:00",), ((10.0,),))
    found = shared((10.0, 5.0, 5.0), 0, steps, stops("EU", lt3))
    assert found == doses
    assert sum(found) == 20.0


def test_that_a_step_stops_at_the_last_strength() -> None:
    assert stepped(100.0, 1, [0.0, 100.0]) == 100.0
    assert stepped(100.0, -1, [0.0, 100.0]) == 0.0
    assert stepped(110.0, 1, [0.0, 100.0, 112.0]) == 112.0
