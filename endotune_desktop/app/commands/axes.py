"""``endotune axes``: what there is, and everything that an axis declares."""

from __future__ import annotations

import argparse
import json
from typing import Any

from endotune_desktop.app.commands.writing import aligned, write_result
from endotune_desktop.clinic.analytes import ANALYTES
from endotune_desktop.clinic.errors import InputRefused
from endotune_desktop.physiology.axis import Axis, AxisAgent, Lesion, Marker
from endotune_desktop.physiology.registry import AXES


def run(words: argparse.Namespace) -> int:
    """List the axes, or describe one."""
    if words.axis is None:
        rows = [
            {"id": axis.id, "title": axis.title, "version": axis.version, "summary": axis.summary}
            for axis in AXES.values()
        ]
        text = aligned([["axis", "title", "version", "summary"], *([*row.values()] for row in rows)])
        write_result(_json(rows) if words.json else text, None)
        return 0
    if words.axis not in AXES:
        raise InputRefused(f"unknown axis '{words.axis}'", "AXIS", ", ".join(AXES))
    described = described_axis(AXES[words.axis])
    write_result(_json(described) if words.json else _readable(described), None)
    return 0


def described_axis(axis: Axis) -> dict[str, Any]:
    """Return the whole declaration as JSON values."""
    return {
        "id": axis.id,
        "title": axis.title,
        "version": axis.version,
        "summary": axis.summary,
        "states": [{"id": s.id, "unit": s.unit, "meaning": s.meaning, "initial": s.initial} for s in axis.states],
        "parameters": [
            {
                "id": p.id, "value": p.value, "unit": p.unit, "omega": p.omega, "low": p.low, "high": p.high,
                "meaning": p.meaning, "source": p.source,
            }
            for p in axis.parameters
        ],
        "markers": [_marker(marker) for marker in axis.markers],
        "agents": [_agent(entry) for entry in axis.agents],
        "lesions": [_lesion(lesion) for lesion in axis.lesions],
        "validated": [
            {"kind": v.kind, "subject": v.subject, "low": v.low, "high": v.high, "unit": v.unit, "sentence": v.sentence}
            for v in axis.validated
        ],
        "sexes": [sex.value for sex in axis.sexes],
        "horizons_days": list(axis.horizons_days),
        "symptoms": [title for _, title in axis.symptoms],
        "refinements": [
            {"parameter": r.parameter, "mode": r.mode.value, "value": r.value, "reason": r.reason, "source": r.source}
            for r in axis.refinements
        ],
        "start": axis.start.kind.value,
        "longest_step_h": axis.longest_step_h,
        "limits": list(axis.limits),
    }  # fmt: skip


def _marker(marker: Marker) -> dict[str, Any]:
    analyte = ANALYTES.get(marker.analyte)
    unit = analyte.units[0] if analyte else None
    return {
        "id": marker.id,
        "title": marker.title,
        "unit": marker.unit,
        "role": marker.role.value,
        "meaning": marker.meaning,
        "loinc": unit.loinc if unit else "",
        "loinc_verified": unit.loinc_verified if unit else False,
        "reference_low": analyte.reference_low if analyte else None,
        "reference_high": analyte.reference_high if analyte else None,
        "reference_source": analyte.reference_source if analyte else "",
    }


def _agent(entry: AxisAgent) -> dict[str, Any]:
    return {
        "id": entry.agent.id,
        "title": entry.agent.title,
        "aliases": list(entry.agent.aliases),
        "unit": entry.agent.unit,
        "dose_high": entry.agent.dose_high,
        "routes": list(dict.fromkeys(intake.route for intake in entry.intakes)),
        "intakes": [
            {
                "route": i.route, "preparation": i.preparation, "state": i.state, "scale": i.scale,
                "fractions": list(i.fractions), "release_h": i.release_h, "replaces": i.replaces,
                "holds": list(i.holds), "pulses_a_day": i.pulses_a_day, "source": i.source,
            }
            for i in entry.intakes
        ],
        "preparations": [
            {
                "route": route, "id": p.id, "title": p.title, "strengths": list(p.strengths), "unit": p.unit,
                "smallest_part": p.smallest_part, "markets": list(p.markets), "source": p.source,
            }
            for p, route in zip(entry.preparations, entry.routes, strict=True)
        ],
    }  # fmt: skip


def _lesion(lesion: Lesion) -> dict[str, Any]:
    return {
        "id": lesion.id,
        "title": lesion.title,
        "meaning": lesion.meaning,
        "site": lesion.site,
        "changes": [{"parameter": c.parameter, "mode": c.mode.value, "formula": c.words} for c in lesion.changes],
        "jumps": [{"state": j.state, "mode": j.mode.value, "formula": j.words} for j in lesion.jumps],
        "onsets": list(lesion.onsets),
        "source": lesion.source,
    }


def _readable(described: dict[str, Any]) -> str:
    parts = [f"{described['title']} ({described['id']}, {described['version']})\n{described['summary']}\n"]
    columns = {
        "states": ("id", "unit", "meaning"),
        "parameters": ("id", "value", "unit", "omega", "low", "high", "meaning", "source"),
        "markers": ("id", "unit", "role", "loinc", "reference_low", "reference_high", "meaning"),
        "agents": ("id", "unit", "dose_high", "routes", "aliases"),
        "lesions": ("id", "site", "onsets", "changes", "source"),
        "refinements": ("parameter", "mode", "value", "reason", "source"),
    }
    for section, names in columns.items():
        if not described[section]:
            continue
        rows = [[_cell(entry[name]) for name in names] for entry in described[section]]
        parts.append(f"{section}\n" + aligned([list(names), *rows]))
    parts.append("limits\n" + "".join(f"- {limit}\n" for limit in described["limits"]))
    return "\n".join(parts)


def _cell(value: object) -> str:
    if value is None:
        return "-"
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, list):
        return "; ".join(entry["formula"] if isinstance(entry, dict) else str(entry) for entry in value)
    return str(value)


def _json(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"
