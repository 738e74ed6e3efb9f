"""The axes' unit texts as SBML unit definitions."""

from __future__ import annotations

import re
from typing import NamedTuple


class UnitPart(NamedTuple):
    """One factor of a unit: ``(multiplier * 10**scale * kind) ** exponent``."""

    kind: str
    exponent: int
    scale: int
    multiplier: float


_PREFIXES = {"": 0, "k": 3, "d": -1, "c": -2, "m": -3, "u": -6, "µ": -6, "n": -9, "p": -12, "f": -15}
_BASES = {
    "mol": "mole", "Osm": "mole", "Eq": "mole", "g": "gram", "L": "litre", "m": "metre", "J": "joule", "Pa": "pascal",
    "U": "item", "IU": "item",
}  # fmt: skip
"""International units have no kind of their own in SBML; they are counted as items, which the notes say."""
_WHOLE = {
    "1": ("dimensionless", 0, 1.0), "%": ("dimensionless", -2, 1.0), "s": ("second", 0, 1.0),
    "min": ("second", 0, 60.0), "h": ("second", 0, 3600.0), "d": ("second", 0, 86400.0),
    "week": ("second", 0, 604800.0), "years": ("second", 0, 31557600.0), "year": ("second", 0, 31557600.0),
    "mmHg": ("pascal", 0, 133.322387415),
}  # fmt: skip
_TOKEN = re.compile(
    rf"({'|'.join(filter(None, _PREFIXES))})?({'|'.join(sorted(_BASES, key=len, reverse=True))})([23])?"
)
_MOLAR = re.compile(r"([munpf]?)M")


def unit_parts(text: str) -> tuple[UnitPart, ...] | None:
    """Return the factors of a unit, None when a part of it is not known.

    Parameters
    ----------
    text : str
        As an axis declares it: ``umol/h per pmol/L``.
    """
    found: list[UnitPart] = []
    for whole, sign in zip(text.split(" per "), (1, -1), strict=False):
        for place, token in enumerate(whole.strip().split("/")):
            parts = _factors(token.strip(), sign if place == 0 else -sign)
            if parts is None:
                return None
            found.extend(parts)
    kept = [part for part in found if part.kind != "dimensionless" or part.scale or part.multiplier != 1.0]
    return tuple(kept) or (UnitPart("dimensionless", 1, 0, 1.0),)


def unit_id(text: str) -> str:
    """Return the identifier of a unit: ``umol_per_h_per_pmol_per_L``."""
    words = text.strip().replace(" per ", "/").replace("%", "percent").replace("µ", "u").split("/")
    name = re.sub(r"\W", "_", "_per_".join(words))
    return f"unit_{name}" if not name[0].isalpha() else f"unit_{name}" if name in {"L", "h", "d", "m"} else name


def _factors(token: str, sign: int) -> list[UnitPart] | None:
    if token in _WHOLE:
        kind, scale, multiplier = _WHOLE[token]
        return [UnitPart(kind, sign, scale, multiplier)]
    molar = _MOLAR.fullmatch(token)
    if molar:
        return [UnitPart("mole", sign, _PREFIXES[molar[1]], 1.0), UnitPart("litre", -sign, 0, 1.0)]
    found = _TOKEN.fullmatch(token)
    if found is None:
        return None
    return [UnitPart(_BASES[found[2]], sign * int(found[3] or 1), _PREFIXES[found[1] or ""], 1.0)]
