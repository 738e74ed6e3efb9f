"""Two ligands on one binding site: the fixed number of steps against Newton's method run to its end."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from endotune_desktop.physiology.hpa.binding import nearer, positive_root, unoccupied_cbg

FloatArray = npt.NDArray[np.float64]
ENDS = 1e-12


def newton_from_zero(ct: float, q: float, k1: float, k2: float, cbg: float) -> float:
    """Return the root of g of hpa.md section 2, reached from below as it says."""
    u = 0.0
    for _ in range(200):
        g = u + ct * u / (k1 + u) + q * u / (k2 + u) - cbg
        slope = 1.0 + ct * k1 / (k1 + u) ** 2 + q * k2 / (k2 + u) ** 2
        fresh = u - g / slope
        if fresh <= u:
            break
        u = fresh
    return u


def persons(count: int) -> FloatArray:
    """Return columns k1, k2, cbg: binding as it varies between persons and lesions, three omegas and beyond."""
    generator = np.random.default_rng(3)
    albumin, cbg = generator.uniform(15.0, 60.0, count), generator.uniform(150.0, 2800.0, count)
    k1 = 33.0 * (1.0 + albumin / 66.5 * 1000.0 / 137.8)
    plasma, tissue = 8.05 * np.exp(generator.normal(0, 0.15, count)), 185.0 * np.exp(generator.normal(0, 0.2, count))
    k2 = 58.0 * (1.0 + 3.2 + tissue / plasma)
    return np.column_stack([k1, k2, cbg])


def test_that_four_steps_suffice_over_the_whole_range_of_cortisol_and_prednisolone() -> None:
    generator = np.random.default_rng(4)
    worst = 0.0
    for k1, k2, cbg in persons(4000).tolist():
        ct, q = float(10 ** generator.uniform(-6, 5)), float(10 ** generator.uniform(-6, 6))
        found, expected = unoccupied_cbg(ct, q, k1, k2, cbg), newton_from_zero(ct, q, k1, k2, cbg)
        worst = max(worst, abs(found - expected) / expected)
    assert worst < ENDS


def test_that_the_hardest_mixtures_of_the_typical_person_are_solved() -> None:
    k1, k2, cbg = 184.2, 1576.6, 700.0
    for ct in np.logspace(-3, 5, 60).tolist():
        for q in np.logspace(-3, 6, 60).tolist():
            expected = newton_from_zero(ct, q, k1, k2, cbg)
            assert unoccupied_cbg(ct, q, k1, k2, cbg) == pytest.approx(expected, rel=ENDS)


def test_that_a_single_ligand_is_exact_at_once() -> None:
    k1, cbg, ct = 184.2, 700.0, 371.0
    root = positive_root(k1 + ct - cbg, cbg * k1)
    assert nearer(root, ct, 0.0, k1, 1576.6, cbg) == pytest.approx(root, rel=1e-15)
    assert unoccupied_cbg(ct, 0.0, k1, 1576.6, cbg) == pytest.approx(root, rel=1e-14)
    # The closed form of hpa.md section 2 gives the same free cortisol.
    bound = 33.0 * (k1 / 33.0) + cbg - ct
    free = (-bound + np.sqrt(bound**2 + 4.0 * (k1 / 33.0) * 33.0 * ct)) / (2.0 * k1 / 33.0)
    assert ct / (k1 / 33.0 + root / 33.0) == pytest.approx(float(free), rel=1e-13)


@pytest.mark.parametrize(("ct", "q"), [(0.0, 0.0), (-1e-9, 0.0), (-1e-9, 1e-9), (1e-300, -1e-12), (5e-324, 0.0)])
def test_that_nothing_and_rounding_below_nothing_leave_the_sites_free(ct: float, q: float) -> None:
    assert unoccupied_cbg(ct, q, 184.2, 1576.6, 700.0) == pytest.approx(700.0, rel=1e-10)
