"""Where this program moves away from the research specification of the calcium axis, and why.

The first four are one change: at the reference the gut takes up the same share as before (alpha 0.34), so that healthy
calcium, PTH and urine calcium stay; only how uptake answers to 1,25-dihydroxyvitamin D is another.
"""

from __future__ import annotations

from endotune_desktop.physiology.axis import Mode, Refinement

_C5 = "C5: urine calcium 199 to 417 mg a day on calcitriol 0.5 ug twice daily in healthy people"
_PASSIVE = "10-15 % of dietary calcium is absorbed without vitamin D (Holick 2007, NEJM 357:266 [mem])"

REFINEMENTS: tuple[Refinement, ...] = (
    Refinement(
        "apas", Mode.TIMES, 0.12 / 0.07,
        "More uptake without vitamin D (12 instead of 7 % of intake) keeps calcium up where 1,25-D is low, so that the "
        "steeper answer does not let kidney disease run away (Ca124).",
        _PASSIVE,
    ),
    Refinement(
        "aact", Mode.TIMES, 0.886054 / 0.6132,
        "A larger active uptake at saturation leaves room above the reference: on calcitriol urine calcium rises to "
        "1.63 instead of 1.37 times (Ca091, 1.6 to 2.6); with 1 g of calcium PTH falls to 0.52 instead of 0.57 "
        "(Ca092) and calcium rises by 0.114 instead of 0.097 (Ca093).",
        _C5,
    ),
    Refinement(
        "KaD", Mode.TIMES, 129.784738 / 95.0,
        "Half of the active uptake is reached above, not under, the reference 1,25-D: the other half of the larger "
        "answer to calcitriol (Ca091); alpha stays 0.34 at 100 pmol/L.",
        _C5,
    ),
    Refinement(
        "nD", Mode.TIMES, 1.3,
        "A steeper answer of uptake to 1,25-D (exponent 3.25) raises Ca091 further and PTH where 1,25-D is low: "
        "vitamin D deficiency 1.47 times (Ca119, was 1.40), kidney disease at 40 and 25 mL/min (Ca122, Ca123).",
        f"{_C5}; C17, C19 (m)",
    ),
    Refinement(
        "eFGF", Mode.TIMES, 0.38 / 0.3,
        "FGF23 holds 1-alpha-hydroxylase back somewhat more: 1,25-D is lower and PTH higher in kidney disease, 10.4 "
        "instead of 8.6 pmol/L at 25 mL/min (Ca123, 10 to 20), 35 instead of 24 at 15 mL/min (Ca124, 15 to 40).",
        "C19 (m): PTH 10-20 pmol/L at 25, 15-40 at 15 mL/min",
    ),
    Refinement(
        "kcinth", Mode.TIMES, 1.5,
        "Cinacalcet acts on the kidney as the sensor's lesions do: at full effect the set point falls by a sixth, "
        "which by kCaSRth would be 0.22 mmol/L of threshold; 0.15 instead of 0.10 keeps urine calcium at 0.93 times "
        "(Ca114, was 0.83) and predose PTH at -4 % (Ca113, measured -7.6 %).",
        "C14: urine calcium unchanged on cinacalcet; C15: kCaSRth from familial hypocalciuric hypercalcaemia",
    ),
    Refinement(
        "rmin", Mode.TIMES, 0.5 / 0.35,
        "Half, not a third, of bone resorption goes on without PTH: the skeleton takes up less calcium when PTH falls, "
        "which helps urine calcium on cinacalcet (Ca114) and on calcitriol (Ca091, 1.61 to 1.63).",
        "resorption markers about half of normal in hypoparathyroidism [mem]",
    ),
)  # fmt: skip
