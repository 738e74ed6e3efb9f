"""Parameters of the adrenal axis itself (hpa.md section 3); what belongs to drugs is in `drug_parameters`."""

from __future__ import annotations

import math

from endotune_desktop.physiology.axis import REFINED, Derived, Parameter
from endotune_desktop.physiology.hpa.drug_parameters import DRUG_PARAMETERS, value_of

_LN2 = math.log(2.0)
"""Rate constants that the document prints from a half-life are kept as that half-life, not as its ten figures."""

_CENTRE = (
    value_of(
        "H0", 6.982242259337519, "1", "hypothalamic drive that gives a healthy 24-h mean CRH of 1",
        "calibrated: healthy 24-h mean CRH = 1",
    ),
    value_of(
        "k_crh", _LN2 / (4.0 / 60.0), "1/h", "CRH elimination (half-life 4 min)",
        "CRH t1/2 4 min (Karin 2020 / Milo 2025)",
    ),
    value_of(
        "c1", 1.46, "1", "log-amplitude of the 24-h drive",
        "calibrated: 24-h log-harmonic amplitude", low=0.0, high=3.0, omega=0.15,
    ),
    value_of(
        "ph1", 9.99, "h", "its acrophase (clock)",
        "calibrated: acrophase 24 h (additive SD 0.5 h); omega is that SD over the phase",
        low=0.0, high=36.0, omega=0.05, words="Clock of the morning rise",
    ),
    value_of(
        "c2", 0.398, "1", "log-amplitude of the 12-h drive",
        "calibrated: 12-h log-harmonic amplitude", low=0.0, high=2.0, omega=0.2,
    ),
    value_of(
        "ph2", 6.84, "h", "its acrophase (clock)",
        "calibrated: acrophase 12 h (additive SD 0.3 h; omega is that SD over the phase)",
        low=0.0, high=36.0, omega=0.044,
    ),
    value_of(
        "K_MR", 1.0, "nmol/L", "half-inhibition through the mineralocorticoid receptor",
        "MR Kd for cortisol 0.5-2 nM; replaces 1/x of Karin by 1/(1+E/K_MR)", omega=0.2,
    ),
    value_of(
        "K_GRh", 34.0, "nmol/L", "half-inhibition of the hypothalamus through the glucocorticoid receptor",
        "GR Kd cortisol ~15-20 nM; Milo K_GR=4 x normal mean (at the bound of the fit)", omega=0.12,
    ),
    value_of(
        "n_GR", 3.0, "1", "steepness of glucocorticoid receptor feedback",
        "Karin 2020/Milo 2025", low=1.0, high=6.0,
    ),
    value_of(
        "k_E", 0.42, "1/h", "lag of the fast (genomic) feedback",
        "genomic feedback lag, t1/2 45 min; calibrated (at the bound of the fit)", omega=0.15,
    ),
    value_of(
        "K_E2", 45.0, "nmol/L", "half-inhibition by the slow (transcriptional) feedback",
        "slow (transcriptional POMC/CRH) feedback; calibrated to prednisolone 25 mg bid x 1 wk", omega=0.2,
    ),
    value_of(
        "k_E2", _LN2 / 10.0, "1/h", "lag of the slow feedback (half-life 10 h)",
        "t1/2 10 h; calibrated idem", omega=0.2,
    ),
    value_of(
        "K_C", 5.39, "1", "CRH for half saturation of the pituitary",
        "CRH saturation: max 4 x; calibrated to CRH test 2-4 x", omega=0.2,
    ),
    value_of(
        "A0", 20.2, "pg/mL", "ACTH scale: release at CRH 1 without feedback",
        "calibrated: ACTH scale", omega=0.25, words="Set point of ACTH",
    ),
    value_of(
        "K_GRp", 30.0, "nmol/L", "half-inhibition of the pituitary through the glucocorticoid receptor",
        "calibrated to 1-mg DST (at the bound of the fit)",
        omega=0.12, words="Feedback sensitivity of the pituitary",
    ),
    value_of(
        "k_acth", _LN2 / (20.0 / 60.0), "1/h", "ACTH elimination (half-life 20 min)",
        "ACTH t1/2 20 min (Keenan 2004: 20+-1.3)", omega=0.1,
    ),
)  # fmt: skip

