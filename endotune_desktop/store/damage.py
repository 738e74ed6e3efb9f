"""The mark beside a damaged file: while it is there nobody writes to that file, so that nothing on it is lost.

Whoever opens the file next checks it in full; the mark goes only when the file is found whole, as after a good copy was
put in its place.
"""

from __future__ import annotations

import contextlib
from pathlib import Path

from endotune_desktop.clinic.errors import InputRefused
from endotune_desktop.store.driver import OUR_FILE

_MOST_WORDS = 160


def mark_path(path: Path) -> Path:
    """Return where the mark of a store lies."""
    return path.with_name(path.name + ".damaged")


def is_marked(path: Path) -> bool:
    """Return whether damage was found in a store and not yet mended."""
    return mark_path(path).exists()


def mark(path: Path, found: str) -> None:
    """Remember that a store is damaged; a disk that takes no mark is checked again next time."""
    with contextlib.suppress(OSError):
        mark_path(path).write_text(found + "\n", encoding="utf-8")


def unmark(path: Path) -> None:
    """Forget a mark."""
    with contextlib.suppress(OSError):
        mark_path(path).unlink(missing_ok=True)


def refusal(path: Path, found: str) -> InputRefused:
    """Return what is said of a damaged file.

    Parameters
    ----------
    path : Path
    found : str
        The first thing that was found.
    """
    short = found if len(found) <= _MOST_WORDS else found[:_MOST_WORDS] + " …"
    return InputRefused(f"is damaged ({' '.join(short.split())}); it is kept as it is", str(path), OUR_FILE)
