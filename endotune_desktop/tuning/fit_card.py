"""What a clinician is shown of a fit: the person, what labs taught, each lab, and how far the fit can be trusted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from endotune_desktop.tuning.explaining import Estimate, Result, alike, estimates, results, things_told
from endotune_desktop.tuning.prior import Kind

if TYPE_CHECKING:
    from endotune_desktop.tuning.individual import Fit

PULLS_SOMEWHAT = 0.2
"""A lab whose absence moves no unknown by a fifth of a standard deviation pulls nothing worth naming."""


@dataclass(frozen=True)
class FitCard:
    """A fit, ready to be said.

    Attributes
    ----------
    person : tuple of Estimate
        Parameters and severities, the best learned first.
    around : tuple of Estimate
        What belongs to the samples: recent intake, platforms, day of the cycle.
    results : tuple of Result
        In the order of the observations.
    alike : tuple of (str, str, float)
        What these labs cannot tell apart, with the correlation.
    told : int
        How many independent things the labs told.
    strongest : int or None
        The result that pulls most; None when none pulls.
    """

    fit: Fit
    person: tuple[Estimate, ...]
    around: tuple[Estimate, ...]
    results: tuple[Result, ...]
    alike: tuple[tuple[str, str, float], ...]
    told: int
    strongest: int | None

    @property
    def doubtful(self) -> tuple[Result, ...]:
        """Return the results that do not fit and pull."""
        return tuple(result for result in self.results if result.doubtful)

    @property
    def uncertain(self) -> str:
        """Return why the fit is not to be leaned on, empty when it may be."""
        if self.fit.poor:
            return "Uncertain fit: no person of this model goes through these labs."
        if self.fit.posterior is not None and not self.fit.posterior.certain:
            return "Uncertain fit: the band is a widened stand-in."
        return "" if self.fit.optimum.converged else "Uncertain fit: the search did not come to rest."


def card_of(fit: Fit) -> FitCard:
    """Return what is shown of a fit.

    Parameters
    ----------
    fit : Fit
    """
    every = estimates(fit)
    own = {Kind.PARAMETER, Kind.SEVERITY}
    person = [estimate for estimate in every if estimate.unknown.kind in own]
    person.sort(key=lambda estimate: -estimate.learned)
    found = results(fit)
    strongest = max(found, key=lambda result: result.pull, default=None)
    return FitCard(
        fit, tuple(person), tuple(estimate for estimate in every if estimate.unknown.kind not in own), tuple(found),
        tuple(alike(fit)), things_told(fit),
        strongest.index if strongest is not None and strongest.pull > PULLS_SOMEWHAT else None,
    )  # fmt: skip


def words_of(estimate: Estimate) -> str:
    """Return what an unknown is; a severity is fitted as what the lesion leaves."""
    if estimate.unknown.kind is Kind.SEVERITY:
        return f"{estimate.unknown.words}: what it leaves"
    return _upper(estimate.unknown.words)


def distance_of(card: FitCard) -> str:
    """Return in a sentence how far the person is from typical: the two unknowns that lie farthest and were learned."""
    told = [estimate for estimate in card.person if estimate.distance != "typical"]
    told.sort(key=lambda estimate: -abs(estimate.z))
    if not told:
        return "Apart from what is on record, a typical person as far as these labs tell."
    parts = [f"{_lower(words_of(estimate))} {estimate.distance}" for estimate in told[:2]]
    return _upper(f"{' and '.join(parts)}.")


def _lower(words: str) -> str:
    """Return words for the middle of a sentence; abbreviations keep their capitals."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


def _upper(words: str) -> str:
    """Return words for the start of a line; abbreviations stay as they are."""
    return words if words[1:2].isupper() else words[:1].upper() + words[1:]
