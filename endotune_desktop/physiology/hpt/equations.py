"""The equations of the thyroid axis, in the order and with the names of hpt.md section 2."""
# ruff: noqa: ANN401  (y, p, dy and m are name spaces for the reader and arrays for the machine)

from __future__ import annotations

from math import cos, exp, log, pi, sqrt
from typing import Any


def rates(t: float, y: Any, p: Any, dy: Any) -> None:
    """Write the time derivatives, an hour (hpt.md section 2).

    Parameters
    ----------
    t : float
        Hours from local midnight.
    y, p, dy : name spaces
        States, parameters with derived constants, and derivatives.
    """
    # Free hormones: mass action on one TBG site, N4 and N3 for transthyretin and albumin.
    T4 = 1000.0 * y.T4p / p.VpL
    T3 = 1000.0 * y.T3p / p.VpL
    a = 1.0 + p.N4
    b = a + p.K4 * (p.TBGs - T4)
    F4 = 2.0 * T4 / (b + sqrt(b * b + 4.0 * a * p.K4 * T4))
    F3 = T3 / (1.0 + p.N3 + p.K3 * p.TBGs / (1.0 + p.K4 * F4))
    FT4 = 1000.0 * F4
    FT3 = 1000.0 * F3

    # Peripheral thyroid state and what it does to elimination and D1.
    Hs = (p.kapH + 1.0) * y.H / (p.kapH + y.H)
    el4 = p.phi4 + (1.0 - p.phi4) * Hs
    el3 = p.phi3 + (1.0 - p.phi3) * Hs
    el1 = p.phi1 + (1.0 - p.phi1) * Hs
    dy.H = ((1.0 - p.rth_per) * FT3 / p.F3ref - y.H) / p.tauH
    D1 = p.kD1 * el1 * y.T4f
    D2 = p.V2 * y.T4s / (p.K2s + y.T4s)

    # Thyroid: saturable stimulation, gland mass, colloid store, thyroiditis, thiamazole.
    s = p.beta * y.TSH / p.TSH0 + y.rhTSH / p.TSH0 + y.TRAb + p.hcg
    f = p.bas + (1.0 - p.bas) * (1.0 + p.Kf) * s / (p.Kf + s)
    B = p.imax * y.MMI / (p.ic50 + y.MMI)
    leak = p.lam * y.Infl / (0.15 + y.Y)
    fd = f * (1.0 - y.Dmg)
    rel = y.Y * (y.sigma * y.MT * (fd + leak) + p.nodule)
    dy.Y = (fd * ((1.0 - B) * p.iodine - y.Y) - leak * y.Y) / p.tauY
    dy.MT = (p.MTmin + (p.MTmax - p.MTmin) * s / (p.KMT + s) - y.MT) / p.tauT
    dy.sigma = (p.sigma - y.sigma) / p.tau_sigma
    dy.TRAb = (p.trab - y.TRAb) / p.tau_trab
    dy.Infl = -p.kI * y.Infl
    dy.Dmg = p.kDmg * y.Infl * (1.0 - y.Dmg) - y.Dmg / p.tauD
    dy.MMI = -p.kmmi * y.MMI

    # T4 and T3: three pools each, two-stage gut.
    dy.T4p = p.ka4 * y.T4gut + p.S4 * rel + p.k12 * y.T4f + p.k13 * y.T4s - (p.CLf + p.CLs) * FT4
    dy.T4f = p.CLf * FT4 - (p.k12 + p.kel * el4) * y.T4f - D1
    dy.T4s = p.CLs * FT4 - p.k13 * y.T4s - D2
    dy.T3p = (
        p.ka3 * y.T3gut
        + p.S3 * rel * (1.0 + p.cT3 * (y.MT - 1.0))
        + p.k45 * y.T3f
        + p.k46 * y.T3s
        - (p.CL54 + p.CL64) * FT3
    )
    dy.T3f = p.CL54 * FT3 + D1 - (p.k45 + p.k05s * el3) * y.T3f
    dy.T3s = p.CL64 * FT3 + D2 - p.k46 * y.T3s
    dy.T4pill = -p.kd4 * y.T4pill
    dy.T4gut = p.kd4 * y.T4pill - p.ka4 * y.T4gut
    dy.T3pill = -p.kd3 * y.T3pill
    dy.T3gut = p.kd3 * y.T3pill - p.ka3 * y.T3gut

    # Pituitary: a signal from T4 and T3, receptor occupancy, circadian drive, TRH test, mass.
    # (the probes are 0 but where the indices of communication ask how the pituitary hears: tuning.md 2.1)
    dy.z4 = (FT4 * exp(p.probe_t4) / p.F4ref - y.z4) / p.tau1
    zin = (1.0 - p.rth_pit) * (p.w * p.d2 * y.z4 + (1.0 - p.w) * FT3 * exp(p.probe_t3) / p.F3ref)
    dy.x = (zin - y.x) / p.tau2
    dy.z = (zin - y.z) / p.tau3
    u = p.alpha * y.x + (1.0 - p.alpha) * y.z
    theta = (1.0 + p.kapz) * u / (p.kapz + u)
    c = exp(p.acirc * cos(pi * (t - p.tcirc) / 12.0) + p.acirc2 * cos(pi * (t - p.tcirc2) / 6.0) - p.lnI0)
    sat = 1.0 / (1.0 + exp(p.ks * (theta - p.th50)) / (p.drive * c))
    theta2 = theta * theta
    E = p.Emaxs * y.TRHeff * (1.0 - sat) / (1.0 + 4.0 * sat) * 1.25 / (1.0 + 0.25 * theta2 * theta2)
    dy.TSH = p.kTSH * (exp(y.lnMP) * (p.Smax * p.pit * sat * (1.0 + E) + p.floor) + p.tshoma - y.TSH)
    target = p.Mmin + (p.Mmax - p.Mmin) / (1.0 + p.BM * exp(p.kM * (theta - 1.0)))
    dy.lnMP = (log(target) - y.lnMP) / p.tauP
    dy.rhTSHdepot = -p.karh * y.rhTSHdepot
    dy.rhTSH = p.karh * y.rhTSHdepot - p.kerh * y.rhTSH
    dy.TRHx = -p.ktrh * y.TRHx
    dy.TRHeff = p.kxs * (y.TRHx / (p.EC + y.TRHx) - y.TRHeff)


