"""Function tests: doses and withheld doses on the timeline, readings by hand, cut-offs, outcomes and probabilities."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from endotune_desktop.clinic.errors import InputRefused
from endotune_desktop.clinic.person import Person, Sex
from endotune_desktop.clinic.scenario import DoseOrder, Scenario
from endotune_desktop.exchange.function_test_file import function_test_of, read_function_tests
from endotune_desktop.exchange.json_reading import parse_object
from endotune_desktop.physiology.registry import AXES
from endotune_desktop.tuning.function_test_run import judged, read_value, with_test, zero_hours
from endotune_desktop.tuning.function_tests import (
    CutOff,
    FunctionTest,
    Outcome,
    ProtocolDose,
    Reading,
    ReadingKind,
    Side,
    Withheld,
    find_test,
)

MAN = Person(Sex.MALE, 40.0, 200.0, 80.0)  # body mass index 20
HPT = AXES["hpt"]


def rise(**changed: object) -> FunctionTest:
    """Return a small test: one dose by weight, samples at 0, 30 and 60 min, a rise that is or is not enough."""
    minutes = (0.0, 30.0, 60.0)
    test = FunctionTest(
        "rise", "Rise", "hpt", ("R",), "09:00",
        (ProtocolDose("protirelin", "iv", 4.0, "ug", per_kg=True, most=250.0),), minutes, ("tsh",),
        (Reading("rise", "Rise", ReadingKind.RISE, "tsh", "mIU/L", (30.0, 60.0), 0.0),),
        (CutOff("enough", "Enough from", "rise", "enough", Side.AT_LEAST, 5.0, 1.0, 20.0, "a source"),),
        (Outcome("good", "Good", "It rises.", {"enough": True}), Outcome("poor", "Poor", "It does not.", {})),
        "A protocol.", (), "a source",
    )  # fmt: skip
    return replace(test, **changed)  # type: ignore[arg-type]


def order(agent: str, *clocks: str, every_days: int = 1) -> DoseOrder:
    return DoseOrder(agent, "oral", 100.0, "ug", clocks, every_days)


def test_that_a_dose_by_weight_stops_at_its_most() -> None:
    whole = with_test(HPT, Scenario("hpt", MAN, duration_days=10.0), rise(), 10)
    assert [(event.dose, event.unit, event.time_h) for event in whole.events] == [(250.0, "ug", 249.0)]
    light = with_test(HPT, Scenario("hpt", replace(MAN, weight_kg=50.0), duration_days=10.0), rise(), 10)
    assert light.events[0].dose == 200.0
    assert whole.duration_days == 11


def test_that_a_sample_before_time_0_moves_the_test_a_day_on() -> None:
    early = rise(sample_minutes=(-600.0, 0.0, 30.0, 60.0))
    assert zero_hours(early, 0) == 33.0
    assert zero_hours(early, 1) == 33.0
    assert zero_hours(rise(), 0) == 9.0


def test_that_withheld_doses_are_left_out_and_the_others_of_the_day_taken() -> None:
    withheld = (Withheld(("levothyroxine",), -240.0, 60.0),)
    before = Scenario(
        "hpt",
        MAN,
        duration_days=10.0,
        regimen=(order("LT4", "04:00", "07:00", "22:00"), order("liothyronine", "07:00")),
    )
    whole = with_test(HPT, before, rise(withheld=withheld), 10)
    assert whole.regimen[0].missed_days == (10,)
    assert whole.regimen[1] == before.regimen[1]
    kept = [(event.agent, event.time_h) for event in whole.events if event.agent != "protirelin"]
    assert kept == [("LT4", 244.0), ("LT4", 262.0)]


def test_that_a_day_without_a_dose_misses_nothing() -> None:
    withheld = (Withheld(("levothyroxine",), -240.0, 60.0),)
    before = Scenario("hpt", MAN, duration_days=10.0, regimen=(order("LT4", "07:00", every_days=3),))
    assert with_test(HPT, before, rise(withheld=withheld), 10).regimen[0].missed_days == ()


def test_that_a_test_of_another_axis_or_sex_is_refused() -> None:
    with pytest.raises(InputRefused, match="rise"):
        with_test(HPT, Scenario("hpt", MAN, duration_days=1.0), rise(axis="other"), 1)
    with pytest.raises(InputRefused, match="rise"):
        with_test(HPT, Scenario("hpt", MAN, duration_days=1.0), rise(sexes=(Sex.FEMALE,)), 1)


@pytest.mark.parametrize(
    ("kind", "minutes", "basal", "expected"),
    [
        (ReadingKind.VALUE, (30.0,), None, [8.0, 1.0]),
        (ReadingKind.PEAK, (30.0, 60.0), None, [8.0, 3.0]),
        (ReadingKind.NADIR, (0.0, 30.0, 60.0), None, [2.0, 1.0]),
        (ReadingKind.PEAK_MINUTE, (30.0, 60.0), None, [30.0, 60.0]),
        (ReadingKind.RISE, (30.0, 60.0), 0.0, [6.0, -1.0]),
        (ReadingKind.RATIO, (30.0, 60.0), 0.0, [4.0, 0.75]),
        (ReadingKind.RISE_PERCENT, (30.0, 60.0), 0.0, [300.0, -25.0]),
        (ReadingKind.FALL_PERCENT, (60.0,), 0.0, [-150.0, 25.0]),
    ],
)
def test_that_readings_are_what_a_hand_would_read(
    kind: ReadingKind, minutes: tuple[float, ...], basal: float | None, expected: list[float]
) -> None:
    rows = np.array([[2.0, 4.0], [8.0, 1.0], [5.0, 3.0]])
    found = read_value(rise(), Reading("r", "R", kind, "tsh", "", minutes, basal), rows)
    assert found.tolist() == expected


def test_that_a_ratio_to_nothing_is_not_a_number_that_passes() -> None:
    rows = np.zeros((3, 1))
    ratio = Reading("r", "R", ReadingKind.RATIO, "tsh", "", (30.0, 60.0), 0.0)
    assert read_value(rise(), ratio, rows).tolist() == [0.0]


def test_that_each_member_comes_to_one_outcome() -> None:
    drawn = {"tsh": np.array([[1.0, 1.0, 1.0, 1.0], [7.0, 5.9, 2.0, 1.0], [2.0, 6.0, 2.0, 1.0]])}
    readings, cut_offs, outcome, chances = judged(rise(), MAN, {"tsh": np.array([1.0, 7.0, 2.0])}, drawn)
    assert readings[0].value == 6.0
    assert cut_offs[0].met
    assert cut_offs[0].probability == 0.5
    assert outcome.id == "good"
    assert chances == {"good": 0.5, "poor": 0.5}


def test_that_without_members_there_is_no_probability() -> None:
    _, cut_offs, outcome, chances = judged(rise(), MAN, {"tsh": np.array([1.0, 2.0, 2.0])}, {})
    assert math.isnan(cut_offs[0].probability)
    assert outcome.id == "poor"
    assert chances == {}


def test_that_the_body_chooses_the_cut_off() -> None:
    lean, heavy = rise().cut_offs[0], replace(rise().cut_offs[0], id="heavy", value=2.0, bmi=(25.0, 1000.0))
    test = rise(cut_offs=(replace(lean, bmi=(0.0, 25.0)), heavy))
    samples = {"tsh": np.array([1.0, 4.0, 2.0])}
    assert judged(test, MAN, samples, {})[2].id == "poor"
    assert judged(test, replace(MAN, weight_kg=120.0), samples, {})[2].id == "good"


def test_that_own_cut_offs_stay_within_bounds() -> None:
    assert rise().with_own({"enough": 12.0}).cut_offs[0].value == 12.0
    with pytest.raises(InputRefused, match="1 to 20 mIU/L"):
        rise().with_own({"enough": 0.5})
    with pytest.raises(InputRefused, match="enough"):
        rise().with_own({"other": 3.0})


def test_that_a_test_is_found_by_its_other_names(resources: Path) -> None:
    tests = read_function_tests(resources / "function_tests")
    assert find_test(tests, "hpt", "trh").id == "protirelin_thyroid"
    with pytest.raises(InputRefused, match="nothing"):
        find_test(tests, "hpt", "nothing")


def test_that_every_test_of_the_list_is_shipped_and_none_is_left_out(resources: Path) -> None:
    tests = read_function_tests(resources / "function_tests")
    assert len(tests) == len(list((resources / "function_tests").glob("*.json"))) == 15
    names = {alias for test in tests for alias in test.aliases}
    wanted = {"SST", "LDSST", "DST", "HDDST", "CRH", "TRH", "GnRH", "hCG", "OGTT_GH", "GHRH-arginine", "ITT"}
    assert wanted <= names
    assert {"metyrapone", "macimorelin"} <= {test.id for test in tests}


def test_that_every_shipped_cut_off_has_a_source_and_every_file_an_axis(resources: Path) -> None:
    for test in read_function_tests(resources / "function_tests"):
        assert test.axis in AXES
        assert all(entry.source for entry in test.cut_offs)
        assert test.limits
        assert test.source


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('"protirelin"', '"protirelyn"', "protirelyn"),
        ('"kind": "rise"', '"kind": "rice"', "rice"),
        ('"side": "at_least"', '"side": "over"', "over"),
        ('"value": 25', '"value": 250', "250"),
        ('"sample_minutes": [', '"sample_minutes": [7, ', "ascending"),
        ('"exaggerated": true', '"exagerated": true', "exagerated"),
        ('"when": {}', '"when": {"any": true}', "holds always"),
    ],
)
def test_that_a_damaged_protocol_is_refused_by_place(resources: Path, old: str, new: str, sentence: str) -> None:
    text = (resources / "function_tests" / "protirelin_thyroid.json").read_text(encoding="utf-8")
    assert old in text
    with pytest.raises(InputRefused, match=sentence):
        function_test_of(parse_object(text.replace(old, new), ""))
