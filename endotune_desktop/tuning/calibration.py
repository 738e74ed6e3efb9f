"""Whether bands are true: virtual patients whose truth is not the fitted model, fitted and forecast as in life.

A patient's truth has every declared parameter drawn, also those that no lab may move, misses doses that the record
does not tell, has its own severity, and its laboratory has an offset, an assay error and day-to-day variation. On top
of all that the model misses each marker by as much as `variation` assumes: how a model's error hangs together in time
is not known, so half of its variance lasts and half comes anew with every sample. The fit sees the record and the
results of one, two or three visits and forecasts results later on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from endotune_desktop.clinic.errors import OutsideValidity
from endotune_desktop.clinic.scenario import DoseOrder, Scenario
from endotune_desktop.physiology.axis import Axis
from endotune_desktop.simulation.ensemble import Spread, one_after_another, simulate_members
from endotune_desktop.simulation.members import Members
from endotune_desktop.tuning.evidence import Observation, visits_of
from endotune_desktop.tuning.individual import Fit, individualised
from endotune_desktop.tuning.population import population
from endotune_desktop.tuning.prior import Kind, Prior, prior_of, severity_leaving
from endotune_desktop.tuning.variation import variation
from endotune_desktop.tuning.width import Cell, cell_of, conformal, ratio, widened, width_factor

FloatArray = npt.NDArray[np.float64]

LEVELS = (0.05, 0.25, 0.75, 0.95)
LASTING_SHARE = 0.5
"""Of the variance of the truth's model error: what stays with a patient's marker; the rest is drawn at each sample."""
_PLATFORM = "laboratory"


@dataclass(frozen=True)
class Protocol:
    """How virtual patients of an axis are treated and seen.

    Attributes
    ----------
    title : str
    scenario : Scenario
        The record at the first visit's dose; its severities are the medians of the truth's.
    markers : tuple of str
        What is measured at every visit and forecast.
    visit_days, ahead_days : tuple of float
    clock_h : float
        When samples are taken.
    steps : tuple of float
        Factors by one of which every dose is multiplied at each visit.
    missed : (float, float)
        Beta law of a patient's share of missed days.
    """

    title: str
    scenario: Scenario
    markers: tuple[str, ...]
    visit_days: tuple[float, ...]
    ahead_days: tuple[float, ...]
    clock_h: float
    steps: tuple[float, ...]
    missed: tuple[float, float]


@dataclass(frozen=True)
class Forecast:
    """One forecast and what came.

    Attributes
    ----------
    patient : int
    marker : str
    visits : int
        How many were known.
    ahead_days : float
    quantiles : tuple of float
        Of the result at `LEVELS`.
    median : float
    came : float
    below : float
        Share of draws below what came.
    """

    patient: int
    marker: str
    visits: int
    ahead_days: float
    quantiles: tuple[float, float, float, float]
    median: float
    came: float
    below: float

    @property
    def in90(self) -> bool:
        """Return whether what came lies in the 90 % band."""
        return self.quantiles[0] <= self.came <= self.quantiles[3]

    @property
    def in50(self) -> bool:
        """Return whether what came lies in the 50 % band."""
        return self.quantiles[1] <= self.came <= self.quantiles[2]


@dataclass(frozen=True)
class Coverage:
    """How often bands of one kind held.

    Attributes
    ----------
    marker : str
    visits : int
    ahead_days : float
    count : int
    in50, in90 : float
        Shares.
    error : float
        Median of the absolute error of the median forecast, natural logarithm.
    below : float
        Mean share of draws below what came: 0.5 without bias.
    """

    marker: str
    visits: int
    ahead_days: float
    count: int
    in50: float
    in90: float
    error: float
    below: float


def calibrated(
    axis: Axis,
    protocol: Protocol,
    patients: int,
    seed: int,
    *,
    draws: int = 200,
    told: Callable[[int], None] | None = None,
    spread: Spread = one_after_another,
) -> list[Forecast]:
    """Return every forecast of a virtual clinic.

    Parameters
    ----------
    axis : Axis
    protocol : Protocol
    patients, seed, draws : int
    told : callable, optional
        Receives how many patients are done.
    spread : callable
        Who runs the chunks.
    """
    found: list[Forecast] = []
    for patient in range(patients):
        found.extend(_patient(axis, protocol, patient, seed, draws, spread))
        if told is not None:
            told(patient + 1)
    return found


def coverage(forecasts: list[Forecast]) -> list[Coverage]:
    """Return how often the bands held, by marker, visits and days ahead."""
    groups: dict[tuple[str, int, float], list[Forecast]] = {}
    for entry in forecasts:
        groups.setdefault((entry.marker, entry.visits, entry.ahead_days), []).append(entry)
    return [
        Coverage(
            *key, len(group), float(np.mean([f.in50 for f in group])), float(np.mean([f.in90 for f in group])),
            float(np.median([abs(np.log(f.median / f.came)) for f in group])), float(np.mean([f.below for f in group])),
        )
        for key, group in sorted(groups.items())
    ]  # fmt: skip


def _patient(axis: Axis, protocol: Protocol, patient: int, seed: int, draws: int, spread: Spread) -> Iterator[Forecast]:
    generator = np.random.Generator(np.random.PCG64([seed, patient]))
    record = _record(protocol, generator)
    last_day = max(protocol.visit_days) + max(protocol.ahead_days)
    record = replace(record, duration_days=last_day + 2.0)
    truth = _Truth(axis, record, protocol, generator, [seed, patient])
    days = sorted({d + a for d in protocol.visit_days for a in (0.0, *protocol.ahead_days)})
    try:
        results = truth.results(np.array(days) * 24.0 + protocol.clock_h)
    except OutsideValidity:
        return
    for visits in range(1, len(protocol.visit_days) + 1):
        seen = [
            Observation(f"{marker} {day:g}", marker, day * 24.0 + protocol.clock_h, results[marker, day], "",
                        platform=_PLATFORM)
            for day in protocol.visit_days[:visits] for marker in protocol.markers
        ]  # fmt: skip
        # Doses after the last known visit are what was then planned: the forecast is for the plan as it was kept.
        fit = individualised(axis, record, seen, draws=draws, seed=seed + patient, spread=spread)
        now = protocol.visit_days[visits - 1]
        ahead = [now + a for a in protocol.ahead_days]
        drawn = _forecast(axis, record, fit, protocol, now, np.array(ahead) * 24.0 + protocol.clock_h, spread)
        for place, day in enumerate(ahead):
            for marker in protocol.markers:
                values = drawn[marker][place]
                levels = np.quantile(values, LEVELS)
                came = results[marker, day]
                yield Forecast(
                    patient, marker, visits, day - now, (levels[0], levels[1], levels[2], levels[3]),
                    float(np.median(values)), came, float(np.mean(values < came)),
                )  # fmt: skip


def _record(protocol: Protocol, generator: np.random.Generator) -> Scenario:
    """Return the record: the protocol's doses, changed at every visit."""
    edges = [0.0, *protocol.visit_days]
    orders: list[DoseOrder] = []
    factor = 1.0
    for place, begin in enumerate(edges):
        if place:
            factor *= float(generator.choice(protocol.steps))
        stop = int(edges[place + 1]) if place + 1 < len(edges) else None
        for order in protocol.scenario.regimen:
            start = int(begin) + (order.start_day - int(begin)) % order.every_days
            if stop is None or start < stop:
                orders.append(replace(order, dose=order.dose * factor, start_day=start, stop_day=stop))
    return replace(protocol.scenario, regimen=tuple(orders))


