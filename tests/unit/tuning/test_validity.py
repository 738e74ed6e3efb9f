"""Target validity: the shipped table against the ids of the axes, the resolver, and the classic cases."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

import pytest

from endotune_desktop.clinic.errors import InputRefused
from endotune_desktop.clinic.person import Person, Sex
from endotune_desktop.exchange.validity_file import COLUMNS, read_validity
from endotune_desktop.physiology.axis import Axis
from endotune_desktop.physiology.registry import AXES
from endotune_desktop.tuning.patient_state import PatientState, Taken
from endotune_desktop.tuning.validity import (
    ANY,
    NONE,
    OPEN,
    TIMES_LIMIT,
    Circumstances,
    Limits,
    Standing,
    Validity,
    aimable_markers,
    beyond_model,
    resolve,
    unit_factor,
)

PATH = Path(__file__).resolve().parents[3] / "resources" / "targets" / "target_validity.csv"
TABLE = read_validity(PATH)
COUNTS = {"invalid": 63, "range": 39, "timed": 38, "valid": 16, "safety": 9}
"""Of the science table (tuning.md section 3); this program's own rows begin with ET."""


def taking(*names: str, daily: float = 1.0) -> tuple[Taken, ...]:
    """Return agents as ``agent.route.preparation``, as far as that is told."""
    parts = ((*name.split("."), "", "")[:3] for name in names)
    return tuple(Taken(agent, route, preparation, daily) for agent, route, preparation in parts)


def standing(
    where: str,
    lesions: str = "",
    agents: str = "",
    days: float | None = None,
    age: float = 45.0,
    sex: Sex = Sex.FEMALE,
    severity: float = 1.0,
    findings: str = "",
    since: float | None = None,
    reference: Limits = (1.0, 2.0),
) -> Standing:
    """Return what ``axis.marker`` is good for; lesions of its axis, agents, and days since both."""
    axis_id, marker = where.split(".")
    axis = AXES[axis_id]
    held = {name if "." in name else f"{axis_id}.{name}": severity for name in lesions.split()}
    taken = taking(*agents.split())
    changed = {} if days is None else {entry.agent: days for entry in taken}
    state = PatientState(
        Person(sex, age, 170.0, 70.0), lesions=held, taken=taken, planned=taken, findings=frozenset(findings.split())
    )
    begun = {} if since is None else dict.fromkeys(held, since)
    return resolve(TABLE, axis, axis.marker(marker), Circumstances(state, changed, begun), reference)


# ---- the table ------------------------------------------------------------------------------------------------------
def test_that_no_row_points_to_another_row() -> None:
    assert not [line for line in PATH.read_text(encoding="utf-8").splitlines() if ",as above," in line]


def test_that_every_row_of_the_science_table_is_there_by_its_kind() -> None:
    rows = [rule for rule in TABLE.rules if not rule.id.startswith("ET-")]
    assert len(rows) == 165
    assert {kind: sum(rule.validity == kind for rule in rows) for kind in COUNTS} == COUNTS
    assert {rule.case for rule in rows} == {"", *(str(number) for number in range(1, 25))}


@pytest.mark.parametrize("rule", TABLE.rules, ids=lambda rule: rule.id)
def test_that_a_rule_names_only_what_the_axes_have(rule: object) -> None:
    from endotune_desktop.tuning.validity import Rule

    assert isinstance(rule, Rule)
    assert rule.source
    assert rule.axis in AXES
    given = {(e.agent.id, i.route, i.preparation or "") for a in AXES.values() for e in a.agents for i in e.intakes}
    for name in (name for names in rule.lesions for name in names if name not in (ANY, NONE)):
        axis_id, _, lesion = name.partition(".")
        assert AXES[axis_id].lesion(lesion).id == lesion
    for name in (name for names in rule.agents for name in names if name not in (ANY, NONE)):
        agent, route, preparation = (*name.lstrip("-").split("."), "", "")[:3]
        assert any(a == agent and route in ("", r) and preparation in ("", p) for a, r, p in given), name
    for name in (*rule.markers, *rule.also):
        axis_id, _, marker_id = name.partition(".")
        marker = AXES[axis_id].marker(marker_id)
        if name in rule.markers and (rule.low, rule.high) != OPEN and rule.unit != TIMES_LIMIT:
            assert unit_factor(rule, marker) > 0.0
    if rule.markers or rule.also:
        assert rule.lesions
        assert rule.agents
        assert bool(rule.counts_from) == (rule.from_day > 0.0)
    else:
        # Known by the patient's conditions and therapy, or by the words of the diagnosis.
        assert bool(rule.lesions) == bool(rule.agents)
        assert rule.when is None


