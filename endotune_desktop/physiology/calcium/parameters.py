"""Parameters of the calcium axis (gh_prolactin_calcium.md section 3), each with its source."""

from __future__ import annotations

import math

from endotune_desktop.physiology.axis import REFINED, Derived, Parameter

_LN2 = math.log(2.0)
"""Rate constants that the document prints from a half-life are kept as that half-life, not as its six figures."""


def _value(
    identity: str, value: float, unit: str, meaning: str, source: str, *, omega: float | None = None,
    low: float | None = None, high: float | None = None, words: str = "",
) -> Parameter:  # fmt: skip
    """Return a parameter; it may be set between a tenth and ten times its value unless said otherwise."""
    lowest = value / 10.0 if low is None else low
    highest = value * 10.0 if high is None else high
    return Parameter(identity, unit, meaning, value, lowest, highest, source, omega, words)


_REFERENCE = (
    _value("C0", 2.4, "mmol/L", "reference total Ca", "C1", low=2.0, high=2.8),
    _value("PTH0", 4.5, "pmol/L", "reference PTH", "C1", omega=0.25, words="Parathyroid hormone"),
    _value(
        "D0", 100.0, "pmol/L", "reference 1,25(OH)2D", "C1; Peterson & Riggs 90", omega=0.2, words="Level of calcitriol"
    ),
    _value("D250", 60.0, "nmol/L", "reference 25OHD at Db = 50 ug/d", "definition"),
    _value("Pi0", 1.1, "mmol/L", "reference phosphate", "C1"),
    _value("FGF0", 40.0, "pg/mL", "reference intact FGF23", "C1", omega=0.3),
    _value("GFR", 100.0, "mL/min", "GFR (CKD)", "knob", low=5.0, high=200.0, words="Kidney function"),
    _value("GFR0", 100.0, "mL/min", "reference GFR", "definition"),
)

_PARATHYROID = (
    _value("fi", 0.5, "1", "ionised fraction of total Ca", "definition (albumin 40 g/L, pH 7.40)", low=0.3, high=0.7),
    _value("fuf", 0.56, "1", "ultrafiltrable fraction", "P&R 0.6; 0.56 used", low=0.4, high=0.8),
    _value("V", 14.0, "L", "Ca space", "Peterson & Riggs V1 = 14 L", omega=0.1),
    _value(
        "set0",
        1.13,
        "mmol/L",
        "ionised Ca set point",
        "calibrated here",
        omega=0.015,
        low=0.7,
        high=1.8,
        words="Calcium set point",
    ),
    _value("m", 28.0, "1", "slope of the PTH-Ca sigmoid", "calibrated to: steep inverse sigmoid (C8)"),
    _value("smin", 0.05, "1", "non-suppressible fraction", "calibrated to: C8", low=0.0, high=0.5),
    _value(
        "krmax", 3.5, "1/h", "maximum fractional release from gland store", "calibrated here (two-pool structure: C8)"
    ),
    _value("kdeg", 4.0, "1/h", "intragland degradation", "Stadt & Layton / Granjon 0.035/min = 2.1/h; 4.0 c (C8 peak)"),
    _value("kPTH", _LN2 / (4.0 / 60.0), "1/h", "plasma PTH elimination, half-life 4 min", "C3", omega=0.15),
    _value("gD", 0.3, "1", "1,25D suppression of PTH synthesis", "assumed", low=0.0, high=5.0),
    _value("kM", _LN2 / (90.0 * 24.0), "1/h", "gland mass adaptation (half-time 90 d)", "assumed"),
    _value("Mlo", 0.3, "1", "minimum mass", "assumed", low=0.01, high=0.99),
    _value("Mhi", 10.0, "1", "maximum mass", "assumed", low=1.0, high=50.0),
    _value("eM1", 0.6, "1", "mass exponent on CaSR drive", "assumed"),
    _value("eM2", 0.4, "1", "mass exponent on 1/1,25D", "assumed"),
    _value("eM3", 1.0, "1", "mass exponent on Pi", "assumed"),
    _value("VPTH", 8.0, "L", "PTH(1-84) volume", "calibrated to: Cmax 100 ug", omega=0.2),
    _value("eCKDcl", 0.3, "1", "share of PTH clearance lost with GFR", "assumed", low=0.0, high=0.95),
    _value(
        "hypo",
        0.0,
        "1",
        "fraction of parathyroid tissue lost (0.97 postsurgical; no hyperplasia then)",
        "knob",
        low=0.0,
        high=1.0,
        words="Parathyroid tissue lost",
    ),
    _value(
        "Aad",
        0.0,
        "pmol/L",
        "adenoma output at full drive (15 mild, 35 typical, 80 marked)",
        "knob",
        low=0.0,
        high=500.0,
    ),
    _value("amin", 0.1, "1", "adenoma non-suppressible fraction", "assumed", low=0.0, high=0.9),
    _value("shad", 1.12, "1", "adenoma set point shift", "assumed", low=0.8, high=2.0),
    _value("fCaSR", 1.0, "1", "set-point factor, gland and kidney (FHH 1.15, ADH 0.90)", "knob", low=0.6, high=1.6),
)