_ADRENAL = (
    value_of(
        "SRmax", 18200.0, "nmol/h", "largest cortisol secretion at normal mass and capacity",
        "calibrated to 250 ug SST", omega=0.25, words="Capacity of the adrenals",
    ),
    value_of(
        "EC50", 60.7, "pg/mL", "ACTH for half of it",
        "calibrated; Keenan 2004 EC50 26 (onset) / 70 (recovery)", omega=0.3, words="Adrenal sensitivity to ACTH",
    ),
    value_of(
        "n_A", 1.74, "1", "steepness of the adrenal answer",
        "calibrated", low=1.0, high=4.0,
    ),
    value_of(
        "k_Y", _LN2 / (7.0 / 60.0), "1/h", "lag of the adrenal answer (half-life 7 min)",
        "StAR lag: t1/2 7 min (ACTH->cortisol lag 10-15 min)",
    ),
    value_of(
        "t_B", 4.0, "d", "time constant of adrenal steroidogenic capacity",
        "time constant of adrenal steroidogenic capacity (enzymes/StAR); calibrated idem", omega=0.2,
    ),
    value_of(
        "b_m", 0.5, "1", "capacity left without ACTH",
        "capacity floor without ACTH", low=0.01, high=1.0,
    ),
    value_of(
        "CL_S", 25.0, "L/h", "clearance of 11-deoxycortisol",
        "calibrated: >200 nmol/L in overnight metyrapone test", omega=0.3,
    ),
    value_of(
        "V_S", 30.0, "L", "distribution volume of 11-deoxycortisol",
        "assumed",
    ),
    value_of(
        "leak_S", 0.012, "1", "share of the flow that leaves as 11-deoxycortisol",
        "baseline 11-deoxycortisol 1-4 nmol/L", low=0.0, high=0.2, omega=0.3,
    ),
    value_of(
        "DHEAS0", 5.0, "umol/L", "healthy DHEA-S",
        "age/sex dependent", low=0.1, high=40.0, omega=0.45, words="DHEA-S of this person",
    ),
    value_of(
        "k_D", _LN2 / 14.0, "1/h", "DHEA-S elimination (half-life 14 h)",
        "DHEA-S t1/2 10-20 h",
    ),
    value_of(
        "refD", 0.11468856928070177, "1", "healthy mean of the adrenal answer",
        "healthy mean Y (computed)",
    ),
)  # fmt: skip

_CORTISOL = (
    value_of(
        "Vc", 8.05, "L", "plasma space of cortisol at 70 kg, where CBG and albumin are",
        "CBG/albumin space", omega=0.15,
    ),
    value_of(
        "Vt", 214.0, "L", "tissue space of free cortisol at 70 kg",
        "calibrated: Vss 34 L, t1/2 1.7 h (Derendorf 1991)", omega=0.2,
    ),
    value_of(
        "Qt", 270.0, "L/h", "exchange of free cortisol with tissue at 70 kg",
        "calibrated", omega=0.2,
    ),
    value_of(
        "CLu", 242.0, "L/h", "clearance of free cortisol at 70 kg",
        "unbound clearance; calibrated: CL 18 L/h at 20 mg, production 10-17 mg/d",
        omega=0.25, words="Clearance of cortisol",
    ),
    value_of(
        "CBG", 700.0, "nmol/L", "cortisol binding globulin",
        "serum CBG 430-980 nmol/L", low=70.0, high=3000.0, omega=0.18, words="Binding protein (CBG)",
    ),
    value_of(
        "Kd", 33.0, "nmol/L", "dissociation constant of cortisol and CBG",
        "Coolens 1987 / Dorin 2009 (37C)", low=10.0, high=100.0,
    ),
    value_of(
        "alb", 42.0, "g/L", "albumin",
        "serum albumin", low=5.0, high=60.0, omega=0.08, words="Albumin",
    ),
    value_of(
        "Ka_alb", 137.8, "umol/L", "dissociation constant of cortisol and albumin",
        "Dorin 2009 K_A 137,800 nM",
    ),
    value_of(
        "sal", 0.6, "1", "saliva over free serum cortisol",
        "saliva/free serum cortisol ratio (11b-HSD2 of parotid)",
        low=0.1, high=1.5, omega=0.2, words="Saliva to serum ratio",
    ),
    value_of(
        "CLr", 0.36, "L/h", "renal clearance of free cortisol",
        "renal clearance of free cortisol; UFC 30-140 nmol/d", omega=0.25,
    ),
)  # fmt: skip

