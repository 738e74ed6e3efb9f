"""Links between axes: every rule firing and not firing, effects applied, said and bounded."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from endotune_desktop.clinic.errors import InputRefused
from endotune_desktop.clinic.findings import FINDINGS
from endotune_desktop.clinic.person import Person, Sex
from endotune_desktop.clinic.scenario import LesionState, Scenario
from endotune_desktop.exchange.link_file import read_links
from endotune_desktop.physiology.registry import AXES
from endotune_desktop.tuning.cross_axis import Level, LinkTable, linked, links_for
from endotune_desktop.tuning.patient_state import PatientState, Taken

RESOURCES = Path(__file__).parents[3] / "resources"
WOMAN = Person(Sex.FEMALE, 45.0, 165.0, 65.0)
MAN = Person(Sex.MALE, 45.0, 176.0, 75.0)


@cache
def table() -> LinkTable:
    return read_links(RESOURCES / "links")


def state(
    *words: str, person: Person = WOMAN, markers: dict[str, float] | None = None, dose: float = 10.0
) -> PatientState:
    """Return a state from words: ``+x`` newly taken, ``-x`` stopped, ``x!`` raised, ``=x`` taken on, ``a:l`` lesion,
    ``?x`` finding, ``@x`` axis; a route may follow an agent after a dot.
    """  # noqa: D205
    axes, lesions, before, after, findings = set(), {}, [], [], set()
    for word in words:
        name = word.strip("+-=?@!")
        agent, _, route = name.partition(".")
        if word[0] == "@":
            axes.add(name)
        elif word[0] == "?":
            findings.add(name)
        elif ":" in word:
            lesions[name.replace(":", ".")] = 1.0
        else:
            taken = Taken(agent, route or "oral", "", dose)
            if word[0] in "-=" or word[-1] == "!":
                before.append(taken)
            if word[0] in "+=" or word[-1] == "!":
                after.append(replace(taken, daily=2 * dose) if word[-1] == "!" else taken)
    return PatientState(
        person, frozenset(axes), lesions, tuple(before), tuple(after), markers or {}, frozenset(findings)
    )


FIRES: dict[str, PatientState] = {
    "X01": state("hpa:addison", "+levothyroxine"),
    "X02": state("hpt:central_hypothyroidism"),
    "X03": state("gh_igf1:gh_deficiency", "+somatropin.sc"),
    "X04": state("=levothyroxine", "+estradiol.oral"),
    "X05": state("=levothyroxine", "-estradiol.oral"),
    "X06": state("@hpa", "=ethinylestradiol"),
    "X07": state("=somatropin.sc", "=estradiol.oral"),
    "X08": state("=somatropin.sc", "-estradiol.oral"),
    "X09": state("gh_igf1:acromegaly", "=estradiol.oral"),
    "X10": state("=levothyroxine", "+testosterone.transdermal", person=MAN),
    "X11": state("=testosterone.im", person=MAN, markers={"shbg": 12.0}),
    "X12": state(markers={"ft4": 40.0, "tsh": 0.01}),
    "X13": state(markers={"tsh": 60.0, "prolactin": 900.0}),
    "X14": state(markers={"prolactin": 3000.0}, person=MAN),
    "X15": state("?wish_for_fertility", person=MAN),
    "X16": state("hpt:graves", "=hydrocortisone"),
    "X17": state("hpt:enzyme_induction", "=levothyroxine"),
    "X18": state("?cyp3a4_inhibitor", "=prednisolone"),
    "X19": state("hpt:interference_iron", "=levothyroxine"),
    "X20": state("=prednisolone"),
    "X21": state("hpa:cushing_disease"),
    "X22": state("hpg_male:opioids", person=MAN),
    "X23": state("=risperidone"),
    "X24": state("=cabergoline"),
    "X25": state("=octreotide.im"),
    "X26": state("=levothyroxine", person=replace(WOMAN, age_years=70.0), markers={"tsh": 0.1}),
    "X27": state("@calcium", "hpt:graves"),
    "X28": state("calcium:hypoparathyroidism", "=levothyroxine"),
    "X29": state("?sarcoidosis", "=prednisolone"),
    "X30": state("?diabetes", "+somatropin.sc"),
    "X31": state("hpt:pregnancy", "=levothyroxine"),
    "X32": state("hpa:secondary_insufficiency", "+hydrocortisone"),
    "X33": state("?biotin"),
    "X34": state("hpa:secondary_insufficiency", "=hydrocortisone", "=estradiol.oral"),
    "X35": state("?mitotane"),
    "X36": state("?immune_checkpoint_inhibitor", "+levothyroxine"),
}
RESTS: dict[str, PatientState] = {
    "X01": state("hpa:addison", "=hydrocortisone", "+levothyroxine"),
    "X02": state("hpt:central_hypothyroidism", markers={"cortisol": 420.0}),
    "X03": state("gh_igf1:gh_deficiency", "=somatropin.sc"),
    "X04": state("=levothyroxine", "+estradiol.transdermal"),
    "X05": state("=levothyroxine", "=estradiol.oral"),
    "X06": state("@hpa", "=estradiol.transdermal"),
    "X07": state("=somatropin.sc", "=estradiol.transdermal"),
    "X08": state("=somatropin.sc", "=estradiol.oral"),
    "X09": state("=estradiol.oral"),
    "X10": state("=levothyroxine", "=testosterone.transdermal", person=MAN),
    "X11": state("=testosterone.im", person=MAN),
    "X12": state(markers={"ft4": 40.0, "tsh": 3.0}),
    "X13": state("=cabergoline", markers={"tsh": 2.0, "prolactin": 900.0}),
    "X14": state("prolactin:prolactinoma", "=cabergoline", markers={"prolactin": 200.0}),
    "X15": state("?wish_for_fertility"),
    "X16": state("hpt:graves", "=dexamethasone"),
    "X17": state("hpt:enzyme_induction"),
    "X18": state("?cyp3a4_inhibitor"),
    "X19": state("hpt:interference_iron", "=levothyroxine.iv"),
    "X20": state("=prednisolone", dose=5.0),
    "X21": state("hpa:addison", "=hydrocortisone"),
    "X22": state("hpg_male:ageing", person=MAN),
    "X23": state("=aripiprazole"),
    "X24": state("-cabergoline"),
    "X25": state("=pegvisomant.sc"),
    "X26": state("=levothyroxine", markers={"tsh": 0.1}),
    "X27": state("@calcium"),
    "X28": state("calcium:ckd", "=levothyroxine"),
    "X29": state("=prednisolone", markers={"calcium": 2.7}),
    "X30": state("?diabetes", "=somatropin.sc"),
    "X31": state("=levothyroxine"),
    "X32": state("hpa:addison", "+hydrocortisone"),
    "X33": state(),
    "X34": state("hpa:secondary_insufficiency", "=hydrocortisone", "=estradiol.transdermal"),
    "X35": state("?enzyme_inducer"),
    "X36": state("?immune_checkpoint_inhibitor", "+levothyroxine", markers={"cortisol": 400.0}),
}


def test_that_all_36_rules_are_there_each_with_an_example() -> None:
    ids = [f"X{number:02d}" for number in range(1, 37)]
    assert [rule.id for rule in table().rules] == ids
    assert sorted(FIRES) == sorted(RESTS) == ids
    assert all(rule.source and rule.what_to_do and rule.axes for rule in table().rules)
    assert {rule.id for rule in table().rules if rule.level is Level.BLOCK} == {
        "X01", "X02", "X13", "X15", "X18", "X36",
    }  # fmt: skip
    assert {rule.id for rule in table().rules if rule.level is Level.BLOCK_MARKER} == {"X06", "X33", "X34"}


@pytest.mark.parametrize(("person", "other"), [(WOMAN, "hpg_male"), (MAN, "hpg_female")])
def test_that_nobody_is_told_of_an_axis_of_the_other_sex(person: Person, other: str) -> None:
    own = {"hpg_male": "hpg_female", "hpg_female": "hpg_male"}[other]
    found = links_for(table(), state("@prolactin", f"@{own}", person=person, markers={"prolactin": 3000.0}))
    axes = {axis for entry in found.said for axis in (entry.effect.from_axis, entry.effect.to_axis)}
    axes |= {axis for entry in found.applied for axis in (entry.effect.from_axis, entry.effect.to_axis)}
    assert own in axes
    assert other not in axes


def test_that_no_effect_is_left_out() -> None:
    text = (RESOURCES / "links" / "effects.json").read_text(encoding="utf-8")
    assert len(table().effects) == text.count('"from_axis"') == 24
    assert sum(effect.amount is not None for effect in table().effects) == 17


@pytest.mark.parametrize("rule", sorted(FIRES))
def test_that_a_rule_fires_and_rests(rule: str) -> None:
    assert rule in {found.id for found in links_for(table(), FIRES[rule]).rules}
    assert rule not in {found.id for found in links_for(table(), RESTS[rule]).rules}


def test_that_blocks_come_first_and_name_agents_and_markers() -> None:
    found = links_for(table(), state("@hpa", "@hpt", "hpa:addison", "+levothyroxine", "=estradiol.oral"))
    assert found.rules[0].level is Level.BLOCK
    assert found.blocked_agents == {"levothyroxine", "liothyronine"}
    assert found.blocked_markers["cortisol"].id == "X06"
    assert {rule.id for rule in found.for_axis("hpg_male").rules} == set()


def test_that_an_effect_is_applied_only_where_both_axes_are_open() -> None:
    both = links_for(table(), state("@hpt", "@hpg_female", "=estradiol.oral"))
    assert [(change.effect.id, change.amount) for change in both.for_axis("hpt").applied] == [
        ("oestrogen_thyroid", 1.0)
    ]
    one = links_for(table(), state("@hpt", "=estradiol.oral"))
    assert one.applied == ()
    assert ("oestrogen_thyroid", "axis") in {(entry.effect.id, entry.why) for entry in one.for_axis("hpt").said}
    assert all(entry.effect.size for entry in one.said)


def test_that_what_the_record_holds_already_is_not_applied_twice() -> None:
    found = links_for(table(), state("@hpt", "@hpg_female", "hpt:oral_oestrogen", "=estradiol.oral"))
    assert found.applied == ()
    assert {entry.why for entry in found.said if entry.effect.to_axis == "hpt"} == {"held"}


def test_that_a_change_reaches_the_scenario_of_its_axis_alone() -> None:
    scenario = Scenario("hpt", WOMAN, {"setpoint": 2.0}, (LesionState("oral_oestrogen", 0.2),))
    found = links_for(
        table(), state("@hpt", "@hpg_female", "@prolactin", "=cabergoline", "=estradiol.oral", "=prednisolone")
    )
    changed = linked(AXES["hpt"], scenario, found.applied)
    assert changed.parameters["setpoint"] == pytest.approx(1.6)
    assert changed.lesions == (LesionState("oral_oestrogen", 1.0),)
    assert scenario.lesions[0].severity == 0.2
    other = replace(scenario, axis="hpt", parameters={}, lesions=())
    assert linked(AXES["hpt"], other, ()) == other


def test_that_a_changed_parameter_stays_within_its_bounds() -> None:
    known = AXES["hpt"].parameter("setpoint")
    scenario = Scenario("hpt", WOMAN, {"setpoint": known.low})
    found = links_for(table(), state("@hpt", "@prolactin", "=cabergoline"))
    assert linked(AXES["hpt"], scenario, found.applied).parameters["setpoint"] == known.low


def test_that_every_name_in_the_rules_is_known_to_an_axis_or_the_table() -> None:
    agents = {entry.agent.id for axis in AXES.values() for entry in axis.agents}
    lesions = {name for axis in AXES.values() for entry in axis.lesions for name in (entry.id, f"{axis.id}.{entry.id}")}
    markers = {marker.id for axis in AXES.values() for marker in axis.markers}
    known = {
        "lesion": lesions, "severity": lesions, "held": set(AXES), "marker": markers, "measured": markers,
        "finding": set(FINDINGS),
    }  # fmt: skip
    conditions = [rule.when for rule in table().rules] + [effect.when for effect in table().effects]
    conditions += [entry.amount for entry in table().effects if entry.amount is not None]
    asked = {pair for condition in conditions for pair in condition.names}
    strange = {
        (question, name)
        for question, name in asked
        if name not in known.get(question, agents) and name.partition(".")[0] not in known.get(question, agents)
    }
    assert not strange


@pytest.mark.parametrize(
    ("file", "old", "new", "sentence"),
    [
        ("rules.json", "takes(levothyroxine)", "takes(levothyroxine", "cannot be read"),
        ("rules.json", '"level": "block"', '"level": "stop"', "stop"),
        ("rules.json", "finding(biotin)", "finding(biotine)", "biotine"),
        ("rules.json", '"id": "X02"', '"id": "X01"', "twice"),
        ("effects.json", '"parameter": "setpoint"', '"parameter": "set_point"', "set_point"),
        ("effects.json", '"lesion": "oral_oestrogen"', '"lesion": "oestrogen"', "oestrogen"),
        ("effects.json", '"X04"', '"X99"', "X99"),
        ("names.json", "endotune.links/1", "endotune.links/2", "schema"),
    ],
)
def test_that_damaged_tables_are_refused_by_place(tmp_path: Path, file: str, old: str, new: str, sentence: str) -> None:
    for path in (RESOURCES / "links").glob("*.json"):
        text = path.read_text(encoding="utf-8")
        assert path.name != file or old in text
        (tmp_path / path.name).write_text(text.replace(old, new) if path.name == file else text, encoding="utf-8")
    with pytest.raises(InputRefused, match=sentence):
        read_links(tmp_path)


@pytest.mark.parametrize(("person", "axis_id"), [(MAN, "hpg_male"), (WOMAN, "hpg_female")])
def test_that_a_raised_prolactin_reaches_the_gonads_in_its_own_unit_and_once(person: Person, axis_id: str) -> None:
    axis = AXES[axis_id]
    apart = state("@prolactin", f"@{axis_id}", person=person, markers={"prolactin": 1300.0})
    (change,) = links_for(table(), apart).for_axis(axis_id).applied
    assert linked(axis, Scenario(axis_id, person), [change]).parameters["PRL"] == 1300.0
    assert axis.parameter("PRL").unit == "mIU/L"
    held = replace(apart, lesions={f"{axis_id}.hyperprolactinaemia": 0.5})
    found = links_for(table(), held).for_axis(axis_id)
    assert found.applied == ()
    assert "held" in {entry.why for entry in found.said}
