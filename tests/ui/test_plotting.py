"""pyqtgraph without what no plot here uses, and with it for who asks."""

from __future__ import annotations

import subprocess
import sys


def run(words: str) -> str:
    """Return what a fresh interpreter prints."""
    done = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_that_a_plot_loads_neither_image_views_nor_parameter_trees_nor_all_of_qt() -> None:
    loaded = run(
        "import sys; from endotune_desktop.ui.courses import graph; from endotune_desktop.ui.plotting import LEFT_OUT\n"
        "print([name for name in (*LEFT_OUT, 'pyqtgraph.parametertree', 'multiprocessing') if name in sys.modules])\n"
        "from PySide6 import QtCore; import pyqtgraph as pg; print(pg.Qt.QtCore is QtCore, 'QObject' in dir(QtCore))"
    )
    assert loaded.splitlines() == ["[]", "True True"]


def test_that_what_was_left_out_is_there_when_somebody_asks() -> None:
    found = run(
        "from endotune_desktop.ui.plotting import pg; print(pg.Vector(1, 2, 3).length() > 3, hasattr(pg, 'None'))\n"
        "import pyqtgraph.imageview, pyqtgraph.exporters; print(pyqtgraph.imageview.ImageView.__name__)"
    )
    assert found.splitlines() == ["True False", "ImageView"]


def test_that_a_pyqtgraph_that_was_imported_whole_is_used_as_it_is() -> None:
    found = run(
        "import pyqtgraph; from endotune_desktop.ui.plotting import pg; print(pg is pyqtgraph, pg.ImageView.__name__)"
    )
    assert found == "True ImageView"
