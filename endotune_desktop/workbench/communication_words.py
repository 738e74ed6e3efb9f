"""The card of communication as sentences and short numbers, for the window and the command line."""

from __future__ import annotations

import math
from collections.abc import Callable

from endotune_desktop.tuning.communication_card import CardNumber, CommunicationCard, Figure
from endotune_desktop.tuning.communication_text import SETTLING, TEXTS, WORDS
from endotune_desktop.tuning.communication_word import Word

Translate = Callable[[str], str]
MINUS, NO_BREAK, DASH = "\u2212", "\u00a0", "\u2013"
_LONG_D, _WEEKS_FROM_D = 540.0, 21.0
_SHIFT_FROM_H = 0.1
_ONE_SD = 1.0


def plain(text: str) -> str:
    """Return a text as it is: the translation of a command line."""
    return text


def title_words(number: CardNumber, translate: Translate = plain) -> str:
    """Return what a number is called."""
    if number.figure is Figure.TIME and not number.beside:
        return translate(SETTLING)
    return translate(TEXTS[number.figure].title)


def short(figure: Figure, value: float) -> str:
    """Return a value with its unit: ``1.4 SD``, ``79 %``, ``9 weeks``."""
    if math.isnan(value):
        return DASH
    if figure is Figure.DISTANCE:
        return f"{_signed(value, 1)}{NO_BREAK}SD"
    if figure is not Figure.TIME:
        return f"{_signed(value, 0)}{NO_BREAK}%"
    return time_words(value)


def time_words(days: float) -> str:
    """Return a time: hours, days, weeks, or more than what is looked at."""
    if days > _LONG_D:
        return f">{NO_BREAK}{_LONG_D / 7.0:.0f}{NO_BREAK}weeks"
    if days >= _WEEKS_FROM_D:
        return f"{days / 7.0:.0f}{NO_BREAK}weeks"
    if days >= 1.0:
        return f"{days:.0f}{NO_BREAK}{'day' if round(days) == 1 else 'days'}"
    return f"{max(round(days * 24.0), 1)}{NO_BREAK}h"


def band_words(number: CardNumber) -> str:
    """Return the band in brackets, empty without one."""
    if math.isnan(number.low) or math.isnan(number.high):
        return ""
    low, high = short(number.figure, number.low), short(number.figure, number.high)
    return f"({low.removesuffix(f'{NO_BREAK}%').removesuffix(f'{NO_BREAK}SD')}{DASH}{high})"


def sentence(number: CardNumber, translate: Translate = plain) -> str:
    """Return one plain sentence about a number."""
    own = short(number.figure, number.healthy)
    text = translate(_pattern(number))
    return text.format(n=short(number.figure, abs(number.value)), own=own, h=f"{abs(number.beside):.1f}")


def _pattern(number: CardNumber) -> str:
    value = number.value
    if number.figure is Figure.DISTANCE:
        if abs(value) < 0.05:
            return "At the place where this axis would rest by itself."
        if not abs(number.beside) >= _ONE_SD:
            return "{n} from where this axis would rest by itself, the hormone within 1 SD."
        side = "above" if value > 0.0 else "below"
        return f"{{n}} {side} where this axis would rest by itself."
    if number.figure is Figure.STEERING:
        return "The axis removes {n} of a lasting disturbance by itself (healthy {own})."
    if number.figure is Figure.OUTSIDE:
        return "{n} of the hormone comes from outside." if value >= 0.5 else "Nothing of the hormone is given."
    if number.figure is Figure.GLAND:
        return "The gland works with {n} of its healthy mass."
    if number.figure is Figure.RHYTHM:
        if not abs(number.beside) >= _SHIFT_FROM_H:
            return "The daily rhythm is {n} as strong as healthy, at its usual time."
        side = "later" if number.beside > 0.0 else "earlier"
        return f"The daily rhythm is {{n}} as strong as healthy, {{h}} h {side}."
    if number.beside:
        if math.isnan(number.healthy):
            return "Held down for weeks, this axis would need {n} to come back."
        return "Held down for weeks, this axis would need {n} to come back (healthy {own})."
    return "Nine tenths of a lasting change take {n} (healthy {own})."


def word_words(card: CommunicationCard, translate: Translate = plain) -> str:
    """Return the one word for the state, as a sentence."""
    weeks = f"{card.read.recovery_d / 7.0:.0f}" if card.word is Word.ASLEEP and card.read.recovery_d < 1e4 else "77"
    return translate(WORDS[card.word]).format(weeks=weeks)


def summary(card: CommunicationCard, translate: Translate = plain) -> str:
    """Return the sentences of tuning.md 2.4: what the axis removes, what comes from outside, what stopping would ask.

    Parameters
    ----------
    card : CommunicationCard
    translate : callable
    """
    said = (card.number(Figure.STEERING), card.number(Figure.OUTSIDE))
    parts = [sentence(number, translate) for number in said if number is not None]
    return " ".join([*parts, stopping_words(card, translate)]).strip()


def stopping_words(card: CommunicationCard, translate: Translate = plain) -> str:
    """Return what stopping would ask of the centre; empty where nothing is given or nothing slept."""
    outside, time = card.number(Figure.OUTSIDE), card.number(Figure.TIME)
    if outside is None or outside.value < 0.5 or time is None or not time.beside:
        return ""
    text = translate("If what is given were stopped, the centre would need about {n}.")
    return text.format(n=time_words(time.value))


def _signed(value: float, decimals: int) -> str:
    text = f"{abs(value):.{decimals}f}"
    return (MINUS if value < 0.0 and float(text) != 0.0 else "") + text
