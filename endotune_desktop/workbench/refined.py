"""The values with which the window simulates: this program's own where an axis declares them."""

from __future__ import annotations

from collections.abc import Mapping

from endotune_desktop.physiology.axis import REFINED, Axis


def refined(axis: Axis, parameters: Mapping[str, float]) -> dict[str, float]:
    """Return a person's parameters as the window simulates them.

    An axis with refinements is simulated with all of them; who sets the parameter `REFINED` otherwise is left alone.
    The record and the plan do not hold it: it belongs to the model, not to the person.

    Parameters
    ----------
    axis : Axis
    parameters : mapping of str to float
        What is held about the person.
    """
    return {**({REFINED: 1.0} if axis.refinements else {}), **parameters}
