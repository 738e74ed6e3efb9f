"""Words for orders, persons and days, as every screen writes them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from PySide6.QtCore import QCoreApplication

from endotune_desktop.clinic.analytes import ANALYTES, ReportUnit
from endotune_desktop.clinic.day_list import days_words
from endotune_desktop.clinic.findings import title_of
from endotune_desktop.clinic.person import Sex
from endotune_desktop.clinic.records import (
    Finding,
    LabResult,
    Medication,
    Patient,
    PatientRecord,
    Plan,
    Record,
    SymptomScore,
    Visit,
    Vitals,
)
from endotune_desktop.clinic.scenario import DoseOrder
from endotune_desktop.clinic.units import DOSE_UNITS
from endotune_desktop.physiology.axis import Axis
from endotune_desktop.ui.shown_units import unit_written
from endotune_desktop.ui.widgets.numbers import DASH, NO_BREAK, shown_amount, shown_dose
from endotune_desktop.workbench.axis_choice import knowing_axis
from endotune_desktop.workbench.references import Reference
from endotune_desktop.workbench.regimens import WEEK, AgentRegimen, regimens_of
from endotune_desktop.workbench.strengths import Way
from endotune_desktop.workbench.whatif import order_from, order_of

SPOKEN_UNITS = {"ug": "micrograms", "mg": "milligrams", "g": "grams", "IU": "international units"}

FRACTIONS = {0.25: "¼", 0.5: "½", 0.75: "¾"}


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
    """Return an agent's title, also of one that acts on another axis; its id when no axis knows it."""
    known = knowing_axis(agent_id, axis)
    return known.agent(agent_id).agent.title if known else agent_id.replace("_", " ").capitalize()


def order_words(order: DoseOrder | Medication) -> str:
    """Return one line of the record without its agent: ``100 µg daily, 07:30``, ``125 µg every Sat, 07:30``."""
    dose = shown_dose(order.dose, unit_words(order.unit))
    often = every_words(order.every_days)
    if order.every_days == WEEK and isinstance(order, Medication):
        often = tr("every {day}").format(day=weekday_letters()[order.start.weekday()])
    return f"{dose} {often}, {', '.join(order.clock_times)}"


def weekday_letters() -> list[str]:
    """Return the weekdays in short, Monday first."""
    return [tr("Mon"), tr("Tue"), tr("Wed"), tr("Thu"), tr("Fri"), tr("Sat"), tr("Sun")]


def day_doses_words(regimen: AgentRegimen, row: int) -> str:
    """Return one day's doses: ``125 µg``, ``10 + 5 + 5 mg``, ``3 × 50 mg``, ``none``."""
    unit = unit_words(regimen.unit)
    amounts = [amount for amount in regimen.rows[row] if amount > 0.0]
    if not amounts:
        return tr("none")
    if len(amounts) > 1 and len(set(amounts)) == 1:
        return f"{len(amounts)}{NO_BREAK}×{NO_BREAK}{shown_dose(amounts[0], unit)}"
    plus = f"{NO_BREAK}+{NO_BREAK}"
    return f"{plus.join(shown_amount(amount) for amount in amounts)}{NO_BREAK}{unit}"


def dose_words(regimen: AgentRegimen, day0: date) -> str:
    """Return doses and days without clock times: ``100 µg``, ``100 µg Mon–Fri, 125 µg Sat Sun``.

    Parameters
    ----------
    regimen : AgentRegimen
    day0 : date
        The day from which the regimen counts.
    """
    first = day_doses_words(regimen, 0)
    if regimen.cycle_days == 1 or not regimen.given:
        return first
    if regimen.cycle_days == WEEK:
        return week_words(regimen, day0)
    if regimen.once_a_cycle:
        return f"{first} {every_words(regimen.cycle_days)}"
    days = [day_doses_words(regimen, row) for row in range(regimen.cycle_days)]
    return tr("{days} in turn").format(days=", ".join(days))


def week_words(regimen: AgentRegimen, day0: date) -> str:
    """Return a week by alike weekdays: ``100 µg Mon–Fri, 125 µg Sat Sun``; a dose on one day only is weekly."""
    first_weekday = (day0.weekday() + regimen.start_day) % WEEK
    by_doses: dict[tuple[float, ...], list[int]] = {}
    for weekday in range(WEEK):
        by_doses.setdefault(regimen.rows[(weekday - first_weekday) % WEEK], []).append(weekday)
    given = {row: days for row, days in by_doses.items() if sum(row) > 0.0}
    letters = weekday_letters()
    if len(given) == 1 and len(next(iter(given.values()))) == 1:
        ((row, (weekday,)),) = given.items()
        words = day_doses_words(regimen, regimen.rows.index(row))
        return f"{words} {every_words(WEEK)}, {letters[weekday]}"
    parts = []
    for row, days in sorted(given.items(), key=lambda entry: -len(entry[1])):
        parts.append(f"{day_doses_words(regimen, regimen.rows.index(row))} {_weekdays_words(days, letters)}")
    missing = [weekday for row, days in by_doses.items() if row not in given for weekday in days]
    if 0 < len(missing) <= 2:
        parts.append(f"{tr('none')} {_weekdays_words(missing, letters)}")
    return ", ".join(parts)


