"""Parameters of the prolactin axis (gh_prolactin_calcium.md section 2), each with its source."""

from __future__ import annotations

from endotune_desktop.physiology.axis import REFINED, Derived, Parameter

OWN = -1.0
"""Value of `WT` and `female` that stands for the person's own weight and sex."""

_S2 = "gh_prolactin_calcium.md section 2"


def _fixed(
    identity: str, value: float, unit: str, meaning: str, source: str, omega: float | None = None,
    low: float | None = None, high: float | None = None, words: str = "",
) -> Parameter:  # fmt: skip
    """Return a model constant; it may be set between a tenth and ten times its value unless said otherwise."""
    lowest = value / 10.0 if low is None else low
    highest = value * 10.0 if high is None else high
    return Parameter(identity, unit, meaning, value, lowest, highest, source, omega, words)


def _knob(identity: str, value: float, unit: str, meaning: str, low: float, high: float, words: str = "") -> Parameter:
    """Return what a lesion or a user moves."""
    return Parameter(identity, unit, meaning, value, low, high, f"knob, {_S2}", None, words)


_PERSON = (
    _knob("WT", OWN, "kg", "body weight, -1 for the person's own (not used by the equations)", -1.0, 300.0),
    _knob("female", OWN, "1", "1 woman, 0 man, -1 for the person's own sex", -1.0, 1.0),
)

_AXIS = (
    _fixed("kPRL", 1.12, "1/h", "prolactin elimination, half-life 37 min", "P11", 0.15),
    _fixed("R0f", 10.0, "ug/L", "24-h mean prolactin, woman", "P1 median 10.0", 0.35, words="Prolactin, woman"),
    _fixed("R0m", 7.5, "ug/L", "24-h mean prolactin, man", "P1 median 8.5 (7.5: men lower, P2)", 0.35,
           words="Prolactin, man"),
    _fixed("krel", 0.12, "1/h", "baseline fractional release of the store", "calibrated to: TRH peak (P1)"),
    _fixed("kL", 0.15, "1/h", "store refill", "assumed"),
    _fixed("KD", 0.08, "1", "dopamine (baseline 1) for half D2 occupancy",
           "calibrated to: stalk/antipsychotic ceiling", 0.2),
    _fixed("Imax", 0.99, "1", "maximum inhibition of release", "calibrated to: cabergoline depth (P7)", None, 0.5, 1.0),
    _fixed("kDA", 0.08, "1/h", "turnover of tuberoinfundibular dopamine feedback",
           "assumed (structure: Friberg 2009)"),
    _fixed("gDA", 0.45, "1", "exponent, prolactin drives dopamine",
           "calibrated to: tolerance (structure: Friberg 2009)", 0.2, words="Dopamine answer to prolactin"),
    _fixed("amp_sl", 0.65, "1", "sleep amplitude", "calibrated to: max/min (P2)", 0.2, 0.0, 3.0, "Sleep rise"),
    _fixed("amp_c", 0.25, "1", "circadian cosine amplitude, acrophase 05 h", "calibrated to: P2", None, 0.0, 0.8),
    _fixed("t_sl", 4.0, "h", "clock centre of the sleep wave", "P2", None, 0.0, 24.0, "Middle of sleep (clock)"),
    _fixed("w_sl", 2.6, "h", "SD of the sleep wave", "assumed"),
    _fixed("mtrh", 60.0, "1", "TRH stimulation, maximum", "calibrated to: P1", 0.3),
    _fixed("ktrh", 8.0, "1/h", "TRH elimination (5 min)", "assumed"),
    _fixed("Ktrh", 60.0, "ug", "TRH for half effect", "assumed"),
)  # fmt: skip

_LESIONS = (
    _knob("trh_tone", 1.0, "1", "endogenous TRH tone (primary hypothyroidism 2-4)", 0.1, 10.0),
    _knob("lact", 1.0, "1", "lactotroph mass (pregnancy term 15, lactation 5)", 0.0, 100.0, "Lactotroph mass"),
    _knob("stalk", 0.0, "1", "loss of dopamine delivery", 0.0, 1.0, "Stalk damage"),
    _knob("At", 0.0, "ug/L", "tumour prolactin production, untreated, before dopamine feedback (60 micro, 400 macro)",
          0.0, 2.0e6),
    _knob("res_t", 1.0, "1", "tumour D2 sensitivity (0 = resistant)", 0.0, 1.0),
    _knob("mac_frac", 0.0, "1", "macroprolactin at steady state over monomeric prolactin (2-6)", 0.0, 20.0),
    Parameter("elimination", "1", "prolactin elimination relative to normal, production unchanged", 1.0, 0.1, 3.0,
              "not in the specification, where production scales with kPRL and a slower kPRL raises nothing"),
)  # fmt: skip

_TUMOUR = (
    _fixed("ft", 0.25, "1", "fraction of portal dopamine seen by the tumour", "assumed", None, 0.0, 1.0),
    _fixed("kg_t", 0.0, "1/h", "tumour growth", "0 by default", None, 0.0, 0.01),
    _fixed("ks_t", 0.00035, "1/h", "tumour shrinkage at full D2 excess", "calibrated to: P9", 0.5, 0.0, 0.01),
    _fixed("Vmin", 0.25, "1", "residual tumour volume", "assumed", None, 0.0, 1.0),
    _fixed("trh_t", 0.15, "1", "tumour TRH response, relative", "calibrated to: P10"),
)

