"""Straight-line elimination."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from endotune_desktop.simulation.sparsity import elimination_source, pattern_of, working_size


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 9), st.integers(0, 2**32 - 1))
def test_that_elimination_solves_what_numpy_solves(size: int, seed: int) -> None:
    generator = np.random.default_rng(seed)
    felt = generator.random((size, size)) < 0.35
    pattern = pattern_of(size, [(int(row), int(column)) for row, column in np.argwhere(felt)])
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
