"""The machine that figures were taken on, and how fast it is, so that figures of two machines can be compared."""

from __future__ import annotations

import os
import platform
import statistics
import time
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from endotune_desktop.app.measuring.native import native_loop

_LOOPS = 200_000
_RUNS = 7
_PACKAGES = ("numpy", "numba", "scipy", "libroadrunner", "python-libsbml")


def cpu_name() -> str:
    """Return the processor's name as the system gives it."""
    info = Path("/proc/cpuinfo")
    if info.exists():
        for line in info.read_text().splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.processor() or platform.machine()


def installed_environment() -> dict[str, str]:
    """Return this process' environment with bytecode kept, as an installed program has it.

    Without it every start compiles hundreds of modules again.
    """
    return {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}


def machine_facts() -> dict[str, Any]:
    """Return processor, cores, system, versions and load, as JSON values."""
    return {
        "cpu": cpu_name(),
        "cores": os.cpu_count(),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "packages": {name: _version(name) for name in _PACKAGES},
        "load_average": [round(load, 2) for load in os.getloadavg()] if hasattr(os, "getloadavg") else None,
    }


def machine_line() -> str:
    """Return the machine in one line."""
    facts = machine_facts()
    packages = ", ".join(f"{name} {facts['packages'][name]}" for name in ("numpy", "numba"))
    load = f", load {facts['load_average'][0]:g}" if facts["load_average"] else ""
    return f"{facts['cpu']}, {facts['cores']} cores, {facts['system']}, Python {facts['python']}, {packages}{load}"


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def speed_reference() -> dict[str, float]:
    """Return medians of fixed work that no change of this program touches, CPU milliseconds.

    Returns
    -------
    dict of str to float
        ``python_ms``: a loop of 200,000 integer steps in plain Python; ``native_ms``: 200,000 dependent steps of one
        exponential and one power, compiled. Divide a figure by them to compare it with one of another machine.
    """
    compiled = native_loop()
    return {"python_ms": _median_ms(_python_loop), "native_ms": _median_ms(lambda: compiled(_LOOPS))}


def _python_loop() -> int:
    state = 1
    for _ in range(_LOOPS):
        state = (1103515245 * state + 12345) & 0x7FFFFFFF
    return state


def _median_ms(work: Any) -> float:  # noqa: ANN401  (any callable)
    work()
    taken = []
    for _ in range(_RUNS):
        begun = time.process_time()
        work()
        taken.append((time.process_time() - begun) * 1e3)
    return statistics.median(taken)
