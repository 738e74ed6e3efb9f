"""Every test runs apart from the person's own files, with no display, and fails on what nobody expected."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(autouse=True)
def _own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep stores and settings of a test in its own folder."""
    monkeypatch.setenv("ENDOTUNE_DATA_DIR", str(tmp_path / "data"))


@pytest.fixture(autouse=True)
def _no_unexpected_log(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Fail on a warning or worse in any log of ours."""
    caplog.set_level(logging.WARNING)
    yield
    loud = [record for record in caplog.get_records("call") if record.name.startswith("endotune")]
    assert not loud, [record.getMessage() for record in loud]


@pytest.fixture
def resources() -> Path:
    """Return the shipped resources."""
    return ROOT / "resources"
