"""The table of target validity from its file; strict to read."""

from __future__ import annotations

import csv
import io
import math
from pathlib import Path

from endotune_desktop.clinic.errors import InputRefused
from endotune_desktop.clinic.findings import FINDINGS
from endotune_desktop.exchange.json_reading import read_text
from endotune_desktop.tuning.conditions import Condition, Vocabulary
from endotune_desktop.tuning.validity import ANY, NONE, Rule, Validity, ValidityTable

COLUMNS = (
    "id", "case", "axis", "lesion", "therapy", "marker", "validity", "target_low", "target_high", "unit",
    "valid_from_day", "why", "use_instead", "source",
    "axis_id", "lesion_ids", "agent_ids", "marker_ids", "also_ids", "when", "counts_from", "scope", "mapping",
)  # fmt: skip
"""Up to `source` as the science table has them; the others say the same in the ids of this program."""
SCOPES = ("", "day")
"""Whether numbers hold for any sample, or for a curve over the day."""
EVENTS = ("dose", "lesion")
VOCABULARY = Vocabulary(findings={known.id: known.title for known in FINDINGS.values()})
"""What a rule may ask of a sample or a person beside lesions and drugs."""


def read_validity(path: Path) -> ValidityTable:
    """Return the rules of a table.

    Raises
    ------
    InputRefused
        Naming file, row, column, what was found and what is accepted.
    EnvironmentFailed
        If the file cannot be read.
    """
    reader = csv.DictReader(io.StringIO(read_text(path)))
    if tuple(reader.fieldnames or ()) != COLUMNS:
        raise InputRefused("has other columns", path.name, ", ".join(COLUMNS))
    rules: dict[str, Rule] = {}
    for number, row in enumerate(reader, 2):
        try:
            rule = _rule(row)
        except InputRefused as error:
            raise error.at(f"{path.name} line {number}") from None
        if rule.id in rules:
            raise InputRefused(f"'{rule.id}' appears twice", f"{path.name} line {number}", "each id once")
        rules[rule.id] = rule
    return ValidityTable(tuple(rules.values()))


def _rule(row: dict[str, str]) -> Rule:
    for column in ("id", "axis", "lesion", "marker", "source", "axis_id"):
        if not row[column]:
            raise InputRefused("is empty", column, "text")
    if row["validity"] not in tuple(Validity) or row["validity"] == Validity.NO_RULE:
        raise InputRefused(f"'{row['validity']}' is no validity", "validity", "valid, range, timed, safety, invalid")
    axis, low, high = row["axis_id"], _number(row, "target_low"), _number(row, "target_high")
    if low is not None and high is not None and low >= high:
        raise InputRefused("is not above target_low", "target_high", "a greater number")
    events = frozenset(row["counts_from"].split())
    if events - set(EVENTS):
        raise InputRefused(f"'{row['counts_from']}' is no event", "counts_from", ", ".join(EVENTS))
    if row["scope"] not in SCOPES:
        raise InputRefused(f"'{row['scope']}' is no scope", "scope", "day, or nothing")
    from_day = _number(row, "valid_from_day")
    return Rule(
        row["id"], axis,
        tuple(frozenset(_full(axis, name) for name in joint.split("+")) for joint in row["lesion_ids"].split()),
        tuple(frozenset(joint.split("+")) for joint in row["agent_ids"].split()),
        tuple(_full(axis, name) for name in row["marker_ids"].split()),
        tuple(_full(axis, name) for name in row["also_ids"].split()),
        _condition(row["when"]), Validity(row["validity"]), low, high, row["unit"],
        0.0 if from_day is None else from_day, events, row["why"], row["use_instead"], row["source"],
        (row["lesion"], row["therapy"], row["marker"]), row["case"], row["scope"] == "day",
    )  # fmt: skip


def _full(axis: str, name: str) -> str:
    return name if "." in name or name in (ANY, NONE) else f"{axis}.{name}"


def _condition(text: str) -> Condition | None:
    if not text:
        return None
    found = Condition(text, VOCABULARY)
    for question, name in found.names:
        if question == "finding" and name not in FINDINGS:
            raise InputRefused(f"unknown finding '{name}'", "when", ", ".join(FINDINGS))
    return found


def _number(row: dict[str, str], column: str) -> float | None:
    if not row[column]:
        return None
    try:
        value = float(row[column])
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise InputRefused(f"'{row[column]}' is no number", column, "a number, or nothing")
    return value
