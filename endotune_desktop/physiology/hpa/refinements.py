"""Where this program moves away from the research specification of the adrenal axis, and why.

Each group was searched together against all rows of the facts table; a change that no row needed was taken out again.
Numbers in brackets are fact rows: before, after.
"""

from __future__ import annotations

from endotune_desktop.physiology.axis import Mode, Refinement

_FACTS = "hpa.md section 4; searched against all rows of the facts table"
_DUAL = (
    "The outer coat of the dual-release tablet is drug on its surface and does not wait for a tablet to fall apart:"
    " peak at 0.85 h instead of 2.05 (15b), 6.7 h above 200 nmol/L instead of 7.6 (15c), peak 431 +- 126 kept (15a)."
)
_DELAYED = (
    "An enteric coat holds the drug for hours and lets it go at once; four stages smear that: peak 572 at 07:42 instead"
    " of 518 at 05:00 (16a, 16b). No other row moves."
)
_MUSCLE = (
    "From muscle the succinate must first be split: two stages give the peak at 1.1 h instead of 0.4 h (17b), its"
    " height is kept (17a). No other row moves."
)
_PRODUCTION = (
    "Isotopes give 9.9 +- 2.7 mg/d: a lower free clearance with a lower uptake of tablets (within the scatter of"
    " Derendorf's 0.96 +- 0.20) and a narrower day bring production from 18.2 to 15.2 mg/d (10). Height and time of"
    " peaks after tablets (11, 12, 19), half-life and clearance (13) stay in their windows; the crisis infusion rises"
    " from 1050 to 1096 (18)."
)
_FEEDBACK = (
    "The fit had stopped at 30 and 34 nmol/L, bounds chosen by hand; glucocorticoid receptors bind cortisol at 15-20."
    " Tighter feedback with a steeper adrenal answer needs less cortisol at the same morning level (10) and leaves more"
    " ACTH when it is lost: overshoot after 10 mg for 90 d 1.12 to 1.205 of normal (41c). Morning"
    " cortisol falls from 370 to 345 and its peak comes 27 min earlier (01, 03a); the 1 mg test suppresses more (21)."
)
_RECOVERY = (
    "The pituitary comes back before the adrenals: half the way back to the 20 d of Milo 2025, growth less saturated."
    " ACTH now peaks 6 d before cortisol is back instead of 26 d after (41d; 42d, 43d earlier as well), and stays"
    " raised in long-treated Addison, 107 to 132 pg/mL (20c); untreated 383 to 536 (36)."
)
_CAPACITY = (
    "Steroidogenic capacity fades more slowly, so that a tetracosactide test on day 5 after the loss of ACTH is still"
    " falsely normal: 438 to 475 nmol/L (31a); week 10 stays subnormal (31b)."
)
_BALANCE = "Follows from the others: the healthy mean of this signal, so that healthy glands stay at mass 1."

REFINEMENTS: tuple[Refinement, ...] = (
    Refinement("coat_fast", Mode.PLUS, 0.7, _DUAL, _FACTS),
    Refinement("f_mrIR", Mode.TIMES, 1.28, _DUAL, _FACTS),
    Refinement("F_mr", Mode.TIMES, 0.95, _DUAL, _FACTS),
    Refinement("k_mr", Mode.TIMES, 0.9, _DUAL, _FACTS),
    Refinement("dr_late", Mode.PLUS, 1.0, _DELAYED, _FACTS),
    Refinement("k_dr", Mode.TIMES, 3.3, _DELAYED, _FACTS),
    Refinement("im_two", Mode.PLUS, 1.0, _MUSCLE, _FACTS),
    Refinement("k_im", Mode.TIMES, 1.875, _MUSCLE, _FACTS),
    Refinement("CLu", Mode.TIMES, 0.924, _PRODUCTION, _FACTS),
    Refinement("F_hc", Mode.TIMES, 0.906, _PRODUCTION, _FACTS),
    Refinement("CBG", Mode.TIMES, 0.985, _PRODUCTION, _FACTS),
    Refinement("c1", Mode.TIMES, 0.958, _PRODUCTION, _FACTS),
    Refinement("K_GRp", Mode.TIMES, 0.75, _FEEDBACK, _FACTS),
    Refinement("K_GRh", Mode.TIMES, 0.86, _FEEDBACK, _FACTS),
    Refinement("EC50", Mode.TIMES, 1.07, _FEEDBACK, _FACTS),
    Refinement("n_A", Mode.TIMES, 1.075, _FEEDBACK, _FACTS),
    Refinement("K_C", Mode.TIMES, 1.47, _FEEDBACK, _FACTS),
    Refinement("t_P", Mode.TIMES, 0.75, _RECOVERY, _FACTS),
    Refinement("th_P", Mode.TIMES, 1.5, _RECOVERY, _FACTS),
    Refinement("t_B", Mode.TIMES, 1.35, _CAPACITY, _FACTS),
    Refinement("refP", Mode.TIMES, 0.8129, _BALANCE, _FACTS),
    Refinement("refA", Mode.TIMES, 1.0213, _BALANCE, _FACTS),
    Refinement("refD", Mode.TIMES, 0.8295, _BALANCE, _FACTS),
)
