"""What the dose strip and the legend say of a course."""

from __future__ import annotations

from datetime import date

from endotune_desktop.clinic.records import PatientRecord
from endotune_desktop.clinic.scenario import DoseOrder
from endotune_desktop.ui.courses.dose_strip import Bar, DoseStrip
from endotune_desktop.ui.courses.forecast_ghosts import forecast_shown
from endotune_desktop.ui.courses.painting import tr
from endotune_desktop.ui.courses.title_row import Legend, LegendEntry
from endotune_desktop.ui.words import agent_title, plan_words, regimen_words
from endotune_desktop.workbench.axis_choice import knows
from endotune_desktop.workbench.course_view import CourseView
from endotune_desktop.workbench.regimens import AgentRegimen, regimens_of
from endotune_desktop.workbench.session import Session
from endotune_desktop.workbench.whatif import order_of


def fill_strip(session: Session, strip: DoseStrip, view: CourseView) -> None:
    """Put the record's orders and the plan's into the dose strip."""
    record, axis = session.record, session.axis
    if record is None:
        return
    planned = _plan_orders(view)
    taken = [m.agent for m in record.medication if knows(axis, m.agent)]
    agents = list(dict.fromkeys(taken + [order.agent for order in planned]))
    strip.day0, strip.today_h = view.day0, view.today_h
    strip.title = ", ".join(agent_title(axis, agent) for agent in agents) or tr("Nothing given")
    strip.bars = _bars(session, record, planned, view, agents)
    known = {agent: row for row, agent in enumerate(agents)}
    strip.ticks_now = [(known[d.agent], d.time_h) for d in view.doses_now if d.agent in known]
    strip.ticks_whatif = [(known[d.agent], d.time_h) for d in view.doses_whatif if d.agent in known]
    strip.set_rows(len(agents))
    strip.redraw()


def _bars(
    session: Session, record: PatientRecord, planned: tuple[DoseOrder, ...], view: CourseView, agents: list[str]
) -> list[Bar]:
    last = view.window_h[1]
    from_day = view.request.plan.from_day if view.request.plan else view.day0

    def bar(regimen: AgentRegimen, day0: date, *, whatif: bool, shift: int = 0) -> Bar:
        words = regimen_words(regimen, day0)
        if len(agents) > 1:
            words = f"{agent_title(session.axis, regimen.agent)} {words}"
        start = (regimen.start_day + shift) * 24.0
        stop = last + 24.0 if regimen.stop_day is None else (regimen.stop_day + shift) * 24.0
        missed = tuple((day + shift) * 24.0 for day in regimen.missed_days)
        return Bar(start, stop, words, whatif, missed, agents.index(regimen.agent))

    known = (medication for medication in reversed(record.medication) if medication.agent in agents)
    taken = (order_of(medication, view.day0) for medication in known)
    bars = [bar(regimen, view.day0, whatif=False) for regimen in regimens_of(taken)]
    shift = (from_day - view.day0).days
    return bars + [bar(regimen, from_day, whatif=True, shift=shift) for regimen in regimens_of(planned)]


def _plan_orders(view: CourseView) -> tuple[DoseOrder, ...]:
    plan = view.request.plan
    return () if plan is None else tuple(order for order in plan.orders if order.dose > 0.0)


def _band_words(view: CourseView) -> str:
    """Return what the record's band holds: the true course of the patient, or of persons like this one."""
    if view.fit is None:
        return tr(", 90 % of persons")
    count = len(view.fit.observations)
    if view.card is not None and view.card.uncertain:
        return tr(", 90 % of an uncertain fit to {n} results").format(n=count)
    if view.refitting:
        return tr(", 90 % for this patient's true course, from the {n} results before the change").format(n=count)
    return tr(", 90 % for this patient's true course, from {n} results").format(n=count)


def fill_legend(session: Session, legend: Legend, view: CourseView) -> None:
    """Say what each kind of line is."""
    now = plan_words(session.whatif.record_plan)
    ninety = _band_words(view) if view.now_band is not None else ""
    lab = LegendEntry("lab", tr("lab, 90 % assay error; curves are not fitted to labs"), tr("lab, curves not fitted"))
    if view.fit is not None:
        lab = LegendEntry("lab", tr("lab, 90 % assay error"), tr("lab"))
    entries = [
        lab,
        LegendEntry("now", f"{tr('now')}: {now}{ninety}", tr("now")),
    ]
    if view.request.plan is not None:
        planned = plan_words(view.request.plan)
        bands = tr(", 50 and 90 %") if view.whatif_band is not None else ""
        entries.append(LegendEntry("whatif", f"{tr('what-if')}: {planned}{bands}", tr("what-if")))
    if view.pinned is not None:
        kept = session.kept.by_letter(view.request.pinned)
        letter = view.request.pinned
        entries.append(LegendEntry("pinned", f"{letter}: {kept.name if kept else ''}", letter))
    if forecast_shown(view, session.axis.id):
        entries.append(LegendEntry("forecast", tr("forecast that was made, 50 and 90 %"), tr("forecast made")))
    entries.append(LegendEntry("reference", tr("reference or target"), tr("range")))
    legend.say(entries)
