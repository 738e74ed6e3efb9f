"""The desk of receipts: a plan is adopted with its forecast in one edit, its result is scored, undo takes both back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar, cast

import numpy as np
import pytest

from endotune_desktop.clinic.edits import Edit, RecordChange
from endotune_desktop.clinic.errors import EndoTuneError, OutsideValidity
from endotune_desktop.physiology.registry import AXES
from endotune_desktop.simulation import CancelFlag, simulate
from endotune_desktop.store import Store
from endotune_desktop.tuning.clinic_calibration import Calibration
from endotune_desktop.workbench.kept import adoption
from endotune_desktop.workbench.patient_timeline import timeline
from endotune_desktop.workbench.receipt_desk import ReceiptDesk
from endotune_desktop.workbench.receipt_draws import floats_of
from endotune_desktop.workbench.receipt_maker import Adoption, receipts_of
from endotune_desktop.workbench.receipt_scores import CHANGED, SCORED, WITHDRAWN
from endotune_desktop.workbench.session import Session
from endotune_desktop.workbench.whatif import plan_of_record
from tests.store.filling import add
from tests.ui.desk import DrawnCourses, InlineStore, ingrid
from tests.unit.workbench.receipt_samples import receipt, result

T = TypeVar("T")
TODAY = date(2026, 11, 24)
HPT = AXES["hpt"]


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 24, 9, 41)

    def __call__(self) -> datetime:
        """Return the time."""
        return self.now


class HeldErrands:
    """A lane whose errand is run when the test says so; a newer one takes its place."""

    def __init__(self) -> None:
        self.waiting: Callable[[], None] | None = None

    def run(
        self, job: Callable[[CancelFlag], T], done: Callable[[T], None], failed: Callable[[EndoTuneError], None]
    ) -> None:
        """Keep the errand."""

        def work() -> None:
            try:
                found = job(CancelFlag())
            except EndoTuneError as error:
                failed(error)
                return
            done(found)

        self.waiting = work

    def release(self) -> None:
        """Run it."""
        work, self.waiting = self.waiting, None
        assert work is not None
        work()


class Bench:
    """A session over a real store with Ingrid open, and a desk."""

    def __init__(self, path: Path) -> None:
        self.store, self.clock, self.errands = Store.open(path), Clock(), HeldErrands()
        r = ingrid()
        add(self.store, r.patient, *r.labs, *r.medication, *r.visits, *r.vitals, *r.profiles)
        self.session = Session(InlineStore(cast(Any, self.store)), DrawnCourses(), self.clock)
        self.session.refresh_patients()
        self.session.open_patient("p1")
        self.desk = ReceiptDesk(self.session, self.errands)

    def plan(self, dose: float) -> None:
        """Set the what-if's dose."""
        whatif = self.session.whatif
        whatif.commit(whatif.with_order(0, replace(whatif.plan.orders[0], dose=dose)), "dose")

    def add_result(self, text: str, drawn: datetime) -> None:
        """Type a result in."""
        self.session.edit(Edit("Add TSH", (RecordChange(None, result(text, drawn)),)))


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    """Return a bench over a new store."""
    made = Bench(tmp_path / "patients.endotune")
    yield made
    made.store.close()


