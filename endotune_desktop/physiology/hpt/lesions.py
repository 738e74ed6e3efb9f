"""What can be wrong with the thyroid axis, by severity (hpt.md section 6)."""

from __future__ import annotations

from collections.abc import Callable

from endotune_desktop.physiology.axis import Change, Jump, Lesion, Mode
from endotune_desktop.physiology.fitting import Fitting

_S6 = "hpt.md section 6"
_EPISODE = ("new", "at_h")


def _fading(to: float) -> Callable[[float], float]:
    """Return ``1 + (to - 1) s``."""
    return lambda severity: 1.0 + (to - 1.0) * severity


def _power(base: float) -> Callable[[float], float]:
    """Return ``base ** s``."""
    return lambda severity: base**severity


def _rising(full: float) -> Callable[[float], float]:
    """Return ``full s``."""
    return lambda severity: full * severity


def _constant(value: float) -> Callable[[float], float]:
    """Return `value` for any severity."""
    return lambda _: value


def _times(parameter: str, at: Callable[[float], float], words: str) -> Change:
    return Change(parameter, Mode.TIMES, at, words)


def _plus(parameter: str, full: float, words: str) -> Change:
    return Change(parameter, Mode.PLUS, _rising(full), words)


def _hcg(severity: float) -> float:
    """Return hCG at week ``4 + 12 s``, TSH equivalents."""
    week = 4.0 + 12.0 * severity
    return 0.5 * max(0.0, 1.0 - abs(week - 10.0) / 6.0)


_GLAND_LOST = _times("sigma", _fading(0.0), "sigma = 1 - s")
_GLAND_CUT = Jump("sigma", Mode.TIMES, _fading(0.0), "sigma = 1 - s at once")


def _interference(name: str, title: str, factor: float, source: str) -> Lesion:
    """Return what lowers the uptake of oral levothyroxine taken together with it."""
    return Lesion(
        f"interference_{name}", title, f"Taken with the tablet: uptake x {factor:g}", "absorption",
        (_times("f4_interference", _fading(factor), f"absorption x (1 - {1.0 - factor:g} s)"),), source=source,
    )  # fmt: skip


