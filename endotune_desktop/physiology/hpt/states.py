"""The 27 states of the thyroid axis (hpt.md section 1) with the balanced values of the reference man (section 3)."""

from __future__ import annotations

from endotune_desktop.physiology.axis import State

STATES: tuple[State, ...] = (
    State("T4p", "umol", "T4 in plasma", 0.303767908259, 0.3),
    State("T4f", "umol", "T4 in fast tissue", 0.200486819451, 0.2),
    State("T4s", "umol", "T4 in slow tissue", 0.601460458354, 0.6),
    State("T3p", "umol", "T3 in plasma", 0.00591548031874, 0.006),
    State("T3f", "umol", "T3 in fast tissue", 0.00821694290403, 0.008),
    State("T3s", "umol", "T3 in slow tissue", 0.0449656443147, 0.045),
    State("T4pill", "umol", "T4 in tablets not yet dissolved", 0.0, 0.1),
    State("T4gut", "umol", "T4 dissolved in the gut", 0.0, 0.1),
    State("T3pill", "umol", "T3 in tablets not yet dissolved", 0.0, 0.02),
    State("T3gut", "umol", "T3 dissolved in the gut", 0.0, 0.02),
    State("TSH", "mU/L", "TSH of the person's own pituitary", 1.7, 0.1),
    State("rhTSHdepot", "mU/L", "thyrotropin alfa at the injection site, as plasma TSH", 0.0, 10.0),
    State("rhTSH", "mU/L", "thyrotropin alfa in plasma", 0.0, 10.0),
    State("TRHx", "ug", "protirelin in plasma", 0.0, 10.0),
    State("TRHeff", "1", "effect of protirelin on release, 0 to 1", 0.0, 0.1),
    State("z4", "1", "pituitary signal made from T4", 1.0, 1.0),
    State("x", "1", "fast pituitary signal (release)", 1.0, 1.0),
    State("z", "1", "slow pituitary signal (transcription)", 1.0, 1.0),
    State("H", "1", "thyroid state of peripheral tissue, 1 = euthyroid", 1.0, 1.0),
    State("lnMP", "1", "logarithm of the thyrotroph mass", 0.0, 1.0, may_be_negative=True),
    State("MT", "1", "thyroid gland mass, 1 = normal", 1.0, 1.0),
    State("Y", "1", "colloid hormone store, 1 = normal", 1.0, 1.0),
    State("Infl", "1", "inflammation of a thyroiditis", 0.0, 0.1),
    State("Dmg", "1", "damage of a thyroiditis, 0 to 1", 0.0, 0.1),
    State("sigma", "1", "residual thyroid function, 1 = whole", 1.0, 1.0),
    State("MMI", "mg", "thiamazole in the thyroid", 0.0, 1.0),
    State("TRAb", "1", "TSH-receptor antibody, TSH equivalents", 0.0, 1.0),
)