_MASSES = (
    value_of(
        "t_P", 30.0, "d", "turnover half-life of corticotroph mass",
        "pituitary corticotroph turnover half-life: Milo 2025 uses 20 d; lengthened here to clinical recovery times",
        omega=0.35, words="Recovery time of the pituitary",
    ),
    value_of(
        "t_A", 60.0, "d", "turnover half-life of adrenal mass",
        "turnover half-life: Milo 2025 uses 30 d; lengthened here to recovery 5-9 months (Graber 1965; ESE/ES 2024)",
        omega=0.4, words="Recovery time of the adrenals",
    ),
    value_of(
        "th_P", 1.5, "1", "CRH for half-maximal corticotroph growth",
        "growth saturation",
    ),
    value_of(
        "th_A", 1.5, "1", "ACTH for half-maximal adrenal growth, multiples of ACTHref",
        "growth saturation",
    ),
    value_of(
        "ACTHref", 17.971648769885192, "pg/mL", "healthy 24-h mean ACTH",
        "healthy 24-h mean ACTH (computed)",
    ),
    value_of(
        "refP", 0.36215973738050056, "1", "healthy mean of the corticotroph growth signal",
        "healthy mean of c/(c+th_P) (computed)",
    ),
    value_of(
        "refA", 0.3740519679302862, "1", "healthy mean of the adrenal growth signal",
        "healthy mean of a/(a+th_A) (computed)",
    ),
    value_of(
        "K_P", 6.0, "1", "largest corticotroph mass",
        "carrying capacity", low=1.5, high=20.0,
    ),
    value_of(
        "K_A", 3.0, "1", "largest adrenal mass",
        "carrying capacity (adrenal weight 2-3x in Cushing disease)", low=1.5, high=20.0,
    ),
    value_of(
        "P_f", 0.1, "1", "smallest corticotroph mass",
        "floor", low=0.001, high=0.9,
    ),
    value_of(
        "A_f", 0.08, "1", "smallest adrenal mass",
        "floor", low=0.001, high=0.9,
    ),
)  # fmt: skip

