"""Every failure of the driver has its words; a mistake of ours keeps its own."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from endotune_desktop.clinic.errors import EndoTuneError, EnvironmentFailed, InputRefused
from endotune_desktop.store import driver

PLACE = Path("/somewhere/patients.endotune")
IOERR = 10


def raised(code: int | None, kind: type[driver.Error] = driver.OperationalError, words: str = "x") -> driver.Error:
    """Return an exception as the driver raises it."""
    error = kind(words)
    if code is not None:
        error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("code", "kind", "words"),
    [
        (5, EnvironmentFailed, "Another program"),
        (5 | 1 << 8, EnvironmentFailed, "Another program"),
        (6, EnvironmentFailed, "Another program"),
        (17, EnvironmentFailed, "Another program"),
        (13, EnvironmentFailed, "disk is full"),
        *((IOERR | sub << 8, EnvironmentFailed, "disk could not be read or written") for sub in range(34)),
        *((8 | sub << 8, EnvironmentFailed, "cannot be written") for sub in range(7)),
        *((14 | sub << 8, EnvironmentFailed, "could not be opened") for sub in range(7)),
        (3, EnvironmentFailed, "may not be used"),
        (23, EnvironmentFailed, "may not be used"),
        (7, EnvironmentFailed, "not enough memory"),
        (15, EnvironmentFailed, "lock does not work"),
        (22, EnvironmentFailed, "file of that size"),
        (9, EnvironmentFailed, "stopped"),
        *((11 | sub << 8, InputRefused, "is damaged") for sub in range(4)),
        (26, InputRefused, "is not a patient file"),
        (24, InputRefused, "is not a patient file"),
        (18, InputRefused, "too long"),
        (19 | 3 << 8, InputRefused, "not on file"),
        (19 | 6 << 8, InputRefused, "on file already"),
        (19 | 8 << 8, InputRefused, "on file already"),
    ],
)
def test_that_every_code_has_its_words(code: int, kind: type[EndoTuneError], words: str) -> None:
    known = driver.explained(raised(code), PLACE)
    assert type(known) is kind
    assert words in str(known)
    assert "\n" not in str(known)


@pytest.mark.parametrize(
    ("error", "kind", "words"),
    [
        (MemoryError(), EnvironmentFailed, "not enough memory"),
        (OSError(errno.ENOSPC, "No space left on device"), EnvironmentFailed, "No space left"),
        (PermissionError(errno.EACCES, "Permission denied"), EnvironmentFailed, "Permission denied"),
        (OSError("odd"), EnvironmentFailed, "could not be used"),
        ("\ud800".encode, InputRefused, "cannot be stored"),
        (OverflowError("Python int too large to convert to SQLite INTEGER"), InputRefused, "cannot be stored"),
        (raised(None, words="Could not decode to UTF-8 column 'x'"), InputRefused, "is damaged"),
    ],
)
def test_that_what_carries_no_code_has_its_words(error: object, kind: type[EndoTuneError], words: str) -> None:
    if callable(error):
        with pytest.raises(ValueError) as caught:  # noqa: PT011  (whatever the encoder says)
            error()
        error = caught.value
    assert isinstance(error, BaseException)
    known = driver.explained(error, PLACE)
    assert type(known) is kind
    assert words in str(known)


@pytest.mark.parametrize(
    "error",
    [
        raised(1),
        raised(2),
        raised(12),
        raised(20),
        raised(21),
        raised(25),
        raised(19 | 5 << 8, driver.IntegrityError),
        raised(19 | 1 << 8, driver.IntegrityError),
        raised(None, driver.DatabaseError),
        raised(None, driver.InterfaceError),
        raised(None, driver.ProgrammingError, "Cannot operate on a closed database."),
        ValueError("of ours"),
        KeyError("of ours"),
        AssertionError("of ours"),
    ],
)
def test_that_a_mistake_of_ours_stays_one(error: BaseException) -> None:
    assert driver.explained(error, PLACE) is None
    with pytest.raises(type(error)) as caught, driver.explaining(PLACE):
        raise error
    assert caught.value is error
