"""The record of a patient: what was measured, given, seen and said. Values are kept as entered beside the canonical."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from endotune_desktop.clinic.person import Person, Sex
from endotune_desktop.clinic.scenario import DoseOrder, LesionState


@dataclass(frozen=True, slots=True)
class Patient:
    """A person with a record.

    Attributes
    ----------
    id : str
        UUID.
    name : str
    number : str
        The practice's own number, may be empty.
    sex : Sex
    born : date
    height_cm, weight_kg : float
        Weight is the one at registration; later ones are `Vitals`.
    axis : str
        The axis that is shown first.
    diagnosis : str
        In the clinician's words.
    sandbox : bool
        An invented person; never mixed with real patients.
    archived : bool
    deleted_on : date or None
        In the bin since; emptied after 30 days.
    note : str
    """

    id: str
    name: str
    number: str
    sex: Sex
    born: date
    height_cm: float
    weight_kg: float
    axis: str
    diagnosis: str = ""
    sandbox: bool = False
    archived: bool = False
    deleted_on: date | None = None
    note: str = ""

    def age_years(self, on: date) -> int:
        """Return the age in completed years on a day."""
        return on.year - self.born.year - ((on.month, on.day) < (self.born.month, self.born.day))

    def person(self, on: date, weight_kg: float | None = None) -> Person:
        """Return the body for a simulation on a day, with a later weight when one is known."""
        return Person(self.sex, float(self.age_years(on)), self.height_cm, weight_kg or self.weight_kg)


@dataclass(frozen=True, slots=True)
class LabResult:
    """One result of one analyte.

    Attributes
    ----------
    id, patient_id : str
    analyte : str
    drawn_at : datetime
        Local time, no zone; 08:00 when the clock is not known.
    clock_known : bool
    entered_text : str
        The number as typed, with its comparator and decimal sign.
    entered_unit : str
    comparator : str
        ``""``, ``"<"`` or ``">"``.
    value : float
        In the analyte's canonical unit.
    laboratory, method : str
    reference_low, reference_high : float or None
        The laboratory's own range, canonical unit.
    set_aside : bool
        Kept but not used.
    """

    id: str
    patient_id: str
    analyte: str
    drawn_at: datetime
    clock_known: bool
    entered_text: str
    entered_unit: str
    comparator: str
    value: float
    laboratory: str = ""
    method: str = ""
    reference_low: float | None = None
    reference_high: float | None = None
    set_aside: bool = False


@dataclass(frozen=True, slots=True)
class Medication:
    """An order on the record: what was or is taken.

    Attributes
    ----------
    id, patient_id : str
    agent, route : str
    preparation : str
        Empty for the plain form.
    dose : float
    unit : str
    clock_times : tuple of str
    every_days : int
    start : date
    stop : date or None
        Taken until before this day.
    fraction_taken : float
    missed : tuple of date
    planned : bool
        Came from an adopted what-if.
    """

    id: str
    patient_id: str
    agent: str
    route: str
    preparation: str
    dose: float
    unit: str
    clock_times: tuple[str, ...]
    every_days: int
    start: date
    stop: date | None = None
    fraction_taken: float = 1.0
    missed: tuple[date, ...] = ()
    planned: bool = False


@dataclass(frozen=True, slots=True)
class Visit:
    """A contact.

    Attributes
    ----------
    id, patient_id : str
    on : date
    words : str
    """

    id: str
    patient_id: str
    on: date
    words: str


@dataclass(frozen=True, slots=True)
class SymptomScore:
    """How strong a symptom was, 0 to 10.

    Attributes
    ----------
    id, patient_id : str
    on : date
    symptom : str
    score : int
    """

    id: str
    patient_id: str
    on: date
    symptom: str
    score: int


@dataclass(frozen=True, slots=True)
class Vitals:
    """Weight, pulse and blood pressure; what was not taken is None.

    Attributes
    ----------
    id, patient_id : str
    on : date
    weight_kg, pulse_per_min, systolic_mmhg, diastolic_mmhg : float or None
    """

    id: str
    patient_id: str
    on: date
    weight_kg: float | None = None
    pulse_per_min: float | None = None
    systolic_mmhg: float | None = None
    diastolic_mmhg: float | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is known of a person for a time, beside lesions, orders and results.

    Attributes
    ----------
    id, patient_id : str
    finding : str
        Id in `endotune_desktop.clinic.findings`.
    since : date or None
        None when it has long been so.
    until : date or None
        Until before this day; None while it goes on.
    """

    id: str
    patient_id: str
    finding: str
    since: date | None = None
    until: date | None = None

    def holds_on(self, day: date) -> bool:
        """Return whether it holds on a day."""
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class AxisProfile:
    """What the clinician holds about a patient's axis: its lesions and parameters.

    Attributes
    ----------
    id, patient_id, axis : str
    lesions : tuple of LesionState
        ``onset`` is ``long_standing`` or hours from midnight of `since`.
    parameters : dict of str to float
        Values that differ from typical.
    since : date or None
        Day 0 of numeric onsets.
    """

    id: str
    patient_id: str
    axis: str
    lesions: tuple[LesionState, ...] = ()
    parameters: dict[str, float] = field(default_factory=dict)
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """A what-if: what would be given from a day on, and what would be different about the axis.

    Attributes
    ----------
    from_day : date
        Day 0 of the orders; the record's own orders stop there.
    orders : tuple of DoseOrder
        ``start_day`` and ``stop_day`` count from `from_day`.
    lesions : tuple of LesionState
        All lesions in force from then on (severity, long-standing ones included).
    parameters : dict of str to float
    """

    from_day: date
    orders: tuple[DoseOrder, ...] = ()
    lesions: tuple[LesionState, ...] = ()
    parameters: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class KeptScenario:
    """A what-if that was kept under a letter.

    Attributes
    ----------
    id, patient_id : str
    letter : str
        "A", "B", ... in the order of keeping.
    name : str
    plan : Plan
    axis : str
    """

    id: str
    patient_id: str
    letter: str
    name: str
    plan: Plan
    axis: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was forecast of one marker at one time when a plan was adopted; never changed afterwards (tuning.md 7).

    Attributes
    ----------
    id, patient_id : str
    made_at : datetime
        Local time, no zone.
    axis : str
    model_version, model_hash : str
        Version that the axis states, and a fingerprint of its equations and values.
    prior_hash, labs_hash, regimen_hash : str
        Fingerprints of the unknowns of the fit, of the results that it read, and of the adopted orders.
    seed : int
        Of every draw; the same inputs give the same receipt again.
    visits : int
        How many visits the fit had read; 0 is a forecast of the population.
    plan : Plan
        What was adopted: day 0, orders, lesions and parameters.
    marker, analyte, unit : str
        Marker and analyte id; canonical unit.
    due_at : datetime
        Day and clock that are forecast.
    window_h : float
        A sample up to that long before or after counts as the due one.
    clock_h : float
        And its clock may differ by that much.
    dose_before_h : float or None
        Hours since the last dose of the plan; None without any.
    q05, q25, q50, q75, q95 : float
        Percentiles of the natural logarithm of the result.
    draws, population : bytes
        The logarithm of 64 results of persons who could be this one, and of the same plan before any lab, each as
        little-endian float32.
    share_patient, share_intake, share_assay, share_within, share_model : float
        What makes the band wide, shares of its variance.
    width : float
        By what the distance to the median was multiplied (tuning.md 1.7).
    advice : str
        What was adopted, in words.
    """

    id: str
    patient_id: str
    made_at: datetime
    axis: str
    model_version: str
    model_hash: str
    prior_hash: str
    labs_hash: str
    regimen_hash: str
    seed: int
    visits: int
    plan: Plan
    marker: str
    analyte: str
    unit: str
    due_at: datetime
    window_h: float
    clock_h: float
    dose_before_h: float | None
    q05: float
    q25: float
    q50: float
    q75: float
    q95: float
    draws: bytes
    population: bytes
    share_patient: float
    share_intake: float
    share_assay: float
    share_within: float
    share_model: float
    width: float
    advice: str = ""


@dataclass(frozen=True, slots=True)
class ReceiptScore:
    """How a forecast fared; a correction is another row, the newest counts.

    Attributes
    ----------
    id, patient_id, receipt_id : str
    scored_at : datetime
    verdict : str
        ``scored``, ``void: regimen changed``, ``void: another hour``, or ``withdrawn`` where the result is gone.
    lab_id : str
        Empty when withdrawn.
    drawn_at : datetime or None
    value : float or None
        Canonical unit.
    comparator : str
    crps, crps_population : float or None
        On the logarithm; None for a bound and where nothing was scored.
    log_score, pit, signed_error : float or None
        The last in standard deviations of the draws.
    in50, in90 : bool or None
    """

    id: str
    patient_id: str
    receipt_id: str
    scored_at: datetime
    verdict: str
    lab_id: str = ""
    drawn_at: datetime | None = None
    value: float | None = None
    comparator: str = ""
    crps: float | None = None
    crps_population: float | None = None
    log_score: float | None = None
    pit: float | None = None
    signed_error: float | None = None
    in50: bool | None = None
    in90: bool | None = None


Record = (
    Patient
    | LabResult
    | Medication
    | Visit
    | SymptomScore
    | Vitals
    | Finding
    | AxisProfile
    | KeptScenario
    | Receipt
    | ReceiptScore
)


@dataclass(frozen=True, slots=True)
class PatientRecord:
    """Everything on file about one patient, newest first within each kind.

    Attributes
    ----------
    patient : Patient
    labs, medication, visits, symptoms, vitals, profiles : tuples of their kinds
    scenarios : tuple of KeptScenario
        By letter.
    receipts : tuple of Receipt
        Newest first, then by due time.
    scores : tuple of ReceiptScore
    findings : tuple of Finding
    """

    patient: Patient
    labs: tuple[LabResult, ...] = ()
    medication: tuple[Medication, ...] = ()
    visits: tuple[Visit, ...] = ()
    symptoms: tuple[SymptomScore, ...] = ()
    vitals: tuple[Vitals, ...] = ()
    profiles: tuple[AxisProfile, ...] = ()
    scenarios: tuple[KeptScenario, ...] = ()
    receipts: tuple[Receipt, ...] = ()
    scores: tuple[ReceiptScore, ...] = ()
    findings: tuple[Finding, ...] = ()

    def score_of(self, receipt: Receipt) -> ReceiptScore | None:
        """Return the newest score of a receipt, None while nothing has come."""
        return next((score for score in self.scores if score.receipt_id == receipt.id), None)

    def profile(self, axis: str) -> AxisProfile | None:
        """Return what is held about one axis, None when nothing is."""
        return next((profile for profile in self.profiles if profile.axis == axis), None)

    def latest_weight_kg(self) -> float:
        """Return the newest weight on file."""
        return next((v.weight_kg for v in self.vitals if v.weight_kg is not None), self.patient.weight_kg)

    def findings_on(self, on: date) -> frozenset[str]:
        """Return the ids of the findings that hold on a day."""
        return frozenset(entry.finding for entry in self.findings if entry.holds_on(on))

    def current_medication(self, on: date) -> tuple[Medication, ...]:
        """Return the orders in force on a day."""
        return tuple(m for m in self.medication if m.start <= on and (m.stop is None or on < m.stop))


@dataclass(frozen=True, slots=True)
class PatientSummary:
    """A row of the patient list.

    Attributes
    ----------
    patient : Patient
    last_lab : LabResult or None
        Newest result of the axis' lead marker, else of any.
    last_visit : date or None
    axes : tuple of str
        Ids of the axes that the record holds something about, by id.
    """

    patient: Patient
    last_lab: LabResult | None = None
    last_visit: date | None = None
    axes: tuple[str, ...] = ()