_GUT_KIDNEY = (
    _value("diet", 25.0, "mmol/d", "dietary Ca (25 = 1000 mg)", "user", low=0.0, high=150.0, words="Calcium in food"),
    _value("kgut", 0.5, "1/h", "gut transit/absorption", "assumed"),
    _value("apas", 0.07, "1", "passive fractional absorption", "calibrated here", low=0.0, high=0.5),
    _value(
        "aact",
        0.6132,
        "1",
        "active absorption at saturation",
        "calibrated to: alpha 0.34 at D0 (C2)",
        omega=0.2,
        low=0.05,
        high=1.5,
        words="Active uptake of calcium",
    ),
    _value(
        "KaD", 95.0, "pmol/L", "1,25D for half active absorption", "calibrated to: UCa on calcitriol (C5), hypopara Ca"
    ),
    _value("nD", 2.5, "1", "exponent", "calibrated here"),
    _value(
        "KlG", 10.0, "mmol", "gut load halving active absorption", "calibrated to: PTH/Ca after 1 g, UCa in hypopara"
    ),
    _value("endo", 3.75, "mmol/d", "endogenous faecal Ca at C0", "C2 (2.5-5)", low=0.0, high=20.0),
    _value("eendo", 1.0, "1", "its exponent on Ca", "assumed"),
    _value("Ktox", 450.0, "nmol/L", "25OHD giving direct VDR action", "calibrated to: toxicity >375 nmol/L"),
    _value("s", 0.06, "mmol/L", "roundness of renal Ca threshold", "calibrated here"),
    _value("dTh", 0.7, "mmol/L", "maximum PTH rise of threshold", "calibrated to: PHPT Ca vs PTH, hypopara UCa (C10)"),
    _value("Kth", 12.2, "pmol/L", "PTH for half", "calibrated here"),
    _value(
        "Th0",
        1.174,
        "mmol/L",
        "threshold (ultrafiltrable Ca) without PTH",
        "calibrated to: C10",
        omega=0.02,
        low=0.6,
        high=2.0,
        words="Renal calcium threshold",
    ),
    _value("thz", 0.0, "1", "thiazide on", "user", low=0.0, high=1.0, words="Thiazide"),
    _value("dthz", 0.06, "mmol/L", "thiazide rise of threshold", "assumed", low=0.0, high=0.5),
    _value("kCaSRth", 1.3, "1", "renal CaSR effect per unit (fCaSR-1), mmol/L", "calibrated to: FHH CCCR (C15)"),
    _value(
        "kcinth",
        0.1,
        "mmol/L",
        "fall of threshold at full cinacalcet effect",
        "calibrated to: UCa unchanged (C14)",
        low=0.0,
        high=1.0,
    ),
)

_BONE = (
    _value("kET", 0.35, "1/h", "PTH signal delay, bone and 1-alpha-hydroxylase", "calibrated to: Ca peak 4.25 h (C4)"),
    _value("Jb", 8.0 / 24.0, "mmol/h", "baseline bone turnover (8 mmol/d)", "C2", omega=0.2),
    _value("Kb", 12.0, "pmol/L", "PTH for half bone effect", "assumed", low=1.0, high=100.0),
    _value("rmin", 0.35, "1", "PTH-independent resorption", "assumed", low=0.0, high=0.95),
    _value("eD", 0.15, "1", "exponent of 1,25D on resorption", "assumed"),
    _value("kRs", 0.01, "1/h", "resorption response rate", "assumed (4 d)"),
    _value("kF", 1.0 / (45.0 * 24.0), "1/h", "formation coupling (45 d)", "assumed"),
    _value("kx", 4.0, "L/h", "exchange conductance ECF-bone fluid", "calibrated to: C4"),
    _value(
        "VB", 42.0, "L", "rapidly exchangeable bone Ca as litres of ECF (100 mmol/2.4)", "Peterson & Riggs Q = 100 mmol"
    ),
    _value(
        "bP",
        0.6,
        "mmol/L",
        "PTH shift of the bone-fluid equilibrium",
        "calibrated to: +0.1 mmol/L (C4)",
        omega=0.2,
        words="Bone answer to PTH",
    ),
)

