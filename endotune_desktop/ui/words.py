"""Words for orders, persons and days, as every screen writes them."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QCoreApplication

from endotune_desktop.clinic.analytes import ANALYTES
from endotune_desktop.clinic.person import Sex
from endotune_desktop.clinic.records import LabResult, Medication, Patient, Record, SymptomScore, Visit, Vitals
from endotune_desktop.clinic.scenario import DoseOrder
from endotune_desktop.clinic.units import DOSE_UNITS
from endotune_desktop.physiology.axis import Axis
from endotune_desktop.ui.widgets.numbers import NO_BREAK, shown_dose

SPOKEN_UNITS = {"ug": "micrograms", "mg": "milligrams", "g": "grams", "IU": "international units"}


def tr(text: str) -> str:
    """Return a translated text of this module."""
    return QCoreApplication.translate("words", text)


def unit_words(unit: str) -> str:
    """Return a dose unit as it is shown: ``µg``."""
    return DOSE_UNITS[unit].shown


def day_words(day: date) -> str:
    """Return a day: ``24 Nov 2026``."""
    return f"{day:%-d %b %Y}"


def every_words(every_days: int) -> str:
    """Return how often: daily, alternate days, weekly."""
    known = {1: tr("daily"), 2: tr("alternate days"), 7: tr("weekly")}
    return known.get(every_days, tr("every {n} days").format(n=every_days))


def agent_title(axis: Axis, agent_id: str) -> str:
    """Return an agent's title, or its id when the axis does not know it."""
    try:
        return axis.agent(agent_id).agent.title
    except KeyError:
        return agent_id.replace("_", " ").capitalize()


def order_words(order: DoseOrder | Medication) -> str:
    """Return an order without its agent: ``100 µg daily, 07:30``."""
    dose = shown_dose(order.dose, unit_words(order.unit))
    return f"{dose} {every_words(order.every_days)}, {', '.join(order.clock_times)}"


def plan_words(orders: tuple[DoseOrder, ...]) -> str:
    """Return doses in short: ``75 + 5 µg``, or "no drug"."""
    given = [order for order in orders if order.dose > 0.0]
    if not given:
        return tr("no drug")
    parts = []
    for order in given:
        times = f"{len(order.clock_times)} x " if len(order.clock_times) > 1 else ""
        often = {1: "", 2: tr(" alt."), 7: tr(" weekly")}.get(order.every_days, f" / {order.every_days} d")
        parts.append(f"{times}{shown_dose(order.dose, unit_words(order.unit))}{often}")
    return " + ".join(parts)


def sex_age(patient: Patient, today: date) -> str:
    """Return ``F 47``."""
    letter = tr("F") if patient.sex is Sex.FEMALE else tr("M")
    return f"{letter} {patient.age_years(today)}"


def pressure_words(vitals: Vitals) -> str:
    """Return blood pressure without its unit: ``128/82``; empty when it was not taken."""
    both = (vitals.systolic_mmhg, vitals.diastolic_mmhg)
    return "" if both == (None, None) else "/".join("" if value is None else f"{value:g}" for value in both)


def vitals_words(vitals: Vitals) -> str:
    """Return what was taken: ``68 kg, 66 per min, 128/82 mmHg``."""
    parts = []
    if vitals.weight_kg is not None:
        parts.append(f"{vitals.weight_kg:g}{NO_BREAK}{tr('kg')}")
    if vitals.pulse_per_min is not None:
        parts.append(f"{vitals.pulse_per_min:g}{NO_BREAK}{tr('per min')}".replace(" ", NO_BREAK))
    if pressure := pressure_words(vitals):
        parts.append(f"{pressure}{NO_BREAK}{tr('mmHg')}")
    return ", ".join(parts)


def record_words(axis: Axis, record: Record) -> str:
    """Return a record in a few words, for the edit menu: ``TSH 6.6``, ``Levothyroxine 100 µg daily, 07:30``."""
    if isinstance(record, LabResult):
        return f"{ANALYTES[record.analyte].title} {record.entered_text}"
    if isinstance(record, Medication):
        return f"{agent_title(axis, record.agent)} {order_words(record)}"
    if isinstance(record, Visit):
        return tr("visit of {day}").format(day=day_words(record.on))
    if isinstance(record, SymptomScore):
        return f"{record.symptom} {record.score}/10"
    if isinstance(record, Vitals):
        return vitals_words(record)
    return record.name if isinstance(record, Patient) else tr("entry")
