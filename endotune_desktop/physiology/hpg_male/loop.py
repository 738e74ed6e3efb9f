"""Markers, loop diagram, phase plot and validated ranges of the male gonadal axis (hpg_male.md sections 6 to 9)."""

from __future__ import annotations

from endotune_desktop.physiology.axis import Arrow, Gland, Marker, PhasePlot, Role, ValidatedRange
from endotune_desktop.physiology.communication import Communication, Signal
from endotune_desktop.physiology.hpg_male.states import STATES

MARKERS: tuple[Marker, ...] = (
    Marker("lh", "LH", "IU/L", "luteinising hormone", Role.UPSTREAM, "lh", True, True, 0.1, 0.26),
    Marker(
        "fsh", "FSH", "IU/L", "follicle stimulating hormone, own and given", Role.UPSTREAM, "fsh", True, True, 0.1, 0.2
    ),
    Marker(
        "testosterone", "Testosterone", "nmol/L", "total testosterone", Role.HORMONE, "testosterone", True, False,
        None, 0.34,
    ),
    Marker(
        "free_testosterone", "Free testosterone", "pmol/L", "calculated after Vermeulen", Role.DOWNSTREAM,
        "free_testosterone",
    ),
    Marker("estradiol", "Estradiol", "pmol/L", "estradiol", Role.DOWNSTREAM, "estradiol", True, False, None, 0.2),
    Marker("shbg", "SHBG", "nmol/L", "sex hormone binding globulin", Role.DOWNSTREAM, "shbg"),
    Marker("inhibin_b", "Inhibin B", "pg/mL", "inhibin B", Role.HORMONE, "inhibin_b"),
    Marker(
        "sperm_index", "Sperm", "10^6/mL", "an index of spermatogenesis, not a count that a laboratory would find",
        Role.INDEX, "", True, False, None, 0.2,
    ),
    Marker("bioavailable_testosterone", "Bioavailable T", "nmol/L", "free and albumin-bound", Role.INDEX),
    Marker("percent_free", "Free share", "%", "free over total testosterone", Role.INDEX),
    Marker("gnrh_drive", "GnRH drive", "1", "own and pump, 1 = reference man", Role.GLAND),
    Marker("lh_pulse_frequency", "LH pulses", "1/d", "frequency of LH pulses", Role.GLAND),
    Marker("lh_pulse_size", "LH pulse size", "IU/L", "rise of LH at a pulse", Role.GLAND),
    Marker("pituitary_capacity", "Pituitary capacity", "1", "gonadotroph capacity, 1 = normal", Role.GLAND),
    Marker("gnrh_receptor", "GnRH receptor", "1", "receptors left on the gonadotroph, 1 = all", Role.GLAND),
    Marker("slow_suppression", "Slow suppression", "1", "what long androgen excess leaves behind, 0 to 1", Role.GLAND),
    Marker("leydig_capacity", "Leydig capacity", "1", "Leydig cells times trophic state, 1 = normal", Role.GLAND),
    Marker("sertoli_capacity", "Sertoli capacity", "1", "Sertoli cells, 1 = normal", Role.GLAND),
    Marker("testicular_testosterone", "Testicular T", "1", "testosterone in the testis, 1 = reference", Role.GLAND),
    Marker("testosterone_secretion", "Own T", "nmol/d", "testosterone from the testes", Role.GLAND),
    Marker("testosterone_given", "Given T", "nmol/d", "testosterone from what is given", Role.GIVEN),
    Marker("androgen_signal", "Androgen signal", "1", "what the feedback reads, 1 = reference", Role.GLAND),
    Marker("estradiol_signal", "Estradiol signal", "1", "what the feedback reads, 1 = reference", Role.GLAND),
    Marker("hcg", "hCG", "IU/L", "hCG in plasma", Role.GIVEN),
    Marker("fsh_given", "Given FSH", "IU/L", "injected FSH in plasma", Role.GIVEN),
    Marker("leuprorelin", "Leuprorelin", "ug/L", "GnRH agonist in plasma, as leuprorelin", Role.GIVEN),
    Marker("degarelix", "Degarelix", "ug/L", "degarelix in plasma", Role.GIVEN),
    Marker("nandrolone", "Nandrolone", "mg", "nandrolone in depot and body", Role.GIVEN),
)  # fmt: skip

GLANDS: tuple[Gland, ...] = (
    Gland(
        "hypothalamus", "Hypothalamus", "GnRH drive", 0.0, 0.0, Role.GLAND, ("gnrh_drive",),
        lesions=(
            "kallmann", "secondary_hypogonadism", "functional_obesity", "hyperprolactinaemia", "opioids", "ageing",
        ),
    ),
    Gland(
        "pituitary", "Pituitary, LH and FSH", "", 0.0, 1.0, Role.UPSTREAM, ("lh", "fsh"), "pituitary_capacity",
        ("pituitary_damage",),
    ),
    Gland(
        "leydig", "Leydig cells", "own testosterone", 0.0, 2.0, Role.HORMONE, ("testosterone_secretion",),
        "leydig_capacity", ("primary_hypogonadism", "klinefelter", "orchiectomy"),
    ),
    Gland(
        "sertoli", "Sertoli cells", "sperm", 1.15, 2.0, Role.HORMONE, ("inhibin_b", "sperm_index"),
        "sertoli_capacity",
    ),
    Gland("blood", "Blood, testosterone", "", 0.0, 3.0, Role.DOWNSTREAM, ("testosterone", "free_testosterone")),
    Gland("fat", "Fat and other tissues", "estradiol", 1.15, 3.0, Role.DOWNSTREAM, ("estradiol",)),
)  # fmt: skip

