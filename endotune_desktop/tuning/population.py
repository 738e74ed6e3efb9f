"""The population prior: how persons differ from the typical one, as the axis declares it."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from endotune_desktop.physiology.axis import Axis, Parameter
from endotune_desktop.simulation.members import Members

POPULATION_SEED = 20261101
"""Bands of one person are drawn with one seed, so that moving a slider moves the band and not the dice."""


def varying(axis: Axis, known: Mapping[str, float] | frozenset[str] = frozenset()) -> tuple[Parameter, ...]:
    """Return the parameters that differ between persons and are not known for this one.

    Parameters
    ----------
    axis : Axis
    known : mapping or set of str
        Parameters that a scenario or a record names itself.
    """
    return tuple(p for p in axis.parameters if p.omega is not None and p.omega > 0.0 and p.id not in known)


def population(
    axis: Axis,
    count: int,
    known: Mapping[str, float] | frozenset[str] = frozenset(),
    seed: int | np.random.SeedSequence = POPULATION_SEED,
) -> Members:
    """Return persons drawn from the population prior.

    Log-normal around the typical value with the declared omega, independent, kept within the parameter's bounds. The
    first k of n members are the same for every n: each member is drawn as a whole before the next.

    Parameters
    ----------
    axis : Axis
    count : int
    known : mapping or set of str
        Parameters that a scenario or a record names itself; they are the same for all.
    seed : int or SeedSequence
        Of ``Generator(PCG64(seed))``; equal on every platform.
    """
    every = varying(axis)
    draws = np.random.Generator(np.random.PCG64(seed)).standard_normal((count, len(every)))
    values = {}
    for column, parameter in enumerate(every):
        if parameter.id not in known:
            assert parameter.omega is not None
            drawn = parameter.value * np.exp(parameter.omega * draws[:, column])
            values[parameter.id] = np.clip(drawn, parameter.low, parameter.high)
    return Members(values, count)
