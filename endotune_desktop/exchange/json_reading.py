"""Reads JSON so that every fault is a sentence with its place: nothing is guessed, nothing is dropped."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from endotune_desktop.clinic.errors import EnvironmentFailed, InputRefused

MAX_BYTES = 5_000_000
"""A scenario is a page of text; anything this large is not one."""


def read_text(path: Path) -> str:
    """Return a file as UTF-8 text.

    Raises
    ------
    InputRefused
        If there is no such file, or it is not UTF-8 text of a sensible size.
    EnvironmentFailed
        If the disk or a permission stands in the way.
    """
    try:
        if path.is_dir():
            raise InputRefused("is a folder", str(path), "a file")
        if path.stat().st_size > MAX_BYTES:
            raise InputRefused("is too large to be a scenario", str(path), f"up to {MAX_BYTES} bytes")
        return path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        raise InputRefused("there is no such file", str(path), "the path of a file") from None
    except UnicodeDecodeError:
        raise InputRefused("is not UTF-8 text", str(path), "UTF-8") from None
    except OSError as error:
        raise EnvironmentFailed(f"{path} could not be read: {error.strerror or error}") from error
    except ValueError:
        raise InputRefused("is no path", repr(str(path)), "the path of a file") from None


def parse_object(text: str, name: str) -> dict[str, Any]:
    """Return the JSON object in a text.

    Raises
    ------
    InputRefused
        If the text is not one JSON object, or names a key twice.
    """
    try:
        value = json.loads(text, object_pairs_hook=_unique, parse_constant=_no_constant)
    except InputRefused as error:
        raise error.at(name) from None
    except json.JSONDecodeError as error:
        where = f"{name}, line {error.lineno}, column {error.colno}"
        raise InputRefused(f"is not JSON ({error.msg})", where, "a scenario file") from None
    except RecursionError:
        raise InputRefused("is nested too deeply", name, "a scenario file") from None
    except ValueError as error:
        raise InputRefused(f"is not JSON ({_short(str(error))})", name, "a scenario file") from None
    if not isinstance(value, dict):
        raise InputRefused(f"holds {_kind(value)}", name, "a JSON object")
    return value


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise InputRefused("appears twice", _short(key), "each key once")
        found[key] = value
    return found


def _no_constant(text: str) -> float:
    raise InputRefused(f"{text} is no number", "", "a finite number")


def only_keys(value: Mapping[str, Any], required: tuple[str, ...], optional: tuple[str, ...], where: str) -> None:
    """Refuse keys that are missing or unknown."""
    accepted = ", ".join((*required, *optional))
    for key in value:
        if key not in required and key not in optional:
            raise InputRefused(f"unknown key '{_short(key)}'", where, accepted)
    for key in required:
        if key not in value:
            raise InputRefused(f"'{key}' is missing", where, accepted)


def as_object(value: object, where: str) -> dict[str, Any]:
    """Return a JSON object or refuse."""
    if not isinstance(value, dict):
        raise InputRefused(f"found {_kind(value)}", where, "an object")
    return value


def as_list(value: object, where: str, most: int = 10_000) -> list[Any]:
    """Return a JSON array or refuse."""
    if not isinstance(value, list):
        raise InputRefused(f"found {_kind(value)}", where, "a list")
    if len(value) > most:
        raise InputRefused(f"{len(value)} entries", where, f"up to {most}")
    return value


def as_text(value: object, where: str, accepted: tuple[str, ...] = ()) -> str:
    """Return a string, one of `accepted` when given, or refuse."""
    if not isinstance(value, str):
        raise InputRefused(f"found {_kind(value)}", where, ", ".join(accepted) or "text")
    if accepted and value not in accepted:
        raise InputRefused(f"unknown value '{_short(value)}'", where, ", ".join(accepted))
    return value


def as_number(value: object, where: str, low: float, high: float, unit: str = "") -> float:
    """Return a finite number within bounds, an integer staying one, or refuse."""
    accepted = f"{low:g} to {high:g}{' ' + unit if unit else ''}"
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise InputRefused(f"found {_kind(value)}", where, accepted)
    try:
        finite = math.isfinite(value)
    except OverflowError:
        finite = False
    if not finite or not low <= value <= high:
        raise InputRefused(f"{_short(repr(value))} is outside what is accepted", where, accepted)
    return value


def as_integer(value: object, where: str, low: int, high: int) -> int:
    """Return a whole number within bounds or refuse."""
    accepted = f"a whole number, {low} to {high}"
    if isinstance(value, bool) or not isinstance(value, int):
        raise InputRefused(f"found {_kind(value)}", where, accepted)
    if not low <= value <= high:
        raise InputRefused(f"{_short(repr(value))} is outside what is accepted", where, accepted)
    return value


def as_truth(value: object, where: str) -> bool:
    """Return true or false, or refuse."""
    if not isinstance(value, bool):
        raise InputRefused(f"found {_kind(value)}", where, "true or false")
    return value


def each(value: object, where: str, read: Callable[[Any, str], Any]) -> tuple[Any, ...]:
    """Return every entry of a list as `read` returns it, with its place."""
    return tuple(read(entry, f"{where}[{index}]") for index, entry in enumerate(as_list(value, where)))


def _kind(value: object) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return f"the number {_short(repr(value))}"
    if isinstance(value, str):
        return f"the text '{_short(value)}'"
    return "a list" if isinstance(value, list) else "an object"


def _short(text: str) -> str:
    """Return at most forty characters on one line."""
    plain = "".join(character if character.isprintable() else "?" for character in text)
    return plain if len(plain) <= 40 else plain[:37] + "..."
