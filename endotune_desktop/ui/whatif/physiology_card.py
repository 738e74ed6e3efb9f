"""What is different about this axis: lesions by severity, doses taken, binding, interference."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from endotune_desktop.clinic.scenario import LONG_STANDING, NEW, LesionState
from endotune_desktop.physiology.axis import Parameter
from endotune_desktop.ui.courses.target_words import beyond_words, why_words
from endotune_desktop.ui.theme.theme import Theme
from endotune_desktop.ui.widgets.numbers import NO_BREAK, shown_number
from endotune_desktop.ui.widgets.pieces import Card, button, clear_layout, label
from endotune_desktop.ui.widgets.segmented import SegmentedControl
from endotune_desktop.ui.widgets.share_slider import ShareSlider
from endotune_desktop.workbench.session import Session

SITE_ICONS = {
    "thyroid": "target", "pituitary": "waypoints", "hypothalamus": "waypoints", "blood": "droplet",
    "absorption": "droplet", "tissue": "user",
}  # fmt: skip


BEYOND = "beyond"
"""Key of the row that holds targets of no marker of the axis."""


class PhysiologyCard(Card):
    """Rows of what the plan holds about the axis; a row opens its editor in place."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._session = session
        self._open = ""
        self._dragging = self._edits = False
        self._shape: tuple[object, ...] = ()
        head = QHBoxLayout()
        head.addWidget(label(self.tr("Physiology of this patient"), "head"))
        head.addStretch(1)
        self.add = button(
            self.tr("Add"), self._show_add, theme=theme, icon="plus", kind="flat", name=self.tr("Add a condition")
        )
        head.addWidget(self.add)
        self.body.addLayout(head)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self.body.addLayout(self._rows)
        self.refresh()

    # ---- showing ---------------------------------------------------------------------------------------------------
    def leave(self) -> None:
        """Take an open editor away: it is about a plan that is gone."""
        self._dragging = False
        if self._edits:
            self._edits, self._shape = False, ()
            clear_layout(self._rows)

    def refresh(self) -> None:
        """Show the plan's lesions and parameters; an editor under the hand stays as it is."""
        whatif = self._session.whatif
        plan, record = whatif.plan, whatif.record_plan
        self.set_marked(plan.lesions != record.lesions or plan.parameters != record.parameters)
        if self._dragging:
            self._retitle()
            return
        taken = min((order.fraction_taken for order in plan.orders), default=1.0)
        axis_id = self._session.axis.id
        shape = (
            axis_id,
            plan.lesions,
            tuple(plan.parameters.items()),
            taken,
            tuple((order.agent, order.route, order.preparation, order.dose > 0.0) for order in plan.orders),
            self._open,
            self._session.record.patient.diagnosis if self._session.record is not None else "",
            self._theme.scale,
        )
        if shape == self._shape:
            return
        self._shape, self._edits = shape, False
        clear_layout(self._rows)
        self._titles: dict[str, QWidget] = {}
        for lesion in plan.lesions:
            self._add_row(f"lesion:{lesion.lesion}", *self._lesion_words(lesion))
        if plan.orders:
            percent = f"{round(100 * taken)}{NO_BREAK}%"
            self._add_row("taken", "check", self.tr("Doses taken"), percent, taken < 0.95)
        for name, value in plan.parameters.items():
            parameter = self._session.axis.parameter(name)
            self._add_row(f"parameter:{name}", "scale", parameter.words or parameter.meaning, f"x {value:g}", False)
        for sentence in self._invalid():
            self._rows.addWidget(label(sentence, "warn", wrap=True))
        if not plan.lesions and not plan.orders and not plan.parameters:
            self._rows.addWidget(label(self.tr("A healthy axis and no drug."), "second"))
        self._add_beyond()

    def _lesion_words(self, state: LesionState) -> tuple[str, str, str, bool]:
        lesion = self._session.axis.lesion(state.lesion)
        gland = any(change.parameter == "sigma" for change in lesion.changes)
        share = 1.0 - state.severity if gland else state.severity
        title = f"{lesion.title}, {self.tr('gland left')}" if gland else lesion.title
        interference = lesion.id.startswith("interference_")
        if interference:
            factor = lesion.changes[0].at(state.severity)
            return (
                "droplet",
                title,
                f"{self.tr('uptake')} {shown_number(100 * (factor - 1), decimals=0)}{NO_BREAK}%",
                True,
            )
        return SITE_ICONS.get(lesion.site, "target"), title, f"{round(100 * share)}{NO_BREAK}%", False

    def _retitle(self) -> None:
        """Write the value under the hand without rebuilding the slider."""
        for lesion in self._session.whatif.plan.lesions:
            row = self._titles.get(f"lesion:{lesion.lesion}")
            if row is not None:
                _, title, value, _ = self._lesion_words(lesion)
                row.setText(f"{title}   {value}")  # type: ignore[attr-defined]

    def _add_row(self, key: str, icon: str, title: str, value: str, costs: bool) -> None:
        row = button(
            f"{title}   {value}", lambda: self._toggle(key), theme=self._theme, icon=icon, kind="row",
            name=f"{title}: {value}",
        )  # fmt: skip
        self._titles[key] = row
        self._rows.addWidget(row)
        if costs:
            row.setIcon(self._theme.icon(icon, "warn"))
        if self._open == key:
            self._edits = True
            self._rows.addWidget(self._editor(key))

    def _invalid(self) -> list[str]:
        """Return why markers are no targets under the plan, or that there is none at all."""
        session = self._session
        record, plan = session.record, session.whatif.difference
        if record is None:
            return []
        found = session.targets.invalid(record, session.axis, plan, session.today())
        words = [f"{marker.title}: {why_words(standing)}" for marker, standing in found]
        if session.targets.nothing_to_aim_at(record, session.axis, plan, session.today()):
            words.append(self.tr("No laboratory target: symptoms lead."))
        return words

    def _add_beyond(self) -> None:
        """Add a row that opens what holds for this patient and is nothing the model has."""
        session = self._session
        if session.record is None:
            return
        found = session.targets.beyond(session.record, session.axis, session.whatif.difference, session.today())
        if not found:
            return
        words = self.tr("Targets outside the model")
        name = f"{words}: {len(found)}"
        row = button(
            f"{words}   {len(found)}", lambda: self._toggle(BEYOND), theme=self._theme, icon="info", kind="row"
        )
        row.setAccessibleName(name)
        self._rows.addWidget(row)
        if self._open == BEYOND:
            for rule in found:
                said = label(beyond_words(rule), "second", wrap=True)
                said.setContentsMargins(0, 0, 0, self._theme.px(4))
                said.setToolTip(f"{rule.words[0]}\n{rule.source}")
                self._rows.addWidget(said)

    # ---- editing ---------------------------------------------------------------------------------------------------
    def _toggle(self, key: str) -> None:
        self._open = "" if self._open == key else key
        self.refresh()

    def _editor(self, key: str) -> QWidget:
        kind, _, name = key.partition(":")
        if kind == "lesion":
            return self._lesion_editor(name)
        if kind == "taken":
            return self._taken_editor()
        return self._parameter_editor(self._session.axis.parameter(name))

    def _slider_box(self, slider: ShareSlider) -> tuple[QWidget, QVBoxLayout]:
        box = QWidget()
        layout = QVBoxLayout(box)
        layout.setContentsMargins(self._theme.px(4), 0, self._theme.px(4), self._theme.px(8))
        layout.setSpacing(self._theme.px(4))
        layout.addWidget(slider)
        slider.cancelled.connect(self._cancel)
        return box, layout

    def _lesion_editor(self, lesion_id: str) -> QWidget:
        whatif, lesion = self._session.whatif, self._session.axis.lesion(lesion_id)
        state = next(entry for entry in whatif.plan.lesions if entry.lesion == lesion_id)
        slider = ShareSlider(self._theme, lesion.title)
        slider.set_share(state.severity)
        box, layout = self._slider_box(slider)
        ends = QHBoxLayout()
        ends.addWidget(label(self.tr("healthy"), "caption"))
        ends.addStretch(1)
        ends.addWidget(label(self.tr("full form"), "caption"))
        layout.addLayout(ends)

        def plan(share: float) -> LesionState:
            current = next(entry for entry in whatif.plan.lesions if entry.lesion == lesion_id)
            return replace(current, severity=share)

        slider.previewed.connect(lambda share: self._drag(lambda: whatif.preview(whatif.with_lesion(plan(share)))))
        slider.settled.connect(
            lambda share: self._drop(lambda: whatif.commit(whatif.with_lesion(plan(share)), lesion.title))
        )
        onsets = [o for o in (LONG_STANDING, NEW) if o in lesion.onsets]
        row = QHBoxLayout()
        if len(onsets) > 1 and isinstance(state.onset, str):
            since = SegmentedControl(self._theme, [self.tr("long-standing"), self.tr("new today")], self.tr("Since"))
            since.set_index(onsets.index(state.onset))
            since.chosen.connect(
                lambda index: whatif.commit(
                    whatif.with_lesion(replace(plan(slider.share), onset=onsets[index])), lesion.title
                )
            )
            row.addWidget(since)
        row.addStretch(1)
        words = self.tr("Remove {name}").format(name=lesion.title)
        row.addWidget(
            button(
                self.tr("Remove"),
                lambda: whatif.commit(whatif.without_lesion(lesion_id), words),
                kind="compact",
                name=words,
            )
        )
        layout.addLayout(row)
        formulas = "; ".join([c.words for c in lesion.changes] + [j.words for j in lesion.jumps])
        layout.addWidget(label(f"{formulas} ({lesion.source})", "caption", wrap=True))
        return box

    def _taken_editor(self) -> QWidget:
        whatif = self._session.whatif
        slider = ShareSlider(self._theme, self.tr("Doses taken"))
        slider.set_share(min((order.fraction_taken for order in whatif.plan.orders), default=1.0))
        slider.previewed.connect(lambda share: self._drag(lambda: whatif.preview(whatif.with_adherence(share))))
        slider.settled.connect(
            lambda share: self._drop(lambda: whatif.commit(whatif.with_adherence(share), self.tr("Doses taken")))
        )
        return self._slider_box(slider)[0]

    def _parameter_editor(self, parameter: Parameter) -> QWidget:
        """Return a slider over the central 95 % of persons, or over the bounds where none is known."""
        whatif = self._session.whatif
        slider = ShareSlider(self._theme, parameter.words or parameter.meaning)
        low, high = max(parameter.low, parameter.value / 4.0), min(parameter.high, parameter.value * 4.0)
        span = high / low
        import math

        value = whatif.plan.parameters.get(parameter.id, parameter.value)
        slider.set_share(math.log(value / low) / math.log(span))
        box, layout = self._slider_box(slider)

        def at(share: float) -> float:
            return float(f"{low * span**share:.3g}")

        slider.previewed.connect(
            lambda s: self._drag(lambda: whatif.preview(whatif.with_parameter(parameter.id, at(s))))
        )
        slider.settled.connect(
            lambda s: self._drop(lambda: whatif.commit(whatif.with_parameter(parameter.id, at(s)), parameter.words))
        )
        words = self.tr("Back to typical")
        layout.addWidget(
            button(words, lambda: whatif.commit(whatif.with_parameter(parameter.id, None), words), kind="compact")
        )
        layout.addWidget(label(f"{parameter.meaning} ({parameter.source})", "caption", wrap=True))
        return box

    def _drag(self, change: object) -> None:
        self._dragging = True
        change()  # type: ignore[operator]

    def _drop(self, change: object) -> None:
        self._dragging = False
        change()  # type: ignore[operator]

    def _cancel(self) -> None:
        self._dragging = False
        self._session.whatif.cancel_drag()

    # ---- adding ----------------------------------------------------------------------------------------------------
    def _show_add(self) -> None:
        menu = self.add_menu()
        menu.exec(self.add.mapToGlobal(self.add.rect().bottomLeft()))
        menu.deleteLater()

    def add_menu(self) -> QMenu:
        """Return every condition by its site, and the parameters that a person may hold different."""
        axis, whatif = self._session.axis, self._session.whatif
        menu = QMenu(self)
        held = {entry.lesion for entry in whatif.plan.lesions}
        sites = dict.fromkeys(lesion.site for lesion in axis.lesions)
        for site in sites:
            group = menu.addMenu(self.tr(site.capitalize()))
            for lesion in axis.lesions:
                if lesion.site == site and lesion.id not in held:
                    action = group.addAction(lesion.title)
                    action.setToolTip(lesion.meaning)
                    action.triggered.connect(lambda _=False, x=lesion.id: self.add_lesion(x))
        group = menu.addMenu(self.tr("This person"))
        for parameter in axis.parameters:
            if parameter.words and parameter.id not in whatif.plan.parameters and parameter.low > 0:
                group.addAction(parameter.words).triggered.connect(lambda _=False, p=parameter: self._add_parameter(p))
        return menu

    def add_lesion(self, lesion_id: str) -> None:
        """Add a condition in its usual form and open its editor."""
        lesion = self._session.axis.lesion(lesion_id)
        onset = LONG_STANDING if LONG_STANDING in lesion.onsets else NEW
        self._open = f"lesion:{lesion_id}"
        state = LesionState(lesion_id, lesion.usual_severity, onset)
        self._session.whatif.commit(self._session.whatif.with_lesion(state), lesion.title)

    def _add_parameter(self, parameter: Parameter) -> None:
        self._open = f"parameter:{parameter.id}"
        plan = self._session.whatif.with_parameter(parameter.id, parameter.value)
        self._session.whatif.commit(plan, parameter.words)
