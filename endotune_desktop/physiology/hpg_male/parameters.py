"""Parameters of the male gonadal axis: the table of hpg_male.md section 6, in its own units (days), and lesion knobs.

Sources that say "calibrated" name what the research model was fitted to. A parameter of the table whose omega is 0 does
not vary between persons.
"""

from __future__ import annotations

from endotune_desktop.physiology.axis import REFINED, Derived, Parameter


def _number(
    identity: str,
    value: float,
    unit: str,
    meaning: str,
    source: str,
    omega: float | None = None,
    low: float | None = None,
    high: float | None = None,
    words: str = "",
) -> Parameter:
    """Return a parameter; it may be set between a tenth and ten times its value unless said otherwise."""
    lowest = value / 10.0 if low is None else low
    highest = value * 10.0 if high is None else high
    return Parameter(identity, unit, meaning, value, lowest, highest, f"hpg_male.md section 6: {source}", omega, words)


_REFERENCE = (
    _number(
        "LH_ref", 4.0, "IU/L", "LH of the healthy reference state", "healthy men mean LH ~4 (ref 1.5-9)", omega=0.25,
        words="Usual LH",
    ),
    _number(
        "FSH_ref", 4.0, "IU/L", "FSH of the healthy reference state", "healthy men mean FSH ~4 (ref 1.5-12)",
        omega=0.35, words="Usual FSH",
    ),
    _number(
        "T_ref", 18.0, "nmol/L", "24-h mean total testosterone of the reference man",
        "24-h mean total T of the reference man; scale point, not a patient parameter",
    ),
    _number("E2_ref", 90.0, "pmol/L", "estradiol of the reference man", "LC-MS/MS men 40-150 pmol/L", omega=0.2),
    _number("IB_ref", 180.0, "pg/mL", "inhibin B of the reference man", "men 80-400 pg/mL", omega=0.3),
    _number(
        "SHBG0", 35.0, "nmol/L", "SHBG at 30 years, BMI 24 and reference free testosterone", "men 18-54 nmol/L",
        omega=0.3, words="Binding globulin (SHBG)",
    ),
    _number("ALB", 43.0, "g/L", "albumin", "population mean", omega=0.06, low=10, high=70, words="Albumin"),
    _number(
        "PRL", 200.0, "mIU/L", "prolactin, an input of this axis", "input; men < 360 mIU/L", low=0, high=100000,
        words="Prolactin",
    ),
    _number(
        "CL_T", 1250.0, "L/d", "clearance of total testosterone",
        "total-T MCR about 1000-1300 L/d; calibrated: gel 50/100 mg Cavg", omega=0.2,
        words="Clearance of testosterone",
    ),
    _number(
        "q_ff", 0.35, "1", "how clearance follows the free fraction, 1 = in proportion",
        "calibrated: near dose-linear nadir T in Bhasin 2001; 1 = clearance proportional to free fraction", low=0,
        high=1,
    ),
    _number("V_T", 75.0, "L", "volume of distribution of testosterone", "~1 L/kg (Nebido SmPC); t1/2 ~1 h", omega=0.15),
    _number(
        "T_adr", 0.35, "nmol/L", "testosterone from adrenal precursors",
        "orchiectomised/GnRH-suppressed men, adrenal contribution ~10 ng/dL", omega=0.3, low=0.001, high=3.5,
    ),
    _number(
        "a_diurnal", 0.155, "1", "amplitude of the daily rhythm of secretion",
        "calibrated: (max-min)/max 20-30 % in a 30-y-old", omega=0.3, low=0, high=0.9,
        words="Daily rhythm of testosterone",
    ),
    _number(
        "t_peak", 0.3125, "d", "clock time of the largest secretion, as a share of the day",
        "T acrophase 06:00-09:00", low=0, high=1,
    ),
)  # fmt: skip

