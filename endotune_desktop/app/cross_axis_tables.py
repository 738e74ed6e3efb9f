"""The links between axes from the shipped tables; loads no Qt."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from endotune_desktop.workbench.cross_axis import CrossAxis

if TYPE_CHECKING:
    from endotune_desktop.tuning.cross_axis import LinkTable


def cross_axis_of(resources: Path) -> CrossAxis:
    """Return the links of a resources folder; the files are read when a record first needs them."""

    def load() -> LinkTable:
        from endotune_desktop.exchange.link_file import read_links

        return read_links(resources / "links")

    return CrossAxis(load)
