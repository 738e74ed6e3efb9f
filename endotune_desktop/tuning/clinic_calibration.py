"""Whether forecasts were what they claimed to be: reliability, coverage, skill, and words of alarm (tuning.md 7)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from endotune_desktop.tuning.width import ENOUGH_PATIENTS, MOST_VISITS, Cell, cell_of, conformal

BINS = 10
WORST = 5
ENOUGH = 20
"""Scored forecasts from which on an alarm is raised."""
LEAST_COVER = 0.80
MIDDLE = (0.35, 0.65)
"""A mean place of the results outside these says that the model runs low, or high."""


@dataclass(frozen=True, slots=True)
class Scored:
    """One scored forecast.

    Attributes
    ----------
    receipt_id, patient_id, axis, marker : str
    visits : int
    pit : float
    in50, in90 : bool
    crps, crps_population : float or None
        None for a bound.
    log_score : float
    ratio : float or None
        Distance to the median in halves of the 90 % band of width factor 1; None for a bound.
    """

    receipt_id: str
    patient_id: str
    axis: str
    marker: str
    visits: int
    pit: float
    in50: bool
    in90: bool
    crps: float | None
    crps_population: float | None
    log_score: float
    ratio: float | None

    @property
    def cell(self) -> Cell:
        """Return axis, marker and visits, 3 for more."""
        return cell_of(self.axis, self.marker, self.visits)


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many results of one marker were in the bands.

    Attributes
    ----------
    axis, marker : str
    visits : int
        3 stands for more; 0 for forecasts before any lab.
    count : int
    share50, share90 : float
    """

    axis: str
    marker: str
    visits: int
    count: int
    share50: float
    share90: float


@dataclass(frozen=True, slots=True)
class Alarm:
    """What a clinic should know of its forecasts of one marker.

    Attributes
    ----------
    axis, marker : str
    kind : str
        ``narrow`` (bands are too narrow), ``low`` or ``high`` (the model runs so).
    count : int
    figure : float
        Share in the 90 % band, or mean place of the results.
    """

    axis: str
    marker: str
    kind: str
    count: int
    figure: float


@dataclass(frozen=True)
class Calibration:
    """A clinic's forecasts, summed up.

    Attributes
    ----------
    count, patients : int
    bins : tuple of int
        Forecasts whose `pit` is in each tenth.
    envelope : tuple of (int, int)
        Within which 90 % of the counts of each bin lie when forecasts are what they claim.
    coverage : tuple of Coverage
    skill : float or None
        What the labs saved of the population forecast's score, summed over all; None without any.
    worst : tuple of Scored
        The five results furthest out in what was forecast of them, the furthest first.
    alarms : tuple of Alarm
    """

    count: int
    patients: int
    bins: tuple[int, ...]
    envelope: tuple[tuple[int, int], ...]
    coverage: tuple[Coverage, ...]
    skill: float | None
    worst: tuple[Scored, ...]
    alarms: tuple[Alarm, ...]


def calibration(entries: Iterable[Scored]) -> Calibration:
    """Return the sum of scored forecasts."""
    every = list(entries)
    places = np.array([entry.pit for entry in every])
    bins = np.histogram(places, bins=BINS, range=(0.0, 1.0))[0]
    limits = (_binomial_quantile(len(every), 0.05), _binomial_quantile(len(every), 0.95))
    return Calibration(
        count=len(every),
        patients=len({entry.patient_id for entry in every}),
        bins=tuple(int(count) for count in bins),
        envelope=(limits,) * BINS,
        coverage=tuple(_coverage(cell, held) for cell, held in sorted(_by(every, lambda entry: entry.cell).items())),
        skill=mean_skill(every),
        worst=tuple(sorted(every, key=lambda entry: (min(entry.pit, 1.0 - entry.pit), entry.log_score))[:WORST]),
        alarms=_alarms(every),
    )


def mean_skill(entries: Iterable[Scored]) -> float | None:
    """Return one minus the ratio of the summed scores to those of the population forecasts."""
    pairs = [(e.crps, e.crps_population) for e in entries if e.crps is not None and e.crps_population is not None]
    whole = sum(population for _, population in pairs)
    return 1.0 - sum(own for own, _ in pairs) / whole if whole > 0.0 else None


def learnt_widths(entries: Iterable[Scored]) -> Mapping[Cell, float]:
    """Return the width factors of a clinic: of every cell with forecasts of at least twenty patients.

    Forecasts before any lab widen nothing: what they miss is the person, not the model.
    """
    found = {}
    for cell, held in _by(list(entries), lambda entry: entry.cell).items():
        ratios = [entry.ratio for entry in held if entry.ratio is not None]
        patients = {entry.patient_id for entry in held if entry.ratio is not None}
        if 1 <= cell[2] <= MOST_VISITS and len(patients) >= ENOUGH_PATIENTS:
            found[cell] = conformal(ratios)
    return found


def _binomial_quantile(count: int, level: float) -> int:
    """Return the least count of a tenth that is not exceeded with a probability; scipy.stats takes half a second."""
    tried = np.arange(1, count + 1)
    steps = np.log((count - tried + 1.0) / tried) - np.log(BINS - 1.0)
    logs = count * np.log(1.0 - 1.0 / BINS) + np.concatenate([[0.0], np.cumsum(steps)])
    return int(np.searchsorted(np.cumsum(np.exp(logs)), level))


def _by(entries: Sequence[Scored], key: Callable[[Scored], tuple[str, str, int]]) -> dict[Cell, list[Scored]]:
    found: dict[Cell, list[Scored]] = defaultdict(list)
    for entry in entries:
        found[key(entry)].append(entry)
    return found


def _coverage(cell: Cell, held: Sequence[Scored]) -> Coverage:
    count = len(held)
    return Coverage(*cell, count, sum(e.in50 for e in held) / count, sum(e.in90 for e in held) / count)


def _alarms(entries: Sequence[Scored]) -> tuple[Alarm, ...]:
    found = []
    for (axis, marker, _), held in sorted(_by(entries, lambda entry: (entry.axis, entry.marker, 0)).items()):
        count = len(held)
        if count < ENOUGH:
            continue
        cover = sum(entry.in90 for entry in held) / count
        middle = sum(entry.pit for entry in held) / count
        if cover < LEAST_COVER:
            found.append(Alarm(axis, marker, "narrow", count, cover))
        if middle > MIDDLE[1]:  # results lie above what was forecast
            found.append(Alarm(axis, marker, "low", count, middle))
        elif middle < MIDDLE[0]:
            found.append(Alarm(axis, marker, "high", count, middle))
    return tuple(found)