def test_that_a_row_with_no_marker_of_the_model_says_why_it_is_only_text() -> None:
    import csv

    with PATH.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0]) == COLUMNS
    for row in rows:
        if not row["marker_ids"] and not row["also_ids"]:
            assert row["mapping"].startswith("shown as text only: "), row["id"]
    bare = [row for row in rows if row["axis"] == "HPA" and not row["marker_ids"] and not row["also_ids"]]
    assert len(TABLE.unmodelled("hpa")) == len(bare)


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("validity", "perhaps", "no validity"),
        ("source", "", "is empty"),
        ("target_low", "much", "no number"),
        ("target_low", "9", "not above target_low"),
        ("counts_from", "moon", "no event"),
        ("scope", "moon", "no scope"),
        ("when", "finding(moon)", "unknown finding"),
        ("when", "1 +", "cannot be read"),
    ],
)
def test_that_a_damaged_row_is_refused_with_its_line(tmp_path: Path, column: str, value: str, words: str) -> None:
    import csv
    import io

    with PATH.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    rows[0][column] = value
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    damaged = tmp_path / "targets.csv"
    damaged.write_text(out.getvalue(), encoding="utf-8")
    with pytest.raises(InputRefused, match=words) as refused:
        read_validity(damaged)
    assert "line 2" in str(refused.value)


# ---- the resolver ---------------------------------------------------------------------------------------------------
def test_that_without_a_rule_the_reference_stands_and_says_so() -> None:
    found = standing("hpt.tsh", reference=(0.4, 4.0))
    assert (found.validity, found.low, found.high, found.aimable) == (Validity.NO_RULE, 0.4, 4.0, True)


def test_that_the_strictest_of_several_lesions_holds() -> None:
    assert standing("hpt.tsh", "hashimoto", "levothyroxine").validity is Validity.TIMED
    assert standing("hpt.tsh", "hashimoto central_hypothyroidism", "levothyroxine").validity is Validity.INVALID
    assert standing("hpt.ft4", "hashimoto non_thyroidal_illness", "levothyroxine").validity is Validity.INVALID


def test_that_ranges_of_several_lesions_intersect() -> None:
    found = standing("hpt.ft4", "hashimoto central_hypothyroidism", "levothyroxine")
    assert (found.low, found.high) == (16.0, 22.0)


def test_that_the_more_detailed_rule_takes_the_place_of_the_general_one() -> None:
    assert (standing("hpt.tsh", "hashimoto", "levothyroxine", age=75.0).low) == 1.0
    assert (standing("hpt.tsh", "hashimoto", "levothyroxine", age=75.0).high) == 6.0
    pregnant = standing("hpt.tsh", "hashimoto pregnancy", "levothyroxine")
    assert (pregnant.low, pregnant.high) == (0.1, 2.5)
    store = standing("calcium.calcidiol", "hypoparathyroidism", "calcitriol calcium_carbonate")
    assert store.validity is Validity.RANGE
    assert standing("calcium.calcidiol", "", "calcitriol").validity is Validity.INVALID


def test_that_what_is_wrong_with_a_sample_holds_beside_every_other_rule() -> None:
    assert standing("hpt.tsh", "hashimoto", "levothyroxine", findings="biotin").validity is Validity.INVALID
    assert standing("hpa.cortisol", "addison", "hydrocortisone", findings="untimed_sample").validity is Validity.INVALID
    assert standing("hpa.cortisol", "addison", "hydrocortisone").validity is Validity.RANGE


def test_that_days_are_counted_from_the_last_change_of_the_named_agent() -> None:
    early = standing("hpt.tsh", "hashimoto", "levothyroxine", days=14.0)
    assert (early.aimable, early.aimable_later, early.waits_days, early.from_day) == (False, True, 28.0, 42.0)
    assert standing("hpt.tsh", "hashimoto", "levothyroxine", days=42.0).aimable
    assert standing("hpt.tsh", "hashimoto", "levothyroxine").aimable
    other = PatientState(Person(Sex.FEMALE, 45.0, 170.0, 70.0), lesions={"hpt.hashimoto": 1.0},
                         taken=taking("levothyroxine"), planned=())  # fmt: skip
    at = Circumstances(other, {"thiamazole": 1.0})
    assert resolve(TABLE, AXES["hpt"], AXES["hpt"].marker("tsh"), at).waits_days == 0.0


