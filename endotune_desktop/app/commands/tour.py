"""``endotune tour``: draws every screen and dialog with the demo patients to PNG, with no display."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path


def run(words: argparse.Namespace) -> int:
    """Draw the tour and say what was drawn."""
    from endotune_desktop.app.tour import draw_tour

    for path in draw_tour(Path(words.output)):
        sys.stdout.write(f"{path}\n")
    return 0
