"""Coefficients of the explicit pair of Dormand and Prince (1980): seven stages, order five, the last stage reused."""

from __future__ import annotations

import numpy as np

STAGES = 7
ORDER = 5

A = np.zeros((STAGES, STAGES))
A[1, :1] = (1 / 5,)
A[2, :2] = (3 / 40, 9 / 40)
A[3, :3] = (44 / 45, -56 / 15, 32 / 9)
A[4, :4] = (19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729)
A[5, :5] = (9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656)
A[6, :6] = (35 / 384, 0.0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84)

NODES = np.array([0.0, 1 / 5, 3 / 10, 4 / 5, 8 / 9, 1.0, 1.0])

ERROR = np.array([71 / 57600, 0.0, -71 / 16695, 71 / 1920, -17253 / 339200, 22 / 525, -1 / 40])
"""Fifth order minus fourth order."""

DENSE = np.array(
    [
        -12715105075 / 11282082432, 0.0, 87487479700 / 32700410799, -10690763975 / 1880347072,
        701980252875 / 199316789632, -1453857185 / 822651844, 69997945 / 29380423,
    ]
)  # fmt: skip
"""Weights of the last coefficient of the fourth-order dense output (Hairer, Norsett and Wanner, II.6)."""
