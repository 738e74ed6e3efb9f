"""Every screen and dialog is drawn, in three palettes and sizes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from endotune_desktop.physiology.registry import AXES


def test_that_the_tour_draws_every_screen_and_none_twice(tmp_path: Path) -> None:
    from PySide6.QtGui import QImage

    words = [sys.executable, "-m", "endotune_desktop", "--debug", "tour", "-o", str(tmp_path / "tour")]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    found = subprocess.run(words, capture_output=True, text=True, env=environment, check=False, timeout=900)
    assert found.returncode == 0, found.stderr
    names = {path.stem for path in (tmp_path / "tour").glob("*.png")}
    assert {"01_first_start", "02_whatif_dark", "02_whatif_projector", "05_loop", "05_phase", "05_table"} <= names
    assert {"10_weekly_plan_dark", "10_24h_strip_200_percent", "10_missed_days"} <= names
    assert {"09_edit_lab_refused", "09_edit_order_asked", "09_edit_vitals_refused", "09_visits"} <= names
    for axis in AXES:
        assert {f"11_{axis}_{picture}" for picture in ("course", "loop", "phase", "course_1920x1080")} <= names
    looks = ("1280x800", "1920x1080", "dark", "150_percent")
    parts = (
        "presentation", "forecasts", "forecasts_of_the_clinic", "fit_card", "no_target", "communication",
        "function_test", "links", "model",
    )  # fmt: skip
    assert {f"12_{part}_{look}" for part in parts for look in looks} <= names
    drawn = [path.read_bytes() for path in sorted((tmp_path / "tour").glob("*.png"))]
    assert len(set(drawn)) == len(drawn)
    for width, height in ((1280, 800), (1920, 1080)):
        image = QImage(str(tmp_path / "tour" / f"03_workbench_{width}x{height}.png"))
        assert (image.width(), image.height()) == (width, height)
        assert len({image.pixel(x, y) for x in range(0, width, 7) for y in range(0, height, 11)}) > 40
