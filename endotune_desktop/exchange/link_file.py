"""The links between axes from their files: groups, rules, effects; strict to read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from endotune_desktop.clinic.errors import InputRefused
from endotune_desktop.clinic.findings import FINDINGS
from endotune_desktop.exchange import json_reading as read
from endotune_desktop.physiology.axis import Mode
from endotune_desktop.physiology.registry import AXES
from endotune_desktop.tuning.conditions import Condition, Vocabulary
from endotune_desktop.tuning.cross_axis import Effect, Level, LinkTable, Rule

SCHEMA = "endotune.links/1"
Entry = TypeVar("Entry", Rule, Effect)
_RULE = (
    "id", "when", "if", "then", "level", "effect_size", "direction_of_error", "lag_days", "what_to_do", "source",
    "axes",
)  # fmt: skip
_EFFECT = ("id", "title", "size", "rules", "when", "from_axis", "to_axis", "source")


def read_links(folder: Path) -> LinkTable:
    """Return the links of a folder: ``names.json``, ``rules.json``, ``effects.json``.

    Effects on an axis that this program does not know are left out.

    Raises
    ------
    InputRefused
        Naming file, key, what was found and what is accepted.
    EnvironmentFailed
        If a file cannot be read.
    """
    names = _whole(folder, "names.json", ("groups",))
    groups = read.as_object(names["groups"], "groups")
    vocabulary = Vocabulary(
        {name: read.each(held, f"groups.{name}", read.as_text) for name, held in groups.items()},
        {known.id: known.title for known in FINDINGS.values()},
    )
    rules = _entries(folder, "rules.json", "rules", lambda v, w: _rule(v, w, vocabulary))
    ids = tuple(rule.id for rule in rules)
    effects = _entries(folder, "effects.json", "effects", lambda v, w: _effect(v, w, vocabulary, ids))
    return LinkTable(rules, tuple(entry for entry in effects if entry.to_axis in AXES))


def _whole(folder: Path, name: str, keys: tuple[str, ...]) -> dict[str, Any]:
    plain = read.parse_object(read.read_text(folder / name), name)
    try:
        read.only_keys(plain, ("schema", *keys), (), "")
        read.as_text(plain["schema"], "schema", (SCHEMA,))
    except InputRefused as error:
        raise error.at(name) from None
    return plain


def _entries(folder: Path, name: str, key: str, one: Callable[[Any, str], Entry]) -> tuple[Entry, ...]:
    plain = _whole(folder, name, (key,))
    try:
        found = read.each(plain[key], key, one)
        seen: set[str] = set()
        for entry in found:
            if entry.id in seen:
                raise InputRefused(f"'{entry.id}' appears twice", key, "each id once")
            seen.add(entry.id)
        return found
    except InputRefused as error:
        raise error.at(name) from None


def _condition(value: object, where: str, vocabulary: Vocabulary) -> Condition:
    try:
        found = Condition(read.as_text(value, where), vocabulary)
    except InputRefused as error:
        raise InputRefused(error.what, where, error.accepted) from None
    for question, name in found.names:
        if question == "finding" and name not in vocabulary.findings:
            raise InputRefused(f"unknown finding '{name}'", where, ", ".join(vocabulary.findings))
    return found


def _rule(value: object, where: str, vocabulary: Vocabulary) -> Rule:
    entry = read.as_object(value, where)
    read.only_keys(entry, _RULE, ("markers", "agents"), where)
    lag = read.each(entry["lag_days"], f"{where}.lag_days", lambda v, w: read.as_number(v, w, 0.0, 3660.0, "days"))
    if len(lag) != 2 or lag[0] > lag[1]:
        raise InputRefused("are no two days in order", f"{where}.lag_days", "from, to")

    def text(key: str) -> str:
        return read.as_text(entry[key], f"{where}.{key}")

    def texts(key: str) -> tuple[str, ...]:
        return read.each(entry.get(key, []), f"{where}.{key}", read.as_text)

    return Rule(
        text("id"), _condition(entry["when"], f"{where}.when", vocabulary), text("if"), text("then"),
        Level(read.as_text(entry["level"], f"{where}.level", tuple(Level))), text("effect_size"),
        text("direction_of_error"), (lag[0], lag[1]), text("what_to_do"), text("source"), texts("axes"),
        texts("markers"), tuple(vocabulary.members(list(texts("agents")))),
    )  # fmt: skip


def _effect(value: object, where: str, vocabulary: Vocabulary, rules: tuple[str, ...]) -> Effect:
    entry = read.as_object(value, where)
    read.only_keys(entry, _EFFECT, ("parameter", "lesion", "mode", "amount"), where)
    to_axis = read.as_text(entry["to_axis"], f"{where}.to_axis")
    parameter, lesion = entry.get("parameter", ""), entry.get("lesion", "")
    if ("amount" in entry) != bool(parameter or lesion) or (parameter and lesion):
        raise InputRefused("an amount needs one parameter or lesion", where, "parameter or lesion, with its amount")
    axis = AXES.get(to_axis)
    if axis is not None:
        if parameter:
            read.as_text(parameter, f"{where}.parameter", tuple(known.id for known in axis.parameters))
        if lesion:
            read.as_text(lesion, f"{where}.lesion", tuple(known.id for known in axis.lesions))
    mode = read.as_text(entry.get("mode", Mode.SET.value), f"{where}.mode", tuple(Mode))
    return Effect(
        read.as_text(entry["id"], f"{where}.id"),
        read.as_text(entry["title"], f"{where}.title"),
        read.as_text(entry["size"], f"{where}.size"),
        read.each(entry["rules"], f"{where}.rules", lambda v, w: read.as_text(v, w, rules)),
        _condition(entry["when"], f"{where}.when", vocabulary),
        read.as_text(entry["from_axis"], f"{where}.from_axis"),
        to_axis,
        parameter,
        lesion,
        Mode(mode),
        None if "amount" not in entry else _condition(entry["amount"], f"{where}.amount", vocabulary),
        read.as_text(entry["source"], f"{where}.source"),
    )
