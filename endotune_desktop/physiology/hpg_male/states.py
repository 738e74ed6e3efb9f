"""The 41 states of hpg_male.md section 6, and three of a refinement, at the operating point of the reference man."""

from __future__ import annotations

from endotune_desktop.physiology.axis import State


def _depot(identity: str, unit: str, meaning: str, scale: float) -> State:
    return State(identity, unit, meaning, 0.0, scale)


_W0 = 1.0 / 33.5
"""Slow suppression at reference androgen: H(1; 2, 6) = 1/65, so W0 = (1/60)/65 / ((1/60)/65 + 1/120)."""

STATES: tuple[State, ...] = (
    State("T", "nmol/L", "total testosterone", 18.0, 1.0),
    State("E2", "pmol/L", "estradiol", 90.0, 5.0),
    State("LH", "IU/L", "LH", 4.0, 0.1),
    State("FSH", "IU/L", "FSH of the person's own pituitary", 4.0, 0.1),
    State("IB", "pg/mL", "inhibin B", 180.0, 10.0),
    State("SHBG", "nmol/L", "sex hormone binding globulin", 35.0, 5.0),
    State("Af", "1", "androgen signal of the feedback, 1 = reference", 1.0, 0.1),
    State("Ef", "1", "estradiol signal of the feedback, 1 = reference", 1.0, 0.1),
    State("Q", "1", "gonadotroph capacity, 1 = reference", 1.0, 0.1),
    State("R", "1", "GnRH receptor, 1 = whole", 1.0, 0.1),
    State("W", "1", "slow suppression of the GnRH drive, 0 to 1", _W0, 0.01),
    State("M", "1", "trophic Leydig capacity, 1 = reference", 1.0, 0.1),
    State("Sp1", "10^6/mL", "sperm, first transit stage", 60.0, 1.0),
    State("Sp2", "10^6/mL", "sperm, second transit stage", 60.0, 1.0),
    State("Sp3", "10^6/mL", "sperm, third transit stage, as counted", 60.0, 1.0),
    _depot("gel", "mg", "testosterone from gel in the skin", 1.0),
    _depot("patch", "mg", "testosterone in the patch", 1.0),
    _depot("skin", "mg", "testosterone in the skin under the patch", 1.0),
    _depot("TE", "mg", "testosterone in an enanthate depot", 10.0),
    _depot("TEe", "mg", "testosterone as absorbed enanthate", 1.0),
    _depot("TC", "mg", "testosterone in a cypionate depot", 10.0),
    _depot("TCe", "mg", "testosterone as absorbed cypionate", 1.0),
    _depot("TU", "mg", "testosterone in an undecanoate depot", 10.0),
    _depot("TUe", "mg", "testosterone as absorbed undecanoate", 1.0),
    _depot("TUo", "mg", "testosterone as oral undecanoate", 1.0),
    _depot("hCGd", "IU", "hCG at the injection site", 100.0),
    _depot("hCG", "IU/L", "hCG in plasma", 10.0),
    _depot("FSHd", "IU", "injected FSH at its site", 10.0),
    _depot("FSHx", "IU/L", "injected FSH in plasma", 1.0),
    _depot("clo", "mg", "clomifene in the body", 10.0),
    _depot("encl", "mg", "enclomifene in the body", 1.0),
    _depot("ana", "mg", "anastrozole in the body", 0.1),
    _depot("leuB", "mg", "leuprorelin of the burst", 0.1),
    _depot("leuS1", "mg", "leuprorelin in a 1-month depot", 1.0),
    _depot("leuS3", "mg", "leuprorelin in a 3-month depot", 1.0),
    _depot("leuS6", "mg", "leuprorelin in a 6-month depot", 1.0),
    _depot("leu", "ug/L", "leuprorelin in plasma", 0.01),
    _depot("degB", "mg", "degarelix that forms no depot", 1.0),
    _depot("degS", "mg", "degarelix in the depot", 10.0),
    _depot("deg", "ug/L", "degarelix in plasma", 0.1),
    _depot("AAS", "mg", "nandrolone in depot and body", 10.0),
    State("Sp4", "10^6/mL", "sperm, fourth transit stage, of the refined chain", 60.0, 1.0),
    State("Sp5", "10^6/mL", "sperm, fifth transit stage, of the refined chain", 60.0, 1.0),
    State("Sp6", "10^6/mL", "sperm, sixth transit stage, of the refined chain", 60.0, 1.0),
)
