"""Markers, loop diagram, phase plot and validated ranges of the adrenal axis (hpa.md sections 2, 4 and 9)."""

from __future__ import annotations

from endotune_desktop.physiology.axis import Arrow, Gland, Marker, PhasePlot, Role, ValidatedRange
from endotune_desktop.physiology.communication import Communication, Signal
from endotune_desktop.physiology.hpa.states import STATES

MARKERS: tuple[Marker, ...] = (
    Marker("cortisol", "Cortisol", "nmol/L", "total cortisol, LC-MS", Role.HORMONE, "cortisol", True, plot_weight=0.34),
    Marker("acth", "ACTH", "pg/mL", "ACTH; tetracosactide is not seen", Role.UPSTREAM, "acth", True, True, 1.0, 0.26),
    Marker("free_cortisol", "Free cortisol", "nmol/L", "free cortisol in serum", Role.DOWNSTREAM, "free_cortisol"),
    Marker(
        "salivary_cortisol", "Salivary cortisol", "nmol/L", "cortisol in saliva", Role.DOWNSTREAM, "salivary_cortisol",
        True, True, 0.1, 0.2,
    ),
    Marker("ufc", "Urinary free cortisol", "nmol/d", "free cortisol in urine, mean of about two days",
           Role.DOWNSTREAM, "ufc"),
    Marker("dheas", "DHEA-S", "umol/L", "dehydroepiandrosterone sulfate", Role.DOWNSTREAM, "dheas"),
    Marker("deoxycortisol_11", "11-deoxycortisol", "nmol/L", "11-deoxycortisol", Role.HORMONE, "deoxycortisol_11"),
    Marker(
        "cortisol_immunoassay", "Cortisol, immunoassay", "nmol/L",
        "cortisol with 8 % of prednisolone and 5 % of 11-deoxycortisol", Role.HORMONE, "cortisol_immunoassay",
    ),
    Marker("prednisolone", "Prednisolone", "nmol/L", "total prednisolone", Role.GIVEN, "prednisolone"),
    Marker("free_prednisolone", "Free prednisolone", "nmol/L", "free prednisolone", Role.GIVEN),
    Marker("dexamethasone", "Dexamethasone", "nmol/L", "dexamethasone", Role.GIVEN, "dexamethasone"),
    Marker("free_share", "Free share", "%", "free over total cortisol", Role.INDEX),
    Marker("pituitary_mass", "Corticotroph mass", "1", "pituitary corticotroph mass, 1 = normal", Role.GLAND),
    Marker("adrenal_mass", "Adrenal mass", "1", "adrenal mass, 1 = normal", Role.GLAND, plotted=True, plot_weight=0.2),
    Marker("adrenal_capacity", "Adrenal capacity", "1", "steroidogenic capacity, 1 = normal", Role.GLAND),
    Marker("crh", "CRH", "1", "CRH, own and given, healthy 24-h mean 1", Role.GLAND),
    Marker("crh_drive", "CRH drive", "1", "clock, stress and pulses of the hypothalamus", Role.GLAND),
    Marker("fast_effect", "Fast effect", "nmol/L", "fast glucocorticoid effect, as free cortisol", Role.GLAND),
    Marker("slow_effect", "Slow effect", "nmol/L", "slow glucocorticoid effect, as free cortisol", Role.GLAND),
    Marker("cortisol_secretion", "Own cortisol", "mg/d", "cortisol secreted, own and autonomous", Role.GLAND),
    Marker("cortisol_taken_up", "Hydrocortisone taken up", "mg/d", "from gut and muscle", Role.GLAND),
    Marker(
        "glucocorticoid_given", "Given glucocorticoid", "nmol/L", "prednisolone and dexamethasone, as free cortisol",
        Role.GLAND,
    ),
    Marker("urine_free_cortisol_rate", "Urinary rate", "nmol/d", "free cortisol into urine at this time", Role.GLAND),
    Marker(
        "glucocorticoid_signal", "Glucocorticoid signal", "nmol/L", "own and given glucocorticoid, as free cortisol",
        Role.GLAND,
    ),
    Marker(
        "glucocorticoid_intake", "Given, as cortisol", "mg/d",
        "what is given, as the cortisol secretion with the same signal", Role.GLAND,
    ),
    Marker("working_adrenal", "Working adrenals", "1", "adrenal mass times function left, 1 = normal", Role.GLAND),
)  # fmt: skip

