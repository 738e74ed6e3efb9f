"""The bench on which function tests are done: on the open patient, on a lane of its own, read against own cut-offs."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

from endotune_desktop.clinic.errors import EndoTuneError
from endotune_desktop.clinic.scenario import Scenario
from endotune_desktop.physiology.axis import Axis
from endotune_desktop.simulation import CancelFlag
from endotune_desktop.simulation.ensemble import Spread, one_after_another
from endotune_desktop.simulation.members import Members
from endotune_desktop.tuning.cross_axis import linked
from endotune_desktop.tuning.function_test_run import FunctionTestRun, perform, rejudged
from endotune_desktop.tuning.function_tests import FunctionTest, on_axis
from endotune_desktop.tuning.individual import Fit
from endotune_desktop.tuning.population import population
from endotune_desktop.workbench.cross_axis import CrossAxis
from endotune_desktop.workbench.fit_keeper import personal
from endotune_desktop.workbench.patient_timeline import timeline, with_plan
from endotune_desktop.workbench.session import Session

T = TypeVar("T")
Load = Callable[[], tuple[tuple[FunctionTest, ...], Mapping[str, Mapping[str, float]]]]
MEMBERS = 60
"""Drawn persons: a probability is then known to about six points."""


class ErrandPort(Protocol):
    """A lane for one errand at a time; a newer one takes the place of an older."""

    def run(
        self, job: Callable[[CancelFlag], T], done: Callable[[T], None], failed: Callable[[EndoTuneError], None]
    ) -> None:
        """Run `job` and call one of `done` and `failed` on the caller's thread, neither when a newer one came."""
        ...


@dataclass(frozen=True)
class Asked:
    """Whose test was asked for.

    Attributes
    ----------
    axis : Axis
    scenario : Scenario
        Of the most probable person, as far as labs were fitted.
    around : Scenario
        What the members of the band are drawn around.
    members : Members
    day : int
    """

    axis: Axis
    scenario: Scenario
    around: Scenario
    members: Members
    day: int


