"""The list of patients, kept in memory beside the file: a keystroke in the search reads nothing from the disk."""

from __future__ import annotations

import json
from bisect import bisect_left, insort
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from endotune_desktop.clinic.records import LabResult, Patient, PatientSummary, Record
from endotune_desktop.physiology.registry import cards
from endotune_desktop.store.rows import COLUMNS, SEARCH_AT, SELECTED
from endotune_desktop.store.seals import folded

_LEADS = " ".join(f"WHEN '{card.id}' THEN '{card.lead_analyte}'" for card in cards().values())
_ID_AT = COLUMNS[Patient].index("id")
_PATIENTS = f"SELECT {SELECTED[Patient]} FROM patient"
_NEWEST_LEAD_LABS = f"""
SELECT {SELECTED[LabResult]} FROM lab_result WHERE rowid IN (
    SELECT (SELECT rowid FROM lab_result WHERE patient_id = patient.id
            AND analyte = CASE patient.axis {_LEADS} END AND set_aside = 0 ORDER BY drawn_at DESC LIMIT 1)
    FROM patient WHERE 1 %s)"""
_LAST_VISITS = """
SELECT patient.id, (SELECT max("on") FROM visit WHERE patient_id = patient.id) FROM patient WHERE 1 %s"""
_PROFILES = "SELECT patient.id, axis_profile.axis FROM axis_profile JOIN patient ON patient.id = patient_id WHERE 1 %s"
_SOME = "AND patient.id IN (SELECT value FROM json_each(?))"

Rows = Callable[..., list[Any]]
"""Runs a query with its values."""
Records = Callable[[type[Record], list[Any]], list[Any]]
"""Turns rows into records; one that is damaged is left out and reported by whoever gives this."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """One patient: where it stands in the order, what is searched, what is shown.

    The place is the folded text, which begins with the name, then the name as written and the id.
    """

    place: tuple[str, str, str]
    search: str
    summary: PatientSummary


class Listing:
    """All patients in the order of their names, as they are on file.

    Parameters
    ----------
    rows : callable
        Runs a query.
    records : callable
        From rows to whole records.
    """

    def __init__(self, rows: Rows, records: Records) -> None:
        self._rows, self._records = rows, records
        self._entries: dict[str, _Entry] | None = None
        self._ordered: list[_Entry] = []

    def forget(self) -> None:
        """Read everything anew next time."""
        self._entries = None

    def renew(self, patient_ids: Iterable[str]) -> None:
        """Read some patients anew, after an edit of theirs."""
        if self._entries is None:
            return
        wanted = list(patient_ids)
        for patient_id in wanted:
            former = self._entries.pop(patient_id, None)
            if former is not None:
                del self._ordered[bisect_left(self._ordered, former.place, key=_place)]
        for patient_id, entry in self._read(wanted).items():
            self._entries[patient_id] = entry
            insort(self._ordered, entry, key=_place)

    def found(
        self, *, sandbox: bool | None, search: str, include_archived: bool, include_deleted: bool
    ) -> tuple[PatientSummary, ...]:
        """Return the patients that are asked for, by name."""
        if self._entries is None:
            self._entries = self._read(None)
            self._ordered = sorted(self._entries.values(), key=_place)
        words = folded(search).split()
        return tuple(
            entry.summary
            for entry in self._ordered
            if (sandbox is None or entry.summary.patient.sandbox is sandbox)
            and (include_archived or not entry.summary.patient.archived)
            and (include_deleted or entry.summary.patient.deleted_on is None)
            and all(word in entry.search for word in words)
        )

    def _read(self, patient_ids: list[str] | None) -> dict[str, _Entry]:
        """Return the entries of some patients, or of all: four queries however many there are."""
        some, values = ("", ()) if patient_ids is None else (_SOME, (json.dumps(patient_ids),))
        where = f" WHERE 1 {some}"
        rows = self._rows(_PATIENTS + where, values)
        texts = {row[_ID_AT]: row[SEARCH_AT] for row in rows}
        patients = self._records(Patient, rows)
        labs = {lab.patient_id: lab for lab in self._records(LabResult, self._rows(_NEWEST_LEAD_LABS % some, values))}
        visits = {row[0]: row[1] for row in self._rows(_LAST_VISITS % some, values) if row[1]}
        axes: dict[str, set[str]] = {}
        for patient_id, axis_id in self._rows(_PROFILES % some, values):
            axes.setdefault(patient_id, set()).add(axis_id)
        return {
            patient.id: _Entry(
                (texts[patient.id], patient.name, patient.id),
                f"{texts[patient.id]}\n{_axes_text({patient.axis, *axes.get(patient.id, ())})}",
                PatientSummary(
                    patient,
                    labs.get(patient.id),
                    _day(visits.get(patient.id)),
                    tuple(sorted(axes.get(patient.id, ()))),
                ),
            )
            for patient in patients
        }


def _axes_text(axes: set[str]) -> str:
    """Return the ids and titles of axes as they are searched."""
    known = cards()
    titles = [known[axis_id].title for axis_id in axes if axis_id in known]
    return folded(" ".join([*sorted(axes), *sorted(titles)]))


def _place(entry: _Entry) -> tuple[str, str, str]:
    return entry.place


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:  # a damaged visit; opening the patient says so
        return None
