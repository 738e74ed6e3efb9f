"""The schema, version by version. Each step is frozen: it never looks at today's classes.

`user_version` counts the steps that a file has seen and is written last, in the same transaction. Before a file of an
older version is changed it is copied aside through the backup interface (see `opening.py`). This module is imported
only where a file is made or brought up to date: sqlite-utils takes its time to load.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from endotune_desktop.store import driver
from endotune_desktop.store.seals import folded, seal_by_names

if TYPE_CHECKING:
    from endotune_desktop.store.driver import Database

migrations = driver.migration_set("endotune")

_VERSION_1 = """
CREATE TABLE patient (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, number TEXT NOT NULL, sex TEXT NOT NULL, born TEXT NOT NULL,
    height_cm REAL NOT NULL, weight_kg REAL NOT NULL, axis TEXT NOT NULL, diagnosis TEXT NOT NULL,
    sandbox INTEGER NOT NULL, archived INTEGER NOT NULL, deleted_on TEXT, note TEXT NOT NULL, search TEXT NOT NULL
) STRICT;
CREATE INDEX patient_name ON patient (sandbox, name);
CREATE TABLE lab_result (
    id TEXT PRIMARY KEY, patient_id TEXT NOT NULL REFERENCES patient (id) ON DELETE CASCADE, analyte TEXT NOT NULL,
    drawn_at TEXT NOT NULL, clock_known INTEGER NOT NULL, entered_text TEXT NOT NULL, entered_unit TEXT NOT NULL,
    comparator TEXT NOT NULL, value REAL NOT NULL, laboratory TEXT NOT NULL, method TEXT NOT NULL,
    reference_low REAL, reference_high REAL, set_aside INTEGER NOT NULL
) STRICT;
CREATE INDEX lab_result_patient ON lab_result (patient_id, analyte, drawn_at);
CREATE TABLE medication (
    id TEXT PRIMARY KEY, patient_id TEXT NOT NULL REFERENCES patient (id) ON DELETE CASCADE, agent TEXT NOT NULL,
    route TEXT NOT NULL, preparation TEXT NOT NULL, dose REAL NOT NULL, unit TEXT NOT NULL, clock_times TEXT NOT NULL,
    every_days INTEGER NOT NULL, start TEXT NOT NULL, stop TEXT, fraction_taken REAL NOT NULL, missed TEXT NOT NULL,
    planned INTEGER NOT NULL
) STRICT;
CREATE INDEX medication_patient ON medication (patient_id);
CREATE TABLE visit (
    id TEXT PRIMARY KEY, patient_id TEXT NOT NULL REFERENCES patient (id) ON DELETE CASCADE, "on" TEXT NOT NULL,
    words TEXT NOT NULL
) STRICT;
CREATE INDEX visit_patient ON visit (patient_id);
CREATE TABLE symptom_score (
    id TEXT PRIMARY KEY, patient_id TEXT NOT NULL REFERENCES patient (id) ON DELETE CASCADE, "on" TEXT NOT NULL,
    symptom TEXT NOT NULL, score INTEGER NOT NULL
) STRICT;
CREATE INDEX symptom_score_patient ON symptom_score (patient_id);
CREATE TABLE vitals (
    id TEXT PRIMARY KEY, patient_id TEXT NOT NULL REFERENCES patient (id) ON DELETE CASCADE, "on" TEXT NOT NULL,
    weight_kg REAL, pulse_per_min REAL, systolic_mmhg REAL, diastolic_mmhg REAL
) STRICT;
CREATE INDEX vitals_patient ON vitals (patient_id);
CREATE TABLE axis_profile (
    id TEXT PRIMARY KEY, patient_id TEXT NOT NULL REFERENCES patient (id) ON DELETE CASCADE, axis TEXT NOT NULL,
    lesions TEXT NOT NULL, parameters TEXT NOT NULL, since TEXT
) STRICT;
CREATE INDEX axis_profile_patient ON axis_profile (patient_id);
CREATE TABLE kept_scenario (
    id TEXT PRIMARY KEY, patient_id TEXT NOT NULL REFERENCES patient (id) ON DELETE CASCADE, letter TEXT NOT NULL,
    name TEXT NOT NULL, plan TEXT NOT NULL, axis TEXT NOT NULL
) STRICT;
CREATE INDEX kept_scenario_patient ON kept_scenario (patient_id);
CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
"""


@migrations()
def version_1(database: Database) -> None:
    """Make the first schema: a table for every kind of record, all hanging on the patient."""
    for statement in _VERSION_1.split(";"):
        if statement.strip():
            database.execute(statement)


_SEALED_IN_2 = (
    "patient", "lab_result", "medication", "visit", "symptom_score", "vitals", "axis_profile", "kept_scenario",
    "setting",
)  # fmt: skip


@migrations()
def version_2(database: Database) -> None:
    """Give every row a seal, and let the search know neither case nor accents; it sorts the list as well."""
    connection = database.conn
    connection.create_function("folded", 1, folded, deterministic=True)
    database.execute("DROP INDEX patient_name")
    database.execute("DROP INDEX visit_patient")
    database.execute('CREATE INDEX visit_patient ON visit (patient_id, "on")')
    database.execute(
        """UPDATE patient SET search =
           folded(name || char(10) || number || char(10) || diagnosis || char(10) || axis)"""
    )
    for table in _SEALED_IN_2:
        names = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
        seal = seal_by_names(table, names)
        connection.create_function("seal", len(names), lambda *values, give=seal: give(values), deterministic=True)
        database.execute(f"ALTER TABLE {table} ADD COLUMN seal BLOB NOT NULL DEFAULT x''")
        columns = ", ".join(f'"{name}"' for name in names)
        database.execute(f"UPDATE {table} SET seal = seal({columns})")


_VERSION_3 = (
    """CREATE TABLE receipt (
        id TEXT PRIMARY KEY, patient_id TEXT NOT NULL REFERENCES patient (id) ON DELETE CASCADE, made_at TEXT NOT NULL,
        axis TEXT NOT NULL, model_version TEXT NOT NULL, model_hash TEXT NOT NULL, prior_hash TEXT NOT NULL,
        labs_hash TEXT NOT NULL, regimen_hash TEXT NOT NULL, seed INTEGER NOT NULL, visits INTEGER NOT NULL,
        plan TEXT NOT NULL, marker TEXT NOT NULL, analyte TEXT NOT NULL, unit TEXT NOT NULL, due_at TEXT NOT NULL,
        window_h REAL NOT NULL, clock_h REAL NOT NULL, dose_before_h REAL, q05 REAL NOT NULL, q25 REAL NOT NULL,
        q50 REAL NOT NULL, q75 REAL NOT NULL, q95 REAL NOT NULL, draws BLOB NOT NULL, population BLOB NOT NULL,
        share_patient REAL NOT NULL, share_intake REAL NOT NULL, share_assay REAL NOT NULL, share_within REAL NOT NULL,
        share_model REAL NOT NULL, width REAL NOT NULL, advice TEXT NOT NULL, seal BLOB NOT NULL
    ) STRICT""",
    "CREATE INDEX receipt_patient ON receipt (patient_id)",
    """CREATE TABLE receipt_score (
        id TEXT PRIMARY KEY, patient_id TEXT NOT NULL REFERENCES patient (id) ON DELETE CASCADE,
        receipt_id TEXT NOT NULL REFERENCES receipt (id) ON DELETE CASCADE, scored_at TEXT NOT NULL,
        verdict TEXT NOT NULL, lab_id TEXT NOT NULL, drawn_at TEXT, value REAL, comparator TEXT NOT NULL, crps REAL,
        crps_population REAL, log_score REAL, pit REAL, signed_error REAL, in50 INTEGER, in90 INTEGER,
        seal BLOB NOT NULL
    ) STRICT""",
    "CREATE INDEX receipt_score_patient ON receipt_score (patient_id)",
    "CREATE INDEX receipt_score_receipt ON receipt_score (receipt_id)",
    """CREATE TRIGGER receipt_stays BEFORE UPDATE ON receipt
       BEGIN SELECT RAISE(ABORT, 'a receipt is never changed'); END""",
    """CREATE TRIGGER receipt_score_stays BEFORE UPDATE ON receipt_score
       BEGIN SELECT RAISE(ABORT, 'a score is never changed'); END""",
)


@migrations()
def version_3(database: Database) -> None:
    """Make room for forecasts that were made and how they fared; the file itself refuses to change one."""
    for statement in _VERSION_3:
        database.execute(statement)


_VERSION_4 = (
    """CREATE TABLE finding (
        id TEXT PRIMARY KEY, patient_id TEXT NOT NULL REFERENCES patient (id) ON DELETE CASCADE,
        finding TEXT NOT NULL, since TEXT, until TEXT, seal BLOB NOT NULL
    ) STRICT""",
    "CREATE INDEX finding_patient ON finding (patient_id)",
)


@migrations()
def version_4(database: Database) -> None:
    """Make room for findings: what is known of a person for a time beside lesions, orders and results."""
    for statement in _VERSION_4:
        database.execute(statement)
