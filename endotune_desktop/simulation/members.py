"""Members of an ensemble: many persons who differ in parameters, body and adherence and share everything else."""

from __future__ import annotations

import threading
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from endotune_desktop.clinic.person import Person
from endotune_desktop.simulation.effects import InForce, parameters_in_force

if TYPE_CHECKING:
    from endotune_desktop.simulation.compilation import CompiledAxis
    from endotune_desktop.simulation.program import Layout, Share

FloatArray = npt.NDArray[np.float64]

_REMEMBERED = 24
"""Tables of constants kept for the next slider position: a dose leaves them as they are, a severity does not."""


@dataclass(frozen=True)
class MemberTables:
    """What differs between the members in one program.

    Attributes
    ----------
    table_p : array, shape (members, a, n_constants)
    table_u : array, shape (members, b, n_states)
    jump_values : array, shape (members, k)
    """

    table_p: FloatArray
    table_u: FloatArray
    jump_values: FloatArray


@dataclass(frozen=True)
class RecentIntake:
    """A stretch of time in which persons took more or less of what a regimen orders.

    Attributes
    ----------
    from_h, to_h : float
        Doses from the first until before the second.
    factor : array, shape (members,)
    """

    from_h: float
    to_h: float
    factor: FloatArray


class Members:
    """Parameter values of many persons, and the constants that follow from them.

    Parameters
    ----------
    values : mapping of str to array, shape (count,)
        By parameter id; a parameter that is not named is the scenario's or typical for all. What a scenario names
        itself is known, and overrules this.
    count : int
        How many; needed when `values` is empty.
    persons : sequence of Person, optional
        The body of each member; the scenario's for all by default.
    taken : array, shape (count,), optional
        Adherence of each member, 0 to 1: multiplies every dose of a regimen, beside the order's own share.
    severities : mapping of str to array, shape (count,), optional
        Severity of lesions, by lesion id, where it differs from the scenario's.
    recent : sequence of RecentIntake, optional
        Stretches of time in which the doses of a regimen were taken otherwise.

    Attributes
    ----------
    values : dict of str to array
    count : int
    persons : tuple of Person or None
    taken : array or None
    """

    def __init__(
        self,
        values: Mapping[str, FloatArray],
        count: int,
        *,
        persons: Sequence[Person] | None = None,
        taken: FloatArray | None = None,
        severities: Mapping[str, FloatArray] | None = None,
        recent: Sequence[RecentIntake] = (),
    ) -> None:
        self.values = {name: np.array(column, dtype=np.float64) for name, column in values.items()}
        self.count = count
        for name, column in self.values.items():
            if column.shape != (count,):
                raise ValueError(f"{name}: shape {column.shape} instead of ({count},)")
        self.persons = None if persons is None else tuple(persons)
        self.taken = None if taken is None else np.array(taken, dtype=np.float64)
        if self.persons is not None and len(self.persons) != count:
            raise ValueError(f"persons: {len(self.persons)} instead of {count}")
        if self.taken is not None and self.taken.shape != (count,):
            raise ValueError(f"taken: shape {self.taken.shape} instead of ({count},)")
        self.severities = dict(severities or {})
        self.recent = tuple(recent)
        self._edges_h = sorted({edge_h for entry in self.recent for edge_h in (entry.from_h, entry.to_h)})
        self._between = [
            tuple(i for i, entry in enumerate(self.recent) if entry.from_h <= edge_h < entry.to_h)
            for edge_h in self._edges_h
        ]
        self._tables: OrderedDict[tuple[object, ...], FloatArray] = OrderedDict()
        self._lock = threading.Lock()

    def base(self, member: int, known: Mapping[str, float], typical: Mapping[str, float]) -> dict[str, float]:
        """Return every parameter of a member before lesions."""
        own = {name: float(column[member]) for name, column in self.values.items()}
        return {**typical, **own, **known}

    def tables(
        self, ready: CompiledAxis, person: Person, known: Mapping[str, float], plan: Layout, kept: frozenset[str]
    ) -> MemberTables:
        """Return what differs between the members in a program.

        Parameters
        ----------
        ready : CompiledAxis
        person : Person
            The scenario's; members with a body of their own are computed with that.
        known : mapping of str to float
            Parameters that the scenario names itself.
        plan : Layout
        kept : frozenset of str
            Parameters that no lesion sets.
        """
        rows = [self._constants(ready, person, known, active, kept) for active in plan.active]
        table_p = np.ascontiguousarray(np.stack(rows, axis=1))
        table_u = np.zeros((self.count, plan.input_rows, len(ready.axis.states)))
        for share in plan.inputs:
            table_u[:, share.row, share.state] += share.amount * self._factor(ready, share, table_p)
        jump_values = np.empty((self.count, len(plan.jumps)))
        held: dict[tuple[object, ...], FloatArray] = {}
        for index, share in enumerate(plan.jumps):
            if share.lesion in self.severities:
                jump_values[:, index] = self._onset(ready, share)
                continue
            key = (share.row_p, share.fractions, share.ordered, self._stretch(share))
            if key not in held:
                held[key] = self._factor(ready, share, table_p)
            jump_values[:, index] = share.amount * held[key]
        return MemberTables(table_p, table_u, jump_values)

    def _onset(self, ready: CompiledAxis, share: Share) -> FloatArray:
        """Return what a lesion of each member's own severity does to a state when it begins."""
        jumps = ready.axis.lesion(share.lesion).jumps
        jump = next(jump for jump in jumps if ready.axis.state_index(jump.state) == share.state)
        return np.array([jump.at(float(severity)) for severity in self.severities[share.lesion]])

    def _stretch(self, share: Share) -> tuple[int, ...]:
        """Return the stretches of other intake that a dose of a regimen falls into."""
        if not share.ordered:
            return ()
        place = bisect_right(self._edges_h, share.time_h)
        return self._between[place - 1] if place else ()

    def _factor(self, ready: CompiledAxis, share: Share, table_p: FloatArray) -> FloatArray:
        product = np.ones(self.count) if self.taken is None or not share.ordered else self.taken.copy()
        for index in self._stretch(share):
            product *= self.recent[index].factor
        for name in share.fractions:
            product *= table_p[:, share.row_p, ready.places[name]]
        return product

    def _constants(
        self,
        ready: CompiledAxis,
        person: Person,
        known: Mapping[str, float],
        active: tuple[InForce, ...],
        kept: frozenset[str],
    ) -> FloatArray:
        """Return the constants of all members under a set of changes, shape (members, n_constants)."""
        key = (ready.axis.id, person, tuple(sorted(known.items())), active, kept)
        with self._lock:
            if key in self._tables:
                self._tables.move_to_end(key)
                return self._tables[key]
        typical = ready.axis.typical()
        # The nominal person is refused outside these bounds; a drawn one whom a lesion takes there stays at the bound.
        bounds = [(p.id, p.low, p.high) for p in ready.axis.parameters]
        rows = []
        for member in range(self.count):
            own = [self._of_member(ready, entry, member) for entry in active] if self.severities else active
            values = parameters_in_force(self.base(member, known, typical), own, 0.0, kept)
            for name, low, high in bounds:
                values[name] = min(max(values[name], low), high)
            rows.append(ready.constants(values, person if self.persons is None else self.persons[member]))
        found = np.array(rows)
        with self._lock:
            self._tables[key] = found
            while len(self._tables) > _REMEMBERED:
                self._tables.popitem(last=False)
        return found

    def _of_member(self, ready: CompiledAxis, entry: InForce, member: int) -> InForce:
        """Return what a lesion changes at a member's own severity."""
        if entry.lesion not in self.severities:
            return entry
        severity = float(self.severities[entry.lesion][member])
        changes = ready.axis.lesion(entry.lesion).changes
        return replace(entry, changes=tuple((c.parameter, c.mode, c.at(severity)) for c in changes))
