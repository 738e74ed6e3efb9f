"""The numbers behind the card, for those who know feedback loops."""

from __future__ import annotations

import math
from collections.abc import Callable

from endotune_desktop.tuning.communication_card import CommunicationCard
from endotune_desktop.ui.widgets.numbers import shown_number, shown_value


def expert_lines(card: CommunicationCard, translate: Callable[[str], str]) -> list[str]:
    """Return gain, margins, damping, time constants, responses and the own set point, one line each.

    Parameters
    ----------
    card : CommunicationCard
    translate : callable
    """
    state, own = card.state, card.own
    pairs = (
        ("Loop gain, masses held: {a} (healthy {b})", state.gain_fast, own.gain_fast),
        ("Loop gain, masses free: {a} (healthy {b})", state.gain_slow, own.gain_slow),
        ("Phase margin: {a}° (healthy {b}°)", state.phase_margin_deg, own.phase_margin_deg),
        ("Gain margin: {a} × (healthy {b} ×)", state.gain_margin, own.gain_margin),
        ("Damping: {a} (healthy {b})", state.damping, own.damping),
        ("Centre, % for 1 % of hormone: {a} (healthy {b})", state.centre_response, own.centre_response),
        ("Gland, % for 1 % from the centre: {a} (healthy {b})", state.gland_response, own.gland_response),
    )
    lines = [translate(text).format(a=_number(a), b=_number(b)) for text, a, b in pairs]
    slow = ", ".join(_number(days) for days in state.time_constants_d)
    lines.append(translate("Time constants: {days} d").format(days=slow))
    for marker, (value, low, high) in card.set_point.items():
        entry = card.axis.marker(marker)
        unit = "" if entry.unit == "1" else f" {entry.unit}"
        limits = "" if math.isnan(low) else f" ({shown_value(marker, low)}\u2013{shown_value(marker, high)})"
        text = translate("Own set point, {name}: {value}{limits}{unit}")
        lines.append(text.format(name=entry.title, value=shown_value(marker, value), limits=limits, unit=unit))
    return lines


def _number(value: float) -> str:
    """Return a number in two figures, a dash where there is none."""
    return "\u2013" if math.isnan(value) else shown_number(0.0 if abs(value) < 1e-6 else value, significant=2)
