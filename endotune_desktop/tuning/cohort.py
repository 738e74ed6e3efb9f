"""A virtual population: what is the same for all, what is drawn for each, and who person number n is.

Persons are drawn by the chunk. Chunk k holds the persons ``k * PERSONS_A_CHUNK`` onwards and owns two streams, the
children of ``SeedSequence(seed, spawn_key=(k,))``: one draws the parameters, one the body and the adherence. A chunk
is always drawn whole, each quantity from a column of its own. So a person depends on the seed and on its number only:
not on the count, not on the arms, not on who computes it and when, and a law that is changed changes no other draw.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from endotune_desktop.clinic.person import Person, Sex
from endotune_desktop.clinic.scenario import Scenario
from endotune_desktop.physiology.axis import Axis
from endotune_desktop.simulation.observables import Observable
from endotune_desktop.tuning.population import population

FloatArray = npt.NDArray[np.float64]

PERSONS_A_CHUNK = 250
"""A second of work or so: long enough that sending it costs nothing, short enough to lose. Part of who is who."""

_SEX, _AGE, _HEIGHT, _WEIGHT, _TAKEN = range(5)


@dataclass(frozen=True, slots=True)
class Uniform:
    """Every value between two limits alike.

    Attributes
    ----------
    low, high : float
    """

    low: float
    high: float

    def at(self, share: FloatArray) -> FloatArray:
        """Return the values below which these shares of persons lie (0 to 1)."""
        return self.low + share * (self.high - self.low)


@dataclass(frozen=True, slots=True)
class Normal:
    """A normal law cut off at two limits; nobody is moved to them.

    Attributes
    ----------
    mean, sd : float
        Of the law before it is cut off.
    low, high : float
    """

    mean: float
    sd: float
    low: float
    high: float

    def at(self, share: FloatArray) -> FloatArray:
        """Return the values below which these shares of persons lie (0 to 1)."""
        from scipy.special import ndtr, ndtri

        below, above = ndtr((self.low - self.mean) / self.sd), ndtr((self.high - self.mean) / self.sd)
        return np.clip(self.mean + self.sd * ndtri(below + share * (above - below)), self.low, self.high)


@dataclass(frozen=True, slots=True)
class Beta:
    """A beta law on 0 to 1, for adherence.

    Attributes
    ----------
    a, b : float
        The mean is ``a / (a + b)``.
    """

    a: float
    b: float

    def at(self, share: FloatArray) -> FloatArray:
        """Return the values below which these shares of persons lie (0 to 1)."""
        from scipy.special import betaincinv

        return np.asarray(betaincinv(self.a, self.b, share), dtype=np.float64)


Law = Uniform | Normal | Beta
BySex = Mapping[Sex, Law]


@dataclass(frozen=True)
class Vary:
    """What differs between persons; what is None is the scenario's for all.

    Attributes
    ----------
    parameters : bool
        Whether the axis's parameters are drawn from the population prior (those that the scenario names never are).
    female_share : float or None
        0 to 1.
    age_years, height_cm, weight_kg, bmi : mapping of Sex to law, or None
        At most one of weight and body mass index (kg/m2); the index makes the weight go with the height.
    adherence : law or None
        Share of each dose of the regimens that is taken, 0 to 1.
    """

    parameters: bool = True
    female_share: float | None = None
    age_years: BySex | None = None
    height_cm: BySex | None = None
    weight_kg: BySex | None = None
    bmi: BySex | None = None
    adherence: Law | None = None


@dataclass(frozen=True)
class Arm:
    """One way to dose; every person is computed under every arm.

    Attributes
    ----------
    name : str
    scenario : Scenario
    """

    name: str
    scenario: Scenario


@dataclass(frozen=True)
class Column:
    """An observable and what it is called in the table.

    Attributes
    ----------
    name : str
    observable : Observable
    unit : str
        Of a result that is a time; empty otherwise.
    """

    name: str
    observable: Observable
    unit: str = ""


@dataclass(frozen=True)
class Cohort:
    """A virtual population, ready to be computed.

    Attributes
    ----------
    scenario : Scenario
        What is the same for all.
    arms : tuple of Arm
        At least one.
    count : int
        Persons.
    seed : int
    vary : Vary
    columns : tuple of Column
    """

    scenario: Scenario
    arms: tuple[Arm, ...]
    count: int
    seed: int
    columns: tuple[Column, ...]
    vary: Vary = field(default_factory=Vary)

    @property
    def chunks(self) -> int:
        """Return into how many chunks the persons go."""
        return -(-self.count // PERSONS_A_CHUNK)

    def chunk_of(self, index: int) -> range:
        """Return the persons of a chunk, counted from 0."""
        return range(index * PERSONS_A_CHUNK, min((index + 1) * PERSONS_A_CHUNK, self.count))


@dataclass(frozen=True)
class Drawn:
    """The persons of a chunk.

    Attributes
    ----------
    numbers : range
        Counted from 0.
    persons : tuple of Person
    taken : array, shape (n,)
        Adherence.
    values : dict of str to array, shape (n,)
        Parameters that differ, by id.
    """

    numbers: range
    persons: tuple[Person, ...]
    taken: FloatArray
    values: dict[str, FloatArray]


def drawn(axis: Axis, cohort: Cohort, index: int) -> Drawn:
    """Return the persons of a chunk: the same for every count, arm, machine and order.

    Parameters
    ----------
    axis : Axis
    cohort : Cohort
    index : int
        Of the chunk, counted from 0.
    """
    numbers = cohort.chunk_of(index)
    for_parameters, for_bodies = np.random.SeedSequence(cohort.seed, spawn_key=(index,)).spawn(2)
    values = {}
    if cohort.vary.parameters:
        everybody = population(axis, PERSONS_A_CHUNK, cohort.scenario.parameters, for_parameters).values
        values = {name: column[: len(numbers)] for name, column in everybody.items()}
    shares = np.random.Generator(np.random.PCG64(for_bodies)).random((PERSONS_A_CHUNK, 5))[: len(numbers)]
    law = cohort.vary.adherence
    taken = np.ones(len(numbers)) if law is None else law.at(shares[:, _TAKEN])
    return Drawn(numbers, _bodies(cohort, shares), taken, values)


def _bodies(cohort: Cohort, shares: FloatArray) -> tuple[Person, ...]:
    nominal, vary = cohort.scenario.person, cohort.vary
    if vary.female_share is None:
        female = np.full(shares.shape[0], nominal.sex is Sex.FEMALE)
    else:
        female = shares[:, _SEX] < vary.female_share
    age = _by_sex(vary.age_years, nominal.age_years, female, shares[:, _AGE])
    height = _by_sex(vary.height_cm, nominal.height_cm, female, shares[:, _HEIGHT])
    if vary.bmi is not None:
        weight = _by_sex(vary.bmi, 0.0, female, shares[:, _WEIGHT]) * (height / 100.0) ** 2
    else:
        weight = _by_sex(vary.weight_kg, nominal.weight_kg, female, shares[:, _WEIGHT])
    return tuple(
        Person(Sex.FEMALE if is_female else Sex.MALE, years, cm, kg)
        for is_female, years, cm, kg in zip(female, age.tolist(), height.tolist(), weight.tolist(), strict=True)
    )


def _by_sex(laws: BySex | None, same: float, female: npt.NDArray[np.bool_], share: FloatArray) -> FloatArray:
    if laws is None:
        return np.full(share.size, float(same))
    return np.where(female, laws[Sex.FEMALE].at(share), laws[Sex.MALE].at(share))
