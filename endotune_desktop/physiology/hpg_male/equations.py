"""The equations of the male gonadal axis, in the order and with the names of hpg_male.md section 6.

Rates of the document are a day; everything is divided by 24 at the end, since this program counts hours.
"""
# ruff: noqa: ANN401  (y, p, dy and m are name spaces for the reader and arrays for the machine)

from __future__ import annotations

from math import cos, exp, pi, sqrt
from typing import Any


def _saturating(x: float, half: float, steepness: float) -> float:
    """Return ``H(x; half, steepness)``: 0 for x <= 0."""
    ratio = x / half if x > 0.0 else 0.0
    raised = ratio**steepness
    return raised / (1.0 + raised)  # type: ignore[no-any-return]


def _positive(x: float) -> float:
    """Return x where the round-off of an empty state must not reach a power."""
    return x if x > 0.0 else 0.0


def _free_fraction(T: float, SHBG: float, N: float) -> float:
    """Return free over total testosterone: the root of section 8 in the form that does not cancel."""
    b = N + SHBG - T
    return 2.0 / (b + sqrt(b * b + 4.0 * N * T))


def _own_drive(Af: float, Es: float, W: float, w_A: float, w_E: float, n_fb: float, eta_W: float, W0: float) -> float:
    """Return the GnRH drive of a tone of 1: feedback Phi and slow suppression."""
    a = _positive(Af)
    e = _positive(Es)
    phi = (1.0 + w_A + w_E) / (1.0 + w_A * a**n_fb + w_E * e**n_fb)
    return phi * (1.0 + eta_W * W0) / (1.0 + eta_W * W)  # type: ignore[no-any-return]


def _stimulation(drive: float, bound: float, R: float, Q: float, cap_Pit: float, gam_R: float, S_ag: float) -> float:
    """Return what reaches the gonadotroph: its capacity times GnRH and bound agonist."""
    r = _positive(R)
    return cap_Pit * r**gam_R * Q * (drive + S_ag * bound)  # type: ignore[no-any-return]


def _leydig(L: float, K_LH: float, LH_ref: float) -> float:
    """Return Leydig secretion at an LH activity, 1 at the reference."""
    return L / (K_LH + L) * (K_LH + LH_ref) / LH_ref


