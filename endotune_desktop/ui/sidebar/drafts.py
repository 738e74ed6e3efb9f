"""What was typed and not saved, kept by patient and row until it is saved or given up."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Target:
    """What an editor is about: a record, or one that is not there yet.

    Attributes
    ----------
    kind : str
        ``lab``, ``order``, ``visit``, ``vitals``, ``symptom``, ``finding``.
    record_id : str
        Empty for a new one.
    analyte : str
        Of a new result in a row of the table.
    moment : datetime or None
        When the sample of that row was drawn.
    short : bool
        Begins with the value alone.
    """

    kind: str
    record_id: str = ""
    analyte: str = ""
    moment: datetime | None = None
    short: bool = False

    @property
    def key(self) -> str:
        """Return what two editors of one thing have in common."""
        return self.record_id or f"{self.kind} {self.analyte} {self.moment}"

    def as_new(self) -> Target:
        """Return the target of a new record of that kind; for when the record is gone."""
        return replace(self, record_id="", short=False)


@dataclass(frozen=True, slots=True)
class Draft:
    """Unsaved texts of one target.

    Attributes
    ----------
    target : Target
    texts : dict of str to str
    """

    target: Target
    texts: dict[str, str]


class Drafts:
    """Unsaved texts of every patient, for as long as the window lives."""

    def __init__(self) -> None:
        self._held: dict[tuple[str, str], Draft] = {}
        self._open: dict[tuple[str, str], Target] = {}

    def keep(self, patient_id: str, draft: Draft) -> None:
        """Keep what was typed."""
        self._held[patient_id, draft.target.key] = draft

    def drop(self, patient_id: str, target: Target) -> None:
        """Forget what was typed: it was saved, or given up."""
        self._held.pop((patient_id, target.key), None)

    def of(self, patient_id: str, target: Target) -> Draft | None:
        """Return what was typed about a target, None when nothing was."""
        return self._held.get((patient_id, target.key))

    def keys(self, patient_id: str) -> frozenset[str]:
        """Return the keys of a patient's drafts."""
        return frozenset(key for owner, key in self._held if owner == patient_id)

    def left_open(self, patient_id: str, table: str, target: Target | None) -> None:
        """Remember, or forget, which editor was open in a table when its patient was left."""
        if target is None:
            self._open.pop((patient_id, table), None)
        else:
            self._open[patient_id, table] = target

    def to_reopen(self, patient_id: str, table: str) -> Target | None:
        """Return the editor to open when a patient comes back."""
        return self._open.get((patient_id, table))

    def patients(self) -> frozenset[str]:
        """Return who has unsaved texts."""
        return frozenset(owner for owner, _ in self._held)
