"""``endotune indices``: how an axis talks in the lasting state of a scenario file."""

from __future__ import annotations

import argparse
import json
import math
from pathlib import Path
from typing import Any

from endotune_desktop.app.commands.writing import aligned, whole_number, write_result
from endotune_desktop.app.paths import resources_folder
from endotune_desktop.app.target_table import targets_of
from endotune_desktop.exchange.json_reading import read_text
from endotune_desktop.exchange.scenario_file import load_scenario
from endotune_desktop.physiology.registry import axis as axis_by_id
from endotune_desktop.tuning.communication_card import CommunicationCard, card_of
from endotune_desktop.tuning.communication_draws import banded, people_like
from endotune_desktop.tuning.communication_text import CAUTION, CYCLE_NOTE
from endotune_desktop.tuning.indices import Indices, both_indices, established
from endotune_desktop.tuning.lasting import lasting, unharmed
from endotune_desktop.tuning.recovery import recovery
from endotune_desktop.tuning.set_point import valid_targets
from endotune_desktop.workbench.communication_words import band_words, sentence, short, summary, title_words, word_words

MOST_PEOPLE = 200


def run(words: argparse.Namespace) -> int:
    """Compute the card of communication and print it; the person's own parameters count as healthy."""
    people = whole_number(words.band, "--band", 0, MOST_PEOPLE)
    path = Path(words.scenario)
    scenario = load_scenario(read_text(path), path.name)
    at_h = None if words.day is None else 24.0 * whole_number(words.day, "--day", -1, 36500)
    axis = axis_by_id(scenario.axis)
    state_of, own_of = lasting(axis, scenario, at_h), unharmed(scenario)
    state, own = both_indices(axis, state_of, own_of)
    valid = valid_targets(axis, state_of, targets_of(resources_folder()).table)
    back, healthy = recovery(axis, state_of), recovery(axis, own_of)
    card = card_of(axis, valid, state, own, back, healthy, complete=True)
    if people > 1:
        likes = people_like(axis, scenario, None, people)
        card = banded(card, state_of, own_of, likes, record=state_of, own_recovery=healthy)
    write_result(as_json(card) if words.json else as_text(card), None)
    return 0


def as_text(card: CommunicationCard) -> str:
    """Return the card as lines to read."""
    rows = [["", "value", "90 %", "healthy", ""]]
    for number in card.numbers:
        figure = number.figure
        rows.append([
            title_words(number), short(figure, number.value), band_words(number).strip("()"),
            short(figure, number.healthy), sentence(number),
        ])  # fmt: skip
    lines = [f"{card.axis.title}: {word_words(card)}", summary(card), "", aligned(rows, frozenset({1, 2, 3}))]
    beside = [["", "value", "healthy", "unit"]]
    for marker in established(card.axis):
        beside.append([
            marker.title, f"{card.state.levels[marker.id]:.3g}", f"{card.own.levels[marker.id]:.3g}", marker.unit
        ])  # fmt: skip
    if len(beside) > 1:
        lines.append(aligned(beside, frozenset({1, 2})))
    lines.append(f"{CYCLE_NOTE} {CAUTION}" if card.axis.cycle is not None else CAUTION)
    return "\n".join(lines).replace("\u00a0", " ") + "\n"


def as_json(card: CommunicationCard) -> str:
    """Return the card with every index behind it; what there is none of is null."""
    state, own = card.state, card.own
    numbers = {
        number.figure.value: {
            "value": _number(number.value), "low": _number(number.low), "high": _number(number.high),
            "healthy": _number(number.healthy), "healthy_range": [_number(limit) for limit in number.healthy_range],
            "sentence": sentence(number).replace("\u00a0", " "),
        }
        for number in card.numbers
    }  # fmt: skip
    back = card.recovery
    found = {
        "axis": card.axis.id,
        "word": card.word.value,
        "people": card.people,
        "numbers": numbers,
        "set_point": {marker: [_number(value) for value in row] for marker, row in card.set_point.items()},
        "indices": {"state": _indices(state), "own": _indices(own)},
        "recovery": None if back is None else {
            "moved": _number(back.moved), "shown": back.shown,
            "days": {marker: _number(days) for marker, days in back.days.items()},
        },
        "established": {
            marker.id: [_number(state.levels[marker.id]), _number(own.levels[marker.id])]
            for marker in established(card.axis)
        },
        "quasi_equilibrium": CYCLE_NOTE if card.axis.cycle is not None else None,
    }  # fmt: skip
    return json.dumps(found, indent=1, allow_nan=False) + "\n"


def _indices(found: Indices) -> dict[str, Any]:
    names = ("gain_fast", "gain_slow", "cancels_fast", "cancels_slow", "phase_margin_deg", "gain_margin", "damping",
             "centre_response", "gland_response", "exogenous", "gland")  # fmt: skip
    rhythm = found.rhythm
    return {
        **{name: _number(getattr(found, name)) for name in names},
        "time_constants_d": [_number(days) for days in found.time_constants_d],
        "rhythm": None if rhythm is None else {"amplitude": rhythm.amplitude, "peak_h": rhythm.peak_h},
    }


def _number(value: float) -> float | str | None:
    """Return a number as JSON knows it: null where there is none, a word where there is no end."""
    if math.isnan(value):
        return None
    return float(value) if math.isfinite(value) else "more than 540 d"