def test_that_multiples_of_the_upper_limit_follow_the_reference_that_is_given() -> None:
    found = standing("prolactin.prolactin", "prolactinoma", "cabergoline", reference=(10.0, 420.0))
    assert (found.low, found.high) == (None, 420.0)
    ckd = standing("calcium.pth", "ckd", "calcitriol", reference=(1.6, 6.9))
    assert ckd.low == pytest.approx(13.8)
    assert ckd.high == pytest.approx(62.1)


def test_that_goals_that_exclude_one_another_leave_no_target() -> None:
    found = standing("hpg_male.testosterone", "kallmann", "chorionic_gonadotropin degarelix", sex=Sex.MALE)
    assert (found.low, found.high) == (15.0, 25.0)  # the lesion with its therapy is more detailed than the drug alone
    found = standing("hpg_male.testosterone", "", "leuprorelin", sex=Sex.MALE)
    assert (found.low, found.high) == (None, 0.7)


def test_that_a_limit_is_not_aimed_at() -> None:
    found = standing("hpt.ft3", "central_hypothyroidism", "levothyroxine")
    assert (found.validity, found.aimable, found.high) == (Validity.SAFETY, False, 6.5)


def test_that_a_lesion_of_another_axis_counts() -> None:
    found = standing("hpt.ft4", "gh_igf1.gh_deficiency", "somatropin")
    assert (found.validity, found.low) == (Validity.SAFETY, 13.0)


def test_that_a_lesion_without_severity_counts_as_none() -> None:
    assert standing("hpt.tsh", "central_hypothyroidism", severity=0.0).validity is Validity.NO_RULE


def test_that_a_day_curve_is_not_held_against_one_sample() -> None:
    assert standing("hpa.cortisol", "addison", "hydrocortisone").over_day
    assert not standing("hpt.ft4", "hashimoto", "levothyroxine").over_day


# ---- laws -----------------------------------------------------------------------------------------------------------
def _references(axis: Axis) -> dict[str, Limits]:
    return {marker.id: (0.0, 1e9) for marker in axis.markers}


def _never(lesion: str, agent: str) -> bool:
    return not (lesion or agent)


UNDER_LIOTHYRONINE = (
    "central_hypothyroidism", "tertiary_hypothyroidism", "tshoma", "resistance_beta", "resistance_beta_pituitary",
)  # fmt: skip
NO_TARGET: dict[str, Callable[[str, str], bool]] = {
    "hpt": lambda lesion, agent: (
        lesion == "non_thyroidal_illness" or (agent == "liothyronine" and lesion in UNDER_LIOTHYRONINE)
    ),
    "prolactin": lambda lesion, agent: (
        lesion == "stalk_section" or agent in ("risperidone", "haloperidol", "metoclopramide")
    ),
}
"""Where the card says that symptoms lead; read against the table by eye."""


@pytest.mark.parametrize("axis_id", list(AXES))
def test_that_every_lesion_and_therapy_has_a_target_or_is_known_to_have_none(axis_id: str) -> None:
    axis = AXES[axis_id]
    sex = axis.sexes[0]
    bare = set()
    for lesion in axis.lesions:
        for agent in ("", *(entry.agent.id for entry in axis.agents)):
            taken = taking(agent) if agent else ()
            state = PatientState(Person(sex, 45.0, 170.0, 70.0), lesions={f"{axis_id}.{lesion.id}": 1.0},
                                 taken=taken, planned=taken)  # fmt: skip
            if not aimable_markers(TABLE, axis, Circumstances(state), _references(axis)):
                bare.add((lesion.id, agent))
    known = NO_TARGET.get(axis_id, _never)
    agents = ("", *(entry.agent.id for entry in axis.agents))
    assert bare == {(lesion.id, agent) for lesion in axis.lesions for agent in agents if known(lesion.id, agent)}


@pytest.mark.parametrize("axis_id", list(AXES))
def test_that_a_second_lesion_never_makes_an_invalid_marker_valid(axis_id: str) -> None:
    axis = AXES[axis_id]
    for one in axis.lesions:
        for marker in (marker for marker in axis.markers if TABLE.about(axis_id, marker.id)):
            alone = _with(axis, (one.id,), "").get(marker.id)
            if alone is not Validity.INVALID:
                continue
            for other in axis.lesions:
                assert _with(axis, (one.id, other.id), "")[marker.id] is Validity.INVALID, (one.id, other.id)


def _with(axis: Axis, lesions: tuple[str, ...], agent: str) -> dict[str, Validity]:
    taken = taking(agent) if agent else ()
    held = {f"{axis.id}.{lesion}": 1.0 for lesion in lesions}
    state = PatientState(Person(axis.sexes[0], 45.0, 170.0, 70.0), lesions=held, taken=taken, planned=taken)
    return {m.id: resolve(TABLE, axis, m, Circumstances(state), (0.0, 1.0)).validity for m in axis.markers}


