"""Markers, loop diagram, phase plot and validated ranges of the somatotropic axis."""

from __future__ import annotations

from endotune_desktop.physiology.axis import Arrow, Gland, Marker, PhasePlot, Role, ValidatedRange
from endotune_desktop.physiology.communication import Communication, Signal
from endotune_desktop.physiology.gh_igf1.states import STATES

_GIVEN, _GLAND, _INDEX, _DOWN = Role.GIVEN, Role.GLAND, Role.INDEX, Role.DOWNSTREAM

MARKERS: tuple[Marker, ...] = (
    Marker(
        "gh", "GH", "ug/L", "growth hormone, own and injected; without somapacitan and pegvisomant",
        Role.UPSTREAM, "gh", True, True, 0.05, 0.36,
    ),
    Marker("igf1", "IGF-1", "ug/L", "total insulin-like growth factor 1", _DOWN, "igf1", True, False, None, 0.36),
    Marker("igf1_sds", "IGF-1 SDS", "1", "IGF-1 as standard deviations for age", _INDEX, "", True, False, None, 0.28),
    Marker("igf1_uln", "IGF-1 / ULN", "1", "IGF-1 as multiples of the upper limit for age", _INDEX),
    Marker("igfbp3", "IGFBP-3", "mg/L", "IGF binding protein 3", _DOWN, "igfbp3"),
    Marker("glucose_rise", "Glucose rise", "mmol/L", "plasma glucose above fasting, in a glucose load", _DOWN),
    Marker("octreotide", "Octreotide", "ug/L", "octreotide in plasma", _GIVEN),
    Marker("lanreotide", "Lanreotide", "ug/L", "lanreotide in plasma", _GIVEN),
    Marker("pegvisomant", "Pegvisomant", "mg/L", "pegvisomant in plasma", _GIVEN),
    Marker("cabergoline", "Cabergoline", "ug/L", "cabergoline in plasma", _GIVEN),
    Marker("somapacitan", "Somapacitan", "ug/L", "somapacitan in plasma", _GIVEN),
    Marker("lonapegsomatropin", "Lonapegsomatropin", "ug", "bound GH in plasma, amount", _GIVEN),
    Marker("macimorelin", "Macimorelin", "ug/L", "macimorelin in plasma", _GIVEN),
    Marker("ghrh_drive", "GHRH drive", "1", "GHRH drive, own and given, 1 = between bursts", _GLAND),
    Marker("somatostatin_tone", "Somatostatin tone", "1", "somatostatin tone, 1 = reference", _GLAND),
    Marker("analogue_tone", "Analogue tone", "1", "tone added by octreotide and lanreotide", _GLAND),
    Marker("releasable_pool", "Releasable GH", "1", "GH ready for release, 1 = full", _GLAND),
    Marker("somatotroph_secretion", "Own GH", "ug/L/h", "GH secreted by normal somatotrophs", _GLAND),
    Marker("adenoma_secretion", "Adenoma GH", "ug/L/h", "GH secreted by an adenoma", _GLAND),
    Marker("given_gh", "GH absorbed", "ug/L/h", "GH that comes in from injections", _GLAND),
    Marker("gh_signal", "GH signal", "ug/L", "GH signal in the liver, somapacitan included", _GLAND),
    Marker("receptor_occupancy", "Occupied receptors", "1", "GH receptors that signal in the liver", _GLAND),
    Marker("igf1_production", "IGF-1 production", "ug/L/h", "IGF-1 made, per plasma volume", _GLAND),
    Marker("own_gh", "Own GH, all", "ug/L/h", "GH secreted by somatotrophs and an adenoma", _GLAND),
    Marker("gh_given_as_input", "Given GH", "ug/L/h", "absorbed, and somapacitan as GH with the same signal", _GLAND),
    Marker("somatotroph_function", "Somatotrophs left", "1", "1 = normal", _GLAND),
)  # fmt: skip

