"""Parameters of what is given on the adrenal axis: absorption, distribution, potency (hpa.md section 3)."""

from __future__ import annotations

import math

from endotune_desktop.physiology.axis import Parameter


def value_of(
    identity: str, value: float, unit: str, meaning: str, source: str, *, low: float | None = None,
    high: float | None = None, omega: float | None = None, words: str = "",
) -> Parameter:  # fmt: skip
    """Return a parameter; it may be set between a tenth and ten times its value unless said otherwise.

    Parameters
    ----------
    identity : str
    value : float
        Typical value, in `unit`.
    unit, meaning, source : str
    low, high : float, optional
        Accepted bounds.
    omega : float, optional
        Lognormal standard deviation between persons.
    words : str
        Plain words for the physiology card.
    """
    lowest, highest = (value / 10.0 if low is None else low), (value * 10.0 if high is None else high)
    return Parameter(identity, unit, meaning, value, lowest, highest, source, omega, words)


_LN2 = math.log(2.0)

DRUG_PARAMETERS: tuple[Parameter, ...] = (
    value_of(
        "F_hc", 0.96, "1", "absorbed share of oral hydrocortisone",
        "Derendorf 1991", low=0.3, high=1.0, omega=0.05,
    ),
    value_of(
        "k_hc", 1.27, "1/h", "hydrocortisone absorption, each of two stages",
        "two-stage absorption; tmax ~1 h; food: x0.5", omega=0.35, words="Uptake speed of hydrocortisone",
    ),
    value_of(
        "f_mrIR", 0.36, "1", "dual-release hydrocortisone: share in the outer coat",
        "dual-release outer coat fraction", low=0.0, high=1.0,
    ),
    value_of(
        "k_mr", 0.2, "1/h", "dual-release hydrocortisone: release from the core",
        "dual-release core release", omega=0.2,
    ),
    value_of(
        "F_mr", 0.8, "1", "dual-release hydrocortisone: exposure relative to plain tablets",
        "dual-release exposure ~20% lower than IR", low=0.3, high=1.2, omega=0.08,
    ),
    value_of(
        "k_dr", 0.9, "1/h", "delayed-release hydrocortisone: each of four stages",
        "delayed-release 4-stage chain", omega=0.2,
    ),
    value_of(
        "k_im", 0.8, "1/h", "hydrocortisone absorption from muscle",
        "IM/SC HC succinate", omega=0.3,
    ),
    value_of(
        "F_pr", 0.98, "1", "absorbed share of oral prednisolone",
        "Rose 1981", low=0.3, high=1.0, omega=0.03,
    ),
    value_of(
        "ka_pr", 2.0, "1/h", "prednisolone absorption",
        "tmax 1-2 h", omega=0.4,
    ),
    value_of(
        "CLu_pr", 47.0, "L/h", "clearance of free prednisolone at 70 kg",
        "t1/2 3.3 h; Legler 1982", omega=0.25, words="Clearance of prednisolone",
    ),
    value_of(
        "Vt_pr", 185.0, "L", "tissue space of free prednisolone at 70 kg",
        "V 58 L at 20 mg (Rose 1981)", omega=0.2,
    ),
    value_of(
        "Kd_pr", 58.0, "nmol/L", "dissociation constant of prednisolone and CBG",
        "CBG affinity ~57% of cortisol", low=20.0, high=200.0,
    ),
    value_of(
        "NS_pr", 3.2, "1", "prednisolone bound to albumin over free",
        "fu 0.12->0.24 with dose (Legler 1982)", low=1.0, high=10.0,
    ),
    value_of(
        "pot_pr", 1.0, "1", "potency of free prednisolone relative to free cortisol",
        "set by hand (2 -> 1) so that 4-6 mg/d is the suppression threshold; equal AUC, 5 mg = HC 20 mg gives 0.85",
        omega=0.2,
    ),
    value_of(
        "F_dx", 0.78, "1", "absorbed share of oral dexamethasone",
        "0.61-0.9", low=0.3, high=1.0, omega=0.1,
    ),
    value_of(
        "ka_dx", 1.2, "1/h", "dexamethasone absorption",
        "tmax 1.6-2.0 h (Loew 1986)", omega=0.3,
    ),
    value_of(
        "CL_dx", 13.5, "L/h", "dexamethasone clearance at 70 kg",
        "Tsuei 1979: 245 mL/min", omega=0.22, words="Clearance of dexamethasone",
    ),
    value_of(
        "V_dx", 70.0, "L", "distribution volume of dexamethasone at 70 kg",
        "Tsuei 1979, t1/2 3.6 h", omega=0.15,
    ),
    value_of(
        "pot_dx", 3.6, "1", "potency of total dexamethasone relative to free cortisol",
        "fit gave 2.95 (1-mg DST); raised by hand to 3.6 for population DST specificity",
        omega=0.2, words="Sensitivity to dexamethasone",
    ),
    value_of(
        "V_cos", 5000.0, "mL", "distribution volume of tetracosactide",
        "plasma+early ECF",
    ),
    value_of(
        "k_cos", _LN2 / 0.25, "1/h", "tetracosactide elimination (half-life 15 min)",
        "t1/2 15 min", omega=0.1,
    ),
    value_of(
        "eq_cos", 1.55, "1", "tetracosactide as a mass of ACTH 1-39",
        "MW 4541/2933", low=0.5, high=3.0,
    ),
    value_of(
        "k_cosIM", 3.0, "1/h", "tetracosactide absorption from muscle",
        "IM cosyntropin", omega=0.2,
    ),
    value_of(
        "k_cosdep", 0.06, "1/h", "tetracosactide release from the zinc depot",
        "zinc depot t1/2 ~12 h", omega=0.2,
    ),
    value_of(
        "k_crhx", _LN2 / 0.25, "1/h", "corticorelin elimination (half-life 15 min)",
        "hCRH t1/2 ~25 min (oCRH 55-70 min)", omega=0.15,
    ),
    value_of(
        "s_crhx", 0.482, "1/ug", "corticorelin on the scale of own CRH",
        "100 ug -> 30 AU; calibrated (saturating)", omega=0.2,
    ),
    value_of(
        "ka_met", 1.5, "1/h", "metyrapone absorption",
        "tmax 1 h", omega=0.3,
    ),
    value_of(
        "V_met", 130.0, "L", "distribution volume of metyrapone at 70 kg",
        "750 mg -> 3.7 mg/L at 1 h (label)", omega=0.2,
    ),
    value_of(
        "k_met", _LN2 / 1.9, "1/h", "metyrapone elimination (half-life 1.9 h)",
        "t1/2 1.9 h (label)", omega=0.2,
    ),
    value_of(
        "IC_met", 0.12, "mg/L", "metyrapone for half block",
        "calibrated", omega=0.3,
    ),
    value_of(
        "Imax_met", 0.97, "1", "largest block by metyrapone",
        "assumed", low=0.1, high=1.0,
    ),
)  # fmt: skip
