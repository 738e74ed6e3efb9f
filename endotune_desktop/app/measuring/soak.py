"""Many random slider positions in one process: every failure with its plan, and whether memory stays flat."""

from __future__ import annotations

import math
import resource
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from endotune_desktop.app.measuring.random_scenarios import (
    random_lesions,
    random_orders,
    random_parameters,
    random_person,
)
from endotune_desktop.clinic.errors import InputRefused, OutsideValidity
from endotune_desktop.clinic.records import AxisProfile, KeptScenario, Medication, Patient, PatientRecord, Plan
from endotune_desktop.clinic.scenario import LONG_STANDING
from endotune_desktop.physiology.axis import Axis
from endotune_desktop.physiology.registry import AXES
from endotune_desktop.simulation import CancelFlag, Cancelled
from endotune_desktop.workbench.course_maker import CourseMaker
from endotune_desktop.workbench.course_view import CourseRequest, CourseView
from endotune_desktop.workbench.horizons import USUAL

TODAY = date(2026, 11, 24)
PER_PATIENT = 500
"""Positions of one sitting before the next patient is chosen: a few drags."""
RESTS_EVERY = 25
"""A drag passes through some positions between two at which the hand rests."""
OTHER_LESION, OTHER_PARAMETER = 0.004, 0.004
"""Shares of positions at which somebody makes it another body, from which every curve must begin anew."""
HORIZONS = (0.25, 0.25, 0.3, 0.12, 0.08)
"""How often each of the usual horizons, shortest first, is looked at: doses are moved in the weeks around today."""
SAMPLES, TOLD, FEWEST_SAMPLES = 200, 20, 3
FLAT_KB_PER_1000 = 64.0
BREATHING_KB = 1024.0
"""Growth over the second half below this is the allocator's breathing, whatever the slope of a short soak says."""


