"""Results that are made of one another many times, as function definitions: a reader may put rules in one another."""

from __future__ import annotations

import re
from collections.abc import Iterable

from endotune_desktop.exchange.sbml.names import Names

LONGEST = 40
"""Names that a result may come to when all it is made of is written out, before it becomes a function."""
_NAME = re.compile(r"(?<![\w.])[A-Za-z_]\w*")


class Functions:
    """Turns long results of small functions into calls, each of whose arguments is evaluated once.

    libroadrunner evaluates an assignment rule anew wherever it is named. Four steps of an iteration that name their
    last value ten times would be written out ten thousand times.

    Parameters
    ----------
    names : Names
        Gives the functions their identifiers.
    definitions : dict of str to str
        Intermediate values by identifier, filled while the equations are read.
    found : dict of str to str
        Receives the functions.
    """

    def __init__(self, names: Names, definitions: dict[str, str], found: dict[str, str]) -> None:
        self._names = names
        self._definitions = definitions
        self._found = found
        self._calls: set[str] = set()
        self._written: dict[str, str] = {}

    def call(self, text: str) -> str:
        """Return a result's formula, or a call of a new function where it would grow too long.

        Parameters
        ----------
        text : str
            Over identifiers of states, constants and intermediate values.
        """
        body = self._written_out(text)
        known = {*self._names.states.values(), *self._names.constants.values(), *self._definitions}
        used = list(dict.fromkeys(_NAME.findall(body)))
        if len(_NAME.findall(body)) <= LONGEST or "time" in used:
            return text
        given = [name for name in used if name in known]
        bound = {name: f"x{place}" for place, name in enumerate(given)}
        body = _NAME.sub(lambda match: bound.get(match[0], match[0]), body)
        key = f"lambda({', '.join(bound.values())}, {body})"
        if key not in self._written:
            self._written[key] = self._names.free("small_function")
            self._found[self._written[key]] = key
        call = f"{self._written[key]}({', '.join(given)})"
        self._calls.add(call)
        return call

    def drop_unused(self, formulas: Iterable[str]) -> None:
        """Remove the intermediate values that no formula comes to any more."""
        left, needed = list(formulas), set[str]()
        while left:
            for name in _NAME.findall(left.pop()):
                if name in self._definitions and name not in needed:
                    needed.add(name)
                    left.append(self._definitions[name])
        for name in [name for name in self._definitions if name not in needed]:
            del self._definitions[name]

    def _written_out(self, text: str) -> str:
        """Return a formula with all intermediate values put in, down to constants and calls of functions."""

        def put_in(match: re.Match[str]) -> str:
            inner = self._definitions.get(match[0])
            if inner is None or inner in self._calls or self._is_constant(inner):
                return match[0]
            return f"({self._written_out(inner)})"

        return _NAME.sub(put_in, text)

    def _is_constant(self, text: str) -> bool:
        names = set(_NAME.findall(text))
        changing = {*self._names.states.values(), "time"}
        return not names & changing and all(self._is_constant(self._definitions.get(name, "")) for name in names)
