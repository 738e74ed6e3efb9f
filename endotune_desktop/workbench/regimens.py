"""One agent as it is taken: several orders seen as one regimen, and back again without a dose lost."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from endotune_desktop.clinic.scenario import DoseOrder

WEEK = 7
CYCLES = (1, 2, 3, WEEK)
"""Lengths in days that are shown day by day; a longer interval has its dose on its first day only."""

Grouped = list[tuple["AgentRegimen", tuple[DoseOrder, ...]]]


@dataclass(frozen=True, slots=True)
class AgentRegimen:
    """What is taken of one agent by one route and preparation: one card.

    The doses are a table: one row a day of the cycle, one column a clock time. The first row is the start day; a weekly
    plan has seven rows, so its weekdays hang on the start day.

    Attributes
    ----------
    agent, route, unit : str
    clocks : tuple of str
        ``HH:MM``, ascending, at least one.
    rows : tuple of tuple of float
        ``rows[day][clock]`` in `unit`; 0 is no dose.
    start_day : int
        Day of the first row.
    stop_day : int or None
        Given until before this day; None goes on.
    preparation : str or None
    duration_h : float or None
    fraction_taken : float
    missed_days : tuple of int
        Days on which a dose is due and nothing is taken, ascending.
    """

    agent: str
    route: str
    unit: str
    clocks: tuple[str, ...]
    rows: tuple[tuple[float, ...], ...]
    start_day: int = 0
    stop_day: int | None = None
    preparation: str | None = None
    duration_h: float | None = None
    fraction_taken: float = 1.0
    missed_days: tuple[int, ...] = ()

    # ---- reading ---------------------------------------------------------------------------------------------------
    @property
    def cycle_days(self) -> int:
        """Return after how many days it begins anew: 1 is daily."""
        return len(self.rows)

    @property
    def given(self) -> bool:
        """Return whether any dose is above zero."""
        return any(amount > 0.0 for row in self.rows for amount in row)

    @property
    def once_a_cycle(self) -> bool:
        """Return whether only the first day of several has a dose: alternate days, weekly."""
        return self.cycle_days > 1 and not any(amount > 0.0 for row in self.rows[1:] for amount in row)

    @property
    def mean_a_day(self) -> float:
        """Return the mean amount of a day."""
        return sum(map(sum, self.rows)) / self.cycle_days

    def day_total(self, row: int) -> float:
        """Return the amount of one day of the cycle."""
        return sum(self.rows[row])

    def row_on(self, day: int) -> int:
        """Return which row stands for a day."""
        return (day - self.start_day) % self.cycle_days

    def is_due(self, day: int) -> bool:
        """Return whether a dose is due on a day, missed or not."""
        if day < self.start_day or (self.stop_day is not None and day >= self.stop_day):
            return False
        return self.day_total(self.row_on(day)) > 0.0

    # ---- changing --------------------------------------------------------------------------------------------------
    def over(self, cycle_days: int) -> AgentRegimen:
        """Return the same doses on a cycle of another length: its rows are repeated, or cut."""
        rows = tuple(self.rows[index % self.cycle_days] for index in range(cycle_days))
        return replace(self, rows=rows)

    def only_first_day(self, cycle_days: int) -> AgentRegimen:
        """Return the first given day's doses on the first day of a cycle and nothing on its others."""
        first = next((row for row in self.rows if sum(row) > 0.0), self.rows[0])
        empty = (0.0,) * len(self.clocks)
        return replace(self, rows=(first, *(empty for _ in range(cycle_days - 1))))

    def with_amount(self, rows: Iterable[int], column: int, amount: float) -> AgentRegimen:
        """Return it with one clock time's amount set on some days of the cycle."""
        table = [list(row) for row in self.rows]
        for row in rows:
            table[row][column] = amount
        return replace(self, rows=tuple(map(tuple, table)))

    def with_clocks(self, clocks: Iterable[str]) -> AgentRegimen:
        """Return it with its doses at other clock times, named in the order of the columns."""
        order = sorted(range(len(self.clocks)), key=list(clocks := tuple(clocks)).__getitem__)
        rows = tuple(tuple(row[column] for column in order) for row in self.rows)
        return replace(self, clocks=tuple(clocks[column] for column in order), rows=rows)

    def with_dose(self, clock: str, amounts: Iterable[float]) -> AgentRegimen:
        """Return it with one more dose, by day of the cycle."""
        rows = tuple((*row, amount) for row, amount in zip(self.rows, amounts, strict=True))
        return replace(self, clocks=(*self.clocks, clock), rows=rows).with_clocks((*self.clocks, clock))

    def without_dose(self, column: int) -> AgentRegimen:
        """Return it without the doses of one clock time."""
        rows = tuple(row[:column] + row[column + 1 :] for row in self.rows)
        return replace(self, clocks=self.clocks[:column] + self.clocks[column + 1 :], rows=rows)

    def starting(self, day: int) -> AgentRegimen:
        """Return it from another day on; weekdays keep their doses, any other cycle begins with its first row."""
        rows = self.rows
        if self.cycle_days == WEEK:
            turn = (day - self.start_day) % WEEK
            rows = rows[turn:] + rows[:turn]
        return replace(self, start_day=day, rows=rows)

    # ---- as orders -------------------------------------------------------------------------------------------------
    def orders(self) -> tuple[DoseOrder, ...]:
        """Return the orders that give these doses: one for all alike clock times of a day of the cycle.

        A day that differs from no other needs no order of its own. An order over nothing keeps a regimen, or its
        start day, that gives nothing (yet).
        """
        lines: dict[tuple[int, int, float], list[str]] = {}
        for column, clock in enumerate(self.clocks):
            amounts = [row[column] for row in self.rows]
            if len(set(amounts)) > 1:
                for offset, amount in enumerate(amounts):
                    if amount > 0.0:
                        lines.setdefault((self.cycle_days, offset, amount), []).append(clock)
            else:
                every = 1 if amounts[0] > 0.0 else self.cycle_days
                lines.setdefault((every, 0, amounts[0]), []).append(clock)
        if not any(offset == 0 for _, offset, _ in lines):
            lines[self.cycle_days, 0, 0.0] = list(self.clocks)
        made = (self._order(*line, clocks) for line, clocks in sorted(lines.items(), key=_by_day_and_clock))
        return tuple(order for order in made if self.stop_day is None or order.start_day < self.stop_day)

    def _order(self, every_days: int, offset: int, dose: float, clocks: list[str]) -> DoseOrder:
        order = DoseOrder(
            self.agent, self.route, dose, self.unit, tuple(clocks), every_days, self.start_day + offset, self.stop_day,
            self.preparation, self.duration_h, self.fraction_taken,
        )  # fmt: skip
        return replace(order, missed_days=tuple(day for day in self.missed_days if _falls_on(order, day)))


