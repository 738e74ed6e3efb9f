"""Links between axes in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from endotune_desktop.tuning.cross_axis import AppliedChange, Level, Rule, Unapplied
from endotune_desktop.ui.widgets.numbers import written


def _tr(text: str) -> str:
    return QCoreApplication.translate("links", text)


def level_words(level: Level) -> str:
    """Return what a level is called."""
    return {
        Level.BLOCK: _tr("First"),
        Level.BLOCK_MARKER: _tr("No target"),
        Level.WARN: _tr("Mind"),
        Level.INFO: _tr("Note"),
    }[level]


def level_tone(level: Level) -> str:
    """Return the tone of a level's chip."""
    return {Level.BLOCK: "bad", Level.BLOCK_MARKER: "warn", Level.WARN: "warn", Level.INFO: ""}[level]


def rule_words(rule: Rule) -> str:
    """Return a rule in a line: what holds, what follows, what to do."""
    return written(f"{_first(rule.condition)}: {rule.consequence}. {_tr('To do')}: {rule.what_to_do}.")


def rule_details(rule: Rule) -> str:
    """Return the rest of a rule: size, error, when to look again, source."""
    low, high = rule.lag_days
    days = f"{low:g}" if low == high else f"{low:g}–{high:g}"
    parts = [
        f"{_tr('Size')}: {written(rule.effect_size)}",
        f"{_tr('Error')}: {written(rule.direction_of_error)}",
        f"{_tr('Look again after')} {days} d",
        f"{rule.id}, {rule.source}",
    ]
    return " · ".join(part for part in parts if not part.endswith(": -"))


def applied_words(change: AppliedChange, *, short: bool = False) -> str:
    """Return a change that is in the curves; `short` under a head that says so."""
    words = written(f"{change.effect.title} ({change.effect.size})")
    return words if short else f"{_tr('In the curves')}: {words}"


def unapplied_words(entry: Unapplied, *, short: bool = False) -> str:
    """Return an effect that is not in the curves, and why; `short` under a head that says the first."""
    why = {
        "axis": _tr("the other axis is not open for this patient"),
        "place": _tr("the model has no place for it"),
        "value": _tr("a value is not known"),
        "held": _tr("the record holds it already"),
    }[entry.why]
    words = written(f"{entry.effect.title} ({entry.effect.size})")
    return f"{words}: {why}" if short else f"{_tr('Not in the curves')}, {why}: {words}"


def _first(text: str) -> str:
    return text[:1].upper() + text[1:]