_TESTIS = (
    _number("tau_SHBG", 14.0, "d", "time constant of SHBG", "calibrated: SHBG falls over weeks on TRT"),
    _number(
        "g_SHBG", 0.15, "1", "how SHBG falls with free testosterone",
        "calibrated: SHBG -10..-20 % with doubling of free T", low=0, high=1,
    ),
    _number(
        "K_LH", 8.0, "IU/L", "LH of half-maximal Leydig secretion", "calibrated: flare +50..80 % T; LH-T saturation",
        omega=0.2,
    ),
    _number(
        "cap_Leydig", 1.0, "1", "Leydig cell capacity, 1 = healthy", "lesion knob; 1 = healthy", omega=0.2,
        low=1e-05, high=10, words="Leydig cells",
    ),
    _number(
        "tau_M", 35.0, "d", "time constant of Leydig capacity",
        "calibrated: T response to hCG in HH over 1-3 months", omega=0.3,
    ),
    _number(
        "K_M", 0.9, "IU/L", "LH of half-maximal trophic effect on Leydig cells",
        "calibrated: Leydig trophic half-saturation",
    ),
    _number("n_M", 1.5, "1", "steepness of the trophic effect", "calibrated: same", low=1, high=6),
    _number(
        "M_min", 0.25, "1", "Leydig capacity that is left without LH",
        "calibrated: residual Leydig capacity in untreated congenital HH", low=0.01, high=0.9,
    ),
    _number(
        "fr_test", 0.2, "1", "share of estradiol made in the testis", "~20 % of male E2 is testicular", low=0,
        high=1,
    ),
    _number("k_E2", 5.5, "1/d", "turnover of estradiol", "effective t1/2 ~3 h"),
    _number(
        "arom", 1.0, "1", "aromatase activity, 1 = healthy", "aromatase activity knob (obesity > 1)", omega=0.15,
        low=0, high=10, words="Conversion of testosterone to estradiol",
    ),
)  # fmt: skip

_FEEDBACK = (
    _number(
        "w_A", 0.35, "1", "weight of androgen in the feedback on GnRH",
        "calibrated: TRT suppression; non-aromatisable AAS; anastrozole", omega=0.2, low=0, high=5,
    ),
    _number(
        "w_E", 1.35, "1", "weight of estradiol in the feedback on GnRH",
        "calibrated: clomiphene / anastrozole LH rise (E2 carries most feedback: Hayes 2000, Pitteloud 2008)",
        omega=0.2, low=0, high=15,
    ),
    _number(
        "n_fb", 3.5, "1", "steepness of the feedback on GnRH", "calibrated: LH <1 IU/L on full-dose TRT", low=1,
        high=8,
    ),
    _number(
        "v_E", 0.9, "1", "weight of estradiol in the feedback on the pituitary",
        "calibrated: castration LH x5-8; E2 acts at pituitary too", omega=0.2, low=0, high=10,
    ),
    _number(
        "tau_fb", 1.0, "d", "time constant of the feedback signals",
        "calibrated: loop damping; suppression starts within 1-2 d",
    ),
    _number("f0", 12.0, "1/d", "LH pulse frequency of the reference man", "LH pulses every ~2 h in men", omega=0.15),
    _number(
        "q_f", 0.4, "1", "share of the drive that goes into pulse frequency",
        "split of drive: frequency ~ G^q_f, amplitude ~ G^(1-q_f)", low=0, high=1,
    ),
    _number(
        "tone", 1.0, "1", "GnRH tone, 1 = healthy, 0 = none", "GnRH tone knob; 0 = Kallmann, 0.3-0.6 functional",
        omega=0.1, low=0, high=3, words="GnRH tone",
    ),
    _number(
        "eta_W", 5.0, "1", "strength of the slow suppression",
        "calibrated: slow recovery after long suppression 3-12 months", omega=0.4, low=0, high=50,
    ),
    _number("W_on", 1.0 / 60.0, "1/d", "build-up of the slow suppression", "calibrated: same"),
    _number("W_off", 1.0 / 120.0, "1/d", "decay of the slow suppression", "calibrated: same", omega=0.4),
    _number(
        "A_W", 2.0, "1", "androgen signal that half-saturates the slow suppression",
        "calibrated: androgen signal half-saturating the slow suppression",
    ),
    _number("n_W", 6.0, "1", "steepness of the slow suppression", "calibrated: inert at A=1", low=1, high=12),
)  # fmt: skip

