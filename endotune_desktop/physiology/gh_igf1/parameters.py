"""Parameters of glands, tests and IGF-1, and the derived constants (gh_prolactin_calcium.md section 1)."""

from __future__ import annotations

from endotune_desktop.physiology.axis import REFINED, Derived, Parameter
from endotune_desktop.physiology.gh_igf1.drug_parameters import DRUGS, constant

_USER = "the person; a scenario may name another value"
OWN = -1.0
"""Value of `WT`, `age` and `female` that stands for the person's own."""

_BODY = (
    Parameter("WT", "kg", "body weight; -1 stands for the person's own", OWN, -1.0, 200.0, _USER),
    Parameter("age", "years", "age; -1 stands for the person's own", OWN, -1.0, 120.0, _USER),
    Parameter("female", "1", "1 for a woman, 0 for a man; -1 stands for the person's own", OWN, -1.0, 1.0, _USER),
)

_MODEL = (
    constant(
        "M", 124.25, "ug/L", "releasable GH pool of the somatotrophs, per plasma volume",
        "calibrated here to: test peaks (G5)", omega=0.35, words="Releasable growth hormone",
    ),
    constant("kp", 0.7, "1/h", "pool refill rate", "assumed"),
    constant("kr", 0.1193, "1/h", "release rate constant", "calibrated here to: 24-h mean, nadir", omega=0.3),
    constant("Gb", 1.0, "1", "interburst GHRH drive (=1 by definition)", "definition"),
    constant(
        "Ga", 101.79, "1", "amplitude of the largest GHRH burst over Gb", "calibrated here to: 24-h maximum", omega=0.3,
    ),
    constant("w", 0.35, "h", "SD of a GHRH burst", "assumed (GH pulse width about 1 h)"),
    constant("KS", 0.25, "1", "somatostatin tone for half inhibition", "calibrated here with M (fixed shape)"),
    constant("nS", 3.0, "1", "Hill coefficient, somatostatin", "calibrated here (GHRH x arginine synergy)"),
    constant("kS", 4.0, "1/h", "turnover of somatostatin tone", "assumed"),
    constant("aGH", 0.4, "1", "GH autofeedback on somatostatin, maximum", "assumed"),
    constant("KG", 2.0, "ug/L", "GH for half of that", "assumed"),
    constant(
        "hI", 0.6, "1", "exponent of IGF-1 negative feedback, normal somatotroph", "assumed; Laron GH (G12)", omega=0.2,
        words="Feedback of IGF-1",
    ),
    constant("IGFn", 150.0, "ug/L", "IGF-1 at which feedback = 1", "definition"),
    constant("k_age", 0.014, "1/year", "decline of GH secretion with age (14 %/decade)", "Iranmanesh 1991 (m)"),
    constant("f_sex", 1.8, "1", "secretion woman/man", "calibrated here to: G4"),
    constant("kGH", 2.04, "1/h", "GH plasma elimination, half-life 20.4 min", "label: 21.1+-1.7 min (G10)", omega=0.15),
    constant("V", 4.9, "L", "GH distribution volume", "label: 67.7 mL/kg (G10)", omega=0.2),
    constant("gmax", 1186.0, "1", "maximum drive by exogenous GHRH", "calibrated here to: 19.1 ug/L (G5)", omega=0.4),
    constant("kghrh", 4.0, "1/h", "GHRH plasma elimination (10 min)", "assumed"),
    constant("Kghrh", 20.0, "ug", "GHRH amount in plasma for half effect", "assumed"),
    constant("earg", 0.95, "1", "maximum suppression of somatostatin by arginine", "assumed", high=1.0),
    constant("karg", 1.5, "1/h", "arginine washout", "assumed"),
    constant("Aarg", 3.0, "g", "arginine amount for half effect", "assumed"),
    constant(
        "garg", 4.492, "1", "GHRH drive released by somatostatin withdrawal under arginine",
        "calibrated here to: 18.0 ug/L (G5)", omega=0.4,
    ),
    constant("ehyp", 0.8, "1", "maximum suppression of somatostatin by hypoglycaemia", "assumed", high=1.0),
    constant(
        "ghyp", 378.0, "1", "GHRH drive per unit hypoglycaemia signal", "calibrated here to: 21.8 ug/L (G5)", omega=0.4,
    ),
    constant("kh", 2.5, "1/h", "rate of the two-step hypoglycaemia signal", "assumed (peak 24 min)"),
    constant(
        "mmac", 527.5, "1", "macimorelin amplification of drive, maximum",
        "calibrated here to: 17.7-31.9 ug/L (G6, G7)", omega=0.6,
    ),
    constant("smac", 0.5, "1", "macimorelin functional antagonism of somatostatin", "assumed", high=1.0),
    constant("ECmac", 7.0, "ug/L", "macimorelin for half effect", "assumed"),
    constant("nmac", 3.0, "1", "Hill coefficient macimorelin", "assumed"),
    constant("bglu", 0.14, "mmol/L/g", "glucose rise per g absorbed", "calibrated here to: +3.4 mmol/L at 45 min"),
    constant("kag", 1.2, "1/h", "glucose absorption", "assumed"),
    constant("kg", 1.5, "1/h", "glucose disposal", "assumed"),
    constant(
        "aglu", 0.5, "L/mmol", "somatostatin rise per mmol/L glucose above fasting", "assumed; OGTT nadir predicted",
    ),
    constant("ke", 1.0, "1/h", "GH receptor signalling delay", "assumed"),
    constant(
        "kin0", 0.949, "ug/L/h", "GH-independent IGF-1 production",
        "Papathanasiou 2021: 0.949 (CV 117 %, reduced here)", omega=0.3, words="IGF-1 made without GH",
    ),
    constant(
        "Emax85", 15.1, "ug/L/h", "maximum GH-dependent IGF-1 production at 85 kg",
        "Papathanasiou 2021: 15.1 (fixed there), exponent 0.46; published CV 33 % in AGHD gives an IGF-1 SDS "
        "spread of 1.28 in healthy subjects, so 0.25 here",
        omega=0.25, words="Largest IGF-1 production",
    ),
    constant(
        "kout", 0.0262, "1/h", "IGF-1 turnover (26.5 h)", "Papathanasiou 2021: 0.0262, CV 17.4 %", omega=0.17,
        words="Clearance of IGF-1",
    ),
    constant(
        "EC50", 2.13, "ug/L", "GH for half-maximal IGF-1 production", "Papathanasiou 2021: 2.13", omega=0.1,
        words="GH for half the IGF-1 answer",
    ),
    constant(
        "e_sex", 1.6, "1", "oestrogen GH resistance (EC50 factor, woman)", "calibrated here with f_sex: equal IGF-1",
    ),
    constant("k_ageE", 0.0075, "1/year", "decline of Emax with age", "calibrated here to: IGF-1 by age (G3)"),
    constant("BP0", 4.0, "mg/L", "IGFBP-3 at IGF-1 = IGFn", "calibrated here (range 2.5-6.5 adult)", omega=0.15),
    constant("gBP", 0.5, "1", "exponent of IGFBP-3 on IGF-1", "calibrated here"),
    constant("kBP", 0.035, "1/h", "IGFBP-3 turnover (20 h)", "assumed"),
    constant("KSa", 1.5, "1", "adenoma somatostatin half-effect", "calibrated here"),
    constant(
        "ha", 0.8, "1", "exponent of IGF-1 feedback on the adenoma", "calibrated here to: GH rise on pegvisomant (G15)",
    ),
    constant("IGFa", 450.0, "ug/L", "IGF-1 at which that feedback = 1", "definition"),
    constant("Dad", 0.35, "1", "adenoma D2 maximum inhibition", "calibrated here (G21)", high=1.0, omega=0.5),
)  # fmt: skip

