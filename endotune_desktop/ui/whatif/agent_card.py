"""One agent under the hand: dose, frequency, clock times, start, stop, missed days."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QInputDialog, QLabel, QMenu, QWidget

from endotune_desktop.clinic.entry import calendar_day, clock_time, number
from endotune_desktop.clinic.errors import InputRefused
from endotune_desktop.clinic.records import Plan
from endotune_desktop.clinic.scenario import DoseOrder
from endotune_desktop.physiology.axis import AxisAgent
from endotune_desktop.ui.theme.theme import Theme
from endotune_desktop.ui.widgets.dose_slider import DoseSlider
from endotune_desktop.ui.widgets.fields import TextField
from endotune_desktop.ui.widgets.numbers import NO_BREAK, shown_amount, shown_change, shown_dose
from endotune_desktop.ui.widgets.pieces import Card, ElidedLabel, button, clear_layout, label, restyle
from endotune_desktop.ui.widgets.segmented import SegmentedControl
from endotune_desktop.ui.words import SPOKEN_UNITS, day_words, unit_words
from endotune_desktop.workbench.session import Session
from endotune_desktop.workbench.strengths import missing_strength, stops_for

EVERY_DAYS = (1, 2, 3, 7)


class _Hero(QLabel):
    """The large dose; a double click types a value."""

    def __init__(self, typed: Callable[[], None]) -> None:
        super().__init__()
        self._typed = typed
        self.setProperty("kind", "hero")

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Ask for a value."""
        self._typed()


