"""The equations of the female gonadal axis and what is read off them, with the names of hpg_female.md section 1.

That file counts in days: parameters keep its units, and every rate is divided by 24 where it is written.
"""
# ruff: noqa: ANN401  (y, p, dy and m are name spaces for the reader and arrays for the machine)

from __future__ import annotations

from math import exp, log, sqrt
from typing import Any


def positive(x: float) -> float:
    """Return x, and next to nothing where it is negative: a state below 0 is read as 0."""
    return x if x > 1e-30 else 1e-30


def power(x: float, n: float) -> float:
    """Return x to a power that is a parameter; the derivative of this form needs no second power."""
    return exp(n * log(positive(x)))


def rise(x: float, half: float, n: float) -> float:
    """Return the Hill function H(x; half, n) for a power that is a parameter."""
    q = exp(n * log(positive(x) / half))
    return q / (1.0 + q)


def fall(x: float, half: float, n: float) -> float:
    """Return 1 - H(x; half, n)."""
    return 1.0 / (1.0 + exp(n * log(positive(x) / half)))


def step(x: float, half: float, n: int) -> float:
    """Return H(x; half, n) for a whole number n that is written as one."""
    q = (positive(x) / half) ** n
    return q / (1.0 + q)


def above(x: float, low: float) -> float:
    """Return what x is above a limit, 0 below it."""
    return x - low if x > low else 0.0


def growth(x: float, threshold: float, eased: float, FT: float, lift: float, p: Any) -> Any:
    """Return the growth of a follicle class without rupture, mm/d."""
    h = step(x, p.x_d, 6)
    F = (FT + lift * step(x, p.x_L, 6)) / (threshold * (1.0 - eased * h))
    S = rise(F, 1.0, p.n_S)
    grown = p.kg * (1.0 + p.gam_g * h) * S * (1.0 - (x / p.x_m) ** 4)
    return grown - p.ka * (1.0 - S) * (x - p.x0 - p.pc_x * p.pcos)


def leaving(x: float, ovulating: float, clearing: float, p: Any) -> Any:
    """Return how fast a follicle class ruptures, or is lost while another luteinises, 1/d."""
    return ovulating * step(x, p.x_om, 10) + clearing * step(x, p.x_d, 6)


def oestrogen(x: float, small: float, p: Any) -> Any:
    """Return the estradiol of a follicle, relative to a mature one."""
    return step(x, p.x_E, 5) * (x / 20.0) ** 2 + small * above(x, 2.0) / 2.0


def small_inhibin(x: float) -> float:
    """Return the inhibin B of a follicle, relative to one of best size."""
    return step(x, 5.0, 4) / (1.0 + (positive(x) / 13.0) ** 6)


def mature(x: float) -> float:
    """Return 1 for a follicle of 16 mm and more, 0 below, with a soft edge of a quarter of a millimetre."""
    return 1.0 / (1.0 + exp(-(x - 16.0) / 0.25))


