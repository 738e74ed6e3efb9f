"""The figures of the engine's methods can be taken."""

from __future__ import annotations

from endotune_desktop.app.measuring.methods import method_figures


def test_that_every_figure_has_its_runs() -> None:
    figures = method_figures(runs=2)
    assert len({figure.name for figure in figures}) == len(figures) == 4
    for figure in figures:
        assert len(figure.values) == 2
        assert all(value > 0.0 for value in figure.values)
