"""What a patient's labs may move on the calcium axis (tuning.md 1.1 and 1.2, row Ca; the intakes are assumed)."""

from __future__ import annotations

from endotune_desktop.physiology.fitting import Fitting

FITTING = Fitting(
    when_measured={"Db": ("calcidiol",), "bP": ("phosphate",), "D0": ("calcitriol",)},
    severities={"hypo": 0.5, "Aad": 0.8, "GFR": 0.3},
    recent_intake={"": (3.0, 0.10)},
    replaces={"hypo": ("PTH0",)},
)