@dataclass
class SoakResult:
    """What a soak found.

    Attributes
    ----------
    positions : int
    refused : dict of str to int
        How often the axis refused a plan, by what it said about which key.
    failures : list of (str, str)
        Whatever had no answer otherwise: what was said, and the request.
    memory : list of (int, float)
        Position and resident memory in kB.
    slowest_ms, median_ms : float
    stopped : bool
        Whether it was ended by hand before its last position.
    """

    positions: int = 0
    refused: dict[str, int] = field(default_factory=dict)
    failures: list[tuple[str, str]] = field(default_factory=list)
    memory: list[tuple[int, float]] = field(default_factory=list)
    slowest_ms: float = 0.0
    median_ms: float = 0.0
    stopped: bool = False

    @property
    def slope_kb_per_1000(self) -> float:
        """Return the growth of memory over the second half, kB in 1000 positions; nan after too few samples."""
        later = self.memory[len(self.memory) // 2 :]
        if len(later) < FEWEST_SAMPLES:
            return math.nan
        at, kb = np.array(later).T
        return float(np.polyfit(at, kb, 1)[0] * 1000.0)

    @property
    def flat(self) -> bool:
        """Return whether memory does not grow, as far as the samples tell."""
        if math.isnan(self.slope_kb_per_1000):
            return True
        grown_kb = self.slope_kb_per_1000 * self.positions / 2000.0
        return self.slope_kb_per_1000 < FLAT_KB_PER_1000 or grown_kb < BREATHING_KB


def soak(count: int, seed: int, told: Callable[[int, float], None]) -> SoakResult:
    """Answer random requests as the simulation lane does.

    Parameters
    ----------
    count, seed : int
    told : callable
        Receives position and resident kB twenty times.

    Returns
    -------
    SoakResult
        Of what was done, when it is interrupted.
    """
    result, maker, taken = SoakResult(), CourseMaker(), np.zeros(count)
    every, say = max(1, count // SAMPLES), max(1, count // TOLD)
    try:
        for number, request in enumerate(_requests(count, seed), start=1):
            begun = time.perf_counter()
            _judge(maker, request, result, rests=number % RESTS_EVERY == 0)
            taken[number - 1] = (time.perf_counter() - begun) * 1e3
            result.positions = number
            if number % every == 0:
                result.memory.append((number, resident_kb()))
            if number % say == 0:
                told(number, resident_kb())
    except KeyboardInterrupt:
        result.stopped = True
    done = taken[: max(result.positions, 1)]
    result.slowest_ms, result.median_ms = float(done.max()), float(np.median(done))
    return result


def _judge(maker: CourseMaker, request: CourseRequest, result: SoakResult, *, rests: bool) -> None:
    """Answer one request and note why there was no answer."""
    try:
        _answer(maker, request, rests=rests)
    except InputRefused as refusal:
        said = f"{refusal.where}: {refusal.what.rsplit(' to ', 1)[0]}"
        result.refused[said] = result.refused.get(said, 0) + 1
    except OutsideValidity as failure:
        result.failures.append((str(failure), repr(request)))
    except Exception as bug:  # a soak goes on and tells all of them
        result.failures.append((f"{type(bug).__name__}: {bug}", repr(request)))


def _answer(maker: CourseMaker, request: CourseRequest, *, rests: bool) -> None:
    """Answer one request and look at every number that would be drawn.

    While the hand moves on, a newer request waits as soon as the curves are out, and all that follows them is cancelled
    as the lane does; where it rests, the numbers around the curves are waited for.
    """
    views: list[CourseView] = []
    cancel = CancelFlag()

    def publish(view: CourseView) -> None:
        views.append(view)
        if not rests:
            cancel.cancel()

    try:
        maker.answer(request, publish, cancel)
    except Cancelled:
        if rests or not views:
            raise
    for view in views:
        for curve in (view.now, view.whatif, view.pinned):
            for marker, values in curve.values.items() if curve is not None else ():
                if not math.isfinite(float(values.sum())):
                    raise OutsideValidity(f"{marker} is not finite", request.axis)
    if not views or (rests and not views[-1].fine):
        raise RuntimeError("no fine view" if views else "no view")


def _requests(count: int, seed: int) -> Iterator[CourseRequest]:
    generator = np.random.Generator(np.random.PCG64(seed))
    axes = list(AXES.values())
    record, axis = _patient(axes[0], generator, 0), axes[0]
    horizons = list(USUAL)
    horizon = horizons[0]
    for number in range(count):
        if number % PER_PATIENT == 0:
            axis = axes[int(generator.integers(len(axes)))]
            record = _patient(axis, generator, number)
            horizon = horizons[int(generator.choice(len(horizons), p=HORIZONS))]
        kept = record.scenarios
        plan = None if generator.random() < 0.02 else _plan(axis, record, generator)
        pinned = kept[0].letter if kept and generator.random() < 0.3 else ""
        locus = bool(generator.random() < 0.01)
        yield CourseRequest(number, record, axis.id, plan, kept, pinned, TODAY, horizon, locus)


def _plan(axis: Axis, record: PatientRecord, generator: np.random.Generator) -> Plan:
    """Return a slider position: other doses and times; now and then another physiology."""
    profile = record.profile(axis.id)
    lesions, parameters = (profile.lesions, dict(profile.parameters)) if profile is not None else ((), {})
    if generator.random() < OTHER_LESION:
        lesions = random_lesions(axis, generator, 30)
    if generator.random() < OTHER_PARAMETER:
        parameters = random_parameters(axis, generator)
    return Plan(TODAY, random_orders(axis, generator, 30), lesions, parameters)


def _patient(axis: Axis, generator: np.random.Generator, number: int) -> PatientRecord:
    """Return a patient with a history of orders, lesions and one kept scenario."""
    person, identity = random_person(axis, generator), f"soak-{number}"
    born = date(TODAY.year - int(person.age_years), 1, 1)
    patient = Patient(
        identity, identity, "", person.sex, born, person.height_cm, person.weight_kg, axis.id, sandbox=True
    )
    medication = []
    for place, order in enumerate(random_orders(axis, generator, 30)):
        start = TODAY - timedelta(days=int(generator.integers(5, 900)))
        stop = start + timedelta(days=int(generator.integers(3, 400))) if generator.random() < 0.3 else None
        medication.append(
            Medication(
                f"{identity}-{place}", identity, order.agent, order.route, order.preparation or "", order.dose,
                order.unit, order.clock_times, order.every_days, start, stop,
                round(float(generator.uniform(0.5, 1.0)), 2),
            )
        )  # fmt: skip
    lesions = random_lesions(axis, generator, 30)
    since = None if all(x.onset == LONG_STANDING for x in lesions) else TODAY - timedelta(days=60)
    profile = AxisProfile(f"{identity}-a", identity, axis.id, lesions, random_parameters(axis, generator), since)
    record = PatientRecord(patient, medication=tuple(medication), profiles=(profile,))
    kept = KeptScenario(f"{identity}-k", identity, "A", "kept", _plan(axis, record, generator), axis.id)
    return PatientRecord(patient, medication=tuple(medication), profiles=(profile,), scenarios=(kept,))


def resident_kb() -> float:
    """Return the resident memory of this process, kB; the peak where the system tells no more."""
    statm = Path("/proc/self/statm")
    if statm.exists():
        return int(statm.read_text().split()[1]) * resource.getpagesize() / 1024.0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1024.0 if sys.platform == "darwin" else float(peak)
