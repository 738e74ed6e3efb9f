"""Edits: what changes on file, with enough kept to take it back."""

from __future__ import annotations

from dataclasses import dataclass

from endotune_desktop.clinic.records import Patient, Record


@dataclass(frozen=True, slots=True)
class RecordChange:
    """One record before and after; None stands for "not there".

    Attributes
    ----------
    before, after : Record or None
        At least one is there; both are of one kind and have one id.
    """

    before: Record | None
    after: Record | None

    def __post_init__(self) -> None:
        if self.before is None and self.after is None:
            raise ValueError("a change needs a record before or after")
        if self.before is not None and self.after is not None:
            same = type(self.before) is type(self.after) and self.before.id == self.after.id
            if not same:
                raise ValueError("a change keeps kind and id")

    @property
    def record(self) -> Record:
        """Return the record that is meant, after the change if it is still there."""
        found = self.after if self.after is not None else self.before
        assert found is not None
        return found

    @property
    def patient_id(self) -> str:
        """Return whose record it is."""
        record = self.record
        return record.id if isinstance(record, Patient) else record.patient_id

    def inverse(self) -> RecordChange:
        """Return the change that takes this one back."""
        return RecordChange(self.after, self.before)


@dataclass(frozen=True, slots=True)
class Edit:
    """What a person did, in their words, and the changes that it makes in one transaction.

    Attributes
    ----------
    words : str
        For the Edit menu: "Add TSH 6.6".
    changes : tuple of RecordChange
    """

    words: str
    changes: tuple[RecordChange, ...]

    def inverse(self) -> Edit:
        """Return the edit that takes this one back, changes in reverse order."""
        return Edit(self.words, tuple(change.inverse() for change in reversed(self.changes)))

    def patient_ids(self) -> frozenset[str]:
        """Return whose records are touched."""
        return frozenset(change.patient_id for change in self.changes)

    def kinds(self) -> frozenset[str]:
        """Return the kinds of record touched, by class name."""
        return frozenset(type(change.record).__name__ for change in self.changes)
