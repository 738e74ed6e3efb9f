"""The loop of an axis around its flat state: its transfer function without cutting anything (tuning.md 2.1).

The centre's reading of every feedback signal is probed. With A the slopes of the rates, b what the probe does to them
and c how the heard signal answers to the state, the closed loop answers ``M(s) = c (s - A)^-1 b``, and the loop's own
transfer function is exactly ``L(s) = -M / (1 + M)``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from endotune_desktop.physiology.communication import Communication
from endotune_desktop.tuning.operating_point import OperatingPoint

FloatArray = npt.NDArray[np.float64]
ComplexArray = npt.NDArray[np.complex128]

PROBE = 1e-4
_STATE_STEP = 1e-5
_SILENT = 1e-12
_NO_LOOP = 1e-6
"""A loop that answers a millionth of a disturbance is cut; its phase is rounding."""
FREQUENCIES_PER_H = np.geomspace(1e-5, 30.0, 700)


@dataclass(frozen=True)
class Loop:
    """A loop around an operating point.

    Attributes
    ----------
    a : array, shape (n, n)
        Slopes of the rates, an hour.
    b : array, shape (n,)
        What the probe of all signals adds to the rates.
    c : array, shape (n,)
        Slope of the logarithm of the heard signal.
    upstream : array, shape (n,)
        Slope of the logarithm of what the centre sends.
    own : array, shape (n,)
        Slope of the logarithm of the gland's secretion; nan where it secretes nothing.
    kept_fast, kept_slow : array of int
        States that take part when the masses are held, and when they may move.
    """

    a: FloatArray
    b: FloatArray
    c: FloatArray
    upstream: FloatArray
    own: FloatArray
    kept_fast: npt.NDArray[np.int64]
    kept_slow: npt.NDArray[np.int64]

    def gain(self, *, slow: bool) -> float:
        """Return L(0): how many times a lasting disturbance is answered."""
        return float(np.real(self.transfer(np.array([0.0]), slow=slow)[0]))

    def cancels(self, *, slow: bool) -> float:
        """Return the share of a lasting disturbance that the axis removes, per cent."""
        gain = self.gain(slow=slow)
        return 100.0 * gain / (1.0 + gain)

    def transfer(self, per_h: FloatArray, *, slow: bool) -> ComplexArray:
        """Return L at angular frequencies, shape as given."""
        kept = self.kept_slow if slow else self.kept_fast
        a, b, c = self.a[np.ix_(kept, kept)], self.b[kept], self.c[kept]
        unit = np.eye(kept.size)
        shifted = 1j * np.asarray(per_h)[:, np.newaxis, np.newaxis] * unit - a
        closed = np.linalg.solve(
            shifted, np.broadcast_to(b.astype(np.complex128)[:, np.newaxis], (*per_h.shape, b.size, 1))
        )
        closed = closed[..., 0] @ c
        return np.asarray(-closed / (1.0 + closed))

    def margins(self) -> tuple[float, float]:
        """Return the phase margin in degrees and the gain margin as a factor, masses held; nan where there is none."""
        answer = self.transfer(FREQUENCIES_PER_H, slow=False)
        size, phase = np.abs(answer), np.unwrap(np.angle(answer))
        phase_margin = gain_margin = np.nan
        if float(size.max()) < _NO_LOOP:
            return phase_margin, gain_margin
        over = np.flatnonzero((size[:-1] >= 1.0) & (size[1:] < 1.0))
        if over.size:
            phase_margin = 180.0 + float(np.degrees(_between(size, phase, int(over[-1]), 1.0)))
        turned = np.flatnonzero((phase[:-1] > -np.pi) & (phase[1:] <= -np.pi))
        if turned.size:
            gain_margin = 1.0 / _between(phase, size, int(turned[0]), -np.pi)
        return phase_margin, gain_margin

    def eigenvalues(self) -> ComplexArray:
        """Return the eigenvalues of the closed loop, slowest first, an hour."""
        kept = self.kept_slow
        found = np.linalg.eigvals(self.a[np.ix_(kept, kept)])
        return np.asarray(found[np.argsort(-found.real)])

    def damping(self) -> float:
        """Return the least damping ratio of the closed loop's oscillating parts; 1 when nothing oscillates."""
        found = self.eigenvalues()
        turning = found[np.abs(found.imag) > 1e-9 * np.maximum(np.abs(found.real), 1e-12)]
        return float(np.min(-turning.real / np.abs(turning), initial=1.0))

    def centre_response(self) -> float:
        """Return by how many per cent the centre sends less for one per cent more signal, masses held.

        Negative where the centre sends more (dopamine, which holds back).
        """
        gain = self.gain(slow=False)
        return float(-self._static(self.upstream, self.kept_fast) * (1.0 + gain))

    def gland_response(self) -> float:
        """Return by how many per cent the gland secretes more for one per cent more from the centre, masses held."""
        sent = self._static(self.upstream, self.kept_fast)
        return self._static(self.own, self.kept_fast) / sent if sent else float("nan")

    def _static(self, row: FloatArray, kept: npt.NDArray[np.int64]) -> float:
        return float(row[kept] @ np.linalg.solve(-self.a[np.ix_(kept, kept)], self.b[kept]))