def rates(t: float, y: Any, p: Any, dy: Any) -> None:
    """Write the time derivatives, an hour (hpg_male.md section 6).

    Parameters
    ----------
    t : float
        Hours from local midnight.
    y, p, dy : name spaces
        States, parameters with derived constants, and derivatives.
    """
    # Hypothalamus: feedback, slow suppression, pump, agonist and antagonist at the GnRH receptor.
    Es = y.Ef / (1.0 + p.S_clo * y.clo + p.S_encl * y.encl)
    G = p.tone_own * _own_drive(y.Af, Es, y.W, p.w_A, p.w_E, p.n_fb, p.eta_W, p.W0)
    xa = y.leu / p.K_ag
    sg = 1.0 / (1.0 + xa + y.deg / p.K_ant)
    th = xa * sg
    g = (G + p.Gp) * sg
    stim = _stimulation(g, th, y.R, y.Q, p.cap_Pit, p.gam_R, p.S_ag)

    # Pituitary: estradiol on both hormones, inhibin B on FSH; gonadotroph capacity, receptor, slow suppression.
    hE = (1.0 + p.v_E) / (1.0 + p.v_E * Es)
    hI = (1.0 + p.w_I) / (1.0 + p.w_I * y.IB / p.IB_ref)
    SLH = p.k_LH * p.LH_ref * stim * hE
    SFSH = p.k_FSH * p.FSH_ref * (stim**p.e_FSH if stim > 1e-12 else 0.0) * sqrt(hE) * hI
    dy.LH = (p.lh_stream * SLH - p.k_LH * y.LH) / 24.0
    dy.FSH = (SFSH - p.k_FSH * y.FSH) / 24.0
    dy.Q = (p.Q_min + (p.Q_max - p.Q_min) * g / (g + p.Kq) - y.Q) / p.tau_Q / 24.0
    binding = th + p.cont if th + p.cont < 1.0 else 1.0
    dy.R = (p.k_R * (1.0 - y.R) - p.k_des * binding * y.R) / 24.0
    dy.W = (p.W_on * _saturating(y.Af, p.A_W, p.n_W) * (1.0 - y.W) - p.W_off * y.W) / 24.0

    # Testis: LH and hCG on the Leydig cell, its trophic capacity, testosterone with its clearance.
    ff = _free_fraction(y.T, y.SHBG, p.N_alb)
    fT = ff * y.T / p.fTr
    L = y.LH + p.eps_hCG * y.hCG
    PT = p.capL * y.M * _leydig(L, p.K_LH, p.LH_ref)
    trophic = _saturating(L, p.K_M, p.n_M) / _saturating(p.LH_ref, p.K_M, p.n_M)
    trophic = trophic if trophic < 1.3 else 1.3
    dy.M = (p.M_min + (1.0 - p.M_min) * trophic - y.M) / p.tau_M / 24.0
    rin = (
        p.ka_gel * y.gel + p.ks_patch * y.skin + p.kh_TE * y.TEe + p.kh_TC * y.TCe + p.kh_TU * y.TUe + p.ka_TUo * y.TUo
    )
    rhythm = 1.0 + p.a_own * cos(2.0 * pi * (t / 24.0 - p.t_peak))
    made = p.production * PT * rhythm + p.CL_T * p.T_adr + 3467.0464 * rin
    dy.T = (made - p.CL_T * (ff / p.ffr) ** p.q_ff * y.T) / p.V_T / 24.0

    # What testosterone turns into and binds to, and the filtered signals of the feedback.
    blocked = 1.0 - p.I_ana * y.ana / (y.ana + p.C50_ana)
    dy.E2 = p.k_E2 * (p.E2_ref * p.arom * blocked * ((1.0 - p.fr_test) * fT + p.fr_test * PT) - y.E2) / 24.0
    seen = fT if fT > 0.05 else 0.05
    dy.SHBG = (p.SHBG_own * seen ** (-p.g_SHBG) - y.SHBG) / p.tau_SHBG / 24.0
    # (the probes are 0 but where the indices of communication ask how the centre hears: tuning.md 2.1)
    dy.Af = (fT * exp(p.probe_t) + p.pot_AAS * y.AAS - y.Af) / p.tau_fb / 24.0
    dy.Ef = (y.E2 * exp(p.probe_e2) / p.E2_ref - y.Ef) / p.tau_fb / 24.0

    # Sertoli cell: inhibin B and the transit stages of sperm, three in the document and six when refined.
    Ft = y.FSH + y.FSHx
    held = Ft / (p.K_IB + Ft) * (p.K_IB + p.FSH_ref) / p.FSH_ref
    dy.IB = (p.IB_ref * p.cap_Sert * (p.b_IB + (1.0 - p.b_IB) * held) - y.IB) / p.tau_IB / 24.0
    androgen = _saturating(PT, p.K_ITT, p.n_ITT) / _saturating(1.0, p.K_ITT, p.n_ITT)
    support = 0.15 + 0.85 * _saturating(Ft, p.K_FSHs, 1.5) / _saturating(p.FSH_ref, p.K_FSHs, 1.5)
    dy.Sp1 = (p.Sp_ref * p.cap_Sert * androgen * support - y.Sp1) / p.tau_Sp / 24.0
    dy.Sp2 = (y.Sp1 - y.Sp2) / p.tau_Sp / 24.0
    dy.Sp3 = (y.Sp2 - y.Sp3) / p.tau_Sp / 24.0
    dy.Sp4 = (y.Sp3 - y.Sp4) / p.tau_Sp / 24.0
    dy.Sp5 = (y.Sp4 - y.Sp5) / p.tau_Sp / 24.0
    dy.Sp6 = (y.Sp5 - y.Sp6) / p.tau_Sp / 24.0

    # Testosterone on its way in.
    dy.gel = -p.ka_gel * y.gel / 24.0
    dy.patch = -p.ka_patch * y.patch / 24.0
    dy.skin = (p.ka_patch * y.patch - p.ks_patch * y.skin) / 24.0
    dy.TE = -p.ka_TE * y.TE / 24.0
    dy.TEe = (p.ka_TE * y.TE - p.kh_TE * y.TEe) / 24.0
    dy.TC = -p.ka_TC * y.TC / 24.0
    dy.TCe = (p.ka_TC * y.TC - p.kh_TC * y.TCe) / 24.0
    dy.TU = -p.ka_TU * y.TU / 24.0
    dy.TUe = (p.ka_TU * y.TU - p.kh_TU * y.TUe) / 24.0
    dy.TUo = -p.ka_TUo * y.TUo / 24.0

    # Gonadotropins, tablets, GnRH analogues, nandrolone.
    dy.hCGd = -p.ka_hCG * y.hCGd / 24.0
    dy.hCG = (p.ka_hCG * y.hCGd / p.V_hCG - p.ke_hCG * y.hCG) / 24.0
    dy.FSHd = -p.ka_FSHx * y.FSHd / 24.0
    dy.FSHx = (p.ka_FSHx * y.FSHd / p.V_FSHx - p.ke_FSHx * y.FSHx) / 24.0
    dy.clo = -p.ke_clo * y.clo / 24.0
    dy.encl = -p.ke_encl * y.encl / 24.0
    dy.ana = -p.ke_ana * y.ana / 24.0
    released = p.kb_leu * y.leuB + p.ks_leu1 * y.leuS1 + p.ks_leu3 * y.leuS3 + p.ks_leu6 * y.leuS6
    dy.leuB = -p.kb_leu * y.leuB / 24.0
    dy.leuS1 = -p.ks_leu1 * y.leuS1 / 24.0
    dy.leuS3 = -p.ks_leu3 * y.leuS3 / 24.0
    dy.leuS6 = -p.ks_leu6 * y.leuS6 / 24.0
    dy.leu = (1000.0 * released - p.CL_leu * y.leu) / p.V_leu / 24.0
    dy.degB = -p.kb_deg * y.degB / 24.0
    dy.degS = -p.ks_deg * y.degS / 24.0
    dy.deg = (1000.0 * (p.kb_deg * y.degB + p.ks_deg * y.degS) - p.CL_deg * y.deg) / p.V_deg / 24.0
    dy.AAS = -p.ka_AAS * y.AAS / 24.0