_LESION = (
    value_of(
        "f_H", 1.0, "1", "hypothalamic function left",
        "hypothalamic function", low=0.0, high=2.0, words="Working hypothalamus",
    ),
    value_of(
        "f_P", 1.0, "1", "pituitary function left",
        "pituitary function", low=0.0, high=2.0, words="Working pituitary",
    ),
    value_of(
        "f_A", 1.0, "1", "adrenal function left",
        "adrenal function fraction", low=0.0, high=2.0, words="Working adrenals",
    ),
    value_of(
        "aut_F", 0.0, "nmol/h", "autonomous cortisol secretion",
        "autonomous cortisol secretion", low=0.0, high=20000.0,
    ),
    value_of(
        "T_P", 0.0, "pg/mL", "autonomous ACTH, its steady level without feedback",
        "autonomous ACTH (steady level without feedback)", low=0.0, high=1000.0,
    ),
    value_of(
        "r_T", 3.5, "1", "glucocorticoid resistance of a tumour, multiples of the normal half-inhibition",
        "tumour GR resistance (1e9 = ectopic)", low=1.0, high=1000000000.0,
    ),
    value_of(
        "q_T", 1.0, "1", "answer of a tumour to CRH, 0 to 1",
        "tumour CRH responsiveness 0..1", low=0.0, high=1.0,
    ),
    value_of(
        "stress", 1.0, "1", "stress, multiplies the hypothalamic drive",
        "stress multiplier", low=0.1, high=10.0, words="Stress",
    ),
    value_of(
        "f_S11", 0.0, "1", "fixed block of 11-hydroxylase",
        "fixed 11b-hydroxylase block (CAH)", low=0.0, high=1.0,
    ),
    value_of(
        "pulsat", 0.0, "1", "share of the drive that comes in pulses when pulses are drawn",
        "0 smooth, 1 pulsatile drive fraction", low=0.0, high=1.0, words="Strength of pulses",
    ),
)  # fmt: skip

_OWN = (
    value_of(
        "k_ufc", 1.0 / 24.0, "1/h", "how fast a urine collection is forgotten, each of two stages",
        "ours: the mean of about two 24-h collections; 0 leaves the running total of hpa.md section 2",
        low=0.0, high=1.0,
    ),
    value_of(
        "tau_pulse", 0.15, "h", "time constant of a pulse", "hpa.md section 2: tau = 0.15 h", low=0.05, high=1.0
    ),
    value_of(
        "pulse_rest", 1.0, "1", "what the pulse chain is fed with: 1 without drawn pulses, 0 with them",
        "ours: the mean of the train of hpa.md section 2 is 1", low=0.0, high=1.0,
    ),
)  # fmt: skip
_STRUCTURE = (
    value_of(
        "coat_fast", 0.0, "1", "dual-release hydrocortisone: share of the coat that is dissolved at once",
        "ours, neutral at 0; see the refinements", low=0.0, high=1.0,
    ),
    value_of(
        "dr_late", 0.0, "1", "delayed-release hydrocortisone: share that passes twenty stages instead of four",
        "ours, neutral at 0; see the refinements", low=0.0, high=1.0,
    ),
    value_of(
        "im_two", 0.0, "1", "hydrocortisone in muscle: share that passes two stages instead of one",
        "ours, neutral at 0; see the refinements", low=0.0, high=1.0,
    ),
    value_of(
        REFINED, 0.0, "1", "from the research specification (0) to the refined values (1)",
        "ours: see the refinements", low=0.0, high=1.0,
    ),
)  # fmt: skip

_PROBE = (
    Parameter(
        "probe_g", "1", "logarithm by which the centre misreads glucocorticoids", 0.0, -2.0, 2.0, "tuning.md 2.1"
    ),
)

PARAMETERS: tuple[Parameter, ...] = (
    *_CENTRE, *_ADRENAL, *_CORTISOL, *_MASSES, *DRUG_PARAMETERS, *_LESION, *_OWN, *_STRUCTURE, *_PROBE,
)  # fmt: skip

DERIVED: tuple[Derived, ...] = (
    Derived("w", "1", "body weight over 70 kg: scales volumes"),
    Derived("al", "1", "w to the power of 0.75: scales clearances"),
    Derived("per_Vc", "1/L", "concentration per amount in the plasma space of cortisol"),
    Derived("per_V_cos", "1/mL", "concentration per amount of tetracosactide"),
    Derived("f_mrCore", "1", "dual-release hydrocortisone: share in the core"),
    Derived("f_mrSlow", "1", "dual-release hydrocortisone: share in the coat that dissolves like a tablet"),
    Derived("f_mrFast", "1", "dual-release hydrocortisone: share in the coat that is dissolved at once"),
    Derived("dr_early", "1", "delayed-release hydrocortisone: share that passes four stages"),
)
