"""Thousands of damaged scenarios: a refusal or a scenario, never anything else."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from endotune_desktop.clinic.errors import InputRefused
from endotune_desktop.clinic.scenario import Scenario
from endotune_desktop.exchange.scenario_file import dump_scenario, load_scenario
from tests.unit.exchange.test_scenario_file import GOOD

TEXT = json.dumps(GOOD)
odd = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=12), st.just([]), st.just({}),
    st.sampled_from([10**400, -1, "long_standing", "08:00", {"at_h": 3}, [{}], [None], "\ud800", 1e-320]),
)  # fmt: skip


def _places(value: Any, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:  # noqa: ANN401  (JSON)
    found = [way] if way else []
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in entries:
        found.extend(_places(inner, (*way, key)))
    return found


PLACES = _places(GOOD)


def _judge(text: str) -> None:
    try:
        scenario = load_scenario(text, "file.json")
    except InputRefused as refusal:
        assert "\n" not in str(refusal)
        assert len(str(refusal)) < 6000
        return
    assert isinstance(scenario, Scenario)
    again = dump_scenario(scenario)
    assert dump_scenario(load_scenario(again, "again")) == again


@settings(max_examples=2500, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.sampled_from(PLACES), odd, st.booleans()), min_size=1, max_size=3))
def test_that_a_damaged_structure_is_refused_or_loads(damages: list[tuple[tuple[Any, ...], Any, bool]]) -> None:
    plain = json.loads(TEXT)
    for way, value, remove in damages:
        at = plain
        try:
            for part in way[:-1]:
                at = at[part]
            if remove:
                del at[way[-1]]
            else:
                at[way[-1]] = deepcopy(value)  # a shared object would carry damage from one example into the next
        except (KeyError, IndexError, TypeError):
            continue
    _judge(json.dumps(plain))


@settings(max_examples=1500, deadline=None)
@given(st.integers(0, len(TEXT)), st.integers(0, 12), st.text(max_size=6))
def test_that_a_damaged_text_is_refused_or_loads(place: int, removed: int, inserted: str) -> None:
    _judge(TEXT[:place] + inserted + TEXT[place + removed :])
