"""Writing results: to standard output, or to a file that is either whole or not there."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path

from endotune_desktop.clinic.errors import EnvironmentFailed, InputRefused


def write_result(text: str, output: str | None) -> None:
    """Write a text to a file, or to standard output when none is named.

    Raises
    ------
    EnvironmentFailed
        If the file cannot be written; what was there before is still there.
    """
    if output is None:
        sys.stdout.write(text)
        sys.stdout.flush()
        return
    path = Path(output)
    partial = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        partial.write_text(text, encoding="utf-8", newline="\n")
        os.replace(partial, path)
    except OSError as error:
        with contextlib.suppress(OSError):
            partial.unlink(missing_ok=True)
        raise EnvironmentFailed(f"{output} could not be written: {error.strerror or error}") from error


def aligned(rows: list[list[str]], right: frozenset[int] = frozenset()) -> str:
    """Return rows of text as a table with two spaces between columns.

    Parameters
    ----------
    rows : list of list of str
        The first one is the head.
    right : frozenset of int
        Columns that are aligned to the right.
    """
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = []
    for row in rows:
        cells = [
            cell.rjust(w) if i in right else cell.ljust(w) for i, (cell, w) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines) + "\n"


def whole_number(text: str, where: str, low: int, high: int) -> int:
    """Return a whole number that an option names.

    Raises
    ------
    InputRefused
        If it is none, or out of bounds.
    """
    accepted = f"a whole number from {low} to {high}"
    try:
        value = int(text)
    except ValueError:
        raise InputRefused(f"'{text}' is no whole number", where, accepted) from None
    if not low <= value <= high:
        raise InputRefused(f"{value} is out of bounds", where, accepted)
    return value
