"""What a patient's labs may move on the female gonadal axis (tuning.md 1.1 and 1.2, row HPG-f).

The severities of reserve and of hyperprolactinaemia and the intake are assumed.
"""

from __future__ import annotations

from endotune_desktop.physiology.fitting import Fitting

FITTING = Fitting(
    when_measured={
        "th1": ("estradiol", "progesterone", "lh"),
        "T_IB": ("fsh",),
        "T_PL": ("progesterone",),
    },
    severities={"reserve": 0.5, "tone": 0.55, "PRL": 0.5},
    recent_intake={"estradiol": (3.0, 0.10)},
    cycle_day_spread_h=48.0,
)
