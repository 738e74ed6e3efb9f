"""A function test done on a person: the scenario with the test in it, its courses, its readings and what they mean."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from endotune_desktop.clinic.errors import InputRefused
from endotune_desktop.clinic.person import Person
from endotune_desktop.clinic.scenario import DoseOrder, Scenario, SingleDose, clock_hours
from endotune_desktop.physiology.axis import Axis
from endotune_desktop.simulation import CancelFlag, simulate
from endotune_desktop.simulation.course import Remark
from endotune_desktop.simulation.ensemble import Ensemble, Spread, one_after_another, simulate_members
from endotune_desktop.simulation.members import Members
from endotune_desktop.tuning.function_tests import CutOff, FunctionTest, Outcome, Reading, ReadingKind, Side, Withheld

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]

BAND_LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)
CURVE_BEFORE_MIN = 30.0
CURVE_STEPS = 120
"""Rows of a drawn curve: a sharp peak of minutes in a test of hours keeps its shape."""
TEST_RTOL = 1e-6
MEMBER_RTOL = 1e-4
PAST_RTOL, SETTLED_DAYS = 3e-3, 1
"""What lies more than a day before the test needs no finer steps than a band on the screen."""
MOST_LEFT_OUT = 0.05
"""Share of members without an answer above which no probability is given."""


@dataclass(frozen=True)
class ReadingResult:
    """A reading and how it spreads over persons like this one.

    Attributes
    ----------
    reading : Reading
    value : float
        Of the nominal person.
    low, high : float
        5th and 95th percentile over the members; nan without members.
    """

    reading: Reading
    value: float
    low: float
    high: float


@dataclass(frozen=True)
class CutOffResult:
    """A cut-off held against its reading.

    Attributes
    ----------
    cut_off : CutOff
    met : bool
    probability : float
        Share of members that meet it; nan without members.
    """

    cut_off: CutOff
    met: bool
    probability: float


@dataclass(frozen=True)
class FunctionTestRun:
    """What a function test gives.

    Attributes
    ----------
    test : FunctionTest
    day : int
    zero_h : float
        Hour of the test's zero.
    minutes : array, shape (n,)
        Rows of the curves, from the zero.
    curves : dict of str to array, shape (n,)
    bands : dict of str to array, shape (5, n)
        At `BAND_LEVELS`; empty without members.
    samples : dict of str to array, shape (samples,)
    readings : tuple of ReadingResult
    cut_offs : tuple of CutOffResult
    outcome : Outcome
    probabilities : dict of str to float
        By outcome id; empty without members.
    members, failed : int
    remarks : tuple of Remark
    person : Person
        Whom the cut-offs are chosen for.
    drawn : dict of str to array, shape (samples, members)
        The samples of the members that have an answer.
    """

    test: FunctionTest
    day: int
    zero_h: float
    minutes: FloatArray
    curves: dict[str, FloatArray]
    bands: dict[str, FloatArray]
    samples: dict[str, FloatArray]
    readings: tuple[ReadingResult, ...]
    cut_offs: tuple[CutOffResult, ...]
    outcome: Outcome
    probabilities: dict[str, float]
    members: int
    failed: int
    remarks: tuple[Remark, ...]
    person: Person
    drawn: dict[str, FloatArray]


def zero_hours(test: FunctionTest, day: int) -> float:
    """Return the hour of the test's zero on a day, moved on whole days until every sample lies after time 0."""
    zero_h = day * 24.0 + clock_hours(test.clock)
    while zero_h + min(test.sample_minutes[0], 0.0) / 60.0 < 0.0:
        zero_h += 24.0
    return zero_h


def with_test(axis: Axis, scenario: Scenario, test: FunctionTest, day: int) -> Scenario:
    """Return the scenario with the test done on a day: its doses added, what is withheld left out.

    Parameters
    ----------
    axis : Axis
        Knows the other names of agents.
    scenario : Scenario
    test : FunctionTest
    day : int
        0 is the first day of the scenario.

    Raises
    ------
    InputRefused
        If the test is of another axis or sex.
    """
    if test.axis != scenario.axis or scenario.person.sex not in test.sexes:
        raise InputRefused(f"{test.id} is a test of the axis '{test.axis}' ({', '.join(test.sexes)})", "TEST",
                           "a test of the scenario's axis and sex")  # fmt: skip
    zero_h = zero_hours(test, day)
    doses = tuple(
        SingleDose(
            dose.agent, dose.route, dose.amount(scenario.person), dose.unit, zero_h + dose.at_min / 60.0,
            dose.preparation, None if dose.duration_min is None else dose.duration_min / 60.0,
        )
        for dose in test.doses
    )  # fmt: skip
    regimen, kept = _left_out(axis, scenario.regimen, test.withheld, zero_h)
    end_h = zero_h + max(test.sample_minutes[-1], 0.0) / 60.0 + 1e-3
    return replace(
        scenario,
        regimen=regimen,
        events=(*(event for event in scenario.events if event.time_h < zero_h), *kept, *doses),
        duration_days=max(scenario.duration_days, math.ceil(end_h / 24.0)),
    )


