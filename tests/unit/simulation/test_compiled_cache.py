"""Compiled code on disk: found again, made anew when it is damaged, and shared by processes that start together."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from endotune_desktop.simulation import generated
from endotune_desktop.simulation.generated import CACHE_VARIABLE, cache_folder, load_generated

ROOT = Path(__file__).resolve().parents[3]
SOURCE = """from numba import njit


@njit("float64(float64)", cache=True)
def twice(x):
    return 2.0 * x
"""
LOAD = (
    "import sys\n"
    "from endotune_desktop.simulation.generated import load_generated\n"
    f"module, compiled_now = load_generated('sample', {SOURCE!r})\n"
    "print(compiled_now, module.twice(21.0))\n"
)
AXIS = (
    "from endotune_desktop.simulation import compiled\n"
    "from tests.unit.simulation.toys import KINETIC\n"
    "seen = []\n"
    "ready = compiled(KINETIC, lambda sentence, share: seen.append(share))\n"
    "print(ready.compiled_now, len(seen) > 3, seen[0], seen[-1], seen == sorted(seen))\n"
)


def _process(code: str, cache: Path, home: Path = ROOT) -> subprocess.Popen[str]:
    environment = {**os.environ, CACHE_VARIABLE: str(cache), "PYTHONPATH": str(home)}
    return subprocess.Popen(
        [sys.executable, "-c", code], cwd=home, env=environment, text=True, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )  # fmt: skip


def _printed(process: subprocess.Popen[str]) -> str:
    output, errors = process.communicate(timeout=300)
    assert process.returncode == 0, errors
    return output.strip()


def _files(cache: Path) -> list[Path]:
    return sorted(path for path in (cache / "compiled").glob("*/__pycache__/*.nb[ic]"))


def test_that_the_second_start_compiles_nothing(tmp_path: Path) -> None:
    assert _printed(_process(AXIS, tmp_path)) == "True True 0.0 1.0 True"
    written = {path: path.read_bytes() for path in _files(tmp_path)}
    assert _printed(_process(AXIS, tmp_path)) == "False True 0.0 1.0 True"
    assert {path: path.read_bytes() for path in _files(tmp_path)} == written


def test_that_a_copied_program_in_a_folder_without_write_access_leaves_nothing_there(tmp_path: Path) -> None:
    home = tmp_path / "installed"
    shutil.copytree(ROOT / "endotune_desktop", home / "endotune_desktop", ignore=shutil.ignore_patterns("__pycache__"))
    for folder in [home, *(path for path in home.rglob("*") if path.is_dir())]:
        folder.chmod(0o555)
    before = sorted(path for path in home.rglob("*") if path.suffix in (".nbi", ".nbc"))
    try:
        assert _printed(_process(LOAD, tmp_path / "cache", home)) == "True 42.0"
        assert _printed(_process(LOAD, tmp_path / "cache", home)) == "False 42.0"
        after = sorted(path for path in home.rglob("*") if path.suffix in (".nbi", ".nbc"))
    finally:
        for folder in [home, *(path for path in home.rglob("*") if path.is_dir())]:
            folder.chmod(0o755)
    assert before == after == []


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a cache that holds the sample."""
    cache = tmp_path_factory.mktemp("seeded")
    assert _printed(_process(LOAD, cache)) == "True 42.0"
    return cache


@pytest.mark.parametrize("damage", ["truncated", "flipped", "emptied", "no digests", "other source", "a file instead"])
def test_that_damaged_code_is_compiled_again(seeded: Path, tmp_path: Path, damage: str) -> None:
    shutil.copytree(seeded, tmp_path, dirs_exist_ok=True)
    code = next(path for path in _files(tmp_path) if path.suffix == ".nbc")
    home = code.parents[1]
    content = code.read_bytes()
    if damage == "truncated":
        code.write_bytes(content[: len(content) // 2])
    elif damage == "flipped":
        middle = len(content) // 2
        code.write_bytes(content[:middle] + bytes([content[middle] ^ 0xFF]) + content[middle + 1 :])
    elif damage == "emptied":
        for path in _files(tmp_path):
            path.write_bytes(b"")
    elif damage == "no digests":
        (home / "digests.json").write_text("not json", encoding="utf-8")
    elif damage == "other source":
        (home / "source.py").write_text("raise SystemExit", encoding="utf-8")
    else:
        shutil.rmtree(home)
        home.write_text("", encoding="utf-8")
    assert _printed(_process(LOAD, tmp_path)) == "True 42.0"


def test_that_processes_that_start_together_all_get_their_code(tmp_path: Path) -> None:
    together = [_process(LOAD, tmp_path) for _ in range(3)]
    assert {_printed(process).split()[1] for process in together} == {"42.0"}
    assert _printed(_process(LOAD, tmp_path)) == "False 42.0"
    assert len([path for path in (tmp_path / "compiled").iterdir() if path.is_dir()]) == 1


def test_that_another_folder_serves_when_the_usual_one_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(folder: Path) -> None:
        raise PermissionError(folder)

    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path / "usual"))
    monkeypatch.setattr(tempfile, "gettempdir", lambda: str(tmp_path / "temporary"))
    monkeypatch.setattr(generated, "_probe", refused)
    assert cache_folder().is_relative_to(tmp_path / "temporary")


def test_that_source_that_does_not_compile_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path))
    with pytest.raises(ZeroDivisionError):
        load_generated("broken", "1 / 0\n")
    assert list((tmp_path / "compiled").iterdir()) == []
