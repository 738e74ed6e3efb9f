"""What a patient's labs may move on the male gonadal axis (tuning.md 1.1 and 1.2, row HPG-m)."""

from __future__ import annotations

from endotune_desktop.physiology.fitting import Fitting

FITTING = Fitting(
    when_measured={
        "SHBG0": ("shbg", "free_testosterone"),
        "arom": ("estradiol",),
        "IB_ref": ("inhibin_b",),
        "Sp_ref": ("sperm_index",),
        "LH_ref": ("lh",),
    },
    severities={"tone": 0.55, "cap_Leydig": 0.55, "cap_Pit": 0.55},
    recent_intake={"testosterone": (5.0, 0.18)},
)
