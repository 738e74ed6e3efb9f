"""Sets the project up and runs it: ``python3 packaging/bootstrap.py run`` or ``... test``.

Needs nothing but Python 3.11 or newer and pip. Makes a virtual environment beside the project, installs the pinned
packages into it, and goes on from there; every call is safe to repeat and does only what is missing.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
STAMP = VENV / "installed.sha256"
LOG = VENV / "install.log"
CONSTRAINTS = ROOT / "packaging" / "constraints.txt"
SCENARIO = ROOT / "resources" / "scenarios" / "athyreotic_levothyroxine.endotune.json"

OFFSCREEN_PACKAGES = ("libgl1", "libegl1", "libxkbcommon0", "libdbus-1-3", "libglib2.0-0", "libfontconfig1")
WINDOW_PACKAGES = (
    "libxcb-cursor0", "libxcb-icccm4", "libxcb-keysyms1", "libxcb-shape0", "libxcb-xkb1", "libxkbcommon-x11-0",
)  # fmt: skip

STARTED = time.monotonic()


def say(sentence: str) -> None:
    """Print one line of progress with the time since the start."""
    print(f"[{time.monotonic() - STARTED:5.0f} s] {sentence}", flush=True)


def leave(sentence: str) -> None:
    """Stop with one sentence."""
    print(sentence, file=sys.stderr, flush=True)
    raise SystemExit(3)


def venv_python() -> Path:
    """Return the environment's interpreter."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def wanted_stamp() -> str:
    """Return what the environment must have been made from."""
    parts = [CONSTRAINTS.read_bytes(), (ROOT / "pyproject.toml").read_bytes(), sys.version.encode(), str(ROOT).encode()]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def run_logged(words: Sequence[str], what: str) -> None:
    """Run a step; its output goes to the log, and to the screen only when it fails."""
    begun = time.monotonic()
    with LOG.open("a", encoding="utf-8") as log:
        step = subprocess.Popen(words, cwd=ROOT, stdout=log, stderr=subprocess.STDOUT)
        while True:
            try:
                status = step.wait(timeout=15)
                break
            except subprocess.TimeoutExpired:
                say(f"{what}: still at it, {time.monotonic() - begun:.0f} s")
    if status:
        tail = LOG.read_text(encoding="utf-8", errors="replace").splitlines()[-15:]
        print("\n".join(tail), file=sys.stderr)
        leave(f"{what} failed; the whole log is in {LOG}")


def make_environment() -> None:
    """Make the virtual environment, with pip inside where that is possible and from outside where it is not."""
    if venv_python().exists():
        return
    has_pip_maker = importlib.util.find_spec("ensurepip") is not None
    if not has_pip_maker and importlib.util.find_spec("pip") is None:
        leave("Neither ensurepip nor pip is here. On Debian or Ubuntu: apt-get install -y python3-pip python3-venv")
    say(f"Step 1 of 3: making the environment in {VENV}")
    words = [sys.executable, "-m", "venv", str(VENV)]
    if not has_pip_maker:
        words.insert(3, "--without-pip")
    made = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    if made.returncode and "--without-pip" not in words:
        shutil.rmtree(VENV, ignore_errors=True)
        words.insert(3, "--without-pip")
        made = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    if made.returncode:
        leave(f"The environment could not be made: {(made.stderr or made.stdout).strip().splitlines()[-1]}")


def pip_words() -> list[str]:
    """Return how pip is called for the environment: its own, or the running interpreter's from outside."""
    own = subprocess.run([str(venv_python()), "-m", "pip", "--version"], capture_output=True, check=False)
    if own.returncode == 0:
        return [str(venv_python()), "-m", "pip"]
    outside = subprocess.run([sys.executable, "-m", "pip", "--version"], capture_output=True, check=False)
    if outside.returncode:
        leave("There is no pip. On Debian or Ubuntu: apt-get install -y python3-pip")
    return [sys.executable, "-m", "pip", "--python", str(venv_python())]


def setup() -> None:
    """Make the environment and install into it what the constraints pin, unless that was done."""
    if sys.version_info < (3, 11):  # noqa: UP036  (this file runs before any package does)
        leave(f"EndoTune needs Python 3.11 or newer; this is {sys.version.split()[0]}")
    make_environment()
    if STAMP.exists() and STAMP.read_text(encoding="utf-8") == wanted_stamp():
        return
    LOG.write_text("", encoding="utf-8")
    say("Step 2 of 3: installing the packages (some 200 MB the first time)")
    shared = ["--disable-pip-version-check", "--no-input", "-c", str(CONSTRAINTS)]
    run_logged([*pip_words(), "install", *shared, "-e", f"{ROOT}[test]"], "Installing")
    STAMP.write_text(wanted_stamp(), encoding="utf-8")
    say("Step 3 of 3: the environment is ready")


def qt_fault(platform: str) -> str:
    """Return why Qt cannot start on a platform, empty when it can."""
    code = (
        "import sys; from PySide6.QtGui import QGuiApplication; from PySide6 import QtWidgets, QtSvg; "
        "QGuiApplication(sys.argv[:1]); print('fine')"
    )
    environment = {**os.environ, **({"QT_QPA_PLATFORM": platform} if platform else {})}
    words = [str(venv_python()), "-c", code]
    try:
        found = subprocess.run(words, capture_output=True, text=True, check=False, env=environment, timeout=120)
    except subprocess.TimeoutExpired:
        return "it did not answer within two minutes"
    return "" if "fine" in found.stdout else (found.stderr.strip() or f"ended with status {found.returncode}")


