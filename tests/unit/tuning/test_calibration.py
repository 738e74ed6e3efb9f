"""The calibration by simulation: who is drawn, what the fit may see, and how coverage is counted."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from endotune_desktop.app.commands.verify_calibration import all_hold, pooled
from endotune_desktop.clinic.errors import InputRefused
from endotune_desktop.exchange.calibration_file import read_protocols
from endotune_desktop.physiology.registry import AXES
from endotune_desktop.tuning import calibration
from endotune_desktop.tuning.calibration import Coverage, Forecast, Protocol, calibrated, coverage, needed_widths
from endotune_desktop.tuning.evidence import Observation
from endotune_desktop.tuning.prior import prior_of
from endotune_desktop.tuning.variation import Variation
from endotune_desktop.tuning.width import width_factor


@pytest.fixture
def protocols(resources: Path) -> list[Protocol]:
    """Return the shipped protocols."""
    return read_protocols(resources / "calibration" / "protocols.json")


def test_that_every_axis_has_a_protocol_of_results_that_it_models(protocols: list[Protocol]) -> None:
    assert [protocol.scenario.axis for protocol in protocols] == list(AXES)
    for protocol in protocols:
        markers = {marker.id for marker in AXES[protocol.scenario.axis].markers}
        assert set(protocol.markers) <= markers
        assert len(protocol.visit_days) == 3
        assert all(42.0 <= day <= 84.0 for day in protocol.ahead_days)


def test_that_a_virtual_clinic_hangs_on_its_seed_alone_and_bands_are_ordered(protocols: list[Protocol]) -> None:
    protocol = replace(protocols[0], visit_days=(14.0,), ahead_days=(42.0,))
    first, again, other = (calibrated(AXES["hpt"], protocol, 2, seed, draws=60) for seed in (1, 1, 2))
    assert first == again
    assert [entry.came for entry in first] != [entry.came for entry in other]
    for entry in first:
        assert list(entry.quantiles) == sorted(entry.quantiles)
        assert entry.quantiles[1] <= entry.median <= entry.quantiles[2]
        assert 0.0 <= entry.below <= 1.0


def test_that_coverage_counts_what_came_inside() -> None:
    def one(came: float) -> Forecast:
        return Forecast(0, "tsh", 1, 42.0, (1.0, 2.0, 3.0, 4.0), 2.5, came, 0.5)

    (row,) = coverage([one(0.5), one(1.5), one(2.5), one(4.0)])
    assert (row.count, row.in50, row.in90) == (4, 0.25, 0.75)


def test_that_bands_are_judged_for_each_marker_and_not_only_together() -> None:
    def row(marker: str, in50: float, in90: float, count: int = 400) -> Coverage:
        return Coverage(marker, 1, 42.0, count, in50, in90, 0.1, 0.5)

    inside, narrow, wide = row("tsh", 0.5, 0.9), row("ft4", 0.38, 0.8), row("ft3", 0.62, 0.99)
    assert all_hold([inside])
    assert pooled([narrow, wide], "in50")[0] == pytest.approx(0.5)
    assert not all_hold([narrow, wide])
    assert not all_hold([inside, narrow])
    assert all_hold([inside, row("ft4", 0.38, 0.8, 6)])  # two patients tell nothing


def test_that_narrow_bands_are_told_their_factor_with_the_shipped_one_taken_out() -> None:
    def made(marker: str, narrower: float) -> list[Forecast]:
        drawn = np.random.default_rng(4)
        low, half_low, half_high, high = np.exp(np.array([-1.645, -0.674, 0.674, 1.645]) / narrower)
        came = np.exp(drawn.standard_normal(400))
        return [Forecast(n, marker, 1, 42.0, (low, half_low, half_high, high), 1.0, x, 0.5) for n, x in enumerate(came)]

    found = needed_widths("hpt", [*made("tsh", 1.4), *made("ft4", 1.0)])
    assert width_factor("hpt", "tsh", 1) == 1.0
    assert found["hpt", "tsh", 1] == pytest.approx(1.4, rel=0.1)
    assert found["hpt", "ft4", 1] == pytest.approx(width_factor("hpt", "ft4", 1), rel=0.1)
    assert needed_widths("hpt", made("tsh", 0.5))["hpt", "tsh", 1] == 1.0


def test_that_the_truth_misses_the_fitted_model_by_the_whole_assumed_error(
    protocols: list[Protocol], monkeypatch: pytest.MonkeyPatch
) -> None:
    still = Variation(0.0, 0.0, 0.0, 0.0, "still")
    own = replace(still, model=0.4)
    times = np.array([14.0, 42.0, 84.0]) * 24.0 + 9.0
    logs = []
    for patient in range(60):
        found = []
        for said in (still, own):
            monkeypatch.setattr(calibration, "variation", lambda _, said=said: said)
            generator = np.random.Generator(np.random.PCG64([3, patient]))
            truth = calibration._Truth(AXES["hpt"], protocols[0].scenario, protocols[0], generator, [3, patient])
            results = truth.results(times)
            found.append(np.log([results["tsh", day] for day in (14.0, 42.0, 84.0)]))
        logs.append(found[1] - found[0])
    table = np.array(logs)
    assert np.std(table) == pytest.approx(0.4, rel=0.2)
    assert np.std(table.mean(axis=1)) == pytest.approx(0.4 * np.sqrt(0.5 + 0.5 / 3.0), rel=0.25)


def test_that_missed_days_and_absorption_together_are_the_spread_of_recent_intake(protocols: list[Protocol]) -> None:
    protocol = next(entry for entry in protocols if entry.scenario.axis == "hpg_male")
    axis = AXES["hpg_male"]
    own = prior_of(axis, protocol.scenario, [Observation("", "testosterone", 0.0, 1.0)])
    days, spread = own.recent_intake
    missed = protocol.missed[0] / sum(protocol.missed)
    drawn = np.random.default_rng(2)
    taken = drawn.random((20000, int(days))) > missed
    absorbed = np.exp(calibration._absorption_spread(own, protocol) * drawn.standard_normal(20000))
    assert np.std(taken.mean(axis=1) * absorbed) == pytest.approx(spread, rel=0.05)


def test_that_a_protocol_with_an_unknown_marker_is_refused_by_name(tmp_path: Path, resources: Path) -> None:
    text = (resources / "calibration" / "protocols.json").read_text(encoding="utf-8").replace('"ft4"', '"ft5"', 1)
    path = tmp_path / "protocols.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputRefused, match="ft5"):
        read_protocols(path)