_PITUITARY = (
    _number("k_LH", 13.3, "1/d", "elimination of LH", "LH t1/2 ~75 min", omega=0.1),
    _number("k_FSH", 2.1, "1/d", "effective elimination of FSH", "FSH t1/2 ~8 h (effective)", omega=0.1),
    _number(
        "tau_Q", 21.0, "d", "time constant of gonadotroph capacity",
        "calibrated: gonadotroph capacity; weeks to respond to GnRH pump", omega=0.3,
    ),
    _number(
        "Q_min", 0.1, "1", "capacity of an unprimed gonadotroph", "calibrated: unprimed gonadotroph", low=0.01,
        high=0.9,
    ),
    _number("Q_max", 1.6, "1", "largest gonadotroph capacity", "calibrated: castration response", low=1.05, high=16),
    _number(
        "cap_Pit", 1.0, "1", "pituitary capacity, 1 = healthy", "lesion knob; pituitary damage", omega=0.1,
        low=1e-05, high=5, words="Pituitary",
    ),
    _number(
        "e_FSH", 0.7, "1", "how FSH follows the pituitary drive", "calibrated: FSH less GnRH-dependent than LH",
        low=0.1, high=1,
    ),
    _number(
        "w_I", 2.0, "1", "weight of inhibin B in the feedback on FSH", "calibrated: Klinefelter FSH 20-40",
        omega=0.2, low=0, high=20,
    ),
    _number(
        "x_T", 0.0, "1", "direct androgen effect on FSH: spare, in no equation of the specification",
        "spare direct androgen effect on FSH", low=0, high=0,
    ),
    _number("k_R", 0.01, "1/d", "recovery of the GnRH receptor", "calibrated: recovery after agonist", omega=0.2),
    _number(
        "k_des", 0.085, "1/d", "loss of the GnRH receptor under constant stimulation",
        "calibrated: castrate T by 3-4 wk", omega=0.15,
    ),
    _number(
        "gam_R", 3.0, "1", "how secretion follows the GnRH receptor", "calibrated: depth of down-regulation", low=1,
        high=10,
    ),
    _number(
        "S_ag", 10.0, "1", "drive of a fully bound GnRH agonist", "calibrated: LH flare 5-8x, T +50-80 % at day 2-4",
        omega=0.2, low=0, high=100,
    ),
    _number(
        "K_ag", 0.05, "ug/L", "agonist concentration of half-maximal binding",
        "calibrated: leuprolide effective >0.1 ng/mL", omega=0.3,
    ),
    _number(
        "K_ant", 0.08, "ug/L", "antagonist concentration of half-maximal binding",
        "calibrated: degarelix castrate in 1-3 d and at trough 10 ng/mL", omega=0.3,
    ),
    _number(
        "f_cont", 48.0, "1/d", "pump frequency above which GnRH acts as continuous",
        "pump pulses/d above which GnRH acts as continuous (desensitises)",
    ),
)  # fmt: skip

_SERTOLI = (
    _number(
        "cap_Sert", 1.0, "1", "Sertoli cell capacity, 1 = healthy", "lesion knob", omega=0.2, low=1e-05, high=10,
        words="Sertoli cells",
    ),
    _number(
        "b_IB", 0.4, "1", "share of inhibin B that needs no FSH",
        "calibrated: inhibin B falls ~40-50 % when FSH suppressed", low=0, high=1,
    ),
    _number("K_IB", 3.0, "IU/L", "FSH of half-maximal inhibin B", "calibrated: same"),
    _number("tau_IB", 4.0, "d", "time constant of inhibin B", "calibrated: days to weeks"),
    _number(
        "tau_Sp", 29.0, "d", "time constant of one of three sperm transit stages",
        "3 transit compartments; 74 d spermatogenesis + ~13 d epididymis", omega=0.1,
    ),
    _number(
        "Sp_ref", 60.0, "10^6/mL", "sperm concentration of the reference man", "WHO median ~66", omega=0.6, low=1,
        high=600, words="Usual sperm count",
    ),
    _number(
        "K_ITT", 0.25, "1", "testicular testosterone of half-maximal spermatogenesis",
        "calibrated: azoospermia/oligospermia on TRT",
    ),
    _number("n_ITT", 2.0, "1", "steepness of that effect", "calibrated: same", low=1, high=12),
    _number("K_FSHs", 1.0, "IU/L", "FSH of half-maximal support of spermatogenesis", "calibrated: same"),
)  # fmt: skip

