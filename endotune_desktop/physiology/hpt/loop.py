"""Markers, loop diagram, phase plot and validated ranges of the thyroid axis (hpt.md sections 7, 11 and 13)."""

from __future__ import annotations

from endotune_desktop.physiology.axis import Marker, PhasePlot, ValidatedRange
from endotune_desktop.physiology.communication import Communication, Signal
from endotune_desktop.physiology.diagram import Arrow, Gland, Role

MARKERS: tuple[Marker, ...] = (
    Marker(
        "tsh", "TSH", "mIU/L", "TSH, own and given", Role.UPSTREAM, "tsh", True, True, 0.01, 0.38,
    ),
    Marker("ft4", "Free T4", "pmol/L", "free thyroxine", Role.DOWNSTREAM, "ft4", True, False, None, 0.33),
    Marker("ft3", "Free T3", "pmol/L", "free triiodothyronine", Role.DOWNSTREAM, "ft3", True, False, None, 0.29),
    Marker("tt4", "Total T4", "nmol/L", "total thyroxine", Role.DOWNSTREAM, "tt4"),
    Marker("tt3", "Total T3", "nmol/L", "total triiodothyronine", Role.DOWNSTREAM, "tt3"),
    Marker("spina_gt", "SPINA-GT", "pmol/s", "secretory capacity; not meaningful on levothyroxine", Role.INDEX,
           figures=2),
    Marker("spina_gd", "SPINA-GD", "nmol/s", "deiodinase activity; not meaningful on liothyronine", Role.INDEX,
           decimals=0),
    Marker("tshi", "TSHI", "1", "Jostel's TSH index, ln TSH + 0.1345 FT4", Role.INDEX, figures=2),
    Marker("ttsi", "TTSI", "1", "thyrotroph T4 sensitivity index, upper FT4 limit 23 pmol/L", Role.INDEX, decimals=0),
    Marker("thyrotroph_mass", "Thyrotroph mass", "1", "pituitary thyrotroph mass, 1 = normal", Role.GLAND),
    Marker("thyroid_mass", "Thyroid mass", "1", "thyroid gland mass, 1 = normal", Role.GLAND),
    Marker("residual_function", "Working gland", "1", "residual thyroid function, 1 = whole", Role.GLAND),
    Marker("colloid_store", "Colloid store", "1", "hormone stored in the gland, 1 = normal", Role.GLAND),
    Marker("peripheral_state", "Tissue state", "1", "thyroid state of tissue, 1 = euthyroid", Role.GLAND),
    Marker("t4_secretion", "Own T4", "nmol/d", "T4 secreted by the thyroid", Role.GLAND),
    Marker("t3_secretion", "Own T3", "nmol/d", "T3 secreted by the thyroid", Role.GLAND),
    Marker("t3_conversion", "T3 from T4", "nmol/d", "T3 made from T4 by D1 and D2", Role.GLAND),
    Marker("t4_uptake", "T4 taken up", "nmol/d", "T4 taken up from the gut", Role.GLAND),
    Marker("t4_production", "T4 production", "ug/d", "T4 secreted by the thyroid, by mass", Role.GLAND),
    Marker("t3_production", "T3 production", "ug/d", "T3 secreted and converted, by mass", Role.GLAND),
    Marker("extrathyroidal_t3_share", "T3 from outside", "1", "share of T3 made outside the thyroid", Role.GLAND),
    Marker("t4_conversion_share", "T4 converted", "1", "share of T4 turnover converted to T3", Role.GLAND),
    Marker("t4_half_life", "T4 half-life", "d", "ln 2 x pool / disposal", Role.GLAND),
    Marker("t3_half_life", "T3 half-life", "d", "ln 2 x pool / disposal", Role.GLAND),
    Marker("trh_drive", "TRH drive", "1", "hypothalamic drive, 1 = typical 24-h mean", Role.GLAND),
)  # fmt: skip

