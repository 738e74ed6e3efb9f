"""The loop diagram of an axis: glands, the arrows between them, and what role each plays."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """Where a marker stands in the axis."""

    GIVEN = "given"
    UPSTREAM = "upstream"
    HORMONE = "hormone"
    DOWNSTREAM = "downstream"
    GLAND = "gland"
    INDEX = "index"


@dataclass(frozen=True, slots=True)
class Gland:
    """A box of the loop diagram.

    Attributes
    ----------
    id, title, note : str
    column, row : float
        Place on the diagram's grid; the hypothalamus is row 0.
    role : Role
        Its shape and colour.
    markers : tuple of str
        Marker ids shown live inside the box; the first is the large number and the sparkline.
    mass_marker : str
        Marker id drawn as a disc inside a dashed ring (1 = healthy); empty for none.
    lesions : tuple of str
        Lesion ids offered when the box is opened.
    """

    id: str
    title: str
    note: str
    column: float
    row: float
    role: Role
    markers: tuple[str, ...]
    mass_marker: str = ""
    lesions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Arrow:
    """A line of the loop diagram.

    Attributes
    ----------
    id, title : str
    source, target : str
        Gland ids, or an agent group: ``given``.
    stimulates : bool
        False is drawn as inhibition, with a bar instead of a head.
    flow_marker : str
        Marker id whose value, relative to `flow_reference`, sets the width; empty for a constant width.
    flow_reference : float
    cut_parameter : str
        Parameter id that cuts this line, empty when it cannot be cut.
    cut_value : float
        Its value when cut.
    lane : float
        Where a long feedback line runs: grid columns to the left (negative) or right of the boxes, 0 for straight.
    """

    id: str
    title: str
    source: str
    target: str
    stimulates: bool
    flow_marker: str = ""
    flow_reference: float = 1.0
    cut_parameter: str = ""
    cut_value: float = 0.0
    lane: float = 0.0
