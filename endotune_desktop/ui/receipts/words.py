"""Receipts, scores and alarms in words."""

from __future__ import annotations

import math

from PySide6.QtCore import QCoreApplication

from endotune_desktop.clinic.records import Receipt, ReceiptScore
from endotune_desktop.clinic.units import UnitSystem
from endotune_desktop.physiology.registry import AXES
from endotune_desktop.tuning.clinic_calibration import Alarm, Calibration
from endotune_desktop.tuning.scoring import skill
from endotune_desktop.tuning.width import MOST_VISITS
from endotune_desktop.ui.shown_units import analyte_unit
from endotune_desktop.ui.widgets.numbers import DASH, NO_BREAK, shown_percent, shown_value
from endotune_desktop.workbench.receipt_scores import CHANGED, OTHER_HOUR, WITHDRAWN


def tr(text: str) -> str:
    """Return a translated text of the receipts."""
    return QCoreApplication.translate("receipts", text)


def marker_words(axis: str, marker: str) -> str:
    """Return what a marker is called."""
    known = AXES.get(axis)
    return next((m.title for m in known.markers if m.id == marker), marker) if known else marker


def axis_words(axis: str) -> str:
    """Return what an axis is called."""
    return AXES[axis].title if axis in AXES else axis


def forecast_words(receipt: Receipt, system: UnitSystem) -> str:
    """Return the forecast: median and 90 % band with the unit."""
    unit, factor = analyte_unit(receipt.analyte, receipt.unit, system)
    low, middle, high = (
        shown_value(receipt.marker, math.exp(level), factor=factor) for level in (receipt.q05, receipt.q50, receipt.q95)
    )
    return f"{middle} ({low}{DASH}{high}){NO_BREAK}{unit}"


def result_words(receipt: Receipt, score: ReceiptScore | None, system: UnitSystem) -> str:
    """Return the result that came, empty without one."""
    if score is None or score.value is None:
        return ""
    factor = analyte_unit(receipt.analyte, receipt.unit, system)[1]
    return f"{score.comparator}{shown_value(receipt.marker, score.value, factor=factor)}"


def verdict_words(score: ReceiptScore | None) -> str:
    """Return what became of a forecast, in a few words."""
    if score is None:
        return tr("waits for its result")
    plain = {
        CHANGED: tr("void: regimen changed"),
        OTHER_HOUR: tr("void: drawn at another hour"),
        WITHDRAWN: tr("result withdrawn"),
    }
    if score.verdict in plain:
        return plain[score.verdict]
    if score.in50:
        return tr("as forecast: inside the 50 % band")
    if score.in90:
        return tr("as forecast: inside the 90 % band")
    if score.pit is not None and score.pit > 0.5:
        return tr("higher than forecast: above the 90 % band")
    return tr("lower than forecast: below the 90 % band")


def skill_words(score: ReceiptScore | None) -> str:
    """Return the skill against the forecast before any lab, empty without one."""
    found = skill(score.crps, score.crps_population) if score is not None else None
    return "" if found is None else shown_percent(found)


def visits_words(visits: int) -> str:
    """Return after how many visits a forecast was made."""
    if not visits:
        return tr("no labs yet")
    return f"{visits}+" if visits >= MOST_VISITS else str(visits)


def alarm_words(alarm: Alarm) -> str:
    """Return an alarm as a sentence."""
    name = marker_words(alarm.axis, alarm.marker)
    if alarm.kind == "narrow":
        return tr("Bands are too narrow for {marker}: {share} of {n} results inside the 90 % band.").format(
            marker=name, share=shown_percent(alarm.figure), n=alarm.count
        )
    sentence = tr("Model runs low for {marker}") if alarm.kind == "low" else tr("Model runs high for {marker}")
    return f"{sentence.format(marker=name)}: " + tr("mean place of {n} results {place:.2f}, expected 0.50.").format(
        n=alarm.count, place=alarm.figure
    )


def summary_words(found: Calibration) -> str:
    """Return how many forecasts were scored, of how many patients, and what labs saved."""
    if not found.count:
        return tr("No forecast has met its result yet.")
    words = tr("{n} scored forecasts of {p} patients").format(n=found.count, p=found.patients)
    if found.skill is None:
        return words
    gain = tr("mean skill {skill} against forecasts before any lab").format(skill=shown_percent(found.skill))
    return f"{words} · {gain}"


def reliability_words(found: Calibration) -> str:
    """Return the reliability plot in words."""
    outside = [
        f"{10 * place - 10}{DASH}{10 * place}"
        for place, (count, (low, high)) in enumerate(zip(found.bins, found.envelope, strict=True), start=1)
        if not low <= count <= high
    ]
    if not found.count:
        return tr("no forecasts yet")
    if not outside:
        return tr("all ten counts inside what chance allows")
    return tr("counts outside what chance allows at {places}").format(places=", ".join(outside))
