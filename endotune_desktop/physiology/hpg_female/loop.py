"""Loop diagram, cycle, phase plot, validated ranges and limits of the female gonadal axis (hpg_female.md section 0)."""

from __future__ import annotations

from endotune_desktop.physiology.axis import Arrow, Gland, PhasePlot, Role, ValidatedRange
from endotune_desktop.physiology.communication import Communication, Signal
from endotune_desktop.physiology.hpg_female.states import STATES
from endotune_desktop.physiology.rhythm import Begins, Cycle, Phase, Start

GLANDS: tuple[Gland, ...] = (
    Gland(
        "hypothalamus", "Hypothalamus", "GnRH pulses a day", 0.0, 0.0, Role.GLAND, ("gnrh_pulses",),
        lesions=("hypothalamic_amenorrhoea", "kallmann"),
    ),
    Gland(
        "pituitary", "Pituitary, LH and FSH", "", 0.0, 1.0, Role.UPSTREAM, ("lh", "fsh"), "gonadotroph_capacity",
        ("pituitary_damage", "hyperprolactinaemia"),
    ),
    Gland(
        "follicles", "Follicles", "first follicle", 0.0, 2.0, Role.HORMONE, ("follicle_1", "inhibin_b"),
        "ovarian_reserve",
        ("ovarian_insufficiency", "menopause", "oophorectomy", "diminished_reserve", "polycystic_ovary"),
    ),
    Gland(
        "corpus_luteum", "Corpus luteum", "", 1.15, 2.0, Role.HORMONE, ("corpus_luteum", "inhibin_a"),
        "corpus_luteum", ("luteal_phase_defect",),
    ),
    Gland("blood", "Blood, estradiol", "", 0.0, 3.0, Role.DOWNSTREAM, ("estradiol", "testosterone")),
    Gland("progesterone", "Progesterone", "", 1.15, 3.0, Role.DOWNSTREAM, ("progesterone",)),
)  # fmt: skip

ARROWS: tuple[Arrow, ...] = (
    Arrow("gnrh", "GnRH", "hypothalamus", "pituitary", True, "gnrh_effect", 1.0, "tone", 0.0),
    Arrow("fsh", "FSH", "pituitary", "follicles", True, "fsh", 5.0, "F_max", 0.0),
    Arrow("lh", "LH", "pituitary", "corpus_luteum", True, "lh", 5.0, "A_LH", 0.0),
    Arrow("ovulation", "ovulation", "follicles", "corpus_luteum", True, "luteinising", 0.5, "k_om", 0.0),
    Arrow("estradiol", "estradiol", "follicles", "blood", True, "own_estradiol", 320.0, "reserve", 0.0),
    Arrow("luteal_p4", "progesterone", "corpus_luteum", "progesterone", True, "own_progesterone", 25.0, "p_C", 0.0),
    Arrow("inhibin", "inhibin B holds FSH back", "follicles", "pituitary", False, "inhibin_b", 50.0, lane=-1.0),
    Arrow("e2_negative", "estradiol holds LH and FSH back", "blood", "pituitary", False, lane=-1.0),
    Arrow("e2_positive", "surge", "blood", "pituitary", True, "surge_switch", 1.0, "m_S", 0.0, lane=-1.4),
    Arrow("p4_pulses", "slows the pulses", "progesterone", "hypothalamus", False, lane=1.0),
    Arrow("given", "given", "given", "blood", True, "given_estradiol", 320.0),
)

PHASE = PhasePlot("estradiol", "fsh")

_LOOP = ("RP", "LH", "FS", "FSH", "E2", "P4", "IhA", "IhB", "Ez1", "Ez2", "Ph", "IBl", "Is", "Q")

COMMUNICATION = Communication(
    signals=(
        Signal("oestrogen_seen", "probe_e2"),
        Signal("progestogen_seen", "probe_p4"),
        Signal("inhibin_b", "probe_ib"),
        Signal("inhibin_a", "probe_ia"),
    ),
    upstream="own_fsh",
    hormone="estradiol",
    own="own_estradiol",
    given="given_oestrogen",
    gland=("ovarian_reserve",),
    slow=("Q",),
    unreached=tuple(state.id for state in STATES if state.id not in _LOOP),
    targets=("fsh", "estradiol"),
    held=("Z", "R", "x1", "x2", "x3", "x4", "x5", "x6", "Sc1", "Sc2", "C", "Y"),
    held_at_h=60.0,
)
"""The loop of FSH at the middle of the early follicular phase (days 1-5), follicles as they are then."""