def perform(
    axis: Axis,
    scenario: Scenario,
    test: FunctionTest,
    *,
    day: int | None = None,
    members: Members | None = None,
    around: Scenario | None = None,
    cancel: CancelFlag | None = None,
    spread: Spread = one_after_another,
) -> FunctionTestRun:
    """Do a function test on the person of a scenario.

    Parameters
    ----------
    axis : Axis
    scenario : Scenario
    test : FunctionTest
        With the clinic's own cut-offs, where it has some.
    day : int, optional
        Of the test; the day after the scenario's last by default.
    members : Members, optional
        Persons for the band and the probabilities.
    around : Scenario, optional
        What the members are drawn around, where it is not the nominal person's scenario (a fit names all it knows).
    cancel : CancelFlag, optional
    spread : callable, optional

    Raises
    ------
    InputRefused, OutsideValidity, Cancelled
    """
    on = math.ceil(scenario.duration_days) if day is None else day
    whole = with_test(axis, scenario, test, on)
    zero_h = zero_hours(test, on)
    samples_h = zero_h + np.array(test.sample_minutes) / 60.0
    begin_h = max(samples_h[0] - CURVE_BEFORE_MIN / 60.0, 0.0)
    grid_h = np.unique(np.concatenate([np.linspace(begin_h, samples_h[-1], CURVE_STEPS), samples_h]))
    at = np.searchsorted(grid_h, samples_h)
    course = simulate(axis, whole, rtol=TEST_RTOL, output_times_h=grid_h, cancel=cancel)
    wanted = tuple(dict.fromkeys((*test.markers, *(entry.marker for entry in test.readings))))
    samples = {marker: course.markers[marker][at] for marker in wanted}
    drawn: dict[str, FloatArray] = {}
    bands: dict[str, FloatArray] = {}
    failed = 0
    if members is not None:
        among = whole if around is None else with_test(axis, around, test, on)
        found = _members_run(axis, among, members, grid_h, wanted, cancel, spread)
        failed = len(found.failed)
        if failed <= MOST_LEFT_OUT * members.count:
            answered = np.setdiff1d(np.arange(members.count), np.array(found.failed, dtype=np.int64))
            drawn = {marker: found.markers[marker][at][:, answered] for marker in wanted}
            bands = {marker: found.quantiles(marker, BAND_LEVELS) for marker in test.markers}
    readings, cut_offs, outcome, chances = judged(test, whole.person, samples, drawn)
    return FunctionTestRun(
        test, on, zero_h, (grid_h - zero_h) * 60.0, {m: course.markers[m] for m in test.markers}, bands, samples,
        readings, cut_offs, outcome, chances, members.count if members is not None else 0, failed, course.remarks,
        whole.person, drawn,
    )  # fmt: skip


def _members_run(
    axis: Axis, whole: Scenario, members: Members, grid_h: FloatArray, wanted: tuple[str, ...],
    cancel: CancelFlag | None, spread: Spread,
) -> Ensemble:  # fmt: skip
    """Return the courses of the members: all that was before roughly, the days of the test finely."""
    start = None
    before_h = 24.0 * math.floor(grid_h[0] / 24.0) - 24.0 * SETTLED_DAYS
    if before_h > 0.0:
        past = simulate_members(
            axis, whole, members, rtol=PAST_RTOL, output_times_h=np.array([before_h]), markers=wanted[:1],
            cancel=cancel, spread=spread,
        )  # fmt: skip
        start = past.final
    return simulate_members(
        axis, whole, members, rtol=MEMBER_RTOL, output_times_h=grid_h, markers=wanted, start=start, cancel=cancel,
        spread=spread,
    )  # fmt: skip


def rejudged(found: FunctionTestRun, test: FunctionTest) -> FunctionTestRun:
    """Return the same run read against the same test with other cut-offs."""
    readings, cut_offs, outcome, chances = judged(test, found.person, found.samples, found.drawn)
    return replace(found, test=test, readings=readings, cut_offs=cut_offs, outcome=outcome, probabilities=chances)


