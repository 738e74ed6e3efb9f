"""Random but lawful scenarios of any axis, drawn from its own declaration and a seed."""

from __future__ import annotations

import numpy as np

from endotune_desktop.clinic.errors import InputRefused
from endotune_desktop.clinic.person import Person, Sex
from endotune_desktop.clinic.scenario import LONG_STANDING, NEW, DoseOrder, LesionState, Scenario, SingleDose
from endotune_desktop.exchange.scenario_file import plain_scenario, scenario_of
from endotune_desktop.physiology.axis import Axis, AxisAgent, Intake

MOST_TRIES = 200
OUTPUT_STEP_H = 3.0
_CLOCKS = ("06:30", "07:00", "08:00", "12:20", "18:00", "22:45")


def random_scenario(axis: Axis, generator: np.random.Generator) -> Scenario:
    """Return a scenario: lesions, daily to weekly orders, missed days, infusions, test doses, own parameters.

    Some doses fall exactly on an output time. What the axis refuses (lesions that together leave its bounds, a body
    it was not made for) is drawn again.

    Parameters
    ----------
    axis : Axis
    generator : numpy.random.Generator

    Raises
    ------
    InputRefused
        If the axis accepts none of many draws.
    """
    refusal = InputRefused("no draw is accepted", "axis", axis.id)
    for _ in range(MOST_TRIES):
        days = int(generator.integers(3, 13))
        regimen = random_orders(axis, generator, days)
        before = tuple(_always(order) for order in regimen) if generator.random() < 0.5 else ()
        scenario = Scenario(
            axis.id, random_person(axis, generator), random_parameters(axis, generator),
            random_lesions(axis, generator, days), before, regimen, _events(axis, generator, days), float(days),
            OUTPUT_STEP_H,
        )  # fmt: skip
        try:
            return scenario_of(plain_scenario(scenario))
        except InputRefused as error:
            refusal = error
    raise refusal


def random_person(axis: Axis, generator: np.random.Generator) -> Person:
    """Return an adult whose axis it is."""
    sex = Sex.MALE if generator.random() < 0.5 else Sex.FEMALE
    if sex not in axis.sexes:
        sex = axis.sexes[0]
    age, height = generator.uniform(19.0, 85.0), generator.uniform(148.0, 198.0)
    return Person(sex, round(age), round(height, 1), round(generator.uniform(19.0, 38.0) * (height / 100.0) ** 2, 1))


def random_parameters(axis: Axis, generator: np.random.Generator) -> dict[str, float]:
    """Return up to four parameters as they vary between persons."""
    varying = [parameter for parameter in axis.parameters if parameter.omega]
    found = {}
    for place in generator.permutation(len(varying))[: generator.integers(0, 5)]:
        parameter = varying[int(place)]
        assert parameter.omega is not None
        value = parameter.value * float(np.exp(parameter.omega * generator.normal()))
        found[parameter.id] = min(max(value, parameter.low), parameter.high)
    return found


def random_lesions(axis: Axis, generator: np.random.Generator, days: int) -> tuple[LesionState, ...]:
    """Return up to two lesions, each with an onset that it can have."""
    found = []
    for place in generator.permutation(len(axis.lesions))[: generator.integers(0, 3)]:
        lesion = axis.lesions[int(place)]
        kind = lesion.onsets[int(generator.integers(len(lesion.onsets)))]
        at_h = float(round(generator.uniform(0.0, 24.0 * days), 2))
        onset: str | float = kind if kind in (LONG_STANDING, NEW) else at_h
        found.append(LesionState(lesion.id, round(float(generator.uniform(0.05, 1.0)), 3), onset))
    return tuple(found)


def random_orders(axis: Axis, generator: np.random.Generator, days: int) -> tuple[DoseOrder, ...]:
    """Return up to two orders: daily to weekly, some with missed days, some over hours, some stopped."""
    chronic = [entry for entry in axis.agents if entry.chronic]
    found = []
    for place in generator.permutation(len(chronic))[: generator.integers(0, 3)]:
        entry = chronic[int(place)]
        intake, duration_h = _intake(entry, generator)
        clocks = generator.permutation(_CLOCKS)[: generator.integers(1, 4)]
        missed = sorted({int(day) for day in generator.integers(0, days, 2)}) if generator.random() < 0.3 else []
        dose, every_days = _dose(entry, intake, generator), int(generator.choice([1, 1, 1, 2, 3, 7]))
        if entry.usual_every_days > 1:  # a depot three times a day is nobody's treatment
            clocks, every_days = clocks[:1], entry.usual_every_days
        found.append(
            DoseOrder(
                entry.agent.id, intake.route, dose, entry.agent.unit, tuple(sorted(str(clock) for clock in clocks)),
                every_days, int(generator.integers(0, 3)), days - 1 if generator.random() < 0.2 else None,
                intake.preparation or None, duration_h, 1.0, tuple(missed),
            )
        )  # fmt: skip
    return tuple(found)


def _events(axis: Axis, generator: np.random.Generator, days: int) -> tuple[SingleDose, ...]:
    found = []
    for _ in range(generator.integers(0, 3)):
        entry = axis.agents[int(generator.integers(len(axis.agents)))]
        intake, duration_h = _intake(entry, generator)
        steps = int(24 * days / OUTPUT_STEP_H)
        on_output = OUTPUT_STEP_H * float(generator.integers(0, steps))
        time_h = on_output if generator.random() < 0.5 else float(round(generator.uniform(0.0, 24.0 * days), 3))
        found.append(
            SingleDose(
                entry.agent.id, intake.route, _dose(entry, intake, generator), entry.agent.unit, time_h,
                intake.preparation or None, duration_h,
            )
        )  # fmt: skip
    return tuple(found)


def _intake(entry: AxisAgent, generator: np.random.Generator) -> tuple[Intake, float | None]:
    intake = entry.intakes[int(generator.integers(len(entry.intakes)))]
    infused = intake.route == "iv" and generator.random() < 0.5
    return intake, float(round(generator.uniform(0.25, 8.0), 2)) if infused else None


def _dose(entry: AxisAgent, intake: Intake, generator: np.random.Generator) -> float:
    usual = intake.usual_dose or entry.usual_dose
    return min(round(usual * float(generator.uniform(0.25, 2.0)), 3), entry.agent.dose_high)


def _always(order: DoseOrder) -> DoseOrder:
    """Return an order as it would be taken for ever."""
    return DoseOrder(
        order.agent, order.route, order.dose, order.unit, order.clock_times, order.every_days,
        preparation=order.preparation, duration_h=order.duration_h,
    )  # fmt: skip
