"""The design tokens, read once."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class PaletteName(StrEnum):
    """The three palettes."""

    LIGHT = "light"
    DARK = "dark"
    PROJECTOR = "projector"


@dataclass(frozen=True)
class Tokens:
    """What the design fixes.

    Attributes
    ----------
    palettes : dict of str to dict of str to str
        Colour by palette and role, ``#RRGGBB``.
    family : str
    sizes_px : dict of str to int
        Text sizes at 100 %.
    radii : dict of str to int
    rows : dict of str to int
        Heights at 100 %.
    """

    palettes: dict[str, dict[str, str]]
    family: str
    sizes_px: dict[str, int]
    radii: dict[str, int]
    rows: dict[str, int]


def load_tokens(resources: Path) -> Tokens:
    """Return the tokens in the resources folder."""
    plain = json.loads((resources / "theme" / "tokens.json").read_text(encoding="utf-8"))
    return Tokens(plain["palettes"], plain["font"]["family"], plain["font"]["px"], plain["radius"], plain["row"])
