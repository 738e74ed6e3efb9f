"""The clinic's forecasts: reliability, coverage, skill, the worst five, and words of alarm."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from endotune_desktop.clinic.errors import EndoTuneError
from endotune_desktop.tuning.clinic_calibration import Calibration
from endotune_desktop.ui.receipts.reliability_picture import ReliabilityPicture
from endotune_desktop.ui.receipts.rows_table import RowsTable
from endotune_desktop.ui.receipts.words import (
    alarm_words,
    axis_words,
    marker_words,
    reliability_words,
    summary_words,
    tr,
    visits_words,
)
from endotune_desktop.ui.theme.theme import Theme
from endotune_desktop.ui.widgets.numbers import shown_number, shown_percent
from endotune_desktop.ui.widgets.pieces import label
from endotune_desktop.workbench.receipt_desk import ReceiptDesk
from endotune_desktop.workbench.session import Session


class ClinicPage(QWidget):
    """Sums up whose patients are shown in the list: invented ones and real ones are never mixed.

    Parameters
    ----------
    session : Session
    desk : ReceiptDesk
    theme : Theme
    open_patient : callable
        Opens the patient of a row by id.

    Attributes
    ----------
    picture : ReliabilityPicture
    coverage, worst : RowsTable
    found : Calibration or None
    """

    def __init__(self, session: Session, desk: ReceiptDesk, theme: Theme, open_patient: Callable[[str], None]) -> None:
        super().__init__()
        self._session, self._desk, self._open = session, desk, open_patient
        self.found: Calibration | None = None
        self.summary = label("", "strong", wrap=True)
        self.alarms = label("", "", wrap=True)
        self.reliability = label("", "caption", wrap=True)
        self.picture = ReliabilityPicture(theme)
        heads = [tr("Marker"), tr("Axis"), tr("Visits"), tr("n"), tr("In 50 %"), tr("In 90 %")]
        self.coverage = RowsTable(theme, heads, tr("Coverage by marker and visits"), 0, right={2, 3, 4, 5})
        self.coverage.explain(2, tr("Visits with results before the forecast was made."))
        heads = [tr("Least expected"), tr("Place"), tr("Score")]
        self.worst = RowsTable(theme, heads, tr("The worst five"), 0, right={1, 2})
        self.worst.explain(1, tr("Share of the forecast that lay below the result; 0.50 is its middle."))
        self.worst.explain(2, tr("Logarithmic score: the lower, the less the forecast expected the result."))
        self.worst.cellActivated.connect(lambda row, _: self._open_row(row))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(6))
        for part in (self.summary, self.alarms):
            layout.addWidget(part)
        layout.addWidget(self.picture, 3)
        layout.addWidget(self.reliability)
        tables = QHBoxLayout()
        tables.setSpacing(theme.px(12))
        tables.addWidget(self.coverage, 3)
        tables.addWidget(self.worst, 2)
        layout.addLayout(tables, 3)
        layout.addWidget(label(tr("Enter on one of the worst five opens its patient."), "caption", wrap=True))

    def refresh(self) -> None:
        """Ask for the sum of what the store holds now."""
        self._desk.sum_up(self.show_found, self._failed)

    def show_found(self, found: Calibration) -> None:
        """Show a sum."""
        self.found = found
        group = tr("Invented persons") if self._session.sandbox_shown else tr("Real patients")
        self.summary.setText(f"{group}: {summary_words(found)}")
        self.alarms.setText("\n".join(alarm_words(alarm) for alarm in found.alarms))
        self.alarms.setVisible(bool(found.alarms))
        self.picture.show_found(found)
        self.reliability.setText(
            tr("The band is what chance allows in nine of ten counts: {words}.").format(words=reliability_words(found))
        )
        self.coverage.fill(
            [
                [marker_words(row.axis, row.marker), axis_words(row.axis), visits_words(row.visits), str(row.count),
                 shown_percent(row.share50), shown_percent(row.share90)]
                for row in found.coverage
            ]
        )  # fmt: skip
        names = {row.patient.id: row.patient.name for row in self._session.patients}
        self.worst.fill(
            [
                [f"{marker_words(row.axis, row.marker)} · {names.get(row.patient_id, '')}", f"{row.pit:.2f}",
                 shown_number(row.log_score, decimals=1)]
                for row in found.worst
            ]
        )  # fmt: skip

    def _failed(self, error: EndoTuneError) -> None:
        self.summary.setText(str(error))

    def _open_row(self, row: int) -> None:
        if self.found is not None and row < len(self.found.worst):
            self._open(self.found.worst[row].patient_id)
