"""The equations of the somatotropic axis, in the order and with the names of gh_prolactin_calcium.md section 1."""
# ruff: noqa: ANN401  (y, p, dy and m are name spaces for the reader and arrays for the machine)

from __future__ import annotations

from math import exp, fabs, floor
from typing import Any


def at_least(x: Any, low: Any) -> Any:
    """Return the larger one."""
    return x if x > low else low


def heard(y: Any, p: Any) -> Any:
    """Return IGF-1 as the pituitary reads it; the probe is 0 but where communication is asked (tuning.md 2.1)."""
    return at_least(y.IGF, 1.0) * exp(p.probe_igf1)


def burst(tau: Any, clock_h: Any, w: Any) -> Any:
    """Return a bell of SD `w` hours around a clock time, 1 at its height; `tau` is the hour of the day."""
    away = fabs(tau - clock_h)
    z = (away if away < 12.0 else 24.0 - away) / w
    return exp(-0.5 * z * z)


def ghrh_bursts(t: Any, w: Any) -> Any:
    """Return the schedule of GHRH: three large waves at 01, 12 and 17 h (G2), smaller ones between them."""
    tau = t - 24.0 * floor(t / 24.0)
    night = burst(tau, 21.0, w) * 0.25 + burst(tau, 1.0, w) + burst(tau, 4.0, w) * 0.45 + burst(tau, 6.5, w) * 0.12
    return night + burst(tau, 12.0, w) * 0.40 + burst(tau, 14.75, w) * 0.15 + burst(tau, 17.0, w) * 0.40


def analogue_tone(y: Any, p: Any) -> Any:
    """Return what octreotide and lanreotide add to the somatostatin tone."""
    return p.soct * y.c_oct / p.Voct + p.slan * y.c_lan / p.Vlan


def macimorelin_effect(y: Any, p: Any) -> Any:
    """Return the effect of macimorelin, 0 to 1."""
    power = at_least(1000.0 * y.c_mac / p.Vmac, 0.0) ** p.nmac
    return power / (power + p.ECmac**p.nmac)


def arginine_effect(y: Any, p: Any) -> Any:
    """Return the effect of arginine, 0 to 1."""
    return y.arg * y.arg / (y.arg * y.arg + p.Aarg * p.Aarg)


def ghrh_drive(t: Any, y: Any, p: Any) -> Any:
    """Return the GHRH drive of the somatotrophs, own and given; 1 between bursts."""
    own = (p.Gb + p.Ga * ghrh_bursts(t, p.w)) * (1.0 - p.stalk)
    return own + p.gmax * y.c_ghrh / (y.c_ghrh + p.Kghrh) + p.ghyp * y.h2 + p.garg * arginine_effect(y, p)


def release_rate(t: Any, y: Any, p: Any) -> Any:
    """Return the share of the releasable pool that leaves in an hour."""
    Em = macimorelin_effect(y, p)
    Se = at_least(y.S * (1.0 - p.smac * Em), 1e-6) + analogue_tone(y, p)
    FI = (heard(y, p) / p.IGFn) ** (-p.hI)
    r0 = p.kr * ghrh_drive(t, y, p) * (1.0 + p.mmac * Em) * FI / (1.0 + (Se / p.KS) ** p.nS)
    return r0 / (1.0 + r0 / 6.0)


def adenoma_release(y: Any, p: Any) -> Any:
    """Return what an adenoma secretes, ug/L/h."""
    Fs = (1.0 + 1.0 / p.KSa) / (1.0 + at_least(y.S + analogue_tone(y, p) * p.ad_sst, 0.0) / p.KSa)
    D2 = 1.0 - p.Dad * y.B_cab / (y.B_cab + p.Kcab)
    return p.Aad * Fs * D2 * (heard(y, p) / p.IGFa) ** (-p.ha)


def given_gh(y: Any, p: Any) -> Any:
    """Return the growth hormone that comes in from injections, ug/L/h."""
    return (p.ktr * y.t_gh + p.krlon * y.p_lon) / p.V


def liver_production(y: Any, p: Any) -> Any:
    """Return the IGF-1 production, ug/L/h: GH-independent, and by occupied receptors less what analogues take."""
    Cp = at_least(y.c_peg / p.Vpeg, 0.0)
    ssa = analogue_tone(y, p)
    occ = y.X / (y.X + p.EC * (1.0 + (Cp / p.Kipeg) ** p.npeg))
    return p.kin0i + p.EmaxI * occ * (1.0 - p.Ih * ssa / (ssa + p.Kh))