class FunctionTestBench:
    """Function tests on the open patient.

    Parameters
    ----------
    session : Session
    errands : ErrandPort
    load : callable
        Reads the tests as shipped, and the clinic's own cut-offs by test and cut-off, when they are first needed.
    links : CrossAxis, optional
        What other axes change in the one that is tested.
    spread : callable, optional
        Who shares the members of a band.

    Attributes
    ----------
    found : FunctionTestRun or None
        The newest answer.
    failure : EndoTuneError or None
        Why there is none.
    fitted : bool
        Whether the newest test was done on persons who fit the patient's labs.
    running : bool
        Whether more is under way: a curve, or its band.
    changed : callable
        Called after any of these changed.
    """

    def __init__(
        self,
        session: Session,
        errands: ErrandPort,
        load: Load,
        links: CrossAxis | None = None,
        spread: Spread = one_after_another,
    ) -> None:
        self._session, self._errands, self._links, self._spread = session, errands, links, spread
        self._load = load
        self._known: dict[str, FunctionTest] | None = None
        self._own: dict[str, dict[str, float]] = {}
        self.found: FunctionTestRun | None = None
        self.failure: EndoTuneError | None = None
        self.fitted = False
        self.running = False
        self.changed: Callable[[], None] = lambda: None

    @property
    def _shipped(self) -> dict[str, FunctionTest]:
        if self._known is None:
            tests, own = self._load()
            self._known = {test.id: test for test in tests}
            self._own = {test: dict(held) for test, held in own.items()}
        return self._known

    @property
    def own(self) -> Mapping[str, Mapping[str, float]] | None:
        """Return the clinic's own cut-offs by test and cut-off, None while nothing was read yet."""
        return None if self._known is None else self._own

    @property
    def offered(self) -> tuple[FunctionTest, ...]:
        """Return the tests of the shown axis for the open patient; none without a patient."""
        record = self._session.record
        if record is None:
            return ()
        found = on_axis(self._shipped.values(), self._session.axis.id, record.patient.sex)
        return tuple(self.test(test.id) for test in found)

    def test(self, test_id: str) -> FunctionTest:
        """Return a test with the clinic's own cut-offs."""
        return self._shipped[test_id].with_own(self._own.get(test_id, {}))

    def shipped_value(self, test_id: str, cut_off_id: str) -> float:
        """Return a cut-off as it comes with the program."""
        return next(entry.value for entry in self._shipped[test_id].cut_offs if entry.id == cut_off_id)

    @property
    def ready(self) -> bool:
        """Return whether the shown axis can run: its course is there."""
        session = self._session
        return session.record is not None and session.course is not None and session.axis.id not in session.preparing

    def perform(self, test_id: str, *, planned: bool = False) -> None:
        """Do a test the day after today: the curve first, then the band.

        Parameters
        ----------
        test_id : str
        planned : bool
            Under the what-if instead of the record.
        """
        test, asked = self.test(test_id), self._asked(planned)
        self.found, self.failure, self.running = None, None, True
        self.changed()

        def first(cancel: CancelFlag) -> FunctionTestRun:
            return perform(asked.axis, asked.scenario, test, day=asked.day, cancel=cancel)

        def drawn(cancel: CancelFlag) -> FunctionTestRun:
            return perform(
                asked.axis, asked.scenario, test, day=asked.day, members=asked.members, around=asked.around,
                cancel=cancel, spread=self._spread,
            )  # fmt: skip

        def go_on(found: FunctionTestRun) -> None:
            self._arrived(found, more=True)
            self._errands.run(drawn, lambda whole: self._arrived(whole, more=False), self._failed)

        self._errands.run(first, go_on, self._failed)

    def forget(self) -> None:
        """Show no answer: another patient or axis is looked at."""
        self.found, self.failure, self.running = None, None, False
        self._errands.run(lambda _: None, lambda _: None, lambda _: None)
        self.changed()

    def set_cut_off(self, test_id: str, cut_off_id: str, value: float) -> None:
        """Keep a cut-off of the clinic's own and read the shown test against it.

        Raises
        ------
        InputRefused
            If it is out of bounds; nothing changes then.
        """
        shipped = self._shipped[test_id]
        held = {**self._own.get(test_id, {}), cut_off_id: value}
        shipped.with_own(held)
        if value == self.shipped_value(test_id, cut_off_id):
            del held[cut_off_id]
        self._own[test_id] = held
        if self.found is not None and self.found.test.id == test_id:
            self.found = rejudged(self.found, self.test(test_id))
        self.changed()

    def _asked(self, planned: bool) -> Asked:
        session = self._session
        record, axis, today = session.record, session.axis, session.today()
        assert record is not None
        line = timeline(record, axis, today, 2.0)
        changes = self._links.changes(record, axis, today) if self._links is not None else ()
        now = linked(axis, line.now, changes)
        scenario = now
        if planned and session.whatif.differs:
            scenario = linked(axis, with_plan(line, session.whatif.plan, record)[0], changes)
        day = (today - line.day0).days + 1
        around = replace(scenario, duration_days=float(max(day, math.ceil(scenario.duration_days))))
        fit = self._fit()
        self.fitted = fit is not None and fit.posterior is not None
        if fit is not None and fit.posterior is not None:
            members = fit.draws(slice(0, MEMBERS), line.today_h)
        else:
            members = population(axis, MEMBERS, around.parameters)
        return Asked(axis, personal(around, now, fit), around, members, day)

    def _fit(self) -> Fit | None:
        """Return what the labs have told of the shown axis so far; not those before a change."""
        view = self._session.course
        same = view is not None and view.request.record is self._session.record and not view.refitting
        return view.fit if same and view is not None and view.request.axis == self._session.axis.id else None

    def _arrived(self, found: FunctionTestRun, *, more: bool) -> None:
        self.found, self.running = rejudged(found, self.test(found.test.id)), more
        self.changed()

    def _failed(self, error: EndoTuneError) -> None:
        self.failure, self.running = error, False
        self.changed()
