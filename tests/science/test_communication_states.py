"""The states that tuning.md 2.3 tells apart: its figures, not ours.

Windows are those of its section 8 (shares cancelled within 3); gland masses there are relative to the periodic healthy
state, here to the flat one, so that they are compared through the healthy adrenal's own 1.18. Recovery times were found
there with another course through the day; they are compared for their order and within a factor of two.
"""

from __future__ import annotations

from functools import cache

import pytest

from endotune_desktop.app.paths import resources_folder
from endotune_desktop.app.target_table import targets_of
from endotune_desktop.clinic.scenario import DoseOrder, LesionState, Scenario
from endotune_desktop.physiology.registry import AXES
from endotune_desktop.tuning.communication_card import CommunicationCard, Figure, card_of
from endotune_desktop.tuning.communication_word import Word
from endotune_desktop.tuning.indices import both_indices
from endotune_desktop.tuning.lasting import unharmed
from endotune_desktop.tuning.recovery import Recovery, recovery
from endotune_desktop.tuning.set_point import valid_targets


def daily(agent: str, dose: float, unit: str, *clocks: str, route: str = "oral", preparation: str = "") -> DoseOrder:
    """Return an order for every day."""
    return DoseOrder(agent, route, dose, unit, clocks or ("08:00",), preparation=preparation or None)


def gel(taken_up_mg: float) -> DoseOrder:
    """Return a gel of which that much testosterone comes in, a tenth of what is applied."""
    return daily("testosterone", 10.0 * taken_up_mg, "mg", route="transdermal", preparation="gel")


TABLE = targets_of(resources_folder()).table
LT4, PREDNISOLONE = "levothyroxine", "prednisolone"
HYDROCORTISONE = (
    daily("hydrocortisone", 10.0, "mg", "07:00"), daily("hydrocortisone", 5.0, "mg", "12:00", "17:00"),
)  # fmt: skip
STATES: dict[str, tuple[str, dict[str, float], tuple[DoseOrder, ...], str]] = {
    "hpt healthy": ("hpt", {}, (), ""),
    "hpt tenth of the gland": ("hpt", {"sigma": 0.1}, (), ""),
    "hpt 40 % of the gland": ("hpt", {"sigma": 0.4}, (), ""),
    "hpt athyreotic, right dose": ("hpt", {"sigma": 0.0}, (daily(LT4, 108.0, "ug"),), ""),
    "hpt 40 % and 50 ug": ("hpt", {"sigma": 0.4}, (daily(LT4, 50.0, "ug"),), ""),
    "hpt central": ("hpt", {"pit": 0.05}, (), ""),
    "hpt central and 100 ug": ("hpt", {"pit": 0.05}, (daily(LT4, 100.0, "ug"),), ""),
    "hpt healthy and 175 ug": ("hpt", {}, (daily(LT4, 175.0, "ug"),), ""),
    "hpt graves": ("hpt", {}, (), "graves"),
    "hpa healthy": ("hpa", {}, (), ""),
    "hpa f_A 0.3": ("hpa", {"f_A": 0.3}, (), ""),
    "hpa f_A 0.05": ("hpa", {"f_A": 0.05}, (), ""),
    "hpa f_A 0 on hydrocortisone": ("hpa", {"f_A": 0.0}, HYDROCORTISONE, ""),
    "hpa secondary": ("hpa", {"f_P": 0.05}, (), ""),
    "hpa tertiary": ("hpa", {"f_H": 0.1}, (), ""),
    "hpa prednisolone 5 mg": ("hpa", {}, (daily(PREDNISOLONE, 5.0, "mg"),), ""),
    "hpa adenoma": ("hpa", {"aut_F": 2000.0}, (), ""),
    "hpa ectopic": ("hpa", {}, (), "ectopic_acth"),
    "man healthy": ("hpg_male", {}, (), ""),
    "man klinefelter": ("hpg_male", {"cap_Leydig": 0.25}, (), ""),
    "man central": ("hpg_male", {"tone": 0.12}, (), ""),
    "man central and 6 mg": ("hpg_male", {"tone": 0.12}, (gel(6.0),), ""),
    "man healthy and 8 mg": ("hpg_male", {}, (gel(8.0),), ""),
}