_GIVEN = (
    _number(
        "F_gel", 0.1, "1", "absorbed share of testosterone gel", "AndroGel label ~10 % of applied dose", omega=0.35,
        low=0.005, high=1, words="Uptake of testosterone gel",
    ),
    _number("ka_gel", 0.9, "1/d", "release of gel from the skin", "calibrated: flat 24 h profile", omega=0.3),
    _number("ka_patch", 2.2, "1/d", "release from the patch", "calibrated: peak ~8 h after application", omega=0.2),
    _number("ks_patch", 5.0, "1/d", "release from the skin under the patch", "calibrated: Tmax ~8 h", omega=0.2),
    _number(
        "F_patch", 1.0, "1", "delivered over labelled patch dose", "labelled delivery", omega=0.25, low=0.1, high=3,
        words="Uptake from the patch",
    ),
    _number(
        "F_TE", 0.8, "1", "apparent bioavailability of testosterone enanthate",
        "calibrated: TE 250 mg peak 35-50, trough 8-14 nmol/L", omega=0.2, low=0.1, high=2,
    ),
    _number(
        "ka_TE", 0.165, "1/d", "release of testosterone enanthate from the depot",
        "TE apparent t1/2 4.5 d (Behre & Nieschlag)", omega=0.25,
    ),
    _number("kh_TE", 2.0, "1/d", "hydrolysis of testosterone enanthate", "calibrated: Tmax 1-2 d"),
    _number("m_TE", 0.7203, "1", "testosterone in its enanthate", "MW 288.43/400.6", low=0.7, high=0.74),
    _number(
        "F_TC", 0.8, "1", "apparent bioavailability of testosterone cypionate", "calibrated: as TE", omega=0.2,
        low=0.1, high=2,
    ),
    _number(
        "ka_TC", 0.13, "1/d", "release of testosterone cypionate from the depot", "TC apparent t1/2 ~5-8 d",
        omega=0.25,
    ),
    _number("kh_TC", 1.5, "1/d", "hydrolysis of testosterone cypionate", "calibrated: Tmax 2 d"),
    _number("m_TC", 0.699, "1", "testosterone in its cypionate", "MW 288.43/412.6", low=0.68, high=0.72),
    _number(
        "F_TU", 0.8, "1", "apparent bioavailability of injected testosterone undecanoate",
        "calibrated: TU 1000 mg q12w peak/trough", omega=0.2, low=0.1, high=2,
    ),
    _number(
        "ka_TU", 0.017, "1/d", "release of testosterone undecanoate from the depot", "TU castor oil t1/2 33.9 d",
        omega=0.3,
    ),
    _number("kh_TU", 0.15, "1/d", "hydrolysis of testosterone undecanoate", "calibrated: Tmax ~7-10 d", omega=0.3),
    _number("m_TU", 0.6315, "1", "testosterone in its undecanoate", "MW 288.43/456.7", low=0.61, high=0.65),
    _number(
        "F_TUo", 0.018, "1", "absorbed share of oral testosterone undecanoate, with food",
        "calibrated: 237 mg bid Cavg ~14 nmol/L", omega=0.5, low=0.001, high=0.2, words="Uptake of oral undecanoate",
    ),
    _number("ka_TUo", 6.0, "1/d", "absorption of oral testosterone undecanoate", "Tmax 4-5 h", omega=0.4),
    _number("F_hCG", 0.45, "1", "bioavailability of hCG", "SC/IM ~40-50 %", omega=0.2, low=0.05, high=1),
    _number("ka_hCG", 1.5, "1/d", "absorption of hCG", "Tmax 12-24 h", omega=0.3),
    _number("ke_hCG", 0.52, "1/d", "elimination of hCG", "terminal t1/2 ~32 h", omega=0.2),
    _number("V_hCG", 7.0, "L", "volume of distribution of hCG", "~0.1 L/kg", omega=0.2),
    _number(
        "eps_hCG", 0.065, "1", "hCG as LH", "calibrated: 1500 IU x2-3/wk normalises T in HH",
        omega=0.3, words="Answer to hCG",
    ),
    _number("F_FSHx", 0.7, "1", "bioavailability of injected FSH", "SC ~0.7", omega=0.2, low=0.05, high=1),
    _number("ka_FSHx", 1.0, "1/d", "absorption of injected FSH", "Tmax 8-16 h", omega=0.3),
    _number("ke_FSHx", 0.5, "1/d", "elimination of injected FSH", "t1/2 ~33 h", omega=0.2),
    _number("V_FSHx", 10.0, "L", "volume of distribution of injected FSH", "~10 L", omega=0.2),
    _number("ke_clo", 0.14, "1/d", "elimination of clomifene", "clomiphene effective t1/2 ~5 d", omega=0.3),
    _number(
        "S_clo", 0.0168, "1/mg", "block of the estradiol signal by clomifene",
        "calibrated: 25 mg/d -> sensed E2 /(1+3)", omega=0.35,
    ),
    _number("ke_encl", 1.66, "1/d", "elimination of enclomifene", "enclomiphene t1/2 ~10 h", omega=0.3),
    _number(
        "S_encl", 0.2, "1/mg", "block of the estradiol signal by enclomifene", "calibrated: 12.5-25 mg",
        omega=0.35,
    ),
    _number("ke_ana", 0.355, "1/d", "elimination of anastrozole", "anastrozole t1/2 46.8 h", omega=0.25),
    _number(
        "I_ana", 0.75, "1", "largest inhibition of aromatase by anastrozole",
        "calibrated: E2 -50 % at 1 mg/d in men", omega=0.1, low=0, high=1,
    ),
    _number("C50_ana", 0.7, "mg", "anastrozole in the body at half of that", "calibrated: same", omega=0.3),
    _number(
        "fb_leu", 0.1, "1", "share of a leuprorelin depot that is released as a burst", "calibrated: burst fraction",
        low=0, high=1,
    ),
    _number("kb_leu", 5.0, "1/d", "release of the burst", "calibrated: burst"),
    _number("ks_leu1", 0.08, "1/d", "release of the 1-month depot", "calibrated: 1-month depot", omega=0.2),
    _number("ks_leu3", 0.028, "1/d", "release of the 3-month depot", "calibrated: 3-month depot", omega=0.2),
    _number("ks_leu6", 0.014, "1/d", "release of the 6-month depot", "calibrated: 6-month depot", omega=0.2),
    _number("CL_leu", 200.0, "L/d", "clearance of leuprorelin", "leuprolide CL 8.3 L/h", omega=0.25),
    _number("V_leu", 27.0, "L", "volume of distribution of leuprorelin", "leuprolide V 27 L", omega=0.2),
    _number("F_deg", 0.95, "1", "bioavailability of degarelix", "CL/F = 240 mg / AUC 1054 ng d/mL", low=0.1, high=1),
    _number(
        "fb_deg", 0.02, "1", "share of degarelix that does not form a depot", "calibrated: Cmax 26 ng/mL", omega=0.3,
        low=0, high=1,
    ),
    _number("kb_deg", 1.0, "1/d", "release of that share", "calibrated: Tmax 1-2 d", omega=0.3),
    _number("ks_deg", 0.013, "1/d", "release of the degarelix depot", "terminal t1/2 53 d", omega=0.3),
    _number("CL_deg", 216.0, "L/d", "clearance of degarelix", "9 L/h", omega=0.25),
    _number("V_deg", 75.0, "L", "volume of distribution of degarelix", ">1 L/kg", omega=0.2),
    _number(
        "d50_pump", 10.0, "ug", "dose a pulse of half-maximal pump drive",
        "calibrated: 10 ug q2h normalises", omega=0.3,
    ),
    _number(
        "ka_AAS", 0.1, "1/d", "loss of nandrolone from depot and body", "nandrolone decanoate t1/2 6-8 d", omega=0.3,
    ),
    _number(
        "pot_AAS", 0.012, "1/mg", "androgen signal of nandrolone",
        "calibrated: 200 mg/wk gives LH <1", omega=0.4,
    ),
)  # fmt: skip

