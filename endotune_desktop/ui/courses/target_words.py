"""What a plot, a row or a card says of a marker that is no plain target."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QCoreApplication

from endotune_desktop.tuning.validity import Rule, Standing, Validity
from endotune_desktop.ui.widgets.numbers import DASH, NO_BREAK


def tr(text: str) -> str:
    """Return a translated text about targets."""
    return QCoreApplication.translate("targets", text)


def why_words(standing: Standing) -> str:
    """Return why a marker is no target and what to use instead, a sentence each."""
    why, instead = _sentence(standing.why), instead_words(standing)
    if standing.validity is Validity.INVALID and all(r.validity is not Validity.INVALID for r in standing.rules):
        why = tr("The goals of its conditions exclude one another: settle which one leads.")
    return f"{why} {instead}" if instead else why


def instead_words(standing: Standing) -> str:
    """Return what to use instead, empty when nothing is named."""
    return tr("Instead: {what}.").format(what=standing.instead.rstrip(".")) if standing.instead else ""


def standing_sentence(standing: Standing, day: date) -> str:
    """Return the sentence at the foot of a plot, empty for a plain target.

    Parameters
    ----------
    standing : Standing
    day : date
        On which it stands so.
    """
    if standing.validity is Validity.INVALID:
        return tr("Not a target: {why}").format(why=why_words(standing))
    if standing.waits_days > 0.0:
        until = day + timedelta(days=round(standing.waits_days))
        words = tr("Informative, not yet a target until day {n} ({day}).")
        parts = [words.format(n=f"{standing.from_day:g}", day=f"{until:%-d %b %Y}"), instead_words(standing)]
        return " ".join(part for part in (*parts, _sentence(standing.why)) if part)
    if standing.validity is Validity.SAFETY:
        why = why_words(standing)
        return tr("A limit, not a goal: {why}").format(why=why) if why else tr("A limit, not a goal.")
    return ""


def beyond_words(rule: Rule) -> str:
    """Return a rule that the model has no marker for: what is measured, when it holds, its range and why."""
    _, therapy, marker = rule.words
    title = f"{marker[:1].upper()}{marker[1:]}"
    head = f"{title} ({therapy})" if therapy not in ("", "any", "-") else title
    kinds = {Validity.INVALID: tr("not a target"), Validity.SAFETY: tr("a limit, not a goal")}
    said = [kinds.get(rule.validity, ""), _range(rule)]
    if rule.from_day > 0.0 and rule.validity is not Validity.INVALID:
        said.append(tr("from day {n} on").format(n=f"{rule.from_day:g}"))
    verdict = ", ".join(part for part in said if part)
    begin = f"{head}: {verdict}." if verdict else f"{head}."
    instead = tr("Instead: {what}.").format(what=rule.instead.rstrip(".")) if rule.instead not in ("", "-") else ""
    return " ".join(part for part in (begin, _sentence(rule.why), instead) if part)


def _range(rule: Rule) -> str:
    """Return a rule's own numbers with their unit, empty without any."""
    low, high = rule.low, rule.high
    if low is None and high is None:
        return ""
    if low is None or high is None:
        number = tr("below {n}").format(n=f"{high:g}") if low is None else tr("above {n}").format(n=f"{low:g}")
    else:
        number = f"{low:g}{DASH}{high:g}"
    return f"{number}{NO_BREAK}{rule.unit.replace('ug/L', 'µg/L').replace('x ULN', '× upper limit')}".strip()


def clock_or_standing(standing: Standing, clock: str) -> str:
    """Return the last words beside the reference: the clock of the samples, or that the marker is not aimed at."""
    if standing.validity is Validity.INVALID:
        return tr("shown, not aimed at")
    return clock


def range_name(standing: Standing) -> str:
    """Return what a range is called: reference, target or limit."""
    if standing.validity is Validity.SAFETY:
        return tr("limit")
    return tr("target") if standing.own_range else tr("reference")


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:].rstrip('.')}." if text else ""
