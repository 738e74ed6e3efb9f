"""How agents are usually begun, by route and in the unit of what is sold."""

from __future__ import annotations

from datetime import date

import pytest

from endotune_desktop.physiology.axis import AxisAgent, Intake
from endotune_desktop.physiology.calcium import CALCIUM
from endotune_desktop.physiology.gh_igf1 import GH_IGF1
from endotune_desktop.physiology.hpg_female import HPG_FEMALE
from endotune_desktop.physiology.hpg_male import HPG_MALE
from endotune_desktop.physiology.registry import AXES, card_of, cards
from endotune_desktop.workbench.forms import medication_form
from endotune_desktop.workbench.plausibility import dose_repairs
from endotune_desktop.workbench.regimens import regimens_of
from endotune_desktop.workbench.strengths import stops_for
from endotune_desktop.workbench.usual_orders import by_route, usual_orders

TODAY = date(2026, 11, 24)


def way(entry: AxisAgent, route: str, preparation: str) -> Intake:
    return next(x for x in entry.intakes if (x.route, x.preparation) == (route, preparation))


def test_that_a_depot_begins_with_its_own_interval() -> None:
    lanreotide = next(entry for entry in GH_IGF1.agents if entry.usual_every_days == 28)
    assert [order.every_days for order in usual_orders(lanreotide, lanreotide.intakes[0])] == [28]


def test_that_a_patch_begins_at_its_labelled_rate_on_two_days_a_week() -> None:
    estradiol = HPG_FEMALE.agent("estradiol")
    orders = usual_orders(estradiol, way(estradiol, "transdermal", "patch"))
    assert [(order.dose, order.unit, order.start_day, order.every_days) for order in orders] == [
        (50.0, "ug/d", 0, 7), (50.0, "ug/d", 3, 7),
    ]  # fmt: skip
    assert len(regimens_of(orders)) == 1
    assert 50.0 in stops_for(estradiol, regimens_of(orders)[0], "EU").coarse


def test_that_another_route_brings_its_own_usual_dose() -> None:
    testosterone = HPG_MALE.agent("testosterone")
    gel = regimens_of(usual_orders(testosterone, testosterone.intakes[0]))[0]
    ampoule = by_route(gel, testosterone, way(testosterone, "im", "undecanoate"))
    assert (ampoule.rows[0], ampoule.cycle_days) == ((1000.0,), 84)
    assert by_route(ampoule, testosterone, testosterone.intakes[0]).rows == gel.rows


def test_that_a_like_preparation_keeps_the_doses() -> None:
    colecalciferol = CALCIUM.agent("colecalciferol")
    tablet = regimens_of(usual_orders(colecalciferol, colecalciferol.intakes[0]))[0].with_amount([0], 0, 2000.0)
    assert by_route(tablet, colecalciferol, way(colecalciferol, "oral", "drops")).rows == ((2000.0,),)


@pytest.mark.parametrize(("amount", "unit"), [("1000", "IU"), ("25", "ug")])
def test_that_an_order_is_accepted_in_each_unit_of_its_agent(amount: str, unit: str) -> None:
    texts = {"agent": "colecalciferol", "form": "oral/", "dose": amount, "unit": unit, "clocks": "08:00",
             "start": "2026-11-01"}  # fmt: skip
    form = medication_form(texts, "p1", CALCIUM, TODAY)
    assert form.record is not None
    assert form.doubts == {}  # 25 ug are 1000 IU, a tablet that is sold
    assert (form.record.dose, form.record.unit) == (float(amount), unit)


def test_that_too_many_micrograms_are_taken_for_units() -> None:
    assert dose_repairs(CALCIUM.agent("colecalciferol"), 20000.0, "ug")[0].text == "IU"


def test_that_an_unknown_unit_is_refused_at_its_field() -> None:
    texts = {"agent": "colecalciferol", "form": "oral/", "dose": "1", "unit": "mg/h", "clocks": "08:00",
             "start": "2026-11-01"}  # fmt: skip
    assert "unit" in medication_form(texts, "p1", CALCIUM, TODAY).refusals


def test_that_the_cards_of_axes_say_what_their_declarations_do() -> None:
    assert list(cards().values()) == [card_of(axis) for axis in AXES.values()]
