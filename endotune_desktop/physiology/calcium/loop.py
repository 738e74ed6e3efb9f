"""Markers, loop diagram, phase plot and validated ranges of the calcium axis (gh_prolactin_calcium.md section 3)."""

from __future__ import annotations

from endotune_desktop.physiology.axis import Arrow, Gland, Marker, PhasePlot, Role, ValidatedRange
from endotune_desktop.physiology.calcium.states import STATES
from endotune_desktop.physiology.communication import Communication, Signal

MARKERS: tuple[Marker, ...] = (
    Marker(
        "calcium", "Calcium", "mmol/L", "total calcium at albumin 40 g/L", Role.DOWNSTREAM, "calcium", True,
        plot_weight=0.3,
    ),
    Marker("ionised_calcium", "Ionised calcium", "mmol/L", "at pH 7.40", Role.DOWNSTREAM, "ionised_calcium"),
    Marker("pth", "PTH", "pmol/L", "intact hormone, without PTH(1-34)", Role.UPSTREAM, "pth", True, True, None, 0.3),
    Marker(
        "pth_activity", "PTH activity", "pmol/L", "every agonist of the PTH receptor, own and given", Role.UPSTREAM,
        "", False, True,
    ),
    Marker("calcitriol", "1,25-OH2-D", "pmol/L", "1,25-dihydroxyvitamin D", Role.HORMONE, "calcitriol", True,
           plot_weight=0.2),
    Marker("calcidiol", "25-OH-D", "nmol/L", "25-hydroxyvitamin D", Role.HORMONE, "calcidiol"),
    Marker("phosphate", "Phosphate", "mmol/L", "in serum", Role.DOWNSTREAM, "phosphate", True, plot_weight=0.2),
    Marker("urine_calcium", "Urine calcium", "mmol/d", "rate of excretion, as mmol a day", Role.DOWNSTREAM,
           "urine_calcium", True, plot_weight=0.2),
    Marker("cccr", "Ca/creatinine clearance", "1", "under 0.01 speaks for familial hypercalcaemia", Role.INDEX),
    Marker("fgf23", "FGF23", "pg/mL", "intact", Role.HORMONE, "fgf23", False, True),
    Marker("urine_phosphate", "Urine phosphate", "mmol/d", "rate of excretion", Role.INDEX),
    Marker("tmp_gfr", "TmP/GFR", "mmol/L", "renal phosphate threshold", Role.INDEX),
    Marker("set_point", "Set point", "mmol/L", "total calcium at which the glands are half open", Role.INDEX),
    Marker("parathyroid_mass", "Parathyroid mass", "1", "gland mass of the tissue that is left, 1 = normal",
           Role.GLAND),
    Marker("working_parathyroid", "Working tissue", "1", "mass times tissue left, 1 = normal", Role.GLAND),
    Marker("parathyroid_store", "Parathyroid store", "1", "hormone ready for release, 1 = normal", Role.GLAND),
    Marker("bone_resorption", "Bone resorption", "1", "1 = normal", Role.GLAND),
    Marker("bone_formation", "Bone formation", "1", "1 = normal", Role.GLAND),
    Marker("bone_release", "Calcium from bone", "mmol/d", "set free by resorption", Role.GLAND),
    Marker("bone_deposit", "Calcium into bone", "mmol/d", "laid down by formation", Role.GLAND),
    Marker("bone_fluid_calcium", "Bone fluid", "mmol/L", "calcium that exchanges fast", Role.GLAND),
    Marker("calcium_absorbed", "Calcium absorbed", "mmol/d", "from the gut, before endogenous loss", Role.GLAND),
    Marker("absorbed_share", "Absorbed share", "1", "of calcium in the gut", Role.GLAND),
    Marker("kidney_function", "GFR", "mL/min", "glomerular filtration", Role.GLAND),
    Marker("vitamin_d_store", "Vitamin D store", "ug", "not yet hydroxylated", Role.GLAND),
    Marker("teriparatide", "Teriparatide", "pmol/L", "in plasma", Role.GIVEN),
    Marker("palopegteriparatide", "Released PTH", "pmol/L", "PTH(1-34) released from the prodrug", Role.GIVEN),
    Marker("cinacalcet", "Cinacalcet", "ug/L", "in plasma", Role.GIVEN),
    Marker("denosumab", "Denosumab", "mg/L", "in serum", Role.GIVEN),
    Marker("zoledronic_acid", "Zoledronic acid", "mg", "in bone", Role.GIVEN),
    Marker("pth_secretion", "Own PTH", "pmol/L/h", "secreted by the glands and an adenoma", Role.GLAND),
    Marker("calcitriol_made", "1,25-D made", "pmol/L/h", "by the kidney", Role.GLAND),
    Marker("calcitriol_own", "1,25-D, own", "pmol/L/h", "made at the word of own PTH", Role.GLAND),
    Marker(
        "calcitriol_from_outside", "1,25-D from outside", "pmol/L/h",
        "calcitriol and alfacalcidol taken up, and what given PTH makes the kidney make", Role.GLAND,
    ),
)  # fmt: skip

