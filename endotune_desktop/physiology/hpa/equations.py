"""The equations of the adrenal axis, in the order and with the names of hpa.md section 2."""
# ruff: noqa: ANN401  (y, p, dy and m are name spaces for the reader and arrays for the machine)

from __future__ import annotations

from math import cos, exp, pi
from typing import Any

from endotune_desktop.physiology.hpa.binding import unoccupied_cbg


def pos(x: float) -> float:
    """Return max(x, 0)."""
    return x if x > 0.0 else 0.0


def held_back(x: float, k: float, n: float) -> Any:
    """Return the share that inhibition by x leaves: 1/(1 + (x/k)^n); a float (a checker sees powers as complex)."""
    return 1.0 / (1.0 + (pos(x) / k) ** n)


def turnover(mass: float, growth: float, floor: float, most: float) -> float:
    """Return the drive of a gland mass towards its size: growth against turnover, between floor and capacity."""
    return mass * growth * (1.0 - floor) * (1.0 - mass / most) / (1.0 - 1.0 / most) - (mass - floor)


def rates(t: float, y: Any, p: Any, dy: Any) -> None:
    """Write the time derivatives, an hour (hpa.md section 2).

    Parameters
    ----------
    t : float
        Hours from local midnight.
    y, p, dy : name spaces
        States, parameters with derived constants, and derivatives.
    """
    # Binding: two ligands on CBG, linear albumin.
    Vcw = p.Vc * p.w
    NSc1 = 1.0 + p.alb / 66.5 * 1000.0 / p.Ka_alb
    Dpr = Vcw * (1.0 + p.NS_pr) + p.Vt_pr * p.w
    u = unoccupied_cbg(y.CT, y.pr_body / Vcw, p.Kd * NSc1, p.Kd_pr * Dpr / Vcw, p.CBG)
    F = y.CT / (NSc1 + u / p.Kd)
    Fp = y.pr_body / (Dpr + Vcw * u / p.Kd_pr)

    # Circadian drive, with pulses when they are drawn (their chain rests at 1 otherwise).
    day = p.c1 * cos(pi * (t - p.ph1) / 12.0) + p.c2 * cos(pi * (t - p.ph2) / 6.0)
    D = p.stress * exp(day) * (1.0 - p.pulsat + p.pulsat * y.q2)
    dy.q1 = (p.pulse_rest - y.q1) / p.tau_pulse
    dy.q2 = (y.q1 - y.q2) / p.tau_pulse

    # Hypothalamus.
    R_h = 1.0 / (1.0 + pos(y.E) / p.K_MR) * held_back(y.E, p.K_GRh, p.n_GR)
    dy.CRH = p.k_crh * (p.f_H * p.H0 * D * R_h - y.CRH)
    dy.CRHx = -p.k_crhx * y.CRHx
    c = y.CRH + y.CRHx

    # Pituitary, and a tumour in it or elsewhere.
    s = c * (1.0 + p.K_C) / (c + p.K_C)
    R_p = held_back(y.E, p.K_GRp, p.n_GR) * held_back(y.E2, p.K_E2, p.n_GR)
    R_T = held_back(y.E, p.K_GRp * p.r_T, p.n_GR) * held_back(y.E2, p.K_E2 * p.r_T, p.n_GR)
    s_T = 1.0 - p.q_T + p.q_T * (1.0 + c) * (2.0 + p.K_C) / (2.0 * (1.0 + c + p.K_C))
    dy.ACTH = p.k_acth * (p.f_P * p.A0 * y.P * s * R_p + p.T_P * s_T * R_T - y.ACTH)

    # Adrenal: saturable answer with a lag, block of 11-hydroxylase by metyrapone or by birth.
    a = pos(y.ACTH) + pos(y.cos)
    dy.Y = p.k_Y * (a**p.n_A / (a**p.n_A + p.EC50**p.n_A) - y.Y)
    tot = p.SRmax * p.f_A * y.A * y.B * y.Y
    cm = y.met_body / (p.V_met * p.w)
    blk = 1.0 - (1.0 - p.Imax_met * cm / (cm + p.IC_met)) * (1.0 - p.f_S11)
    sec = (tot + p.aut_F) * (1.0 - blk)
    dy.S = ((tot + p.aut_F) * blk + p.leak_S * tot - p.CL_S * y.S) / p.V_S
    dy.DHEAS = p.k_D * (p.DHEAS0 * p.f_A * y.A * y.B * y.Y / p.refD - y.DHEAS)

    # Cortisol in plasma, tissue and urine. An infusion enters CT as a constant input.
    absorbed = p.F_hc * p.k_hc * y.hc_g2 + p.k_im * (y.hc_im * (1.0 - p.im_two) + y.hc_im2)
    exchange = p.Qt * p.al * (F - y.FT)
    dy.CT = (sec + absorbed - p.CLu * p.al * F - exchange) / Vcw
    dy.FT = exchange / (p.Vt * p.w)
    dy.UFC = p.CLr * F - p.k_ufc * y.UFC
    dy.UFC2 = p.k_ufc * (y.UFC - y.UFC2)

    # Glucocorticoid signal, as free cortisol.
    G = F + p.pot_pr * Fp + p.pot_dx * y.dx_body / (p.V_dx * p.w)
    # (the probe is 0 but where the indices of communication ask how the centre hears: tuning.md 2.1)
    dy.E = p.k_E * (G * exp(p.probe_g) - y.E)
    dy.E2 = p.k_E2 * (y.E - y.E2)

    # Gland masses and capacity; their times are in days.
    gP = c / (c + p.th_P) / p.refP
    r = a / p.ACTHref
    gA = r / (r + p.th_A) / p.refA
    dy.P = 0.6931471805599453 / (24.0 * p.t_P) * turnover(y.P, gP, p.P_f, p.K_P)
    dy.A = 0.6931471805599453 / (24.0 * p.t_A) * turnover(y.A, gA, p.A_f, p.K_A)
    dy.B = (p.b_m + (1.0 - p.b_m) * gA - y.B) / (24.0 * p.t_B)

    # What is given.
    dy.hc_g1 = p.k_mr * y.mr_core + p.k_dr * y.dr4 - p.k_hc * y.hc_g1
    dy.hc_g2 = p.k_hc * (y.hc_g1 - y.hc_g2)
    dy.mr_core = -p.k_mr * y.mr_core
    dy.dr1 = p.k_dr * (y.dl16 - y.dr1)
    dy.dr2 = p.k_dr * (y.dr1 - y.dr2)
    dy.dr3 = p.k_dr * (y.dr2 - y.dr3)
    dy.dr4 = p.k_dr * (y.dr3 - y.dr4)
    dy.dl1 = -p.k_dr * y.dl1
    dy.dl2 = p.k_dr * (y.dl1 - y.dl2)
    dy.dl3 = p.k_dr * (y.dl2 - y.dl3)
    dy.dl4 = p.k_dr * (y.dl3 - y.dl4)
    dy.dl5 = p.k_dr * (y.dl4 - y.dl5)
    dy.dl6 = p.k_dr * (y.dl5 - y.dl6)
    dy.dl7 = p.k_dr * (y.dl6 - y.dl7)
    dy.dl8 = p.k_dr * (y.dl7 - y.dl8)
    dy.dl9 = p.k_dr * (y.dl8 - y.dl9)
    dy.dl10 = p.k_dr * (y.dl9 - y.dl10)
    dy.dl11 = p.k_dr * (y.dl10 - y.dl11)
    dy.dl12 = p.k_dr * (y.dl11 - y.dl12)
    dy.dl13 = p.k_dr * (y.dl12 - y.dl13)
    dy.dl14 = p.k_dr * (y.dl13 - y.dl14)
    dy.dl15 = p.k_dr * (y.dl14 - y.dl15)
    dy.dl16 = p.k_dr * (y.dl15 - y.dl16)
    dy.hc_im = -p.k_im * y.hc_im
    dy.hc_im2 = p.k_im * (p.im_two * y.hc_im - y.hc_im2)
    dy.pr_gut = -p.ka_pr * y.pr_gut
    dy.pr_body = p.ka_pr * y.pr_gut - p.CLu_pr * p.al * Fp
    dy.dx_gut = -p.ka_dx * y.dx_gut
    dy.dx_body = p.ka_dx * y.dx_gut - p.CL_dx * p.al * y.dx_body / (p.V_dx * p.w)
    dy.cos = p.k_cosdep * y.cos_dep + p.k_cosIM * y.cos_im - p.k_cos * y.cos
    dy.cos_im = -p.k_cosIM * y.cos_im
    dy.cos_dep = -p.k_cosdep * y.cos_dep
    dy.met_gut = -p.ka_met * y.met_gut
    dy.met_body = p.ka_met * y.met_gut - p.k_met * y.met_body