START = Start(
    Begins.CYCLE, follow_h=9600.0, cycle_state="P4", cycle_below=1.0, look_back_h=2880.0,
    source="hpg_female.md section 2: 400 d, then the last fall of P4 through 1 ng/mL; 120 d hold the longest cycles",
)  # fmt: skip

CYCLE = Cycle(
    fall_marker="progesterone",
    fall_below=3.18,
    surge_marker="lh",
    surge_above=20.0,
    surge_half_width_h=24.0,
    early_h=120.0,
    phases=(
        Phase("early_follicular", "Early follicular"),
        Phase("follicular", "Follicular"),
        Phase("mid_cycle", "Mid-cycle"),
        Phase("luteal", "Luteal"),
    ),
    source="hpg_female.md: day 0 is the fall of P4 through 1 ng/mL; early follicular d1-5; surge duration W04",
)

_OUT = "Outside the validated range: "

VALIDATED: tuple[ValidatedRange, ...] = (
    ValidatedRange(
        "marker", "estradiol", 0.0, 14700.0, "pmol/L",
        _OUT + "estradiol over 14 700 pmol/L (4000 pg/mL) was never compared with women.",
    ),
    ValidatedRange(
        "marker", "lh", 0.0, 110.0, "IU/L", _OUT + "LH over 110 IU/L was never compared with women."
    ),
    ValidatedRange(
        "daily_dose", "estradiol", 0.0, 4.0, "mg",
        _OUT + "more estradiol alone starts a false surge in this model; tested up to 2 mg by mouth and 100 µg/d.",
    ),
    ValidatedRange(
        "daily_dose", "follitropin", 0.0, 300.0, "IU",
        _OUT + "tested at 75 and 150 IU a day; at 450 IU follicles luteinise too early here.",
    ),
    ValidatedRange(
        "daily_dose", "gonadorelin", 0.0, 160.0, "ug", _OUT + "a pump was tested at 5 and 10 µg a pulse.",
    ),
    ValidatedRange(
        "daily_dose", "letrozole", 0.0, 5.0, "mg", _OUT + "tested for 2.5 and 5 mg letrozole a day."
    ),
    ValidatedRange(
        "daily_dose", "clomifene", 0.0, 100.0, "mg", _OUT + "tested for up to 100 mg clomifene a day."
    ),
    ValidatedRange("age_years", "", 18.0, 60.0, "years", _OUT + "the model is for women of 18–60 years."),
    ValidatedRange("duration_days", "", 0.0, 400.0, "d", _OUT + "tested for times up to 330 days."),
)  # fmt: skip

SYMPTOMS: tuple[tuple[str, str], ...] = (
    ("hot_flushes", "Hot flushes"),
    ("night_sweats", "Night sweats"),
    ("vaginal_dryness", "Vaginal dryness"),
    ("low_mood", "Low mood"),
    ("low_libido", "Low libido"),
    ("pelvic_pain", "Pelvic pain"),
    ("heavy_bleeding", "Heavy bleeding"),
    ("acne_hirsutism", "Acne, hirsutism"),
)

LIMITS: tuple[str, ...] = (
    "Fitted to 77 of 128 facts, mostly recalled figures; the fair test are the other 51, of which 45 passed. Refined "
    "until all 128 pass, which is no validation.",
    "A mean-field model: LH and FSH pulses are averaged, and one cycle is like the next.",
    "Estradiol alone above 550 pmol/L (6 mg by mouth, 200 µg/d) starts a false surge here: not for endometrial "
    "preparation without a progestogen or GnRH block.",
    "Late perimenopause is too regular: cycles stay ovulatory down to a reserve of 0.05, then stop at once.",
    "Six follicle classes are no antral follicle count; in IVF they are few, and progesterone after hCG is high.",
    "A middling lack of GnRH, or prolactin near 1500 mIU/L, leaves a lasting follicle with 400-500 pmol/L estradiol.",
    "On a progestogen-only pill estradiol is qualitative: one follicle persists, or none.",
    "No LH surge without rupture, no age-related atresia, no SHBG, AMH, endometrium, bleeding or pregnancy.",
    "The kinetics of the antagonist have one half-life; release and potency of depot medroxyprogesterone are assumed.",
    "On a combined pill LH and FSH are no targets, and ethinylestradiol is not seen by an estradiol assay.",
    "During ovarian stimulation FSH shows what was injected and is no target.",
    "Oral progesterone is not modelled: only vaginal.",
)
