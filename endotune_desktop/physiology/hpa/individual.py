"""What a patient's labs may move on the adrenal axis (tuning.md 1.1 and 1.2, row HPA).

Beside that row: DHEA-S has a level of its own in every person (omega 0.45, hpa.md), three times as wide as its
result's own error, and who takes a synthetic steroid has a clearance of it; without them no taper can be followed.
"""

from __future__ import annotations

from endotune_desktop.physiology.fitting import Fitting

FITTING = Fitting(
    when_measured={"CBG": ("free_cortisol", "salivary_cortisol"), "DHEAS0": ("dheas",)},
    when_given={
        "K_GRp": ("dexamethasone",),
        "k_hc": ("hydrocortisone",),
        "EC50": ("tetracosactide",),
        "t_A": ("prednisolone", "prednisone", "dexamethasone"),
        "CLu_pr": ("prednisolone", "prednisone"),
    },
    severities={"f_A": 0.6, "f_P": 0.6, "f_H": 0.6, "T_P": 0.6, "aut_F": 0.6},
    recent_intake={
        "hydrocortisone": (1.0, 0.10),
        "prednisolone": (1.0, 0.10),
        "prednisone": (1.0, 0.10),
    },
    replaces={"f_A": ("SRmax",)},
    clocks={"ph1": 0.5},
)