_PERSON = (
    _number(
        "K_prl", 850.0, "mIU/L", "prolactin above its limit that halves the GnRH drive",
        "calibrated: PRL 3000 -> T about half", omega=0.3,
    ),
    _number("PRL_uln", 360.0, "mIU/L", "upper limit of normal prolactin", "assay"),
    _number("n_prl", 2.0, "1", "steepness of the prolactin effect", "calibrated: same", low=1, high=8),
    _number("n_op", 2.0, "1", "steepness of the opioid effect", "calibrated: same", low=1, high=8),
    _number(
        "K_op", 55.0, "mg/d", "opioid dose that halves the GnRH drive",
        "calibrated: MED 100+ mg/d lowers T ~50 %", omega=0.4,
    ),
    _number(
        "MED", 0.0, "mg/d", "opioid dose, morphine equivalents", "input", low=0, high=2000,
        words="Opioids (morphine equivalents)",
    ),
    _number("age", 0.0, "years", "age; 0 = the person's own", "input", low=0, high=120),
    _number("BMI", 0.0, "kg/m2", "body mass index; 0 = the person's own", "input", low=0, high=80),
    _number(
        "age_Leydig", 0.0135, "1/year", "loss of Leydig capacity a year after 30", "calibrated: total T ~ -0.4..-1 %/y",
        low=0, high=0.1,
    ),
    _number("age_SHBG", 0.012, "1/year", "rise of SHBG a year after 30", "SHBG ~ +1.2 %/y", low=0, high=0.1),
    _number("age_tone", 0.01, "1/year", "loss of GnRH tone a year after 30", "calibrated: modest", low=0, high=0.1),
    _number(
        "bmi_SHBG", 0.9, "1", "how SHBG falls with body mass index", "calibrated: SHBG falls with BMI", low=0,
        high=3,
    ),
)  # fmt: skip

