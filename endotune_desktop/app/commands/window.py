"""``endotune`` without a command: opens the workbench."""

from __future__ import annotations

import argparse


def run(words: argparse.Namespace) -> int:
    """Open the window and return its exit status."""
    from endotune_desktop.app.display import require_display

    require_display()
    # The helper starts before Qt is loaded: that is the whole point of it.
    from endotune_desktop.lanes.head_start import HeadStart

    head_start = HeadStart()
    from endotune_desktop.app.workbench_run import run_window

    return run_window(head_start=head_start)
