"""The three ways a request can fail that are not a bug of ours.

Anything else that is raised is a bug: it is logged, the person is told that the data are safe, and the program ends.
"""

from __future__ import annotations

import unicodedata

_UNWRITABLE = frozenset({"Cc", "Cs", "Zl", "Zp"})
"""Control characters, lone surrogates, line and paragraph separators: they break a line, or cannot be written."""


class EndoTuneError(Exception):
    """Base of the expected failures; never raised itself."""


class InputRefused(EndoTuneError):
    """What was given is not acceptable; it says what, where, and what is accepted.

    Parameters
    ----------
    what : str
        What was found, in words a clinician understands ("-25 ug is below zero").
    where : str
        The key, field or file it was found at ("regimen[0].dose").
    accepted : str
        What would have been accepted ("0 to 1000 ug").
    repairs : tuple of str
        Entries that were probably meant, likeliest first; each would be read at the same place.
    """

    def __init__(self, what: str, where: str = "", accepted: str = "", repairs: tuple[str, ...] = ()) -> None:
        self.what = _one_line(what)
        self.where = _one_line(where)
        self.accepted = accepted
        self.repairs = repairs
        super().__init__(self.sentence())

    def sentence(self) -> str:
        """Return the refusal as one line: where, what, what is accepted."""
        head = f"{self.where}: {self.what}" if self.where else self.what
        return f"{head}. Accepted: {self.accepted}." if self.accepted else f"{head}."

    def at(self, where: str) -> InputRefused:
        """Return the same refusal with `where` put in front of its place."""
        place = f"{where}.{self.where}" if self.where and not self.where.startswith("[") else f"{where}{self.where}"
        return InputRefused(self.what, place, self.accepted, self.repairs)


def _one_line(words: str) -> str:
    """Return words that quote what somebody gave with ``?`` for each character that no line can hold."""
    return "".join("?" if unicodedata.category(character) in _UNWRITABLE else character for character in words)


class OutsideValidity(EndoTuneError):
    """The model cannot answer there; it says which axis, when, which state and why.

    Parameters
    ----------
    sentence : str
        What happened, in one sentence.
    axis_id : str
        The axis that was simulated.
    time_h : float
        Where on the time axis, hours from midnight of day 0.
    state_id : str
        The state that left its domain, empty when none can be named.
    step : int
        The number of the integration step.
    """

    def __init__(
        self, sentence: str, axis_id: str = "", time_h: float = 0.0, state_id: str = "", step: int = 0
    ) -> None:
        self.axis_id = axis_id
        self.time_h = time_h
        self.state_id = state_id
        self.step = step
        super().__init__(sentence)


class EnvironmentFailed(EndoTuneError):
    """The disk, a permission, a key or the display failed; the sentence says which and what stays safe."""