_VITAMIN_D = (
    _value("kD", 0.0866, "1/h", "1,25D elimination, half-life 8 h", "label 5-8 h (C6)", omega=0.2),
    _value("VD", 16.3, "L", "1,25D volume so that CL = 23.5 mL/min", "Brandi 2002 (C11)", omega=0.2),
    _value("fDmin", 0.3, "1", "1-alpha-hydroxylase without PTH", "calibrated to: hypopara 1,25D", low=0.0, high=1.0),
    _value("fDmax", 2.6, "1", "maximum", "assumed"),
    _value("KdP", 10.28, "pmol/L", "PTH for half (makes f(PTH0)=1)", "constraint"),
    _value("K25", 30.0, "nmol/L", "25OHD for half substrate saturation", "assumed"),
    _value("eFGF", 0.3, "1", "exponent FGF23 on production", "assumed"),
    _value("eCKD", 0.5, "1", "exponent GFR on production", "calibrated to: CKD 1,25D"),
    _value("eCaD", 1.0, "1", "exponent Ca on production", "assumed"),
    _value("eDD", 0.25, "1", "24-hydroxylase self-induction exponent", "assumed"),
    _value(
        "Db",
        50.0,
        "ug/d",
        "all-source vitamin D input (50 ug = 2000 IU)",
        "Heaney 2013: 778-2667 IU (C18)",
        omega=0.3,
        low=0.0,
        high=2000.0,
        words="Vitamin D, all sources",
    ),
    _value("kD3", _LN2 / (7.0 * 24.0), "1/h", "D3 store to 25OHD (7 d)", "assumed"),
    _value("k25", _LN2 / (18.0 * 24.0), "1/h", "25OHD elimination (18 d)", "(m) 2-3 wk"),
    _value("e25", 0.7, "1", "self-induction of clearance", "calibrated to: 12-17.5 nmol/L per 1000 IU (C18)"),
)

_PHOSPHATE = (
    _value("PiDiet", 40.0, "mmol/d", "dietary phosphate", "user", low=0.0, high=200.0, words="Phosphate in food"),
    _value("VPi", 28.0, "L", "Pi space incl. rapid intracellular", "assumed"),
    _value("aPi0", 0.5, "1", "Pi absorption without 1,25D", "assumed"),
    _value("aPi1", 0.3, "1", "1,25D-dependent Pi absorption", "assumed"),
    _value("sP", 0.08, "mmol/L", "roundness of TmP", "assumed"),
    _value("Tm0", 0.928, "mmol/L", "TmP/GFR at reference", "constraint (steady Pi 1.10)", omega=0.1),
    _value("tmin", 0.45, "1", "TmP factor at high PTH", "assumed", low=0.05, high=1.0),
    _value("tmax", 1.5, "1", "TmP factor without PTH", "calibrated to: hypopara Pi"),
    _value("KTm", 4.95, "pmol/L", "PTH constant (makes factor 1 at PTH0)", "constraint"),
    _value("eTmF", 0.2, "1", "exponent FGF23 on TmP", "assumed"),
    _value("kf", 0.01, "1/h", "FGF23 response rate", "assumed"),
    _value("eFPi", 2.0, "1", "FGF23 exponent on Pi", "assumed"),
    _value("eFD", 0.4, "1", "FGF23 exponent on 1,25D", "assumed"),
    _value("eFG", 1.0, "1", "FGF23 exponent on 1/GFR", "calibrated to: CKD FGF23"),
    _value("binder", 0.0, "1", "phosphate binder effect", "user", low=0.0, high=1.0, words="Phosphate binder"),
)