GLANDS: tuple[Gland, ...] = (
    Gland(
        "hypothalamus", "Hypothalamus", "CRH drive", 0.0, 0.0, Role.GLAND, ("crh_drive", "crh"),
        lesions=("tertiary_insufficiency", "stress", "night_shift"),
    ),
    Gland(
        "pituitary", "Pituitary, ACTH", "", 0.0, 1.0, Role.UPSTREAM, ("acth",), "pituitary_mass",
        ("secondary_insufficiency", "cushing_disease", "ectopic_acth"),
    ),
    Gland(
        "adrenal", "Adrenals", "own cortisol", 0.0, 2.0, Role.HORMONE, ("cortisol_secretion", "dheas"), "adrenal_mass",
        ("addison", "adrenal_adenoma", "autonomous_cortisol_mild", "hydroxylase_11_deficiency"),
    ),
    Gland(
        "blood", "Blood, cortisol", "", 0.0, 3.0, Role.DOWNSTREAM, ("cortisol", "free_cortisol"),
        lesions=("binding_globulin_excess", "oral_oestrogen", "binding_globulin_lack"),
    ),
    Gland(
        "tissue", "Tissues, effect", "", 1.15, 3.0, Role.DOWNSTREAM, ("fast_effect", "glucocorticoid_given"),
        lesions=("liver_disease", "cyp3a4_induction", "hyperthyroidism"),
    ),
)  # fmt: skip

ARROWS: tuple[Arrow, ...] = (
    Arrow("crh", "CRH", "hypothalamus", "pituitary", True, "crh", 1.0, "f_H", 0.0),
    Arrow("acth", "ACTH", "pituitary", "adrenal", True, "acth", 18.0, "f_P", 0.0),
    Arrow("cortisol_own", "cortisol, own", "adrenal", "blood", True, "cortisol_secretion", 18.2, "f_A", 0.0),
    Arrow("to_tissue", "free cortisol", "blood", "tissue", True, "free_cortisol", 12.0),
    Arrow("pituitary_feedback", "feedback on ACTH", "tissue", "pituitary", False, "fast_effect", 12.0, lane=1.0),
    Arrow("hypothalamus_feedback", "feedback on CRH", "tissue", "hypothalamus", False, "fast_effect", 12.0, lane=1.0),
    Arrow("given", "given", "given", "blood", True, "cortisol_taken_up", 18.2),
)

PHASE = PhasePlot("cortisol", "acth")

_LOOP = ("CRH", "ACTH", "Y", "CT", "FT", "E", "E2", "P", "A", "B")

COMMUNICATION = Communication(
    signals=(Signal("glucocorticoid_signal", "probe_g"),),
    upstream="acth",
    hormone="cortisol",
    own="cortisol_secretion",
    given="glucocorticoid_intake",
    gland=("working_adrenal",),
    slow=("P", "A", "B"),
    unreached=tuple(state.id for state in STATES if state.id not in _LOOP),
    rhythm="cortisol",
    nudge=4.0,
    nudge_days=90.0,
    settled_within=0.15,
    returns=("acth", "cortisol"),
)
"""tuning.md 2.1 and 2.2: x4 for 90 d is about prednisolone 10 mg for a season."""

VALIDATED: tuple[ValidatedRange, ...] = (
    ValidatedRange(
        "daily_dose", "hydrocortisone", 0.0, 300.0, "mg",
        "Outside the validated range: tested for 0–300 mg hydrocortisone a day.",
    ),
    ValidatedRange(
        "daily_dose", "prednisolone", 0.0, 50.0, "mg",
        "Outside the validated range: tested for 0–50 mg prednisolone a day.",
    ),
    ValidatedRange(
        "daily_dose", "prednisone", 0.0, 60.0, "mg",
        "Outside the validated range: tested for 0–50 mg prednisolone a day.",
    ),
    ValidatedRange(
        "daily_dose", "dexamethasone", 0.0, 8.0, "mg",
        "Outside the validated range: tested for 0–8 mg dexamethasone a day.",
    ),
    ValidatedRange(
        "age_years", "", 18.0, 80.0, "years", "Outside the validated range: tested for adults of 18–80 years."
    ),
    ValidatedRange(
        "duration_days", "", 0.0, 365.0, "d", "Outside the validated range: tested for times up to a year."
    ),
)  # fmt: skip

SYMPTOMS: tuple[tuple[str, str], ...] = (
    ("fatigue", "Fatigue"),
    ("dizziness", "Dizziness on standing"),
    ("nausea", "Nausea, poor appetite"),
    ("poor_sleep", "Poor sleep"),
    ("weakness", "Muscle weakness"),
)

LIMITS: tuple[str, ...] = (
    "Of 46 facts 43 pass here, one misses and two have no criterion; most were in the calibration.",
    "After a week of prednisolone 50 mg a day cortisol is too low on the next day (20 nmol/L instead of 146).",
    "Own production is 15 mg a day, more than isotope studies give (9.9 mg, SD 2.7).",
    "Gland turnover is set for recovery in 3-5 months; real patients take weeks to more than two years.",
    "Untreated Addison ACTH settles near 540 pg/mL at 08:00; real values reach over 1000.",
    "A moderate adenoma (17 mg a day) leaves morning ACTH too high.",
    "A bolus into a vein is at once in 8 L: its first five minutes are not to be read.",
    "CRH has relative units. AVP, aldosterone, fludrocortisone, cortisone, the awakening response and meals are not"
    " modelled.",
    "Adults of 40-200 kg; DHEA-S of the typical person does not follow age.",
    "Spreads between persons are plausible values, not estimates.",
)
