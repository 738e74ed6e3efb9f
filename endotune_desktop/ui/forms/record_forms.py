"""The forms of the record: patient, result, order, visit, symptom, vitals, finding."""

from __future__ import annotations

from datetime import date, datetime
from typing import cast

from PySide6.QtCore import QCoreApplication

from endotune_desktop.clinic import entry
from endotune_desktop.clinic.analytes import ANALYTES
from endotune_desktop.clinic.errors import InputRefused
from endotune_desktop.clinic.findings import FINDINGS
from endotune_desktop.clinic.person import Sex
from endotune_desktop.clinic.records import (
    Finding,
    LabResult,
    Medication,
    Patient,
    PatientRecord,
    Record,
    SymptomScore,
    Visit,
    Vitals,
)
from endotune_desktop.clinic.units import DOSE_UNITS
from endotune_desktop.physiology.axis import Axis, AxisAgent, Intake
from endotune_desktop.physiology.registry import cards
from endotune_desktop.ui.forms.record_form import Choices, FieldSpec, Follow, RecordForm
from endotune_desktop.ui.widgets.numbers import DASH, shown_amount
from endotune_desktop.ui.words import agent_title, pressure_words, record_words, unit_words, way_words
from endotune_desktop.workbench import forms
from endotune_desktop.workbench.axis_choice import FIRST, knowing_axis, knows, offered_agents
from endotune_desktop.workbench.forms import Form
from endotune_desktop.workbench.session import Session
from endotune_desktop.workbench.usual_orders import usual_every_days, usual_orders, usual_unit


def tr(text: str) -> str:
    """Return a translated text of this module."""
    return QCoreApplication.translate("records", text)


def _edit_words(axis: Axis, before: Record | None, made: Record) -> str:
    """Return what the edit menu says of a finished form."""
    words = tr("Edit {what}") if before else tr("Add {what}")
    return words.format(what=record_words(axis, made))


