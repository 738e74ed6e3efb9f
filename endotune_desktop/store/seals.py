"""What is computed from a row and stored beside it: a seal that notices a flipped bit, and a folded text to search.

Both are frozen: files hold what they gave. Another rule needs a new function and a migration that writes anew.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from hashlib import blake2b

SEAL_BYTES = 8
_LETTERS = str.maketrans(
    {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "æ": "ae", "Æ": "AE",
     "œ": "oe", "Œ": "OE", "þ": "th", "Þ": "Th", "ı": "i", "ħ": "h", "Ħ": "H", "ŧ": "t", "Ŧ": "T"}
)  # fmt: skip
"""Latin letters that Unicode does not take apart into a letter and a mark."""


def seal_of(table: str, values: Iterable[object]) -> bytes:
    """Return the checksum of a row as it is stored.

    Parameters
    ----------
    table : str
    values : iterable
        Every stored value except the seal itself, by column name; text, numbers and None.

        Numbers of a REAL column are floats, as SQLite gives them back.

    Returns
    -------
    bytes
        Eight bytes: a random change goes unnoticed once in 1.8e19.
    """
    words = "\x1f".join(map(str, (table, *values)))
    return blake2b(words.encode("utf-8", "surrogatepass"), digest_size=SEAL_BYTES).digest()


def seal_by_names(table: str, names: Iterable[str]) -> Callable[[Iterable[object]], bytes]:
    """Return a function from a row's values in the order of `names` to its seal.

    Parameters
    ----------
    table : str
    names : iterable of str
        Column names, without the seal's.
    """
    columns = list(names)
    order = sorted(range(len(columns)), key=columns.__getitem__)

    def seal(values: Iterable[object]) -> bytes:
        held = list(values)
        return seal_of(table, [held[at] for at in order])

    return seal


def folded(text: str) -> str:
    """Return a text for searching and sorting: case, accents and width make no difference.

    Parameters
    ----------
    text : str
    """
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    bare = "".join(character for character in apart if not unicodedata.combining(character))
    return unicodedata.normalize("NFKC", bare.casefold())
