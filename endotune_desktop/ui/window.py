"""The main window: patients, sheet, what-if; menus, keys, and what is remembered of its shape."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QCloseEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMainWindow,
    QMenu,
    QMessageBox,
    QPlainTextEdit,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from endotune_desktop.clinic.agents import MARKETS
from endotune_desktop.clinic.units import UnitSystem
from endotune_desktop.ui.axes.axis_menu import AxisMenu
from endotune_desktop.ui.axes.axis_row import AxisRow
from endotune_desktop.ui.courses.courses_view import CoursesView
from endotune_desktop.ui.relay import Relay
from endotune_desktop.ui.sidebar.sidebar import Sidebar
from endotune_desktop.ui.theme.theme import SCALES, Theme
from endotune_desktop.ui.theme.tokens import PaletteName
from endotune_desktop.ui.whatif.panel import WhatIfPanel
from endotune_desktop.ui.widgets.pieces import button, hairline, label
from endotune_desktop.ui.widgets.segmented import SegmentedControl
from endotune_desktop.ui.widgets.toast import Toast
from endotune_desktop.ui.words import market_words
from endotune_desktop.workbench.changes import Changes, Topic
from endotune_desktop.workbench.horizons import Horizon, horizons_of
from endotune_desktop.workbench.session import Session

if TYPE_CHECKING:
    from endotune_desktop.ui.loop.loop_view import LoopView
    from endotune_desktop.ui.phase.phase_view import PhaseView
    from endotune_desktop.ui.table_view import TableView

STATUS_SHARE = 0.62
"""How much of the window's width the right side of the status line may take."""
HANDS = frozenset({
    QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride, QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick,
    QEvent.Type.Wheel, QEvent.Type.ContextMenu, QEvent.Type.InputMethod,
})  # fmt: skip
"""Events by which a hand acts on what it sees."""
DRESSED_AT_ONCE = 8
"""Widgets of a new view that the style sheet dresses in one event."""
NARROW_PX = 1180
"""Under this width the patients give way to a rail (visual design, section 11)."""


