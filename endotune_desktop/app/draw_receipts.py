"""Makes the past forecasts of the demo patients: ``python -m endotune_desktop.app.draw_receipts [FOLDER]``.

Loads no Qt. For every plan of a demo patient that began on a day on which results were known, the record is cut back
to that day and the machinery of the window makes the receipts that it would have made then. What is made is written to
``receipts.json`` with the models' versions and stays as it is when a model changes later, as a receipt does.
"""

from __future__ import annotations

import json
import sys
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from endotune_desktop.app.cross_axis_tables import cross_axis_of
from endotune_desktop.app.draw_demo import DRAWN_ON
from endotune_desktop.app.paths import resources_folder
from endotune_desktop.clinic.edits import Edit
from endotune_desktop.clinic.records import (
    AxisProfile,
    LabResult,
    Medication,
    Patient,
    PatientRecord,
    Receipt,
    Vitals,
)
from endotune_desktop.exchange.demo_cases import case_edits
from endotune_desktop.exchange.demo_receipts import RECEIPTS, SCHEMA, plain_receipts
from endotune_desktop.exchange.demo_records import demo_edits
from endotune_desktop.lanes.pool import Pool
from endotune_desktop.physiology.axis import Axis
from endotune_desktop.physiology.registry import AXES
from endotune_desktop.workbench.due_times import due_times
from endotune_desktop.workbench.known_then import adopted_on, known_on, plan_starts
from endotune_desktop.workbench.receipt_maker import Adoption, receipts_of
from endotune_desktop.workbench.receipt_scores import due_result

CLOCK = time(9, 0)


def record_of(edit: Edit) -> PatientRecord:
    """Return the record that an edit writes, as far as a forecast reads it."""
    records = [change.after for change in edit.changes]
    patient = next(record for record in records if isinstance(record, Patient))
    return PatientRecord(
        patient,
        labs=tuple(sorted((r for r in records if isinstance(r, LabResult)), key=lambda r: r.drawn_at, reverse=True)),
        medication=tuple(
            sorted((r for r in records if isinstance(r, Medication)), key=lambda r: r.start, reverse=True)
        ),
        vitals=tuple(sorted((r for r in records if isinstance(r, Vitals)), key=lambda r: r.on, reverse=True)),
        profiles=tuple(r for r in records if isinstance(r, AxisProfile)),
    )


def past_receipts(record: PatientRecord, resources: Path, pool: Pool) -> tuple[Receipt, ...]:
    """Return the receipts of every plan in a record's past that a later result can be compared with."""
    links = cross_axis_of(resources)
    found: list[Receipt] = []
    for profile in record.profiles:
        axis = AXES[profile.axis]
        for day in plan_starts(record, axis):
            known = known_on(record, day)
            edit = adopted_on(record, day, axis)
            if not known.labs or not edit.changes or not _may_be_met(record, axis, day):
                continue
            asked = Adoption(known, edit, axis, day, day, datetime.combine(day, CLOCK))
            made = receipts_of(asked, links, spread=pool.spread)
            found.extend(receipt for receipt in made if due_result(record, receipt) is not None)
    return tuple(found)


def _may_be_met(record: PatientRecord, axis: Axis, day: date) -> bool:
    """Return whether any result came near a day on which one was due, so that nothing is computed in vain."""
    due = due_times(axis)
    analytes = {marker.analyte for marker in axis.markers if marker.plotted and marker.analyte}
    apart = [(lab.drawn_at.date() - day).days for lab in record.labs if lab.analyte in analytes]
    return any(abs(found - days) * 24.0 <= due.window_h for found in apart for days in due.days)


def every_demo(folder: Path, today: date) -> list[PatientRecord]:
    """Return the records of all demo patients."""
    edits = [*demo_edits(folder / "patients.json", today), *case_edits(folder, today)]
    return [record_of(edit) for edit in edits]


def main(words: list[str]) -> int:
    """Make all receipts and write them beside the patients."""
    resources = resources_folder()
    folder = Path(words[0]) if words else resources / "demo"
    pool = Pool()
    found: list[dict[str, Any]] = []
    for record in every_demo(folder, DRAWN_ON):
        made = past_receipts(record, resources, pool)
        sys.stdout.write(f"{record.patient.name}: {len(made)}\n")
        sys.stdout.flush()
        found.extend(plain_receipts(made, DRAWN_ON))
        _write(folder / RECEIPTS, found)
    pool.close()
    return 0


def _write(path: Path, found: list[dict[str, Any]]) -> None:
    content = {
        "schema": SCHEMA,
        "made_by": "python -m endotune_desktop.app.draw_receipts",
        "models": {axis.id: axis.version for axis in AXES.values()},
        "receipts": found,
    }
    path.write_text(json.dumps(content, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
