"""The methods' figures are measured, and never asserted on."""

from __future__ import annotations

from endotune_desktop.app.measuring.live import band_figures
from endotune_desktop.app.measuring.methods import by_method
from endotune_desktop.physiology.hpt import HPT


def test_that_each_method_is_measured_and_the_axis_s_own_is_named() -> None:
    figures = by_method(HPT, 1)
    assert [figure.name for figure in figures] == [
        "30 d by the rosenbrock method: hpt",
        "30 d by the explicit method: hpt",
    ]
    assert all(figure.median > 0.0 and "the axis uses rosenbrock" in figure.note for figure in figures)


def test_that_the_bands_are_measured() -> None:
    figures = band_figures(HPT, 1)
    assert [figure.aim for figure in figures] == [100.0, None, None]
    assert all(figure.median > 0.0 for figure in figures)
