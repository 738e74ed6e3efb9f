"""What a form of one record is made of: its fields, who judges them, and the words of the edit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from endotune_desktop.clinic.records import Record
from endotune_desktop.workbench.forms import Form

Choices = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class FieldSpec:
    """One field of a form.

    Attributes
    ----------
    name, title : str
    text : str
        What stands in it at first; for a choice the chosen id.
    choices : tuple of (id, words)
        Makes it a choice.
    hint : str
    wide : bool
        Takes the whole row.
    more : bool
        Left out of the short form until more is asked for.
    """

    name: str
    title: str
    text: str = ""
    choices: Choices = ()
    hint: str = ""
    wide: bool = False
    more: bool = False


@dataclass(frozen=True)
class Follow:
    """What a choice brings along: other choices, and texts that no longer hold.

    Attributes
    ----------
    choices : mapping of str to (choices, chosen id)
        By field.
    texts : mapping of str to str
        By field.
    """

    choices: Mapping[str, tuple[Choices, str]]
    texts: Mapping[str, str]


@dataclass(frozen=True)
class RecordForm:
    """A form of one record, for a dialog or a row.

    Attributes
    ----------
    title : str
    fields : tuple of FieldSpec
    judge : callable
        From typed texts to a `Form`.
    before : Record or None
        The record that is edited; None makes a new one.
    words : callable
        From the finished record to the words of the edit.
    follow : mapping of str to callable
        By the name of a choice: from what is chosen, what was chosen before and all texts to what follows.
    """

    title: str
    fields: tuple[FieldSpec, ...]
    judge: Callable[[dict[str, str]], Form[Record]]
    before: Record | None
    words: Callable[[Record], str]
    follow: Mapping[str, Callable[[str, str, dict[str, str]], Follow]] = field(default_factory=dict)
