"""Thousands of damaged cohorts: a refusal or a cohort, never anything else."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from endotune_desktop.clinic.errors import InputRefused
from endotune_desktop.exchange.cohort_file import dump_cohort, load_cohort
from endotune_desktop.physiology.hpt import HPT
from endotune_desktop.tuning.cohort import Cohort, drawn
from tests.properties.test_damaged_scenarios import _places, odd
from tests.unit.exchange.test_cohort_file import COHORT

TEXT = json.dumps(COHORT)
PLACES = [way for way in _places(COHORT) if way[0] != "scenario" or len(way) == 1]


def _judge(text: str) -> None:
    try:
        cohort = load_cohort(text, "file.json", Path("nowhere"))
    except InputRefused as refusal:
        assert "\n" not in str(refusal)
        assert len(str(refusal)) < 6000
        return
    assert isinstance(cohort, Cohort)
    again = dump_cohort(cohort)
    assert dump_cohort(load_cohort(again, "again", Path("nowhere"))) == again
    again.encode("utf-8")
    persons = drawn(HPT, cohort, 0)
    assert len(persons.persons) == len(cohort.chunk_of(0))
    assert all(person.weight_kg > 0.0 for person in persons.persons)
    assert ((persons.taken >= 0.0) & (persons.taken <= 1.0)).all()


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
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
                at[way[-1]] = deepcopy(value)
        except (KeyError, IndexError, TypeError):
            continue
    _judge(json.dumps(plain))


@settings(max_examples=200, deadline=None)
@given(st.integers(0, len(TEXT)), st.integers(0, 12), st.text(max_size=6))
def test_that_a_damaged_text_is_refused_or_loads(place: int, removed: int, inserted: str) -> None:
    _judge(TEXT[:place] + inserted + TEXT[place + removed :])