@cache
def card(name: str) -> CommunicationCard:
    """Return the card of a state."""
    axis_id, parameters, taken, lesion = STATES[name]
    axis = AXES[axis_id]
    lesions = (LesionState(lesion, 1.0),) if lesion else ()
    scenario = Scenario(axis_id, axis.reference_person, dict(parameters), lesions, taken, taken, duration_days=1.0)
    healthy = Scenario(axis_id, axis.reference_person, duration_days=1.0)
    state, own = both_indices(axis, scenario, unharmed(healthy))
    return card_of(
        axis,
        valid_targets(axis, scenario, TABLE),
        state,
        own,
        recovery(axis, scenario),
        recovery(axis, healthy),
        complete=True,
    )


def recovered(name: str) -> Recovery:
    """Return the recovery of a state."""
    found = card(name).recovery
    assert found is not None
    return found


def value(name: str, figure: Figure) -> float:
    """Return a number of a state's card."""
    number = card(name).number(figure)
    assert number is not None
    return number.value


CANCELS = {
    "hpt healthy": (78, 89), "hpt tenth of the gland": (63, 77), "hpt 40 % of the gland": (75, 87),
    "hpt athyreotic, right dose": (0, 0), "hpt 40 % and 50 ug": (64, 79), "hpt central and 100 ug": (10, 15),
    "hpt healthy and 175 ug": (3, 5), "hpt graves": (0, 0), "hpa healthy": (62, 89), "hpa f_A 0.3": (56, 83),
    "hpa f_A 0.05": (35, 59), "hpa f_A 0 on hydrocortisone": (0, 0), "hpa secondary": (35, 62),
    "hpa tertiary": (39, 83), "hpa prednisolone 5 mg": (20, 63), "hpa adenoma": (40, 80), "hpa ectopic": (0, 0),
    "man healthy": (67, 79), "man klinefelter": (22, 25), "man central": (22, 32), "man central and 6 mg": (10, 25),
    "man healthy and 8 mg": (27, 61),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(CANCELS))
def test_that_an_axis_cancels_what_the_document_found(name: str) -> None:
    fast, slow = CANCELS[name]
    within = 1.0 if "athyreotic" in name or "f_A 0 on" in name else 3.0
    assert card(name).state.cancels_fast == pytest.approx(fast, abs=within)
    assert card(name).state.cancels_slow == pytest.approx(slow, abs=within)


@pytest.mark.parametrize(
    ("name", "outside"),
    [("hpt 40 % and 50 ug", 50.0), ("hpt central and 100 ug", 95.0), ("hpt healthy and 175 ug", 98.0),
     ("hpa prednisolone 5 mg", 86.0), ("hpa f_A 0 on hydrocortisone", 100.0), ("man central and 6 mg", 96.0),
     ("man healthy and 8 mg", 91.0)],
)  # fmt: skip
def test_that_the_share_from_outside_is_what_the_document_found(name: str, outside: float) -> None:
    assert value(name, Figure.OUTSIDE) == pytest.approx(outside, abs=3.0)


@pytest.mark.parametrize(
    ("name", "mass"),
    [("hpt tenth of the gland", 0.21), ("hpt 40 % of the gland", 0.54), ("hpt 40 % and 50 ug", 0.43),
     ("hpt central", 0.82), ("hpt central and 100 ug", 0.44), ("hpt healthy and 175 ug", 0.42),
     ("man klinefelter", 0.27), ("man central", 0.79), ("man central and 6 mg", 0.39), ("man healthy and 8 mg", 0.57),
     ("hpa f_A 0.3", 0.46 / 1.18), ("hpa f_A 0.05", 0.10 / 1.18), ("hpa secondary", 0.51 / 1.18),
     ("hpa tertiary", 0.36 / 1.18), ("hpa prednisolone 5 mg", 0.53 / 1.18), ("hpa adenoma", 0.84 / 1.18)],
)  # fmt: skip
def test_that_the_gland_has_the_mass_that_the_document_found(name: str, mass: float) -> None:
    assert value(name, Figure.GLAND) == pytest.approx(100.0 * mass, abs=2.0)