_AGONISTS = (
    _fixed("kacab", 1.5, "1/h", "cabergoline absorption", "label tmax 2-3 h"),
    _fixed("CLcab", 131.0, "L/h", "cabergoline CL/F (90 in hyperprolactinaemia: half-life 96 h)",
           "t1/2 63-68 h healthy, 79-115 h hyperprolactinaemic (P13)", 0.3, words="Clearance of cabergoline"),
    _fixed("Vcab", 12500.0, "L", "cabergoline V/F", "calibrated to: label Cmax", 0.3),
    _fixed("kecab", 0.3, "1/h", "cabergoline effect-site delay", "calibrated to: onset by 3 h (P7)"),
    _fixed("Kcab", 0.00055, "ug/L", "cabergoline competing with dopamine, half-occupancy alone",
           "calibrated to: -65 % after 0.3 mg (P7)", 0.4, words="Sensitivity to cabergoline (half effect)"),
    _fixed("kabro", 1.0, "1/h", "bromocriptine absorption", "label (m)"),
    _fixed("CLbro", 550.0, "L/h", "bromocriptine CL/F", "label (m) t1/2 4.9 h", 0.4),
    _fixed("Vbro", 3900.0, "L", "bromocriptine V/F", "label (m) Cmax 465 pg/mL after 2.5 mg"),
    _fixed("Kbro", 0.0067, "ug/L", "bromocriptine competing with dopamine, half-occupancy alone",
           "calibrated to: -71..-73 % (P7)", 0.4),
)  # fmt: skip

_ANTAGONISTS = (
    _fixed("karis", 1.5, "1/h", "risperidone and 9-hydroxyrisperidone absorption", "assumed"),
    _fixed("CLris", 6.5, "L/h", "risperidone active-moiety CL/F", "(m)", 0.35),
    _fixed("Vris", 120.0, "L", "risperidone V/F", "(m) t1/2 about 13-20 h"),
    _fixed("Kiris", 0.47, "ug/L", "risperidone antagonist constant", "calibrated to: P5", 0.3),
    _fixed("kamet", 1.5, "1/h", "metoclopramide absorption", "(m)"),
    _fixed("CLmet", 31.0, "L/h", "metoclopramide CL/F", "(m) t1/2 5 h", 0.3),
    _fixed("Vmet", 220.0, "L", "metoclopramide V/F", "(m) Cmax 35-40 ug/L after 10 mg"),
    _fixed("Kimet", 1.5, "ug/L", "metoclopramide antagonist constant", "calibrated to: P3", 0.3),
    _fixed("kahal", 0.5, "1/h", "haloperidol absorption", "(m)"),
    _fixed("CLhal", 78.0, "L/h", "haloperidol CL/F", "(m) t1/2 20 h", 0.3),
    _fixed("Vhal", 2250.0, "L", "haloperidol V/F", "(m)"),
    _fixed("Kihal", 0.15, "ug/L", "haloperidol antagonist constant", "assumed", 0.3),
    _fixed("kaari", 0.6, "1/h", "aripiprazole absorption", "(m)"),
    _fixed("CLari", 3.4, "L/h", "aripiprazole CL/F", "(m) t1/2 75 h", 0.35),
    _fixed("Vari", 370.0, "L", "aripiprazole V/F", "(m)"),
    _fixed("Kiari", 0.8, "ug/L", "aripiprazole partial-agonist constant", "calibrated to: P6", 0.3),
    _fixed("eari", 0.93, "1", "aripiprazole intrinsic efficacy",
           "calibrated to: neutral alone, halves risperidone effect", None, 0.0, 1.0),
)  # fmt: skip

_ASSAY = (
    _fixed("KgnRH", 60.0, "ug/L", "prolactin halving the GnRH output factor", "calibrated here", 0.3),
    _fixed("ngn", 2.0, "1", "exponent of the GnRH output factor", "calibrated here"),
    _fixed("kmac", 0.03, "1/h", "macroprolactin turnover (1 d)", "assumed"),
    _fixed("hookC", 15000.0, "ug/L", "concentration at which a one-step assay loses half", "assumed"),
    _fixed("hookn", 1.6, "1", "exponent of the hook", "assumed"),
)

_OWN = (
    Parameter("pause", "1/h", "return of the tumour volume to 1 while a start is sought; 0 in every course", 0.0, 0.0,
              1.0, f"{_S2}: settle, then put Vt back to 1"),
    Parameter(REFINED, "1", "0 the research specification, 1 this program's refinements", 0.0, 0.0, 1.0,
              "see the axis' refinements"),
    Parameter("probe_prl", "1", "logarithm by which the hypothalamus misreads prolactin", 0.0, -2.0, 2.0,
              "tuning.md 2.1"),
)  # fmt: skip

PARAMETERS: tuple[Parameter, ...] = (
    *_PERSON, *_AXIS, *_LESIONS, *_TUMOUR, *_AGONISTS, *_ANTAGONISTS, *_ASSAY, *_OWN
)  # fmt: skip

DERIVED: tuple[Derived, ...] = (
    Derived("R0", "ug/L", "24-h mean prolactin of this person's sex (R0f or R0m)"),
    Derived("u0", "1/h", "release of the store at baseline"),
    Derived("o0", "1", "D2 occupancy of lactotrophs at baseline"),
    Derived("ot0", "1", "D2 occupancy of the tumour at baseline"),
)
