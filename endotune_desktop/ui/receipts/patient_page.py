"""The forecasts of the open patient, newest first, each with what became of it."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from endotune_desktop.clinic.records import PatientRecord, Receipt
from endotune_desktop.ui.receipts.rows_table import RowsTable
from endotune_desktop.ui.receipts.words import (
    forecast_words,
    marker_words,
    result_words,
    skill_words,
    tr,
    verdict_words,
    visits_words,
)
from endotune_desktop.ui.theme.theme import Theme
from endotune_desktop.ui.widgets.numbers import shown_percent
from endotune_desktop.ui.widgets.pieces import label
from endotune_desktop.ui.words import day_words
from endotune_desktop.workbench.session import Session


class PatientPage(QWidget):
    """A strip of receipts; the chosen one is told in full below.

    Attributes
    ----------
    table : RowsTable
    detail : QLabel
    """

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__()
        self._session = session
        self._shown: tuple[Receipt, ...] = ()
        self.head = label("", "strong", wrap=True)
        heads = [tr("Due"), tr("Marker"), tr("Forecast (90 % band)"), tr("Result"), tr("How it fared"), tr("Skill")]
        self.table = RowsTable(theme, heads, tr("Forecasts of this patient"), 4, right={3, 5})
        self.table.explain(5, tr("How much nearer than a forecast before any lab: 100 % is perfect, below 0 % worse."))
        self.table.currentCellChanged.connect(lambda *_: self._tell())
        self.detail = label("", "caption", wrap=True)
        self.detail.setMinimumHeight(theme.px(68))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(8))
        layout.addWidget(self.head)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.detail)
        self.refresh()

    def refresh(self) -> None:
        """Show the receipts of the open patient as the record has them."""
        record, system = self._session.record, self._session.unit_system
        held = record.receipts if record is not None else ()
        self._shown = tuple(sorted(held, key=lambda r: (r.due_at, r.axis, r.marker), reverse=True))
        rows = []
        for receipt in self._shown:
            assert record is not None
            score = record.score_of(receipt)
            rows.append(
                [
                    day_words(receipt.due_at.date()),
                    marker_words(receipt.axis, receipt.marker),
                    forecast_words(receipt, system),
                    result_words(receipt, score, system),
                    verdict_words(score),
                    skill_words(score),
                ]
            )
        self.table.fill(rows)
        self.head.setText(self._head(record))
        self._tell()

    def _head(self, record: PatientRecord | None) -> str:
        if record is None:
            return tr("No patient chosen")
        if not record.receipts:
            return tr("{name}: no plan has been adopted here yet; a forecast is kept with every plan.").format(
                name=record.patient.name
            )
        scores = [record.score_of(receipt) for receipt in record.receipts]
        inside = [score.in90 for score in scores if score is not None and score.in90 is not None]
        return tr("{name}: {inside} of {scored} results inside the 90 % band, {all} forecasts made").format(
            name=record.patient.name, inside=sum(inside), scored=len(inside), all=len(record.receipts)
        )

    def _tell(self) -> None:
        row = self.table.currentRow()
        if not 0 <= row < len(self._shown):
            self.detail.setText("")
            return
        self.detail.setText(told(self._shown[row]))


def told(receipt: Receipt) -> str:
    """Return all that is kept of a forecast's origin, in sentences."""
    shares = (
        (tr("not knowing this patient"), receipt.share_patient),
        (tr("what is really taken"), receipt.share_intake),
        (tr("the assay"), receipt.share_assay),
        (tr("day to day"), receipt.share_within),
        (tr("the model"), receipt.share_model),
    )
    wide = ", ".join(f"{words} {shown_percent(share)}" for words, share in shares)
    parts = [
        tr("{advice}; forecast made on {day} after visits: {visits}.").format(
            advice=receipt.advice, day=day_words(receipt.made_at.date()), visits=visits_words(receipt.visits)
        ),
        tr("The band is wide by: {parts}; width factor {c:g}.").format(parts=wide, c=receipt.width),
        tr("Model {axis} {version} ({model}), prior {prior}, labs {labs}, regimen {regimen}, seed {seed}.").format(
            axis=receipt.axis, version=receipt.model_version, model=receipt.model_hash, prior=receipt.prior_hash,
            labs=receipt.labs_hash, regimen=receipt.regimen_hash, seed=receipt.seed,
        ),
    ]  # fmt: skip
    return "\n".join(parts)
