"""Parameters of the thyroid axis: hpt.md section 4, and the fields of a person that lesions and fits move."""

from __future__ import annotations

import math

from endotune_desktop.physiology.axis import Derived, Parameter


def _fixed(
    identity: str, value: float, unit: str, meaning: str, source: str, low: float = 0.0, high: float | None = None
) -> Parameter:
    """Return a model constant; it may be set between a tenth and ten times its value unless said otherwise."""
    return Parameter(identity, unit, meaning, value, low if low else value / 10.0, high or value * 10.0, source)


_LN2 = math.log(2.0)
"""Rate constants that the document prints from a half-life are kept as that half-life, not as its six figures."""

_MODEL = (
    _fixed("F4ref", 15.5, "pmol/L", "FT4 of the reference man", "reference range centre"),
    _fixed("F3ref", 5.0, "pmol/L", "FT3 of the reference man", "reference range centre"),
    _fixed("T4ref", 95.0, "nmol/L", "total T4", "Blakesley baseline 94-100"),
    _fixed("T3ref", 1.85, "nmol/L", "total T3", "Blakesley baseline 1.94"),
    _fixed("TSH0", 1.7, "mU/L", "TSH, 24-h level (circadian flat)", "NHANES/Blakesley 1.4-1.9"),
    _fixed("Vp", 3.2, "L", "plasma volume of the reference man", "THYROSIM 2008 (3.2 L)"),
    _fixed("TBG", 270.0, "nmol/L", "TBG binding sites", "textbook [mem]"),
    _fixed("K4", 14.0, "1/nM", "TBG affinity for T4 (1.4e10 /M)", "textbook 1-2e10 [mem]"),
    _fixed("K3", 1.35, "1/nM", "TBG affinity for T3", "calibrated so that TBG carries ~2/3 of T3 [mem]"),
    _fixed("P4", 78.5, "ug/d", "T4 secretion at reference", "80-100 [mem]; calibrated D08"),
    _fixed("P3thy", 5.91, "ug/d", "T3 secretion at reference", "~5-6 (deiodinase.org; Woeber, read)"),
    _fixed("P3d1", 11.0, "ug/d", "T3 made by D1 (fast tissue)", "sum of sources ~25-30; split calibrated E24, D11"),
    _fixed("P3d2", 7.5, "ug/d", "T3 made by D2 (slow tissue)", "as P3d1; E05"),
    _fixed("r2", 0.66, "1", "fast over plasma T4 at reference", "THYROSIM 0.66, calibrated C01-C08"),
    _fixed("r3", 1.98, "1", "slow over plasma T4 at reference", "THYROSIM 2.1, calibrated B01"),
    _fixed("q6", 0.045, "umol", "T3 slow pool at reference", "calibrated B04 (THYROSIM 0.065)"),
    _fixed("k12", 0.886, "1/h", "T4 fast to plasma", "THYROSIM 2006 (0.868), calibrated"),
    _fixed("k13", 0.108, "1/h", "T4 slow to plasma", "THYROSIM 2006"),
    _fixed("k45", 5.37, "1/h", "T3 fast to plasma", "THYROSIM 2006"),
    _fixed("k46", 0.0689, "1/h", "T3 slow to plasma", "THYROSIM 2006"),
    _fixed("k05", 0.19, "1/h", "T3 elimination from the fast pool at H = 1", "THYROSIM (0.185-0.207)"),
    _fixed("K2", 2.08, "umol", "D2 half-saturation (slow T4 pool)", "calibrated B02, E05"),
    _fixed("phi4", 0.431, "1", "T4 non-D1/D2 elimination at H = 0 relative to H = 1", "calibrated B02, B03"),
    _fixed("phi3", 0.425, "1", "T3 elimination at H = 0 relative to H = 1", "calibrated B05, B06"),
    _fixed("phi1", 0.0929, "1", "D1 activity at H = 0 relative to H = 1", "calibrated E24, E38-E39"),
    _fixed("kapH", 4.2, "1", "saturation of the H effect", "calibrated B03, D17"),
    _fixed("tauH", 120.0, "h", "time constant of the tissue thyroid state H", "5 d, set"),
    _fixed("kd4", 1.3, "1/h", "LT4 tablet dissolution", "THYROSIM 2008"),
    _fixed("ka4", 1.0, "1/h", "LT4 gut uptake (absorption and loss)", "THYROSIM 0.88 + 0.12"),
    _fixed("kd3", 1.4, "1/h", "LT3 tablet dissolution", "calibrated C09-C10 (THYROSIM 1.78)"),
    _fixed("ka3", 0.9, "1/h", "LT3 gut uptake", "calibrated C09"),
    _fixed(
        "fSR", 0.65, "1", "bioavailability of slow-release relative to plain LT3",
        "pre-dose TT3 on 0.55 ug/kg ~100-113 ng/dL (Bentham 2025 abstract, read)", 0.1, 1.0,
    ),
    _fixed("kTSH", _LN2 / 1.0, "1/h", "TSH elimination (half-life 1 h)", "SimThyr 50 min; textbook ~1 h [mem]"),
    _fixed("karh", 0.25, "1/h", "thyrotropin alfa absorption", "E20"),
    _fixed("kerh", _LN2 / 25.0, "1/h", "thyrotropin alfa apparent elimination (25 h)", "Thyrogen label (read)"),
    _fixed("w", 0.4, "1", "share of the pituitary signal from FT4 (via D2)", "calibrated C04-C06, D27-D32", 0.05, 0.95),
    _fixed("kapz", 7.48, "1", "receptor occupancy saturation", "calibrated E45, D16"),
    _fixed("k", 7.0, "1", "log-slope of TSH release on occupancy", "calibrated C04-C06, D13-D16, E56"),
    _fixed("Smax", 50.0, "mU/L", "maximal TSH level per unit thyrotroph mass", "calibrated D01-D04"),
    _fixed("floor", 0.004, "mU/L", "TSH release that cannot be suppressed, per unit mass", "0.004, E23"),
    _fixed("acirc", 0.45, "1", "log-amplitude of the 24-h TRH drive", "LS fit to Blakesley baseline 0.50, shrunk"),
    _fixed("tcirc", 1.0, "h", "its acrophase (clock)", "as acirc", 0.0001, 24.0),
    _fixed("acirc2", 0.09, "1", "12-h harmonic of the drive", "as acirc"),
    _fixed("tcirc2", 2.7, "h", "its phase (clock)", "as acirc", 0.0001, 24.0),
    _fixed("tau1", 3.37, "h", "lag from T4 to local T3", "C04, C18"),
    _fixed("tau2", 7.22, "h", "fast (release) lag", "C11, C14"),
    _fixed("tau3", 58.2, "h", "slow (transcription) lag", "C04-C06, C12"),
    _fixed("alpha", 0.299, "1", "share of the fast signal", "C11-C14, C17", 0.01, 0.99),
    _fixed("Mmax", 2.78, "1", "thyrotroph mass, maximum", "D04", 1.1, 20.0),
    _fixed("Mmin", 0.01, "1", "thyrotroph mass, minimum", "E26-E28", 0.0001, 0.9),
    _fixed("kM", 4.74, "1", "sensitivity of the mass target to occupancy", "D05, D16, E26-E29"),
    _fixed("tauP", 1080.0, "h", "thyrotroph mass time constant (on its logarithm)", "E26-E29, D20; Korem Kohanim 2022"),
    _fixed("Kf", 5.5, "1", "TSH-receptor saturation (maximum 1 + Kf times basal)", "E21"),
    _fixed("bas", 0.05, "1", "TSH-independent secretion", "central hypothyroidism E07 [mem]", 0.0001, 0.9),
    _fixed("cT3", 0.893, "1", "T3 enrichment of secretion per unit gland growth", "E24, E05, E39"),
    _fixed("MTmax", 3.45, "1", "gland mass maximum", "E02-E06", 1.1, 20.0),
    _fixed("MTmin", 0.4, "1", "gland mass minimum", "E30-E31", 0.01, 0.95),
    _fixed("tauT", 1640.0, "h", "gland mass time constant", "weeks to months; E06"),
    _fixed("tauY", 2280.0, "h", "colloid store turnover at basal rate", "E25, E33 (~2-3 months)"),
    _fixed("kI", 0.000569, "1/h", "decay of a thyroiditis' inflammation", "E33"),
    _fixed("kDmg", 0.0187, "1/h", "damage rate", "E34"),
    _fixed("tauD", 1320.0, "h", "damage repair", "E35-E36"),
    _fixed("lam", 4.13, "1", "leak rate, multiples of basal", "E32"),
    _fixed("kmmi", _LN2 / 24.0, "1/h", "intrathyroidal thiamazole loss (half-life 24 h)", "[mem]"),
    _fixed("ic50", 4.0, "mg", "thiamazole amount for half block", "E25 [mem]"),
    _fixed("imax", 0.98, "1", "maximal block", "[mem]", 0.1, 1.0),
    _fixed("ktrh", _LN2 / (5.5 / 60.0), "1/h", "protirelin elimination, half-life 5.5 min", "[mem]"),
    _fixed("EC", 36.3, "ug", "protirelin amount for half effect", "E11-E13"),
    _fixed("kx", 12.0, "1/h", "protirelin effect rate (a tenth when hypothalamic function is lost)", "E12, E18"),
    _fixed("Emax", 85.6, "1", "maximal fold of release by protirelin", "E11"),
)  # fmt: skip