def marker_values(t: float, y: Any, p: Any, m: Any) -> None:
    """Write every marker (hpa.md section 2, outputs).

    Parameters
    ----------
    t : float
        Hours from local midnight.
    y, p, m : name spaces
        States, parameters with derived constants, and markers.
    """
    Vcw = p.Vc * p.w
    NSc1 = 1.0 + p.alb / 66.5 * 1000.0 / p.Ka_alb
    Dpr = Vcw * (1.0 + p.NS_pr) + p.Vt_pr * p.w
    u = unoccupied_cbg(y.CT, y.pr_body / Vcw, p.Kd * NSc1, p.Kd_pr * Dpr / Vcw, p.CBG)
    F = y.CT / (NSc1 + u / p.Kd)
    Fp = y.pr_body / (Dpr + Vcw * u / p.Kd_pr)
    prednisolone = (y.pr_body - p.Vt_pr * p.w * Fp) / Vcw
    m.acth = y.ACTH
    m.cortisol = y.CT
    m.free_cortisol = F
    m.salivary_cortisol = p.sal * F
    m.ufc = 24.0 * p.k_ufc * y.UFC2
    m.dheas = y.DHEAS
    m.deoxycortisol_11 = y.S
    # Cross-reactions of a usual immunoassay: prednisolone 8 %, 11-deoxycortisol 5 %, dexamethasone none.
    m.cortisol_immunoassay = y.CT + 0.08 * prednisolone + 0.05 * y.S
    m.prednisolone = prednisolone
    m.free_prednisolone = Fp
    m.dexamethasone = y.dx_body / (p.V_dx * p.w)
    m.free_share = 100.0 / (NSc1 + u / p.Kd)
    m.pituitary_mass = y.P
    m.adrenal_mass = y.A
    m.adrenal_capacity = y.B
    m.crh = y.CRH + y.CRHx
    day = p.c1 * cos(pi * (t - p.ph1) / 12.0) + p.c2 * cos(pi * (t - p.ph2) / 6.0)
    m.crh_drive = p.stress * p.f_H * exp(day) * (1.0 - p.pulsat + p.pulsat * y.q2)
    m.fast_effect = y.E
    m.slow_effect = y.E2
    # Flows, by mass a day: nmol/h x 24 x 362.46e-6 mg/nmol.
    tot = p.SRmax * p.f_A * y.A * y.B * y.Y
    cm = y.met_body / (p.V_met * p.w)
    blk = 1.0 - (1.0 - p.Imax_met * cm / (cm + p.IC_met)) * (1.0 - p.f_S11)
    m.cortisol_secretion = 24.0 * 362.46e-6 * (tot + p.aut_F) * (1.0 - blk)
    absorbed = p.F_hc * p.k_hc * y.hc_g2 + p.k_im * (y.hc_im * (1.0 - p.im_two) + y.hc_im2)
    m.cortisol_taken_up = 24.0 * 362.46e-6 * absorbed
    given = p.pot_pr * Fp + p.pot_dx * y.dx_body / (p.V_dx * p.w)
    m.glucocorticoid_given = given
    m.urine_free_cortisol_rate = 24.0 * p.CLr * F
    # What speaks to the centre, and what is given as the cortisol secretion that would say the same: G is cleared as F.
    m.glucocorticoid_signal = F + given
    m.glucocorticoid_intake = 24.0 * 362.46e-6 * (absorbed + p.CLu * p.al * given)
    m.working_adrenal = p.f_A * y.A
