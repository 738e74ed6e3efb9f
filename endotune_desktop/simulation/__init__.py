"""Numbers: an axis, a person and a regimen become a course.

What is named here is loaded when it is first asked for: a window that only cancels what it asked for needs no engine.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from endotune_desktop.simulation.cancelling import CancelFlag, Cancelled
    from endotune_desktop.simulation.compilation import CompiledAxis, compiled
    from endotune_desktop.simulation.course import Course, DoseTick, Remark
    from endotune_desktop.simulation.running import StartState, periodic_start, prepared, simulate
    from endotune_desktop.simulation.source import python_rates

__all__ = [
    "CancelFlag",
    "Cancelled",
    "CompiledAxis",
    "Course",
    "DoseTick",
    "Remark",
    "StartState",
    "compiled",
    "periodic_start",
    "prepared",
    "python_rates",
    "simulate",
]

_HOMES = {
    "cancelling": ("CancelFlag", "Cancelled"),
    "compilation": ("CompiledAxis", "compiled"),
    "course": ("Course", "DoseTick", "Remark"),
    "running": ("StartState", "periodic_start", "prepared", "simulate"),
    "source": ("python_rates",),
}


def __getattr__(name: str) -> object:
    """Load the module that holds a name, and keep the name."""
    for home, names in _HOMES.items():
        if name in names:
            module = import_module(f"{__name__}.{home}")
            globals().update((held, getattr(module, held)) for held in names)
            return globals()[name]
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
