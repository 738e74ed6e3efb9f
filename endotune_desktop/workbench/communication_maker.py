"""Makes the card of communication in stages, and keeps the last ones: a slider comes back to where it was."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from endotune_desktop.clinic.scenario import Scenario
from endotune_desktop.physiology.axis import Axis
from endotune_desktop.simulation import CancelFlag
from endotune_desktop.tuning.communication_card import CommunicationCard, card_of
from endotune_desktop.tuning.communication_draws import PEOPLE, banded, people_like
from endotune_desktop.tuning.indices import both_indices
from endotune_desktop.tuning.individual import Fit
from endotune_desktop.tuning.lasting import lasting, unharmed
from endotune_desktop.tuning.recovery import recovery
from endotune_desktop.tuning.set_point import valid_targets
from endotune_desktop.workbench.fit_keeper import personal
from endotune_desktop.workbench.targets import Targets

MOST_KEPT = 24
"""Cards that are remembered."""

Key = tuple[str, str, str, int]


@dataclass(frozen=True)
class Asked:
    """Whose communication is asked for.

    Attributes
    ----------
    axis : Axis
    scenario : Scenario
        Under the plan, or the record without one; of no particular person.
    record : Scenario
        As it is simulated.
    fit : Fit or None
    """

    axis: Axis
    scenario: Scenario
    record: Scenario
    fit: Fit | None

    @property
    def own(self) -> Scenario:
        """Return the patient with nothing wrong and nothing taken: what a plan changes in the body is not own."""
        return unharmed(self.record)

    def key(self) -> Key:
        """Return what the card depends on."""
        fitted = 0 if self.fit is None else id(self.fit)
        return (self.axis.id, repr(lasting(self.axis, self.scenario)), repr(self.own), fitted)


class CommunicationMaker:
    """Cards of communication; one instance belongs to one lane.

    Parameters
    ----------
    people : int
        Persons behind the bands.
    targets : Targets, optional
        Which markers may be aimed at; all of them without.
    """

    def __init__(self, people: int = PEOPLE, targets: Targets | None = None) -> None:
        self._people = people
        self._targets = targets or Targets()
        self._known: OrderedDict[Key, tuple[CommunicationCard, Fit | None]] = OrderedDict()

    def stages(self, asked: Asked, cancel: CancelFlag) -> Iterator[CommunicationCard]:
        """Return the card with its fast numbers, then with recovery, then with bands; only the last when it is known.

        Parameters
        ----------
        asked : Asked
        cancel : CancelFlag

        Raises
        ------
        OutsideValidity
            If the axis has no flat state here.
        InputRefused
            If the axis does not say how it communicates.
        Cancelled
            If the flag was set.
        """
        key = asked.key()
        held = self._known.get(key)
        if held is not None:
            self._known.move_to_end(key)
            yield held[0]
            return
        axis = asked.axis
        open_state, open_own = lasting(axis, asked.scenario), asked.own
        state_of = personal(open_state, asked.record, asked.fit)
        own_of = personal(open_own, asked.record, asked.fit)
        state, own = both_indices(axis, state_of, own_of, cancel=cancel)
        valid = valid_targets(axis, state_of, self._targets.table)
        yield card_of(axis, valid, state, own, complete=axis.cycle is not None)
        back, healthy = recovery(axis, state_of, cancel=cancel), recovery(axis, own_of, cancel=cancel)
        card = card_of(axis, valid, state, own, back, healthy, complete=True)
        yield card
        people = people_like(axis, asked.record, asked.fit, self._people)
        card = banded(card, open_state, open_own, people, record=asked.record, own_recovery=healthy, cancel=cancel)
        # The fit is kept beside it, so that its place in memory is not taken by another one.
        self._known[key] = (replace(card), asked.fit)
        while len(self._known) > MOST_KEPT:
            self._known.popitem(last=False)
        yield card
