"""Where things lie: the store, settings, and the resources that come with the program."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

DATA_VARIABLE = "ENDOTUNE_DATA_DIR"
"""Environment variable that names another data folder."""


def data_folder() -> Path:
    """Return the folder of the store and the settings; it is not made here."""
    wanted = os.environ.get(DATA_VARIABLE)
    return Path(wanted) if wanted else Path(platformdirs.user_data_dir("EndoTune", appauthor=False))


def store_path() -> Path:
    """Return the path of the store."""
    return data_folder() / "patients.endotune"


def settings_path() -> Path:
    """Return the path of the window's settings."""
    return data_folder() / "settings.json"


def resources_folder() -> Path:
    """Return the folder of shipped resources: inside the installed package, or at the top of a checkout."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "resources"
    return installed if installed.is_dir() else package.parent / "resources"
