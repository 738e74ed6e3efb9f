"""Whether an axis can run at once, or must be compiled first."""

from __future__ import annotations

from endotune_desktop.physiology.axis import Axis
from endotune_desktop.simulation.compilation import is_loaded
from endotune_desktop.simulation.equations import axis_text
from endotune_desktop.simulation.generated import is_generated
from endotune_desktop.simulation.kernel_module import integrator_source


def is_ready(axis: Axis) -> bool:
    """Return whether an axis has machine code, in this process or on disk; a tenth of a second the first time.

    Parameters
    ----------
    axis : Axis
    """
    if is_loaded(axis):
        return True
    text = axis_text(axis)
    sources = {
        "integrator": integrator_source(),
        f"{axis.id}_equations": text.equations,
        f"{axis.id}_elimination": text.elimination,
    }
    return all(is_generated(name, source) for name, source in sources.items())