def rates(t: float, y: Any, p: Any, dy: Any) -> None:
    """Write the time derivatives, an hour (hpg_female.md section 1).

    Parameters
    ----------
    t : float
        Hours from local midnight.
    y, p, dy : name spaces
        States, parameters with derived constants, and derivatives.
    """
    # What is sensed: oestrogen and progestogen by the brain, gonadotrophins by the ovary.
    u = y.upa / p.T_uz
    Es = (y.E2 + p.pot_E2o * y.E2o + y.E2t + p.pot_EE * y.EE) / (1.0 + p.S_clo * y.clo)
    Ps = y.P4 + y.P4x + y.PG
    FT = y.FSH + y.FSHx
    LT = y.LH + p.eps_hCG * y.hCG

    # Hypothalamus: pulse frequency and amplitude, the pump, agonist and antagonist at the receptor.
    Dp = 1.0 / (1.0 + power(above(y.PRL, p.PRL_n) / p.K_PRL, p.n_PRL))
    tn = power(p.tone * Dp, p.e_T)
    hz = rise(y.Ez2 * (1.0 + p.kap_z * y.Z), p.T_z, p.n_z)
    slowed = (1.0 - p.fmin) * rise(y.Ph / (1.0 + (p.pc_res - 1.0) * p.pcos), p.T_Pf, p.n_Pf)
    f = p.f0 * (1.0 + p.pc_f * p.pcos) * sqrt(tn) * (1.0 - slowed) * (1.0 + p.m_Ef * hz)
    G = sqrt(tn) * (1.0 + p.pc_a * p.pcos) * f / p.f0
    Gp = p.pump_f / 16.0 * 2.0 * p.pump_d / (p.pump_d + p.d50_pump)
    ft = (G * f + Gp * p.pump_f) / (G + Gp + 1e-9)
    xa = y.ag / p.K_ag
    sg = 1.0 / (1.0 + xa + power(y.ant / p.K_ant, p.n_ant))
    th = xa * sg
    stim = y.R * ((G + Gp) * sg + p.S_ag * th) + 1e-6
    dy.R = (p.k_R * (1.0 - y.R) - p.k_des * (th + step(p.pump_f, p.f_cont, 6)) * y.R) / 24.0
    dy.Q = (p.Q_min + (p.Q_max - p.Q_min) * stim / (stim + p.Kq) - y.Q) / p.tau_Q / 24.0
    dy.Ez1 = (Es - y.Ez1) / p.tau_E / 24.0
    dy.Ez2 = (y.Ez1 - y.Ez2) / p.tau_E / 24.0
    dy.Ph = (Ps - y.Ph) / p.tau_P / 24.0
    allowed = fall(Ps, p.T_Pz, p.n_Pz) / (1.0 + u) * (1.0 + p.K_sz) * stim / (stim + p.K_sz)
    dy.Z = (hz * allowed - y.Z) / p.tau_Z / 24.0

    # LH: synthesis into a releasable pool, release. (The probes are 0 but where the indices of communication ask how
    # synthesis of LH and FSH hears the ovary: tuning.md 2.1.)
    heard_E = exp(p.probe_e2)
    heard_P = Ps * exp(p.probe_p4)
    heard_IB = exp(p.probe_ib)
    lnstim = log(stim)
    ungated = 1.0 + p.mu_L * fall(y.Is * heard_IB, p.T_Is, p.n_Is)
    made = p.k_LH * p.A_LH * (1.0 + p.pc_L * p.pcos) * y.Q * exp(p.e_S * lnstim) * ungated
    sL = made * (fall(Es * heard_E, p.T_EL, p.n_EL) + p.m_S * y.Z) / (1.0 + heard_P / p.T_PL)
    released = (p.r0 * exp(p.e_R * lnstim) * (1.0 + p.m_R * y.Z) + 0.02) * y.RP
    dy.RP = (sL - released) / 24.0
    dy.LH = (released - p.k_LH * y.LH) / 24.0

    # FSH.
    inhibins = 1.0 + power(y.IBl * heard_IB / p.T_IB, p.n_IB) + power(y.IhA * exp(p.probe_ia) / p.T_IA, p.n_IA)
    gF = fall(y.Ez1 * heard_E, p.T_EF, p.n_EF) / inhibins / (1.0 + heard_P / p.T_PF)
    DF = sqrt(positive(y.Q)) * exp(p.e_F * lnstim) * (1.0 + p.phi_F) / (1.0 + p.phi_F * ft / 16.0)
    dy.FS = (p.F_max * DF * gF - y.FS) / p.tau_FS / 24.0
    dy.FSH = p.k_FSH * (y.FS * (1.0 + p.m_FZ * y.Z) - y.FSH) / 24.0
    dy.IBl = (y.IhB - y.IBl) / p.tau_IB / 24.0
    dy.Is = (y.IhB - y.Is) / p.tau_Is / 24.0

    # Follicle classes: growth above their FSH threshold, atresia below it, rupture in the surge.
    LHd = LT / (LT + p.K_dl) * (1.0 + p.K_dl / 4.0)
    eased = p.del_th * (LHd if LHd < 1.0 else 1.0)
    lift = p.c_L * LT / (1.0 + LT / 20.0)
    ovulating = p.k_om * step(LT, p.T_ov, 6) / (1.0 + u)
    clearing = p.k_reg * step(y.Sc1 + y.Sc2, p.t_ws, 4)
    q1 = leaving(y.x1, ovulating, clearing, p)
    q2 = leaving(y.x2, ovulating, clearing, p)
    q3 = leaving(y.x3, ovulating, clearing, p)
    q4 = leaving(y.x4, ovulating, clearing, p)
    q5 = leaving(y.x5, ovulating, clearing, p)
    q6 = leaving(y.x6, ovulating, clearing, p)
    dy.x1 = (growth(y.x1, p.TH1, eased, FT, lift, p) - q1 * (y.x1 - p.x0)) / 24.0
    dy.x2 = (growth(y.x2, p.TH2, eased, FT, lift, p) - q2 * (y.x2 - p.x0)) / 24.0
    dy.x3 = (growth(y.x3, p.TH3, eased, FT, lift, p) - q3 * (y.x3 - p.x0)) / 24.0
    dy.x4 = (growth(y.x4, p.TH4, eased, FT, lift, p) - q4 * (y.x4 - p.x0)) / 24.0
    dy.x5 = (growth(y.x5, p.TH5, eased, FT, lift, p) - q5 * (y.x5 - p.x0)) / 24.0
    dy.x6 = (growth(y.x6, p.TH6, eased, FT, lift, p) - q6 * (y.x6 - p.x0)) / 24.0

    # Corpus luteum and its clock, which hCG stops.
    rupturing = (
        p.N1 * q1 * above(y.x1, p.x0)
        + p.N2 * q2 * above(y.x2, p.x0)
        + p.N3 * q3 * above(y.x3, p.x0)
        + p.N4 * q4 * above(y.x4, p.x0)
        + p.N5 * q5 * above(y.x5, p.x0)
        + p.N6 * q6 * above(y.x6, p.x0)
    )
    LHc = LT / (LT + p.K_LC) * (1.0 + p.K_LC / 4.0)
    dy.Sc1 = (rupturing / 16.0 - p.k_Sc * y.Sc1) / 24.0
    dy.Sc2 = p.k_Sc * (y.Sc1 - y.Sc2) / 24.0
    lysis = p.k_C * rise(y.Y, 1.0, p.n_Y) + p.k_C0 + p.k_Cd * (1.0 - step(LT, p.T_Cd, 3))
    dy.C = (p.k_Sc * y.Sc2 - lysis * y.C) / 24.0
    wl = step(y.Sc1 + y.Sc2 + y.C, 0.04, 4)
    slowing = 6.0 - 4.0 * y.Y
    running = above(slowing, 0.0) if slowing < 1.0 else 1.0
    dy.Y = (p.k_Y * wl / (1.0 + y.hCG / p.h_resc) * running - p.k_Yr * (1.0 - wl) * y.Y) / 24.0

    # Secretion.
    helped = p.e_s * (1.0 + p.pc_es * p.pcos) * FT / (FT + p.K_FE)
    e = (
        p.N1 * oestrogen(y.x1, helped, p)
        + p.N2 * oestrogen(y.x2, helped, p)
        + p.N3 * oestrogen(y.x3, helped, p)
        + p.N4 * oestrogen(y.x4, helped, p)
        + p.N5 * oestrogen(y.x5, helped, p)
        + p.N6 * oestrogen(y.x6, helped, p)
    )
    arom = 1.0 - p.I_let * y.let / (y.let + p.C50_let)
    dy.E2 = p.k_E2 * (arom * (p.e_0 + p.e_F2 * e * LT / (LT + p.K_LE) + p.e_C * y.C * LHc) - y.E2) / 24.0
    dy.P4 = p.k_P4 * (p.p_0 + p.p_C * y.C * LHc + p.p_Sc * (y.Sc1 + y.Sc2) - y.P4) / 24.0
    large = (
        p.N1 * step(y.x1, 14.0, 6)
        + p.N2 * step(y.x2, 14.0, 6)
        + p.N3 * step(y.x3, 14.0, 6)
        + p.N4 * step(y.x4, 14.0, 6)
        + p.N5 * step(y.x5, 14.0, 6)
        + p.N6 * step(y.x6, 14.0, 6)
    )
    small = (
        p.N1 * small_inhibin(y.x1)
        + p.N2 * small_inhibin(y.x2)
        + p.N3 * small_inhibin(y.x3)
        + p.N4 * small_inhibin(y.x4)
        + p.N5 * small_inhibin(y.x5)
        + p.N6 * small_inhibin(y.x6)
    )
    byFSH = FT / (FT + p.K_B)
    dy.IhA = p.k_A * (p.a_0 + p.a_F * large * byFSH + p.a_C * y.C * LHc - y.IhA) / 24.0
    dy.IhB = p.k_B * (p.b_0 * p.any_left + p.b_F * small * byFSH - y.IhB) / 24.0
    theca = p.T_th * p.theca_left * (1.0 + p.p_T * p.pcos) * LT / (LT + p.K_T)
    dy.T = p.k_T * (p.T_adr + theca - y.T) / 24.0
    dy.PRL = p.k_PRL * (p.PRL * (1.0 - p.E_cab * y.cab / (y.cab + p.C50_cab)) - y.PRL) / 24.0

    # What is given.
    dy.E2og = -p.ka_E2o * y.E2og / 24.0
    dy.E2o = p.ke_E2o * (1e6 * p.F_E2o * p.ka_E2o * y.E2og / p.CL_E2 - y.E2o) / 24.0
    dy.E2p = -p.k_pat * y.E2p / 24.0
    dy.E2t = p.ke_E2t * (1e3 * p.k_pat * y.E2p / p.CL_E2 - y.E2t) / 24.0
    dy.EEg = -p.ka_EE * y.EEg / 24.0
    dy.EE = p.ke_EE * (p.ka_EE * y.EEg - y.EE) / 24.0
    dy.PGg = -p.ka_PG * y.PGg / 24.0
    dy.PGd = -p.k_PGd * y.PGd / 24.0
    dy.PG = p.ke_PG * (p.C_PG * (p.ka_PG * y.PGg + p.k_PGd * y.PGd) - y.PG) / 24.0
    dy.P4d = -p.ka_P4 * y.P4d / 24.0
    dy.P4x = p.ke_P4 * (p.s_P4 * p.ka_P4 * y.P4d - y.P4x) / 24.0
    dy.FSHd = -p.ka_FSH * y.FSHd / 24.0
    dy.FSHx = (p.ka_FSH * y.FSHd * p.F_FSH / p.V_FSH - p.ke_FSH * y.FSHx) / 24.0
    dy.hCGd = -p.ka_hCG * y.hCGd / 24.0
    dy.hCG = (p.ka_hCG * y.hCGd * p.F_hCG / p.V_hCG - p.ke_hCG * y.hCG) / 24.0
    dy.agB = -p.kb_ag * y.agB / 24.0
    dy.agS = -p.ks_ag * y.agS / 24.0
    dy.ag = (1000.0 * (p.kb_ag * y.agB + p.ks_ag * y.agS) - p.CL_ag * y.ag) / p.V_ag / 24.0
    dy.antd = -p.ka_ant * y.antd / 24.0
    dy.ant = (1000.0 * p.F_ant * p.ka_ant * y.antd / p.V_ant - p.ke_ant * y.ant) / 24.0
    dy.let = -p.ke_let * y.let / 24.0
    dy.clo = -p.ke_clo * y.clo / 24.0
    dy.cab = -p.ke_cab * y.cab / 24.0
    dy.upa = -p.ke_upa * y.upa / 24.0


