"""From what is typed to records: every field is judged on its own, and nothing typed is lost."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Generic, TypeVar

from endotune_desktop.clinic import entry
from endotune_desktop.clinic.analytes import analyte as analyte_by_id
from endotune_desktop.clinic.errors import InputRefused
from endotune_desktop.clinic.person import Sex
from endotune_desktop.clinic.records import LabResult, Medication, Patient, SymptomScore, Visit, Vitals
from endotune_desktop.clinic.units import convert_dose
from endotune_desktop.physiology.axis import Axis

T = TypeVar("T")
V = TypeVar("V")

UNKNOWN_CLOCK = time(8, 0)
"""Where a sample without a clock time stands on the time axis."""
MOST_CHARACTERS = 200
"""The longest text in a field of one line."""


@dataclass
class Form(Generic[T]):
    """What a form gave: a record, or a refusal for each field that needs another look.

    Attributes
    ----------
    record : T or None
    refusals : dict of str to InputRefused
        By field.
    """

    record: T | None = None
    refusals: dict[str, InputRefused] = field(default_factory=dict)

    def read(self, name: str, reader: Callable[[], V]) -> V | None:
        """Return what a reader gives; keep its refusal under the field's name."""
        try:
            return reader()
        except InputRefused as refusal:
            self.refusals[name] = refusal
            return None


def new_id() -> str:
    """Return a fresh record id."""
    return str(uuid.uuid4())


def _text(text: str, where: str) -> str:
    found = " ".join(text.split())
    if not found:
        raise InputRefused("nothing was entered", where, "some words")
    return _any_text(found, where)


def _any_text(text: str, where: str) -> str:
    """Return a text that may be empty, as it can be stored and shown."""
    found = " ".join(text.split())
    if len(found) > MOST_CHARACTERS:
        raise InputRefused(f"{len(found)} characters", where, f"up to {MOST_CHARACTERS}")
    if any("\ud800" <= character <= "\udfff" for character in found):
        raise InputRefused("holds half a character, as a broken paste leaves it", where, "whole characters")
    return found


def _past_day(text: str, where: str, today: date) -> date:
    day = entry.calendar_day(text, where)
    if day > today:
        raise InputRefused(f"{day:%d %b %Y} is in the future", where, "today or earlier")
    if day.year < 1900:
        raise InputRefused(f"{day:%d %b %Y} is too long ago", where, "1900 or later")
    return day


def patient_form(
    texts: dict[str, str], today: date, before: Patient | None = None, *, sandbox: bool = False
) -> Form[Patient]:
    """Return a patient from typed texts.

    Parameters
    ----------
    texts : dict of str to str
        ``name``, ``number``, ``sex``, ``born``, ``height_cm``, ``weight_kg``, ``axis``, ``diagnosis``.
    today : date
    before : Patient, optional
        The patient that is edited.
    sandbox : bool
        Whether a new one is an invented person.
    """
    form: Form[Patient] = Form()
    name = form.read("name", lambda: _text(texts["name"], "name"))
    born = form.read("born", lambda: _past_day(texts["born"], "born", today))
    if born is not None and today.year - born.year > 120:
        form.refusals["born"] = InputRefused(f"{born:%d %b %Y} is over 120 years ago", "born", "a later day")
    height = form.read("height_cm", lambda: entry.number(texts["height_cm"], "height", 140.0, 210.0, "cm"))
    weight = form.read("weight_kg", lambda: entry.number(texts["weight_kg"], "weight", 40.0, 200.0, "kg"))
    number = form.read("number", lambda: _any_text(texts.get("number", ""), "number"))
    diagnosis = form.read("diagnosis", lambda: _any_text(texts.get("diagnosis", ""), "diagnosis"))
    if form.refusals or name is None or born is None or height is None or weight is None:
        return form
    form.record = Patient(
        id=before.id if before else new_id(),
        name=name,
        number=number or "",
        sex=Sex(texts["sex"]),
        born=born,
        height_cm=height,
        weight_kg=weight,
        axis=texts.get("axis", "hpt"),
        diagnosis=diagnosis or "",
        sandbox=before.sandbox if before else sandbox,
        archived=before.archived if before else False,
        note=before.note if before else "",
    )
    return form


