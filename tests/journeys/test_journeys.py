"""Three stories in a real X window, on the real store and engine, each a process of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = [
    pytest.mark.journey,
    pytest.mark.skipif(not sys.platform.startswith("linux") or shutil.which("Xvfb") is None, reason="needs Xvfb"),
]

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    """Start an X server of our own and return its display."""
    read, write = os.pipe()
    words = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1440x900x24", "-nolisten", "tcp"]
    server = subprocess.Popen(words, pass_fds=(write,), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(write)
    with os.fdopen(read) as pipe:
        number = pipe.readline().strip()
    assert number, "Xvfb did not start"
    yield f":{number}"
    server.terminate()
    server.wait(10)


def story(name: str, display: str, folder: Path) -> str:
    """Run a story and return what it printed; it asserts by itself."""
    environment = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "ENDOTUNE_DATA_DIR": str(folder)}
    words = [sys.executable, "-W", "error::RuntimeWarning", "-m", "tests.journeys.stories", name, str(folder)]
    found = subprocess.run(
        words, env=environment, cwd=HERE.parents[1], capture_output=True, text=True, timeout=90, check=False
    )
    assert found.returncode == 0, found.stdout + found.stderr
    return found.stdout


def test_that_a_first_start_leads_to_an_adopted_scenario(display: str, tmp_path: Path) -> None:
    said = story("first_start", display, tmp_path)
    assert "adopted" in said
    assert (tmp_path / "first_start.png").stat().st_size > 30_000


def test_that_a_new_patient_is_made_by_keyboard_only(display: str, tmp_path: Path) -> None:
    assert "made" in story("keyboard", display, tmp_path)


def test_that_closing_and_opening_finds_all_of_it_again(display: str, tmp_path: Path) -> None:
    first = story("first_start", display, tmp_path)
    second = story("reopen", display, tmp_path)
    assert first.split("adopted ")[1].split()[0] == second.split("found ")[1].split()[0]
