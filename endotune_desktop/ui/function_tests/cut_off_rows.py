"""The cut-offs of a test, each in a field of its own with its source; a clinic may set its own values."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QWidget

from endotune_desktop.clinic.errors import InputRefused
from endotune_desktop.tuning.function_test_run import CutOffResult
from endotune_desktop.tuning.function_tests import CutOff, FunctionTest
from endotune_desktop.ui.function_tests.reading_words import reading_unit
from endotune_desktop.ui.theme.theme import Theme
from endotune_desktop.ui.widgets.numbers import NO_BREAK, shown_share
from endotune_desktop.ui.widgets.pieces import button, clear_layout, label, restyle
from endotune_desktop.workbench.function_test_bench import FunctionTestBench
from endotune_desktop.workbench.session import Session


class CutOffRows(QWidget):
    """A row a cut-off: its words, its value to edit, whether it is met, and where it comes from.

    Attributes
    ----------
    fields : dict of str to QLineEdit
        By cut-off id.
    refusal : QLabel
        Why the last entry was not accepted; what was typed stays.
    """

    def __init__(self, session: Session, bench: FunctionTestBench, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._bench, self._theme = session, bench, theme
        self._test: FunctionTest | None = None
        self.fields: dict[str, QLineEdit] = {}
        self._met: dict[str, QLabel] = {}
        self._units: dict[str, QLabel] = {}
        self._back: dict[str, QWidget] = {}
        self.refusal = label("", "bad", wrap=True)
        self.refusal.hide()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.px(8))
        self._grid.setVerticalSpacing(theme.px(2))
        self._grid.setColumnStretch(0, 1)

    def show_test(self, test: FunctionTest | None) -> None:
        """Lay the rows of a test out, unless they are there already."""
        if test is not None and self._test is not None and test.id == self._test.id:
            self._fill(test)
            return
        self._grid.removeWidget(self.refusal)
        self.refusal.setParent(None)
        clear_layout(self._grid)
        self.fields, self._met, self._units, self._back, self._test = {}, {}, {}, {}, None
        if test is None:
            return
        for row, entry in enumerate(test.cut_offs):
            field = QLineEdit()
            field.setProperty("kind", "compact")
            field.setFixedWidth(self._theme.px(72))
            field.setAccessibleName(entry.title)
            field.setToolTip(entry.source)
            field.editingFinished.connect(partial(self._entered, entry.id))
            self.fields[entry.id], self._met[entry.id] = field, label("", "caption")
            back = button("", partial(self._restore, entry.id), theme=self._theme, icon="rotate-ccw", kind="flat",
                          name=self.tr("Back to the shipped value"))  # fmt: skip
            self._back[entry.id] = back
            self._grid.addWidget(label(entry.title, wrap=True), 2 * row, 0)
            self._grid.addWidget(field, 2 * row, 1)
            self._units[entry.id] = label("", "caption")
            self._grid.addWidget(self._units[entry.id], 2 * row, 2)
            self._grid.addWidget(self._met[entry.id], 2 * row, 3)
            self._grid.addWidget(back, 2 * row, 4)
            self._grid.addWidget(label(entry.source, "caption", wrap=True), 2 * row + 1, 0, 1, 5)
        self._grid.addWidget(self.refusal, 2 * len(test.cut_offs), 0, 1, 5)
        self._fill(test)

    def _fill(self, test: FunctionTest) -> None:
        self._test = test
        for entry in test.cut_offs:
            field = self.fields[entry.id]
            unit, factor = self._unit(test, entry)
            self._units[entry.id].setText(unit)
            if not (field.hasFocus() and field.isModified()):
                field.setText(f"{entry.value / factor:.4g}")
            own = entry.value != self._bench.shipped_value(test.id, entry.id)
            self._back[entry.id].setEnabled(own)
            restyle(field, "own", own)

    def _unit(self, test: FunctionTest, entry: CutOff) -> tuple[str, float]:
        return reading_unit(self._session.axis, test.reading(entry.reading), self._session.unit_system)

    def show_results(self, results: tuple[CutOffResult, ...]) -> None:
        """Say of each cut-off whether it is met, and by what share of the members."""
        by_id = {held.cut_off.id: held for held in results}
        for name, shown in self._met.items():
            held = by_id.get(name)
            if held is None:
                shown.setText("" if not results else self.tr("another body"))
                continue
            words = self.tr("met") if held.met else self.tr("not met")
            known = held.probability == held.probability  # not a number without members
            shown.setText(f"{words}{NO_BREAK}({shown_share(held.probability)})" if known else words)

    def _entered(self, name: str) -> None:
        test, field = self._test, self.fields.get(name)
        if test is None or field is None or not field.isModified():
            return
        entry = next(entry for entry in test.cut_offs if entry.id == name)
        unit, factor = self._unit(test, entry)
        try:
            value = float(field.text().strip().replace(",", "."))
            field.setModified(False)
            self._bench.set_cut_off(test.id, name, value * factor)
        except ValueError:
            field.setModified(True)
            self._refuse(self.tr("'{text}' is no number.").format(text=field.text()))
        except InputRefused:
            ends = self.tr("{low} to {high}").format(low=f"{entry.low / factor:.4g}", high=f"{entry.high / factor:.4g}")
            self._refuse(self.tr("{value} is outside what is accepted: {ends} {unit}").format(
                value=f"{value:g}", ends=ends, unit=unit,
            ).strip())  # fmt: skip
        else:
            self.refusal.hide()

    def _refuse(self, words: str) -> None:
        self.refusal.setText(words)
        self.refusal.show()

    def _restore(self, name: str) -> None:
        if self._test is not None:
            self.fields[name].setModified(False)
            self._bench.set_cut_off(self._test.id, name, self._bench.shipped_value(self._test.id, name))
            self.refusal.hide()
