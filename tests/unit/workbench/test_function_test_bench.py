"""The bench of function tests: what is offered, whose scenario is tested, own cut-offs, failures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from endotune_desktop.clinic.errors import EndoTuneError, InputRefused
from endotune_desktop.exchange.function_test_file import read_function_tests
from endotune_desktop.simulation import CancelFlag, simulate
from endotune_desktop.tuning.individual import individualised
from endotune_desktop.workbench.evidence_of import observations_of
from endotune_desktop.workbench.function_test_bench import MEMBERS, FunctionTestBench
from endotune_desktop.workbench.patient_timeline import timeline
from endotune_desktop.workbench.session import Session
from tests.ui.desk import desk

RESOURCES = Path(__file__).resolve().parents[3] / "resources"


class InlineErrands:
    """Runs every errand at once, or keeps it back until `release`."""

    def __init__(self) -> None:
        self.hold = False
        self.asked = 0
        self._kept: Callable[[], None] = lambda: None

    def run(
        self, job: Callable[[CancelFlag], Any], done: Callable[[Any], None], failed: Callable[[EndoTuneError], None]
    ) -> None:
        """Run the job and call back."""

        def work() -> None:
            try:
                result = job(CancelFlag())
            except EndoTuneError as error:
                failed(error)
                return
            done(result)

        self.asked += 1
        self._kept = work
        if not self.hold:
            work()

    def release(self) -> None:
        """Run what was kept back."""
        self._kept()


def bench_of(session: Session, errands: InlineErrands) -> FunctionTestBench:
    return FunctionTestBench(session, errands, lambda: (read_function_tests(RESOURCES / "function_tests"), {}))


@pytest.fixture
def stand() -> tuple[Session, InlineErrands, FunctionTestBench]:
    session, _, _ = desk()
    errands = InlineErrands()
    return session, errands, bench_of(session, errands)


def test_that_only_tests_of_the_shown_axis_and_sex_are_offered(
    stand: tuple[Session, InlineErrands, FunctionTestBench],
) -> None:
    session, _, bench = stand
    assert bench.own is None
    assert [test.id for test in bench.offered] == ["protirelin_thyroid"]
    session.show_axis("hpg_female")
    assert [test.id for test in bench.offered] == ["gonadorelin_female"]
    session.close_patient()
    assert bench.offered == ()
    assert not bench.ready


def test_that_the_curve_comes_first_and_then_the_band(stand: tuple[Session, InlineErrands, FunctionTestBench]) -> None:
    session, errands, bench = stand
    seen: list[tuple[bool, int | None]] = []
    bench.changed = lambda: seen.append((bench.running, bench.found.members if bench.found else None))
    bench.perform("protirelin_thyroid")
    assert seen == [(True, None), (True, 0), (False, MEMBERS)]
    assert bench.found is not None
    assert session.record is not None
    line = timeline(session.record, session.axis, session.today(), 2.0)
    assert bench.found.day == (session.today() - line.day0).days + 1
    there = simulate(session.axis, line.now, output_times_h=np.array([bench.found.zero_h])).markers["tsh"][0]
    assert bench.found.readings[0].value == pytest.approx(there, rel=1e-4)
    assert errands.asked == 2


def test_that_a_test_under_the_what_if_is_another_test(
    stand: tuple[Session, InlineErrands, FunctionTestBench],
) -> None:
    session, _, bench = stand
    bench.perform("protirelin_thyroid")
    assert bench.found is not None
    recorded = bench.found.readings[0].value
    plan = session.whatif.plan
    orders = tuple(replace(order, dose=200.0) for order in plan.orders)
    session.whatif.show(replace(plan, orders=orders, from_day=date(2026, 9, 1)))
    bench.perform("protirelin_thyroid", planned=True)
    assert bench.found is not None
    assert bench.found.readings[0].value != recorded
    bench.perform("protirelin_thyroid")
    assert bench.found is not None
    assert bench.found.readings[0].value == recorded


def test_that_own_cut_offs_are_kept_and_the_shown_test_read_again(
    stand: tuple[Session, InlineErrands, FunctionTestBench],
) -> None:
    _, errands, bench = stand
    bench.perform("protirelin_thyroid")
    asked = errands.asked
    bench.set_cut_off("protirelin_thyroid", "exaggerated", 15.0)
    assert bench.own == {"protirelin_thyroid": {"exaggerated": 15.0}}
    assert bench.found is not None
    assert next(c.cut_off.value for c in bench.found.cut_offs if c.cut_off.id == "exaggerated") == 15.0
    with pytest.raises(InputRefused, match="15 to 40"):
        bench.set_cut_off("protirelin_thyroid", "exaggerated", 1.0)
    bench.set_cut_off("protirelin_thyroid", "exaggerated", 25.0)
    assert bench.own == {"protirelin_thyroid": {}}
    assert errands.asked == asked  # nothing was simulated for it


def test_that_a_record_that_the_axis_refuses_says_why(stand: tuple[Session, InlineErrands, FunctionTestBench]) -> None:
    session, _, bench = stand
    assert session.record is not None
    profile = replace(session.record.profiles[0], parameters={"nothing": 1.0})
    session.record = replace(session.record, profiles=(profile,))
    bench.perform("protirelin_thyroid")
    assert bench.found is None
    assert "nothing" in str(bench.failure)
    assert not bench.running


def test_that_labs_that_were_fitted_move_the_test(stand: tuple[Session, InlineErrands, FunctionTestBench]) -> None:
    session, _, bench = stand
    bench.perform("protirelin_thyroid")
    assert bench.found is not None
    assert not bench.fitted
    typical = bench.found
    assert session.record is not None
    assert session.course is not None
    line = timeline(session.record, session.axis, session.today(), 2.0)
    seen = observations_of(session.record, session.axis, line.day0, line.today)
    fit = individualised(session.axis, line.now, seen, draws=MEMBERS)
    session.course = replace(session.course, fit=fit)
    bench.perform("protirelin_thyroid")
    assert bench.fitted
    assert bench.found.members == MEMBERS
    before, after = (next(r for r in run.readings if r.reading.id == "tsh_0") for run in (typical, bench.found))
    assert after.value > 2.0 * before.value  # her TSH was 6.6 eight days ago; a typical person's would be 1.4
    assert after.high / after.low < before.high / before.low
