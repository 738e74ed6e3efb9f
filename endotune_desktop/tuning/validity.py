"""Which marker may be aimed at, with these lesions and this therapy, and in which range (tuning.md section 3).

A rule names lesions, agents and markers. For each lesion that is held the rules of the greatest detail decide: lesion
and therapy before either alone, and that before the axis as a whole; a rule with more lesions, more agents or a
condition is more detailed than one without. Among those the strictest validity wins and ranges intersect. With several
lesions the strictest of their answers holds, so that a marker is valid only if it is valid under all of them. What is
wrong with a sample itself (a finding) holds beside any other rule: no therapy mends it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from endotune_desktop.clinic.analytes import ANALYTES
from endotune_desktop.physiology.axis import Axis, Marker
from endotune_desktop.tuning.conditions import Condition
from endotune_desktop.tuning.patient_state import PatientState, Taken

ANY, NONE = "*", "none"
GENERAL = frozenset({"disease", "deficiency", "any", "after", "and", "high", "intermediate", "risk", "recent", "with"})
"""Words that many conditions share."""
TIMES_LIMIT = "x ULN"
"""Unit of a range in multiples of the upper end of the reference."""
Limits = tuple[float | None, float | None]
OPEN: Limits = (None, None)


class Validity(StrEnum):
    """What a marker is good for."""

    INVALID = "invalid"
    SAFETY = "safety"
    TIMED = "timed"
    RANGE = "range"
    VALID = "valid"
    NO_RULE = "no_rule"


STRICTEST_FIRST = tuple(Validity)
"""tuning.md section 3: invalid > safety > timed > range > valid."""


@dataclass(frozen=True)
class Rule:
    """A row of the table.

    Attributes
    ----------
    id, axis : str
        The axis that names without a prefix belong to.
    lesions : tuple of frozenset of str
        ``axis.lesion`` sets, any of which must be held whole; `ANY` and `NONE` stand alone in theirs.
    agents : tuple of frozenset of str
        As `lesions`: ``agent``, ``agent.route``, ``agent.route.preparation``, or ``-agent`` for one that was stopped.
    markers : tuple of str
        ``axis.marker``, of which the numbers are.
    also : tuple of str
        Markers under the same rule with their own reference.
    when : Condition or None
    validity : Validity
    low, high : float or None
        In `unit`.
    unit : str
    from_day : float
        Days after which the marker may be aimed at.
    counts_from : frozenset of str
        ``dose`` (last change of dose of these agents) and ``lesion`` (its beginning): the later one counts.
    why, instead, source : str
    words : tuple of str
        Lesion, therapy and marker as the table says them.
    case : str
        Number of the classic case, empty for none.
    over_day : bool
        Whether the numbers are of a curve over the day, not of one sample.
    """

    id: str
    axis: str
    lesions: tuple[frozenset[str], ...]
    agents: tuple[frozenset[str], ...]
    markers: tuple[str, ...]
    also: tuple[str, ...]
    when: Condition | None
    validity: Validity
    low: float | None
    high: float | None
    unit: str
    from_day: float
    counts_from: frozenset[str]
    why: str
    instead: str
    source: str
    words: tuple[str, str, str] = ("", "", "")
    case: str = ""
    over_day: bool = False

    @property
    def of_sample(self) -> bool:
        """Return whether the rule is about how a sample was drawn or measured."""
        return self.when is not None and any(question == "finding" for question, _ in self.when.names)

    @property
    def of_dose(self) -> bool:
        """Return whether the rule asks how much is taken."""
        return self.when is not None and any(question == "daily" for question, _ in self.when.names)


@dataclass(frozen=True)
class Circumstances:
    """A patient at a moment, as far as targets depend on it.

    Attributes
    ----------
    patient : PatientState
        ``taken`` is what is in force then.
    changed_days : mapping of str to float
        By agent, days since its dose was last changed, begun or stopped; one without an entry never changed.
    lesion_days : mapping of str to float
        By ``axis.lesion``, days since it began; one without an entry is long-standing.
    """

    patient: PatientState
    changed_days: Mapping[str, float] = field(default_factory=dict)
    lesion_days: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Standing:
    """What a marker is good for at a moment.

    Attributes
    ----------
    validity : Validity
    low, high : float or None
        The range to aim at, or the limit to keep; canonical unit. None where it is open.
    own_range : bool
        Whether a rule gives the range; else it is the reference.
    from_day, waits_days : float
        When the marker may be aimed at, and how many days that is away; 0 for now.
    rules : tuple of Rule
        Those that decide, the strictest first.
    """

    validity: Validity
    low: float | None = None
    high: float | None = None
    own_range: bool = False
    from_day: float = 0.0
    waits_days: float = 0.0
    rules: tuple[Rule, ...] = ()

    @property
    def aimable(self) -> bool:
        """Return whether the marker may be aimed at now."""
        return self.validity not in (Validity.INVALID, Validity.SAFETY) and self.waits_days <= 0.0

    @property
    def over_day(self) -> bool:
        """Return whether the range is of a curve over the day, not of one sample."""
        return self.own_range and any(rule.over_day for rule in self.rules)

    @property
    def aimable_later(self) -> bool:
        """Return whether the marker may be aimed at, now or once the days are over."""
        return self.validity not in (Validity.INVALID, Validity.SAFETY)

    @property
    def why(self) -> str:
        """Return why, in the words of the rule that decides; empty without one."""
        return next((rule.why for rule in self.rules if rule.why), "")

    @property
    def instead(self) -> str:
        """Return what to use instead, empty when nothing is named."""
        return next((rule.instead for rule in self.rules if rule.instead not in ("", "-")), "")

    @property
    def source(self) -> str:
        """Return the sources of the rules that decide."""
        return "; ".join(dict.fromkeys(rule.source for rule in self.rules))


@dataclass(frozen=True)
class ValidityTable:
    """The rules, by marker.

    Attributes
    ----------
    rules : tuple of Rule
        All rows, those that name no marker of an axis included.
    """

    rules: tuple[Rule, ...] = ()

    def __post_init__(self) -> None:
        found: dict[str, list[Rule]] = {}
        for rule in self.rules:
            for marker in (*rule.markers, *rule.also):
                found.setdefault(marker, []).append(rule)
        object.__setattr__(self, "_by_marker", {marker: tuple(rules) for marker, rules in found.items()})
        object.__setattr__(self, "_dosed", frozenset(m for m, rules in found.items() if any(r.of_dose for r in rules)))

    def about(self, axis: str, marker: str) -> tuple[Rule, ...]:
        """Return the rules of a marker."""
        held: dict[str, tuple[Rule, ...]] = self._by_marker  # type: ignore[attr-defined]
        return held.get(f"{axis}.{marker}", ())

    def counts_doses(self, axis: str, marker: str) -> bool:
        """Return whether a rule of a marker asks how much is taken, not only what."""
        return f"{axis}.{marker}" in self._dosed  # type: ignore[attr-defined]

    def unmodelled(self, axis: str) -> tuple[Rule, ...]:
        """Return the rows of an axis that name nothing the model has: they are shown as text."""
        return tuple(rule for rule in self.rules if rule.axis == axis and not rule.markers and not rule.also)


def resolve(table: ValidityTable, axis: Axis, marker: Marker, at: Circumstances, reference: Limits = OPEN) -> Standing:
    """Return what a marker is good for.

    Parameters
    ----------
    table : ValidityTable
    axis : Axis
    marker : Marker
    at : Circumstances
    reference : (float or None, float or None)
        The range beside the marker's curve, canonical unit.
    """
    rules = table.about(axis.id, marker.id)
    if not rules:
        return Standing(Validity.NO_RULE, *reference)
    held = [lesion for lesion, severity in at.patient.lesions.items() if severity > 0.0]
    fitting = [(rule, found) for rule in rules if (found := _fit(rule, axis, at, held)) is not None]
    deciding: dict[str, Rule] = {rule.id: rule for rule, _ in fitting if rule.of_sample}
    named = frozenset().union(*(fit.lesions for _, fit in fitting))
    for lesion in sorted(named) or [NONE]:
        own = [(rule, fit) for rule, fit in fitting if not rule.of_sample and fit.covers(lesion)]
        most = max((fit.detail for _, fit in own), default=0.0)
        deciding |= {rule.id: rule for rule, fit in own if fit.detail == most}
    return _combined(tuple(deciding.values()), marker, axis, at, reference)


@dataclass(frozen=True)
class _Fit:
    """That a rule fits, and by how much of it: the lesions it names, and its detail."""

    lesions: frozenset[str]
    detail: float

    def covers(self, lesion: str) -> bool:
        """Return whether the rule speaks of a lesion: it names it, or none."""
        return not self.lesions or lesion in self.lesions


def _fit(rule: Rule, axis: Axis, at: Circumstances, held: list[str]) -> _Fit | None:
    lesions = _largest(rule.lesions, lambda name: name in held, not held)
    if lesions is None:
        return None
    taken = at.patient.taken
    own = {entry.agent.id for entry in axis.agents}
    idle = not any(entry.agent in own for entry in taken)
    agents = _largest(rule.agents, lambda name: _given(name, taken, at.changed_days), idle)
    if agents is None or (rule.when is not None and not rule.when.holds(at.patient)):
        return None
    named = lesions - {ANY, NONE}
    by_lesion, by_agent = lesions != {ANY}, agents != {ANY}
    more = max(len(named) - 1, 0) + max(len(agents) - 1, 0) + (0.5 if rule.when is not None else 0.0)
    return _Fit(named, 1.0 + 10.0 * (by_lesion + by_agent) + more)


def _largest(choices: tuple[frozenset[str], ...], has: Callable[[str], bool], nothing: bool) -> frozenset[str] | None:
    """Return the largest set of which everything is there, None when there is none."""
    fitting = [
        names for names in choices if all(name == ANY or (nothing if name == NONE else has(name)) for name in names)
    ]
    return max(fitting, key=len) if fitting else None


def _given(name: str, taken: tuple[Taken, ...], changed: Mapping[str, float]) -> bool:
    """Return whether an agent is taken by its route and preparation, or for ``-agent`` was and is no longer."""
    if name.startswith("-"):
        return name[1:] in changed and not any(entry.agent == name[1:] for entry in taken)
    agent, route, preparation = (*name.split("."), "", "")[:3]
    return any(
        entry.agent == agent and route in ("", entry.route) and preparation in ("", entry.preparation)
        for entry in taken
    )


def _combined(rules: tuple[Rule, ...], marker: Marker, axis: Axis, at: Circumstances, reference: Limits) -> Standing:
    """Return the strictest validity of rules, with the intersection of their ranges."""
    if not rules:
        return Standing(Validity.NO_RULE, *reference)
    ordered = sorted(rules, key=lambda rule: STRICTEST_FIRST.index(rule.validity))
    strictest = ordered[0].validity
    if strictest is Validity.INVALID:
        found = tuple(rule for rule in ordered if rule.validity is Validity.INVALID)
        return Standing(Validity.INVALID, rules=found)
    full = f"{axis.id}.{marker.id}"
    ranges = [_canonical(rule, marker, reference) for rule in ordered if full in rule.markers]
    ranges = [limits for limits in ranges if limits != OPEN]
    low = max((limits[0] for limits in ranges if limits[0] is not None), default=None)
    high = min((limits[1] for limits in ranges if limits[1] is not None), default=None)
    if low is not None and high is not None and low > high:
        return Standing(Validity.INVALID, rules=tuple(ordered))
    limits = (low, high) if ranges else OPEN if strictest is Validity.SAFETY else reference
    latest = max(ordered, key=lambda rule: rule.from_day - _elapsed(rule, axis, at))
    waits = latest.from_day - _elapsed(latest, axis, at)
    return Standing(strictest, *limits, bool(ranges), latest.from_day, max(waits, 0.0), tuple(ordered))


def _canonical(rule: Rule, marker: Marker, reference: Limits) -> Limits:
    """Return a rule's range in the marker's canonical unit; open where its multiple of the reference is not known."""
    if rule.low is None and rule.high is None:
        return OPEN
    if rule.unit == TIMES_LIMIT:
        upper = reference[1]
        factor = math.nan if upper is None else upper
    else:
        factor = unit_factor(rule, marker)
    if math.isnan(factor):
        return OPEN
    return (None if rule.low is None else rule.low * factor, None if rule.high is None else rule.high * factor)


def unit_factor(rule: Rule, marker: Marker) -> float:
    """Return what multiplies a rule's numbers into a marker's canonical unit.

    Raises
    ------
    InputRefused
        If the rule's unit is none of the marker's.
    """
    if rule.unit == "SDS for age":
        return 1.0
    analyte = ANALYTES.get(marker.analyte)
    if analyte is None:
        return 1.0
    return analyte.unit(rule.unit.replace("ug/L", "µg/L"), rule.id).factor


def _elapsed(rule: Rule, axis: Axis, at: Circumstances) -> float:
    """Return the days since the latest event that a rule counts from; infinite when there was none."""
    days = [math.inf]
    if "dose" in rule.counts_from:
        days += [at.changed_days[agent] for agent in _counted(rule, axis) if agent in at.changed_days]
    if "lesion" in rule.counts_from:
        named = {name for names in rule.lesions for name in names}
        days += [since for lesion, since in at.lesion_days.items() if lesion in named]
    return min(days)


def _counted(rule: Rule, axis: Axis) -> Iterable[str]:
    """Return the agents whose changes a rule waits for: its own, or where it names none those of the axis."""
    named = {name.lstrip("-").split(".")[0] for names in rule.agents for name in names}
    if named & {ANY, NONE}:
        return {entry.agent.id for entry in axis.agents}
    return named


def beyond_model(table: ValidityTable, axis: Axis, at: Circumstances, diagnosis: str = "") -> tuple[Rule, ...]:
    """Return the rows about a patient whose marker, or whose condition, the model of an axis does not have.

    Where a row names lesions or agents of the axis, the patient has them. Where its condition is none of the axis, the
    diagnosis as it was written has most of its words.

    Parameters
    ----------
    table : ValidityTable
    axis : Axis
    at : Circumstances
    diagnosis : str
    """
    held = [lesion for lesion, severity in at.patient.lesions.items() if severity > 0.0]

    def fits(rule: Rule) -> bool:
        if rule.lesions or rule.agents:
            return _fit(rule, axis, at, held) is not None
        named = _words(rule.words[0])
        return bool(named) and 2 * len(named & _words(diagnosis)) > len(named)

    return tuple(rule for rule in table.unmodelled(axis.id) if fits(rule))


def _words(text: str) -> frozenset[str]:
    """Return what tells one condition from another in a text."""
    return frozenset(re.findall(r"[\w-]{3,}", text.casefold())) - GENERAL


def aimable_markers(
    table: ValidityTable, axis: Axis, at: Circumstances, references: Mapping[str, Limits]
) -> tuple[Marker, ...]:
    """Return what a laboratory measures and may be aimed at, now or once its days are over, and has a range.

    Of the markers without a plot only those count that a rule names for these circumstances.

    Parameters
    ----------
    table : ValidityTable
    axis : Axis
    at : Circumstances
    references : mapping of str to (low, high)
        By marker id, canonical unit.
    """
    found = []
    for marker in axis.markers:
        standing = resolve(table, axis, marker, at, references.get(marker.id, OPEN))
        counts = standing.own_range or (
            marker.analyte and (marker.plotted or standing.validity is not Validity.NO_RULE)
        )
        if counts and standing.aimable_later and (standing.low, standing.high) != OPEN:
            found.append(marker)
    return tuple(found)
