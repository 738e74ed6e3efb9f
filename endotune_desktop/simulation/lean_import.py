"""Imports numba without what it looks for and no kernel here uses: scipy's BLAS, a tenth of a second, and YAML."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType

_UNWANTED = ("scipy.linalg", "yaml")


class _NotNow(MetaPathFinder):
    """Says that these are not there, as long as numba asks."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Refuse the unwanted packages; leave all others to the usual finders."""
        if fullname in _UNWANTED:
            raise ImportError(fullname)
        return None


def import_numba() -> None:
    """Import numba once; scipy is as it was afterwards."""
    if "numba" in sys.modules or _UNWANTED[0] in sys.modules:
        return
    blocker = _NotNow()
    sys.meta_path.insert(0, blocker)
    try:
        import_module("numba")
        import_module("numba.np.arraymath")
    finally:
        sys.meta_path.remove(blocker)
