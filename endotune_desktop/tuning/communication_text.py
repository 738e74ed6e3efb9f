"""What the numbers of the card of communication are, in plain words: titles, sentences, definitions, healthy ranges.

English sentences with places for numbers; a window translates them before it fills them in.
"""

from __future__ import annotations

from dataclasses import dataclass

from endotune_desktop.tuning.communication_card import Figure
from endotune_desktop.tuning.communication_word import Word


@dataclass(frozen=True, slots=True)
class FigureText:
    """The words of one number.

    Attributes
    ----------
    title, unit : str
    definition : str
        What it is and how it is computed.
    healthy : str
        What is called healthy, and by whom.
    """

    title: str
    unit: str
    definition: str
    healthy: str


TEXTS: dict[Figure, FigureText] = {
    Figure.DISTANCE: FigureText(
        "Distance from own set point", "SD",
        "How far the markers that are valid targets here are from where this person's axis would rest with nothing "
        "wrong and nothing taken: root of the mean squared difference of logarithms, in standard deviations of a "
        "result within a person (assay, day to day, and what the labs leave open of the set point). The sign is the "
        "hormone's.",
        "Within 2 SD either way.",
    ),
    Figure.STEERING: FigureText(
        "Own steering", "%",
        "Which share of a lasting disturbance of the hormone the axis removes by itself: 100 L/(1 + L), with L the "
        "gain of the feedback loop at rest, gland masses free to grow and shrink. Computed by letting the centre "
        "misread its signal a little in the simulated axis.",
        "At least four fifths of the same person's own healthy value.",
    ),
    Figure.OUTSIDE: FigureText(
        "From outside", "%",
        "Which share of the hormone is given: what is given over what is given and what the gland secretes, on "
        "average over the doses.",
        "Under 10 %.",
    ),
    Figure.GLAND: FigureText(
        "Gland", "%",
        "Working mass of the gland, with what is left of its function; 100 % is the same person healthy.",
        "80 to 125 % (own choice).",
    ),
    Figure.RHYTHM: FigureText(
        "Rhythm", "%",
        "Strength of the daily rhythm: the first harmonic over 24 h of the logarithm of the marker that shows it, "
        "per cent of the same person healthy, and how much later or earlier it peaks. Doses count as rhythm too.",
        "80 to 125 % (own choice).",
    ),
    Figure.TIME: FigureText(
        "Time to recover", "d",
        "A standard test in the simulation: the centre reads its signal several times too high for weeks, as on too "
        "high a dose, then rightly again. Counted are the days until the markers of the axis stay near their own "
        "steady course. Shown where that test moves the centre by more than a fifth; otherwise the time that nine "
        "tenths of a lasting change take.",
        "Under 60 days; settling: at most a quarter longer than healthy (own choice).",
    ),
}  # fmt: skip

SETTLING = "Time to settle"
"""Title of the time where there is nothing to recover from."""

WORDS: dict[Word, str] = {
    Word.STEERED: "Steered from outside: the axis follows what is given, and corrects next to nothing.",
    Word.FREE: "Running free: the gland works without listening to the centre.",
    Word.UNANSWERED: "The centre calls, the gland cannot answer.",
    Word.QUIET: "The gland waits, the centre is quiet.",
    Word.ASLEEP: "Asleep, can wake: it would need about {weeks} weeks.",
    Word.NORMAL: "Talking normally.",
    Word.PARTLY: "Partly talking.",
}

CYCLE_NOTE = "Early follicular phase, follicles held as they are then."
SIGNALS_NOTE = "Several signals are read here as one: gain and margins are an approximation."
CAUTION = "Computed by simulation, not measured: options, the clinician decides."
