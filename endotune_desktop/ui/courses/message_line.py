"""The line over the plots: what failed, what is outside the tests, whose course this is not."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout

from endotune_desktop.ui.courses.painting import tr
from endotune_desktop.ui.theme.theme import Theme
from endotune_desktop.ui.widgets.pieces import label, restyle
from endotune_desktop.workbench.session import Session


class MessageLine(QFrame):
    """Hidden when there is nothing to say."""

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__()
        self._session = session
        self.setProperty("kind", "message")
        self.text = label("", wrap=True)
        line = QHBoxLayout(self)
        line.setContentsMargins(theme.px(12), theme.px(6), theme.px(12), theme.px(6))
        line.addWidget(self.text)
        self.hide()

    def refresh(self, hatched: set[str]) -> None:
        """Say what is to be said of the session's newest course.

        Parameters
        ----------
        hatched : set of str
            Markers whose own plot says that they are outside the tests.
        """
        tone, words = self._words(hatched)
        if words and (tone, words) != (self.property("tone"), self.text.text()):
            restyle(self, "tone", tone)
            self.text.setText(words)
        if self.isHidden() == bool(words):
            self.setVisible(bool(words))

    def _words(self, hatched: set[str]) -> tuple[str, str]:
        preparing = self._session.preparing.get(self._session.axis.id)
        if preparing:
            once = tr("This is done once. The other axes can be used meanwhile.")
            return "plain", f"{preparing}. {once}"
        failure, record, view = self._session.course_failure, self._session.record, self._session.course
        if failure is not None:
            kept = tr("The plots keep the last good answer. Nothing in the record has changed.")
            return "bad", f"{failure}. {kept}"
        remarks = (*view.remarks_now, *view.remarks_whatif) if view is not None else ()
        outside = dict.fromkeys(tr(remark.sentence) for remark in remarks if remark.subject not in hatched)
        if outside:
            return "warn", " ".join(outside)
        if record is None or record.labs:
            return "plain", ""
        person = tr(
            "This curve is not fitted to anybody: it shows a typical person of {age} and {weight} kg; "
            "the band covers 90 of 100 such persons."
        )
        age = record.patient.age_years(self._session.today())
        return "plain", person.format(age=age, weight=f"{record.latest_weight_kg():g}")