_S4 = "hpt.md section 4"
_S6 = "hpt.md section 6"

_PERSON = (
    Parameter("setpoint", "1", "TRH drive, set point", 1.0, 0.001, 100.0, _S4, 0.85, "Set point of the pituitary"),
    Parameter("slope", "1", "pituitary slope", 1.0, 0.3, 3.0, _S4, 0.10, "Steepness of the TSH answer"),
    Parameter("f4", "1", "absorbed share of oral T4", 0.80, 0.05, 1.0, _S4, 0.12, "Uptake of levothyroxine"),
    Parameter("f3", "1", "absorbed share of oral T3", 0.92, 0.05, 1.0, "hpt.md section 5", None, ""),
    Parameter("cl4", "1", "T4 clearance other than D1 and D2", 1.0, 0.3, 3.0, _S4, 0.12, "Clearance of T4"),
    Parameter("conv", "1", "conversion of T4 to T3 by D1 and D2", 1.0, 0.2, 3.0, _S4, 0.15, "Conversion of T4 to T3"),
    Parameter("gt", "1", "secretory capacity of the thyroid", 1.0, 0.05, 10.0, _S4, 0.45, "Capacity of the thyroid"),
    Parameter(
        "sigma", "1", "residual function towards which the thyroid goes", 1.0, 0.0, 1.0, _S6, None, "Working gland"
    ),
    Parameter("tau_sigma", "h", "time constant of the residual function", 8760.0, 1.0, 876000.0, "hpt.md section 9"),
    Parameter("trab", "1", "receptor antibody, TSH equivalents", 0.0, 0.0, 20.0, _S6),
    Parameter("tau_trab", "h", "time constant of the antibody (remission)", 4320.0, 1.0, 876000.0, "180 d, section 5"),
    Parameter("nodule", "1", "autonomous secretion, multiples of basal", 0.0, 0.0, 10.0, _S6),
    Parameter("tshoma", "mU/L", "TSH of an adenoma", 0.0, 0.0, 50.0, _S6),
    Parameter("rth_pit", "1", "resistance of the pituitary, 0 none", 0.0, 0.0, 0.95, _S6),
    Parameter("rth_per", "1", "resistance of the periphery, 0 none", 0.0, 0.0, 0.95, _S6),
    Parameter("pit", "1", "thyrotroph function left", 1.0, 0.0001, 1.0, _S6),
    Parameter("trh", "1", "hypothalamic function left", 1.0, 0.0001, 1.0, _S6),
    Parameter("tbg", "1", "TBG relative to normal", 1.0, 0.01, 4.0, _S6, None, "Binding protein (TBG)"),
    Parameter("demand", "1", "T4 elimination relative to normal", 1.0, 0.2, 4.0, _S6),
    Parameter("hcg", "1", "hCG, TSH equivalents", 0.0, 0.0, 5.0, _S6),
    Parameter("d1", "1", "D1 activity relative to normal", 1.0, 0.0, 3.0, _S6),
    Parameter("d2", "1", "D2 activity relative to normal", 1.0, 0.0, 3.0, _S6),
    Parameter("d3", "1", "T3 elimination relative to normal", 1.0, 0.2, 4.0, _S6),
    Parameter("iodine", "1", "iodine supply relative to enough", 1.0, 0.0, 1.0, _S6),
    Parameter("probe_t4", "1", "logarithm by which the pituitary misreads FT4", 0.0, -2.0, 2.0, "tuning.md 2.1"),
    Parameter("probe_t3", "1", "logarithm by which the pituitary misreads FT3", 0.0, -2.0, 2.0, "tuning.md 2.1"),
    Parameter("f4_interference", "1", "absorption left by food and drugs", 1.0, 0.1, 1.1, "hpt.md section 5"),
)

