"""The dialogs of the record: patient, result, order, visit, symptom, weight and pressure."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from endotune_desktop.clinic.analytes import ANALYTES
from endotune_desktop.clinic.records import (
    LabResult,
    Medication,
    Patient,
    Record,
    SymptomScore,
    Visit,
    Vitals,
)
from endotune_desktop.clinic.units import UnitSystem
from endotune_desktop.physiology.axis import AxisAgent
from endotune_desktop.physiology.registry import AXES
from endotune_desktop.ui.dialogs.form_dialog import FieldSpec, FormDialog
from endotune_desktop.ui.theme.theme import Theme
from endotune_desktop.ui.widgets.fields import ChoiceField
from endotune_desktop.ui.widgets.numbers import shown_amount
from endotune_desktop.ui.words import agent_title, every_words, order_words, unit_words
from endotune_desktop.workbench import forms
from endotune_desktop.workbench.forms import Form
from endotune_desktop.workbench.session import Session


def tr(text: str) -> str:
    """Return a translated text of this module."""
    return QCoreApplication.translate("records", text)


def patient_dialog(
    session: Session, theme: Theme, before: Patient | None = None, parent: QWidget | None = None
) -> FormDialog:
    """Return the dialog for a new patient, or for one on file."""
    p = before
    fields = [
        FieldSpec("name", tr("Name"), p.name if p else "", wide=True),
        FieldSpec("sex", tr("Sex"), p.sex.value if p else "female", (("female", tr("female")), ("male", tr("male")))),
        FieldSpec("born", tr("Born"), p.born.isoformat() if p else "", hint="1979-03-02"),
        FieldSpec("height_cm", tr("Height, cm"), f"{p.height_cm:g}" if p else "", hint="165"),
        FieldSpec("weight_kg", tr("Weight, kg"), f"{p.weight_kg:g}" if p else "", hint="68"),
        FieldSpec("axis", tr("Axis"), p.axis if p else "hpt", tuple((a.id, a.title) for a in AXES.values())),
        FieldSpec("number", tr("Number"), p.number if p else "", hint=tr("may be empty")),
        FieldSpec("diagnosis", tr("Diagnosis"), p.diagnosis if p else "", hint=tr("in your words"), wide=True),
    ]
    title = tr("Edit patient") if before else tr("New patient")
    sandbox = session.sandbox_shown

    def judge(texts: dict[str, str]) -> Form[Record]:
        return cast("Form[Record]", forms.patient_form(texts, session.today(), before, sandbox=sandbox))

    def words(record: Record) -> str:
        name = cast(Patient, record).name
        return (tr("Edit {name}") if before else tr("Add {name}")).format(name=name)

    return FormDialog(session, theme, title, fields, judge, before, words, parent)


def lab_dialog(
    session: Session, theme: Theme, before: LabResult | None = None, parent: QWidget | None = None
) -> FormDialog:
    """Return the dialog for a result."""
    record = session.record
    assert record is not None
    analytes = [m.analyte for m in session.axis.markers if m.analyte]
    chosen = before.analyte if before else analytes[0]
    unit = before.entered_unit if before else ANALYTES[chosen].shown_in(session.unit_system).id
    last = next((lab for lab in record.labs if lab.analyte == chosen), None)
    source = before or last
    factor = ANALYTES[chosen].unit(unit).factor
    limits = [
        "" if limit is None else f"{limit / factor:.4g}"
        for limit in ((source.reference_low, source.reference_high) if source else (None, None))
    ]
    clock = f"{before.drawn_at:%H:%M}" if before and before.clock_known else ""
    day = before.drawn_at.date() if before else session.today()
    fields = [
        FieldSpec("analyte", tr("Analyte"), chosen, tuple((a, ANALYTES[a].title) for a in analytes)),
        FieldSpec("value", tr("Result"), before.entered_text if before else "", hint="6.6, < 0.01"),
        FieldSpec("unit", tr("Unit"), unit, tuple((u.id, u.id) for u in ANALYTES[chosen].units)),
        FieldSpec("day", tr("Drawn on"), day.isoformat()),
        FieldSpec("clock", tr("Clock time"), clock, hint=tr("may be empty")),
        FieldSpec("laboratory", tr("Laboratory"), source.laboratory if source else "", hint=tr("may be empty")),
        FieldSpec("low", tr("Its lower limit"), limits[0], hint=tr("may be empty")),
        FieldSpec("high", tr("Its upper limit"), limits[1], hint=tr("may be empty")),
    ]

    def judge(texts: dict[str, str]) -> Form[Record]:
        return cast("Form[Record]", forms.lab_form(texts, record.patient.id, session.now(), before))

    def words(made: Record) -> str:
        lab = cast(LabResult, made)
        return (tr("Edit {what}") if before else tr("Add {what}")).format(
            what=f"{ANALYTES[lab.analyte].title} {lab.entered_text}"
        )

    title = tr("Edit result") if before else tr("Add result")
    dialog = FormDialog(session, theme, title, fields, judge, before, words, parent)
    choice = cast(ChoiceField, dialog.fields["analyte"])
    choice.chosen.connect(lambda analyte: _offer_units(dialog, analyte, session.unit_system))
    return dialog


def _offer_units(dialog: FormDialog, analyte: str, system: UnitSystem) -> None:
    """Offer the units of the chosen analyte; limits of another one are taken away."""
    box = cast(ChoiceField, dialog.fields["unit"]).box
    box.clear()
    for unit in ANALYTES[analyte].units:
        box.addItem(unit.id, unit.id)
    cast(ChoiceField, dialog.fields["unit"]).choose(ANALYTES[analyte].shown_in(system).id)
    for name in ("low", "high"):
        field = dialog.fields[name]
        if not isinstance(field, ChoiceField):
            field.set_text("")


def _forms_of(entry: AxisAgent) -> tuple[tuple[str, str], ...]:
    found = []
    for intake in entry.intakes:
        sold = [p for p in entry.preparations_for(intake.route) if p.id == intake.preparation]
        words = f"{intake.route} {sold[0].title if sold else intake.preparation}".strip()
        found.append((f"{intake.route}/{intake.preparation}", words))
    return tuple(found)


def medication_dialog(
    session: Session, theme: Theme, before: Medication | None = None, parent: QWidget | None = None
) -> FormDialog:
    """Return the dialog for an order on the record."""
    record, axis = session.record, session.axis
    assert record is not None
    agents = tuple((entry.agent.id, entry.agent.title) for entry in axis.agents if entry.chronic)
    chosen = before.agent if before else agents[0][0]
    entry = axis.agent(chosen)
    form = f"{before.route}/{before.preparation}" if before else _forms_of(entry)[0][0]
    fields = [
        FieldSpec("agent", tr("Agent"), chosen, agents),
        FieldSpec("form", tr("Route and preparation"), form, _forms_of(entry)),
        FieldSpec("dose", tr("One dose, {unit}").format(unit=unit_words(entry.agent.unit)),
                  shown_amount(before.dose) if before else ""),
        FieldSpec("every", tr("How often"), str(before.every_days if before else 1),
                  tuple((str(n), every_words(n)) for n in (1, 2, 3, 7, 14))),
        FieldSpec("clocks", tr("Clock times"), " ".join(before.clock_times if before else entry.usual_clock_times)),
        FieldSpec("taken", tr("Doses taken, %"), f"{100 * before.fraction_taken:g}" if before else "100"),
        FieldSpec("start", tr("Since"), (before.start if before else session.today()).isoformat()),
        FieldSpec("stop", tr("Until before"), before.stop.isoformat() if before and before.stop else "",
                  hint=tr("goes on")),
    ]  # fmt: skip

    def judge(texts: dict[str, str]) -> Form[Record]:
        return cast("Form[Record]", forms.medication_form(texts, record.patient.id, axis, session.today(), before))

    def words(made: Record) -> str:
        order = cast(Medication, made)
        what = f"{agent_title(axis, order.agent)} {order_words(order)}"
        return (tr("Edit {what}") if before else tr("Add {what}")).format(what=what)

    title = tr("Edit order") if before else tr("Add order")
    dialog = FormDialog(session, theme, title, fields, judge, before, words, parent)

    def offer(agent: str) -> None:
        box = cast(ChoiceField, dialog.fields["form"]).box
        box.clear()
        for form_id, form_words in _forms_of(axis.agent(agent)):
            box.addItem(form_words, form_id)

    cast(ChoiceField, dialog.fields["agent"]).chosen.connect(offer)
    return dialog


def visit_dialog(
    session: Session, theme: Theme, before: Visit | None = None, parent: QWidget | None = None
) -> FormDialog:
    """Return the dialog for a visit."""
    record = session.record
    assert record is not None
    fields = [
        FieldSpec("day", tr("Day"), (before.on if before else session.today()).isoformat(), wide=True),
        FieldSpec("words", tr("Words"), before.words if before else "", wide=True),
    ]

    def judge(texts: dict[str, str]) -> Form[Record]:
        return cast("Form[Record]", forms.visit_form(texts, record.patient.id, session.today(), before))

    title = tr("Edit visit") if before else tr("Add visit")
    return FormDialog(session, theme, title, fields, judge, before, lambda _: title, parent)


def symptom_dialog(
    session: Session, theme: Theme, before: SymptomScore | None = None, parent: QWidget | None = None
) -> FormDialog:
    """Return the dialog for a symptom."""
    record = session.record
    assert record is not None
    fields = [
        FieldSpec("symptom", tr("Symptom"), before.symptom if before else "", hint=tr("Fatigue"), wide=True),
        FieldSpec("score", tr("How strong, 0 to 10"), str(before.score) if before else ""),
        FieldSpec("day", tr("Day"), (before.on if before else session.today()).isoformat()),
    ]

    def judge(texts: dict[str, str]) -> Form[Record]:
        return cast("Form[Record]", forms.symptom_form(texts, record.patient.id, session.today(), before))

    title = tr("Edit symptom") if before else tr("Add symptom")
    return FormDialog(session, theme, title, fields, judge, before, lambda _: title, parent)


def vitals_dialog(
    session: Session, theme: Theme, before: Vitals | None = None, parent: QWidget | None = None
) -> FormDialog:
    """Return the dialog for weight, pulse and pressure."""
    record = session.record
    assert record is not None

    def shown(value: float | None) -> str:
        return "" if value is None else f"{value:g}"

    b = before
    fields = [
        FieldSpec("day", tr("Day"), (b.on if b else session.today()).isoformat(), wide=True),
        FieldSpec("weight_kg", tr("Weight, kg"), shown(b.weight_kg) if b else ""),
        FieldSpec("pulse_per_min", tr("Pulse, per min"), shown(b.pulse_per_min) if b else ""),
        FieldSpec("systolic_mmhg", tr("Systolic pressure, mmHg"), shown(b.systolic_mmhg) if b else ""),
        FieldSpec("diastolic_mmhg", tr("Diastolic pressure, mmHg"), shown(b.diastolic_mmhg) if b else ""),
    ]

    def judge(texts: dict[str, str]) -> Form[Record]:
        return cast("Form[Record]", forms.vitals_form(texts, record.patient.id, session.today(), before))

    title = tr("Edit weight and pressure") if before else tr("Add weight and pressure")
    return FormDialog(session, theme, title, fields, judge, before, lambda _: title, parent)