class _Truth:
    """A virtual patient: nobody but this class knows who it is."""

    def __init__(
        self, axis: Axis, record: Scenario, protocol: Protocol, generator: np.random.Generator, seed: list[int]
    ) -> None:
        self._axis, self._markers = axis, protocol.markers
        self._generator = generator
        who = population(axis, 1, record.parameters, np.random.SeedSequence(seed)).values
        parameters = {**{name: float(column[0]) for name, column in who.items()}, **record.parameters}
        share = float(generator.beta(*protocol.missed)) if protocol.missed[0] > 0.0 else 0.0
        regimen = tuple(self._missing(order, record.duration_days, share) for order in record.regimen)
        prior = prior_of(axis, record, [Observation("", marker, 0.0, 1.0) for marker in self._markers])
        severities = {u.id: u for u in prior.unknowns if u.kind is Kind.SEVERITY}
        absorbed = prior.later_intakes(0.0, 1, generator, _absorption_spread(prior, protocol))
        self._taken = Members({}, 1, recent=absorbed)
        lesions = []
        for lesion in record.lesions:
            unknown = severities.get(lesion.lesion)
            if unknown is not None:
                left = unknown.values(np.array([generator.standard_normal()]))
                lesion = replace(lesion, severity=float(severity_leaving(axis, lesion.lesion, left)[0]))
            lesions.append(lesion)
        self._scenario = replace(record, parameters=parameters, regimen=regimen, lesions=tuple(lesions))
        self._lasting = {
            marker: float(
                np.exp(
                    np.sqrt(LASTING_SHARE) * variation(marker).model * generator.standard_normal()
                    + variation(marker).offset * generator.standard_normal()
                )
            )
            for marker in self._markers
        }

    def _missing(self, order: DoseOrder, days: float, share: float) -> DoseOrder:
        stop = int(days) if order.stop_day is None else order.stop_day
        every = range(order.start_day, stop, order.every_days)
        missed = tuple(day for day in every if self._generator.random() < share)
        return replace(order, missed_days=missed)

    def results(self, times_h: FloatArray) -> dict[tuple[str, float], float]:
        """Return what the laboratory finds, by marker and day."""
        course = simulate_members(
            self._axis, self._scenario, self._taken, rtol=1e-5, output_times_h=times_h, markers=self._markers
        )
        if course.why is not None:
            raise course.why
        found = {}
        for marker in self._markers:
            own = variation(marker)
            passing = own.assay**2 + own.within**2 + (1.0 - LASTING_SHARE) * own.model**2
            noise = np.sqrt(passing) * self._generator.standard_normal(times_h.size)
            values = course.markers[marker][:, 0] * self._lasting[marker] * np.exp(noise)
            found.update(
                {(marker, float(t // 24.0)): max(float(v), 1e-9) for t, v in zip(times_h, values, strict=True)}
            )
        return found


def _absorption_spread(prior: Prior, protocol: Protocol) -> float:
    """Return what varies of recent intake beside missed doses: of a gel, how much of it gets in (tuning.md 1.1)."""
    days, spread = prior.recent_intake
    taken = min((days / order.every_days for order in protocol.scenario.regimen), default=1.0)
    missed = protocol.missed[0] / max(sum(protocol.missed), 1e-9)
    return float(np.sqrt(max(spread**2 - missed * (1.0 - missed) / max(taken, 1.0), 0.0)))


def _forecast(
    axis: Axis, record: Scenario, fit: Fit, protocol: Protocol, now_day: float, times_h: FloatArray, spread: Spread
) -> dict[str, FloatArray]:
    """Return what the laboratory may find, shape (times, draws) by marker: person, intake, model, assay, biology."""
    members: Members = fit.draws(later_h=now_day * 24.0)
    assert fit.posterior is not None
    found = simulate_members(
        axis, record, members, rtol=1e-3, output_times_h=times_h, markers=protocol.markers, spread=spread
    )
    offsets = _offsets(fit, protocol.markers)
    generator = np.random.Generator(np.random.PCG64(7))
    drawn = {}
    visits = len(visits_of(fit.observations))
    for marker in protocol.markers:
        own = variation(marker)
        noise = np.hypot(own.assay, own.within) * generator.standard_normal((times_h.size, members.count))
        logs = np.log(np.maximum(found.markers[marker] * fit.scatter(marker, 1.0), 1e-300)) + offsets[marker] + noise
        logs = logs[:, np.isfinite(logs).all(axis=0)]
        factor = width_factor(axis.id, marker, visits)
        drawn[marker] = np.exp(np.stack([widened(row, factor) for row in logs]))
    return drawn


def needed_widths(axis: str, forecasts: list[Forecast]) -> dict[Cell, float]:
    """Return the width factors with which these bands would have held what they claim, as a clinic would learn them.

    Parameters
    ----------
    axis : str
    forecasts : list of Forecast
        Made with the shipped factors, which are taken out again.
    """
    ratios: dict[Cell, list[float]] = {}
    for entry in forecasts:
        q05, _, _, q95 = np.log(np.maximum(entry.quantiles, 1e-300)).tolist()
        apart = ratio(float(np.log(entry.came)), q05, float(np.log(max(entry.median, 1e-300))), q95)
        cell = cell_of(axis, entry.marker, entry.visits)
        ratios.setdefault(cell, []).append(apart * width_factor(*cell))
    return {cell: conformal(found) for cell, found in sorted(ratios.items())}


def _offsets(fit: Fit, markers: tuple[str, ...]) -> dict[str, FloatArray]:
    assert fit.posterior is not None
    probe = tuple(Observation("", marker, 0.0, 1.0, platform=_PLATFORM) for marker in markers)
    table = fit.prior.offsets(fit.posterior.z, probe)
    return {marker: table[:, place] for place, marker in enumerate(markers)}