ARROWS: tuple[Arrow, ...] = (
    Arrow("gnrh", "GnRH", "hypothalamus", "pituitary", True, "gnrh_drive", 1.0, "tone", 0.0),
    Arrow("lh", "LH", "pituitary", "leydig", True, "lh", 4.0, "cap_Pit", 1e-4),
    Arrow("fsh", "FSH", "pituitary", "sertoli", True, "fsh", 4.0),
    Arrow("testosterone", "own", "leydig", "blood", True, "testosterone_secretion", 22062.5, "cap_Leydig", 1e-4),
    Arrow("in_testis", "testosterone in the testis", "leydig", "sertoli", True, "testicular_testosterone", 1.0),
    Arrow("aromatase", "aromatase", "blood", "fat", True, "estradiol", 90.0, "arom", 0.0),
    Arrow("t_feedback", "T on GnRH", "blood", "hypothalamus", False, "androgen_signal", 1.0, "w_A", 0.0, -1.0),
    Arrow("e2_feedback", "E2 on GnRH", "fat", "hypothalamus", False, "estradiol_signal", 1.0, "w_E", 0.0, 1.0),
    Arrow("e2_pituitary", "E2 on the pituitary", "fat", "pituitary", False, "estradiol_signal", 1.0, "v_E", 0.0, 1.0),
    Arrow("inhibin", "inhibin B", "sertoli", "pituitary", False, "inhibin_b", 180.0, "w_I", 0.0, 0.6),
    Arrow("given", "given", "given", "blood", True, "testosterone_given", 22062.5),
)  # fmt: skip

PHASE = PhasePlot("testosterone", "lh")

_LOOP = ("T", "E2", "LH", "SHBG", "Af", "Ef", "Q", "R", "W", "M")
"""The states between LH and what GnRH hears; inhibin closes a loop of its own with FSH."""

COMMUNICATION = Communication(
    signals=(Signal("free_testosterone", "probe_t"), Signal("estradiol", "probe_e2")),
    upstream="lh",
    hormone="testosterone",
    own="testosterone_secretion",
    given="testosterone_given",
    gland=("leydig_capacity",),
    slow=("Q", "W", "M"),
    unreached=tuple(state.id for state in STATES if state.id not in _LOOP),
    rhythm="testosterone",
    established=("free_testosterone", "bioavailable_testosterone", "percent_free"),
)

VALIDATED: tuple[ValidatedRange, ...] = (
    ValidatedRange(
        "marker", "testosterone", 0.0, 90.0, "nmol/L",
        "Outside the validated range: testosterone over 90 nmol/L was never compared with men.",
    ),
    ValidatedRange(
        "marker", "lh", 0.0, 60.0, "IU/L",
        "Outside the validated range: LH over 60 IU/L was never compared with men.",
    ),
    ValidatedRange(
        "daily_dose", "testosterone", 0.0, 500.0, "mg",
        "Outside the validated range: tested for up to 100 mg of gel, 474 mg by mouth or 600 mg a week by injection.",
    ),
    ValidatedRange(
        "daily_dose", "clomifene", 0.0, 50.0, "mg",
        "Outside the validated range: tested for 25–50 mg clomifene a day.",
    ),
    ValidatedRange(
        "daily_dose", "chorionic_gonadotropin", 0.0, 1500.0, "IU",
        "Outside the validated range: tested for 1500 IU hCG two or three times a week.",
    ),
    ValidatedRange(
        "age_years", "", 18.0, 80.0, "years", "Outside the validated range: tested for men of 18–80 years."
    ),
    ValidatedRange(
        "duration_days", "", 0.0, 730.0, "d", "Outside the validated range: tested for times up to two years."
    ),
)  # fmt: skip

LIMITS: tuple[str, ...] = (
    "A table of 86 facts was in view while the model was made: it shows that nothing broke, it is no validation.",
    "Against Bhasin 2001, which was not, nadirs on weekly enanthate come out 39 % low at 25 mg and within 10 % above.",
    "No DHT, LH bioactivity, hCG desensitisation, haematocrit or PSA; no puberty and no testicular volume.",
    "Sperm is an index; fertility is not predicted.",
    "Estradiol follows free testosterone in proportion; clomifene is a pure antagonist here.",
    "One generic anabolic steroid; agonists other than leuprorelin by an assumed equivalence.",
    "GnRH analogues have one compartment; injected esters share their clearance with gel.",
    "Testosterone answers GnRH tone flatly, then steeply: read severity by testosterone and LH.",
)
