"""The fields of one record: judged, refused, asked about, repaired and saved; a dialog and a row put it in a frame."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from endotune_desktop.clinic.edits import Edit, RecordChange
from endotune_desktop.clinic.errors import EndoTuneError
from endotune_desktop.clinic.records import Record
from endotune_desktop.ui.forms.record_form import FieldSpec, RecordForm
from endotune_desktop.ui.theme.theme import Theme
from endotune_desktop.ui.widgets.fields import ChoiceField, TextField
from endotune_desktop.ui.widgets.pieces import label
from endotune_desktop.workbench.forms import Form
from endotune_desktop.workbench.plausibility import Repair
from endotune_desktop.workbench.session import Session


class FormBody(QWidget):
    """Asks for the fields of one record, two a row.

    Signals
    -------
    changed()
        Something was typed, chosen or put back.
    finished(object)
        The record as it is on disk, or as it was when nothing differs.

    Parameters
    ----------
    session : Session
    theme : Theme
    form : RecordForm
    compact : bool
        Dense, for a row of a list.
    short : bool
        Leaves the fields out that are marked `more`.
    """

    changed = Signal()
    finished = Signal(object)

    def __init__(
        self, session: Session, theme: Theme, form: RecordForm, *, compact: bool = False, short: bool = False
    ) -> None:
        super().__init__()
        self._session, self.form = session, form
        self.saving = False
        self._confirmed: dict[str, str] = {}
        self.fields: dict[str, TextField | ChoiceField] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        self._grid.setHorizontalSpacing(theme.px(8 if compact else 12))
        self._grid.setVerticalSpacing(theme.px(2 if compact else 4))
        for spec in form.fields:
            self.fields[spec.name] = self._made(theme, spec, compact)
        self._first = self.texts()
        self._former = dict(self._first)
        self.failure = label("", "bad", wrap=True)
        self.failure.setParent(self)
        self.failure.hide()
        self.short = short
        self._arrange()

    def _made(self, theme: Theme, spec: FieldSpec, compact: bool) -> TextField | ChoiceField:
        made: TextField | ChoiceField
        if spec.choices:
            made = ChoiceField(theme, spec.title, list(spec.choices), spec.text)
            made.chosen.connect(lambda chosen, name=spec.name: self._chosen(name, chosen))
        else:
            made = TextField(theme, spec.title, spec.text, spec.hint)
            made.edited.connect(self.changed.emit)
        made.note.repaired.connect(self._repair)
        made.setParent(self)
        made.note.setParent(self)
        if compact:
            made.set_compact()
        return made

    # ---- layout ----------------------------------------------------------------------------------------------------
    def _arrange(self) -> None:
        """Lay out what is shown; a refusal takes the whole width under its row."""
        while self._grid.takeAt(0) is not None:
            pass
        row, column = 0, 0
        for spec in self.form.fields:
            made = self.fields[spec.name]
            left_out = self.short and spec.more
            made.setVisible(not left_out)
            if left_out:
                continue
            if spec.wide and column:
                row, column = row + 3, 0
            self._grid.addWidget(made, row, column, 1, 2 if spec.wide else 1, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(made.note, row + 1 + column, 0, 1, 2)
            row, column = (row + 3, 0) if spec.wide or column else (row, 1)
        self._grid.addWidget(self.failure, row + 3, 0, 1, 2)
        self._order_tabs()

    def _order_tabs(self) -> None:
        inner = [made.line if isinstance(made, TextField) else made.box for made in self.fields.values()]
        for first, second in pairwise(inner):
            QWidget.setTabOrder(first, second)

    def show_more(self) -> None:
        """Show every field."""
        if self.short:
            self.short = False
            self._arrange()

    @property
    def has_more(self) -> bool:
        """Return whether fields are left out."""
        return self.short and any(spec.more for spec in self.form.fields)

    def focus(self, name: str = "") -> None:
        """Put the focus into a field, its text selected; into the first that is shown by default."""
        shown = [key for key, made in self.fields.items() if not made.isHidden()]
        made = self.fields[name if name in shown else shown[0]]
        if isinstance(made, TextField):
            made.line.setFocus(Qt.FocusReason.TabFocusReason)
            made.line.selectAll()
        else:
            made.box.setFocus(Qt.FocusReason.TabFocusReason)

    # ---- texts -----------------------------------------------------------------------------------------------------
    def texts(self) -> dict[str, str]:
        """Return what is typed and chosen."""
        return {name: made.text if isinstance(made, TextField) else made.value for name, made in self.fields.items()}

    def put(self, texts: dict[str, str]) -> None:
        """Put texts and choices back; what a choice brings along comes before what depends on it."""
        for spec in self.form.fields:
            if spec.name in texts:
                self._put(spec.name, texts[spec.name])
        for name, text in texts.items():
            self._put(name, text, follow=False)

    def _put(self, name: str, text: str, *, follow: bool = True) -> None:
        made = self.fields.get(name)
        if isinstance(made, TextField):
            made.set_text(text)
        elif made is not None and made.value != text:
            made.choose(text)
            if follow:
                self._follow(name, text)
            self._former[name] = text

    @property
    def dirty(self) -> bool:
        """Return whether anything differs from what stood there at first."""
        return self.texts() != self._first

    def _chosen(self, name: str, chosen: str) -> None:
        self._follow(name, chosen)
        self.changed.emit()

    def _follow(self, name: str, chosen: str) -> None:
        """Bring along what follows from a choice."""
        former, self._former[name] = self._former[name], chosen
        if name not in self.form.follow:
            return
        brought = self.form.follow[name](chosen, former, self.texts())
        for other, (choices, wanted) in brought.choices.items():
            made = self.fields[other]
            if isinstance(made, ChoiceField):
                made.offer(list(choices), wanted)
                self._former[other] = wanted
        for other, text in brought.texts.items():
            self._put(other, text)

    def _repair(self, repair: Repair) -> None:
        if repair.field:
            self.accept_entries()
            self._put(repair.field, repair.text)
            self.changed.emit()
            self.focus(repair.field)

    # ---- saving ----------------------------------------------------------------------------------------------------
    def accept_entries(self) -> None:
        """Take every refusal away."""
        for made in self.fields.values():
            made.accept_entry()
        self.failure.hide()

    def try_save(self) -> None:
        """Judge the fields; refuse or ask at each, or write the record and say so."""
        if self.saving:
            return
        self.accept_entries()
        texts = self.texts()
        form = self.form.judge(texts)
        if form.record is None or (form.doubts and texts != self._confirmed):
            self._confirmed = texts if form.record is not None else {}
            self._refuse(form)
            return
        record = form.record
        if record == self.form.before:
            self.finished.emit(record)
            return
        self.saving = True
        edit = Edit(self.form.words(record), (RecordChange(self.form.before, record),))
        self._session.edit(edit, lambda: self._done(record), self._failed)

    def _refuse(self, form: Form[Record]) -> None:
        first = ""
        found = form.refusals or form.doubts
        asked = not form.refusals
        keep = self.tr("Enter again keeps it.") if asked else ""
        for name, refusal in found.items():
            made = self.fields.get(name)
            if made is None:
                self.failure.setText(refusal.sentence())
                self.failure.show()
                continue
            if made.isHidden():
                self.show_more()
            made.refuse(refusal, form.repairs.get(name, ()), asked=asked, more=keep)
            first = first or name
        if first:
            self.focus(first)

    def _done(self, record: Record) -> None:
        self.saving = False
        self.finished.emit(record)

    def _failed(self, error: EndoTuneError) -> None:
        self.saving = False
        self.failure.setText(f"{error} {self.tr('Your entry is kept in the window.')}")
        self.failure.show()
