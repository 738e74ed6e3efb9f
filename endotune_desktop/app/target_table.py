"""Which markers may be aimed at, from the shipped table; loads no Qt."""

from __future__ import annotations

from pathlib import Path

from endotune_desktop.tuning.validity import ValidityTable
from endotune_desktop.workbench.targets import Targets


def targets_of(resources: Path) -> Targets:
    """Return the targets of a resources folder; the file is read when a record first needs it."""

    def load() -> ValidityTable:
        from endotune_desktop.exchange.validity_file import read_validity

        return read_validity(resources / "targets" / "target_validity.csv")

    return Targets(load)