_DRUGS = (
    _value("kactl", 0.6, "1/h", "calcitriol absorption", "calibrated to: tmax 3-6 h"),
    _value(
        "Fctl",
        0.706,
        "1",
        "calcitriol oral bioavailability",
        "Brandi 2002: 0.706",
        omega=0.1,
        low=0.05,
        high=1.0,
        words="Uptake of calcitriol",
    ),
    _value("kaalf", 0.6, "1/h", "alfacalcidol absorption", "assumed"),
    _value("kcalf", 0.12, "1/h", "25-hydroxylation of alfacalcidol", "assumed"),
    _value("Falf", 0.42, "1", "1,25D yield of oral alfacalcidol", "Brandi 2002: 0.42", omega=0.1, low=0.05, high=1.0),
    _value("kater", 10.4, "1/h", "teriparatide s.c. absorption", "Peterson & Riggs code TERIKA 10.4"),
    _value(
        "kter",
        0.659,
        "1/h",
        "teriparatide elimination, half-life 63 min",
        "Peterson & Riggs code CL/V = 62.2/94.4; label about 1 h",
        omega=0.2,
    ),
    _value("Vter", 94.4, "L", "teriparatide volume", "Peterson & Riggs code 94.4", omega=0.3),
    _value("Fter", 0.95, "1", "bioavailability", "label 0.95", low=0.05, high=1.0),
    _value("ka84", 0.35, "1/h", "PTH(1-84) absorption", "(m) t1/2 about 2-3 h"),
    _value("F84", 0.53, "1", "bioavailability", "C13 table: 0.55", low=0.05, high=1.0),
    _value("kapal", 0.2, "1/h", "palopegteriparatide absorption", "assumed"),
    _value("kpal", _LN2 / 60.0, "1/h", "autocleavage, half-life 60 h", "(m) label"),
    _value("CLpal", 62.2, "L/h", "clearance of released PTH(1-34)", "= teriparatide label 62 L/h", omega=0.3),
    _value("kacin", 0.5, "1/h", "cinacalcet absorption", "label tmax 2-6 h"),
    _value(
        "kcin",
        0.1,
        "1/h",
        "cinacalcet effective elimination (7 h; terminal 30-40 h not modelled)",
        "calibrated to: PTH back by 12 h",
    ),
    _value("Vcin", 2200.0, "L", "V/F", "calibrated to: Cmax about 8-10 ug/L after 30 mg (m)", omega=0.4),
    _value("ecin", 0.2, "1", "maximum fractional fall of set point", "calibrated to: -50 % PTH (C14)", omega=0.3),
    _value("ECcin", 8.0, "ug/L", "half effect", "calibrated here"),
    _value("ncin", 1.2, "1", "exponent", "calibrated to: predose PTH near baseline (C16)"),
    _value("kaden", 0.0059, "1/h", "denosumab absorption", "Peterson & Riggs code 0.00592"),
    _value("kden", 0.0011, "1/h", "denosumab elimination (26 d)", "label (m)"),
    _value("Vden", 7.0, "L", "V/F", "calibrated to: Cmax 6 mg/L at 10 d (m)"),
    _value("Iden", 0.85, "1", "maximum inhibition of resorption", "assumed", low=0.0, high=1.0),
    _value("ICden", 0.3, "mg/L", "half inhibition", "assumed"),
    _value("kzol", _LN2 / 8760.0, "1/h", "skeletal zoledronate half-life 1 y", "assumed"),
    _value("Izol", 0.75, "1", "maximum inhibition", "assumed", low=0.0, high=1.0),
    _value("ICzol", 2.0, "mg", "half inhibition", "assumed"),
)

_OWN = (
    Parameter(REFINED, "1", "0 the research specification, 1 this program's refinements", 0.0, 0.0, 1.0,
              "see the axis' refinements"),
    Parameter("probe_ca", "1", "logarithm by which the parathyroids misread ionised calcium", 0.0, -2.0, 2.0,
              "tuning.md 2.1"),
)  # fmt: skip

PARAMETERS: tuple[Parameter, ...] = (
    *_REFERENCE, *_PARATHYROID, *_GUT_KIDNEY, *_BONE, *_VITAMIN_D, *_PHOSPHATE, *_DRUGS, *_OWN
)  # fmt: skip

DERIVED: tuple[Derived, ...] = (
    Derived("kr0", "1/h", "release from the gland store at reference calcium"),
    Derived("hb0", "1", "PTH effect on bone at reference"),
    Derived("f250", "1", "saturation of 1-alpha-hydroxylase at reference"),
    Derived("conv", "nmol/L/ug", "25-hydroxyvitamin D made from a microgram of vitamin D"),
    Derived("G", "L/h", "glomerular filtration"),
    Derived("kP", "1/h", "elimination of PTH at this kidney function"),
    Derived("gD1", "1", "1-alpha-hydroxylase at this kidney function"),
    Derived("gFG", "1", "FGF23 at this kidney function"),
    Derived("Mtop", "1", "largest gland mass; 1 after loss of tissue"),
    Derived("perV", "1/L", "1 over the calcium space"),
    Derived("perVD", "1/L", "1 over the volume of 1,25-dihydroxyvitamin D"),
)