LESIONS: tuple[Lesion, ...] = (
    Lesion(
        "primary_hypothyroidism", "Primary hypothyroidism", "Part of the gland does not work", "thyroid",
        (_GLAND_LOST,), (_GLAND_CUT,), usual_severity=0.9, source=_S6,
    ),
    Lesion(
        "thyroidectomy", "Thyroidectomy", "Part or all of the gland removed", "thyroid",
        (_GLAND_LOST,), (_GLAND_CUT,), source=_S6,
    ),
    Lesion(
        "hashimoto", "Hashimoto", "Autoimmune loss of the gland over years", "thyroid",
        (_GLAND_LOST, Change("tau_sigma", Mode.SET, _constant(17520.0), "time constant 2 years")),
        usual_severity=0.9, source=_S6 + ", E54",
    ),
    Lesion(
        "radioiodine", "Radioiodine", "Loss of the gland over weeks after radioiodine", "thyroid",
        (_GLAND_LOST, Change("tau_sigma", Mode.SET, _constant(840.0), "time constant 35 days")), source=_S6,
    ),
    Lesion(
        "graves", "Graves' disease", "Antibodies drive the gland", "thyroid",
        (_plus("trab", 8.0, "trab = 8 s"),), usual_severity=0.44, source=_S6,
    ),
    Lesion(
        "toxic_nodule", "Toxic nodule", "A nodule secretes on its own", "thyroid",
        (_plus("nodule", 4.0, "nodule = 4 s x basal"),), usual_severity=0.4, source=_S6,
    ),
    Lesion(
        "thyroiditis", "Thyroiditis", "An inflammation empties the colloid store", "thyroid", (),
        (Jump("Infl", Mode.PLUS, _rising(1.0), "Infl += s"),), _EPISODE, source=_S6,
    ),
    Lesion(
        "central_hypothyroidism", "Central hypothyroidism", "The pituitary makes too little TSH", "pituitary",
        (_times("pit", _power(0.01), "pit = 0.01^s"),), source=_S6, usual_severity=0.75,
    ),
    Lesion(
        "tertiary_hypothyroidism", "Tertiary hypothyroidism", "The hypothalamus makes too little TRH", "hypothalamus",
        (_times("trh", _power(0.01), "trh = 0.01^s; bioactivity 1 - 0.5 (1 - trh)"),), source=_S6, usual_severity=0.85,
    ),
    Lesion(
        "tshoma", "TSH-secreting adenoma", "An adenoma makes TSH on its own", "pituitary",
        (_plus("tshoma", 8.0, "tshoma = 8 s mU/L"),), usual_severity=0.4, source=_S6,
    ),
    Lesion(
        "resistance_beta", "Resistance to thyroid hormone beta", "Pituitary and tissues answer weakly", "pituitary",
        (_plus("rth_pit", 0.7, "r_pit = 0.7 s"), _plus("rth_per", 0.6, "r_per = 0.6 s")), usual_severity=0.75,
        source=_S6,
    ),
    Lesion(
        "resistance_beta_pituitary", "Resistance beta, pituitary form", "Only the pituitary answers weakly",
        "pituitary", (_plus("rth_pit", 0.7, "r_pit = 0.7 s, r_per = 0"),), usual_severity=0.75, source=_S6,
    ),
    Lesion(
        "binding_globulin_excess", "TBG excess", "More binding protein", "blood",
        (_times("tbg", _fading(2.5), "TBG x (1 + 1.5 s)"),), source=_S6,
    ),
    Lesion(
        "binding_globulin_lack", "TBG deficiency", "Less binding protein", "blood",
        (_times("tbg", _fading(0.05), "TBG x (1 - 0.95 s)"),), source=_S6,
    ),
    Lesion(
        "oral_oestrogen", "Oral oestrogen", "More TBG and a higher T4 demand", "blood",
        (_times("tbg", _fading(1.5), "TBG x (1 + 0.5 s)"), _times("demand", _fading(1.35), "demand 1 + 0.35 s")),
        source=_S6,
    ),
    Lesion(
        "pregnancy", "Pregnancy", "Week 4 + 12 s: more TBG, more demand, hCG", "blood",
        (
            _times("tbg", _fading(2.0), "TBG x (1 + g), g = s"),
            _times("demand", _fading(1.65), "demand 1 + 0.65 g"),
            Change("hcg", Mode.PLUS, _hcg, "hCG = 0.5 max(0, 1 - |W - 10|/6), W = 4 + 12 s"),
        ),
        source=_S6,
    ),
    Lesion(
        "non_thyroidal_illness", "Non-thyroidal illness", "Severe illness turns the axis down (teaching only)",
        "tissue",
        (
            _times("d1", _fading(0.4), "d1 = 1 - 0.6 s"),
            _times("d3", _fading(1.3), "d3 = 1 + 0.3 s"),
            _times("setpoint", _power(0.03), "setpoint x 0.03^s"),
            _times("tbg", _fading(0.7), "TBG x (1 - 0.3 s)"),
            _times("demand", _fading(1.2), "demand 1 + 0.2 s"),
        ),
        source=_S6 + " [mem]",
    ),
    Lesion(
        "deiodinase_1_loss", "Loss of D1", "Less T3 made in fast tissue", "tissue",
        (_times("d1", _fading(0.2), "d1 = 1 - 0.8 s"),), source=_S6,
    ),
    Lesion(
        "deiodinase_2_loss", "Loss of D2", "Less T3 made in slow tissue and in the pituitary", "tissue",
        (_times("d2", _fading(0.2), "d2 = 1 - 0.8 s"),), source=_S6,
    ),
    Lesion(
        "iodine_deficiency", "Iodine deficiency", "Less hormone made in the gland", "thyroid",
        (_times("iodine", _fading(0.2), "iodine = 1 - 0.8 s"),), source=_S6,
    ),
    Lesion(
        "amiodarone", "Amiodarone", "Both deiodinases are slowed (deiodinase part only)", "tissue",
        (_times("d1", _fading(0.5), "d1 = 1 - 0.5 s"), _times("d2", _fading(0.5), "d2 = 1 - 0.5 s")),
        source=_S6 + " [mem]",
    ),
    Lesion(
        "glucocorticoid", "Glucocorticoid", "Lowers TSH and D1", "pituitary",
        (_times("setpoint", _power(0.3), "setpoint x 0.3^s"), _times("d1", _fading(0.7), "d1 = 1 - 0.3 s")),
        source=_S6 + " [mem]",
    ),
    Lesion(
        "enzyme_induction", "Enzyme inducer", "T4 is cleared faster", "tissue",
        (_times("demand", _fading(1.8), "demand = 1 + 0.8 s"),), source=_S6 + " [mem]",
    ),
    Lesion(
        "malabsorption", "Malabsorption", "Less oral T4 is taken up", "absorption",
        (_times("f4", _fading(0.4), "f4 x (1 - 0.6 s)"),), source=_S6,
    ),
    _interference("breakfast", "Breakfast with the tablet", 0.75, "hpt.md section 5 [mem]"),
    _interference("coffee", "Coffee with the tablet", 0.75, "hpt.md section 5 [mem]"),
    _interference("calcium", "Calcium with the tablet", 0.87, "hpt.md section 5, Singh 2000 (read)"),
    _interference("iron", "Iron with the tablet", 0.75, "hpt.md section 5 [mem]"),
    _interference("ppi", "Proton-pump inhibitor", 0.80, "hpt.md section 5 [mem]"),
    _interference("sucralfate", "Sucralfate with the tablet", 0.50, "hpt.md section 5 [mem]"),
)  # fmt: skip

FITTING = Fitting(
    when_measured={"conv": ("ft3",)},
    severities={"sigma": 0.8, "pit": 0.8, "trab": 0.6, "nodule": 0.5},
    recent_intake={"": (14.0, 0.055), "thyrotropin_alfa": (0.0, 0.0), "protirelin": (0.0, 0.0)},
    replaces={"sigma": ("gt",)},
)
"""tuning.md 1.1 and 1.2; the omegas of the parameters are the axis' own."""
