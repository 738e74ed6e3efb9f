"""Words for orders, persons and days, as every screen writes them."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QCoreApplication

from endotune_desktop.clinic.person import Sex
from endotune_desktop.clinic.records import Medication, Patient
from endotune_desktop.clinic.scenario import DoseOrder
from endotune_desktop.clinic.units import DOSE_UNITS
from endotune_desktop.physiology.axis import Axis
from endotune_desktop.ui.widgets.numbers import shown_dose

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
