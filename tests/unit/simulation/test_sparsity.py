"""Pattern, colouring and straight-line elimination."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from endotune_desktop.simulation.sparsity import Pattern, elimination_source, traced_pattern, working_size


def _pattern(felt: np.ndarray) -> Pattern:
    def rates(t: float, y: np.ndarray, p: np.ndarray, dy: np.ndarray) -> None:
        for row in range(y.size):
            dy[row] = sum(y[column] for column in range(y.size) if felt[row, column])

    return traced_pattern(rates, [(0.0, np.ones(felt.shape[0]), np.zeros(1))])


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 9), st.integers(0, 2**32 - 1))
def test_that_elimination_solves_what_numpy_solves(size: int, seed: int) -> None:
    generator = np.random.default_rng(seed)
    felt = generator.random((size, size)) < 0.35
    pattern = _pattern(felt)
    values = generator.normal(size=pattern.rows.size)
    shift = 20.0
    dense = shift * np.eye(size)
    dense[pattern.rows, pattern.columns] -= values
    space: dict[str, object] = {}
    exec(elimination_source(pattern), space)
    working, right = np.zeros(working_size(pattern)), generator.normal(size=size)
    expected = np.linalg.solve(dense, right)
    space["factor"](values, shift, working)  # type: ignore[operator]
    space["solve"](working, right)  # type: ignore[operator]
    assert right == pytest.approx(expected, rel=1e-9)


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 12), st.integers(0, 2**32 - 1))
def test_that_columns_of_one_colour_share_no_row(size: int, seed: int) -> None:
    felt = np.random.default_rng(seed).random((size, size)) < 0.3
    pattern = _pattern(felt)
    seen: set[tuple[int, int]] = set()
    for row, column in zip(pattern.rows, pattern.columns, strict=True):
        key = (int(row), int(pattern.colours[column]))
        assert key not in seen
        seen.add(key)
