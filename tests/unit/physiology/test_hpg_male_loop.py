"""The male loop by the indices of communication: gains and shares that the tuning document computed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from endotune_desktop.clinic.scenario import DoseOrder, LesionState, Scenario
from endotune_desktop.physiology.hpg_male import HPG_MALE, REFERENCE_MAN
from endotune_desktop.simulation import simulate
from endotune_desktop.tuning.loop_response import Loop, loop_around
from endotune_desktop.tuning.operating_point import operating_point

MAN = Scenario("hpg_male", REFERENCE_MAN)


def gel(mg_taken_up: float) -> tuple[DoseOrder, ...]:
    """Return a gel of which that much testosterone a day comes in (a tenth of what is applied)."""
    return (DoseOrder("testosterone", "transdermal", 10.0 * mg_taken_up, "mg", ("08:00",), preparation="gel"),)


CASES = {
    "healthy": (MAN, 3.81556),
    "klinefelter": (replace(MAN, parameters={"cap_Leydig": 0.25}), 0.33377),
    "central": (replace(MAN, parameters={"tone": 0.12}), 0.47120),
    "central_on_testosterone": (replace(MAN, parameters={"tone": 0.12}, regimen_before=gel(6.0)), 0.33806),
    "healthy_on_too_much": (replace(MAN, regimen_before=gel(8.0)), 1.56861),
}


def loop(scenario: Scenario) -> Loop:
    """Return the loop of a scenario."""
    assert HPG_MALE.communication is not None
    return loop_around(operating_point(HPG_MALE, scenario), HPG_MALE.communication)


@pytest.mark.parametrize("name", sorted(CASES))
def test_that_the_slow_gain_is_what_the_document_found_with_its_probe(name: str) -> None:
    # tuning.md, appendix: the gain of the slow loop by probe, to the digits printed there.
    scenario, expected = CASES[name]
    assert loop(scenario).gain(slow=True) == pytest.approx(expected, rel=2e-3)


@pytest.mark.parametrize(
    ("lesion", "fast", "slow"),
    [("", 67.0, 79.0), ("klinefelter", 22.0, 25.0), ("secondary_hypogonadism", 22.0, 32.0),
     ("hyperprolactinaemia", 15.0, 22.0)],
)  # fmt: skip
def test_that_it_cancels_the_shares_of_the_document(lesion: str, fast: float, slow: float) -> None:
    lesions = (LesionState(lesion, 1.0),) if lesion else ()
    found = loop(replace(MAN, lesions=lesions))
    assert found.cancels(slow=False) == pytest.approx(fast, abs=1.0)
    assert found.cancels(slow=True) == pytest.approx(slow, abs=1.0)


def test_that_a_probe_is_heard_by_the_centre_only() -> None:
    # Read twice as high, both signals hold LH back; testosterone falls because LH does, and by nothing else.
    day = replace(MAN, duration_days=1.0, output_step_h=1.0)
    misread = replace(day, parameters={"probe_t": np.log(2.0), "probe_e2": np.log(2.0)})
    plain, heard = simulate(HPG_MALE, day), simulate(HPG_MALE, misread)
    assert heard.markers["lh"].mean() < 0.7 * plain.markers["lh"].mean()
    signal = heard.states[:, HPG_MALE.state_index("Af")].mean() / heard.markers["free_testosterone"].mean()
    before = plain.states[:, HPG_MALE.state_index("Af")].mean() / plain.markers["free_testosterone"].mean()
    assert signal / before == pytest.approx(2.0, rel=1e-2)