# ---- the classic cases: "not a legal target" of cases_and_asks.md 4.4 ------------------------------------------------
MALE = Sex.MALE
CASES: list[tuple[str, Standing, bool]] = [
    ("1 Hashimoto: TSH before 6 weeks", standing("hpt.tsh", "hashimoto", "levothyroxine", days=20.0), False),
    ("1 Hashimoto: TSH later", standing("hpt.tsh", "hashimoto", "levothyroxine", days=60.0), True),
    ("2 Graves: TSH early", standing("hpt.tsh", "graves", "thiamazole", days=30.0), False),
    ("2 Graves: FT4 leads", standing("hpt.ft4", "graves", "thiamazole", days=30.0), True),
    ("3 TSHoma: FT4 is legal", standing("hpt.ft4", "tshoma", days=100.0), True),
    ("4 central: TSH always", standing("hpt.tsh", "central_hypothyroidism", "levothyroxine", days=400.0), False),
    ("4 central, untreated: TSH always", standing("hpt.tsh", "central_hypothyroidism"), False),
    ("5 amiodarone: TSH in the first 3 months", standing("hpt.tsh", "amiodarone", since=30.0), False),
    ("5 amiodarone: TSH later", standing("hpt.tsh", "amiodarone", since=120.0), True),
    ("6 illness: TSH", standing("hpt.tsh", "non_thyroidal_illness"), False),
    ("6 illness: FT4", standing("hpt.ft4", "non_thyroidal_illness"), False),
    ("6 illness: FT3", standing("hpt.ft3", "non_thyroidal_illness"), False),
    ("7 LT4 excess: FT4 has no bar", standing("hpt.ft4", "", "levothyroxine", days=20.0), True),
    ("7 LT4 excess: TSH lags", standing("hpt.tsh", "", "levothyroxine", days=20.0), False),
    ("8 Addison: ACTH", standing("hpa.acth", "addison", "hydrocortisone"), False),
    ("9 secondary AI: ACTH", standing("hpa.acth", "secondary_insufficiency", "hydrocortisone"), False),
    ("10 Cushing: random cortisol", standing("hpa.cortisol", "cushing_disease"), False),
    ("10 Cushing on metyrapone: UFC", standing("hpa.ufc", "cushing_disease", "metyrapone", days=30.0), True),
    ("11 adenoma: ACTH is informative", standing("hpa.acth", "adrenal_adenoma", "hydrocortisone", days=90.0), True),
    ("12 ectopic ACTH: ACTH", standing("hpa.acth", "ectopic_acth", "metyrapone"), False),
    ("13 taper: cortisol on prednisolone", standing("hpa.cortisol_immunoassay", "", "prednisolone"), False),
    ("15 Klinefelter: FSH", standing("hpg_male.fsh", "klinefelter", "testosterone", sex=MALE), False),
    ("15 Klinefelter: testosterone on gel",
     standing("hpg_male.testosterone", "klinefelter", "testosterone.transdermal.gel", sex=MALE), True),
    ("16 Kallmann: LH on testosterone", standing("hpg_male.lh", "kallmann", "testosterone", sex=MALE), False),
    ("16 Kallmann: FSH on testosterone", standing("hpg_male.fsh", "kallmann", "testosterone", sex=MALE), False),
    ("16 Kallmann: LH on pulsatile GnRH",
     standing("hpg_male.lh", "kallmann", "gonadorelin.pump.every_90_min", days=30.0, sex=MALE), True),
    ("17 non-testosterone AAS: testosterone", standing("hpg_male.testosterone", "", "nandrolone", sex=MALE), False),
    ("18 GnRH agonist: LH in week 1", standing("hpg_male.lh", "", "leuprorelin", days=7.0, sex=MALE), False),
    ("19 menopause: FSH", standing("hpg_female.fsh", "menopause", "estradiol.transdermal"), False),
    ("20 PCOS: random LH", standing("hpg_female.lh", "polycystic_ovary", "letrozole"), False),
    ("21 huge prolactinoma: undiluted prolactin", standing("prolactin.prolactin_measured", "prolactinoma"), False),
    ("21 huge prolactinoma: diluted", standing("prolactin.prolactin_diluted", "prolactinoma"), True),
    ("21 microprolactinoma", standing("prolactin.prolactin_measured", "prolactinoma", severity=0.15), True),
    ("22 acromegaly: GH on pegvisomant", standing("gh_igf1.gh", "acromegaly", "pegvisomant"), False),
    ("22 acromegaly: IGF-1 on pegvisomant", standing("gh_igf1.igf1_sds", "acromegaly", "pegvisomant"), True),
    ("23 GH deficiency: random GH", standing("gh_igf1.gh", "gh_deficiency", "somatropin"), False),
    ("24 hyperparathyroidism after surgery: calcium", standing("calcium.calcium", "adenoma_removed", since=3.0), True),
]  # fmt: skip