GLANDS: tuple[Gland, ...] = (
    Gland(
        "hypothalamus", "Hypothalamus", "TRH drive", 0.0, 0.0, Role.GLAND, ("trh_drive",),
        lesions=("tertiary_hypothyroidism",),
    ),
    Gland(
        "pituitary", "Pituitary, TSH", "", 0.0, 1.0, Role.UPSTREAM, ("tsh",), "thyrotroph_mass",
        ("central_hypothyroidism", "tshoma", "resistance_beta", "resistance_beta_pituitary", "glucocorticoid"),
    ),
    Gland(
        "thyroid", "Thyroid", "own T4", 0.0, 2.0, Role.HORMONE, ("t4_secretion",), "residual_function",
        (
            "primary_hypothyroidism", "thyroidectomy", "hashimoto", "radioiodine", "graves", "toxic_nodule",
            "thyroiditis", "iodine_deficiency",
        ),
    ),
    Gland(
        "blood", "Blood, free T4", "", 0.0, 3.0, Role.DOWNSTREAM, ("ft4", "tt4"),
        lesions=("binding_globulin_excess", "binding_globulin_lack", "oral_oestrogen", "pregnancy"),
    ),
    Gland(
        "tissue", "Tissues, free T3", "", 1.15, 3.0, Role.DOWNSTREAM, ("ft3", "tt3"),
        lesions=(
            "non_thyroidal_illness", "deiodinase_1_loss", "deiodinase_2_loss", "amiodarone", "enzyme_induction",
        ),
    ),
)  # fmt: skip

ARROWS: tuple[Arrow, ...] = (
    Arrow("trh", "TRH", "hypothalamus", "pituitary", True, "trh_drive", 1.0, "trh", 0.01),
    Arrow("tsh", "TSH", "pituitary", "thyroid", True, "tsh", 1.7, "pit", 0.01),
    Arrow("t4_own", "T4, own", "thyroid", "blood", True, "t4_secretion", 101.0, "sigma", 0.0),
    Arrow("conversion", "DIO1 DIO2", "blood", "tissue", True, "t3_conversion", 28.4, "conv", 0.2),
    Arrow("t4_feedback", "T4 to T3 inside the pituitary", "blood", "pituitary", False, lane=-1.0),
    Arrow("t4_feedback_trh", "feedback on TRH", "blood", "hypothalamus", False, lane=-1.0),
    Arrow("t3_feedback", "T3 holds TSH back", "tissue", "pituitary", False, lane=1.0),
    Arrow("given", "given", "given", "blood", True, "t4_uptake", 101.0),
)

PHASE = PhasePlot("ft4", "tsh")

COMMUNICATION = Communication(
    (Signal("ft4", "probe_t4"), Signal("ft3", "probe_t3")), "tsh", "ft4", "t4_secretion", "t4_uptake",
    ("thyroid_mass", "residual_function"), ("lnMP", "MT"),
    (
        "sigma", "TRAb", "Infl", "Dmg", "T4pill", "T4gut", "T3pill", "T3gut", "rhTSHdepot", "rhTSH", "TRHx", "TRHeff",
        "MMI",
    ),
    "tsh",
)  # fmt: skip

VALIDATED: tuple[ValidatedRange, ...] = (
    ValidatedRange(
        "marker", "tsh", 0.01, 150.0, "mIU/L",
        "Outside the validated range: TSH under 0.01 or over 150 mIU/L was never compared with patients.",
    ),
    ValidatedRange(
        "marker", "ft4", 0.0, 60.0, "pmol/L",
        "Outside the validated range: free T4 over 60 pmol/L was never compared with patients.",
    ),
    ValidatedRange(
        "daily_dose", "levothyroxine", 0.0, 300.0, "ug",
        "Outside the validated range: tested for 0–300 µg levothyroxine a day.",
    ),
    ValidatedRange(
        "daily_dose", "liothyronine", 0.0, 60.0, "ug",
        "Outside the validated range: tested for 0–60 µg liothyronine a day.",
    ),
    ValidatedRange(
        "age_years", "", 18.0, 70.0, "years", "Outside the validated range: tested for adults of 18–70 years."
    ),
    ValidatedRange(
        "duration_days", "", 0.0, 730.0, "d", "Outside the validated range: tested for times up to two years."
    ),
)  # fmt: skip

LIMITS: tuple[str, ...] = (
    "Fitted to group means from abstracts; of 131 facts 128 pass here, one misses and two are not evaluated.",
    "The TSH rise after loss of thyroid hormone is somewhat too slow.",
    "After very long over-replacement of a healthy person TSH passes 0.4 at 10 days (in life 2-3 weeks).",
    "The TSH-FT4 slope on levothyroxine is at the steep end of the literature.",
    "Graves has no immune dynamics; antibody units are TSH equivalents, not assay units.",
    "No iodine kinetics, no drug-specific propylthiouracil or amiodarone kinetics.",
    "Non-thyroidal illness, glucocorticoid, amiodarone and deiodinase loss are qualitative.",
    "Adults of 18-70 years and 40-200 kg; not children, not severe renal or hepatic failure.",
)
