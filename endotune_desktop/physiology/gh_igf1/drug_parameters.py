"""Parameters of the drugs of the somatotropic axis (gh_prolactin_calcium.md section 1)."""

from __future__ import annotations

from endotune_desktop.physiology.axis import Parameter
from endotune_desktop.physiology.gh_igf1.sources import cited


def constant(
    identity: str,
    value: float,
    unit: str,
    meaning: str,
    source: str,
    *,
    high: float | None = None,
    omega: float | None = None,
    words: str = "",
) -> Parameter:
    """Return a constant of the document: it may be set between a tenth and ten times its value, or up to `high`."""
    top = high or value * 10.0
    return Parameter(identity, unit, meaning, value, value / 10.0, top, cited(source), omega, words)


_G16 = "calibrated here to: 6.6/16/27 mg/L at 10/15/20 mg/d (G16)"

DRUGS: tuple[Parameter, ...] = (
    constant(
        "ka85", 0.122, "1/h", "rhGH s.c. absorption at 85 kg; x(WT/85)^-0.687", "Papathanasiou 2021: 0.122, CV 89.7 %",
        omega=0.7,
    ),
    constant(
        "ktr", 0.876, "1/h", "somatropin second absorption step = published CL/V 24.7/28.2",
        "Papathanasiou 2021 (re-parameterised here)",
    ),
    constant(
        "CLF85", 24.7, "L/h", "rhGH apparent clearance at 85 kg; x(WT/85)^0.982", "Papathanasiou 2021: 24.7, CV 33.2 %",
        omega=0.32, words="Clearance of injected GH",
    ),
    constant("Vsom", 14.6, "L", "somapacitan V/F", "label (m): 14.6", omega=0.3),
    constant("ksom", 0.01155, "1/h", "somapacitan elimination (60 h)", "G13: half-life 2-3 d", omega=0.2),
    constant("kasom", 0.15, "1/h", "somapacitan absorption", "label: tmax 8-25 h"),
    constant(
        "pS", 0.006, "1", "potency of total somapacitan vs GH at the IGF-1 step",
        "calibrated here to: 2.4 mg/wk = 0.3 mg/d (G13). Only pS/(CL/F) is identified",
    ),
    constant("kalon", 0.04, "1/h", "lonapegsomatropin absorption", "assumed"),
    constant("krlon", 0.0225781, "1/h", "lonapegsomatropin autocleavage, half-life 30.7 h", "label (m)"),
    constant(
        "Flon", 0.405, "1", "lonapegsomatropin fraction reaching plasma", "set = F of daily rhGH at 85 kg", high=1.0,
        omega=0.2,
    ),
    constant("kaoct", 7.7, "1/h", "octreotide s.c. absorption (5.4 min)", "G22"),
    constant("CLoct", 10.3, "L/h", "octreotide clearance, acromegaly (172 mL/min)", "G22", omega=0.3),
    constant("Voct", 29.4, "L", "octreotide volume", "G22: 29.4", omega=0.2),
    constant(
        "Flar", 0.54, "1", "octreotide LAR bioavailability", "calibrated here to: 1.56 ug/L at 20 mg q4w (G17)",
        high=1.0, omega=0.2,
    ),
    constant(
        "kl", 0.00490196, "1/h", "rate of the 4-step release chain of octreotide LAR (mean 34 d)",
        "calibrated here to: plateau d 14-42 (G17, G19)",
    ),
    constant("fburst", 0.005, "1", "octreotide LAR day-1 burst", "G17: <=0.5 % of AUC", high=1.0),
    constant("kalan", 0.00115525, "1/h", "lanreotide Autogel release (25 d)", "label (m) 22-30 d"),
    constant("CLlan", 23.1, "L/h", "lanreotide clearance", "label (m) 23.1", omega=0.3),
    constant("Vlan", 15.1, "L", "lanreotide volume", "label (m) 15.1"),
    constant("Flan", 0.75, "1", "lanreotide Autogel bioavailability", "label (m) 0.69-0.78", high=1.0),
    constant(
        "soct", 4.5, "L/ug", "somatostatin-tone equivalents per ug/L octreotide", "calibrated here to: LAR 20 mg (G18)",
        omega=0.5, words="Answer to octreotide",
    ),
    constant(
        "slan", 1.1, "L/ug", "somatostatin-tone equivalents per ug/L lanreotide",
        "calibrated here to: Autogel 120 = LAR 20-30", omega=0.5, words="Answer to lanreotide",
    ),
    constant(
        "Ih", 0.35, "1", "maximum direct inhibition of hepatic IGF-1 production by somatostatin analogues",
        "calibrated here; existence: G19", high=1.0, omega=0.3,
    ),
    constant("Kh", 1.5, "1", "tone equivalents for half of that inhibition", "calibrated here"),
    constant("kapeg", 0.03, "1/h", "pegvisomant absorption", "label: tmax 33-77 h (G16)"),
    constant("Fpeg", 0.57, "1", "pegvisomant bioavailability", "label 0.57", high=1.0),
    constant("Vpeg", 7.0, "L", "pegvisomant volume", "label 7 L (CV 12 %)", omega=0.12),
    constant("CLpeg", 0.0108, "L/h", "pegvisomant linear clearance", _G16, omega=0.3),
    constant(
        "Vmpeg", 0.19, "mg/h", "pegvisomant saturable clearance, maximum", _G16, omega=0.3,
        words="Clearance of pegvisomant",
    ),
    constant("Kmpeg", 1.0, "mg/L", "pegvisomant saturable clearance, Km", _G16),
    constant(
        "Kipeg", 2.6, "mg/L", "pegvisomant competitive constant", "calibrated here to: -27/-50/-62 % (G15)", omega=0.4,
        words="Pegvisomant for half block",
    ),
    constant("npeg", 1.5, "1", "exponent of pegvisomant antagonism", "calibrated here to: -27/-50/-62 % (G15)"),
    constant("kacab", 1.5, "1/h", "cabergoline absorption", "label tmax 2-3 h"),
    constant("CLcab", 131.0, "L/h", "cabergoline CL/F", "calibrated here to: t1/2 66 h", omega=0.3),
    constant("Vcab", 12500.0, "L", "cabergoline V/F", "calibrated here to: Cmax 30-70 pg/mL at 0.5-1.5 mg", omega=0.3),
    constant("kecab", 0.3, "1/h", "cabergoline effect-site delay", "calibrated here to: onset 3 h (P7)"),
    constant(
        "Kcab", 0.01, "ug/L", "cabergoline for half effect on the GH adenoma", "calibrated here", omega=0.5,
        words="Cabergoline for half effect",
    ),
    constant("kamac", 2.5, "1/h", "macimorelin absorption", "G7: tmax 0.5-0.75 h"),
    constant("kmac", 0.2, "1/h", "macimorelin elimination (3.5 h)", "G7"),
    constant("Vmac", 3500.0, "L", "macimorelin V/F", "assumed (Cmax about 10 ug/L)"),
)  # fmt: skip
