"""The equations of the prolactin axis, in the order and with the names of gh_prolactin_calcium.md section 2."""
# ruff: noqa: ANN401  (y, p, dy and m are name spaces for the reader and arrays for the machine)

from __future__ import annotations

from math import cos, exp, floor, pi
from typing import Any


def miu(y: float) -> float:
    """Return ug/L as mIU/L of WHO 84/500 (gh_prolactin_calcium.md section 6)."""
    return 21.2 * y


def occupied(x: float, ag: float, pa: float, ant: float, eari: float) -> float:
    """Return the effective D2 occupancy by dopamine `x`, agonists, a partial agonist and antagonists."""
    return (x + ag + eari * pa) / (1.0 + x + ag + pa + ant)


def day_factor(t: float, amp_sl: float, t_sl: float, w_sl: float, amp_c: float) -> float:
    """Return the factor of sleep and clock on release; the clock is wrapped to 12 h around mid-sleep."""
    late = t - t_sl
    away = (late - 24.0 * floor((late + 12.0) / 24.0)) / w_sl
    return 1.0 + amp_sl * exp(-0.5 * away * away) + amp_c * cos(2.0 * pi * (t - 5.0) / 24.0) - 0.14


def one_step(y: Any, hookC: Any, hookn: Any) -> Any:
    """Return what a one-step sandwich assay reads, falling again far above `hookC` (hook effect)."""
    return y / (1.0 + (y / hookC) ** hookn)


def rates(t: float, y: Any, p: Any, dy: Any) -> None:
    """Write the time derivatives, an hour (gh_prolactin_calcium.md section 2).

    Parameters
    ----------
    t : float
        Hours from local midnight.
    y, p, dy : name spaces
        States, parameters with derived constants, and derivatives.
    """
    # D2 receptors of lactotrophs: dopamine, agonists, the partial agonist and antagonists compete.
    ris = 1000.0 * y.c_ris / p.Vris
    met = 1000.0 * y.c_met / p.Vmet
    hal = 1000.0 * y.c_hal / p.Vhal
    pa = 1000.0 * y.c_ari / p.Vari / p.Kiari
    ant = ris / p.Kiris + met / p.Kimet + hal / p.Kihal
    Cbro = y.c_bro / p.Vbro
    Cc = y.c_cab / p.Vcab
    ag = y.B / p.Kcab + Cbro / p.Kbro
    da = y.DA * (1.0 - p.stalk)
    o = occupied(da / p.KD, ag, pa, ant, p.eari)
    D = (1.0 - p.Imax * o) / (1.0 - p.Imax * p.o0)

    # Release of the store: dopamine, TRH, sleep and clock, with a ceiling.
    Tr = p.trh_tone + p.mtrh * y.trh / (y.trh + p.Ktrh)
    f = day_factor(t, p.amp_sl, p.t_sl, p.w_sl, p.amp_c)
    u0r = p.krel * D * Tr * f
    u = u0r / (1.0 + u0r / 8.0)
    Rn = p.R0 * p.lact * p.kPRL * u * y.L / p.u0
    dy.L = p.kL * (1.0 - y.L) + p.u0 * D - u * y.L

    # Tumour: it sees a fraction of portal dopamine, agonists by its own sensitivity.
    ot = occupied(p.ft * da / p.KD, ag * p.res_t, pa, ant, p.eari)
    Dt = (1.0 - p.Imax * ot) / (1.0 - p.Imax * p.ot0)
    Rt = p.At * p.kPRL * y.Vt * Dt * (1.0 + p.trh_t * (Tr - 1.0) / 10.0)
    E = (ot - p.ot0) / (1.0 - p.ot0) if ot > p.ot0 else 0.0
    above = y.Vt - p.Vmin if y.Vt > p.Vmin else 0.0
    dy.Vt = p.kg_t * y.Vt - p.ks_t * E * above + p.pause * (1.0 - y.Vt)

    dy.PRL = Rn + Rt - p.kPRL * p.elimination * y.PRL
    driving = y.PRL if y.PRL > 0.1 else 0.1
    # (the probe is 0 but where the indices of communication ask how the hypothalamus hears: tuning.md 2.1)
    dy.DA = p.kDA * ((driving * exp(p.probe_prl) / (1.05 * p.R0)) ** p.gDA - y.DA)
    dy.MAC = p.kmac * (p.mac_frac * y.PRL - y.MAC)

    # Drugs: gut depot and one compartment; cabergoline reaches its site of effect late.
    dy.trh = -p.ktrh * y.trh
    dy.g_cab = -p.kacab * y.g_cab
    dy.c_cab = p.kacab * y.g_cab - p.CLcab / p.Vcab * y.c_cab
    dy.B = p.kecab * (Cc - y.B)
    dy.g_bro = -p.kabro * y.g_bro
    dy.c_bro = p.kabro * y.g_bro - p.CLbro / p.Vbro * y.c_bro
    dy.g_ris = -p.karis * y.g_ris
    dy.c_ris = p.karis * y.g_ris - p.CLris / p.Vris * y.c_ris
    dy.g_met = -p.kamet * y.g_met
    dy.c_met = p.kamet * y.g_met - p.CLmet / p.Vmet * y.c_met
    dy.g_hal = -p.kahal * y.g_hal
    dy.c_hal = p.kahal * y.g_hal - p.CLhal / p.Vhal * y.c_hal
    dy.g_ari = -p.kaari * y.g_ari
    dy.c_ari = p.kaari * y.g_ari - p.CLari / p.Vari * y.c_ari


