"""From what is typed to records: every field is judged on its own, and nothing typed is lost."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Generic, TypeVar

from endotune_desktop.clinic import entry
from endotune_desktop.clinic.analytes import Analyte, ReportUnit
from endotune_desktop.clinic.analytes import analyte as analyte_by_id
from endotune_desktop.clinic.errors import InputRefused
from endotune_desktop.clinic.person import Sex
from endotune_desktop.clinic.records import Finding, LabResult, Medication, Patient, SymptomScore, Visit, Vitals
from endotune_desktop.clinic.units import DOSE_UNITS
from endotune_desktop.physiology.axis import Axis, AxisAgent
from endotune_desktop.workbench.axis_choice import FIRST, knowing_axis
from endotune_desktop.workbench.plausibility import (
    Repair,
    dose_doubt,
    dose_repairs,
    own_repairs,
    result_doubt,
    result_repairs,
)
from endotune_desktop.workbench.whatif import order_of

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
    doubts : dict of str to InputRefused
        By field: readable, but probably not what was meant; asked about once, then kept.
    repairs : dict of str to tuple of Repair
        By field of the refusal or doubt: what was probably meant.
    """

    record: T | None = None
    refusals: dict[str, InputRefused] = field(default_factory=dict)
    doubts: dict[str, InputRefused] = field(default_factory=dict)
    repairs: dict[str, tuple[Repair, ...]] = field(default_factory=dict)

    def read(self, name: str, reader: Callable[[], V]) -> V | None:
        """Return what a reader gives; keep its refusal under the field's name."""
        try:
            return reader()
        except InputRefused as refusal:
            self.refuse(name, refusal)
            return None

    def refuse(self, name: str, refusal: InputRefused, repairs: tuple[Repair, ...] = ()) -> None:
        """Keep a refusal under a field's name, with what was probably meant."""
        self.refusals[name] = refusal
        self.repairs[name] = (*own_repairs(name, refusal), *repairs)

    def ask(self, name: str, doubt: tuple[InputRefused, tuple[Repair, ...]] | None) -> None:
        """Keep a doubt, when there is one, under a field's name."""
        if doubt is not None:
            self.doubts[name], self.repairs[name] = doubt


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
    try:
        day = entry.calendar_day(text, where)
    except InputRefused as refusal:
        past = tuple(way for way in refusal.repairs if date.fromisoformat(way) <= today)
        raise InputRefused(refusal.what, refusal.where, refusal.accepted, past) from None
    if day > today:
        last_year = _years_before(
            day, today.year - day.year - (1 if (day.month, day.day) > (today.month, today.day) else 0)
        )
        repairs = (last_year.isoformat(),) if last_year is not None else ()
        raise InputRefused(f"{day:%-d %b %Y} is in the future", where, "today or earlier", repairs)
    if day.year < 1900:
        raise InputRefused(f"{day:%-d %b %Y} is too long ago", where, "1900 or later")
    return day