class MainWindow(QMainWindow):
    """Three columns under one toolbar.

    Signals
    -------
    closing
        The window is about to close; whoever holds lanes shuts them.
    """

    closing = Signal()

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__()
        self._session, self._theme = session, theme
        self.setWindowTitle("EndoTune")
        self.setMinimumSize(760, 520)
        self.sidebar = Sidebar(session, theme)
        self.courses = CoursesView(session, theme)
        self.loop: LoopView | None = None
        self.phase: PhaseView | None = None
        self.table: TableView | None = None
        self.panel = WhatIfPanel(session, theme)
        self.sheet = QStackedWidget()
        self.sheet.addWidget(self.courses)
        for _ in range(3):
            self.sheet.addWidget(QWidget())
        self.toast = Toast(theme, self.sheet)
        self._view = 0
        self._relay = Relay(self)
        self._build_toolbar()
        self._build_columns()
        self._build_status()
        self._build_menus()
        self.courses.lab_activated.connect(self.sidebar.show_lab)
        self.courses.entry_activated.connect(self.sidebar.show_entry)
        self.sidebar.record.said.connect(lambda words: self.toast.say(words, session.undo))
        self.panel.adopted.connect(lambda words: self.toast.say(words, session.undo))
        self._unsubscribe = session.subscribe(self._on_changes)
        self.destroyed.connect(self._unsubscribe)
        theme.changed.connect(self._restyle)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.installEventFilter(self)
        self._show_undo()
        self._show_status()

    # ---- building --------------------------------------------------------------------------------------------------
    def _build_toolbar(self) -> None:
        theme = self._theme
        self.rail = button("", self.toggle_patients, theme=theme, icon="users", kind="flat",
                           name=self.tr("Show or hide patients"), tip=self.tr("Patients"))  # fmt: skip
        words = [self.tr("Courses"), self.tr("Loop"), self.tr("Phase"), self.tr("Table")]
        icons = ["chart-spline", "workflow", "waypoints", "table-2"]
        self.views = SegmentedControl(theme, words, self.tr("View"), icons)
        self.views.chosen.connect(self.show_view)
        self.horizons = SegmentedControl(theme, [self._session.horizon.value], self.tr("Horizon"))
        self.horizons.chosen.connect(self._choose_horizon)
        self._show_horizons()
        self.undo = button("", self._session.undo, theme=theme, icon="undo-2", kind="flat", name=self.tr("Undo"))
        self.redo = button("", self._session.redo, theme=theme, icon="redo-2", kind="flat", name=self.tr("Redo"))
        self.units = SegmentedControl(theme, ["SI", self.tr("conv.")], self.tr("Units"))
        systems = (UnitSystem.SI, UnitSystem.CONVENTIONAL)
        self.units.chosen.connect(lambda index: self._session.set_unit_system(systems[index]))
        self.bar = QWidget()
        self.bar.setProperty("kind", "panel")
        self.bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(self.bar)
        row.setContentsMargins(theme.px(12), theme.px(6), theme.px(12), theme.px(8))
        row.setSpacing(theme.px(10))
        row.addWidget(self.rail)
        row.addWidget(self.views)
        row.addWidget(self.horizons)
        row.addStretch(1)
        row.addWidget(self.undo)
        row.addWidget(self.redo)
        row.addWidget(self.units)

    def _build_columns(self) -> None:
        self.columns = QSplitter(Qt.Orientation.Horizontal)
        self.columns.setHandleWidth(1)
        self.columns.setChildrenCollapsible(False)
        self.axis_menu = AxisMenu(self._session, self._show_model, self)
        self.axis_row = AxisRow(self._session, self._theme, self.axis_menu)
        middle = QWidget()
        stacked = QVBoxLayout(middle)
        stacked.setContentsMargins(0, 0, 0, 0)
        stacked.setSpacing(0)
        for part in (self.axis_row, hairline()):
            stacked.addWidget(part)
        stacked.addWidget(self.sheet, 1)
        for widget in (self.sidebar, middle, self.panel):
            self.columns.addWidget(widget)
        self.columns.setStretchFactor(1, 1)
        centre = QWidget()
        layout = QVBoxLayout(centre)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.bar)
        layout.addWidget(hairline())
        layout.addWidget(self.columns, 1)
        self.setCentralWidget(centre)

    def _build_status(self) -> None:
        self.left_status = label("", "caption")
        self.right_status = label("", "caption")
        self._status_words = ""
        self.statusBar().addWidget(self.left_status, 1)
        self.statusBar().addPermanentWidget(self.right_status)
        self.statusBar().setSizeGripEnabled(False)

    def _action(
        self, menu: QMenu, words: str, act: Callable[[], None], keys: str | QKeySequence.StandardKey = ""
    ) -> QAction:
        action = menu.addAction(words)
        action.triggered.connect(lambda _=False: act())
        if keys:
            action.setShortcut(QKeySequence(keys))
        return action

    def _build_menus(self) -> None:
        bar, session, sidebar = self.menuBar(), self._session, self.sidebar
        file = bar.addMenu(self.tr("&File"))
        self._action(file, self.tr("&Quit"), lambda: (self.close(), None)[1], QKeySequence.StandardKey.Quit)
        edit = bar.addMenu(self.tr("&Edit"))
        self.undo_action = self._action(edit, self.tr("Undo"), session.undo, "Ctrl+Z")
        self.redo_action = self._action(edit, self.tr("Redo"), session.redo, "Ctrl+Shift+Z")
        patient = bar.addMenu(self.tr("&Patient"))
        self._action(patient, self.tr("New patient …"), sidebar.new_patient, "Ctrl+N")
        self._action(patient, self.tr("Edit patient …"), sidebar.edit_patient)
        self._action(patient, self.tr("Add lab"), sidebar.add_lab, "Ctrl+L")
        self._action(patient, self.tr("Add finding"), sidebar.add_finding, "Ctrl+Shift+F")
        self._action(patient, self.tr("Duplicate as teaching case"), sidebar.duplicate)
        self._action(patient, self.tr("Archive"), sidebar.archive)
        self._action(patient, self.tr("Delete …"), sidebar.delete)
        self._action(patient, self.tr("Search"), self._find, "Ctrl+K")
        plan = bar.addMenu(self.tr("&What-if"))
        self._action(plan, self.tr("Keep as scenario"), self.panel.keep_scenario)
        self._action(plan, self.tr("Adopt as plan …"), self._adopt, "Ctrl+Return")
        self._action(plan, self.tr("Reset"), lambda: session.whatif.reset(self.tr("Reset what-if")))
        bar.addMenu(self.axis_menu)
        view = bar.addMenu(self.tr("&View"))
        for index, words in enumerate((self.tr("Courses"), self.tr("Loop"), self.tr("Phase"), self.tr("Table"))):
            self._action(view, words, lambda at=index: self.show_view(at), f"Ctrl+{index + 1}")  # type: ignore[misc]
        view.addSeparator()
        palettes = {
            self.tr("Light"): PaletteName.LIGHT, self.tr("Dark"): PaletteName.DARK,
            self.tr("Projector"): PaletteName.PROJECTOR,
        }  # fmt: skip
        for words, name in palettes.items():
            self._action(view, words, lambda chosen=name: self._theme.choose(chosen))  # type: ignore[misc]
        view.addSeparator()
        self._build_markets(view)
        view.addSeparator()
        self._action(view, self.tr("Larger text"), lambda: self._scale(1), "Ctrl++")
        self._action(view, self.tr("Smaller text"), lambda: self._scale(-1), "Ctrl+-")
        self._action(view, self.tr("Text at 100 %"), lambda: self._theme.set_scale(1.0), "Ctrl+0")
        self._action(view, self.tr("Full screen"), self._full_screen, "F11")
        self._action(view, self.tr("Next area"), lambda: self.next_area(1), "F6")
        self._action(view, self.tr("Former area"), lambda: self.next_area(-1), "Shift+F6")

    def _build_markets(self, view: QMenu) -> None:
        """Offer whose strengths the dose sliders step through."""
        menu = view.addMenu(self.tr("Strengths sold in"))
        self.markets = QActionGroup(self)
        for market in MARKETS:
            action = self._action(menu, market_words(market), lambda chosen=market: self._session.set_market(chosen))  # type: ignore[misc]
            action.setCheckable(True)
            action.setData(market)
            self.markets.addAction(action)
        self._show_market()

    def _show_model(self) -> None:
        """Show what the model of the shown axis says of itself."""
        from endotune_desktop.ui.axes.model_dialog import ModelDialog

        dialog = ModelDialog(self._session.axis, self._theme, self)
        dialog.exec()
        dialog.deleteLater()

    # ---- horizons --------------------------------------------------------------------------------------------------
    @property
    def _offered(self) -> tuple[Horizon, ...]:
        return horizons_of(self._session.axis)

    def _choose_horizon(self, index: int) -> None:
        if index < len(self._offered):
            self._session.set_horizon(self._offered[index])

    def _show_horizons(self) -> None:
        """Offer the stretches that suit the axis, and mark the one that is shown."""
        self.horizons.set_words([horizon.value for horizon in self._offered])
        if self._session.horizon in self._offered:
            self.horizons.set_index(self._offered.index(self._session.horizon))

    def _show_market(self) -> None:
        for action in self.markets.actions():
            action.setChecked(action.data() == self._session.market)

    # ---- views -----------------------------------------------------------------------------------------------------
    def show_view(self, index: int) -> None:
        """Show courses, loop, phase or table; each is made when it is first shown, a part an event."""
        self._view = index
        self.views.set_index(index)
        if self._is_made(index):
            self.sheet.setCurrentIndex(index)
        else:
            self._relay.ask(("make", index), partial(self._make_view, index))

    def _is_made(self, index: int) -> bool:
        return type(self.sheet.widget(index)) is not QWidget

    def _make_view(self, index: int) -> None:
        """Make a view behind the one that is shown, and turn to it once it is dressed."""
        made: QWidget
        if index == 1:
            from endotune_desktop.ui.loop.loop_view import LoopView

            made = self.loop = LoopView(self._session, self._theme)
        elif index == 2:
            from endotune_desktop.ui.phase.phase_view import PhaseView

            made = self.phase = PhaseView(self._session, self._theme)
        else:
            from endotune_desktop.ui.table_view import TableView

            made = self.table = TableView(self._session, self._theme)
        self._relay.ask(("place", index), partial(self._place_view, index, made))

    def _place_view(self, index: int, made: QWidget) -> None:
        old = self.sheet.widget(index)
        assert old is not None
        self.sheet.removeWidget(old)
        old.deleteLater()
        self.sheet.insertWidget(index, made)
        parts = [made, *made.findChildren(QWidget)]
        for first in range(0, len(parts), DRESSED_AT_ONCE):
            self._relay.ask(("dress", index, first), partial(_dress, parts[first : first + DRESSED_AT_ONCE]))
        self._relay.ask(("turn", index), self._turn)

    def _turn(self) -> None:
        """Turn to the view that was asked for last, once it is there."""
        if self._is_made(self._view):
            self.sheet.setCurrentIndex(self._view)

    @property
    def busy(self) -> bool:
        """Return whether something is not shown yet as the session has it."""
        areas = (self._relay, self.sidebar.record, self.panel, self.courses)
        return any(area.busy for area in areas)

    def toggle_patients(self) -> None:
        """Show or hide the left column."""
        self.sidebar.setVisible(not self.sidebar.isVisible())

    def next_area(self, step: int) -> None:
        """Go to the next area: patients, sheet, what-if."""
        areas: list[QWidget] = [self.sidebar.list, self.sheet.currentWidget() or self.courses, self.panel]
        focus = QApplication.focusWidget()
        here = (
            next((i for i, area in enumerate(areas) if focus is area or area.isAncestorOf(focus)), -1) if focus else -1
        )
        target = areas[(here + step) % len(areas)]
        self.panel.finish()
        if target is self.panel and self.panel.cards:
            self.panel.cards[0].first.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def first_focus(self) -> None:
        """Put the focus where the first thing to do is: the list, from which Tab leads on."""
        self.sidebar.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _find(self) -> None:
        self.sidebar.show()
        self.sidebar.search.setFocus()
        self.sidebar.search.selectAll()

    def _adopt(self) -> None:
        self.panel.finish()
        if self.panel.adopt.isEnabled():
            self.panel.ask_adopt()

    def _scale(self, step: int) -> None:
        near = min(range(len(SCALES)), key=lambda i: abs(SCALES[i] - self._theme.scale))
        self._theme.set_scale(SCALES[min(max(near + step, 0), len(SCALES) - 1)])

    def _full_screen(self) -> None:
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    # ---- what changes ----------------------------------------------------------------------------------------------
    def _on_changes(self, changes: Changes) -> None:
        if changes.touch(Topic.UNDO):
            self._show_undo()
        if changes.touch(Topic.SAVED, Topic.COURSE, Topic.PENDING, Topic.OPENED, Topic.AXIS):
            self._show_status()
        if changes.touch(Topic.MARKET):
            self._show_market()
        if changes.touch(Topic.HORIZON, Topic.AXIS, Topic.OPENED):
            self._show_horizons()
        if changes.touch(Topic.VIEW):
            self.units.set_index(int(self._session.unit_system is UnitSystem.CONVENTIONAL))

    def _show_undo(self) -> None:
        for action, tool, plain, words in (
            (self.undo_action, self.undo, self.tr("Undo"), self._session.undo_words),
            (self.redo_action, self.redo, self.tr("Redo"), self._session.redo_words),
        ):
            text = f"{plain}: {words}" if words else plain
            action.setText(text)
            action.setEnabled(bool(words))
            tool.setEnabled(bool(words))
            tool.setToolTip(text)
            tool.setAccessibleName(text)

    def _show_status(self) -> None:
        session = self._session
        axis = session.axis
        parts = [session.preparing.get(axis.id) or f"{axis.title} {self.tr('model')} {axis.version}"]
        if session.course is not None and session.course.fine:
            parts.append(f"{self.tr('settled in')} {session.course.elapsed_ms:.0f} ms")
        parts.append(self.tr("options; the clinician decides"))
        words = "   ·   ".join(parts)
        if words != self.left_status.text():
            self.left_status.setText(words)
        if session.unread is not None:
            saved = str(session.unread)
        elif session.read_only:
            saved = f"{session.read_only}. {session.read_only_why}"
        elif session.failure is not None:
            saved = f"{self.tr('Not saved')}: {session.failure}"
        elif session.saving:
            saved = self.tr("saving …")
        elif session.saved_at is not None:
            saved = f"{self.tr('all changes saved')} {session.saved_at:%H:%M}"
        else:
            saved = self.tr("nothing changed yet")
        words = f"{self.tr('Offline')}   ·   {saved}"
        if words != self._status_words:
            self._status_words = words
            self._fit_status()

    def _fit_status(self) -> None:
        """Show as much of the sentence as fits; all of it is in the tip and for screen readers."""
        shown = self.right_status
        room = round(self.width() * STATUS_SHARE)
        shown.setText(shown.fontMetrics().elidedText(self._status_words, Qt.TextElideMode.ElideRight, room))
        shown.setToolTip(self._status_words)
        shown.setAccessibleName(self._status_words)

    def say(self, words: str) -> None:
        """Show a sentence in the status line (progress of a first start)."""
        self.left_status.setText(words)

    def _restyle(self) -> None:
        for widget in self.findChildren(QLabel):
            widget.updateGeometry()
        self._fit()

    # ---- shape -----------------------------------------------------------------------------------------------------
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the sheet the rest; hide the patients when there is no room for all three."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self._fit_status()
        scale, width = self._theme.scale, self.width()
        side = {True: 300, False: 272}[width >= 1800] if width >= 1400 else 236
        panel = {True: 384, False: 348}[width >= 1800] if width >= 1400 else 320
        side, panel = round(side * scale), round(panel * scale)
        self.sidebar.setMinimumWidth(round(200 * scale))
        self.panel.setMinimumWidth(round(312 * scale))
        narrow = width < NARROW_PX or width - side - panel < round(480 * scale)
        if narrow != self.property("narrow"):
            self.setProperty("narrow", narrow)
            self.sidebar.setVisible(not narrow)
        if not self.property("placed"):
            self.columns.setSizes([side, max(width - side - panel, 200), panel])

    def shape(self) -> dict[str, str]:
        """Return what is remembered of the window."""
        return {
            "geometry": bytes(self.saveGeometry().toBase64().data()).decode(),
            "columns": bytes(self.columns.saveState().toBase64().data()).decode(),
            "record": bytes(self.sidebar.splitter.saveState().toBase64().data()).decode(),
            "view": str(self._view),
            "presentation": {True: "open", False: "closed", None: ""}[self.courses.presentation.by_hand],
            **{f"horizon.{axis}": horizon.value for axis, horizon in self._session.horizons.items()},
            "units": self._session.unit_system.value,
            "market": self._session.market,
            "palette": self._theme.name.value,
            "scale": f"{self._theme.scale:g}",
        }

    def restore(self, shape: dict[str, str]) -> None:
        """Take over a remembered shape; what does not fit is left as it is."""
        if "columns" in shape:
            self.restoreGeometry(QByteArray.fromBase64(shape.get("geometry", "").encode()))
            placed = self.columns.restoreState(QByteArray.fromBase64(shape["columns"].encode()))
            self.setProperty("placed", placed)
            self.sidebar.splitter.restoreState(QByteArray.fromBase64(shape.get("record", "").encode()))
        self._session.remember_horizons(
            {name.removeprefix("horizon."): value for name, value in shape.items() if name.startswith("horizon.")}
        )
        if shape.get("presentation") in ("open", "closed"):
            self.courses.presentation.set_opened(shape["presentation"] == "open")
        if shape.get("units") in {system.value for system in UnitSystem}:
            self._session.set_unit_system(UnitSystem(shape["units"]))
        if shape.get("market") in MARKETS:
            self._session.set_market(shape["market"])
        if shape.get("palette") in {name.value for name in PaletteName}:
            self._theme.choose(PaletteName(shape["palette"]))
        try:
            self._theme.set_scale(float(shape.get("scale", "1")))
            view = int(shape.get("view", "0"))
        except ValueError:
            view = 0
        if 0 <= view <= 3:
            self.show_view(view)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Answer single letters when no text field has focus: digits horizons, U units, K keep.

        Before a hand reaches an area that is being filled part by part, the rest of it is filled at once: what is done
        there is done to the open patient.
        """
        if event.type() in HANDS and isinstance(watched, QWidget):
            for area in (self.sidebar.record, self.panel):
                if area.busy and (area is watched or area.isAncestorOf(watched)):
                    area.finish()
        if event.type() is not QEvent.Type.KeyPress or not self.isActiveWindow():
            return False
        focus = QApplication.focusWidget()
        text = event.text()  # type: ignore[attr-defined]
        plain = not (event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier)  # type: ignore[attr-defined]
        if not plain or not text or isinstance(focus, (QLineEdit, QPlainTextEdit, QAbstractSpinBox, QComboBox)):
            return False
        if watched is not focus or QApplication.activeModalWidget() is not None:
            return False
        on_sheet = focus is not None and (focus is self.sheet or self.sheet.isAncestorOf(focus))
        if text in "123456789" and on_sheet:
            self._choose_horizon(int(text) - 1)
            return True
        if text in "uU":
            chosen = UnitSystem.SI if self._session.unit_system is UnitSystem.CONVENTIONAL else UnitSystem.CONVENTIONAL
            self._session.set_unit_system(chosen)
            return True
        if text in "kK":
            self.panel.keep_scenario()
            return True
        return False

    def _may_close(self) -> bool:
        """Ask before entries are lost that are typed and not saved."""
        if not self.sidebar.record.drafts.patients():
            return True
        box = QMessageBox(self)
        box.setText(self.tr("Entries are typed but not saved. They bear a dot in the record."))
        stay = box.addButton(self.tr("Go back to them"), QMessageBox.ButtonRole.RejectRole)
        leave = box.addButton(self.tr("Close without them"), QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(stay)
        box.exec()
        chosen = box.clickedButton() is leave
        box.deleteLater()
        return chosen

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell whoever holds the lanes, and stop listening; unsaved entries are asked about first."""
        if not self._may_close():
            event.ignore()
            return
        self.closing.emit()
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self)
        self._unsubscribe()
        self._relay.forget()
        self.axis_menu.stop()
        for view in (self.axis_row, self.sidebar, self.courses, self.panel, self.loop, self.phase, self.table):
            if view is not None:
                view.close()
        super().closeEvent(event)


def _dress(widgets: list[QWidget]) -> None:
    """Let the style sheet dress widgets before they are shown; one that is gone meanwhile needs none."""
    for widget in widgets:
        if isValid(widget):
            widget.ensurePolished()
