"""What the chooser says of an axis, in a few words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from endotune_desktop.clinic.analytes import ANALYTES
from endotune_desktop.clinic.units import UnitSystem
from endotune_desktop.ui.widgets.numbers import NO_BREAK, shown_value
from endotune_desktop.workbench.axis_choice import AxisEntry

MOST_CONDITIONS = 2
"""Conditions that are named; more are counted."""


def tr(text: str) -> str:
    """Return a translated text of this module."""
    return QCoreApplication.translate("axes", text)


def state_words(entry: AxisEntry, system: UnitSystem) -> str:
    """Return conditions and the newest lead result: ``Hashimoto 96 %, TSH 4.8``; that nothing is recorded else."""
    parts = [f"{title} {round(100 * severity)}{NO_BREAK}%" for title, severity in entry.conditions[:MOST_CONDITIONS]]
    more = len(entry.conditions) - MOST_CONDITIONS
    if more > 0:
        parts.append(tr("{n} more").format(n=more))
    lab = entry.lead_lab
    if lab is not None:
        analyte = ANALYTES[lab.analyte]
        factor = analyte.shown_in(system).factor
        parts.append(f"{analyte.title} {lab.comparator}{shown_value(lab.analyte, lab.value, factor=factor)}")
    if not entry.own:
        parts.insert(0, tr("not on the record: a typical person of this build"))
    if entry.differs:
        parts.append(tr("what-if differs"))
    return ", ".join(parts) or tr("nothing recorded yet")
