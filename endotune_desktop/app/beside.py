"""What stands beside the workbench: function tests and forecast receipts with lanes and menus, links to other axes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout

from endotune_desktop.app.cross_axis_tables import cross_axis_of
from endotune_desktop.app.own_cut_offs import PREFIX, as_settings, own_cut_offs
from endotune_desktop.lanes.errands import Errands
from endotune_desktop.lanes.pool import Pool
from endotune_desktop.ui.fit.fit_line import FitLine
from endotune_desktop.ui.function_tests.menu import FunctionTestMenu
from endotune_desktop.ui.links.link_notes import LinkNotes
from endotune_desktop.ui.receipts.menu import ReceiptsMenu
from endotune_desktop.ui.theme.theme import Theme
from endotune_desktop.ui.window import MainWindow
from endotune_desktop.workbench.receipt_desk import ReceiptDesk
from endotune_desktop.workbench.session import Session

if TYPE_CHECKING:
    from endotune_desktop.tuning.function_tests import FunctionTest
    from endotune_desktop.workbench.cross_axis import CrossAxis
    from endotune_desktop.workbench.function_test_bench import FunctionTestBench


class Beside:
    """Builds what the main window does not know, hands it over, and takes it down.

    Parameters
    ----------
    session : Session
    window : MainWindow
        Receives a menu at the end of its bar and a line under its plots.
    theme : Theme
    resources : Path
    settings : mapping of str to str
    pool : Pool
    crashed : callable
    links : CrossAxis, optional
        What the axes of a record change in one another; read anew from the resources without.

    Attributes
    ----------
    bench : FunctionTestBench
    menu : FunctionTestMenu
    receipts : ReceiptDesk
    receipts_menu : ReceiptsMenu
    notes : LinkNotes
    fit : FitLine
        At the top of the what-if.
    """

    def __init__(
        self,
        session: Session,
        window: MainWindow,
        theme: Theme,
        resources: Path,
        settings: Mapping[str, str],
        pool: Pool,
        crashed: Callable[[BaseException], None],
        links: CrossAxis | None = None,
    ) -> None:
        self._settings = {key: value for key, value in settings.items() if key.startswith(PREFIX)}
        self._resources = resources
        self._errands = Errands(crashed)
        links = cross_axis_of(resources) if links is None else links
        self._session, self._links, self._pool = session, links, pool
        self._bench: FunctionTestBench | None = None
        self.menu = FunctionTestMenu(session, lambda: self.bench, theme, window)
        window.menuBar().addMenu(self.menu)
        self._forecasts = Errands(crashed)
        self.receipts = ReceiptDesk(session, self._forecasts, links, pool.spread)
        self.receipts_menu = ReceiptsMenu(session, self.receipts, theme, window)
        window.menuBar().insertMenu(self.menu.menuAction(), self.receipts_menu)
        self.notes = LinkNotes(session, links, theme)
        middle = window.sheet.parentWidget()
        layout = middle.layout() if middle is not None else None
        if layout is not None:
            layout.addWidget(self.notes)
        self.fit = FitLine(session, theme, window)
        side = window.panel.layout()
        if isinstance(side, QVBoxLayout):
            side.insertWidget(0, self.fit)

    @property
    def bench(self) -> FunctionTestBench:
        """Return where function tests are done; made when one is first looked at, as no start needs its judges."""
        if self._bench is None:
            from endotune_desktop.workbench.function_test_bench import FunctionTestBench

            self._bench = FunctionTestBench(self._session, self._errands, self._load, self._links, self._pool.spread)
        return self._bench

    def _load(self) -> tuple[tuple[FunctionTest, ...], Mapping[str, Mapping[str, float]]]:
        # Read when a test is first asked for, on its own lane: neither the files nor their reader belong to a start.
        from endotune_desktop.exchange.function_test_file import read_function_tests

        tests = read_function_tests(self._resources / "function_tests")
        return tests, own_cut_offs(self._settings, tests)

    def remembered(self) -> dict[str, str]:
        """Return the clinic's own cut-offs for the settings."""
        own = None if self._bench is None else self._bench.own
        return self._settings if own is None else as_settings(own)

    def close(self) -> None:
        """Close the window of the tests and end their lane."""
        self.menu.close_dialog()
        self.receipts_menu.close_dialog()
        self.receipts.close()
        self._forecasts.close()
        self.notes.close()
        self.fit.close()
        self._errands.close()
