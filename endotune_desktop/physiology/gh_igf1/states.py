"""The 33 states of the somatotropic axis, in the order and with the starts of gh_prolactin_calcium.md section 1."""

from __future__ import annotations

from endotune_desktop.physiology.axis import State

STATES: tuple[State, ...] = (
    State("P", "1", "releasable GH pool of the somatotrophs, 1 = full", 0.9, 1.0),
    State("GH", "ug/L", "growth hormone in plasma", 0.3, 0.1),
    State("S", "1", "somatostatin tone, 1 = reference", 1.1, 1.0),
    State("X", "ug/L", "growth hormone signal in the liver", 0.5, 0.5),
    State("IGF", "ug/L", "total IGF-1 in plasma", 150.0, 150.0),
    State("BP3", "mg/L", "IGFBP-3 in plasma", 4.0, 4.0),
    State("d_gh", "ug", "somatropin at the injection site, bioavailable part", 0.0, 50.0),
    State("t_gh", "ug", "somatropin on its way to plasma", 0.0, 20.0),
    State("d_som", "ug", "somapacitan at the injection site", 0.0, 500.0),
    State("c_som", "ug", "somapacitan in plasma", 0.0, 500.0),
    State("d_lon", "ug", "lonapegsomatropin at the injection site, bioavailable part", 0.0, 500.0),
    State("p_lon", "ug", "lonapegsomatropin in plasma, as bound GH", 0.0, 300.0),
    State("d_oct", "ug", "octreotide at the injection site", 0.0, 50.0),
    State("c_oct", "ug", "octreotide in plasma", 0.0, 50.0),
    State("l1", "ug", "octreotide in microspheres, first stage of release", 0.0, 5000.0),
    State("l2", "ug", "octreotide in microspheres, second stage", 0.0, 5000.0),
    State("l3", "ug", "octreotide in microspheres, third stage", 0.0, 5000.0),
    State("l4", "ug", "octreotide in microspheres, last stage", 0.0, 5000.0),
    State("d_lan", "ug", "lanreotide in its depot, bioavailable part", 0.0, 50000.0),
    State("c_lan", "ug", "lanreotide in plasma", 0.0, 50.0),
    State("d_peg", "mg", "pegvisomant at the injection site, bioavailable part", 0.0, 10.0),
    State("c_peg", "mg", "pegvisomant in plasma", 0.0, 100.0),
    State("g_cab", "ug", "cabergoline in the gut", 0.0, 100.0),
    State("c_cab", "ug", "cabergoline in the body", 0.0, 300.0),
    State("B_cab", "ug/L", "cabergoline at its site of action", 0.0, 0.03),
    State("g_mac", "mg", "macimorelin in the gut", 0.0, 10.0),
    State("c_mac", "mg", "macimorelin in the body", 0.0, 10.0),
    State("c_ghrh", "ug", "given GHRH in plasma", 0.0, 20.0),
    State("arg", "g", "given arginine in the body", 0.0, 10.0),
    State("h1", "1", "hypoglycaemia signal, first step", 0.0, 0.3),
    State("h2", "1", "hypoglycaemia signal, as the hypothalamus reads it", 0.0, 0.3),
    State("g1", "g", "glucose in the gut", 0.0, 20.0),
    State("glu", "mmol/L", "plasma glucose above fasting", 0.0, 1.0),
)
