"""What a patient's labs may move on the male gonadal axis (tuning.md 1.1 and 1.2, row HPG-m).

Beside that row: FSH has a level of its own in every man (omega 0.35, hpg_male.md) as LH has, the testis answers hCG
more or less (omega 0.3), and how much prolactin holds the GnRH back is no better known than other severities [assumed].
"""

from __future__ import annotations

from endotune_desktop.physiology.fitting import Fitting

FITTING = Fitting(
    when_measured={
        "SHBG0": ("shbg", "free_testosterone"),
        "arom": ("estradiol",),
        "IB_ref": ("inhibin_b",),
        "Sp_ref": ("sperm_index",),
        "LH_ref": ("lh",),
        "FSH_ref": ("fsh",),
    },
    when_given={"eps_hCG": ("chorionic_gonadotropin",)},
    severities={"tone": 0.55, "cap_Leydig": 0.55, "cap_Pit": 0.55, "PRL": 0.5},
    recent_intake={"testosterone": (5.0, 0.18)},
)
