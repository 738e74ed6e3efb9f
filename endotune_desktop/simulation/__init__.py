"""Numbers: an axis, a person and a regimen become a course."""

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
