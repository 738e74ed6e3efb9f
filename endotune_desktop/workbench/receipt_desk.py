"""The desk of forecast receipts: writes them with an adoption, scores them when results come, sums up the clinic.

It stands from the start of the window; what makes and weighs receipts is loaded when there is one to make or to weigh.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from endotune_desktop.clinic.edits import Edit, RecordChange
from endotune_desktop.clinic.errors import EndoTuneError
from endotune_desktop.clinic.records import Receipt, ReceiptScore
from endotune_desktop.workbench.changes import Changes, Topic
from endotune_desktop.workbench.cross_axis import CrossAxis
from endotune_desktop.workbench.receipt_scores import SCORED, due_scores
from endotune_desktop.workbench.session import Session

if TYPE_CHECKING:
    from endotune_desktop.simulation import CancelFlag
    from endotune_desktop.simulation.ensemble import Spread
    from endotune_desktop.store import Store
    from endotune_desktop.tuning.clinic_calibration import Calibration, Scored
    from endotune_desktop.workbench.function_test_bench import ErrandPort
    from endotune_desktop.workbench.receipt_maker import Adoption

Write = Callable[[Edit], None]


@dataclass
class _Pending:
    """An adoption whose receipts are being made."""

    edit: Edit
    write: Write


class ReceiptDesk:
    """Stands between an adoption and the store, and follows the record.

    A plan is never lost for a receipt: where a forecast cannot be made, or the window is closed meanwhile, the plan is
    written without one.

    Parameters
    ----------
    session : Session
    errands : ErrandPort
        A lane of its own.
    links : CrossAxis, optional
        What other axes change in the one that is adopted.
    spread : callable, optional
        Who shares the members; they come one after another without.
    """

    def __init__(
        self, session: Session, errands: ErrandPort, links: CrossAxis | None = None, spread: Spread | None = None
    ) -> None:
        self._session, self._errands, self._links, self._spread = session, errands, links, spread
        self._pending: _Pending | None = None
        session.kept.before_writing = self.adopting
        self._unsubscribe = session.subscribe(self._on_changes)

    @property
    def busy(self) -> bool:
        """Return whether receipts are being made."""
        return self._pending is not None

    def close(self) -> None:
        """Write what waits and follow nothing more."""
        self._unsubscribe()
        self._session.kept.before_writing = _at_once
        self._release(())

    # ---- adopting --------------------------------------------------------------------------------------------------
    def adopting(self, edit: Edit, start: date, write: Write) -> None:
        """Make the receipts of an adoption, then write both as one edit.

        Parameters
        ----------
        edit : Edit
            That adopts the plan.
        start : date
            Its first day.
        write : callable
            Writes an edit.
        """
        session, record = self._session, self._session.record
        self._release(())
        if record is None or not edit.changes or session.axis.id in session.preparing:
            write(edit)  # nobody waits half a minute for an engine with a plan unsaved
            return
        from endotune_desktop.workbench.receipt_maker import Adoption

        course = session.course
        fit = course.fit if course is not None and course.request.axis == session.axis.id else None
        asked = Adoption(record, edit, session.axis, session.today(), start, session.now(), fit)
        pending = self._pending = _Pending(edit, write)
        session.saving += 1
        session.announce(Topic.SAVED)

        def made(receipts: tuple[Receipt, ...]) -> None:
            if self._pending is pending:
                self._release(receipts)

        def compute(known: tuple[tuple[Receipt, ReceiptScore], ...]) -> None:
            if self._pending is pending:
                self._errands.run(partial(self._made, asked, known), made, lambda _: made(()))

        sandbox = record.patient.sandbox
        session.ask_store(lambda store: store.receipts(sandbox=sandbox), compute, lambda _: compute(()))

    def _made(
        self, asked: Adoption, known: tuple[tuple[Receipt, ReceiptScore], ...], cancel: CancelFlag
    ) -> tuple[Receipt, ...]:
        """Return the receipts of an adoption; called on the lane of errands."""
        from endotune_desktop.simulation.ensemble import one_after_another
        from endotune_desktop.tuning.clinic_calibration import learnt_widths
        from endotune_desktop.workbench.receipt_maker import receipts_of

        whole = replace(asked, learnt=learnt_widths(scored_entries(known)))
        return receipts_of(whole, self._links, cancel, self._spread or one_after_another)

    def _release(self, receipts: tuple[Receipt, ...]) -> None:
        pending, self._pending = self._pending, None
        if pending is None:
            return
        self._session.saving -= 1
        added = tuple(RecordChange(None, receipt) for receipt in receipts)
        pending.write(Edit(pending.edit.words, (*pending.edit.changes, *added)))

    # ---- following the record --------------------------------------------------------------------------------------
    def _on_changes(self, changes: Changes) -> None:
        if not changes.touch(Topic.RECORD) or self._session.read_only:
            return
        record = self._session.record
        rows = due_scores(record, self._session.now()) if record is not None and record.receipts else ()
        if rows:
            self._session.write_quietly(Edit("Score the forecasts", tuple(RecordChange(None, row) for row in rows)))

    # ---- the clinic ------------------------------------------------------------------------------------------------
    def sum_up(self, done: Callable[[Calibration], None], failed: Callable[[EndoTuneError], None]) -> None:
        """Sum up the scored forecasts of the group of patients that is shown."""
        sandbox = self._session.sandbox_shown

        def summed(store: Store) -> Calibration:
            from endotune_desktop.tuning.clinic_calibration import calibration

            return calibration(scored_entries(store.receipts(sandbox=sandbox)))

        self._session.ask_store(summed, done, failed)


def scored_entries(known: Iterable[tuple[Receipt, ReceiptScore]]) -> tuple[Scored, ...]:
    """Return forecasts that were scored, as a calibration reads them."""
    from endotune_desktop.tuning.clinic_calibration import Scored
    from endotune_desktop.tuning.width import ratio

    found = []
    for receipt, score in known:
        if score.verdict != SCORED or score.pit is None or score.log_score is None or score.value is None:
            continue
        apart = None
        if not score.comparator:
            apart = receipt.width * ratio(math.log(score.value), receipt.q05, receipt.q50, receipt.q95)
        found.append(
            Scored(
                receipt.id, receipt.patient_id, receipt.axis, receipt.marker, receipt.visits, score.pit,
                bool(score.in50), bool(score.in90), score.crps, score.crps_population, score.log_score, apart,
            )
        )  # fmt: skip
    return tuple(found)


def _at_once(edit: Edit, _: date, write: Write) -> None:
    write(edit)
