"""What a patient's labs may move on the somatotropic axis (tuning.md 1.1 and 1.2, row GH)."""

from __future__ import annotations

from endotune_desktop.physiology.fitting import Fitting

FITTING = Fitting(
    when_measured={"M": ("gh",), "EC50": ("gh",)},
    severities={"Aad": 0.8, "ghd": 0.5},
    recent_intake={"somatropin": (14.0, 0.07), "pegvisomant": (14.0, 0.07)},
)
