"""The equations of the calcium axis, in the order and with the names of gh_prolactin_calcium.md section 3."""
# ruff: noqa: ANN401  (y, p, dy and m are name spaces for the reader and arrays for the machine)

from __future__ import annotations

from math import exp, log
from typing import Any


def softplus(x: float, s: float) -> float:
    """Return a threshold at 0 that is rounded over `s`: x far above, 0 far below."""
    ratio = x / s
    return x if ratio > 40.0 else s * log(1.0 + exp(ratio if ratio < 40.0 else 40.0))


def sensed(Ci: float, st: Any, m: Any) -> Any:
    """Return the share of hormone release that calcium lets through: 1 far under the set point, 0 far above it."""
    return 1.0 / (1.0 + (Ci / st) ** m)


def over(x: float, lowest: float) -> float:
    """Return `x`, not under a lowest value (floors inside the algebra only)."""
    return x if x > lowest else lowest


def hill(x: Any, half: Any, n: Any) -> Any:
    """Return the occupied share of a cooperative site."""
    ratio = (x / half) ** n
    return ratio / (1.0 + ratio)


def rates(t: float, y: Any, p: Any, dy: Any) -> None:
    """Write the time derivatives, an hour (gh_prolactin_calcium.md section 3).

    Parameters
    ----------
    t : float
        Hours from local midnight.
    y, p, dy : name spaces
        States, parameters with derived constants, and derivatives.
    """
    C = over(y.C, 0.3)
    D = over(y.D, 0.1)
    FGF = over(y.FGF, 0.1)
    Pi = over(y.Pi, 0.01)
    D25 = over(y.D25, 0.01)
    ET = over(y.ET, 0.0)
    Ci = p.fi * C

    # A product of powers is written as one exponential of a sum of logarithms: a fifth less time for the whole.
    lnC = log(C / p.C0)
    lnD = log(D / p.D0)
    lnFGF = log(FGF / p.FGF0)
    lnPi = log(Pi / p.Pi0)

    # Parathyroid glands: calcium sensor (cinacalcet and receptor lesions move its set point), store, adenoma, mass.
    e = p.ecin * hill(over(1000.0 * y.cin_c / p.Vcin, 0.0), p.ECcin, p.ncin)
    st = p.set0 * p.fCaSR / (1.0 + e)
    # (the probe is 0 but where the indices of communication ask how the glands hear: tuning.md 2.1)
    heard = Ci * exp(p.probe_ca)
    kr = p.krmax * (p.smin + (1.0 - p.smin) * sensed(heard, st, p.m))
    fD = (1.0 + p.gD) / (1.0 + p.gD * D / p.D0)
    sec = p.kPTH * p.PTH0 / p.kr0 * kr * y.Sto
    ad = p.kPTH * p.Aad * (p.amin + (1.0 - p.amin) * sensed(heard, st * p.shad, p.m))
    dy.Sto = (p.kr0 + p.kdeg) * y.Mg * (1.0 - p.hypo) * fD - (kr + p.kdeg) * y.Sto
    dy.PTH = sec + ad + p.ka84 * y.p84_d / p.VPTH - p.kP * y.PTH
    wanted = exp(p.eM1 * log(kr / p.kr0) - p.eM2 * lnD + p.eM3 * lnPi)
    dy.Mg = p.kM * ((p.Mlo if wanted < p.Mlo else p.Mtop if wanted > p.Mtop else wanted) - y.Mg)

    # All agonists of the PTH receptor count alike, by mole.
    PS = over(y.PTH, 0.0) + y.ter_c / p.Vter + p.kpal * y.pal_c / p.CLpal
    dy.ET = p.kET * (PS - y.ET)

    # Gut, kidney, bone and bone fluid.
    toxic = D25 / p.Ktox
    De = D * (1.0 + toxic * toxic * toxic)
    aa = p.apas + p.aact * hill(De, p.KaD, p.nD) * p.KlG / (p.KlG + y.Gc)
    Jg = p.kgut * y.Gc * aa - p.endo / 24.0 * exp(p.eendo * lnC)
    Th = p.Th0 + p.dTh * PS / (PS + p.Kth) + p.dthz * p.thz + p.kCaSRth * (p.fCaSR - 1.0) - p.kcinth * e / p.ecin
    Ju = p.G * softplus(p.fuf * C - Th, p.s)
    hb = ET / (ET + p.Kb)
    Jb = p.Jb * (y.Rs - y.Fm)
    Jx = p.kx * (y.B + p.bP * (hb - p.hb0) - C)
    dy.C = (Jg + Jb + Jx - Ju) / p.V
    dy.B = -Jx / p.VB
    dy.Gc = p.diet / 24.0 - p.kgut * y.Gc
    den = y.den_c / p.Vden
    anti = (1.0 - p.Iden * den / (den + p.ICden)) * (1.0 - p.Izol * y.zol / (y.zol + p.ICzol))
    Rinf = (p.rmin + (1.0 - p.rmin) * hb / p.hb0) * (De / p.D0) ** p.eD * anti
    dy.Rs = p.kRs * (Rinf - y.Rs)
    dy.Fm = p.kF * (y.Rs - y.Fm)

    # Vitamin D: store, 25-hydroxy, 1-alpha-hydroxylase under PTH, FGF23, calcium and renal mass.
    fP = p.fDmin + (p.fDmax - p.fDmin) * ET / (ET + p.KdP)
    prod = p.kD * p.D0 * fP * (FGF / p.FGF0) ** -p.eFGF * (D25 / (D25 + p.K25)) / p.f250 * p.gD1 * (C / p.C0) ** -p.eCaD
    dy.D = prod + (p.kactl * y.g_ctl + p.kcalf * y.alf) / p.VD - p.kD * y.D * exp(p.eDD * lnD)
    dy.D25 = p.conv * p.kD3 * y.D3 - p.k25 * y.D25 * (D25 / p.D250) ** p.e25
    dy.D3 = p.Db / 24.0 - p.kD3 * y.D3

    # Phosphate and FGF23.
    aPi = p.PiDiet / 24.0 * (1.0 - p.binder) * (p.aPi0 + p.aPi1 * D / (D + p.D0))
    Tm = p.Tm0 * (p.tmin + (p.tmax - p.tmin) / (1.0 + PS / p.KTm)) * exp(-p.eTmF * lnFGF)
    uPi = p.G * softplus(Pi - Tm, p.sP)
    dy.Pi = (aPi - uPi + 0.464 * (Jb + Jx)) / p.VPi
    dy.FGF = p.kf * (p.FGF0 * exp(p.eFPi * lnPi + p.eFD * lnD) * p.gFG - y.FGF)

    # Drugs.
    dy.g_ctl = -p.kactl * y.g_ctl
    dy.g_alf = -p.kaalf * y.g_alf
    dy.alf = p.kaalf * y.g_alf - p.kcalf * y.alf
    dy.ter_d = -p.kater * y.ter_d
    dy.ter_c = p.kater * y.ter_d - p.kter * y.ter_c
    dy.p84_d = -p.ka84 * y.p84_d
    dy.pal_d = -p.kapal * y.pal_d
    dy.pal_c = p.kapal * y.pal_d - p.kpal * y.pal_c
    dy.cin_g = -p.kacin * y.cin_g
    dy.cin_c = p.kacin * y.cin_g - p.kcin * y.cin_c
    dy.den_d = -p.kaden * y.den_d
    dy.den_c = p.kaden * y.den_d - p.kden * y.den_c
    dy.zol = -p.kzol * y.zol


