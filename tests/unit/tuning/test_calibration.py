"""The calibration by simulation: who is drawn, what the fit may see, and how coverage is counted."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from endotune_desktop.clinic.errors import InputRefused
from endotune_desktop.exchange.calibration_file import read_protocols
from endotune_desktop.physiology.registry import AXES
from endotune_desktop.tuning.calibration import Forecast, Protocol, calibrated, coverage


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


def test_that_a_protocol_with_an_unknown_marker_is_refused_by_name(tmp_path: Path, resources: Path) -> None:
    text = (resources / "calibration" / "protocols.json").read_text(encoding="utf-8").replace('"ft4"', '"ft5"', 1)
    path = tmp_path / "protocols.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputRefused, match="ft5"):
        read_protocols(path)
