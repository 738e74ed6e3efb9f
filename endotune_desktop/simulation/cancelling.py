"""How a run is stopped from another thread."""

from __future__ import annotations

import numpy as np


class Cancelled(Exception):
    """A newer request made this run pointless."""


class CancelFlag:
    """A flag that compiled code looks at once a step.

    Attributes
    ----------
    cell : array, shape (1,)
        Non-zero when the run shall stop; shared with the kernel.
    """

    def __init__(self) -> None:
        self.cell = np.zeros(1, dtype=np.int64)

    def cancel(self) -> None:
        """Ask the run to stop at its next step."""
        self.cell[0] = 1

    @property
    def cancelled(self) -> bool:
        """Return whether the run was asked to stop."""
        return bool(self.cell[0])
