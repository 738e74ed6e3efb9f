"""Cortisol and prednisolone on one CBG site and on albumin: the cubic of hpa.md section 2, solved in four steps."""

from __future__ import annotations

from math import fabs, sqrt


def positive_root(b: float, c: float) -> float:
    """Return the root above zero of ``x^2 + b x - c = 0``, without cancellation for b above zero.

    Parameters
    ----------
    b : float
    c : float
        Above zero.
    """
    return 2.0 * c / (b + sqrt(b * b + 4.0 * c))


def nearer(u: float, ct: float, q: float, k1: float, k2: float, cbg: float) -> float:
    """Return a better estimate of unoccupied CBG: both ligands are taken for one that binds alike at `u`.

    With ``h(u) = ct u/(k1+u) + q u/(k2+u)`` the one hyperbola ``s u/(k+u)`` that has h's value and slope at `u` turns
    ``u + h(u) = cbg`` into a quadratic. The error is cubed, not squared, and a single ligand is exact at once.

    Parameters
    ----------
    u : float
        Estimate, nmol/L, zero or more.
    ct, q : float
        Total cortisol and body prednisolone over plasma volume, nmol/L.
    k1, k2 : float
        Their dissociation constants with what else they are bound to, nmol/L.
    cbg : float
        Binding sites, nmol/L.
    """
    in1 = k1 + u
    in2 = k2 + u
    # 1e-30 keeps the weights apart from 0 where there is no ligand; any k between k1 and k2 is right there.
    weight1 = (fabs(ct) + 1e-30) / (in1 * in1)
    weight2 = fabs(q) / (in2 * in2)
    k = (weight1 * k1 + weight2 * k2) / (weight1 + weight2)
    s = (k + u) * (ct / in1 + q / in2)
    return positive_root(k + s - cbg, cbg * k)


def unoccupied_cbg(ct: float, q: float, k1: float, k2: float, cbg: float) -> float:
    """Return the unoccupied CBG sites, nmol/L: the root of g of hpa.md section 2.

    Four steps from the quadratic with one mean constant leave less than 1e-13 of the root for total cortisol up to
    100 umol/L and prednisolone up to 1 mmol/L in the persons that the priors make.

    Parameters
    ----------
    ct, q : float
        Total cortisol and body prednisolone over plasma volume, nmol/L.
    k1, k2 : float
        ``Kd (1 + NSc)`` and ``Kd_pr`` times the distribution volume of prednisolone without CBG over plasma volume.
    cbg : float
        Binding sites, nmol/L.
    """
    root1 = sqrt(k1)
    root2 = sqrt(k2)
    amount1 = fabs(ct) + 1e-30
    amount2 = fabs(q)
    mean_root = (amount1 + amount2) / (amount1 / root1 + amount2 / root2)
    mean_k = mean_root * mean_root
    first = positive_root(mean_k + ct + q - cbg, cbg * mean_k)
    second = nearer(first, ct, q, k1, k2, cbg)
    third = nearer(second, ct, q, k1, k2, cbg)
    fourth = nearer(third, ct, q, k1, k2, cbg)
    return nearer(fourth, ct, q, k1, k2, cbg)