def marker_values(t: float, y: Any, p: Any, m: Any) -> None:
    """Write every marker (hpg_male.md sections 6, 8 and 9).

    Parameters
    ----------
    t : float
        Hours from local midnight.
    y, p, m : name spaces
        States, parameters with derived constants, and markers.
    """
    ff = _free_fraction(y.T, y.SHBG, p.N_alb)
    m.lh = y.LH
    m.fsh = y.FSH + y.FSHx
    m.testosterone = y.T
    m.free_testosterone = 1000.0 * ff * y.T
    m.estradiol = y.E2
    m.shbg = y.SHBG
    m.inhibin_b = y.IB
    m.sperm_index = (1.0 - p.long_chain) * y.Sp3 + p.long_chain * y.Sp6
    m.bioavailable_testosterone = p.N_alb * ff * y.T
    m.percent_free = 100.0 * ff
    # Drive and glands.
    Es = y.Ef / (1.0 + p.S_clo * y.clo + p.S_encl * y.encl)
    G = p.tone_own * _own_drive(y.Af, Es, y.W, p.w_A, p.w_E, p.n_fb, p.eta_W, p.W0)
    xa = y.leu / p.K_ag
    sg = 1.0 / (1.0 + xa + y.deg / p.K_ant)
    stim = _stimulation((G + p.Gp) * sg, xa * sg, y.R, y.Q, p.cap_Pit, p.gam_R, p.S_ag)
    made = p.k_LH * p.LH_ref * stim * (1.0 + p.v_E) / (1.0 + p.v_E * Es)
    frequency = p.f0 * _positive(G + p.Gp) ** p.q_f
    frequency = frequency if frequency < 28.0 else 28.0
    frequency = frequency if frequency > 1.0 else 1.0
    m.gnrh_drive = G + p.Gp
    m.lh_pulse_frequency = frequency
    m.lh_pulse_size = made / frequency
    m.pituitary_capacity = p.cap_Pit * y.Q
    m.gnrh_receptor = y.R
    m.slow_suppression = y.W
    m.leydig_capacity = p.capL * y.M
    PT = p.capL * y.M * _leydig(y.LH + p.eps_hCG * y.hCG, p.K_LH, p.LH_ref)
    m.testicular_testosterone = PT
    m.sertoli_capacity = p.cap_Sert
    # Flows, for the loop diagram.
    m.testosterone_secretion = p.production * PT * (1.0 + p.a_own * cos(2.0 * pi * (t / 24.0 - p.t_peak)))
    given = p.ka_gel * y.gel + p.ks_patch * y.skin + p.kh_TE * y.TEe + p.kh_TC * y.TCe
    m.testosterone_given = 3467.0464 * (given + p.kh_TU * y.TUe + p.ka_TUo * y.TUo)
    m.androgen_signal = y.Af
    m.estradiol_signal = Es
    # What is given, in plasma or in the body.
    m.hcg = y.hCG
    m.fsh_given = y.FSHx
    m.leuprorelin = y.leu
    m.degarelix = y.deg
    m.nandrolone = y.AAS