@pytest.mark.parametrize(("name", "found", "legal"), CASES, ids=[case[0] for case in CASES])
def test_that_a_classic_case_has_its_illegal_targets(name: str, found: Standing, legal: bool) -> None:
    assert found.aimable is legal, name
    if found.validity is Validity.INVALID:
        assert found.why
        assert found.source


def test_that_case_14_says_that_17_ohp_is_not_brought_to_normal() -> None:
    """The axis has no 17-OHP: the row is text, with the range above normal and what to use instead."""
    row = next(rule for rule in TABLE.unmodelled("hpa") if rule.id == "HPA-27")
    assert (row.case, row.validity, row.low, row.high) == ("14", Validity.RANGE, 4.0, 36.0)
    assert "over-treatment" in row.why
    assert "androstenedione" in row.instead
    assert standing("hpa.acth", "hydroxylase_11_deficiency", "hydrocortisone").validity is Validity.INVALID


def test_that_case_9_keeps_the_early_stimulation_test_out() -> None:
    """The test is no marker: its row is text, not legal before day 42."""
    row = next(rule for rule in TABLE.unmodelled("hpa") if rule.id == "HPA-11")
    assert (row.validity, row.from_day) == (Validity.TIMED, 42.0)
    assert "false normal" in row.why


# ---- what the model does not have -----------------------------------------------------------------------------------
def beyond(axis_id: str, lesions: str = "", agents: str = "", diagnosis: str = "", sex: Sex = Sex.FEMALE) -> list[str]:
    held = {f"{axis_id}.{name}": 0.9 for name in lesions.split()}
    state = PatientState(Person(sex, 45.0, 170.0, 70.0), lesions=held, taken=taking(*agents.split()))
    return [rule.id for rule in beyond_model(TABLE, AXES[axis_id], Circumstances(state), diagnosis)]


def test_that_a_row_outside_the_model_is_told_where_its_condition_and_therapy_are() -> None:
    assert beyond("hpa", "addison", "hydrocortisone") == ["HPA-04", "HPA-05", "HPA-06"]
    assert beyond("hpa", "secondary_insufficiency") == ["HPA-09", "HPA-11"]
    assert beyond("hpa", "tertiary_insufficiency") == ["HPA-09"]
    assert beyond("hpt", "graves", "thiamazole") == ["HPT-15"]
    assert beyond("hpt", "graves") == []
    assert beyond("hpt", "hashimoto", "levothyroxine") == []
    assert beyond("hpg_male", "klinefelter", "testosterone.transdermal.gel", sex=Sex.MALE) == ["HPG-m-07", "HPG-m-08"]
    assert beyond("gh_igf1", "acromegaly", "lanreotide") == ["GH-08"]


@pytest.mark.parametrize(
    ("axis_id", "diagnosis", "expected"),
    [
        ("hpt", "Papillary thyroid cancer, total thyroidectomy", ["HPT-09", "HPT-10"]),
        ("hpt", "Thyroid nodule", []),
        ("hpa", "CAH, 21-hydroxylase deficiency", ["HPA-27", "HPA-28", "HPA-29", "HPA-30"]),
        ("hpa", "Cushing disease", []),
        ("hpa", "Cushing disease, in remission after surgery 2025", ["HPA-19"]),
        ("gh_igf1", "Acromegaly", []),
        ("gh_igf1", "Acromegaly after surgery", ["GH-12"]),
        ("hpa", "", []),
    ],
)
def test_that_a_condition_that_the_axis_lacks_is_known_by_the_written_diagnosis(
    axis_id: str, diagnosis: str, expected: list[str]
) -> None:
    assert beyond(axis_id, diagnosis=diagnosis) == expected


def test_that_a_severity_of_nothing_tells_nothing() -> None:
    state = PatientState(Person(Sex.FEMALE, 45.0, 170.0, 70.0), lesions={"hpa.addison": 0.0})
    assert beyond_model(TABLE, AXES["hpa"], Circumstances(state)) == ()


def test_that_all_24_cases_are_tested() -> None:
    assert {int(name.split()[0]) for name, _, _ in CASES} | {14} == set(range(1, 25))
    assert not math.isnan(float(len(CASES)))
