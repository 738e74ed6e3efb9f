"""How an agent is usually begun by each of its routes: what a new card shows, and a card whose route was changed."""

from __future__ import annotations

from dataclasses import replace

from endotune_desktop.clinic.scenario import DoseOrder
from endotune_desktop.physiology.axis import AxisAgent, Intake
from endotune_desktop.workbench.regimens import AgentRegimen, regimens_of


def usual_unit(entry: AxisAgent, intake: Intake) -> str:
    """Return the dose unit in which a route is ordered: the agent's, or that of what is sold when it counts otherwise.

    A patch is ordered by the rate on its label although tablets of the same agent are ordered by mass.
    """
    sold = [p.unit for p in entry.preparations_for(intake.route) if p.id == intake.preparation]
    return sold[0] if sold and sold[0] in entry.agent.other_units else entry.agent.unit


def usual_every_days(entry: AxisAgent, intake: Intake) -> int:
    """Return on every how many days a route is usually given."""
    return intake.usual_every_days or entry.usual_every_days


def usual_orders(entry: AxisAgent, intake: Intake) -> tuple[DoseOrder, ...]:
    """Return the usual orders of an agent by one route, from day 0 on."""
    unit = usual_unit(entry, intake)
    dose = entry.agent.from_own_unit(intake.usual_dose or entry.usual_dose, unit)
    first = DoseOrder(
        entry.agent.id, intake.route, dose, unit, entry.usual_clock_times, usual_every_days(entry, intake),
        preparation=intake.preparation or None,
    )  # fmt: skip
    return tuple(replace(first, start_day=day) for day in intake.usual_days)


def by_route(regimen: AgentRegimen, entry: AxisAgent, intake: Intake) -> AgentRegimen:
    """Return a regimen by another route or preparation.

    The doses stay where both are usually ordered alike (tablet and drops); where they are not, as a daily gel and an
    ampoule for weeks, the usual doses of the new one take their place from the same day on.
    """
    former = next((i for i in entry.intakes if _stands_for(i, regimen)), entry.intakes[0])
    usual, new = (regimens_of(usual_orders(entry, way))[0] for way in (former, intake))
    if (usual.unit, usual.rows, usual.clocks) == (new.unit, new.rows, new.clocks):
        return replace(regimen, route=intake.route, preparation=intake.preparation or None)
    return replace(new.starting(regimen.start_day), stop_day=regimen.stop_day, fraction_taken=regimen.fraction_taken)


def _stands_for(intake: Intake, regimen: AgentRegimen) -> bool:
    return (intake.route, intake.preparation) == (regimen.route, regimen.preparation or "")
