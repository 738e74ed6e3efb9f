"""``endotune fit``: the person whose course goes through a patient's labs, what they taught, and which does not fit."""

from __future__ import annotations

import argparse
import json
import math
import sys
from datetime import date, timedelta
from typing import Any

from endotune_desktop.app.commands.writing import aligned, whole_number, write_result
from endotune_desktop.app.cross_axis_tables import cross_axis_of
from endotune_desktop.app.paths import resources_folder
from endotune_desktop.app.patients import find_patient
from endotune_desktop.clinic.errors import InputRefused
from endotune_desktop.clinic.records import PatientRecord
from endotune_desktop.lanes.pool import Pool
from endotune_desktop.physiology.axis import Axis
from endotune_desktop.physiology.registry import AXES
from endotune_desktop.simulation.ensemble import Spread
from endotune_desktop.tuning.cross_axis import linked
from endotune_desktop.tuning.explaining import Estimate, Result
from endotune_desktop.tuning.fit_card import FitCard, card_of, distance_of, words_of
from endotune_desktop.tuning.individual import individualised
from endotune_desktop.workbench.cross_axis import CrossAxis, axes_held
from endotune_desktop.workbench.evidence_of import observations_of
from endotune_desktop.workbench.patient_timeline import timeline

AHEAD_DAYS = 1.0


def run(words: argparse.Namespace) -> int:
    """Fit every axis of a patient that has results, or the one that is named."""
    today = _day(words.on)
    record = find_patient(words.patient, today)
    axes = _axes(record, words.axis)
    draws = whole_number(words.draws, "--draws", 50, 10_000)
    seed = whole_number(words.seed, "--seed", 0, 2**31)
    links = cross_axis_of(resources_folder())
    pool = Pool()
    try:
        found = [(axis, *_fit(record, axis, today, links, pool.spread, draws, seed)) for axis in axes]
    finally:
        pool.close()
    if not any(card for _, _, card in found):
        titles = ", ".join(axis.id for axis in axes)
        raise InputRefused(f"{record.patient.name} has no results to fit ({titles})", "PATIENT", "a patient with labs")
    if words.output is not None or words.json:
        write_result(_json(record, today, seed, found), words.output)
    if not words.json:
        sys.stdout.write("\n".join(_page(record, axis, day0, card) for axis, day0, card in found))
    return 0


def _day(text: str | None) -> date:
    if text is None:
        return date.today()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputRefused(f"'{text[:20]}' is no day", "--on", "YYYY-MM-DD") from None


def _axes(record: PatientRecord, wanted: str | None) -> list[Axis]:
    held = sorted(axes_held(record))
    if wanted is not None and wanted not in held:
        raise InputRefused(f"{record.patient.name} has no axis '{wanted[:30]}'", "--axis", ", ".join(held))
    return [AXES[name] for name in held if wanted in (None, name)]


def _fit(
    record: PatientRecord, axis: Axis, today: date, links: CrossAxis, spread: Spread, draws: int, seed: int
) -> tuple[date, FitCard | None]:
    """Return the day on which the timeline begins and the fit; None where there is nothing to fit."""
    line = timeline(record, axis, today, AHEAD_DAYS)
    seen = observations_of(record, axis, line.day0, today)
    if not seen:
        return line.day0, None
    now = linked(axis, line.now, links.changes(record, axis, today))
    return line.day0, card_of(individualised(axis, now, seen, draws=draws, seed=seed, spread=spread))


# ---- words -----------------------------------------------------------------------------------------------------------
def _page(record: PatientRecord, axis: Axis, day0: date, card: FitCard | None) -> str:
    head = f"{record.patient.name}, {axis.title}\n"
    if card is None:
        return f"{head}No results: typical person.\n"
    told = "1 independent thing" if card.told == 1 else f"{card.told} independent things"
    lines = [head, f"Fitted to {len(card.results)} results, which told {told}. {distance_of(card)}\n"]
    if card.uncertain:
        lines.append(f"{card.uncertain}\n")
    lines += ["\n", _estimates(card), "\n", _results(card, axis, day0)]
    if card.strongest is not None:
        strongest = card.results[card.strongest]
        lines.append(f"\nThe result that pulls most: {_named(card, axis, day0, strongest)} ({strongest.pulled}).\n")
    lines += [f"{alike_words(first, second, rho)}\n" for first, second, rho in card.alike]
    for result in card.doubtful:
        why = "; ".join(result.reasons) or "no single explanation"
        lines.append(f"Does not fit: {_named(card, axis, day0, result)}. What could be behind it: {why}.\n")
    lines += [f"{_quality(card)}\n", "Options; the clinician decides.\n"]
    return "".join(lines)


def alike_words(first: str, second: str, correlation: float) -> str:
    """Return that two unknowns cannot be told apart from the labs at hand."""
    known = "their sum" if correlation < 0.0 else "their difference"
    return f"'{first}' and '{second}' cannot be told apart from these labs; {known} (of the logarithms) can."