def marker_values(t: float, y: Any, p: Any, m: Any) -> None:
    """Write every marker (hpt.md sections 7 and 13).

    Parameters
    ----------
    t : float
        Hours from local midnight.
    y, p, m : name spaces
        States, parameters with derived constants, and markers.
    """
    T4 = 1000.0 * y.T4p / p.VpL
    T3 = 1000.0 * y.T3p / p.VpL
    a = 1.0 + p.N4
    b = a + p.K4 * (p.TBGs - T4)
    F4 = 2.0 * T4 / (b + sqrt(b * b + 4.0 * a * p.K4 * T4))
    FT4 = 1000.0 * F4
    FT3 = 1000.0 * T3 / (1.0 + p.N3 + p.K3 * p.TBGs / (1.0 + p.K4 * F4))
    TSH = y.TSH + y.rhTSH
    m.tsh = TSH
    m.ft4 = FT4
    m.ft3 = FT3
    m.tt4 = T4
    m.tt3 = T3
    # Calculated biomarkers (section 13): SPINA constants of Dietrich 2012, TSHI of Jostel 2009, TTSI of Pohlenz 1999.
    m.spina_gt = 1.1e-6 * (2.75 + TSH) * 6901.0 * FT4 / (0.1 * TSH)
    m.spina_gd = 8e-6 * (5e-7 + FT4 * 1e-12) * 601.0 * FT3 / (0.026 * FT4) * 1e9
    m.tshi = log(TSH) + 0.1345 * FT4
    m.ttsi = 100.0 * TSH * FT4 / 23.0
    m.thyrotroph_mass = exp(y.lnMP)
    m.thyroid_mass = y.MT
    m.residual_function = y.sigma
    m.colloid_store = y.Y
    m.peripheral_state = y.H
    # Flows, for the loop diagram and the turnover facts.
    Hs = (p.kapH + 1.0) * y.H / (p.kapH + y.H)
    el4 = p.phi4 + (1.0 - p.phi4) * Hs
    el3 = p.phi3 + (1.0 - p.phi3) * Hs
    D1 = p.kD1 * (p.phi1 + (1.0 - p.phi1) * Hs) * y.T4f
    D2 = p.V2 * y.T4s / (p.K2s + y.T4s)
    s = p.beta * y.TSH / p.TSH0 + y.rhTSH / p.TSH0 + y.TRAb + p.hcg
    f = p.bas + (1.0 - p.bas) * (1.0 + p.Kf) * s / (p.Kf + s)
    leak = p.lam * y.Infl / (0.15 + y.Y)
    rel = y.Y * (y.sigma * y.MT * (f * (1.0 - y.Dmg) + leak) + p.nodule)
    own4 = p.S4 * rel
    own3 = p.S3 * rel * (1.0 + p.cT3 * (y.MT - 1.0))
    out4 = p.kel * el4 * y.T4f + D1 + D2
    out3 = p.k05s * el3 * y.T3f
    m.t4_secretion = 24000.0 * own4
    m.t3_secretion = 24000.0 * own3
    m.t3_conversion = 24000.0 * (D1 + D2)
    m.t4_uptake = 24000.0 * p.ka4 * y.T4gut
    m.t4_production = 24.0 * 776.87 * own4
    m.t3_production = 24.0 * 650.97 * (own3 + D1 + D2)
    m.extrathyroidal_t3_share = (D1 + D2) / (own3 + D1 + D2)
    m.t4_conversion_share = (D1 + D2) / out4
    m.t4_half_life = 0.6931471805599453 * (y.T4p + y.T4f + y.T4s) / out4 / 24.0
    m.t3_half_life = 0.6931471805599453 * (y.T3p + y.T3f + y.T3s) / out3 / 24.0
    m.trh_drive = p.drive * exp(
        p.acirc * cos(pi * (t - p.tcirc) / 12.0) + p.acirc2 * cos(pi * (t - p.tcirc2) / 6.0) - p.lnI0
    )
