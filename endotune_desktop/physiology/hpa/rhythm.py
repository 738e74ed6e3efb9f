"""The pulses of the adrenal axis (hpa.md section 2, circadian drive)."""

from __future__ import annotations

from endotune_desktop.physiology.rhythm import PulseChain, PulseTrain

PULSES = PulseTrain(
    state="q1",
    mean_interval_h=1.35,
    interval_cv=0.35,
    mean_amount=1.35 / 0.15,
    amount_cv=0.6,
    source="hpa.md section 2: gamma intervals of mean 1.35 h, shape 1/0.35^2; masses 1.35 exp(s z - s^2/2), over tau",
    lead_in_h=4.0,
    times_first=True,
    chain=PulseChain("q2", 0.15),
    holds={"pulse_rest": 0.0, "pulsat": 0.8},
)
