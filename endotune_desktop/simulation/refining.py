"""From the parameters of the research specification to those that this program computes with."""

from __future__ import annotations

from endotune_desktop.physiology.axis import REFINED, Axis, Mode


def refined(axis: Axis, parameters: dict[str, float]) -> dict[str, float]:
    """Return the parameters with the axis's refinements, as far as the parameter `REFINED` says.

    Bounds are those of the values before: a refinement is not a finding of a person.

    Parameters
    ----------
    axis : Axis
    parameters : dict of str to float
        Every parameter, as lesions, pumps and the person's own values leave it.
    """
    share = parameters[REFINED] if axis.refinements else 0.0
    if share == 0.0:
        return parameters
    values = dict(parameters)
    for change in axis.refinements:
        if change.mode is Mode.TIMES:
            values[change.parameter] *= change.value**share
        else:
            values[change.parameter] += change.value * share
    return values