def _shown(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


def _with(choices: Choices, held: str) -> Choices:
    """Return the choices, with the one that is on file even where it is no longer offered."""
    return choices if held in dict(choices) else ((held, held), *choices)


def patient_form(session: Session, before: Patient | None = None) -> RecordForm:
    """Return the form of a new patient, or of one on file."""
    p = before
    sex, axis = p.sex.value if p else Sex.FEMALE.value, p.axis if p else FIRST.id
    fields = (
        FieldSpec("name", tr("Name"), p.name if p else "", wide=True),
        FieldSpec("sex", tr("Sex"), sex, (("female", tr("female")), ("male", tr("male")))),
        FieldSpec("born", tr("Born"), p.born.isoformat() if p else "", hint="1979-03-02"),
        FieldSpec("height_cm", tr("Height, cm"), f"{p.height_cm:g}" if p else "", hint="165"),
        FieldSpec("weight_kg", tr("Weight, kg"), f"{p.weight_kg:g}" if p else "", hint="68"),
        FieldSpec("axis", tr("Axis shown first"), axis, _axes_of(sex, axis)),
        FieldSpec("number", tr("Number"), p.number if p else "", hint=tr("may be empty")),
        FieldSpec("diagnosis", tr("Diagnosis"), p.diagnosis if p else "", hint=tr("in your words"), wide=True),
    )
    title = tr("Edit patient") if before else tr("New patient")
    sandbox = session.sandbox_shown

    def judge(texts: dict[str, str]) -> Form[Record]:
        return cast("Form[Record]", forms.patient_form(texts, session.today(), before, sandbox=sandbox))

    def sex_chosen(other: str, _: str, texts: dict[str, str]) -> Follow:
        fitting = _axes_of(other, "")
        held = texts["axis"]
        return Follow({"axis": (fitting, held if held in dict(fitting) else fitting[0][0])}, {})

    return RecordForm(
        title, fields, judge, before, lambda made: _edit_words(session.axis, before, made), {"sex": sex_chosen}
    )


def _axes_of(sex: str, held: str) -> Choices:
    """Return the axes that fit a sex, and the one that is on file even where it does not."""
    fitting = tuple((card.id, card.title) for card in cards().values() if Sex(sex) in card.sexes)
    title = cards()[held].title if held in cards() else held
    return fitting if not held or held in dict(fitting) else ((held, title), *fitting)


def lab_form(
    session: Session,
    record: PatientRecord,
    before: LabResult | None = None,
    analyte: str = "",
    drawn_with: LabResult | None = None,
) -> RecordForm:
    """Return the form of a result.

    Parameters
    ----------
    session : Session
    record : PatientRecord
    before : LabResult, optional
        The result that is edited.
    analyte : str
        What a new one is of; the first of the shown axis by default. All are offered, its own first.
    drawn_with : LabResult, optional
        A result of the same sample, whose time and laboratory a new one takes over.
    """
    own = dict.fromkeys(marker.analyte for marker in session.axis.markers if marker.analyte)
    offered = list(own | dict.fromkeys(ANALYTES))
    chosen = before.analyte if before else analyte or offered[0]
    sample = before or drawn_with
    unit = before.entered_unit if before else _last_unit(session, record, chosen)
    laboratory = sample.laboratory if sample else (record.labs[0].laboratory if record.labs else "")
    low, high = _limits(record, chosen, unit, before)
    moment = sample.drawn_at if sample else None
    clock = f"{moment:%H:%M}" if moment and sample and sample.clock_known else ""
    fields = (
        FieldSpec("analyte", tr("Analyte"), chosen, _analytes(offered, chosen), more=True),
        FieldSpec("value", tr("Result"), before.entered_text if before else "", hint="6.6, < 0.01"),
        FieldSpec("unit", tr("Unit"), unit, _units(chosen)),
        FieldSpec("day", tr("Drawn on"), (moment or session.now()).date().isoformat(), more=True),
        FieldSpec("clock", tr("Clock time"), clock, hint=tr("may be empty"), more=True),
        FieldSpec("laboratory", tr("Laboratory"), laboratory, hint=tr("may be empty"), more=True),
        FieldSpec("low", tr("Its lower limit"), low, hint=tr("may be empty"), more=True),
        FieldSpec("high", tr("Its upper limit"), high, hint=tr("may be empty"), more=True),
    )

    def judge(texts: dict[str, str]) -> Form[Record]:
        return cast("Form[Record]", forms.lab_form(texts, record.patient.id, session.now(), before))

    def analyte_chosen(other: str, _: str, __: dict[str, str]) -> Follow:
        last = _last_unit(session, record, other)
        limits = _limits(record, other, last, None)
        return Follow({"unit": (_units(other), last)}, {"low": limits[0], "high": limits[1]})

    def unit_chosen(other: str, former: str, texts: dict[str, str]) -> Follow:
        known = ANALYTES[texts["analyte"]]
        factor = known.unit(former).factor / known.unit(other).factor
        return Follow({}, {name: _scaled(texts[name], factor) for name in ("low", "high")})

    title = _lab_title(before, chosen, moment)
    return RecordForm(
        title, fields, judge, before, lambda made: _edit_words(session.axis, before, made),
        {"analyte": analyte_chosen, "unit": unit_chosen},
    )  # fmt: skip


def _scaled(text: str, factor: float) -> str:
    """Return a limit in another unit; what is no number stays as it is typed."""
    try:
        return f"{entry.number(text, '') * factor:.4g}"
    except InputRefused:
        return text


def _analytes(offered: list[str], chosen: str) -> Choices:
    return _with(tuple((a, ANALYTES[a].title) for a in offered), chosen)


def _units(analyte: str) -> Choices:
    return tuple((unit.id, unit.id) for unit in ANALYTES[analyte].units)


def _lab_title(before: LabResult | None, analyte: str, moment: datetime | None) -> str:
    if before is None and moment is None:
        return tr("New result")
    drawn = f"{moment:%-d %b %Y}" if moment else ""
    return f"{ANALYTES[analyte].title}, {drawn}"


def _last_unit(session: Session, record: PatientRecord, analyte: str) -> str:
    last = next((lab for lab in record.labs if lab.analyte == analyte), None)
    return last.entered_unit if last else ANALYTES[analyte].shown_in(session.unit_system).id


def _limits(record: PatientRecord, analyte: str, unit: str, before: LabResult | None) -> tuple[str, str]:
    """Return the laboratory's own limits in a unit: of the result, else of the newest one of that analyte."""
    source = before or next((lab for lab in record.labs if lab.analyte == analyte), None)
    if source is None:
        return "", ""
    factor = ANALYTES[analyte].unit(unit).factor
    low, high = ("" if x is None else f"{x / factor:.4g}" for x in (source.reference_low, source.reference_high))
    return low, high


def _forms_of(drug: AxisAgent) -> Choices:
    found = []
    for intake in drug.intakes:
        sold = [p for p in drug.preparations_for(intake.route) if p.id == intake.preparation]
        words = way_words(intake.route, sold[0].title if sold else intake.preparation)
        found.append((f"{intake.route}/{intake.preparation}", words))
    return tuple(found)


def _drug(axis: Axis, agent: str) -> AxisAgent:
    """Return an agent as the shown axis uses it, else as another does."""
    return (knowing_axis(agent, axis) or axis).agent(agent)


def _dose_units(drug: AxisAgent) -> Choices:
    return tuple((unit, DOSE_UNITS[unit].shown) for unit in drug.agent.units)


def _intake(drug: AxisAgent, form: str) -> Intake:
    """Return the intake that a choice of route and preparation names."""
    return next((way for way in drug.intakes if f"{way.route}/{way.preparation}" == form), drug.intakes[0])


def medication_form(session: Session, record: PatientRecord, before: Medication | None = None) -> RecordForm:
    """Return the form of an order on the record."""
    axis, b = session.axis, before
    offered = offered_agents(axis, record.patient)
    agents: Choices = tuple((known.agent.id, known.agent.title) for known in offered)
    own = next((known.agent.id for known in axis.agents if known.chronic), agents[0][0])
    last = next(
        (order.agent for order in record.medication if order.agent in dict(agents) and knows(axis, order.agent)), own
    )
    chosen = b.agent if b and knowing_axis(b.agent, axis) else last
    drug = _drug(axis, chosen)
    forms_sold = _forms_of(drug)
    form = f"{b.route}/{b.preparation}" if b else forms_sold[0][0]
    usual = _intake(drug, form)
    unit = b.unit if b else usual_unit(drug, usual)
    usual_dose = shown_amount(usual_orders(drug, usual)[0].dose)
    clocks = b.clock_times if b else drug.usual_clock_times
    fields = (
        FieldSpec("agent", tr("Agent"), chosen, _with(agents, chosen)),
        FieldSpec("form", tr("Route, form"), form, _with(forms_sold, form)),
        FieldSpec("dose", tr("One dose"), shown_amount(b.dose) if b else "", hint=usual_dose),
        FieldSpec("unit", tr("Unit"), unit, _with(_dose_units(drug), unit)),
        FieldSpec("every", tr("Every … days"), str(b.every_days if b else usual_every_days(drug, usual))),
        FieldSpec("clocks", tr("Clock times"), " ".join(clocks)),
        FieldSpec("start", tr("Since"), (b.start if b else session.today()).isoformat()),
        FieldSpec("stop", tr("Until before"), b.stop.isoformat() if b and b.stop else "", hint=tr("goes on")),
        FieldSpec("taken", tr("Doses taken, %"), f"{100 * b.fraction_taken:g}" if b else "100"),
        FieldSpec("missed", tr("Missed days"), ", ".join(d.isoformat() for d in b.missed) if b else "",
                  hint=tr("none")),
    )  # fmt: skip

    def judge(texts: dict[str, str]) -> Form[Record]:
        return cast("Form[Record]", forms.medication_form(texts, record.patient.id, axis, session.today(), before))

    def follow(agent: str, _: str, __: dict[str, str]) -> Follow:
        other = _drug(axis, agent)
        sold = _forms_of(other)
        way = other.intakes[0]
        choices = {"form": (sold, sold[0][0]), "unit": (_dose_units(other), usual_unit(other, way))}
        often = str(usual_every_days(other, way))
        return Follow(choices, {"clocks": " ".join(other.usual_clock_times), "every": often})

    def form_chosen(sold: str, _: str, texts: dict[str, str]) -> Follow:
        other = _drug(axis, texts["agent"])
        way = _intake(other, sold)
        choices = {"unit": (_dose_units(other), usual_unit(other, way))}
        return Follow(choices, {"every": str(usual_every_days(other, way))})

    title = f"{agent_title(axis, chosen)} {shown_amount(b.dose)} {unit_words(b.unit)}" if b else tr("New order")
    follows = {"agent": follow, "form": form_chosen}
    return RecordForm(title, fields, judge, before, lambda made: _edit_words(axis, before, made), follows)


def visit_form(session: Session, record: PatientRecord, before: Visit | None = None) -> RecordForm:
    """Return the form of a visit."""
    fields = (
        FieldSpec("day", tr("Day"), (before.on if before else session.today()).isoformat()),
        FieldSpec("words", tr("Words"), before.words if before else "", wide=True),
    )

    def judge(texts: dict[str, str]) -> Form[Record]:
        return cast("Form[Record]", forms.visit_form(texts, record.patient.id, session.today(), before))

    title = tr("Visit") if before else tr("New visit")
    return RecordForm(title, fields, judge, before, lambda made: _edit_words(session.axis, before, made))


def symptom_form(session: Session, record: PatientRecord, before: SymptomScore | None = None) -> RecordForm:
    """Return the form of a symptom."""
    offered = () if before else _scales(session.axis, record)
    fields = (
        FieldSpec("symptom", tr("Symptom"), before.symptom if before else "", hint=tr("Fatigue"), wide=True),
        FieldSpec("score", tr("Score, 0 to 10"), str(before.score) if before else ""),
        FieldSpec("day", tr("Day"), (before.on if before else session.today()).isoformat()),
        *([FieldSpec("scale", tr("Or one of these"), "", (("", DASH), *offered), wide=True)] if offered else []),
    )

    def judge(texts: dict[str, str]) -> Form[Record]:
        return cast("Form[Record]", forms.symptom_form(texts, record.patient.id, session.today(), before))

    def scale_chosen(scale: str, _: str, __: dict[str, str]) -> Follow:
        return Follow({}, {"symptom": scale} if scale else {})

    title = before.symptom if before else tr("New symptom")
    return RecordForm(
        title, fields, judge, before, lambda made: _edit_words(session.axis, before, made), {"scale": scale_chosen}
    )


def _scales(axis: Axis, record: PatientRecord) -> Choices:
    """Return the complaints that are offered: those of the axis, then others that the record has scores of."""
    words = [*(tr(title) for _, title in axis.symptoms), *(score.symptom for score in record.symptoms)]
    return tuple((word, word) for word in dict.fromkeys(words))


def vitals_form(session: Session, record: PatientRecord, before: Vitals | None = None) -> RecordForm:
    """Return the form of weight, pulse and pressure; a new one begins with the weight on file."""
    b = before
    day: date = b.on if b else session.today()
    fields = (
        FieldSpec("weight_kg", tr("Weight, kg"), _shown(b.weight_kg if b else record.latest_weight_kg())),
        FieldSpec("day", tr("Day"), day.isoformat()),
        FieldSpec("pulse_per_min", tr("Pulse, per min"), _shown(b.pulse_per_min) if b else "", hint="66"),
        FieldSpec("pressure", tr("Pressure, mmHg"), pressure_words(b) if b else "", hint="128/82"),
    )

    def judge(texts: dict[str, str]) -> Form[Record]:
        return cast("Form[Record]", forms.vitals_form(texts, record.patient.id, session.today(), before))

    title = tr("Weight, pulse, pressure") if before else tr("New weight, pulse, pressure")
    return RecordForm(title, fields, judge, before, lambda made: _edit_words(session.axis, before, made))


def finding_form(session: Session, record: PatientRecord, before: Finding | None = None) -> RecordForm:
    """Return the form of a finding; typing the first letters chooses one."""
    b = before
    chosen = b.finding if b else ""
    offered: Choices = tuple((known.id, tr(known.title)) for known in FINDINGS.values() if known.told)
    choices = _with(offered, chosen) if b else (("", DASH), *offered)
    since = b.since if b else session.today()
    fields = (
        FieldSpec("finding", tr("Finding"), chosen, choices, wide=True),
        FieldSpec("since", tr("Since"), since.isoformat() if since else "", hint=tr("has long been so")),
        FieldSpec("until", tr("Until before"), b.until.isoformat() if b and b.until else "", hint=tr("goes on")),
    )

    def judge(texts: dict[str, str]) -> Form[Record]:
        return cast("Form[Record]", forms.finding_form(texts, record.patient.id, session.today(), before))

    title = tr("Finding") if before else tr("New finding")
    return RecordForm(title, fields, judge, before, lambda made: _edit_words(session.axis, before, made))
