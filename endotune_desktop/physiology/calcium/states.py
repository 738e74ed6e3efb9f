"""The 27 states of the calcium axis (gh_prolactin_calcium.md section 3) with its reference start."""

from __future__ import annotations

from endotune_desktop.physiology.axis import State

STATES: tuple[State, ...] = (
    State("Sto", "1", "parathyroid hormone stored in the glands, 1 = normal", 1.0, 1.0),
    State("PTH", "pmol/L", "intact parathyroid hormone in plasma", 4.5, 4.5),
    State("Mg", "1", "parathyroid gland mass, 1 = normal", 1.0, 1.0),
    State("ET", "pmol/L", "parathyroid hormone signal, delayed, in bone and kidney", 4.5, 4.5),
    State("C", "mmol/L", "total calcium in extracellular fluid", 2.4, 2.4),
    State("B", "mmol/L", "calcium of the bone fluid", 2.4, 2.4),
    State("Rs", "1", "bone resorption, 1 = normal", 1.0, 1.0),
    State("Fm", "1", "bone formation, 1 = normal", 1.0, 1.0),
    State("D", "pmol/L", "1,25-dihydroxyvitamin D", 100.0, 100.0),
    State("D25", "nmol/L", "25-hydroxyvitamin D", 60.0, 60.0),
    State("D3", "ug", "vitamin D in store", 504.9432643111372, 500.0),
    State("Pi", "mmol/L", "phosphate", 1.1, 1.1),
    State("FGF", "pg/mL", "intact FGF23", 40.0, 40.0),
    State("Gc", "mmol", "calcium in the gut", 2.0833333333333335, 2.0),
    State("g_ctl", "pmol", "calcitriol in the gut", 0.0, 100.0),
    State("g_alf", "pmol", "alfacalcidol in the gut", 0.0, 100.0),
    State("alf", "pmol", "alfacalcidol in the body", 0.0, 100.0),
    State("ter_d", "pmol", "teriparatide at the injection site", 0.0, 1000.0),
    State("ter_c", "pmol", "teriparatide in the body", 0.0, 1000.0),
    State("p84_d", "pmol", "PTH(1-84) at the injection site", 0.0, 1000.0),
    State("pal_d", "pmol", "palopegteriparatide at the injection site", 0.0, 1000.0),
    State("pal_c", "pmol", "palopegteriparatide in the body", 0.0, 1000.0),
    State("cin_g", "mg", "cinacalcet in the gut", 0.0, 10.0),
    State("cin_c", "mg", "cinacalcet in the body", 0.0, 10.0),
    State("den_d", "mg", "denosumab at the injection site", 0.0, 10.0),
    State("den_c", "mg", "denosumab in the body", 0.0, 10.0),
    State("zol", "mg", "zoledronic acid in bone", 0.0, 1.0),
)
