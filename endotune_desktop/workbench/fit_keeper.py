"""The fits of the open patient: the most probable person first, the draws around it after.

While labs that have just changed are being fitted, the fit of the labs before the change still tells more about the
patient than a typical person does; it is said to be that.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import date

from endotune_desktop.clinic.errors import OutsideValidity
from endotune_desktop.clinic.records import PatientRecord
from endotune_desktop.clinic.scenario import Scenario
from endotune_desktop.physiology.registry import axis as axis_by_id
from endotune_desktop.simulation import CancelFlag
from endotune_desktop.simulation.ensemble import Spread, one_after_another
from endotune_desktop.tuning.evidence import Observation
from endotune_desktop.tuning.individual import Fit, drawn, individualised
from endotune_desktop.workbench.evidence_of import observations_of
from endotune_desktop.workbench.patient_timeline import Timeline

MOST_KEPT = 16
"""Fits that are remembered: the axes of a patient, and the labs that undo brings back."""


@dataclass(frozen=True, slots=True)
class FitKey:
    """What a fit depends on.

    Attributes
    ----------
    patient_id, axis_id : str
    day0 : date
        From which its hours count.
    scenario : str
        The record as it is simulated.
    observations : tuple of Observation
    """

    patient_id: str
    axis_id: str
    day0: date
    scenario: str
    observations: tuple[Observation, ...]


class FitKeeper:
    """Fits, by record and axis.

    Parameters
    ----------
    spread : callable, optional
        Who runs the chunks.
    """

    def __init__(self, spread: Spread | None = None) -> None:
        self._spread = spread or one_after_another
        self._fits: OrderedDict[FitKey, Fit | None] = OrderedDict()
        self._newest: OrderedDict[tuple[str, str], tuple[date, Fit]] = OrderedDict()

    def key(self, line: Timeline, now: Scenario, record: PatientRecord) -> FitKey:
        """Return what a fit depends on: the record as it is simulated, and its results."""
        seen = observations_of(record, line.axis, line.day0, line.today)
        return FitKey(record.patient.id, line.axis.id, line.day0, repr(now), seen)

    def shown(self, key: FitKey, now: Scenario) -> tuple[Fit | None, bool]:
        """Return whose course to show: the fit as far as it is there, or until then the one before a change.

        Parameters
        ----------
        key : FitKey
        now : Scenario
            The record as it is simulated.

        Returns
        -------
        fit : Fit or None
            None for the typical person.
        former : bool
            Whether it is of the record before its last change.
        """
        if key in self._fits or not key.observations:
            return self._fits.get(key), False
        day0, former = self._newest.get((key.patient_id, key.axis_id), (key.day0, None))
        if former is None or not _alike(former.prior.scenario, now):
            return None, False
        if former.prior.axis.cycle is not None and day0 != key.day0:  # its day of the cycle is against another day
            return None, False
        return former, True

    def missing(self, key: FitKey) -> bool:
        """Return whether there are results to fit and no fit, or one without draws."""
        if not key.observations:
            return False
        fit = self._fits.get(key)
        return key not in self._fits or (fit is not None and fit.posterior is None)

    def next_stage(self, now: Scenario, key: FitKey, draws: int, cancel: CancelFlag) -> None:
        """Compute the most probable person, or the draws around it; a model without an answer leaves no fit.

        Parameters
        ----------
        now : Scenario
            The record as it is simulated.
        key : FitKey
        draws : int
        cancel : CancelFlag

        Raises
        ------
        Cancelled
            If a newer request waits; what was computed before stays.
        """
        fit = self._fits.get(key)
        try:
            if fit is None:
                _, former = self._newest.get((key.patient_id, key.axis_id), (None, None))
                start = None if former is None or former.poor else former
                found = individualised(
                    axis_by_id(now.axis), now, key.observations, draws=0, start=start, cancel=cancel,
                    spread=self._spread,
                )  # fmt: skip
            else:
                found = drawn(fit, draws, cancel=cancel, spread=self._spread)
            self._keep(key, found)
        except OutsideValidity:
            self._keep(key, None)

    def _keep(self, key: FitKey, fit: Fit | None) -> None:
        self._fits[key] = fit
        self._fits.move_to_end(key)
        whose = (key.patient_id, key.axis_id)
        if fit is not None:
            self._newest[whose] = (key.day0, fit)
            self._newest.move_to_end(whose)
        for kept in (self._fits, self._newest):
            while len(kept) > MOST_KEPT:
                kept.popitem(last=False)


def _alike(before: Scenario, now: Scenario) -> bool:
    """Return whether a fit's person can stand for a record's: what is wrong, and what is known of it, is the same."""

    def held(scenario: Scenario) -> object:
        return {lesion.lesion: lesion.severity for lesion in scenario.lesions}, scenario.parameters

    return held(before) == held(now)


def personal(scenario: Scenario, record: Scenario, fit: Fit | None) -> Scenario:
    """Return a scenario of the most probable person.

    What the scenario names itself counts before the fit, and so does a severity that differs from the record's.

    Parameters
    ----------
    scenario : Scenario
        Of the record or of a plan.
    record : Scenario
    fit : Fit or None
    """
    if fit is None:
        return scenario
    person = fit.person()
    parameters = {name: float(column[0]) for name, column in person.values.items()}
    on_record = {lesion.lesion: lesion.severity for lesion in record.lesions}
    lesions = tuple(
        replace(lesion, severity=float(person.severities[lesion.lesion][0]))
        if lesion.lesion in person.severities and on_record.get(lesion.lesion) == lesion.severity
        else lesion
        for lesion in scenario.lesions
    )
    return replace(scenario, parameters={**parameters, **scenario.parameters}, lesions=lesions)