_S1 = "gh_prolactin_calcium.md section 1"
_SDS = "section 1: this program's own reference, consistent with the model; not a published table"

_LESION = (
    Parameter("e_oralE2", "1", "extra EC50 factor on oral oestrogen (1.6 on it)", 1.0, 0.3, 5.0, "assumed"),
    Parameter("ghd", "1", "fraction of somatotrophs lost", 0.0, 0.0, 1.0, _S1),
    Parameter("ghr", "1", "GH receptor function (Laron 0.02)", 1.0, 0.0, 2.0, _S1),
    Parameter("Aad", "ug/L/h", "adenoma GH secretion (10 mild, 25 typical, 60 severe)", 0.0, 0.0, 200.0, _S1),
    Parameter("stalk", "1", "loss of GHRH drive, 0 none", 0.0, 0.0, 1.0, _S1),
    Parameter("ad_sst", "1", "adenoma sensitivity to somatostatin, 0 = resistant", 1.0, 0.0, 3.0, _S1),
)

_REFERENCE = (
    Parameter("sds_L", "1", "L of the IGF-1 reference (Box-Cox power)", 0.4, 0.01, 2.0, _SDS),
    Parameter("sds_M40", "ug/L", "median IGF-1 of the reference at 40 years", 168.0, 50.0, 500.0, _SDS),
    Parameter("sds_S", "1", "S of the IGF-1 reference (coefficient of variation)", 0.28, 0.05, 1.0, _SDS),
    Parameter("sds_age", "1/year", "decline of that median with age", 0.0105, 0.0, 0.05, _SDS),
)

_REFINED = Parameter(
    REFINED, "1", "0: the research specification, 1: this program's refined values", 0.0, 0.0, 1.0, "refinements.py"
)

_PROBE = Parameter(
    "probe_igf1", "1", "logarithm by which the pituitary misreads IGF-1", 0.0, -2.0, 2.0, "tuning.md 2.1"
)

PARAMETERS: tuple[Parameter, ...] = (*_BODY, *_MODEL, *DRUGS, *_LESION, *_REFERENCE, _REFINED, _PROBE)

DERIVED: tuple[Derived, ...] = (
    Derived("Mi", "ug/L", "releasable GH pool of this person"),
    Derived("EmaxI", "ug/L/h", "maximum GH-dependent IGF-1 production of this person"),
    Derived("kin0i", "ug/L/h", "GH-independent IGF-1 production of this person"),
    Derived("ka", "1/h", "somatropin absorption of this person"),
    Derived("CLF", "L/h", "somatropin apparent clearance of this person"),
    Derived("F", "1", "bioavailability of subcutaneous somatropin"),
    Derived("EC", "ug/L", "GH for half-maximal IGF-1 production in this person"),
    Derived("per_L", "1/L", "one over the GH distribution volume"),
    Derived("per_kg", "1/kg", "one over the body weight"),
    Derived("release_share", "1", "share of octreotide LAR that is released slowly and reaches plasma"),
    Derived("burst_share", "1", "share of octreotide LAR that is released on the first day and reaches plasma"),
    Derived("sds_M", "ug/L", "median IGF-1 of the reference at this age"),
    Derived("uln", "ug/L", "upper limit of normal IGF-1 at this age, SDS 2"),
)