def on_debian() -> bool:
    """Return whether apt-get is here."""
    return shutil.which("apt-get") is not None


def has_package(name: str) -> bool:
    """Return whether Debian has a package installed, so that only what is lacking is asked for."""
    if shutil.which("dpkg-query") is None:
        return False
    words = ["dpkg-query", "-W", "-f=${Status}", name]
    found = subprocess.run(words, capture_output=True, text=True, check=False)
    return "install ok installed" in found.stdout


def apt_install(packages: Sequence[str], why: str) -> bool:
    """Name the one line that installs packages, and run it where this is root on Debian."""
    lacking = [name for name in packages if not has_package(name)] or list(packages)
    line = f"apt-get install -y --no-install-recommends {' '.join(lacking)}"
    if not on_debian() or os.name == "nt" or os.geteuid() != 0:
        print(f"{why}. On Debian or Ubuntu: {line}", file=sys.stderr, flush=True)
        return False
    say(f"{why}; running: {line}")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for words in (line.split(), ["apt-get", "update"], line.split()):
        done = subprocess.run(words, capture_output=True, text=True, check=False, env=environment)
        if done.returncode == 0 and words[1] == "install":
            return True
    return False


def need_qt(platform: str) -> None:
    """Make sure that Qt starts, or stop with the line that helps."""
    fault = qt_fault(platform)
    if not fault:
        return
    packages = OFFSCREEN_PACKAGES if platform == "offscreen" else OFFSCREEN_PACKAGES + WINDOW_PACKAGES
    if not sys.platform.startswith("linux"):
        leave(f"Qt cannot start: {fault.splitlines()[-1]}")
    if not apt_install(packages, "Qt lacks libraries of the system") or qt_fault(platform):
        leave(f"Qt cannot start: {fault.splitlines()[-1]}")


def has_display() -> bool:
    """Return whether a window can be shown here."""
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def run() -> int:
    """Open the workbench; with no display, draw it and print a course."""
    setup()
    if has_display():
        wanted = os.environ.get("QT_QPA_PLATFORM") or ("xcb" if os.environ.get("DISPLAY") else "wayland")
        need_qt(wanted if sys.platform.startswith("linux") else "")
        say("Opening the workbench")
        return subprocess.call(
            [str(venv_python()), "-m", "endotune_desktop"], env={**os.environ, "ENDOTUNE_QT_CHECKED": "1"}
        )
    need_qt("offscreen")
    folder = Path(tempfile.mkdtemp(prefix="endotune-tour-"))
    say(f"There is no display: drawing every screen into {folder}")
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    status = subprocess.call(
        [str(venv_python()), "-m", "endotune_desktop", "tour", "-o", str(folder)],
        env=environment, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    if status:
        return status
    course = folder / "course.csv"
    status = subprocess.call(
        [str(venv_python()), "-m", "endotune_desktop", "simulate", str(SCENARIO), "-o", str(course)]
    )
    if status:
        return status
    rows = course.read_text(encoding="utf-8").splitlines()
    names = rows[0].split(",")[:4]
    print("A simulated course: athyreotic woman, levothyroxine 100 to 125 ug a day")
    print("  ".join(f"{name:>10}" for name in names))
    for row in rows[1 : 24 * 84 : 24 * 7]:
        print("  ".join(f"{float(cell):10.2f}" for cell in row.split(",")[:4]))
    print(f"Pictures: {folder} ({len(list(folder.glob('*.png')))} files)")
    print(f"Course:   {course} ({len(rows) - 1} rows)")
    return 0


def test() -> int:
    """Run the tests; the last line is pytest's own."""
    setup()
    need_qt("offscreen")
    if sys.platform.startswith("linux"):
        lacking = shutil.which("Xvfb") is None or bool(_xcb_lacking())
        if lacking and not apt_install(("xvfb", *WINDOW_PACKAGES), "The journeys want a real X window"):
            say("Without Xvfb the journeys in a real window are skipped")
    say("Running the tests")
    environment = {key: value for key, value in os.environ.items() if key not in ("DISPLAY", "WAYLAND_DISPLAY")}
    environment["QT_QPA_PLATFORM"] = "offscreen"
    command = [str(venv_python()), "-m", "pytest", "-q", "-n", "auto", "--maxprocesses", "4", "--dist", "loadfile"]
    return subprocess.call(command, cwd=ROOT, env=environment)


def _xcb_lacking() -> str:
    """Return what the xcb platform plugin lacks, empty when nothing."""
    code = (
        "import PySide6, pathlib, subprocess; p = pathlib.Path(PySide6.__file__).parent; "
        "f = next(p.rglob('libqxcb.so'), None); "
        "o = subprocess.run(['ldd', str(f)], capture_output=True, text=True).stdout if f else ''; "
        "print(' '.join(l.split()[0] for l in o.splitlines() if 'not found' in l))"
    )
    found = subprocess.run([str(venv_python()), "-c", code], capture_output=True, text=True, check=False)
    return found.stdout.strip()


COMMANDS = {"run": run, "test": test, "setup": lambda: setup() or 0}


def main() -> int:
    """Do what the first word says."""
    word = sys.argv[1] if len(sys.argv) == 2 else ""
    if word not in COMMANDS:
        print("usage: python3 packaging/bootstrap.py run | test | setup", file=sys.stderr)
        return 2
    return int(COMMANDS[word]() or 0)


if __name__ == "__main__":
    sys.exit(main())
