"""The fits of the open patient: the most probable person first, the draws around it after; kept until labs change."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import replace

from endotune_desktop.clinic.errors import OutsideValidity
from endotune_desktop.clinic.person import Person
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

Key = tuple[object, ...]


class FitKeeper:
    """Fits, by record and axis.

    Parameters
    ----------
    spread : callable, optional
        Who runs the chunks.
    """

    def __init__(self, spread: Spread | None = None) -> None:
        self._spread = spread or one_after_another
        self._fits: OrderedDict[Key, Fit | None] = OrderedDict()
        self._newest: dict[tuple[str, Person], Fit] = {}

    def key(self, line: Timeline, now: Scenario, record: PatientRecord) -> Key:
        """Return what a fit depends on: the record as it is simulated, and its results."""
        return (line.axis.id, repr(now), observations_of(record, line.axis, line.day0, line.today))

    def known(self, key: Key) -> Fit | None:
        """Return the fit as far as it is there already."""
        return self._fits.get(key)

    def missing(self, key: Key) -> bool:
        """Return whether there are results to fit and no fit, or one without draws."""
        seen = key[2]
        if not seen:
            return False
        fit = self._fits.get(key)
        return key not in self._fits or (fit is not None and fit.posterior is None)

    def next_stage(self, now: Scenario, key: Key, draws: int, cancel: CancelFlag) -> None:
        """Compute the most probable person, or the draws around it; a model without an answer leaves no fit.

        Parameters
        ----------
        now : Scenario
            The record as it is simulated.
        key : tuple
            As `key` gave it.
        draws : int
        cancel : CancelFlag

        Raises
        ------
        Cancelled
            If a newer request waits; what was computed before stays.
        """
        fit = self._fits.get(key)
        seen: tuple[Observation, ...] = key[2]  # type: ignore[assignment]
        try:
            if fit is None:
                former = self._newest.get((now.axis, now.person))
                found = individualised(
                    axis_by_id(now.axis), now, seen, draws=0, start=former, cancel=cancel, spread=self._spread
                )
            else:
                found = drawn(fit, draws, cancel=cancel, spread=self._spread)
            self._keep(key, found)
        except OutsideValidity:
            self._keep(key, None)

    def _keep(self, key: Key, fit: Fit | None) -> None:
        self._fits[key] = fit
        if fit is not None and not fit.poor:
            self._newest[fit.prior.axis.id, fit.prior.scenario.person] = fit
        self._fits.move_to_end(key)
        while len(self._fits) > MOST_KEPT:
            self._fits.popitem(last=False)
        while len(self._newest) > MOST_KEPT:
            self._newest.pop(next(iter(self._newest)))


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