def judged(
    test: FunctionTest, person: Person, samples: Mapping[str, FloatArray], drawn: Mapping[str, FloatArray]
) -> tuple[tuple[ReadingResult, ...], tuple[CutOffResult, ...], Outcome, dict[str, float]]:
    """Return readings, cut-offs, the outcome and the outcomes' probabilities.

    Parameters
    ----------
    test : FunctionTest
    person : Person
        Whom the cut-offs are chosen for.
    samples : mapping of str to array, shape (samples,)
        Of the nominal person, in the order of `sample_minutes`.
    drawn : mapping of str to array, shape (samples, members)
        Empty without members.
    """
    values = {entry.id: float(read_value(test, entry, samples[entry.marker][:, None])[0]) for entry in test.readings}
    spread_out = {entry.id: read_value(test, entry, drawn[entry.marker]) for entry in test.readings} if drawn else {}
    readings = tuple(
        ReadingResult(entry, values[entry.id], *_ends(spread_out.get(entry.id))) for entry in test.readings
    )
    chosen = test.cut_offs_for(person)
    met = {entry.rule: bool(_meets(entry, np.array([values[entry.reading]]))[0]) for entry in chosen}
    shares = {entry.rule: _meets(entry, spread_out[entry.reading]) for entry in chosen} if spread_out else {}
    cut_offs = tuple(
        CutOffResult(entry, met[entry.rule], float(shares[entry.rule].mean()) if shares else math.nan)
        for entry in chosen
    )
    outcome = next(o for o in test.outcomes if all(met.get(rule) == wanted for rule, wanted in o.when.items()))
    return readings, cut_offs, outcome, _chances(test, shares)


def read_value(test: FunctionTest, reading: Reading, rows: FloatArray) -> FloatArray:
    """Return a reading from the samples of many persons.

    Parameters
    ----------
    test : FunctionTest
    reading : Reading
    rows : array, shape (samples, members)
        Of the reading's marker, in the order of the test's `sample_minutes`.

    Returns
    -------
    array, shape (members,)
        In the reading's unit.
    """
    at = [test.sample_minutes.index(minute) for minute in reading.minutes]
    chosen = rows[at]
    peak, nadir = chosen.max(axis=0), chosen.min(axis=0)
    if reading.kind is ReadingKind.VALUE:
        return np.asarray(chosen[0])
    if reading.kind is ReadingKind.PEAK:
        return np.asarray(peak)
    if reading.kind is ReadingKind.NADIR:
        return np.asarray(nadir)
    if reading.kind is ReadingKind.PEAK_MINUTE:
        return np.asarray(np.array(reading.minutes)[chosen.argmax(axis=0)], dtype=np.float64)
    assert reading.basal_min is not None
    basal = rows[test.sample_minutes.index(reading.basal_min)]
    if reading.kind is ReadingKind.RISE:
        return np.asarray(peak - basal)
    with np.errstate(divide="ignore", invalid="ignore"):
        if reading.kind is ReadingKind.RATIO:
            share = peak / basal
        elif reading.kind is ReadingKind.RISE_PERCENT:
            share = 100.0 * (peak / basal - 1.0)
        else:
            share = 100.0 * (1.0 - nadir / basal)
    return np.asarray(np.nan_to_num(share, nan=0.0))


def _meets(cut_off: CutOff, values: FloatArray) -> BoolArray:
    return values >= cut_off.value if cut_off.side is Side.AT_LEAST else values < cut_off.value


def _ends(values: FloatArray | None) -> tuple[float, float]:
    if values is None or values.size == 0:
        return math.nan, math.nan
    low, high = np.quantile(values, (BAND_LEVELS[0], BAND_LEVELS[-1]))
    return float(low), float(high)


def _chances(test: FunctionTest, shares: Mapping[str, BoolArray]) -> dict[str, float]:
    """Return how many of the members come to each outcome; each member to the first that holds."""
    if not shares:
        return {}
    count = next(iter(shares.values())).size
    free = np.ones(count, dtype=np.bool_)
    found = {}
    for outcome in test.outcomes:
        holds = free.copy()
        for rule, wanted in outcome.when.items():
            holds &= shares[rule] == wanted if rule in shares else False
        found[outcome.id] = float(holds.mean())
        free &= ~holds
    return found


def _left_out(
    axis: Axis, orders: tuple[DoseOrder, ...], withheld: tuple[Withheld, ...], zero_h: float
) -> tuple[tuple[DoseOrder, ...], tuple[SingleDose, ...]]:
    """Return orders that miss the days on which something is withheld, and the doses of those days that are taken."""
    kept: list[SingleDose] = []
    regimen = []
    for order in orders:
        spans = [
            (zero_h + entry.from_min / 60.0, zero_h + entry.to_min / 60.0)
            for entry in withheld
            if axis.agent(order.agent).agent.id in entry.agents
        ]
        missed: set[int] = set()
        for day in {day for low, high in spans for day in range(max(int(low // 24), 0), int(high // 24) + 1)}:
            given = (
                day >= order.start_day
                and (order.stop_day is None or day < order.stop_day)
                and (day - order.start_day) % order.every_days == 0
                and day not in order.missed_days
            )
            hours = [day * 24.0 + clock_hours(clock) for clock in order.clock_times] if given else []
            taken = [hour for hour in hours if not any(low <= hour < high for low, high in spans)]
            if len(taken) == len(hours):
                continue
            missed.add(day)
            kept += [
                SingleDose(order.agent, order.route, order.dose, order.unit, hour, order.preparation,
                           order.duration_h, order.fraction_taken)
                for hour in taken
            ]  # fmt: skip
        regimen.append(replace(order, missed_days=tuple(sorted({*order.missed_days, *missed}))) if missed else order)
    return tuple(regimen), tuple(kept)
