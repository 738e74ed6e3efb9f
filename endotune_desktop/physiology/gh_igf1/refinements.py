"""Where this program leaves the research specification, and why: five values meet the three facts that it missed."""

from __future__ import annotations

from endotune_desktop.physiology.axis import Mode, Refinement

_PAPATHANASIOU = "Papathanasiou 2021, PMC8416863, Tables 2-3"

REFINEMENTS: tuple[Refinement, ...] = (
    Refinement(
        "kin0", Mode.TIMES, 1.8,
        "The published 0.949 is the typical value of a quantity with a CV of 117 %. The mean of such a lognormal, "
        "which group means show, is 1.54 times that (CV from the variance) to 1.98 times (CV read as omega). More "
        "IGF-1 without GH raises the untreated deficient person (GH20 -2.89 to -2.2 SDS) and lessens the rise on 0.3 "
        "mg somatropin (GH24 2.61 to 1.95 SDS, now met); Laron GH31 12.7 to 16.7 ug/L, IGFBP-3 GH26 1.57 to 1.37.",
        _PAPATHANASIOU,
    ),
    Refinement(
        "EC50", Mode.TIMES, 2.2,
        "The published maximum was fixed, not estimated, at substitution doses, where only the slope Emax / EC50 "
        "shows. A less saturated answer keeps healthy IGF-1 (GH05 171 to 168) and lets high GH do more: with Emax it "
        "brings acromegaly from 1.79 to 2.1 times the upper limit (GH33, now met), cabergoline GH51 from -5.7 to -9 %, "
        "octreotide LAR GH47 from -39 to -44 %, within their windows.",
        f"{_PAPATHANASIOU}: Emax fixed",
    ),
    Refinement(
        "Emax85", Mode.TIMES, 1.41,
        "Goes with EC50: holds healthy IGF-1 (GH05) and raises the ceiling of IGF-1 from 580 to about 800 ug/L, three "
        "times the upper limit, as untreated acromegaly reaches (GH33).",
        f"{_PAPATHANASIOU}: Emax fixed",
    ),
    Refinement(
        "Kipeg", Mode.TIMES, 1.35,
        "Goes with EC50: a less saturated receptor answers more to an antagonist, so the constant that was fitted at "
        "the old EC50 is larger. Pegvisomant lowers IGF-1 by 31, 54 and 65 % (GH37, GH40, GH43; 26.7, 50.1 and 62.5 in "
        "the trial) and GH rises by 3.2, 7.8 and 11.8 ug/L, within the windows.",
        "refitted to the falls of IGF-1 on 10, 15 and 20 mg (G15)",
    ),
    Refinement(
        "kS", Mode.TIMES, 1.5,
        "Somatostatin is cleared within minutes, so its tone turns over faster than the assumed 4 an hour. GH answers "
        "sooner to arginine (GH12 1.275 to 1.175 h, now met), to GHRH with arginine (GH14 0.6 to 0.525 h) and to "
        "insulin (GH16 0.85 to 0.8 h); the peaks GH11, GH13 and GH15 rise by 5 to 10 %, within their windows.",
        "plasma half-life of somatostatin 1 to 3 min [mem]; 4/h was assumed",
    ),
)  # fmt: skip