def test_that_a_plan_its_forecast_and_its_result_meet(bench: Bench) -> None:
    """Adopt, undo, redo; six weeks later the result arrives and is scored; it is taken back, then the dose changes."""
    session = bench.session
    bench.plan(125.0)
    session.kept.adopt(TODAY)
    assert bench.desk.busy
    assert session.saving == 1
    assert bench.store.record("p1").receipts == ()
    bench.errands.release()
    record = bench.store.record("p1")
    assert not bench.desk.busy
    assert session.saving == 0
    assert not session.whatif.differs
    assert {(r.marker, (r.due_at.date() - TODAY).days) for r in record.receipts} == {
        (marker, days) for marker in ("tsh", "ft4", "ft3") for days in (42, 84)
    }
    assert [order.dose for order in record.medication if order.stop is None] == [125.0]
    session.undo()
    assert (bench.store.record("p1").receipts, bench.store.record("p1").medication) == ((), ingrid().medication)
    session.redo()
    assert bench.store.record("p1").receipts == record.receipts

    bench.clock.now = datetime(2027, 1, 6, 8, 0)
    bench.add_result("2.9", datetime(2027, 1, 5, 7, 10))
    found = bench.store.record("p1")
    first = next(r for r in found.receipts if (r.marker, r.due_at.date()) == ("tsh", date(2027, 1, 5)))
    score = found.score_of(first)
    assert score is not None
    assert (score.verdict, score.value) == (SCORED, 2.9)
    assert session.undo_words == "Add TSH"
    sums: list[Calibration] = []
    session.show_sandbox(False)
    bench.desk.sum_up(sums.append, pytest.fail)
    assert (sums[0].count, sums[0].coverage[0].marker) == (1, "tsh")
    session.undo()
    withdrawn = bench.store.record("p1").score_of(first)
    assert withdrawn is not None
    assert withdrawn.verdict == WITHDRAWN
    session.redo()
    order = next(order for order in found.medication if order.stop is None)
    session.edit(Edit("Stop", (RecordChange(order, replace(order, stop=date(2026, 12, 20))),)))
    changed = bench.store.record("p1").score_of(first)
    assert changed is not None
    assert changed.verdict == CHANGED
    assert len(bench.store.record("p1").scores) == 4
    bench.desk.close()


def test_that_a_plan_is_never_lost_for_a_forecast(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OutsideValidity("no answer")

    monkeypatch.setattr("endotune_desktop.workbench.receipt_maker.receipts_of", fail)
    for dose, end in ((125.0, bench.errands.release), (137.0, bench.desk.close)):
        bench.plan(dose)
        bench.session.kept.adopt(TODAY)
        assert bench.session.saving == 1
        end()
        record = bench.store.record("p1")
        assert [order.dose for order in record.medication if order.stop is None] == [dose]
        assert (record.receipts, bench.session.saving) == ((), 0)


def test_that_a_second_adoption_writes_the_first_at_once(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    made = replace(receipt(), id="bbbbbbbb-2222-4333-8444-555555555555", made_at=bench.clock.now)
    monkeypatch.setattr("endotune_desktop.workbench.receipt_maker.receipts_of", lambda *_: (made,))
    bench.plan(125.0)
    bench.session.kept.adopt(TODAY)
    stale = bench.errands.waiting
    bench.session.kept.adopt(TODAY)
    assert len(bench.store.record("p1").medication) == 3
    assert stale is not None
    stale()
    assert bench.store.record("p1").receipts == ()
    bench.desk.close()


def test_that_the_hand_keeps_what_it_moved_to_meanwhile(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("endotune_desktop.workbench.receipt_maker.receipts_of", lambda *_: ())
    bench.plan(125.0)
    bench.session.kept.adopt(TODAY)
    bench.plan(150.0)
    bench.errands.release()
    assert bench.session.whatif.plan.orders[0].dose == 150.0
    bench.desk.close()


def test_that_a_forecast_before_any_lab_spreads_about_the_typical_person() -> None:
    """The oracle is the typical person's own course, by the engine, and the spread that the parts add up to."""
    record = replace(ingrid(), labs=())
    plan = plan_of_record(record, HPT, TODAY)
    plan = replace(plan, orders=(replace(plan.orders[0], dose=125.0),))
    asked = Adoption(record, adoption(record, plan, TODAY, HPT), HPT, TODAY, TODAY, datetime(2026, 11, 24, 9, 41))
    made = receipts_of(asked)
    assert receipts_of(asked) == made
    line = timeline(asked.adopted(), HPT, TODAY, 86.0)
    for entry in made:
        assert entry.visits == 0
        assert entry.draws == entry.population
        hour = line.hours(entry.due_at.date()) + entry.due_at.hour + entry.due_at.minute / 60.0
        course = simulate(HPT, line.now, rtol=1e-6, output_times_h=np.array([hour]))
        typical = float(np.log(course.markers[entry.marker][0]))
        draws = floats_of(entry.draws)
        assert entry.q25 < typical < entry.q75
        shares = (entry.share_patient, entry.share_intake, entry.share_assay, entry.share_within, entry.share_model)
        assert sum(shares) == pytest.approx(1.0)
        assert (entry.q05, entry.q95) == tuple(np.quantile(draws, (0.05, 0.95)))
        assert entry.dose_before_h == pytest.approx(24.0 - 1.0 / 60.0)