GLANDS: tuple[Gland, ...] = (
    Gland(
        "hypothalamus", "Hypothalamus", "GHRH and somatostatin", 0.0, 0.0, Role.GLAND,
        ("ghrh_drive", "somatostatin_tone"), lesions=("ghrh_loss",),
    ),
    Gland(
        "pituitary", "Pituitary", "own GH", 0.0, 1.0, Role.UPSTREAM, ("somatotroph_secretion", "adenoma_secretion"),
        "releasable_pool", ("gh_deficiency", "acromegaly", "analogue_resistance"),
    ),
    Gland("blood", "Blood, GH", "", 0.0, 2.0, Role.HORMONE, ("gh", "gh_signal")),
    Gland(
        "liver", "Liver, IGF-1", "", 1.15, 2.0, Role.DOWNSTREAM, ("igf1", "igf1_production", "igfbp3"),
        lesions=("laron", "oral_oestrogen"),
    ),
)  # fmt: skip

ARROWS: tuple[Arrow, ...] = (
    Arrow("ghrh", "GHRH", "hypothalamus", "pituitary", True, "ghrh_drive", 11.0, "stalk", 1.0),
    Arrow("secretion", "GH, own", "pituitary", "blood", True, "somatotroph_secretion", 1.6, "ghd", 1.0),
    Arrow("receptor", "GH receptor", "blood", "liver", True, "receptor_occupancy", 0.25, "ghr", 0.02),
    Arrow(
        "somatostatin", "GH raises somatostatin", "blood", "pituitary", False, "somatostatin_tone", 1.0, lane=-1.0,
    ),
    Arrow("igf1_feedback", "IGF-1 holds GH back", "liver", "pituitary", False, "igf1", 170.0, lane=1.0),
    Arrow("given", "given", "given", "blood", True, "given_gh", 1.5),
)  # fmt: skip

PHASE = PhasePlot("gh", "igf1", x_log=True, y_log=False)

_LOOP = ("P", "GH", "S", "X", "IGF")

COMMUNICATION = Communication(
    signals=(Signal("igf1", "probe_igf1"),),
    upstream="gh",
    hormone="igf1",
    own="own_gh",
    given="gh_given_as_input",
    gland=("somatotroph_function",),
    slow=(),
    unreached=tuple(state.id for state in STATES if state.id not in _LOOP),
    answers="igf1_production",
    targets=("igf1",),
)
"""The long loop through IGF-1; the short one through somatostatin stays closed within it (tuning.md 2.1)."""

VALIDATED: tuple[ValidatedRange, ...] = (
    ValidatedRange(
        "marker", "gh", 0.0, 120.0, "ug/L",
        "Outside the validated range: GH over 120 ug/L was never compared with people.",
    ),
    ValidatedRange(
        "marker", "igf1", 2.0, 800.0, "ug/L",
        "Outside the validated range: IGF-1 over three times the upper limit was never compared with patients.",
    ),
    ValidatedRange(
        "daily_dose", "somatropin", 0.0, 1.0, "mg",
        "Outside the validated range: compared at 0.3 mg somatropin a day, usable up to 1 mg.",
    ),
    ValidatedRange(
        "daily_dose", "pegvisomant", 0.0, 20.0, "mg",
        "Outside the validated range: compared at 10 to 20 mg pegvisomant a day.",
    ),
    ValidatedRange(
        "age_years", "", 20.0, 80.0, "years", "Outside the validated range: compared for adults of 25 to 65 years."
    ),
    ValidatedRange(
        "duration_days", "", 0.0, 365.0, "d", "Outside the validated range: compared for times up to half a year."
    ),
)  # fmt: skip

LIMITS: tuple[str, ...] = (
    "IGF-1 saturates: at 75 kg near 580 ug/L in the specification, near 800 (three times the limit) with refinements.",
    "Somapacitan kinetics are linear here, the published ones saturable; only potency times exposure is identified.",
    "Lean and obese persons do not differ in GH, though body mass dominates it in life.",
    "GH has no effect on glucose or insulin here.",
    "The half-life of IGF-1, 26.5 h, is the apparent turnover in GH deficiency; 15 h and 39 h are published as well.",
    "GH is shown without pegvisomant and somapacitan; some assays read them.",
    "GHRH bursts come by the clock, an input and no rhythm of the axis itself.",
    "IGF-1 SDS and limits are this program's own reference, not a published table: assays differ.",
    "The adenoma does not grow or shrink.",
)
