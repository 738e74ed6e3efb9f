"""The draws that a receipt keeps, as numbers; apart from their making, so that scoring loads no engine."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt


def floats_of(content: bytes) -> npt.NDArray[np.float64]:
    """Return the draws that a receipt keeps, as numbers."""
    return np.frombuffer(content, dtype="<f4").astype(np.float64)
