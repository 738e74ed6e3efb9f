"""pyqtgraph as far as a plot of courses needs it: a view with axes, a box and layers.

Imported whole, pyqtgraph copies every name of Qt, which makes PySide6 build each of its classes, and loads image views,
parameter trees and helper processes: 0.25 s of processor time at every start, of which no plot here uses anything.
So its copies of Qt's modules are Qt's modules themselves, and the modules that only its top level asks for are left out
while it is imported; who asks for one of them afterwards gets it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType

from PySide6 import QtCore, QtGui, QtWidgets

_LIBRARY = "pyqtgraph"
_QT = (QtCore, QtGui, QtWidgets)
_ITEMS = (
    "ArrowItem", "BoxplotItem", "ColorBarItem", "CurvePoint", "DateAxisItem", "ErrorBarItem", "FillBetweenItem",
    "GradientEditorItem", "GradientLegend", "GraphItem", "GridItem", "HistogramLUTItem", "ImageItem", "IsocurveItem",
    "LinearRegionItem", "PColorMeshItem", "ROI", "ScaleBar", "TargetItem", "VTickGroup", "GraphicsLayout",
)  # fmt: skip
_WIDGETS = (
    "BusyCursor", "CheckTable", "ColorMapMenu", "ColorMapWidget", "ComboBox", "DataFilterWidget", "DataTreeWidget",
    "DiffTreeWidget", "FeedbackButton", "GradientWidget", "GraphicsLayoutWidget", "GroupBox", "HistogramLUTWidget",
    "JoystickButton", "LayoutWidget", "PathButton", "ProgressDialog", "RawImageWidget", "RemoteGraphicsView",
    "ScatterPlotWidget", "SpinBox", "TableWidget", "TreeWidget", "ValueLabel", "VerticalLabel",
)  # fmt: skip
LEFT_OUT = (
    *(f"{_LIBRARY}.graphicsItems.{name}" for name in _ITEMS),
    *(f"{_LIBRARY}.widgets.{name}" for name in _WIDGETS),
    *(f"{_LIBRARY}.{name}" for name in ("imageview", "SRTTransform3D", "Transform3D", "Vector", "ThreadsafeTimer")),
)
"""Modules that nothing asks for but the top level of pyqtgraph and one another."""


class _LeftOut(ModuleType):
    """Stands where a module is left out; whatever is asked of it is nothing."""

    __all__: tuple[str, ...] = ()

    def __getattr__(self, name: str) -> None:
        """Return nothing for a class that would be here."""
        if name.startswith("__"):
            raise AttributeError(name)


@contextmanager
def _lean() -> Iterator[None]:
    """Let pyqtgraph find Qt's own modules as its copies, with no names to copy, and nothing where modules are left out.

    A module whose ``__dir__`` says that it holds nothing is how the copying is told that there is nothing to do.
    """
    for module in _QT:
        sys.modules[f"{_LIBRARY}.Qt.{module.__name__.rpartition('.')[2]}"] = module
        module.__dir__ = list  # type: ignore[method-assign]
    sys.modules.update((name, _LeftOut(name)) for name in LEFT_OUT)
    try:
        yield
    finally:
        for module in _QT:
            del module.__dir__
        for name in LEFT_OUT:
            del sys.modules[name]


def _late(name: str) -> object:
    """Load what was left out when somebody asks pyqtgraph for it after all."""
    for module in LEFT_OUT:
        if module.rpartition(".")[2] == name:
            return getattr(import_module(module), name)
    raise AttributeError(f"module {_LIBRARY!r} has no attribute {name!r}")


if _LIBRARY in sys.modules:
    import pyqtgraph as pg
else:
    with _lean():
        import pyqtgraph as pg
    for _name in [name for name, value in vars(pg).items() if value is None and name[0].isupper()]:
        delattr(pg, _name)
    pg.__getattr__ = _late

__all__ = ["LEFT_OUT", "pg"]