def lab_form(texts: dict[str, str], patient_id: str, now: datetime, before: LabResult | None = None) -> Form[LabResult]:
    """Return a laboratory result from typed texts, as entered beside canonical.

    Parameters
    ----------
    texts : dict of str to str
        ``analyte``, ``value``, ``unit``, ``day``, ``clock`` (may be empty), ``laboratory``, ``low``, ``high``.
    patient_id : str
    now : datetime
    before : LabResult, optional
        The result that is edited.
    """
    form: Form[LabResult] = Form()
    analyte = analyte_by_id(texts["analyte"])
    unit = form.read("unit", lambda: analyte.unit(texts["unit"], "unit"))
    result = form.read("value", lambda: entry.result_text(texts["value"], analyte.title))
    day = form.read("day", lambda: _past_day(texts["day"], "drawn on", now.date()))
    clock_text = texts.get("clock", "").strip()
    clock = form.read("clock", lambda: entry.clock_time(clock_text, "clock time")) if clock_text else None
    laboratory = form.read("laboratory", lambda: _any_text(texts.get("laboratory", ""), "laboratory"))
    limits = [_limit(form, texts, name, unit.factor if unit else 1.0) for name in ("low", "high")]
    if limits[0] is not None and limits[1] is not None and limits[0] >= limits[1]:
        form.refusals["high"] = InputRefused(
            "the upper limit is not above the lower one", "upper limit", "a larger one"
        )
    if unit is not None and result is not None:
        value = result[1] * unit.factor
        if not analyte.accepted_low <= value <= analyte.accepted_high:
            low, high = analyte.accepted_low / unit.factor, analyte.accepted_high / unit.factor
            what = f"{result[1]:g} {unit.id} is outside what is accepted"
            form.refusals["value"] = InputRefused(what, analyte.title, f"{low:.3g} to {high:.3g} {unit.id}")
    if day == now.date() and clock is not None and time.fromisoformat(clock) > now.time():
        form.refusals["clock"] = InputRefused(f"{clock} today is in the future", "clock time", "an earlier time")
    if form.refusals or unit is None or result is None or day is None:
        return form
    drawn = datetime.combine(day, time.fromisoformat(clock) if clock else UNKNOWN_CLOCK)
    form.record = LabResult(
        id=before.id if before else new_id(),
        patient_id=patient_id,
        analyte=analyte.id,
        drawn_at=drawn,
        clock_known=clock is not None,
        entered_text=texts["value"].strip(),
        entered_unit=unit.id,
        comparator=result[0],
        value=result[1] * unit.factor,
        laboratory=laboratory or "",
        method=before.method if before else "",
        reference_low=limits[0],
        reference_high=limits[1],
        set_aside=before.set_aside if before else False,
    )
    return form


def _limit(form: Form[LabResult], texts: dict[str, str], name: str, factor: float) -> float | None:
    text = texts.get(name, "").strip()
    if not text:
        return None
    found = form.read(name, lambda: entry.number(text, {"low": "lower limit", "high": "upper limit"}[name], 0.0))
    return None if found is None else found * factor


