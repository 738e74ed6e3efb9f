"""What a patient's labs may move on the prolactin axis (tuning.md 1.1 and 1.2, row PRL; the intakes are assumed)."""

from __future__ import annotations

from endotune_desktop.physiology.fitting import Fitting

FITTING = Fitting(
    severities={"At": 0.8, "stalk": 0.5, "res_t": 0.5, "mac_frac": 0.6},
    recent_intake={"cabergoline": (14.0, 0.07), "bromocriptine": (3.0, 0.10)},
)
