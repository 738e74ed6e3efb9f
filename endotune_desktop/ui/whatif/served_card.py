"""A card of the what-if that is built in steps, and serves one patient after another."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QWidget

from endotune_desktop.ui.theme.theme import Theme
from endotune_desktop.ui.widgets.pieces import Card
from endotune_desktop.workbench.regimens import AgentRegimen
from endotune_desktop.workbench.session import Session

DRESSED_AT_ONCE = 8
"""Widgets that the style sheet dresses in one step: each costs some tenths of a millisecond."""

Kind = tuple[str, str, str, str]
"""Axis, agent, route and unit: what a card is built for."""


def kind_of(session: Session, regimen: AgentRegimen) -> Kind:
    """Return what a card must be built for to show a regimen."""
    return session.axis.id, regimen.agent, regimen.route, regimen.unit


class ServedCard(Card):
    """Stands for regimen number `index` of the open patient's plan.

    A card is made hidden and built by `build_on`, a step a call; once complete it can serve whichever patient is given
    the same agent by the same route.

    Attributes
    ----------
    kind : tuple of str
        What the card is built for.
    """

    def __init__(self, session: Session, theme: Theme, index: int, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._session, self._index = session, index
        self._patient_id = ""
        self.kind = kind_of(session, session.whatif.regimens[index])
        self._steps: Iterator[None] | None = self._build()
        self.hide()

    @property
    def complete(self) -> bool:
        """Return whether all of the card is built."""
        return self._steps is None

    def build_on(self) -> bool:
        """Build a little more; return whether the card is complete."""
        if self._steps is not None and next(self._steps, self) is self:
            self._steps = None
        return self.complete

    def _build(self) -> Iterator[None]:
        """Build the card in steps that are each over in a few milliseconds."""
        raise NotImplementedError

    def _dress(self) -> Iterator[None]:
        """Let the style sheet dress what is built, some widgets a step."""
        dressed = [self, *self.findChildren(QWidget)]
        for first in range(0, len(dressed), DRESSED_AT_ONCE):
            yield
            for widget in dressed[first : first + DRESSED_AT_ONCE]:
                widget.ensurePolished()

    @property
    def of_another(self) -> bool:
        """Return whether the card shows another patient than the open one."""
        record = self._session.record
        return record is None or record.patient.id != self._patient_id

    @property
    def stale(self) -> bool:
        """Return whether what is shown is not the open patient's plan: the card has yet to follow."""
        regimens = self._session.whatif.regimens
        if self.of_another or self._index >= len(regimens):
            return True
        return kind_of(self._session, regimens[self._index]) != self.kind
