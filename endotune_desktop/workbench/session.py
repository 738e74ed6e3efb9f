"""The session: one open store, one open patient, one what-if, and every use case of the window without the window."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import TypeVar

from endotune_desktop.clinic.agents import MARKETS
from endotune_desktop.clinic.edits import Edit
from endotune_desktop.clinic.errors import EndoTuneError
from endotune_desktop.clinic.records import PatientRecord, PatientSummary, Plan
from endotune_desktop.clinic.units import UnitSystem
from endotune_desktop.physiology.axis import Axis
from endotune_desktop.physiology.registry import AXES
from endotune_desktop.store import Store
from endotune_desktop.workbench.axis_choice import FIRST, AxisDesk, AxisDesks, AxisEntry, adding, axis_entries, removing
from endotune_desktop.workbench.changes import Announcer, Topic
from endotune_desktop.workbench.course_view import CourseRequest, CourseView
from endotune_desktop.workbench.horizons import Horizon, horizons_of
from endotune_desktop.workbench.kept import KeptScenarios
from endotune_desktop.workbench.ports import CoursePort, StorePort
from endotune_desktop.workbench.targets import Targets
from endotune_desktop.workbench.undo import Step, UndoStack
from endotune_desktop.workbench.whatif import PlanChange, WhatIf

T = TypeVar("T")
Failed = Callable[[EndoTuneError], None]


def _ignore(_: EndoTuneError) -> None:
    """Leave a failure to the announcement that goes with it."""


class Session(Announcer):
    """What the window shows and can do.

    Every method returns at once; what it caused is announced to the listeners (see `Topic`).

    Attributes
    ----------
    patients : tuple of PatientSummary
        The list as searched and filtered.
    record : PatientRecord or None
        The open patient.
    axis : Axis
        The axis of the open patient that is shown.
    whatif : WhatIf
    kept : KeptScenarios
    course : CourseView or None
        The newest answer.
    course_failure : EndoTuneError or None
        Why the newest request has no answer; the older course stays.
    pending : bool
        Whether a newer course is under way.
    horizon : Horizon
    unit_system : UnitSystem
    market : str
        Where the strengths are sold that the dose sliders step through.
    crosshair_h : float or None
        Hour of the timeline under the crosshair.
    sandbox_shown : bool
        Whether the list shows invented persons.
    search_text : str
    saved_at : datetime or None
        When the store last acknowledged an edit.
    saving : int
        Edits that are not acknowledged yet.
    failure : EndoTuneError or None
        Why the last edit was not saved.
    unread : EndoTuneError or None
        Why the list or a record could not be read the last time.
    read_only : str
        That nothing can be changed, in a few words; empty when it can.
    read_only_why : str
        The whole sentence.
    targets : Targets
        Which markers may be aimed at.
    preparing : dict of str to str
        How far the first compilation of an axis is, in words, by axis id.
    """

    def __init__(self, store: StorePort, courses: CoursePort, clock: Callable[[], datetime]) -> None:
        super().__init__()
        self._store = store
        self._courses = courses
        self._clock = clock
        self._undo = UndoStack()
        self._number = 0
        self._locus_wanted = False
        self._parts_wanted = False
        self._communication_wanted = False
        self.patients: tuple[PatientSummary, ...] = ()
        self.record: PatientRecord | None = None
        self.axis: Axis = FIRST
        self._desks = AxisDesks()
        self.whatif = WhatIf(self._plan_changed)
        self.kept = KeptScenarios(self)
        self.targets = Targets()
        self.course: CourseView | None = None
        self.course_failure: EndoTuneError | None = None
        self.pending = False
        self.horizon = self._desks.horizon(self.axis)
        self.unit_system = UnitSystem.SI
        self.market = MARKETS[0]
        self.crosshair_h: float | None = None
        self.sandbox_shown = False
        self.archived_shown = False
        self.search_text = ""
        self.saved_at: datetime | None = None
        self.saving = 0
        self.failure: EndoTuneError | None = None
        self.unread: EndoTuneError | None = None
        self.read_only = ""
        self.read_only_why = ""
        self.preparing: dict[str, str] = {}
        courses.listen(self._course_arrived, self._course_failed)

    def use_store(self, store: StorePort) -> None:
        """Go on with another lane to the store."""
        self._store = store
        self.failure = None
        self.unread = None
        self.announce(Topic.SAVED)

    def go_read_only(self, words: str, why: str) -> None:
        """Say from now on that nothing can be changed, in a few words and in a sentence."""
        self.read_only, self.read_only_why = words, why
        self.announce(Topic.SAVED if self.record is None else Topic.SAVED | Topic.WHATIF)

    # ---- time -------------------------------------------------------------------------------------------------------
    def now(self) -> datetime:
        """Return the local time."""
        return self._clock()

    def today(self) -> date:
        """Return the local calendar day."""
        return self._clock().date()

    # ---- the list ---------------------------------------------------------------------------------------------------
    def refresh_patients(self) -> None:
        """Read the list anew with the search text and the chosen group."""
        sandbox, text, archived = self.sandbox_shown, self.search_text, self.archived_shown

        def arrived(found: tuple[PatientSummary, ...]) -> None:
            if (sandbox, text, archived) == (self.sandbox_shown, self.search_text, self.archived_shown):
                self.patients = found
                self.announce(Topic.PATIENTS)
                self._was_read()

        self._store.run(
            lambda store: store.patients(sandbox=sandbox, search=text, include_archived=archived), arrived, self._fail
        )

    def search(self, text: str) -> None:
        """Search the list by name, number, diagnosis or axis."""
        self.search_text = text
        self.refresh_patients()

    def show_sandbox(self, shown: bool) -> None:
        """Show invented persons instead of real patients, or the other way round."""
        self.sandbox_shown = shown
        self.refresh_patients()

    def show_archived(self, shown: bool) -> None:
        """Show archived patients in the list as well."""
        self.archived_shown = shown
        self.refresh_patients()

    def open_patient(self, patient_id: str, done: Callable[[], None] | None = None) -> None:
        """Open a patient's record and ask for the course."""

        def arrived(record: PatientRecord) -> None:
            self._was_read()
            self._take_over(record, opened=True)
            if done is not None:
                done()

        self._store.run(lambda store: store.record(patient_id), arrived, self._fail)

    def close_patient(self) -> None:
        """Show no patient."""
        self.record = None
        self.course = None
        self.announce(Topic.OPENED | Topic.COURSE)

    def _take_over(self, record: PatientRecord, *, opened: bool) -> None:
        former, self.record = self.record, record
        topics = Topic.RECORD | Topic.WHATIF | Topic.SCENARIOS
        if opened:
            self._desks.left.clear()
            topics |= Topic.OPENED
            self._sit_down(AXES.get(record.patient.axis, self.axis))
        elif former is not None and former.patient.axis != record.patient.axis:
            topics |= self._change_axis(AXES.get(record.patient.axis, self.axis))
        else:
            self.whatif.rebase(record, self.axis, self.today(), keep=True)
        self.announce(topics, record.patient.id)
        self.request_course()

    # ---- axes -------------------------------------------------------------------------------------------------------
    @property
    def axes(self) -> tuple[AxisEntry, ...]:
        """Return the axes of the open patient, then the others that fit; none without a patient."""
        if self.record is None:
            return ()
        differing = {axis_id for axis_id, desk in self._desks.left.items() if desk.plan is not None}
        differing |= {self.axis.id} if self.whatif.differs else set()
        return axis_entries(self.record, frozenset(differing))

    def show_axis(self, axis_id: str) -> None:
        """Look at another axis of the open patient; how this one is left is kept until another patient is opened."""
        if self.record is not None and axis_id != self.axis.id and axis_id in AXES:
            topics = self._change_axis(AXES[axis_id])
            self.announce(topics, self.record.patient.id)
            self.request_course()

    def add_axis(self, axis_id: str) -> None:
        """Put an axis on the open record and show it; undo takes it off again."""
        if self.record is not None and self.record.profile(axis_id) is None:
            self.edit(adding(self.record, AXES[axis_id]), lambda: self.show_axis(axis_id))

    def remove_axis(self, axis_id: str) -> None:
        """Take an axis with its conditions and scenarios off the open record; results and orders stay."""
        edit = removing(self.record, AXES[axis_id]) if self.record is not None else None
        if edit is not None:
            self.edit(edit)

    def set_progress(self, axis_id: str, words: str) -> None:
        """Say how far the first compilation of an axis is."""
        self.preparing[axis_id] = words
        self.announce(Topic.PENDING)

    def axis_ready(self, axis_id: str) -> None:
        """Ask for the course of an axis that can run now, where it is still looked at."""
        self.preparing.pop(axis_id, None)
        if axis_id == self.axis.id:
            self.request_course()
        self.announce(Topic.PENDING)

    def _change_axis(self, axis: Axis) -> Topic:
        """Leave the shown axis as it is and take another up; return what has changed by that."""
        self.whatif.cancel_drag()
        plan = self.whatif.plan if self.whatif.differs else None
        self._desks.left[self.axis.id] = AxisDesk(plan, self.kept.pinned, self.crosshair_h, self.course)
        horizon = self.horizon
        self._sit_down(axis)
        topics = Topic.AXIS | Topic.WHATIF | Topic.SCENARIOS | Topic.COURSE | Topic.CROSSHAIR | Topic.UNDO
        return topics | Topic.HORIZON if horizon != self.horizon else topics

    def _sit_down(self, axis: Axis) -> None:
        """Take an axis up as it was left."""
        assert self.record is not None
        desk = self._desks.desk(axis.id)
        self.axis = axis
        self.horizon = self._desks.horizon(axis)
        self.whatif.rebase(self.record, axis, self.today(), keep=False)
        if desk.plan is not None:
            self.whatif.resume(desk.plan)
        self.kept.pinned = desk.pinned if self.kept.by_letter(desk.pinned) else ""
        self.crosshair_h = desk.crosshair_h
        held = desk.course.request if desk.course is not None else None
        same = held is not None and held.record is self.record and held.horizon == self.horizon
        self.course = desk.course if same and held is not None and held.today == self.today() else None
        self.course_failure = None

    # ---- edits ------------------------------------------------------------------------------------------------------
    def edit(self, edit: Edit, done: Callable[[], None] | None = None, failed: Failed | None = None) -> None:
        """Write an edit; it can be undone once the store has acknowledged it.

        Parameters
        ----------
        edit : Edit
        done : callable, optional
            Called when the edit is on disk.
        failed : callable, optional
            Called with the reason when it is not; nothing has changed then.
        """

        def acknowledged() -> None:
            step = Step(edit.words, lambda: self._write(edit.inverse()), lambda: self._write(edit))
            self._undo.push(step)
            self.announce(Topic.UNDO)
            if done is not None:
                done()

        self._write(edit, acknowledged, failed)

    def write_quietly(self, edit: Edit) -> None:
        """Write what follows from the record by itself; there is no step to undo in that."""
        self._write(edit)

    def ask_store(self, job: Callable[[Store], T], done: Callable[[T], None], failed: Failed) -> None:
        """Read from the store; one of `done` and `failed` follows."""
        self._store.run(job, done, failed)

    def _write(self, edit: Edit, done: Callable[[], None] | None = None, failed: Failed | None = None) -> None:
        open_id = self.record.patient.id if self.record else ""
        touched = edit.patient_ids()
        reload_id = open_id if open_id in touched else ""

        def job(store: object) -> PatientRecord | EndoTuneError | None:
            store.apply(edit)  # type: ignore[attr-defined]
            try:
                return _record_or_none(store, reload_id)
            except EndoTuneError as error:  # saved all the same
                return error

        def acknowledged(found: PatientRecord | EndoTuneError | None) -> None:
            self.saving -= 1
            self.saved_at = self._clock()
            self.failure = None
            if isinstance(found, EndoTuneError):
                self._fail(found)
            else:
                self._after_write(found, reload_id)
            self.announce(Topic.SAVED)
            if done is not None:
                done()

        def refused(error: EndoTuneError) -> None:
            self.saving -= 1
            self.failure = error
            self.announce(Topic.SAVED)
            (failed or _ignore)(error)

        self.saving += 1
        self._store.run(job, acknowledged, refused)

    def _after_write(self, record: PatientRecord | None, reload_id: str) -> None:
        if reload_id and (record is None or record.patient.deleted_on is not None):
            self.close_patient()
        elif record is not None:
            self._take_over(record, opened=False)
        self.refresh_patients()

    def _fail(self, error: EndoTuneError) -> None:
        self.unread = error
        self.announce(Topic.SAVED)

    def _was_read(self) -> None:
        if self.unread is not None:
            self.unread = None
            self.announce(Topic.SAVED)

    # ---- undo -------------------------------------------------------------------------------------------------------
    @property
    def undo_words(self) -> str:
        """Return what undo would take back, empty when nothing."""
        return self._undo.undo_words

    @property
    def redo_words(self) -> str:
        """Return what redo would do again, empty when nothing."""
        return self._undo.redo_words

    def undo(self) -> None:
        """Take the last edit or what-if step back."""
        self._undo.undo()
        self.announce(Topic.UNDO)

    def redo(self) -> None:
        """Do the last undone step again."""
        self._undo.redo()
        self.announce(Topic.UNDO)

    # ---- what-if ----------------------------------------------------------------------------------------------------
    def _plan_changed(self, change: PlanChange, preview: bool) -> None:
        if not preview and change.before != change.after:
            patient_id, axis_id = self.record.patient.id if self.record else "", self.axis.id

            def show(plan: Plan) -> Callable[[], None]:
                return lambda: self._show_plan(patient_id, axis_id, plan)

            self._undo.push(Step(change.words, show(change.before), show(change.after)))
            self.announce(Topic.UNDO)
        self.announce(Topic.WHATIF)
        self.request_course()

    def _show_plan(self, patient_id: str, axis_id: str, plan: Plan) -> None:
        """Show a plan where it belongs: at its patient and its axis."""

        def show() -> None:
            self.show_axis(axis_id)
            self.whatif.show(plan)

        if self.record is not None and self.record.patient.id == patient_id:
            show()
        else:
            self.open_patient(patient_id, show)

    # ---- courses ----------------------------------------------------------------------------------------------------
    def request_course(self) -> None:
        """Ask for the course of what is shown now; older requests lose."""
        if self.record is None:
            return
        self._number += 1
        request = CourseRequest(
            number=self._number,
            record=self.record,
            axis=self.axis.id,
            plan=self.whatif.plan if self.whatif.differs else None,
            kept=self.kept.scenarios,
            pinned=self.kept.pinned,
            today=self.today(),
            horizon=self.horizon,
            locus=self._locus_wanted,
            parts=self._parts_wanted,
            communication=self._communication_wanted,
        )
        if not self.pending:
            self.pending = True
            self.announce(Topic.PENDING)
        self._courses.submit(request)

    @property
    def request_number(self) -> int:
        """Return the number of the newest request."""
        return self._number

    def want_locus(self, wanted: bool) -> None:
        """Say whether the phase view is shown and needs its locus of equilibria."""
        if wanted and not self._locus_wanted:
            self._locus_wanted = True
            self.request_course()
        self._locus_wanted = wanted

    def want_parts(self, wanted: bool) -> None:
        """Say whether the fit card is shown and needs what the width of the bands is made of."""
        if wanted and not self._parts_wanted:
            self._parts_wanted = True
            self.request_course()
        self._parts_wanted = wanted

    def want_communication(self, wanted: bool) -> None:
        """Say whether somebody looks at how the axis communicates."""
        if wanted and not self._communication_wanted:
            self._communication_wanted = True
            self.request_course()
        self._communication_wanted = wanted

    def _course_arrived(self, view: CourseView) -> None:
        if self.record is None or view.request.record.patient.id != self.record.patient.id:
            return
        if view.request.axis != self.axis.id:
            return
        if self.course is not None and view.request.number < self.course.request.number:
            return
        self.course = view
        self.course_failure = None
        self.preparing.pop(view.request.axis, None)
        done = view.request.number == self._number
        changed = self.pending and done
        self.pending = self.pending and not done
        self.announce(Topic.COURSE | Topic.PENDING if changed else Topic.COURSE)

    def _course_failed(self, request: CourseRequest, error: EndoTuneError) -> None:
        if request.number == self._number:
            self.pending = False
            self.course_failure = error
            self.announce(Topic.PENDING | Topic.COURSE)

    # ---- view -------------------------------------------------------------------------------------------------------
    def set_horizon(self, horizon: Horizon) -> None:
        """Show another stretch of time."""
        self._desks.horizons[self.axis.id] = horizon
        if horizon != self.horizon:
            self.horizon = horizon
            self.crosshair_h = None
            self.announce(Topic.HORIZON)
            self.request_course()

    @property
    def horizons(self) -> dict[str, Horizon]:
        """Return the horizons that were chosen, by axis id."""
        return dict(self._desks.horizons)

    def remember_horizons(self, values: dict[str, str]) -> None:
        """Take over what was chosen when the window was open last; what an axis does not offer is left out.

        Parameters
        ----------
        values : dict of str to str
            What the horizon was called, by axis id.
        """
        for axis_id, value in values.items():
            offered = horizons_of(AXES[axis_id]) if axis_id in AXES else ()
            for horizon in offered:
                if horizon.value == value:
                    self._desks.horizons[axis_id] = horizon
        if self._desks.horizon(self.axis) != self.horizon:
            self.set_horizon(self._desks.horizon(self.axis))

    def set_unit_system(self, system: UnitSystem) -> None:
        """Show SI or conventional units in the whole window."""
        self.unit_system = system
        self.announce(Topic.VIEW)

    def set_market(self, market: str) -> None:
        """Step through the strengths that are sold in another market."""
        if market != self.market:
            self.market = market
            self.announce(Topic.MARKET)

    def set_crosshair(self, time_h: float | None) -> None:
        """Put the crosshair at an hour of the timeline, or take it away."""
        if time_h != self.crosshair_h:
            self.crosshair_h = time_h
            self.announce(Topic.CROSSHAIR)


def _record_or_none(store: object, patient_id: str) -> PatientRecord | None:
    if not patient_id:
        return None
    record = store.record(patient_id)  # type: ignore[attr-defined]
    assert isinstance(record, PatientRecord)
    return record
