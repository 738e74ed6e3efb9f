"""Identifiers in an SBML document: those of the axis wherever they are free."""

from __future__ import annotations

from endotune_desktop.physiology.axis import Axis

RESERVED = frozenset(
    {"time", "pi", "avogadro", "exponentiale", "true", "false", "inf", "infinity", "nan", "notanumber", "e", "delay"}
)
"""Words that a formula reads as something else, whatever their case."""


class Names:
    """Gives every state, parameter, marker, input and intermediate value its own identifier.

    States and markers keep their ids, so that a column of our CSV and a variable of the document have one name; a
    parameter that shares its name with one of them (the target ``sigma`` of the state ``sigma``) gets a suffix.

    Parameters
    ----------
    axis : Axis

    Attributes
    ----------
    states, markers, constants : dict of str to str
        Identifier by id; `constants` holds parameters and derived constants.
    """

    def __init__(self, axis: Axis) -> None:
        self._taken: set[str] = set()
        self.states = {state.id: self.free(state.id) for state in axis.states}
        self.markers = {marker.id: self.free(marker.id, "_marker") for marker in axis.markers}
        ids = [parameter.id for parameter in axis.parameters] + [derived.id for derived in axis.derived]
        self.constants = {name: self.free(name, "_parameter") for name in ids}

    def free(self, wanted: str, suffix: str = "_") -> str:
        """Return `wanted`, or the first variation of it that nothing else has, and take it."""
        found, number = wanted, 2
        if found in self._taken or found.lower() in RESERVED:
            found = f"{wanted}{suffix}"
        while found in self._taken:
            found = f"{wanted}{suffix}{number}"
            number += 1
        self._taken.add(found)
        return found