class AgentCard(Card):
    """Shows order number `index` of the plan and changes it through the session's what-if."""

    def __init__(self, session: Session, theme: Theme, index: int, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._session = session
        self._index = index
        self._clocks: list[TextField] = []
        entry, order = self._entry(), self.order
        self._build_head(entry)
        self.hero = _Hero(self.type_dose)
        self._change = ElidedLabel("", "second")
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addWidget(self.hero, 0, Qt.AlignmentFlag.AlignBottom)
        row.addWidget(self._change, 1, Qt.AlignmentFlag.AlignBottom)
        self._change.setContentsMargins(0, 0, 0, theme.px(6))
        self.body.addLayout(row)
        self.slider = DoseSlider(theme, entry.agent.title, SPOKEN_UNITS.get(order.unit, order.unit))
        self.body.addWidget(self.slider)
        self._hint = label("", "caption")
        self.body.addWidget(self._hint)
        self.typed = TextField(theme, "")
        self.typed.line.setAccessibleName(self.tr("Dose"))
        self.typed.hide()
        self.body.addWidget(self.typed)
        words = [self.tr("daily"), self.tr("alternate"), self.tr("3rd day"), self.tr("weekly")]
        self.often = SegmentedControl(theme, words, self.tr("How often"))
        self.body.addWidget(self.often)
        self._times = QHBoxLayout()
        self._times.setSpacing(theme.px(4))
        self.body.addLayout(self._times)
        self._build_span(theme)
        self._warning = label("", "warn", wrap=True)
        self.body.addWidget(self._warning)
        self._connect()
        self.refresh()

    # ---- building --------------------------------------------------------------------------------------------------
    def _build_head(self, entry: AxisAgent) -> None:
        theme = self._theme
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        pill = label("")
        pill.setPixmap(theme.pixmap("syringe" if self.order.route in ("iv", "im", "sc") else "pill", "given", 18))
        row.addWidget(pill)
        row.addWidget(ElidedLabel(entry.agent.title, "strong"), 1)
        self.form = button("", self._choose_form, kind="compact", name=self.tr("Route and preparation"))
        row.addWidget(self.form)
        more = button("", self._show_menu, theme=theme, icon="ellipsis", kind="flat", name=self.tr("More"))
        row.addWidget(more)
        self.body.addLayout(row)

    def _build_span(self, theme: Theme) -> None:
        row = QHBoxLayout()
        row.setSpacing(theme.px(6))
        self.start = TextField(theme, self.tr("from"))
        self.stop = TextField(theme, self.tr("until before"), hint=self.tr("goes on"))
        self.missed = TextField(theme, self.tr("missed days"), hint="0")
        for field, share in ((self.start, 5), (self.stop, 5), (self.missed, 4)):
            field.line.setProperty("kind", "compact")
            row.addWidget(field, share, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(row)

    def _connect(self) -> None:
        whatif = self._session.whatif
        self.slider.previewed.connect(lambda dose: whatif.preview(self._with(dose=dose)))
        self.slider.settled.connect(self._settle)
        self.slider.cancelled.connect(whatif.cancel_drag)
        self.slider.typing_wanted.connect(self.type_dose)
        self.often.chosen.connect(self._set_often)
        self.typed.entered.connect(self._typed_dose)
        self.start.entered.connect(self._set_start)
        self.stop.entered.connect(self._set_stop)
        self.missed.entered.connect(self._set_missed)

    # ---- what it stands for ----------------------------------------------------------------------------------------
    @property
    def order(self) -> DoseOrder:
        """Return the order that the card shows."""
        return self._session.whatif.plan.orders[self._index]

    def _entry(self) -> AxisAgent:
        return self._session.axis.agent(self.order.agent)

    def _record_dose(self) -> float:
        """Return what the record gives of this agent in one dose, 0 when nothing."""
        record = self._session.whatif.record_plan.orders
        same = [order for order in record if order.agent == self.order.agent and order.route == self.order.route]
        rank = sum(o.agent == self.order.agent for o in self._session.whatif.plan.orders[: self._index])
        return same[min(rank, len(same) - 1)].dose if same else 0.0

    def _with(self, **changes: object) -> Plan:
        return self._session.whatif.with_order(self._index, replace(self.order, **changes))  # type: ignore[arg-type]

    def _commit(self, plan: Plan) -> None:
        if plan == self._session.whatif.plan:
            return
        order = plan.orders[self._index]
        words = f"{self._entry().agent.title} {shown_dose(order.dose, unit_words(order.unit))}"
        self._session.whatif.commit(plan, words)

    def _settle(self, dose: float) -> None:
        order = self.order
        plan = self._with(dose=dose)
        words = f"{self._entry().agent.title} {shown_dose(dose, unit_words(order.unit))}"
        self._session.whatif.commit(plan, words)

    # ---- showing ---------------------------------------------------------------------------------------------------
    def refresh(self) -> None:
        """Show the order as it is now."""
        order, entry, record = self.order, self._entry(), self._record_dose()
        unit = unit_words(order.unit)
        differs = order not in self._session.whatif.record_plan.orders
        self.set_marked(differs)
        restyle(self.hero, "whatif", "true" if differs else "false")
        self.hero.setText(shown_dose(order.dose, unit))
        self._change.setText(self._change_words(record, unit))
        stops = stops_for(entry, order)
        self.slider.set_stops(stops.coarse, stops.fine)
        self.slider.set_amounts(order.dose, record)
        finer = self.tr("Shift = finer steps") if stops.fine != stops.coarse else ""
        self._hint.setText(f"▾ {self.tr('now')} {shown_dose(record, unit)}" + (f"  ·  {finer}" if finer else ""))
        sold = [p for p in entry.preparations_for(order.route) if p.id == (order.preparation or "")]
        self.form.setText(f"{order.route} {sold[0].title}" if sold else order.route)
        if order.every_days in EVERY_DAYS:
            self.often.set_index(EVERY_DAYS.index(order.every_days))
        self._show_clocks()
        self._show_span()
        self._show_validity()

    def _change_words(self, record: float, unit: str) -> str:
        order = self.order
        parts = []
        if order.dose != record:
            change = shown_change(order.dose - record)
            percent = f" ({shown_change(round(100 * (order.dose - record) / record))}{NO_BREAK}%)" if record else ""
            parts.append(f"{change}{NO_BREAK}{unit}{percent}")
        weight = self._session.record.latest_weight_kg() if self._session.record else 0.0
        if weight:
            daily = order.dose * len(order.clock_times) / order.every_days / weight
            per_kg = f"{daily:.2f}" if daily < 10 else shown_amount(round(daily))
            parts.append(self.tr("{n} {unit}/kg a day").format(n=per_kg, unit=unit))
        return " · ".join(parts)

    def _show_clocks(self) -> None:
        order = self.order
        if [field.text for field in self._clocks] == list(order.clock_times) and self._times.count():
            return
        if any(field.line.hasFocus() and field.refusal for field in self._clocks):
            return
        clear_layout(self._times)
        self._clocks = []
        for place, clock in enumerate(order.clock_times):
            field = TextField(self._theme, "", clock)
            field.line.setProperty("kind", "compact")
            field.line.setAccessibleName(self.tr("Clock time {n}").format(n=place + 1))
            field.setMaximumWidth(self._theme.px(76))
            field.entered.connect(lambda at=place, f=field: self._set_clock(at, f))
            self._times.addWidget(field, 0, Qt.AlignmentFlag.AlignTop)
            self._clocks.append(field)
        add = button("", self._add_clock, theme=self._theme, icon="plus", kind="flat", name=self.tr("Add a clock time"))
        self._times.addWidget(add, 0, Qt.AlignmentFlag.AlignTop)
        if len(order.clock_times) > 1:
            less = button(
                "", self._drop_clock, theme=self._theme, icon="minus", kind="flat", name=self.tr("Remove the last")
            )
            self._times.addWidget(less, 0, Qt.AlignmentFlag.AlignTop)
        self._times.addStretch(1)

    def _show_span(self) -> None:
        plan, order = self._session.whatif.plan, self.order
        if not self.start.refusal:
            self.start.set_text(day_words(plan.from_day + timedelta(days=order.start_day)))
        stop = order.stop_day
        if not self.stop.refusal:
            self.stop.set_text("" if stop is None else day_words(plan.from_day + timedelta(days=stop)))
        if not self.missed.refusal:
            self.missed.set_text(str(len(order.missed_days)) if order.missed_days else "")

    def _show_validity(self) -> None:
        order = self.order
        daily = order.dose * len(order.clock_times) / order.every_days
        for entry in self._session.axis.validated:
            if entry.kind == "daily_dose" and entry.subject == order.agent and entry.high is not None:
                shown = daily > entry.high
                self._warning.setVisible(shown)
                amount = shown_dose(daily, unit_words(order.unit))
                self._warning.setText(f"{entry.sentence} {self.tr('This what-if is at {n}.').format(n=amount)}")
                return
        self._warning.hide()

    # ---- hands -----------------------------------------------------------------------------------------------------
    def type_dose(self) -> None:
        """Open the field for a typed dose."""
        self.typed.set_text(shown_amount(self.order.dose))
        self.typed.show()
        self.typed.line.setFocus()
        self.typed.line.selectAll()

    def _typed_dose(self) -> None:
        if self.typed.isHidden():
            return
        order, entry = self.order, self._entry()
        unit = unit_words(order.unit)
        try:
            dose = number(self.typed.text, self.tr("dose"), 0.0, entry.agent.dose_high, unit)
            absent = missing_strength(dose, stops_for(entry, order))
            if absent is not None:
                nearest, (below, above) = absent
                turn = self.tr("or {a} and {b} in turn").format(a=shown_amount(below), b=shown_dose(above, unit))
                what = self.tr("{n} has no tablet").format(n=shown_dose(dose, unit))
                raise InputRefused(what, "", f"{shown_dose(nearest, unit)}, {turn}")
        except InputRefused as refusal:
            self.typed.refuse(refusal)
            return
        self.typed.hide()
        self.slider.setFocus()
        self._settle(dose)

    def _set_often(self, index: int) -> None:
        self._commit(self._with(every_days=EVERY_DAYS[index]))

    def _set_clock(self, place: int, field: TextField) -> None:
        clocks = list(self.order.clock_times)
        if place >= len(clocks) or field.text == clocks[place]:
            return
        try:
            clock = clock_time(field.text)
            if clock in clocks and clocks[place] != clock:
                raise InputRefused(self.tr("{t} is there already").format(t=clock), "", self.tr("another time"))
        except InputRefused as refusal:
            field.refuse(refusal)
            return
        clocks[place] = clock
        self._commit(self._with(clock_times=tuple(sorted(clocks))))

    def _add_clock(self) -> None:
        clocks = list(self.order.clock_times)
        free = [f"{hour:02d}:00" for hour in (19, 13, 7, 22, 16, 10) if f"{hour:02d}:00" not in clocks]
        if free:
            self._commit(self._with(clock_times=tuple(sorted([*clocks, free[0]]))))

    def _drop_clock(self) -> None:
        self._commit(self._with(clock_times=self.order.clock_times[:-1]))

    def _set_start(self) -> None:
        plan = self._session.whatif.plan
        if self.start.text == day_words(plan.from_day + timedelta(days=self.order.start_day)):
            return
        try:
            day = calendar_day(self.start.text)
            if day < self._session.today():
                raise InputRefused(self.tr("{d} is past").format(d=day_words(day)), "", self.tr("today or later"))
            offset = (day - plan.from_day).days
            if self.order.stop_day is not None and offset >= self.order.stop_day:
                raise InputRefused(self.tr("this would stop before it starts"), "", self.tr("an earlier day"))
        except InputRefused as refusal:
            self.start.refuse(refusal)
            return
        self._commit(self._with(start_day=offset))

    def _set_stop(self) -> None:
        plan, stop = self._session.whatif.plan, None
        try:
            if self.stop.text.strip():
                stop = (calendar_day(self.stop.text) - plan.from_day).days
                if stop <= self.order.start_day:
                    raise InputRefused(self.tr("this stops before it starts"), "", self.tr("a later day, or nothing"))
        except InputRefused as refusal:
            self.stop.refuse(refusal)
            return
        self._commit(self._with(stop_day=stop))

    def _set_missed(self) -> None:
        try:
            count = int(number(self.missed.text or "0", "", 0, 60))
        except InputRefused as refusal:
            self.missed.refuse(refusal)
            return
        first = self.order.start_day
        days = tuple(first + (k + 1) * self.order.every_days for k in range(count))
        if len(days) != len(self.order.missed_days):
            self._commit(self._with(missed_days=days))

    def _choose_form(self) -> None:
        menu = self.form_menu()
        menu.exec(self.form.mapToGlobal(self.form.rect().bottomLeft()))
        menu.deleteLater()

    def form_menu(self) -> QMenu:
        """Return the routes and preparations that the axis knows for this agent."""
        entry = self._entry()
        menu = QMenu(self)
        for intake in entry.intakes:
            sold = [p for p in entry.preparations_for(intake.route) if p.id == intake.preparation]
            words = f"{intake.route} {sold[0].title if sold else intake.preparation.replace('_', ' ')}".strip()
            plan = self._with(route=intake.route, preparation=intake.preparation or None)
            menu.addAction(words).triggered.connect(lambda _=False, p=plan: self._commit(p))
        return menu

    def _show_menu(self) -> None:
        menu = self.more_menu()
        menu.exec(self.mapToGlobal(self.rect().topRight()))
        menu.deleteLater()

    def more_menu(self) -> QMenu:
        """Return what else can be done with this agent."""
        menu = QMenu(self)
        whatif = self._session.whatif
        title = self._entry().agent.title
        menu.addAction(self.tr("Type a dose …")).triggered.connect(self.type_dose)
        menu.addAction(self.tr("Doses taken …")).triggered.connect(self._ask_adherence)
        zero = self._with(dose=0.0)
        menu.addAction(self.tr("Set to zero")).triggered.connect(lambda: self._commit(zero))
        back = self._with(dose=self._record_dose())
        menu.addAction(self.tr("Back to the record's dose")).triggered.connect(lambda: self._commit(back))
        words = self.tr("Remove {name}").format(name=title)
        menu.addAction(words).triggered.connect(lambda: whatif.commit(whatif.without_order(self._index), words))
        return menu

    def _ask_adherence(self) -> None:
        share, given = QInputDialog.getInt(
            self, self.tr("Doses taken"), self.tr("Share of doses taken, per cent"),
            round(100 * self.order.fraction_taken), 0, 100,
        )  # fmt: skip
        if given:
            self._commit(self._with(fraction_taken=share / 100.0))