def marker_values(t: float, y: Any, p: Any, m: Any) -> None:
    """Write every marker.

    Parameters
    ----------
    t : float
        Hours from local midnight.
    y, p, m : name spaces
        States, parameters with derived constants, and markers.
    """
    # What a laboratory measures, in its units: pmol/L = 3.671 pg/mL estradiol, nmol/L = 3.180 ng/mL progesterone.
    m.lh = y.LH
    m.fsh = y.FSH + y.FSHx
    m.estradiol = 3.671 * (y.E2 + y.E2o + y.E2t)
    m.progesterone = 3.180 * (y.P4 + y.P4x)
    m.inhibin_a = y.IhA
    m.inhibin_b = y.IhB
    m.testosterone = y.T
    m.prolactin = y.PRL
    m.hcg = y.hCG
    m.estrone = 3.699 * (20.0 + 0.7 * y.E2 + y.E2t + 5.0 * y.E2o)
    # Ovary.
    m.follicle_1 = y.x1
    m.follicle_2 = y.x2
    m.follicle_3 = y.x3
    m.follicle_4 = y.x4
    m.follicle_5 = y.x5
    m.follicle_6 = y.x6
    m.mature_follicles = (
        p.N1 * mature(y.x1)
        + p.N2 * mature(y.x2)
        + p.N3 * mature(y.x3)
        + p.N4 * mature(y.x4)
        + p.N5 * mature(y.x5)
        + p.N6 * mature(y.x6)
    )
    m.antral_follicles = p.N1 + p.N2 + p.N3 + p.N4 + p.N5 + p.N6
    m.ovarian_reserve = p.reserve
    m.luteinising = y.Sc1
    m.corpus_luteum = y.C
    m.luteal_clock = y.Y
    m.own_estradiol = 3.671 * y.E2
    m.own_progesterone = 3.180 * y.P4
    m.own_fsh = y.FSH
    # Brain.
    Ps = y.P4 + y.P4x + y.PG
    m.oestrogen_seen = (y.E2 + p.pot_E2o * y.E2o + y.E2t + p.pot_EE * y.EE) / (1.0 + p.S_clo * y.clo)
    m.progestogen_seen = Ps
    Dp = 1.0 / (1.0 + power(above(y.PRL, p.PRL_n) / p.K_PRL, p.n_PRL))
    tn = power(p.tone * Dp, p.e_T)
    hz = rise(y.Ez2 * (1.0 + p.kap_z * y.Z), p.T_z, p.n_z)
    slowed = (1.0 - p.fmin) * rise(y.Ph / (1.0 + (p.pc_res - 1.0) * p.pcos), p.T_Pf, p.n_Pf)
    f = p.f0 * (1.0 + p.pc_f * p.pcos) * sqrt(tn) * (1.0 - slowed) * (1.0 + p.m_Ef * hz)
    G = sqrt(tn) * (1.0 + p.pc_a * p.pcos) * f / p.f0
    Gp = p.pump_f / 16.0 * 2.0 * p.pump_d / (p.pump_d + p.d50_pump)
    xa = y.ag / p.K_ag
    sg = 1.0 / (1.0 + xa + power(y.ant / p.K_ant, p.n_ant))
    m.gnrh_pulses = f
    m.gnrh_drive = G + Gp
    m.gnrh_effect = y.R * ((G + Gp) * sg + p.S_ag * xa * sg)
    m.surge_switch = y.Z
    m.gnrh_responsiveness = y.R
    m.gonadotroph_capacity = y.Q
    # What is given.
    m.given_fsh = y.FSHx
    m.given_estradiol = 3.671 * (y.E2o + y.E2t)
    m.given_oestrogen = 3.671 * (p.pot_E2o * y.E2o + y.E2t + p.pot_EE * y.EE)
    m.given_progesterone = 3.180 * y.P4x
    m.ethinylestradiol = y.EE
    m.progestin = y.PG
    m.agonist = y.ag
    m.antagonist = y.ant