PARAMETERS: tuple[Parameter, ...] = _MODEL + _PERSON

DERIVED: tuple[Derived, ...] = (
    Derived("VpL", "L", "plasma volume of this person"),
    Derived("TBGs", "nmol/L", "TBG binding sites of this person"),
    Derived("N4", "1", "linear binding of T4 (transthyretin, albumin)"),
    Derived("N3", "1", "linear binding of T3"),
    Derived("CLf", "umol/h per pmol/L", "T4 uptake into fast tissue"),
    Derived("CLs", "umol/h per pmol/L", "T4 uptake into slow tissue"),
    Derived("kel", "1/h", "T4 elimination other than D1 and D2 at H = 1"),
    Derived("kD1", "1/h", "D1 rate at H = 1"),
    Derived("V2", "umol/h", "maximal D2 rate"),
    Derived("K2s", "umol", "D2 half-saturation of this person"),
    Derived("k05s", "1/h", "T3 elimination of this person at H = 1"),
    Derived("S4", "umol/h", "T4 secretion at reference stimulation"),
    Derived("S3", "umol/h", "T3 secretion at reference stimulation"),
    Derived("CL54", "umol/h per pmol/L", "T3 uptake into fast tissue"),
    Derived("CL64", "umol/h per pmol/L", "T3 uptake into slow tissue"),
    Derived("ks", "1", "log-slope of TSH release of this person"),
    Derived("th50", "1", "occupancy of half-maximal TSH release"),
    Derived("lnI0", "1", "logarithm of the mean circadian factor"),
    Derived("BM", "1", "offset of the thyrotroph mass target"),
    Derived("KMT", "1", "half-saturation of the gland mass target"),
    Derived("drive", "1", "TRH drive: set point times hypothalamic function"),
    Derived("beta", "1", "bioactivity of TSH"),
    Derived("kxs", "1/h", "protirelin effect rate of this person"),
    Derived("Emaxs", "1", "protirelin reserve of this person"),
)