GLANDS: tuple[Gland, ...] = (
    Gland(
        "parathyroid", "Parathyroids, PTH", "", 0.0, 0.0, Role.UPSTREAM, ("pth", "pth_activity"),
        "working_parathyroid",
        ("hypoparathyroidism", "primary_hyperparathyroidism", "adenoma_removed", "fhh", "adh1"),
    ),
    Gland(
        "kidney", "Kidney, 1,25-D", "", 0.0, 1.0, Role.HORMONE, ("calcitriol", "calcidiol", "fgf23", "kidney_function"),
        "", ("ckd", "vitamin_d_deficiency", "thiazide"),
    ),
    Gland("gut", "Gut, calcium taken up", "", 0.0, 2.0, Role.GLAND, ("calcium_absorbed",), "", ("phosphate_binder",)),
    Gland("blood", "Blood, calcium", "", 0.0, 3.0, Role.DOWNSTREAM, ("calcium", "ionised_calcium", "phosphate")),
    Gland("bone", "Bone, resorption", "", 1.15, 3.0, Role.GLAND, ("bone_resorption", "bone_formation")),
    Gland("urine", "Urine, calcium", "", 0.0, 4.0, Role.DOWNSTREAM, ("urine_calcium", "urine_phosphate")),
)  # fmt: skip

ARROWS: tuple[Arrow, ...] = (
    Arrow("pth_kidney", "PTH", "parathyroid", "kidney", True, "pth_activity", 4.5, "hypo", 1.0),
    Arrow("pth_bone", "PTH", "parathyroid", "bone", True),
    Arrow("calcitriol_gut", "1,25-D", "kidney", "gut", True, "calcitriol", 100.0),
    Arrow("absorption", "calcium", "gut", "blood", True, "calcium_absorbed", 8.5),
    Arrow("bone_calcium", "calcium", "bone", "blood", True, "bone_release", 8.0),
    Arrow("loss", "calcium", "blood", "urine", True, "urine_calcium", 4.75),
    Arrow("calcium_feedback", "calcium holds PTH back", "blood", "parathyroid", False, lane=-1.0),
    Arrow("calcitriol_feedback", "1,25-D holds back", "kidney", "parathyroid", False, lane=1.0),
    Arrow("given", "given", "given", "blood", True, "absorbed_share", 0.34),
)

PHASE = PhasePlot("calcium", "pth")

_LOOP = ("Sto", "PTH", "Mg", "ET", "C", "B", "Rs", "Fm", "D", "Pi", "FGF", "Gc")

COMMUNICATION = Communication(
    signals=(Signal("ionised_calcium", "probe_ca"),),
    upstream="pth",
    hormone="calcitriol",
    own="calcitriol_own",
    given="calcitriol_from_outside",
    gland=("working_parathyroid",),
    slow=("Mg",),
    unreached=tuple(state.id for state in STATES if state.id not in _LOOP),
    answers="calcitriol_made",
    targets=("calcium",),
)
"""The loop of ionised calcium at the sensor of the parathyroids; calcium itself comes from food and bone."""

VALIDATED: tuple[ValidatedRange, ...] = (
    ValidatedRange(
        "marker", "calcium", 1.6, 3.0, "mmol/L",
        "Outside the validated range: calcium under 1.6 or over 3.0 mmol/L was never compared with patients.",
    ),
    ValidatedRange(
        "marker", "pth", 0.0, 60.0, "pmol/L",
        "Outside the validated range: PTH over 60 pmol/L was never compared with patients.",
    ),
    ValidatedRange(
        "marker", "calcidiol", 5.0, 375.0, "nmol/L",
        "Outside the validated range: 25-OH vitamin D under 5 or over 375 nmol/L was never compared with patients.",
    ),
    ValidatedRange(
        "daily_dose", "calcitriol", 0.0, 2.0, "ug",
        "Outside the validated range: tested for up to 2 µg calcitriol a day.",
    ),
    ValidatedRange(
        "daily_dose", "palopegteriparatide", 0.0, 30.0, "ug",
        "Outside the validated range: tested for up to 30 µg palopegteriparatide a day.",
    ),
    ValidatedRange("age_years", "", 18.0, 80.0, "years", "Outside the validated range: for adults of 18–80 years."),
    ValidatedRange("duration_days", "", 0.0, 1500.0, "d", "Outside the validated range: tested up to four years."),
)  # fmt: skip

LIMITS: tuple[str, ...] = (
    "A teaching model of one typical adult, not for dosing a patient; body size is not used.",
    "Albumin and pH are fixed; calcium is albumin-adjusted.",
    "Magnesium, calcitonin, PTH-related protein, dialysis and vascular calcification are absent.",
    "In kidney disease the set point adapts through gland mass only.",
    "The 30-40 h terminal phase of cinacalcet is absent.",
    "No meals: calcium and phosphate of food come in evenly over the day.",
    "Bone density is not modelled.",
)
