"""Words of the fit: how far it is, what was learned, which result does not fit, what makes the band wide."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from endotune_desktop.clinic.analytes import ANALYTES
from endotune_desktop.clinic.records import LabResult
from endotune_desktop.tuning.explaining import Estimate, Result
from endotune_desktop.tuning.fit_card import FitCard
from endotune_desktop.tuning.prior import Kind
from endotune_desktop.ui.shown_units import unit_written
from endotune_desktop.ui.widgets.numbers import DASH, NO_BREAK, shown_number
from endotune_desktop.workbench.evidence_of import observations_of
from endotune_desktop.workbench.session import Session


def tr(text: str) -> str:
    """Return a translated text of the fit."""
    return QCoreApplication.translate("fit", text)


def state_words(session: Session) -> tuple[str, str, bool]:
    """Return tone and words of how far the fit of the shown axis is, and whether it is under way."""
    view, record = session.course, session.record
    if record is None or view is None:
        return "", "", False
    if view.card is None:
        count = len(observations_of(record, session.axis, view.day0, session.today()))
        if count == 0:
            return "", tr("No results: typical person"), False
        if view.settled_members:
            return "warn", tr("Not fitted: the model has no answer for these results; typical person"), False
        return "", tr("Fitting to {n} …").format(n=count_words(count)), True
    card, words = view.card, tr("Fitted to {n}").format(n=count_words(len(view.card.results)))
    if former_words(session):
        wanted = observations_of(record, session.axis, view.day0, session.today())
        return "", tr("Refitting to {n} …").format(n=count_words(len(wanted))), True
    tone, drawing = "good", card.fit.posterior is None
    if card.uncertain:
        tone, words = "warn", tr("Uncertain fit, {n}").format(n=count_words(len(card.results)))
    if card.doubtful:
        tone, words = "warn", f"{words}, {doubt_words(len(card.doubtful))}"
    return tone, words, drawing


def former_words(session: Session) -> str:
    """Return that what is shown is of the record before a change, as a sentence; empty once it is fitted."""
    view, record = session.course, session.record
    if view is None or record is None or view.card is None:
        return ""
    seen = view.card.fit.observations
    wanted = observations_of(record, session.axis, view.day0, session.today())
    if not wanted or not (view.refitting or (wanted != seen and session.pending)):
        return ""
    return tr("Until then: the fit to {n}, before the change.").format(n=count_words(len(seen)))


def count_words(count: int) -> str:
    """Return how many results."""
    return tr("1 result") if count == 1 else tr("{n} results").format(n=count)


def doubt_words(count: int) -> str:
    """Return how many results do not fit."""
    return tr("1 does not fit") if count == 1 else tr("{n} do not fit").format(n=count)


def told_words(card: FitCard) -> str:
    """Return how many independent things the labs told."""
    things = tr("1 independent thing") if card.told == 1 else tr("{n} independent things").format(n=card.told)
    return tr("These labs told {things} about this patient.").format(things=things)


def cycle_words(card: FitCard) -> str:
    """Return how far the labs' day of the cycle lies from the timeline's; empty where that is less than half a day."""
    for estimate in card.around:
        days = estimate.value / 24.0
        if estimate.unknown.kind is Kind.CYCLE_DAY and abs(days) >= 0.5:
            side = tr("later") if days > 0.0 else tr("earlier")
            words = tr("The labs fit a cycle day {n} days {side} than the timeline's; the curves are moved by it.")
            return words.format(n=f"{abs(days):.1f}", side=side)
    return ""


def alike_words(first: str, second: str, correlation: float) -> str:
    """Return that two unknowns cannot be told apart."""
    known = tr("only together do they explain the labs") if correlation < 0.0 else tr("their ratio is known better")
    pair = tr("“{first}” and “{second}” cannot be told apart from these labs")
    return f"{pair.format(first=first, second=second)}; {known}."


def value_words(card: FitCard, estimate: Estimate) -> str:
    """Return an estimate with its 90 % interval and its unit."""
    known = {parameter.id: parameter.unit for parameter in card.fit.prior.axis.parameters}
    unit = known.get(estimate.unknown.id, "h" if estimate.unknown.additive else "")
    ends = DASH.join(shown_number(value, significant=3) for value in (estimate.low, estimate.high))
    number = f"{shown_number(estimate.value, significant=3)} ({ends})"
    return number if unit in ("", "1") else f"{number}{NO_BREAK}{unit}"


def result_words(session: Session, lab: LabResult, result: Result) -> str:
    """Return what was found and what the course of the most probable person says, in the shown units."""
    analyte = ANALYTES[lab.analyte]
    unit = analyte.shown_in(session.unit_system)
    found = f"{lab.comparator}{shown_number(lab.value / unit.factor, significant=3)}"
    course = shown_number(result.expected / unit.factor, significant=3)
    return tr("{found}, course {course} {unit}").format(found=found, course=course, unit=unit_written(unit.id))


def residual_words(result: Result) -> str:
    """Return a residual in words, for those who hear it."""
    side = tr("above") if result.residual > 0.0 else tr("below")
    return tr("{size} standard deviations {side} the course").format(size=f"{abs(result.residual):.1f}", side=side)


def pull_words(result: Result) -> str:
    """Return what a result pulls."""
    return tr("pulls most: {what}").format(what=result.pulled)


def reason_words(result: Result) -> str:
    """Return what could make a result not fit."""
    why = "; ".join(tr(reason) for reason in result.reasons) or tr("no single explanation")
    return tr("Does not fit. What could be behind it: {why}.").format(why=why)


def source_words(source: str) -> str:
    """Return the name of a source of width."""
    names = {
        "patient": tr("this patient, not known yet"), "adherence": tr("tablets taken otherwise"),
        "model": tr("what the model misses"), "assay": tr("the assay"), "within": tr("day to day"),
    }  # fmt: skip
    return names[source]


def largest_words(source: str, percent: float) -> str:
    """Return the sentence on the largest source of width."""
    sentences = {
        "patient": tr("{part} of this width is you not knowing the patient yet: one more lab shrinks it."),
        "adherence": tr("{part} of this width is how regularly doses are taken: a pill count says more than a lab."),
        "model": tr("{part} of this width is what the model misses: no lab will shrink it."),
        "assay": tr("{part} of this width is the assay: a second sample shrinks it."),
        "within": tr("{part} of this width is day-to-day variation: no lab will shrink it."),
    }  # fmt: skip
    return sentences[source].format(part=tr("Most") if percent > 50.0 else tr("The largest part"))
