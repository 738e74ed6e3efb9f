"""A random life of a store: edits, undo, failing disks, crashes and openings, against a plain dictionary."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from endotune_desktop.clinic.edits import Edit, RecordChange
from endotune_desktop.clinic.errors import EnvironmentFailed, InputRefused
from endotune_desktop.clinic.records import LabResult, Patient, Record, Visit
from endotune_desktop.store import Store, driver
from tests.store.filling import person
from tests.ui.desk import ingrid

TODAY = date(2026, 11, 25)
names = st.text(st.characters(codec="utf-8"), max_size=12)
pick = st.integers(0, 10_000)


class FailingConnection:
    """A connection whose n-th statement fails with a code, as a bad disk does; then it works again."""

    def __init__(self, real: driver.Connection, after: int, code: int) -> None:
        self._real, self._after, self._code = real, after, code

    def execute(self, sql: str, *values: Any) -> Any:  # noqa: ANN401
        """Run a statement, or fail."""
        if sql != "ROLLBACK":
            self._after -= 1
            if self._after == 0:
                error = driver.OperationalError("injected")
                error.sqlite_errorcode = self._code
                raise error
        return self._real.execute(sql, *values)

    def __getattr__(self, name: str) -> object:
        return getattr(self._real, name)


class StoreLife(RuleBasedStateMachine):
    """What a store holds is what was acknowledged, whatever happens to it."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.lives = 0
        self.path = self.folder / "0" / "life.endotune"
        self.store = Store.open(self.path)
        self.held: dict[str, Record] = {}
        self.done: list[Edit] = []
        self.undone: list[Edit] = []
        self.made = 0

    # ---- acting ----------------------------------------------------------------------------------------------------
    def new_id(self) -> str:
        """Return an id that was never used."""
        self.made += 1
        return f"r{self.made}"

    def write(self, edit: Edit) -> None:
        """Apply an edit to store and model."""
        self.store.apply(edit)
        for change in edit.changes:
            if change.after is None:
                del self.held[change.record.id]
            else:
                self.held[change.record.id] = change.after

    def act(self, edit: Edit) -> None:
        """Do an edit that can be undone."""
        self.write(edit)
        self.done.append(edit)
        self.undone.clear()

    def chosen(self, kind: type[Record], at: int) -> Record | None:
        """Return some record of a kind."""
        found = sorted((r for r in self.held.values() if type(r) is kind), key=lambda r: r.id)
        return found[at % len(found)] if found else None

    # ---- rules -----------------------------------------------------------------------------------------------------
    @initialize()
    def begin(self) -> None:
        """Begin with one patient, so that most rules have something to do."""
        self.add_patient("Halvorsen")

    @rule(name=names)
    def add_patient(self, name: str) -> None:
        """Register somebody."""
        patient = replace(person(0, name), id=self.new_id())
        self.act(Edit("Add", (RecordChange(None, patient),)))

    @rule(at=pick, value=st.floats(0, 500), text=names, days=st.integers(0, 900))
    def add_lab_and_visit(self, at: int, value: float, text: str, days: int) -> None:
        """Add two records in one edit."""
        patient = self.chosen(Patient, at)
        if patient is None:
            return
        drawn = datetime(2024, 1, 1, 8) + timedelta(days=days)
        lab = LabResult(self.new_id(), patient.id, "tsh", drawn, True, text, "mIU/L", "", value)
        visit = Visit(self.new_id(), patient.id, drawn.date(), text)
        self.act(Edit("Add", (RecordChange(None, lab), RecordChange(None, visit))))

    @rule(at=pick, name=names, binned=st.booleans())
    def change_patient(self, at: int, name: str, binned: bool) -> None:
        """Rename, and put into the bin or take out."""
        patient = self.chosen(Patient, at)
        if patient is not None:
            assert isinstance(patient, Patient)
            after = replace(patient, name=name, deleted_on=TODAY if binned else None)
            self.act(Edit("Change", (RecordChange(patient, after),)))

    @rule(at=pick)
    def remove_lab(self, at: int) -> None:
        """Take a result away."""
        lab = self.chosen(LabResult, at)
        if lab is not None:
            self.act(Edit("Remove", (RecordChange(lab, None),)))

    @precondition(lambda self: self.done)
    @rule()
    def undo(self) -> None:
        """Take the last edit back."""
        edit = self.done.pop()
        self.write(edit.inverse())
        self.undone.append(edit)

    @precondition(lambda self: self.undone)
    @rule()
    def redo(self) -> None:
        """Do it again."""
        edit = self.undone.pop()
        self.write(edit)
        self.done.append(edit)

    @rule(at=pick, after=st.integers(1, 6), code=st.sampled_from([13, 10, 10 | 3 << 8, 8, 5, 7, 10 | 5 << 8]))
    def fail_in_an_edit(self, at: int, after: int, code: int) -> None:
        """Let the disk fail somewhere between BEGIN and COMMIT; nothing may have changed then."""
        patient = self.chosen(Patient, at)
        if patient is None:
            return
        visits = [Visit(self.new_id(), patient.id, TODAY, str(number)) for number in range(2)]
        edit = Edit("Add", tuple(RecordChange(None, visit) for visit in visits))
        real = self.store._connection
        self.store._connection = cast(driver.Connection, FailingConnection(real, after, code))
        with pytest.raises(EnvironmentFailed):
            self.store.apply(edit)
        self.store._connection = real
        assert not real.in_transaction

    @rule(text=st.sampled_from(["\ud800", "x\udfff"]))
    def refuse_an_edit_half_way(self, text: str) -> None:
        """Refuse the second of two records; the first may not stay."""
        good = replace(ingrid().patient, id=self.new_id())
        edit = Edit("Add", (RecordChange(None, good), RecordChange(None, replace(good, id=self.new_id(), name=text))))
        with pytest.raises(InputRefused):
            self.store.apply(edit)

    @rule()
    def reopen(self) -> None:
        """Close and open."""
        self.store.close()
        self.store = Store.open(self.path)

    @rule()
    def crash(self) -> None:
        """Go on with the files as they lie on the disk at this moment, as after a power cut."""
        self.lives += 1
        folder = self.folder / str(self.lives)
        folder.mkdir()
        for end in ("", "-wal"):
            there = self.path.with_name(self.path.name + end)
            if there.exists():
                shutil.copyfile(there, folder / there.name)
        self.store.close()
        self.path = folder / self.path.name
        self.store = Store.open(self.path)

    # ---- what always holds -----------------------------------------------------------------------------------------
    @invariant()
    def everything_acknowledged_is_there(self) -> None:
        """Compare every record, the list, and its order."""
        rows = self.store.patients(include_archived=True, include_deleted=True)
        found: dict[str, Record] = {}
        for row in rows:
            record = self.store.record(row.patient.id)
            found[record.patient.id] = record.patient
            found.update({lab.id: lab for lab in record.labs})
            found.update({visit.id: visit for visit in record.visits})
            used = [lab for lab in record.labs if not lab.set_aside]
            assert (row.last_lab is None) == (not used)
            assert row.last_lab is None or row.last_lab.drawn_at == used[0].drawn_at
            assert row.last_visit == (record.visits[0].on if record.visits else None)
        assert found == self.held

    def teardown(self) -> None:
        """Check the file once more, and clean up."""
        assert self.store.check() == []
        self.store.close()
        shutil.rmtree(self.folder)


TestStoreLife = StoreLife.TestCase
TestStoreLife.settings = settings(
    max_examples=30, stateful_step_count=25, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