_PROBE = "tuning.md 2.1"

_KNOBS = (
    Parameter("fr", "1/d", "pulses of a GnRH pump", 0.0, 0.0, 1440.0, "hpg_male.md section 6"),
    Parameter("dose", "ug", "dose a pulse of a GnRH pump", 0.0, 0.0, 1000.0, "hpg_male.md section 6"),
    Parameter(
        "obesity", "1", "share of the way from the person's own BMI to 34 kg/m2", 0.0, 0.0, 1.0,
        "hpg_male.md section 6, preset functional/obesity",
    ),
    Parameter(
        "ageing", "1", "share of the way from the person's own age to 75 years", 0.0, 0.0, 1.0,
        "hpg_male.md section 7, age 75",
    ),
    Parameter(
        "long_chain", "1", "sperm counted after three transit stages (0) or after six (1)", 0.0, 0.0, 1.0,
        "refinement of this program: hpg_male.md has three",
    ),
    Parameter(
        REFINED, "1", "from the research specification (0) to this program's refined values (1)", 0.0, 0.0, 1.0,
        "this program",
    ),
    Parameter("probe_t", "1", "logarithm by which the centre misreads free testosterone", 0.0, -2.0, 2.0, _PROBE),
    Parameter("probe_e2", "1", "logarithm by which the centre misreads estradiol", 0.0, -2.0, 2.0, _PROBE),
    Parameter(
        "lh_stream", "1", "LH secreted as a stream (1) or only in pulses (0)", 1.0, 0.0, 1.0,
        "hpg_male.md section 6, pulsatile mode",
    ),
)  # fmt: skip

PARAMETERS: tuple[Parameter, ...] = (
    *_REFERENCE, *_TESTIS, *_FEEDBACK, *_PITUITARY, *_SERTOLI, *_GIVEN, *_PERSON, *_KNOBS,
)  # fmt: skip

DERIVED: tuple[Derived, ...] = (
    Derived("SHBG_own", "nmol/L", "SHBG of this age and BMI at reference free testosterone"),
    Derived("capL", "1", "Leydig capacity at this age"),
    Derived("tone_own", "1", "GnRH tone at this age, under this prolactin and these opioids"),
    Derived("a_own", "1", "amplitude of the daily rhythm at this age"),
    Derived("N_alb", "1", "free plus albumin-bound over free testosterone"),
    Derived("fTr", "nmol/L", "free testosterone of the reference man"),
    Derived("ffr", "1", "free share of testosterone in the reference man"),
    Derived("W0", "1", "slow suppression of the reference man"),
    Derived("Kq", "1", "drive of half-maximal gonadotroph capacity"),
    Derived("production", "nmol/d", "testicular secretion of the reference man"),
    Derived("Gp", "1", "drive of a GnRH pump"),
    Derived("cont", "1", "how continuous the pump's stimulation is, 0 to 1"),
    Derived("slow_leu", "1", "share of an agonist depot that is not released as a burst"),
    Derived("slow_deg", "1", "share of degarelix that forms a depot"),
    Derived("patch_load", "1", "patch content for each mg that it delivers in its first 24 h"),
)