def medication_form(
    texts: dict[str, str], patient_id: str, axis: Axis, today: date, before: Medication | None = None
) -> Form[Medication]:
    """Return an order from typed texts.

    Parameters
    ----------
    texts : dict of str to str
        ``agent``, ``form`` (route and preparation, joined by ``/``), ``dose``, ``unit``, ``clocks``, ``every``,
        ``start``, ``stop`` (may be empty), ``taken`` (per cent).
    patient_id : str
    axis : Axis
    today : date
    before : Medication, optional
        The order that is edited.
    """
    form: Form[Medication] = Form()
    entry_of_agent = axis.agent(texts["agent"])
    route, _, preparation = texts["form"].partition("/")
    unit = texts.get("unit") or entry_of_agent.agent.unit
    top = convert_dose(entry_of_agent.agent.dose_high, entry_of_agent.agent.unit, unit)
    dose = form.read("dose", lambda: entry.number(texts["dose"], "dose", 0.0, top, unit))
    clocks = form.read("clocks", lambda: _clocks(texts["clocks"]))
    start = form.read("start", lambda: entry.calendar_day(texts["start"], "start"))
    stop_text = texts.get("stop", "").strip()
    stop = form.read("stop", lambda: entry.calendar_day(stop_text, "stop")) if stop_text else None
    taken = form.read("taken", lambda: entry.number(texts.get("taken", "100"), "doses taken", 0.0, 100.0, "%"))
    if start is not None and start > today + timedelta(days=730):
        form.refusals["start"] = InputRefused("this starts in over two years", "start", "an earlier day")
    if start is not None and stop is not None and stop <= start:
        form.refusals["stop"] = InputRefused(
            "this stops before it starts", "stop", f"after {start:%d %b %Y}, or nothing"
        )
    if form.refusals or dose is None or clocks is None or start is None or taken is None:
        return form
    form.record = Medication(
        id=before.id if before else new_id(),
        patient_id=patient_id,
        agent=entry_of_agent.agent.id,
        route=route,
        preparation=preparation,
        dose=dose,
        unit=unit,
        clock_times=clocks,
        every_days=int(texts.get("every", "1")),
        start=start,
        stop=stop,
        fraction_taken=taken / 100.0,
        missed=before.missed if before else (),
        planned=False,
    )
    return form


def _clocks(text: str) -> tuple[str, ...]:
    parts = [part for part in text.replace(";", ",").replace(" ", ",").split(",") if part]
    clocks = sorted({entry.clock_time(part, "clock times") for part in parts})
    if not clocks:
        raise InputRefused("no clock time", "clock times", "07:00, or 07:00 19:00")
    return tuple(clocks)


def visit_form(texts: dict[str, str], patient_id: str, today: date, before: Visit | None = None) -> Form[Visit]:
    """Return a visit from ``day`` and ``words``."""
    form: Form[Visit] = Form()
    day = form.read("day", lambda: _past_day(texts["day"], "visit", today))
    words = form.read("words", lambda: _text(texts["words"], "words"))
    if day is not None and words is not None:
        form.record = Visit(before.id if before else new_id(), patient_id, day, words)
    return form


def symptom_form(
    texts: dict[str, str], patient_id: str, today: date, before: SymptomScore | None = None
) -> Form[SymptomScore]:
    """Return a symptom's score from ``day``, ``symptom`` and ``score``."""
    form: Form[SymptomScore] = Form()
    day = form.read("day", lambda: _past_day(texts["day"], "day", today))
    symptom = form.read("symptom", lambda: _text(texts["symptom"], "symptom"))
    score = form.read("score", lambda: entry.number(texts["score"], "score", 0.0, 10.0))
    if score is not None and score != int(score):
        form.refusals["score"] = InputRefused(f"{score:g} is no whole number", "score", "0 to 10")
    if not form.refusals and day is not None and symptom is not None and score is not None:
        form.record = SymptomScore(before.id if before else new_id(), patient_id, day, symptom, int(score))
    return form


_VITALS = {
    "weight_kg": ("weight", 40.0, 200.0, "kg"),
    "pulse_per_min": ("pulse", 20.0, 250.0, "per min"),
    "systolic_mmhg": ("systolic pressure", 50.0, 280.0, "mmHg"),
    "diastolic_mmhg": ("diastolic pressure", 20.0, 180.0, "mmHg"),
}


def vitals_form(texts: dict[str, str], patient_id: str, today: date, before: Vitals | None = None) -> Form[Vitals]:
    """Return weight, pulse and pressure from typed texts; empty ones were not taken."""
    form: Form[Vitals] = Form()
    day = form.read("day", lambda: _past_day(texts["day"], "day", today))
    found: dict[str, float | None] = {}
    for name, (words, low, high, unit) in _VITALS.items():
        text = texts.get(name, "").strip()
        reader = partial(entry.number, text, words, low, high, unit)
        found[name] = form.read(name, reader) if text else None
    if not form.refusals and all(value is None for value in found.values()):
        form.refusals["weight_kg"] = InputRefused("nothing was entered", "weight", "at least one of the four")
    if not form.refusals and day is not None:
        form.record = Vitals(before.id if before else new_id(), patient_id, day, **found)
    return form
