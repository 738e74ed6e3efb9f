"""A function test as data: what is given when, what is sampled, what is read from it, and what the reading means."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from endotune_desktop.clinic.errors import InputRefused
from endotune_desktop.clinic.person import Person, Sex


class ReadingKind(StrEnum):
    """What is read from the samples of one marker."""

    VALUE = "value"
    PEAK = "peak"
    NADIR = "nadir"
    RISE = "rise"
    RATIO = "ratio"
    PEAK_MINUTE = "peak_minute"
    RISE_PERCENT = "rise_percent"
    FALL_PERCENT = "fall_percent"


class Side(StrEnum):
    """On which side of a cut-off a reading counts."""

    AT_LEAST = "at_least"
    BELOW = "below"


@dataclass(frozen=True, slots=True)
class ProtocolDose:
    """One dose of a protocol.

    Attributes
    ----------
    agent, route : str
    dose : float
        In `unit`, or in `unit` per kg of body weight.
    unit : str
    per_kg : bool
    most : float or None
        No more than this is given, in `unit`.
    at_min : float
        Minutes from the test's zero.
    duration_min : float or None
        Given evenly over this long.
    preparation : str or None
    """

    agent: str
    route: str
    dose: float
    unit: str
    per_kg: bool = False
    most: float | None = None
    at_min: float = 0.0
    duration_min: float | None = None
    preparation: str | None = None

    def amount(self, person: Person) -> float:
        """Return what a person is given, in `unit`."""
        full = self.dose * person.weight_kg if self.per_kg else self.dose
        return full if self.most is None else min(full, self.most)


@dataclass(frozen=True, slots=True)
class Withheld:
    """Agents that are left out around the test.

    Attributes
    ----------
    agents : tuple of str
    from_min, to_min : float
        Minutes from the test's zero; doses at `to_min` are taken again.
    """

    agents: tuple[str, ...]
    from_min: float
    to_min: float


@dataclass(frozen=True, slots=True)
class Reading:
    """A number that is read from the samples.

    Attributes
    ----------
    id, title : str
    kind : ReadingKind
    marker : str
    unit : str
    minutes : tuple of float
        The samples that count (for `VALUE` and the falls exactly one).
    basal_min : float or None
        The sample that a rise, a ratio or a fall is taken from.
    """

    id: str
    title: str
    kind: ReadingKind
    marker: str
    unit: str
    minutes: tuple[float, ...]
    basal_min: float | None = None


@dataclass(frozen=True, slots=True)
class CutOff:
    """A limit that a reading is held against; a clinic may set its own value.

    Attributes
    ----------
    id, title, reading : str
    rule : str
        What outcomes name: several cut-offs for different bodies share one.
    side : Side
    value, low, high : float
        The limit and the bounds of what is accepted for it, in the reading's unit.
    source : str
        Where the value comes from; "[mem]" marks a recalled one.
    bmi : tuple of float
        Holds for a body mass index from, to (excluded), kg/m2.
    sex : Sex or None
    """

    id: str
    title: str
    reading: str
    rule: str
    side: Side
    value: float
    low: float
    high: float
    source: str
    bmi: tuple[float, float] = (0.0, 1000.0)
    sex: Sex | None = None

    def holds_for(self, person: Person) -> bool:
        """Return whether the cut-off is meant for a body."""
        index = person.weight_kg / (person.height_cm / 100.0) ** 2
        return self.bmi[0] <= index < self.bmi[1] and self.sex in (None, person.sex)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a pattern of cut-offs means.

    Attributes
    ----------
    id, title, sentence : str
    when : mapping of str to bool
        Rule to whether it is met; empty holds always.
    """

    id: str
    title: str
    sentence: str
    when: Mapping[str, bool]


@dataclass(frozen=True, slots=True)
class FunctionTest:
    """A function test on one axis.

    Attributes
    ----------
    id, title : str
    axis : str
    aliases : tuple of str
    clock : str
        ``HH:MM`` of the zero, on the day of the test.
    doses : tuple of ProtocolDose
    sample_minutes : tuple of float
        Ascending, from the zero; before it negative.
    markers : tuple of str
        What is drawn and printed; the first is the one that is judged.
    readings : tuple of Reading
    cut_offs : tuple of CutOff
    outcomes : tuple of Outcome
        The first that holds is the reading; the last holds always.
    words : str
        The protocol in a sentence.
    limits : tuple of str
    source : str
    withheld : tuple of Withheld
    sexes : tuple of Sex
    """

    id: str
    title: str
    axis: str
    aliases: tuple[str, ...]
    clock: str
    doses: tuple[ProtocolDose, ...]
    sample_minutes: tuple[float, ...]
    markers: tuple[str, ...]
    readings: tuple[Reading, ...]
    cut_offs: tuple[CutOff, ...]
    outcomes: tuple[Outcome, ...]
    words: str
    limits: tuple[str, ...]
    source: str
    withheld: tuple[Withheld, ...] = ()
    sexes: tuple[Sex, ...] = (Sex.FEMALE, Sex.MALE)

    def reading(self, reading_id: str) -> Reading:
        """Return the reading with that id; KeyError when there is none."""
        for entry in self.readings:
            if entry.id == reading_id:
                return entry
        raise KeyError(reading_id)

    def cut_offs_for(self, person: Person) -> tuple[CutOff, ...]:
        """Return the cut-offs that hold for a body."""
        return tuple(entry for entry in self.cut_offs if entry.holds_for(person))

    def with_own(self, own: Mapping[str, float]) -> FunctionTest:
        """Return the test with a clinic's own cut-offs.

        Parameters
        ----------
        own : mapping of str to float
            By cut-off id, in the reading's unit.

        Raises
        ------
        InputRefused
            If there is no such cut-off, or its value is out of bounds.
        """
        known = {entry.id: entry for entry in self.cut_offs}
        for name, value in own.items():
            if name not in known:
                raise InputRefused(f"{self.id} has no cut-off '{name}'", "cut-off", ", ".join(known))
            entry = known[name]
            if not entry.low <= value <= entry.high:
                unit = self.reading(entry.reading).unit
                accepted = f"{entry.low:g} to {entry.high:g} {unit}".strip()
                raise InputRefused(f"{value:g} is outside what is accepted", f"{self.id}.{name}", accepted)
            known[name] = replace(entry, value=value)
        return replace(self, cut_offs=tuple(known.values()))


def on_axis(tests: Iterable[FunctionTest], axis_id: str, sex: Sex | None = None) -> tuple[FunctionTest, ...]:
    """Return the tests of one axis, for one sex where it is known."""
    return tuple(test for test in tests if test.axis == axis_id and (sex is None or sex in test.sexes))


def find_test(tests: Iterable[FunctionTest], axis_id: str, name: str) -> FunctionTest:
    """Return the test of an axis with that id or alias.

    Raises
    ------
    InputRefused
        If the axis has none of that name.
    """
    known = on_axis(tests, axis_id)
    for test in known:
        if name == test.id or name.casefold() in {alias.casefold() for alias in test.aliases}:
            return test
    accepted = ", ".join(test.id for test in known) or "none is declared for this axis"
    raise InputRefused(f"unknown function test '{name[:40]}' on the axis '{axis_id}'", "TEST", accepted)
