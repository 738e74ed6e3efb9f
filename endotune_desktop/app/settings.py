"""What the window remembers between starts: a small JSON file; an unreadable one is forgotten, never fatal."""

from __future__ import annotations

import json
import os
from pathlib import Path


def load_settings(path: Path) -> dict[str, str]:
    """Return the remembered words, empty when there are none or they cannot be read."""
    try:
        plain = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(plain, dict):
        return {}
    return {str(key): str(value) for key, value in plain.items()}


def save_settings(path: Path, settings: dict[str, str]) -> bool:
    """Write the words, whole or not at all; return whether it worked."""
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        partial.write_text(json.dumps(settings, indent=1, sort_keys=True), encoding="utf-8")
        os.replace(partial, path)
    except OSError:
        return False
    return True
