"""Markers, loop diagram, phase plot and validated ranges of the prolactin axis (gh_prolactin_calcium.md section 2)."""

from __future__ import annotations

from endotune_desktop.physiology.axis import Arrow, Gland, Marker, PhasePlot, Role, ValidatedRange
from endotune_desktop.physiology.communication import Communication, Signal
from endotune_desktop.physiology.prolactin.states import STATES

MARKERS: tuple[Marker, ...] = (
    Marker("prolactin", "Prolactin", "mIU/L", "monomeric prolactin", Role.HORMONE, "prolactin", True, True, None, 0.4),
    Marker(
        "prolactin_measured", "Prolactin, measured", "mIU/L",
        "what a one-step assay reads: with macroprolactin and hook effect", Role.HORMONE, "prolactin", False, True,
    ),
    Marker(
        "prolactin_diluted", "Prolactin, 1:100", "mIU/L", "the same assay on a diluted sample, times 100",
        Role.HORMONE, "prolactin", False, True,
    ),
    Marker("peg_recovery", "PEG recovery", "%", "monomeric share; under 40 % is macroprolactin", Role.INDEX),
    Marker(
        "gnrh_factor", "GnRH factor", "1", "what prolactin leaves of GnRH pulse frequency", Role.DOWNSTREAM, "", True,
        plot_weight=0.3,
    ),
    Marker(
        "dopamine_tone", "Dopamine tone", "1", "dopamine that reaches the pituitary, 1 = normal", Role.GLAND, "", True,
        plot_weight=0.3,
    ),
    Marker("dopamine_made", "Dopamine made", "1", "hypothalamic dopamine, 1 = normal", Role.GLAND),
    Marker("d2_occupancy", "D2 occupancy", "1", "effective D2 receptor occupancy of lactotrophs", Role.GLAND),
    Marker("tumour_secretion", "Tumour prolactin", "ug/L", "the tumour's share of prolactin", Role.GLAND),
    Marker("prolactin_secretion", "Own prolactin", "ug/L/h", "secreted by lactotrophs and tumour", Role.GLAND),
    Marker("tumour_volume", "Tumour volume", "1", "1 = at diagnosis (means nothing without a tumour)", Role.GLAND),
    Marker("lactotroph_mass", "Lactotroph mass", "1", "1 = normal", Role.GLAND),
    Marker("lactotroph_store", "Lactotroph store", "1", "prolactin ready for release, 1 = normal", Role.GLAND),
    Marker("trh_drive", "TRH drive", "1", "own TRH and protirelin, 1 = normal", Role.GLAND),
    Marker("cabergoline", "Cabergoline", "ug/L", "in plasma", Role.GIVEN),
    Marker("bromocriptine", "Bromocriptine", "ug/L", "in plasma", Role.GIVEN),
    Marker("risperidone", "Risperidone", "ug/L", "active moiety in plasma", Role.GIVEN),
    Marker("metoclopramide", "Metoclopramide", "ug/L", "in plasma", Role.GIVEN),
    Marker("haloperidol", "Haloperidol", "ug/L", "in plasma", Role.GIVEN),
    Marker("aripiprazole", "Aripiprazole", "ug/L", "in plasma", Role.GIVEN),
)  # fmt: skip

GLANDS: tuple[Gland, ...] = (
    Gland(
        "hypothalamus", "Hypothalamus", "dopamine", 0.0, 0.0, Role.UPSTREAM, ("dopamine_tone", "dopamine_made"),
        lesions=("stalk_section", "primary_hypothyroidism"),
    ),
    Gland(
        "pituitary", "Lactotrophs", "D2 occupancy", 0.0, 1.0, Role.GLAND, ("d2_occupancy",), "lactotroph_mass",
        ("pregnancy", "lactation", "pituitary_damage"),
    ),
    Gland(
        "tumour", "Tumour", "its prolactin", 1.15, 2.0, Role.GLAND, ("tumour_secretion",), "tumour_volume",
        ("prolactinoma", "resistance"),
    ),
    Gland(
        "blood", "Blood", "prolactin", 0.0, 2.0, Role.HORMONE, ("prolactin", "prolactin_measured"),
        lesions=("macroprolactin", "ckd"),
    ),
    Gland("gonadal", "GnRH neurones", "left of GnRH", 0.0, 3.0, Role.DOWNSTREAM, ("gnrh_factor",)),
)  # fmt: skip

ARROWS: tuple[Arrow, ...] = (
    Arrow("dopamine", "dopamine", "hypothalamus", "pituitary", False, "dopamine_tone", 1.0, "stalk", 0.95),
    Arrow("dopamine_tumour", "dopamine", "hypothalamus", "tumour", False, "dopamine_tone", 1.0),
    Arrow("prolactin_own", "prolactin", "pituitary", "blood", True, "lactotroph_store", 1.0),
    Arrow("prolactin_tumour", "prolactin", "tumour", "blood", True, "tumour_secretion", 60.0),
    Arrow("prolactin_feedback", "prolactin raises dopamine", "blood", "hypothalamus", True, lane=-1.0),
    Arrow("gonadal", "slows GnRH", "blood", "gonadal", False, "prolactin", 200.0),
    Arrow("given", "given", "given", "pituitary", False, "cabergoline", 0.02),
)

PHASE = PhasePlot("d2_occupancy", "prolactin")

_LOOP = ("L", "PRL", "DA")

COMMUNICATION = Communication(
    signals=(Signal("prolactin", "probe_prl"),),
    upstream="dopamine_made",
    hormone="prolactin",
    own="prolactin_secretion",
    given="",
    gland=("lactotroph_mass",),
    slow=(),
    unreached=tuple(state.id for state in STATES if state.id not in _LOOP),
    rhythm="prolactin",
    targets=("prolactin",),
)
"""What the centre sends here holds back: dopamine rises with prolactin. A tumour keeps its volume of diagnosis."""

VALIDATED: tuple[ValidatedRange, ...] = (
    ValidatedRange(
        "marker", "prolactin", 20.0, 10000.0, "mIU/L",
        "Outside the validated range: prolactin under 20 or over 10000 mIU/L was never compared with patients.",
    ),
    ValidatedRange(
        "daily_dose", "cabergoline", 0.0, 0.6, "mg",
        "Outside the validated range: tested for up to 0.6 mg cabergoline in a day.",
    ),
    ValidatedRange(
        "daily_dose", "bromocriptine", 0.0, 2.5, "mg",
        "Outside the validated range: tested for single doses of 2.5 mg bromocriptine.",
    ),
    ValidatedRange(
        "daily_dose", "risperidone", 0.0, 4.0, "mg",
        "Outside the validated range: tested for 4 mg risperidone a day.",
    ),
    ValidatedRange("age_years", "", 18.0, 70.0, "years", "Outside the validated range: for adults of 18–70 years."),
    ValidatedRange(
        "duration_days", "", 0.0, 183.0, "d", "Outside the validated range: tested for times up to 26 weeks."
    ),
)  # fmt: skip

LIMITS: tuple[str, ...] = (
    "A teaching model of the typical adult, not for dosing a patient.",
    "No secretory pulses: only the sleep and clock rhythm.",
    "Valve disease by cabergoline and receptor desensitisation are absent.",
    "The constants of antipsychotics are effective values, not receptor affinities.",
    "The answer of men to risperidone is above typical.",
    "A course begins with the tumour at its volume of diagnosis (1), whatever was taken before.",
    "Body weight is not used.",
)