@pytest.mark.parametrize(
    ("name", "marker", "days"),
    [("hpt healthy", "tsh", 6.0), ("hpt tenth of the gland", "tsh", 20.0), ("hpt 40 % of the gland", "tsh", 8.5),
     ("hpt athyreotic, right dose", "tsh", 112.0), ("hpt central and 100 ug", "tsh", 99.0),
     ("hpt healthy and 175 ug", "tsh", 109.0), ("hpa tertiary", "cortisol", 87.0),
     ("hpa f_A 0 on hydrocortisone", "acth", 279.0), ("hpa prednisolone 5 mg", "acth", 177.0),
     ("hpa prednisolone 5 mg", "cortisol", 459.0), ("man healthy", "lh", 0.5), ("man central and 6 mg", "lh", 241.0),
     ("man healthy and 8 mg", "lh", 100.0)],
)  # fmt: skip
def test_that_recovery_takes_about_as_long_as_the_document_found(name: str, marker: str, days: float) -> None:
    assert days / 2.0 < recovered(name).days[marker] < 2.0 * days


def test_that_acth_returns_before_cortisol_after_prednisolone() -> None:
    days = recovered("hpa prednisolone 5 mg").days
    assert days["acth"] < 0.6 * days["cortisol"]


@pytest.mark.parametrize(
    ("name", "word"),
    [("hpt healthy", Word.NORMAL), ("hpt tenth of the gland", Word.UNANSWERED), ("hpt graves", Word.FREE),
     ("hpt athyreotic, right dose", Word.STEERED), ("hpt healthy and 175 ug", Word.STEERED),
     ("hpt central", Word.QUIET), ("hpa healthy", Word.NORMAL), ("hpa secondary", Word.QUIET),
     ("hpa prednisolone 5 mg", Word.ASLEEP), ("hpa ectopic", Word.FREE), ("man healthy", Word.NORMAL),
     ("man klinefelter", Word.UNANSWERED), ("man central", Word.QUIET)],
)  # fmt: skip
def test_that_each_state_gets_the_word_that_names_it(name: str, word: Word) -> None:
    assert card(name).word is word


@pytest.mark.parametrize(
    ("name", "amplitude", "peak_h"), [("hpt healthy", 55.0, 2.0 + 26.0 / 60.0), ("hpa healthy", 127.0, 10.0 + 13 / 60)]
)
def test_that_the_rhythm_is_what_the_document_found(name: str, amplitude: float, peak_h: float) -> None:
    rhythm = card(name).state.rhythm
    assert rhythm is not None
    assert rhythm.amplitude == pytest.approx(amplitude, abs=8.0)
    assert rhythm.peak_h == pytest.approx(peak_h, abs=0.25)


@pytest.mark.parametrize(
    ("name", "phase", "factor", "damping"), [("hpa healthy", 100.0, 8.0, 0.58), ("man healthy", 101.0, 10.0, 0.67)]
)
def test_that_margins_and_damping_are_what_the_document_found(
    name: str, phase: float, factor: float, damping: float
) -> None:
    state = card(name).state
    assert state.phase_margin_deg == pytest.approx(phase, abs=2.0)
    assert state.gain_margin == pytest.approx(factor, abs=0.5)
    assert state.damping == pytest.approx(damping, abs=0.01)


@pytest.mark.parametrize(
    ("name", "centre", "gland"),
    [("hpt healthy", 6.3, 0.81), ("hpa healthy", 1.1, 1.5), ("man healthy", 2.7, 0.65)],
)
def test_that_centre_and_gland_answer_as_the_document_found(name: str, centre: float, gland: float) -> None:
    assert card(name).state.centre_response == pytest.approx(centre, rel=0.1)
    assert card(name).state.gland_response == pytest.approx(gland, rel=0.05)