def _years_before(day: date, years: int) -> date | None:
    """Return the same day some years away (negative: before); None where that year has none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return None


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
        form.refuse("born", InputRefused(f"{born:%-d %b %Y} is over 120 years ago", "born", "a later day"))
    height = form.read("height_cm", lambda: entry.number(texts["height_cm"], "height", 140.0, 210.0, "cm"))
    weight = form.read("weight_kg", lambda: entry.number(texts["weight_kg"], "weight", 40.0, 200.0, "kg"))
    number = form.read("number", lambda: _any_text(texts.get("number", ""), "number"))
    diagnosis = form.read("diagnosis", lambda: _any_text(texts.get("diagnosis", ""), "diagnosis"))
    if form.refusals or name is None or born is None or height is None or weight is None:
        return form
    sex = Sex(texts["sex"])
    axis = texts.get("axis") or FIRST.id
    form.record = Patient(
        id=before.id if before else new_id(),
        name=name,
        number=number or "",
        sex=sex,
        born=born,
        height_cm=height,
        weight_kg=weight,
        axis=axis,
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
        ``analyte``, ``value`` (a unit behind the number wins over ``unit``), ``unit``, ``day``, ``clock`` (may be
        empty), ``laboratory``, ``low``, ``high`` (limits in ``unit``).
    patient_id : str
    now : datetime
    before : LabResult, optional
        The result that is edited.
    """
    form: Form[LabResult] = Form()
    analyte = analyte_by_id(texts["analyte"])
    unit = form.read("unit", lambda: analyte.unit(texts["unit"], "unit"))
    where = f"{analyte.title} result"
    number, written = _parted(texts["value"])
    result = form.read("value", lambda: entry.result_text(number, where))
    day = form.read("day", lambda: _past_day(texts["day"], "drawn on", now.date()))
    clock_text = texts.get("clock", "").strip()
    clock = form.read("clock", lambda: entry.clock_time(clock_text, "clock time")) if clock_text else None
    laboratory = form.read("laboratory", lambda: _any_text(texts.get("laboratory", ""), "laboratory"))
    limits = [_limit(form, texts, name, unit.factor if unit else 1.0) for name in ("low", "high")]
    if written and result is not None:
        unit = form.read("value", lambda: _unit_behind(analyte, written))
    if limits[0] is not None and limits[1] is not None and limits[0] >= limits[1]:
        form.refuse("high", InputRefused("the upper limit is not above the lower one", "upper limit", "a larger one"))
    if unit is not None and result is not None:
        _judge_size(form, analyte, unit, *result)
    if day == now.date() and clock is not None and time.fromisoformat(clock) > now.time():
        form.refuse("clock", InputRefused(f"{clock} today is in the future", "clock time", "an earlier time"))
    if form.refusals or unit is None or result is None or day is None:
        return form
    drawn = datetime.combine(day, time.fromisoformat(clock) if clock else UNKNOWN_CLOCK)
    form.record = LabResult(
        id=before.id if before else new_id(),
        patient_id=patient_id,
        analyte=analyte.id,
        drawn_at=drawn,
        clock_known=clock is not None,
        entered_text=number,
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


_RESULT = re.compile(r"([<>\u2264\u2265=\s]*[\d.,'\u2019\s]*\d)\s*(\D.*)?")
_FLAGS = frozenset({"h", "l", "hh", "ll", "*", "+", "-", "\u2191", "\u2193"})
"""What laboratory sheets print behind a number that is out of range."""


def _parted(text: str) -> tuple[str, str]:
    """Return the number of a result and the unit behind it, empty when there is none; flags are dropped."""
    plain = " ".join(text.split())
    found = _RESULT.fullmatch(plain)
    if found is None:
        return plain, ""
    behind = " ".join(part for part in (found[2] or "").split() if part.casefold() not in _FLAGS)
    return found[1].strip(), behind


def _unit_behind(analyte: Analyte, written: str) -> ReportUnit:
    """Return the unit that was typed or pasted behind a number, however its letters are cast."""

    def plain(words: str) -> str:
        return words.replace("\u00b5", "u").replace("\u03bc", "u").replace(" ", "").casefold()

    fitting = [unit for unit in analyte.units if plain(unit.id) == plain(written)]
    return fitting[0] if fitting else analyte.unit(written, analyte.title)


def _judge_size(form: Form[LabResult], analyte: Analyte, unit: ReportUnit, comparator: str, number: float) -> None:
    """Refuse a result that nobody can have; ask about one that was probably mistyped."""
    if analyte.accepted_low <= number * unit.factor <= analyte.accepted_high:
        form.ask("value", result_doubt(analyte, number, unit, comparator))
        return
    low, high = analyte.accepted_low / unit.factor, analyte.accepted_high / unit.factor
    what = f"{number:g} {unit.id} is outside what is accepted"
    accepted = " to ".join(f"{float(f'{limit:.3g}'):g}" for limit in (low, high))
    refusal = InputRefused(what, analyte.title, f"{accepted} {unit.id}")
    form.refuse("value", refusal, result_repairs(analyte, number, unit, comparator))


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
        ``agent``, ``form`` (route and preparation, joined by ``/``), ``dose``, ``unit``, ``clocks``, ``every`` (days),
        ``start``, ``stop`` (may be empty), ``taken`` (per cent), ``missed`` (days, may be empty).
    patient_id : str
    axis : Axis
        The one that is shown; an agent that does not act on it is looked for on the others.
    today : date
    before : Medication, optional
        The order that is edited.
    """
    form: Form[Medication] = Form()
    entry_of_agent = (knowing_axis(texts["agent"], axis) or axis).agent(texts["agent"])
    route, _, preparation = texts["form"].partition("/")
    unit = texts.get("unit") or entry_of_agent.agent.unit
    dose = _dose(form, texts["dose"], entry_of_agent, unit)
    clocks = form.read("clocks", lambda: _clocks(texts["clocks"]))
    every = form.read("every", lambda: _whole(texts.get("every", "1"), "every", 1, 365, "days"))
    start = form.read("start", lambda: entry.calendar_day(texts["start"], "since"))
    stop_text = texts.get("stop", "").strip()
    stop = form.read("stop", lambda: entry.calendar_day(stop_text, "until before")) if stop_text else None
    taken = form.read("taken", lambda: entry.number(texts.get("taken", "100"), "doses taken", 0.0, 100.0, "%"))
    known = ", ".join(day.isoformat() for day in before.missed) if before else ""
    missed = form.read("missed", lambda: entry.calendar_days(texts.get("missed", known), "missed days"))
    if start is not None and start > today + timedelta(days=730):
        form.refuse("start", InputRefused("this starts in over two years", "since", "an earlier day"))
    if start is not None and stop is not None and stop <= start:
        swap = f"after {start:%-d %b %Y}, or nothing"
        later = _years_before(stop, 1)
        repairs = (later.isoformat(),) if later is not None and start < later <= today else ()
        form.refuse("stop", InputRefused("this stops before it starts", "until before", swap, repairs))
    if start is not None and missed:
        outside = [day for day in missed if day < start or (stop is not None and day >= stop)]
        if outside and "stop" not in form.refusals:
            what = f"{outside[0]:%-d %b %Y} is not a day of this order"
            form.refuse("missed", InputRefused(what, "missed days", "days from its start to its end"))
    if form.refusals or dose is None or clocks is None or every is None or start is None or taken is None:
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
        every_days=every,
        start=start,
        stop=stop,
        fraction_taken=taken / 100.0,
        missed=missed or (),
        planned=before.planned if before else False,
    )
    form.ask("dose", dose_doubt(entry_of_agent, order_of(form.record, start)))
    return form


def _dose(form: Form[Medication], text: str, agent: AxisAgent, unit: str) -> float | None:
    """Return a dose within what the agent is given in; a larger one is refused with what was probably meant."""
    top = form.read("unit", lambda: agent.agent.from_own_unit(agent.agent.dose_high, unit))
    if top is None:
        return None
    dose = form.read("dose", lambda: entry.number(text, "dose", unit=DOSE_UNITS[unit].shown))
    if dose is None or 0.0 <= dose <= top:
        return dose
    shown = DOSE_UNITS[unit].shown
    what = f"{dose:g} {shown} is {'below zero' if dose < 0.0 else 'outside what is accepted'}"
    repairs = (Repair("dose", f"{-dose:g}", f"{-dose:g}"),) if -top <= dose < 0.0 else dose_repairs(agent, dose, unit)
    form.refuse("dose", InputRefused(what, "dose", f"0 to {top:g} {shown}"), repairs)
    return None


def _whole(text: str, where: str, low: int, high: int, unit: str = "") -> int:
    found = entry.number(text, where, float(low), float(high), unit)
    if found != int(found):
        raise InputRefused(f"{found:g} is no whole number", where, f"{low} to {high}{' ' + unit if unit else ''}")
    return int(found)


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
    score = form.read("score", lambda: _whole(texts["score"], "score", 0, 10))
    if not form.refusals and day is not None and symptom is not None and score is not None:
        form.record = SymptomScore(before.id if before else new_id(), patient_id, day, symptom, score)
    return form


_VITALS = {
    "weight_kg": ("weight", 40.0, 200.0, "kg"),
    "pulse_per_min": ("pulse", 20.0, 250.0, "per min"),
}


def vitals_form(texts: dict[str, str], patient_id: str, today: date, before: Vitals | None = None) -> Form[Vitals]:
    """Return weight, pulse and pressure from typed texts; empty ones were not taken.

    Parameters
    ----------
    texts : dict of str to str
        ``day``, ``weight_kg``, ``pulse_per_min``, ``pressure`` (systolic over diastolic, mmHg).
    patient_id : str
    today : date
    before : Vitals, optional
        The entry that is edited.
    """
    form: Form[Vitals] = Form()
    day = form.read("day", lambda: _past_day(texts["day"], "day", today))
    found: dict[str, float | None] = {}
    for name, (words, low, high, unit) in _VITALS.items():
        text = texts.get(name, "").strip()
        reader = partial(entry.number, text, words, low, high, unit)
        found[name] = form.read(name, reader) if text else None
    text = texts.get("pressure", "").strip()
    both = form.read("pressure", lambda: entry.pressure(text)) if text else None
    if not form.refusals and both is None and all(value is None for value in found.values()):
        form.refuse("weight_kg", InputRefused("nothing was entered", "weight", "at least one of the three"))
    if not form.refusals and day is not None:
        high_low = both or (None, None)
        form.record = Vitals(
            before.id if before else new_id(), patient_id, day, **found,
            systolic_mmhg=high_low[0], diastolic_mmhg=high_low[1],
        )  # fmt: skip
    return form


def finding_form(texts: dict[str, str], patient_id: str, today: date, before: Finding | None = None) -> Form[Finding]:
    """Return a finding from typed texts.

    Parameters
    ----------
    texts : dict of str to str
        ``finding`` (its id), ``since`` (empty when it has long been so), ``until`` (before that day; empty while it
        goes on).
    patient_id : str
    today : date
    before : Finding, optional
        The finding that is edited.
    """
    form: Form[Finding] = Form()
    finding, since_text, until_text = texts.get("finding", ""), texts["since"].strip(), texts["until"].strip()
    if not finding:
        form.refuse("finding", InputRefused("nothing was chosen", "finding", "one of the list"))
    since = form.read("since", lambda: _past_day(since_text, "since", today)) if since_text else None
    until = form.read("until", lambda: entry.calendar_day(until_text, "until before")) if until_text else None
    if since is not None and until is not None and until <= since:
        accepted = f"after {since:%-d %b %Y}, or nothing"
        form.refuse("until", InputRefused("this ends before it begins", "until before", accepted))
    if not form.refusals:
        form.record = Finding(before.id if before else new_id(), patient_id, finding, since, until)
    return form