def _estimates(card: FitCard) -> str:
    rows = [["of the person", "value", "5 %", "95 %", "unit", "learned", "", ""]]
    for estimate in card.person:
        rows.append([*_numbers(card, estimate), estimate.taught, estimate.distance])
    if card.around:
        rows.append(["of the samples", "", "", "", "", "", "", ""])
        rows += [[*_numbers(card, estimate), estimate.taught, ""] for estimate in card.around]
    return aligned(rows, frozenset({1, 2, 3, 5}))


def _numbers(card: FitCard, estimate: Estimate) -> list[str]:
    values = [f"{value:.4g}" for value in (estimate.value, estimate.low, estimate.high)]
    return [words_of(estimate), *values, unit_of(card, estimate), f"{max(estimate.learned, 0.0):.0%}"]


def unit_of(card: FitCard, estimate: Estimate) -> str:
    """Return the unit of an unknown, empty for a ratio."""
    known = {parameter.id: parameter.unit for parameter in card.fit.prior.axis.parameters}
    unit = known.get(estimate.unknown.id, "h" if estimate.unknown.additive else "")
    return "" if unit == "1" else unit


def _results(card: FitCard, axis: Axis, day0: date) -> str:
    rows = [["result", "found", "course", "unit", "off by (SD)", "pull (SD)", ""]]
    for result in card.results:
        seen = card.fit.observations[result.index]
        marker = axis.marker(seen.marker)
        rows.append(
            [
                _named(card, axis, day0, result), f"{seen.comparator}{seen.value:.4g}", f"{result.expected:.4g}",
                "" if marker.unit == "1" else marker.unit, f"{result.residual:+.2f}", f"{result.pull:.2f}",
                "does not fit" if result.doubtful else "",
            ]
        )  # fmt: skip
    return aligned(rows, frozenset({1, 2, 4, 5}))


def _named(card: FitCard, axis: Axis, day0: date, result: Result) -> str:
    seen = card.fit.observations[result.index]
    return f"{axis.marker(seen.marker).title} of {day0 + timedelta(days=int(seen.time_h // 24.0))}"


def _quality(card: FitCard) -> str:
    posterior = card.fit.posterior
    assert posterior is not None
    k = "-" if not math.isfinite(posterior.k) else f"{posterior.k:.2f}"
    return (
        f"Draws: {posterior.z.shape[0]}, {posterior.way}; k-hat {k}, effective {posterior.effective:.0f}; "
        f"courses computed {card.fit.optimum.evaluations}."
    )


# ---- JSON ------------------------------------------------------------------------------------------------------------
def _json(
    record: PatientRecord, today: date, seed: int, found: list[tuple[Axis, date, FitCard | None]]
) -> str:  # fmt: skip
    plain: dict[str, Any] = {
        "schema": "endotune.fit/1",
        "patient": {"id": record.patient.id, "number": record.patient.number, "name": record.patient.name},
        "on": today.isoformat(),
        "seed": seed,
        "axes": [_plain(axis, day0, card) for axis, day0, card in found],
    }
    return json.dumps(plain, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def _plain(axis: Axis, day0: date, card: FitCard | None) -> dict[str, Any]:
    if card is None:
        return {"axis": axis.id, "results": [], "fitted": False}
    posterior = card.fit.posterior
    assert posterior is not None
    return {
        "axis": axis.id,
        "fitted": True,
        "day0": day0.isoformat(),
        "words": distance_of(card),
        "uncertain": card.uncertain,
        "estimates": [
            {"id": e.unknown.id, "kind": e.unknown.kind.value, "words": e.unknown.words, "value": e.value, "p05": e.low,
             "p95": e.high, "unit": unit_of(card, e), "typical": e.unknown.typical, "z": e.z, "learned": e.learned,
             "taught": e.taught, "distance": e.distance}
            for e in (*card.person, *card.around)
        ],
        "results": [_plain_result(card, result) for result in card.results],
        "alike": [{"first": first, "second": second, "correlation": rho} for first, second, rho in card.alike],
        "things_told": card.told,
        "pulls_most": None if card.strongest is None else card.fit.observations[card.strongest].id,
        "poor": card.fit.poor,
        "objective": card.fit.optimum.objective,
        "converged": card.fit.optimum.converged,
        "courses": card.fit.optimum.evaluations,
        "posterior": {
            "draws": posterior.z.shape[0], "way": posterior.way, "effective": posterior.effective,
            "k": posterior.k if math.isfinite(posterior.k) else None,
        },
    }  # fmt: skip


def _plain_result(card: FitCard, result: Result) -> dict[str, Any]:
    seen = card.fit.observations[result.index]
    return {
        "id": seen.id, "marker": seen.marker, "time_h": seen.time_h, "comparator": seen.comparator,
        "value": seen.value, "course": result.expected, "residual": result.residual, "pull": result.pull,
        "pulls": result.pulled, "drop": result.drop, "doubtful": result.doubtful, "reasons": list(result.reasons),
    }  # fmt: skip