def rates(t: float, y: Any, p: Any, dy: Any) -> None:
    """Write the time derivatives, an hour.

    Parameters
    ----------
    t : float
        Hours from local midnight.
    y, p, dy : name spaces
        States, parameters with derived constants, and derivatives.
    """
    ae = arginine_effect(y, p)
    r = release_rate(t, y, p)
    Cp = y.c_peg / p.Vpeg
    Cc = y.c_cab / p.Vcab
    Cs = y.c_som / p.Vsom
    Sinf = (1.0 + p.aGH * y.GH / (y.GH + p.KG)) * (1.0 + p.aglu * y.glu) * (1.0 - p.earg * ae)

    # Somatotrophs, plasma, somatostatin, signal, IGF-1 and its carrier.
    dy.P = p.kp * (1.0 - y.P) - r * y.P
    dy.GH = p.Mi * r * y.P + adenoma_release(y, p) + given_gh(y, p) - p.kGH * y.GH
    dy.S = p.kS * (Sinf * (1.0 - p.ehyp * y.h2 / (y.h2 + 0.15)) - y.S)
    dy.X = p.ke * (y.GH + p.pS * Cs - y.X)
    dy.IGF = liver_production(y, p) - p.kout * y.IGF
    dy.BP3 = p.kBP * (p.BP0 * (at_least(y.IGF, 1.0) / p.IGFn) ** p.gBP - y.BP3)

    # Growth hormones that are given.
    dy.d_gh = -p.ka * y.d_gh
    dy.t_gh = p.ka * y.d_gh - p.ktr * y.t_gh
    dy.d_som = -p.kasom * y.d_som
    dy.c_som = p.kasom * y.d_som - p.ksom * y.c_som
    dy.d_lon = -p.kalon * y.d_lon
    dy.p_lon = p.kalon * y.d_lon - p.krlon * y.p_lon

    # Somatostatin analogues.
    dy.d_oct = -p.kaoct * y.d_oct
    dy.c_oct = p.kaoct * y.d_oct + p.kl * y.l4 - p.CLoct / p.Voct * y.c_oct
    dy.l1 = -p.kl * y.l1
    dy.l2 = p.kl * (y.l1 - y.l2)
    dy.l3 = p.kl * (y.l2 - y.l3)
    dy.l4 = p.kl * (y.l3 - y.l4)
    dy.d_lan = -p.kalan * y.d_lan
    dy.c_lan = p.kalan * y.d_lan - p.CLlan / p.Vlan * y.c_lan

    # Pegvisomant, with a saturable way out; cabergoline, with an effect site.
    dy.d_peg = -p.kapeg * y.d_peg
    dy.c_peg = p.kapeg * y.d_peg - (p.CLpeg + p.Vmpeg / (p.Kmpeg + Cp)) * Cp
    dy.g_cab = -p.kacab * y.g_cab
    dy.c_cab = p.kacab * y.g_cab - p.CLcab * Cc
    dy.B_cab = p.kecab * (Cc - y.B_cab)

    # Tests: macimorelin, GHRH, arginine, insulin, glucose.
    dy.g_mac = -p.kamac * y.g_mac
    dy.c_mac = p.kamac * y.g_mac - p.kmac * y.c_mac
    dy.c_ghrh = -p.kghrh * y.c_ghrh
    dy.arg = -p.karg * y.arg
    dy.h1 = -p.kh * y.h1
    dy.h2 = p.kh * (y.h1 - y.h2)
    dy.g1 = -p.kag * y.g1
    dy.glu = p.bglu * p.kag * y.g1 - p.kg * y.glu


def marker_values(t: float, y: Any, p: Any, m: Any) -> None:
    """Write every marker.

    Parameters
    ----------
    t : float
        Hours from local midnight.
    y, p, m : name spaces
        States, parameters with derived constants, and markers.
    """
    Cp = at_least(y.c_peg / p.Vpeg, 0.0)
    IGF = at_least(y.IGF, 1e-6)
    adenoma = adenoma_release(y, p)
    m.gh = y.GH
    m.igf1 = y.IGF
    m.igf1_sds = ((IGF / p.sds_M) ** p.sds_L - 1.0) / (p.sds_L * p.sds_S)
    m.igf1_uln = y.IGF / p.uln
    m.igfbp3 = y.BP3
    m.glucose_rise = y.glu
    m.octreotide = y.c_oct / p.Voct
    m.lanreotide = y.c_lan / p.Vlan
    m.pegvisomant = y.c_peg / p.Vpeg
    m.cabergoline = y.c_cab / p.Vcab
    m.somapacitan = y.c_som / p.Vsom
    m.lonapegsomatropin = y.p_lon / p.V
    m.macimorelin = 1000.0 * y.c_mac / p.Vmac
    m.ghrh_drive = ghrh_drive(t, y, p)
    m.somatostatin_tone = y.S
    m.analogue_tone = analogue_tone(y, p)
    m.releasable_pool = y.P
    own = p.Mi * release_rate(t, y, p) * y.P
    given = given_gh(y, p)
    m.somatotroph_secretion = own
    m.adenoma_secretion = adenoma
    m.given_gh = given
    m.gh_signal = y.X
    m.receptor_occupancy = y.X / (y.X + p.EC * (1.0 + (Cp / p.Kipeg) ** p.npeg))
    m.igf1_production = liver_production(y, p)
    # Own and given GH in one unit; somapacitan as the GH input with the same signal.
    m.own_gh = own + adenoma
    m.gh_given_as_input = given + p.kGH * p.pS * y.c_som / p.Vsom
    m.somatotroph_function = 1.0 - p.ghd