def grouped(orders: Iterable[DoseOrder]) -> Grouped:
    """Return orders as regimens, each with the orders that it stands for, by first appearance.

    Orders of one agent, route and preparation stand together when a table of days and clock times holds them exactly;
    what does not fit (a second course after the first, two orders at one time) is a regimen of its own.
    """
    kinds: dict[tuple[object, ...], list[tuple[AgentRegimen, list[DoseOrder]]]] = {}
    for order in orders:
        kind = (
            order.agent, order.route, order.preparation, order.unit, order.duration_h, order.fraction_taken,
            order.stop_day,
        )  # fmt: skip
        places = kinds.setdefault(kind, [])
        for index, (_, members) in enumerate(places):
            joined = _joined([*members, order])
            if joined is not None:
                places[index] = (joined, [*members, order])
                break
        else:
            alone = _joined([order])
            assert alone is not None
            places.append((alone, [order]))
    return [(regimen, tuple(members)) for places in kinds.values() for regimen, members in places]


def regimens_of(orders: Iterable[DoseOrder]) -> tuple[AgentRegimen, ...]:
    """Return orders as regimens."""
    return tuple(regimen for regimen, _ in grouped(orders))


def _joined(members: list[DoseOrder]) -> AgentRegimen | None:
    """Return the one table that holds these orders of one kind, None when there is none."""
    start = min(order.start_day for order in members)
    cycle = max(order.every_days for order in members)
    clocks = tuple(sorted({clock for order in members for clock in order.clock_times}))
    table: list[list[float | None]] = [[None] * len(clocks) for _ in range(cycle)]
    for order in members:
        offset = order.start_day - start
        fits = offset < cycle and (offset == 0 or cycle in CYCLES)
        if order.every_days not in (1, cycle) or (order.every_days == 1 and offset) or not fits:
            return None
        for row in range(cycle) if order.every_days == 1 else (offset,):
            for clock in order.clock_times:
                column = clocks.index(clock)
                if table[row][column] is not None:
                    return None
                table[row][column] = order.dose
    missed = sorted({day for order in members for day in order.missed_days if _falls_on(order, day)})
    if any(day not in order.missed_days and _falls_on(order, day) for order in members for day in missed):
        return None
    first = members[0]
    rows = tuple(tuple(amount or 0.0 for amount in row) for row in table)
    return AgentRegimen(
        first.agent, first.route, first.unit, clocks, rows, start, first.stop_day, first.preparation,
        first.duration_h, first.fraction_taken, tuple(missed),
    )  # fmt: skip


def _falls_on(order: DoseOrder, day: int) -> bool:
    """Return whether a day is one of an order's days."""
    if day < order.start_day or (order.stop_day is not None and day >= order.stop_day):
        return False
    return (day - order.start_day) % order.every_days == 0


def _by_day_and_clock(line: tuple[tuple[int, int, float], list[str]]) -> tuple[int, str]:
    (_, offset, _), clocks = line
    return offset, clocks[0]
