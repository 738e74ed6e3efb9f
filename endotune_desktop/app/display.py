"""Whether a window can be shown, asked before Qt is: Qt aborts without a word that helps."""

from __future__ import annotations

import os
import subprocess
import sys

from endotune_desktop.clinic.errors import EnvironmentFailed

APT_LINE = (
    "apt-get install -y libgl1 libegl1 libxkbcommon0 libdbus-1-3 libglib2.0-0 libfontconfig1 libxcb-cursor0 "
    "libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libxcb-xkb1 libxkbcommon-x11-0"
)


def require_display() -> None:
    """Say in one sentence why no window can be shown.

    Raises
    ------
    EnvironmentFailed
        Without a display, or without a library that Qt needs.
    """
    if not sys.platform.startswith("linux"):
        return
    if not any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")):
        raise EnvironmentFailed("There is no display; 'endotune tour -o DIR' draws the screens to pictures instead")
    if os.environ.get("ENDOTUNE_QT_CHECKED") == "1":
        return
    found = subprocess.run(
        [sys.executable, "-c", "import PySide6.QtWidgets"], capture_output=True, text=True, check=False
    )
    if found.returncode:
        last = (found.stderr.strip().splitlines() or ["unknown"])[-1]
        raise EnvironmentFailed(f"Qt cannot start ({last}). On Debian or Ubuntu: {APT_LINE}")
