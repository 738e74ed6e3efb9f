"""Generated source and its machine code on disk: one folder for each content, complete or not there at all.

A folder is filled under another name and renamed when it is whole, so processes that start together do not meet in it;
a list of digests tells damaged machine code before it can run.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from types import ModuleType

import platformdirs

CACHE_VARIABLE = "ENDOTUNE_CACHE_DIR"
"""Environment variable that names another cache folder."""
_DIGESTS = "digests.json"


def cache_folder() -> Path:
    """Return a folder for compiled code that can be written: the user's cache, or a temporary one.

    The program itself may be installed read-only; nothing is ever written beside its modules.
    """
    wanted = os.environ.get(CACHE_VARIABLE) or platformdirs.user_cache_dir("endotune")
    folder = Path(wanted) / "compiled"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _probe(folder)
    except OSError:
        folder = Path(tempfile.gettempdir()) / f"endotune-{os.getuid() if hasattr(os, 'getuid') else 'user'}"
        folder.mkdir(parents=True, exist_ok=True)
    return folder


def _probe(folder: Path) -> None:
    """Fail with OSError unless a file can be written there."""
    probe = folder / f".probe-{os.getpid()}"
    probe.touch()
    probe.unlink()


def stamp_of(source: str) -> str:
    """Return what machine code of a source depends on, as a short name: text, compiler, interpreter and processor."""
    import llvmlite.binding as llvm
    import numba

    processor = os.environ.get("NUMBA_CPU_NAME") or llvm.get_host_cpu_name()
    parts = (source, numba.__version__, sys.version, processor)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def load_generated(name: str, source: str) -> tuple[ModuleType, bool]:
    """Import a source with its machine code, compiling it unless a sound copy is on disk.

    Parameters
    ----------
    name : str
        For reading: ``hpt_rates``.
    source : str
        A whole module.

    Returns
    -------
    module : module
        The same module for the same source, within a process.
    compiled_now : bool
        Whether a function of it had to be compiled.
    """
    module_name = f"endotune_generated_{name}_{stamp_of(source)}"
    if module_name in sys.modules:
        return sys.modules[module_name], False
    home = cache_folder() / module_name
    if _sound(home, source):
        try:
            return _imported(module_name, home), False
        except Exception:
            # Sound by its digests, and yet unreadable: whatever it is, it can be made again.
            sys.modules.pop(module_name, None)
    shutil.rmtree(home, ignore_errors=True)
    if home.is_file():
        home.unlink(missing_ok=True)
    return _built(module_name, home, source), True


def is_generated(name: str, source: str) -> bool:
    """Return whether sound machine code of a source is on disk or in this process."""
    module_name = f"endotune_generated_{name}_{stamp_of(source)}"
    return module_name in sys.modules or _sound(cache_folder() / module_name, source)


def _sound(home: Path, source: str) -> bool:
    """Return whether a folder holds this source and the machine code that was written with it."""
    try:
        if (home / "source.py").read_text(encoding="utf-8") != source:
            return False
        written = json.loads((home / _DIGESTS).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return bool(written) and written == _digests(home)


def _digests(home: Path) -> dict[str, str]:
    found = sorted((home / "__pycache__").glob("*.nb[ic]"))
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in found}


def _built(module_name: str, home: Path, source: str) -> ModuleType:
    """Compile in a folder of our own, and give it its name when it is whole."""
    making = Path(tempfile.mkdtemp(prefix=f".{module_name}-", dir=home.parent))
    try:
        (making / "source.py").write_text(source, encoding="utf-8")
        module = _imported(module_name, making)
        (making / _DIGESTS).write_text(json.dumps(_digests(making)), encoding="utf-8")
        # Fails where another process was quicker; its copy is as good.
        with suppress(OSError):
            making.rename(home)
    except BaseException:
        sys.modules.pop(module_name, None)
        raise
    finally:
        shutil.rmtree(making, ignore_errors=True)
    return module


def _imported(module_name: str, home: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(module_name, home / "source.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[module_name] = module
    spec.loader.exec_module(module)
    return module