def marker_values(t: float, y: Any, p: Any, m: Any) -> None:
    """Write every marker (gh_prolactin_calcium.md section 3, outputs).

    Parameters
    ----------
    t : float
        Hours from local midnight.
    y, p, m : name spaces
        States, parameters with derived constants, and markers.
    """
    C = over(y.C, 0.3)
    D = over(y.D, 0.1)
    FGF = over(y.FGF, 0.1)
    D25 = over(y.D25, 0.01)
    e = p.ecin * hill(over(1000.0 * y.cin_c / p.Vcin, 0.0), p.ECcin, p.ncin)
    PS = over(y.PTH, 0.0) + y.ter_c / p.Vter + p.kpal * y.pal_c / p.CLpal
    Th = p.Th0 + p.dTh * PS / (PS + p.Kth) + p.dthz * p.thz + p.kCaSRth * (p.fCaSR - 1.0) - p.kcinth * e / p.ecin
    Ju = p.G * softplus(p.fuf * C - Th, p.s)
    toxic = D25 / p.Ktox
    De = D * (1.0 + toxic * toxic * toxic)
    aa = p.apas + p.aact * hill(De, p.KaD, p.nD) * p.KlG / (p.KlG + y.Gc)
    Tm = p.Tm0 * (p.tmin + (p.tmax - p.tmin) / (1.0 + PS / p.KTm)) * (FGF / p.FGF0) ** -p.eTmF
    m.calcium = y.C
    m.ionised_calcium = p.fi * y.C
    m.pth = y.PTH
    m.pth_activity = PS
    m.calcitriol = y.D
    m.calcidiol = y.D25
    m.phosphate = y.Pi
    m.urine_calcium = 24.0 * Ju
    m.cccr = Ju / (p.G * C)
    m.fgf23 = y.FGF
    m.urine_phosphate = 24.0 * p.G * softplus(over(y.Pi, 0.01) - Tm, p.sP)
    m.tmp_gfr = Tm
    m.set_point = p.set0 * p.fCaSR / (1.0 + e) / p.fi
    m.parathyroid_mass = y.Mg
    m.working_parathyroid = y.Mg * (1.0 - p.hypo)
    m.parathyroid_store = y.Sto
    m.bone_resorption = y.Rs
    m.bone_formation = y.Fm
    m.bone_release = 24.0 * p.Jb * y.Rs
    m.bone_deposit = 24.0 * p.Jb * y.Fm
    m.bone_fluid_calcium = y.B
    m.calcium_absorbed = 24.0 * p.kgut * y.Gc * aa
    m.absorbed_share = aa
    m.kidney_function = p.GFR
    m.vitamin_d_store = y.D3
    m.teriparatide = y.ter_c / p.Vter
    m.palopegteriparatide = p.kpal * y.pal_c / p.CLpal
    m.cinacalcet = 1000.0 * y.cin_c / p.Vcin
    m.denosumab = y.den_c / p.Vden
    m.zoledronic_acid = y.zol
    # 1,25-D made at the word of the own glands, and what comes or is called for from outside, in one unit.
    fP = p.fDmin + (p.fDmax - p.fDmin) * over(y.ET, 0.0) / (over(y.ET, 0.0) + p.KdP)
    made = p.kD * p.D0 * fP * (FGF / p.FGF0) ** -p.eFGF * (D25 / (D25 + p.K25)) / p.f250 * p.gD1 * (C / p.C0) ** -p.eCaD
    st = p.set0 * p.fCaSR / (1.0 + e)
    heard = p.fi * C * exp(p.probe_ca)
    sec = p.kPTH * p.PTH0 / p.kr0 * p.krmax * (p.smin + (1.0 - p.smin) * sensed(heard, st, p.m)) * y.Sto
    ad = p.kPTH * p.Aad * (p.amin + (1.0 - p.amin) * sensed(heard, st * p.shad, p.m))
    called = (sec + ad) / over(sec + ad + p.ka84 * y.p84_d / p.VPTH, 1e-12) * over(y.PTH, 0.0) / over(PS, 1e-12)
    m.pth_secretion = sec + ad
    m.calcitriol_made = made
    m.calcitriol_own = made * called
    m.calcitriol_from_outside = made * (1.0 - called) + (p.kactl * y.g_ctl + p.kcalf * y.alf) / p.VD