def _weekdays_words(days: list[int], letters: list[str]) -> str:
    """Return weekdays with runs of three and more drawn together: ``Mon–Fri``, ``Sat Sun``."""
    runs: list[list[int]] = []
    for day in days:
        if runs and day - runs[-1][-1] == 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    parts = []
    for run in runs:
        if len(run) > 2:
            parts.append(f"{letters[run[0]]}{DASH}{letters[run[-1]]}")
        else:
            parts.extend(letters[day] for day in run)
    return " ".join(parts)


def regimen_words(regimen: AgentRegimen, day0: date) -> str:
    """Return a regimen without its agent: ``100 µg daily, 07:30``, ``10 + 5 + 5 mg daily, 07:00 12:00 17:00``."""
    words = dose_words(regimen, day0)
    often = f" {every_words(1)}" if regimen.cycle_days == 1 and regimen.given else ""
    return f"{words}{often}, {' '.join(regimen.clocks)}"


def plan_words(plan: Plan) -> str:
    """Return what is given in short: ``75 µg + 5 µg``, ``100 µg Mon–Fri, 125 µg Sat Sun``, or "no drug"."""
    given = [regimen for regimen in regimens_of(plan.orders) if regimen.given]
    if not given:
        return tr("no drug")
    plain = all(regimen.cycle_days == 1 and len(regimen.clocks) == 1 for regimen in given)
    parts = (f"{dose_words(regimen, plan.from_day)}{_span_words(regimen, plan.from_day)}" for regimen in given)
    return (" + " if plain else "; ").join(parts)


def _span_words(regimen: AgentRegimen, day0: date) -> str:
    """Return from and until when, and how many days are missed, as far as it does not go without saying."""
    missed = len(regimen.missed_days)
    words = ", " + tr("{n} missed").format(n=missed) if missed else ""
    if regimen.start_day >= regimen.cycle_days:
        words = " " + tr("from {day:%-d %b}").format(day=day0 + timedelta(days=regimen.start_day))
    if regimen.stop_day is not None:
        words += " " + tr("until {day:%-d %b}").format(day=day0 + timedelta(days=regimen.stop_day))
    return words


def medication_words(axis: Axis, medication: Iterable[Medication]) -> list[tuple[str, date]]:
    """Return orders on the record as regimens, each with its agent and its first day."""
    day0 = date(2000, 1, 1)  # any day will do: it only counts from it and back
    found = []
    for regimen in regimens_of(order_of(entry, day0) for entry in medication):
        words = f"{agent_title(axis, regimen.agent)} {regimen_words(regimen, day0)}"
        found.append((words, day0 + timedelta(days=regimen.start_day)))
    return found


def current_words(axis: Axis, record: PatientRecord, today: date) -> list[str]:
    """Return the regimens that are taken on a day, each with its agent; a cycle that has begun is whole."""
    running = (m for m in reversed(record.medication) if m.stop is None or m.stop > today)
    lines = regimens_of(order_from(medication, today) for medication in running)
    taken = (regimen for regimen in lines if regimen.start_day < regimen.cycle_days)
    return [f"{agent_title(axis, regimen.agent)} {regimen_words(regimen, today)}" for regimen in taken]


def missed_words(regimen: AgentRegimen, day0: date) -> str:
    """Return the missed days: ``4 missed: 3 Dec, 5 Dec, 10–11 Dec``; nothing when none is."""
    if not regimen.missed_days:
        return ""
    days = tuple(day0 + timedelta(days=day) for day in regimen.missed_days)
    return tr("{n} missed: {days}").format(n=len(days), days=days_words(days, day0.year))


def swallow_words(way: Way, unit: str) -> str:
    """Return what is swallowed: ``1 × 100 + ½ × 25 µg``; nothing for no way.

    Parameters
    ----------
    way : Way
    unit : str
        As it is shown.
    """
    parts = []
    for count, strength in way:
        whole = int(count)
        fraction = FRACTIONS.get(round(count - whole, 2), "")
        parts.append(f"{whole or ''}{fraction}{NO_BREAK}×{NO_BREAK}{shown_amount(strength)}")
    return f"{' + '.join(parts)}{NO_BREAK}{unit}" if parts else ""


def range_words(held: Reference, unit: ReportUnit) -> str:
    """Return a reference with its unit and which one it is: ``reference 140–690 nmol/L, 08:00``; nothing for none."""
    ends = [f"{value / unit.factor:.3g}" for value in (held.low, held.high) if value is not None]
    if not ends:
        return ""
    sign = "" if len(ends) == 2 else "< " if held.low is None else "> "
    which = tr("this lab") if held.own else tr(held.words)
    words = tr("reference {limits}").format(limits=f"{sign}{DASH.join(ends)}{NO_BREAK}{unit_written(unit.id)}")
    return f"{words} ({which})" if which else words


def way_words(route: str, form: str) -> str:
    """Return how something is taken: ``oral tablet``, ``vaginal capsule`` where the form says the way itself."""
    return form if form.startswith(route) else f"{route} {form}".strip()


def market_words(market: str) -> str:
    """Return a market after "in": the UK."""
    return {"EU": tr("the EU"), "UK": tr("the UK"), "US": tr("the US")}.get(market, market)


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


def finding_words(finding: Finding) -> str:
    """Return a finding and until when it holds: ``Biotin, until 5 Nov 2026``."""
    title = tr(title_of(finding.finding))
    return title if finding.until is None else f"{title}, {tr('until')} {day_words(finding.until)}"


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
    if isinstance(record, Finding):
        return tr(title_of(record.finding))
    return record.name if isinstance(record, Patient) else tr("entry")
