"""The states of the prolactin axis (gh_prolactin_calcium.md section 2)."""

from __future__ import annotations

from endotune_desktop.physiology.axis import State


def _drug(short: str, name: str, unit: str, scale: float) -> tuple[State, State]:
    """Return gut depot and central amount of an oral drug."""
    return (
        State(f"g_{short}", unit, f"{name} in the gut", 0.0, scale),
        State(f"c_{short}", unit, f"{name} in the body", 0.0, scale),
    )


STATES: tuple[State, ...] = (
    State("L", "1", "lactotroph store ready for release, 1 = normal", 1.0, 1.0),
    State("PRL", "ug/L", "monomeric prolactin in plasma", 10.0, 10.0),
    State("DA", "1", "tuberoinfundibular dopamine, 1 = normal", 1.0, 1.0),
    State("Vt", "1", "tumour volume, 1 = at diagnosis", 1.0, 1.0),
    State("MAC", "ug/L", "macroprolactin in plasma", 0.0, 10.0),
    State("trh", "ug", "protirelin in plasma", 0.0, 10.0),
    *_drug("cab", "cabergoline", "ug", 100.0),
    State("B", "ug/L", "cabergoline at its site of effect", 0.0, 0.01),
    *_drug("bro", "bromocriptine", "ug", 100.0),
    *_drug("ris", "risperidone with 9-hydroxyrisperidone", "mg", 1.0),
    *_drug("met", "metoclopramide", "mg", 1.0),
    *_drug("hal", "haloperidol", "mg", 1.0),
    *_drug("ari", "aripiprazole", "mg", 1.0),
)
