"""What an agent card says about its regimen, in words and numbers."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from endotune_desktop.physiology.axis import Axis, AxisAgent
from endotune_desktop.ui.widgets.numbers import NO_BREAK, shown_amount, shown_change, shown_dose
from endotune_desktop.ui.words import every_words, market_words, swallow_words, unit_words, way_words
from endotune_desktop.workbench.regimens import WEEK, AgentRegimen
from endotune_desktop.workbench.strengths import Stops, sold_as


def tr(text: str) -> str:
    """Return a translated text of this module."""
    return QCoreApplication.translate("card_words", text)


def one_dose(regimen: AgentRegimen) -> bool:
    """Return whether a day of the regimen is one dose, so that the dose itself is the large number."""
    return len(regimen.clocks) == 1 and (regimen.once_a_cycle or len(set(regimen.rows)) == 1)


def _mean(amount: float) -> float:
    return round(amount, 1) if amount >= 10.0 else round(amount, 2)


def hero_words(regimen: AgentRegimen) -> str:
    """Return the large number: the dose, or with several or unequal doses the mean of a day."""
    unit = unit_words(regimen.unit)
    if one_dose(regimen):
        return shown_dose(max(row[0] for row in regimen.rows), unit)
    return tr("{dose} a day").format(dose=shown_dose(_mean(regimen.mean_a_day), unit))


def change_words(regimen: AgentRegimen, record: AgentRegimen | None, weight_kg: float) -> str:
    """Return what stands beside the large number: in how many doses, the week, the change, the amount by weight."""
    unit, parts = unit_words(regimen.unit), []
    if regimen.cycle_days == WEEK and not regimen.once_a_cycle:
        parts.append(tr("{dose} a week").format(dose=shown_dose(round(WEEK * regimen.mean_a_day, 3), unit)))
    elif len(regimen.clocks) > 1:
        before = len(record.clocks) if record else 0
        alike = tr(", as now in {n}").format(n=before) if record and record.mean_a_day == regimen.mean_a_day else ""
        parts.append(tr("in {n}").format(n=len(regimen.clocks)) + alike)
    elif regimen.once_a_cycle:
        parts.append(tr("{dose} a day").format(dose=shown_dose(_mean(regimen.mean_a_day), unit)))
    plain = one_dose(regimen) and not regimen.once_a_cycle
    now, before_a_day = regimen.mean_a_day, record.mean_a_day if record else 0.0
    if now != before_a_day:
        change = now - before_a_day
        percent = f" ({shown_change(round(100 * change / before_a_day))}{NO_BREAK}%)" if before_a_day else ""
        words = f"{shown_change(change if plain else _mean(change) if change > 0 else -_mean(-change))}{NO_BREAK}{unit}"
        parts.append(f"{words}{percent}")
    if weight_kg:
        daily = now / weight_kg
        per_kg = f"{daily:.2f}" if daily < 10 else shown_amount(round(daily))
        parts.append(tr("{n} {unit}/kg a day").format(n=per_kg, unit=unit))
    return " · ".join(parts)


def often_words(regimen: AgentRegimen) -> str:
    """Return how often, for the ear: daily, alternate days; nothing when days differ."""
    if regimen.cycle_days == 1 or regimen.once_a_cycle:
        return every_words(regimen.cycle_days)
    return ""


def pieces_words(amount: float, stops: Stops, unit: str, market: str) -> str:
    """Return what to swallow for an amount: ``1 × 100 + ½ × 25 µg``.

    Parameters
    ----------
    amount : float
    stops : Stops
    unit : str
        Shown unit, empty where it goes without saying.
    market : str
    """
    if amount == 0.0:
        return ""
    if amount in stops.strange:
        return tr("no {form} in {market}").format(form=stops.form, market=market_words(market))
    if stops.free:
        return tr("measured")
    return swallow_words(stops.way(amount), unit).strip()


def sold_words(entry: AxisAgent, regimen: AgentRegimen, market: str) -> str:
    """Return route and preparation: oral tablet."""
    sold, _ = sold_as(entry, regimen.route, regimen.preparation, market)
    form = sold.title if sold else (regimen.preparation or "").replace("_", " ")
    return way_words(regimen.route, form)


def validity_words(axis: Axis, regimen: AgentRegimen) -> str:
    """Return the sentence for an amount a day that was never compared with people, empty when it was.

    Doses on single days of a cycle count by their mean, as in the course itself.
    """
    given = [regimen.day_total(row) > 0.0 for row in range(regimen.cycle_days)]
    apart = len(given) > 1 and not any(a and b for a, b in zip(given, given[1:] + given[:1], strict=True))
    daily = regimen.mean_a_day if apart else max(regimen.day_total(row) for row in range(regimen.cycle_days))
    for entry in axis.validated:
        if entry.kind == "daily_dose" and entry.subject == regimen.agent and entry.high is not None:
            if daily > entry.high:
                amount = shown_dose(_mean(daily), unit_words(regimen.unit))
                return f"{entry.sentence} {tr('This what-if is at {n}.').format(n=amount)}"
            return ""
    return ""
