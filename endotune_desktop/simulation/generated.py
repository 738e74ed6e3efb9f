"""Generated source on disk: written once under the hash of its content, imported from there, cached by numba there."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import sys
import tempfile
from pathlib import Path
from types import ModuleType

import platformdirs

CACHE_VARIABLE = "ENDOTUNE_CACHE_DIR"
"""Environment variable that names another cache folder."""


def cache_folder() -> Path:
    """Return a folder for compiled code that can be written: the user's cache, or a temporary one.

    The program itself may be installed read-only; nothing is ever written beside its modules.
    """
    wanted = os.environ.get(CACHE_VARIABLE) or platformdirs.user_cache_dir("endotune")
    folder = Path(wanted) / "compiled"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / f".probe-{os.getpid()}"
        probe.touch()
        probe.unlink()
    except OSError:
        folder = Path(tempfile.gettempdir()) / f"endotune-{os.getuid() if hasattr(os, 'getuid') else 'user'}"
        folder.mkdir(parents=True, exist_ok=True)
    return folder


def load_generated(name: str, source: str) -> ModuleType:
    """Write `source` under its content hash unless it is there, and import it.

    Parameters
    ----------
    name : str
        For reading: ``hpt_rates``.
    source : str
        A whole module.

    Returns
    -------
    module
        The same module for the same source, within a process.
    """
    stamp = hashlib.sha256(source.encode()).hexdigest()[:16]
    module_name = f"endotune_generated_{name}_{stamp}"
    if module_name in sys.modules:
        return sys.modules[module_name]
    path = cache_folder() / f"{module_name}.py"
    if not path.exists() or path.read_text(encoding="utf-8") != source:
        fresh = path.with_suffix(f".{os.getpid()}.tmp")
        fresh.write_text(source, encoding="utf-8")
        os.replace(fresh, path)
    spec = importlib.util.spec_from_file_location(module_name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[module_name] = module
    spec.loader.exec_module(module)
    return module
