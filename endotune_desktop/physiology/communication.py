"""How centre and periphery of an axis talk to each other: what the centre hears, and what it moves."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Signal:
    """A feedback signal that the centre reads.

    Attributes
    ----------
    marker : str
        Marker id of the signal.
    probe : str
        Parameter id: where the centre reads the signal it reads it times ``exp(probe)``, and nothing else does.
    """

    marker: str
    probe: str


@dataclass(frozen=True, slots=True)
class Communication:
    """What the indices of communication are computed from (tuning.md section 2).

    Attributes
    ----------
    signals : tuple of Signal
    upstream : str
        Marker id of what the centre sends.
    hormone : str
        Marker id of what the gland sends.
    own, given : str
        Marker ids of the gland's own secretion and of what is given, one unit; ``given`` may be empty where nothing
        that is given can stand for the hormone.
    gland : tuple of str
        Marker ids whose product is the working mass of the gland, 1 healthy.
    slow : tuple of str
        Ids of the states that move over weeks: held for the fast indices.
    unreached : tuple of str
        Ids of states that are no part of the loop (counters, depots without a way back).
    rhythm : str
        Marker id whose day is looked at; empty for an axis without one.
    nudge : float
        The standard perturbation: the centre reads its signals times this.
    nudge_days : float
    settled_within : float
        Relative distance at which the axis counts as recovered.
    answers : str
        Marker id of what the gland secretes when it is called, where that is not `own`; empty for `own`.
    targets : tuple of str
        Marker ids over which the distance from the own set point is taken, but for those that a lesion makes invalid;
        `upstream` and `hormone` when empty.
    returns : tuple of str
        Marker ids whose return is the recovery of the axis; `upstream` when empty.
    established : tuple of str
        Marker ids of the indices of others that are shown beside; every marker of role index when empty.
    held : tuple of str
        On a cycling axis, ids of the states that come to no rest (follicles, the corpus luteum and its clock): held at
        what they are at `held_at_h` after day 0 of a cycle, the early-follicular quasi-equilibrium.
    held_at_h : float
    """

    signals: tuple[Signal, ...]
    upstream: str
    hormone: str
    own: str
    given: str
    gland: tuple[str, ...]
    slow: tuple[str, ...]
    unreached: tuple[str, ...] = ()
    rhythm: str = ""
    nudge: float = 2.0
    nudge_days: float = 28.0
    settled_within: float = 0.10
    answers: str = ""
    targets: tuple[str, ...] = ()
    returns: tuple[str, ...] = ()
    established: tuple[str, ...] = ()
    held: tuple[str, ...] = ()
    held_at_h: float = 0.0

    @property
    def secretion(self) -> str:
        """Return the marker id of what the gland secretes when it is called."""
        return self.answers or self.own

    @property
    def recovers(self) -> tuple[str, ...]:
        """Return the marker ids whose return is the recovery of the axis."""
        return self.returns or (self.upstream,)

    @property
    def aims(self) -> tuple[str, ...]:
        """Return the marker ids over which the distance from the own set point is taken."""
        return self.targets or (self.upstream, self.hormone)
