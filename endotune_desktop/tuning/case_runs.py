"""The runs behind the teaching cases: linked axes of one person, the healthy person, the person before, tests."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from endotune_desktop.clinic.scenario import Scenario
from endotune_desktop.physiology.axis import REFINED
from endotune_desktop.physiology.registry import AXES
from endotune_desktop.simulation import Course, simulate
from endotune_desktop.simulation.observables import evaluate
from endotune_desktop.simulation.running import StartState
from endotune_desktop.tuning.cross_axis import LinkTable, linked, links_for
from endotune_desktop.tuning.directions import reference_range
from endotune_desktop.tuning.function_test_run import perform
from endotune_desktop.tuning.function_tests import FunctionTest, find_test
from endotune_desktop.tuning.patient_state import PatientState, lesions_of, taken_of

CASE_RTOL = 1e-6
OPERATED = "operated"
"""State whose scenario goes on from where the one before ends."""
BEFORE = "//"
_CLOCK = re.compile(r"@(\d\d):(\d\d)")


def parts_of(name: str) -> tuple[str, str, str]:
    """Return case number, state and axis part of a scenario name: ``10.operated.cushing_disease.hpa``."""
    number, state, *rest = name.split(".")
    return number, state, rest[-1]


@dataclass
class CaseRuns:
    """Runs each scenario once.

    Attributes
    ----------
    scenarios : mapping of str to Scenario
        By name, ``number.state.title.axis``; those of one number and state are one person.
    links : LinkTable
    tests : tuple of FunctionTest
    """

    scenarios: Mapping[str, Scenario]
    links: LinkTable
    tests: tuple[FunctionTest, ...]
    _courses: dict[str, Course] = field(default_factory=dict)
    _healthy: dict[str, Course] = field(default_factory=dict)
    _linked: dict[str, Scenario] = field(default_factory=dict)

    def value(self, name: str, observable: str) -> float:
        """Return an observable of a case: what stands before ``//``."""
        return evaluate(observable.partition(BEFORE)[0], {"": self._course(name)})

    def value_before(self, name: str, observable: str) -> float:
        """Return an observable of the same case before: what stands after ``//``, or the same."""
        now, _, before = observable.partition(BEFORE)
        return evaluate(before or now, {"": self._course(self._before(name))})

    def value_healthy(self, name: str, observable: str) -> float:
        """Return an observable of a healthy person of the same body, age and sex."""
        if name not in self._healthy:
            ill = self.scenarios[name]
            kept = {key: value for key, value in ill.parameters.items() if key == REFINED}
            healthy = replace(ill, parameters=kept, lesions=(), regimen=(), regimen_before=(), events=())
            self._healthy[name] = simulate(AXES[ill.axis], healthy, rtol=CASE_RTOL)
        return evaluate(observable, {"": self._healthy[name]})

    def range_of(self, name: str, marker: str, observable: str) -> tuple[float, float]:
        """Return the reference range of a marker, at the clock time of the observable where it names one."""
        scenario = self.scenarios[name]
        clock = _CLOCK.search(observable)
        hour = int(clock[1]) + int(clock[2]) / 60.0 if clock else None
        try:
            declared = AXES[scenario.axis].marker(marker)
        except KeyError:
            return float("-inf"), float("inf")
        return reference_range(declared, scenario.person, hour)

    def outcome(self, name: str, test: str) -> str:
        """Return what a function test reads on a case, the day after its scenario ends."""
        scenario = self._with_links(name)
        chosen = find_test(self.tests, scenario.axis, test)
        return perform(AXES[scenario.axis], scenario, chosen).outcome.id

    def _course(self, name: str) -> Course:
        if name not in self._courses:
            scenario = self._with_links(name)
            axis = AXES[scenario.axis]
            start = None
            if parts_of(name)[1] == OPERATED:
                start = StartState(0.0, self._course(self._before(name)).states[-1], happened=False)
            self._courses[name] = simulate(axis, scenario, rtol=CASE_RTOL, start=start)
        return self._courses[name]

    def _before(self, name: str) -> str:
        number, _, axis = parts_of(name)
        for other in self.scenarios:
            if parts_of(other) == (number, "before", axis):
                return other
        raise KeyError(name)

    def _with_links(self, name: str) -> Scenario:
        """Return a scenario with what the other axes of the same person change in it."""
        if name not in self._linked:
            number, state, _ = parts_of(name)
            together = [other for other in self.scenarios if parts_of(other)[:2] == (number, state)]
            scenario = self.scenarios[name]
            if len(together) > 1:
                found = links_for(self.links, self._state(together))
                scenario = linked(AXES[scenario.axis], scenario, found.applied)
            self._linked[name] = scenario
        return self._linked[name]

    def _state(self, names: Iterable[str]) -> PatientState:
        """Return the person whose axes some scenarios are, with the markers of each axis alone on its last day."""
        together = [self.scenarios[name] for name in names]
        lesions: dict[str, float] = {}
        markers: dict[str, float] = {}
        for scenario in together:
            lesions |= lesions_of(scenario.axis, scenario.lesions)
            course = simulate(AXES[scenario.axis], scenario, rtol=CASE_RTOL)
            last = course.time_h >= course.time_h[-1] - 24.0
            for marker in AXES[scenario.axis].markers:
                if marker.analyte:
                    markers.setdefault(marker.id, float(course.markers[marker.id][last].mean()))
        taken = taken_of(order for scenario in together for order in (*scenario.regimen, *scenario.regimen_before))
        axes = frozenset(scenario.axis for scenario in together)
        return PatientState(together[0].person, axes, lesions, taken, taken, markers)