def loop_around(point: OperatingPoint, told: Communication) -> Loop:
    """Return the loop around a flat state.

    Parameters
    ----------
    point : OperatingPoint
    told : Communication
    """
    ready = point.ready
    axis = ready.axis
    a = point.slopes()
    probes = [_probe_column(point, signal.probe) for signal in told.signals]
    ids = [marker.id for marker in axis.markers]
    table = _marker_slopes(point)
    here = point.markers()

    def logarithmic(marker: str) -> FloatArray:
        row = ids.index(marker)
        return np.asarray(table[row] / here[row]) if here[row] != 0.0 else np.full(a.shape[0], np.nan)

    left_out = {axis.state_index(name) for name in (*told.unreached, *told.held)}
    slow = {axis.state_index(name) for name in told.slow}
    kept_slow = np.array([i for i in range(a.shape[0]) if i not in left_out], dtype=np.int64)
    kept_fast = np.array([i for i in kept_slow if i not in slow], dtype=np.int64)
    upstream = logarithmic(told.upstream)
    inverse = np.linalg.solve(-a[np.ix_(kept_fast, kept_fast)], np.stack(probes, axis=1)[kept_fast])
    answers = upstream[kept_fast] @ inverse
    total = float(answers.sum())
    # A centre that sends nothing weighs nothing; what it would hear then counts alike.
    silent = not np.isfinite(total) or abs(total) < _SILENT
    weights = np.full(answers.size, 1.0 / answers.size) if silent else answers / total
    heard = np.nan_to_num(np.array([logarithmic(signal.marker) for signal in told.signals]))
    return Loop(a, np.sum(probes, axis=0), weights @ heard, upstream, logarithmic(told.secretion), kept_fast, kept_slow)


def _between(along: FloatArray, wanted: FloatArray, index: int, level: float) -> float:
    share = (level - along[index]) / (along[index + 1] - along[index])
    return float(wanted[index] + share * (wanted[index + 1] - wanted[index]))


def _probe_column(point: OperatingPoint, probe: str) -> FloatArray:
    up, down = (point.with_parameter(probe, value) for value in (PROBE, -PROBE))
    return (point.mean_rates(point.states, up) - point.mean_rates(point.states, down)) / (2.0 * PROBE)


def _marker_slopes(point: OperatingPoint) -> FloatArray:
    """Return the derivative of every marker with respect to every state, shape (n_markers, n)."""
    y = point.states
    columns = []
    for index in range(y.size):
        step = _STATE_STEP * max(abs(float(y[index])), 1e-2 * float(point.ready.scales[index]))
        up, down = y.copy(), y.copy()
        up[index] += step
        down[index] -= step
        columns.append((point.markers(up) - point.markers(down)) / (2.0 * step))
    return np.stack(columns, axis=1)
