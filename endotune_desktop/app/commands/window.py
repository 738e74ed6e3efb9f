"""``endotune`` without a command: opens the workbench."""

from __future__ import annotations

import argparse


def run(words: argparse.Namespace) -> int:
    """Open the window and return its exit status."""
    from endotune_desktop.app.display import require_display

    require_display()
    from endotune_desktop.app.workbench_run import run_window

    return run_window()
