"""Which state feels which: the Jacobian's pattern, and straight-line elimination without pivoting."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

IntArray = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Pattern:
    """The Jacobian's non-zeros, column by column.

    Attributes
    ----------
    size : int
        Number of states.
    rows, columns : array, shape (nnz,)
        Place of every non-zero; columns ascending.
    """

    size: int
    rows: IntArray
    columns: IntArray


def pattern_of(size: int, entries: Iterable[tuple[int, int]]) -> Pattern:
    """Return the pattern of the entries that are not identically zero.

    Parameters
    ----------
    size : int
        Number of states.
    entries : iterable of (row, column)

    Returns
    -------
    Pattern
        With the whole diagonal, whether felt or not.
    """
    felt = np.eye(size, dtype=np.bool_)
    for row, column in entries:
        felt[row, column] = True
    columns, rows = np.nonzero(felt.T)
    return Pattern(size, rows.astype(np.int64), columns.astype(np.int64))


def elimination_source(pattern: Pattern) -> str:
    """Return ``factor(jacobian, shift, w)`` and ``solve(w, b)`` as straight-line text.

    ``factor`` stores the LU factors of ``shift * I - J`` in ``w``; ``solve`` replaces ``b`` by the solution. Pivots are
    taken from the diagonal in Markowitz order: the shift makes it dominant for every step that the error control lets
    through.

    Parameters
    ----------
    pattern : Pattern

    Returns
    -------
    str
        Two functions; ``w`` needs `working_size` entries.
    """
    order, place = _ordered(pattern)
    entries = {(int(r), int(c)): k for k, (r, c) in enumerate(zip(pattern.rows, pattern.columns, strict=True))}
    factor = ["def factor(jacobian, shift, w):"]
    for (row, column), index in place.items():
        value = f"-jacobian[{entries[row, column]}]" if (row, column) in entries else "0.0"
        factor.append(f"    w{index} = {f'shift + {value}' if row == column else value}")
    below: dict[int, list[int]] = {}
    right: dict[int, list[int]] = {}
    done: set[int] = set()
    for pivot in order:
        done.add(pivot)
        below[pivot] = [r for r in order if r not in done and (r, pivot) in place]
        right[pivot] = [c for c in order if c not in done and (pivot, c) in place]
        diagonal = place[pivot, pivot]
        factor.append(f"    w{diagonal} = 1.0 / w{diagonal}")
        for row in below[pivot]:
            multiplier = place[row, pivot]
            factor.append(f"    w{multiplier} = w{multiplier} * w{diagonal}")
            for column in right[pivot]:
                factor.append(
                    f"    w{place[row, column]} = w{place[row, column]} - w{multiplier} * w{place[pivot, column]}"
                )
    factor.extend(f"    w[{index}] = w{index}" for index in place.values())
    solve = ["def solve(w, b):"]
    solve.extend(f"    b{i} = b[{i}]" for i in order)
    for pivot in order:
        solve.extend(f"    b{row} = b{row} - w[{place[row, pivot]}] * b{pivot}" for row in below[pivot])
    for pivot in reversed(order):
        terms = "".join(f" - w[{place[pivot, column]}] * b{column}" for column in right[pivot])
        solve.append(f"    b{pivot} = (b{pivot}{terms}) * w[{place[pivot, pivot]}]")
    solve.extend(f"    b[{i}] = b{i}" for i in order)
    return "\n".join(factor) + "\n\n\n" + "\n".join(solve) + "\n"


def working_size(pattern: Pattern) -> int:
    """Return how many entries the factors need, fill-in included."""
    return len(_ordered(pattern)[1])


def _ordered(pattern: Pattern) -> tuple[list[int], dict[tuple[int, int], int]]:
    """Return the pivots in Markowitz order, and a place for every entry of the factors."""
    alive = {(int(r), int(c)) for r, c in zip(pattern.rows, pattern.columns, strict=True)}
    everything = set(alive)
    left = set(range(pattern.size))
    order: list[int] = []
    while left:
        rows = {i: sum((i, c) in alive for c in left) for i in left}
        columns = {i: sum((r, i) in alive for r in left) for i in left}
        pivot = min(left, key=lambda i: ((rows[i] - 1) * (columns[i] - 1), i))
        order.append(pivot)
        left.discard(pivot)
        fill = {(r, c) for r in left if (r, pivot) in alive for c in left if (pivot, c) in alive}
        alive |= fill
        everything |= fill
    return order, {entry: index for index, entry in enumerate(sorted(everything))}
