"""Where this program moves away from the research specification of the prolactin axis, and why."""

from __future__ import annotations

from endotune_desktop.physiology.axis import Mode, Refinement

REFINEMENTS: tuple[Refinement, ...] = (
    Refinement(
        "Kcab", Mode.TIMES, 1.3,
        "A single dose of cabergoline lowered prolactin too far: -76.0 becomes -72.2 % after 0.3 mg (PRL065, measured "
        "-65 +- 4) and -83.3 becomes -81.0 % after 0.6 mg (PRL068, measured -76 +- 4); what is left at day 5, day 14 "
        "and 3 h (PRL066, 067, 069, 070) moves by 4 to 5 percentage points within its windows.",
        "P7: -65 +- 4 % after 0.3 mg and -76 +- 4 % after 0.6 mg",
    ),
    Refinement(
        "ks_t", Mode.TIMES, 1.6,
        "With the weaker single dose a tumour must shrink faster to reach the fall of two months: PRL073 stays at "
        "-85.7 % (was -85.2 %), and the volume at half a year is 0.32 instead of 0.42 (PRL074, 0.3 to 0.7).",
        "P9: about -90 % at 8 weeks; volume 0.3 to 0.7 at 26 weeks (m)",
    ),
)  # fmt: skip