def marker_values(t: float, y: Any, p: Any, m: Any) -> None:
    """Write every marker (gh_prolactin_calcium.md section 2, outputs).

    Parameters
    ----------
    t : float
        Hours from local midnight.
    y, p, m : name spaces
        States, parameters with derived constants, and markers.
    """
    total = y.PRL + y.MAC
    m.prolactin = miu(y.PRL)
    m.prolactin_measured = miu(one_step(total, p.hookC, p.hookn))
    m.prolactin_diluted = miu(100.0 * one_step(total / 100.0, p.hookC, p.hookn))
    # A gland that makes none leaves nothing to be bound: all of nothing is recovered.
    m.peg_recovery = 100.0 * (y.PRL + 1e-9) / (total + 1e-9)
    m.gnrh_factor = 1.0 / (1.0 + (y.PRL / p.KgnRH) ** p.ngn)
    ris = 1000.0 * y.c_ris / p.Vris
    pa = 1000.0 * y.c_ari / p.Vari / p.Kiari
    ant = ris / p.Kiris + 1000.0 * y.c_met / p.Vmet / p.Kimet + 1000.0 * y.c_hal / p.Vhal / p.Kihal
    ag = y.B / p.Kcab + y.c_bro / p.Vbro / p.Kbro
    da = y.DA * (1.0 - p.stalk)
    ot = occupied(p.ft * da / p.KD, ag * p.res_t, pa, ant, p.eari)
    Dt = (1.0 - p.Imax * ot) / (1.0 - p.Imax * p.ot0)
    Tr = p.trh_tone + p.mtrh * y.trh / (y.trh + p.Ktrh)
    m.dopamine_tone = da
    m.dopamine_made = y.DA
    m.d2_occupancy = occupied(da / p.KD, ag, pa, ant, p.eari)
    tumour = p.At * y.Vt * Dt * (1.0 + p.trh_t * (Tr - 1.0) / 10.0)
    m.tumour_secretion = tumour
    o = occupied(da / p.KD, ag, pa, ant, p.eari)
    D = (1.0 - p.Imax * o) / (1.0 - p.Imax * p.o0)
    u0r = p.krel * D * Tr * day_factor(t, p.amp_sl, p.t_sl, p.w_sl, p.amp_c)
    m.prolactin_secretion = p.kPRL * (p.R0 * p.lact * u0r / (1.0 + u0r / 8.0) * y.L / p.u0 + tumour)
    m.tumour_volume = y.Vt
    m.lactotroph_mass = p.lact
    m.lactotroph_store = y.L
    m.trh_drive = Tr
    m.cabergoline = y.c_cab / p.Vcab
    m.bromocriptine = y.c_bro / p.Vbro
    m.risperidone = ris
    m.metoclopramide = 1000.0 * y.c_met / p.Vmet
    m.haloperidol = 1000.0 * y.c_hal / p.Vhal
    m.aripiprazole = 1000.0 * y.c_ari / p.Vari
