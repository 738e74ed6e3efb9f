"""Where this program leaves the research specification, and why: in force as far as the parameter ``refined`` says."""

from __future__ import annotations

from endotune_desktop.physiology.axis import REFINED, Mode, Parameter, Refinement

STRUCTURE: tuple[Parameter, ...] = (
    Parameter(
        "k_res", "1", "rise of the FSH threshold as the reserve falls; 0 in the research model", 0.0, 0.0, 2.0,
        "not in hpg_female.md; aged follicles answer less to FSH (POSEIDON [mem])",
    ),
    Parameter(
        REFINED, "1", "0: the research specification, 1: with this program's refinements", 0.0, 0.0, 1.0,
        "this program",
    ),
)  # fmt: skip

REFINEMENTS: tuple[Refinement, ...] = (
    Refinement(
        "e_F", Mode.TIMES, 0.71,
        "FSH follows GnRH less than LH does. FSH under an antagonist falls to 0.38 instead of 0.26 (W76), so follicles "
        "wait instead of shrinking and surges come back after 9.3 instead of 16.6 d (W78) and 19.9 instead of 21.3 d "
        "(W79). FSH without GnRH is higher (W44 3.3 to 4.3, W65 3.9 to 4.6). Less good: after 3 mg once the surge is "
        "late by 4.5 instead of 8.5 d (W73, published 8.0), after 1 mg by 2.1 instead of 3.0 d (W74, published 4.0).",
        "pubmed 11172833: FSH falls less than LH (read); Duijkers 1998: 5 and 13 d (read)",
    ),
    Refinement(
        "F_max", Mode.TIMES, 1.016,
        "Goes with e_F: keeps the FSH to LH ratio of menses at 1 (W20), ovulation on clomifene in polycystic ovary "
        "before day 26 (W105) and the delay under 1 mg of antagonist a day under 20 d (W79); e_F alone would not.",
        "as e_F; a hundredth part of the calibrated value",
    ),
    Refinement(
        "S_ag", Mode.TIMES, 4.0,
        "A stronger flare under an agonist, together with k_des: estradiol rises by 1.32 instead of 1.11 when it is "
        "begun on day 3 (W70), LH by 6.6 instead of 2.4, which was close to its limit (W62).",
        "flare protocols [mem]",
    ),
    Refinement(
        "k_des", Mode.TIMES, 4.0,
        "With S_ag, so that what is left of the drive under an agonist stays what it was and the flare as short: "
        "estradiol after weeks of an agonist stays under its limits (W63, W69, W71, W72), a fast pump fails (W51).",
        "flare protocols [mem]",
    ),
    Refinement(
        "k_Sc", Mode.TIMES, 0.93,
        "Follicles luteinise a little more slowly: progesterone peaks 5.1 instead of 4.9 d after LH (W10); the luteal "
        "phase stays 13.6 d (W12), rescue by hCG gives 7.7 instead of 10.1 ng/mL (W125).",
        "peak of progesterone 5-9 d after LH [mem]",
    ),
    Refinement(
        "k_res", Mode.PLUS, 0.62,
        "Follicles of a small reserve need more FSH: a low-reserve ovary on 150 IU a day makes 0.59 of the estradiol "
        "of a full one instead of 1.18 (W122), with 3.7 instead of 5.5 mature follicles and no early luteinisation. "
        "FSH at menses in perimenopause rises to 15.0 instead of 13.3 IU/L (W40). Less good: cycles shorten there by "
        "1.1 instead of 4.2 d (W39, accepted 0.7 to 6).",
        "POSEIDON [mem]",
    ),
)  # fmt: skip
