"""One agent under the hand: its doses by day and clock, start, stop and missed days."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QInputDialog, QLabel, QMenu, QWidget

from endotune_desktop.clinic.entry import number
from endotune_desktop.clinic.errors import InputRefused
from endotune_desktop.physiology.axis import AxisAgent
from endotune_desktop.ui.theme.theme import Theme
from endotune_desktop.ui.whatif.card_words import (
    change_words,
    hero_words,
    often_words,
    one_dose,
    pieces_words,
    sold_words,
    validity_words,
)
from endotune_desktop.ui.whatif.dose_rows import DoseRow, DoseRows
from endotune_desktop.ui.whatif.served_card import ServedCard
from endotune_desktop.ui.whatif.span_fields import SpanFields
from endotune_desktop.ui.widgets.cycle_strip import CycleStrip, DayCell
from endotune_desktop.ui.widgets.day_strip import DayStrip, clock_of, minutes_of
from endotune_desktop.ui.widgets.dose_slider import DoseSlider
from endotune_desktop.ui.widgets.fields import TextField
from endotune_desktop.ui.widgets.numbers import shown_amount, shown_dose
from endotune_desktop.ui.widgets.pieces import ElidedLabel, button, label, restyle
from endotune_desktop.ui.widgets.segmented import SegmentedControl
from endotune_desktop.ui.words import SPOKEN_UNITS, dose_words, market_words, unit_words, weekday_letters
from endotune_desktop.workbench.day_total import shared, stepped
from endotune_desktop.workbench.regimens import WEEK, AgentRegimen
from endotune_desktop.workbench.session import Session
from endotune_desktop.workbench.strengths import Stops, nearest_strengths, stops_for
from endotune_desktop.workbench.usual_orders import by_route

SEGMENT_CYCLES = (1, 2, 3, WEEK, WEEK)
MOST_FORM_PX = 124
"""Words of route and preparation, so that the name of the agent keeps its room beside them."""
WEEKLY, PLAN = 3, 4
"""Segments: one day a week, and each weekday its own."""


class _Hero(QLabel):
    """The large dose; a double click types a value."""

    def __init__(self, typed: Callable[[], None]) -> None:
        super().__init__()
        self._typed = typed
        self.setProperty("kind", "hero")

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Ask for a value."""
        self._typed()


class AgentCard(ServedCard):
    """Shows regimen number `index` of the plan and changes it through the session's what-if.

    One dose a day has a slider; several have a 24 h strip and a row each. A cycle of days (alternate days, a week) has
    a field a day, and what is done above it is done to the chosen days. While a drag goes on, words change in place
    and nothing is laid out anew.

    A hand that reaches the card before it shows the open patient's plan changes nothing.
    """

    def __init__(self, session: Session, theme: Theme, index: int, parent: QWidget | None = None) -> None:
        super().__init__(session, theme, index, parent)
        self._cycle = 1
        self._own = False
        self._typing_column = 0
        self._typing_from = ""
        self._base: AgentRegimen | None = None
        self._record: AgentRegimen | None = None
        self._stops = Stops([0.0], [0.0], True)
        self._regimen = self._found = session.whatif.regimens[index]
        self._unit = unit_words(self._regimen.unit)
        self._spoken_unit = SPOKEN_UNITS.get(self._regimen.unit, self._regimen.unit)

    # ---- building --------------------------------------------------------------------------------------------------
    def _build(self) -> Iterator[None]:
        """Build the card in steps that are each over in a few milliseconds."""
        entry = self._entry()
        self._build_head(entry)
        yield
        self._build_doses(entry.agent.title)
        yield
        self.rows = DoseRows(self._theme)
        self.body.addWidget(self.rows)
        yield
        self.span = SpanFields(self._theme)
        self.body.addWidget(self.span)
        yield
        self._warning = label("", "warn", wrap=True)
        self.body.addWidget(self._warning)
        self._connect()
        yield from self._dress()

    def _build_head(self, entry: AxisAgent) -> None:
        theme = self._theme
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        pill = label("")
        pill.setPixmap(theme.pixmap("syringe" if self._regimen.route in ("iv", "im", "sc") else "pill", "given", 18))
        row.addWidget(pill)
        row.addWidget(ElidedLabel(entry.agent.title, "strong"), 1)
        self.form = button("", self._choose_form, kind="compact", name=self.tr("Route and preparation"))
        row.addWidget(self.form)
        more = button("", self._show_menu, theme=theme, icon="ellipsis", kind="flat", name=self.tr("More"))
        row.addWidget(more)
        self.body.addLayout(row)
        self.hero = _Hero(self.type_dose)
        self._change = ElidedLabel("", "second")
        self._change.setContentsMargins(0, 0, 0, theme.px(6))
        numbers = QHBoxLayout()
        numbers.setSpacing(theme.px(8))
        numbers.addWidget(self.hero, 0, Qt.AlignmentFlag.AlignBottom)
        numbers.addWidget(self._change, 1, Qt.AlignmentFlag.AlignBottom)
        self.body.addLayout(numbers)
        self._more_words = ElidedLabel("", "second")
        self.body.addWidget(self._more_words)

    def _build_doses(self, title: str) -> None:
        theme = self._theme
        self.slider = DoseSlider(theme, title, self._spoken_unit)
        self.strip = DayStrip(theme, title)
        self._pieces = ElidedLabel("", "second")
        self._hint = ElidedLabel("", "caption")
        self.typed = TextField(theme, "")
        self.typed.line.setAccessibleName(self.tr("Dose"))
        self.typed.hide()
        self.often = SegmentedControl(theme, self._segment_words(), self.tr("How often"))
        self.days = CycleStrip(theme, title)
        for widget in (self.slider, self.strip, self._pieces, self._hint, self.typed, self.often, self.days):
            self.body.addWidget(widget)

    def _segment_words(self) -> list[str]:
        return [self.tr("daily"), self.tr("alternate"), self.tr("3rd day"), self.tr("weekly"), self.tr("plan")]

    def _connect(self) -> None:
        whatif = self._session.whatif
        self.slider.previewed.connect(lambda dose: self._try(self._with_dose(dose)))
        self.slider.settled.connect(lambda dose: self._keep(self._with_dose(dose)))
        self.slider.cancelled.connect(whatif.cancel_drag)
        self.slider.typing_wanted.connect(self.type_dose)
        self.strip.moved.connect(lambda minutes: self._try(self._at_minutes(minutes)))
        self.strip.placed.connect(lambda minutes: self._keep_clocks(self._at_minutes(minutes)))
        self.strip.shared.connect(self._share)
        self.strip.stepped.connect(lambda column, direction, fine: self._step(column, direction, fine=fine))
        self.strip.removed.connect(self._drop_dose)
        self.strip.chosen.connect(self.rows.show_current)
        self.strip.cancelled.connect(whatif.cancel_drag)
        self.often.chosen.connect(self._set_often)
        self.days.chosen.connect(self.refresh)
        self.days.stepped.connect(lambda direction, fine: self._step(0, direction, fine=fine))
        self.days.emptied.connect(self._empty_days)
        self.days.typing_wanted.connect(self.type_dose)
        self.typed.entered.connect(self._typed_dose)
        self.rows.clocks_entered.connect(lambda clocks: self._keep_clocks(self._regimen.with_clocks(clocks)))
        self.rows.stepped.connect(self._step_row)
        self.rows.typing_wanted.connect(self.type_dose)
        self.rows.added.connect(self._add_dose)
        self.rows.removed.connect(lambda: self._drop_dose(self.strip.current))
        self.span.changed.connect(self._keep)
        self.span.tried.connect(self._try)
        self.span.dropped.connect(whatif.cancel_drag)

    # ---- what it stands for ----------------------------------------------------------------------------------------
    @property
    def regimen(self) -> AgentRegimen:
        """Return what the card shows, day by day of the cycle that is shown."""
        return self._regimen

    @property
    def first(self) -> QWidget:
        """Return what takes the focus first: the slider, or the strip of several doses."""
        return self.strip if len(self._regimen.clocks) > 1 else self.slider

    @property
    def idle(self) -> bool:
        """Return whether no hand is at the card: nothing is held, typed, refused or open."""
        fields = (self.span.start, self.span.stop, self.span.missed)
        held = self.slider.dragging or self.strip.dragging or QApplication.activePopupWidget() is not None
        refused = self.rows.refused or any(field.refusal for field in fields)
        return not (held or refused or self._base is not None or not self.typed.isHidden() or _asks())

    def serve(self, index: int) -> None:
        """Stand for regimen number `index` from now on; for another patient the card begins as if made anew."""
        self._index = index
        if self.of_another:
            self._cycle = 1
            self._found = self._session.whatif.regimens[index]
            self.days.setProperty("cycle", 0)
            self.strip.choose(0)

    def _entry(self) -> AxisAgent:
        return self._session.axis.agent(self._regimen.agent)

    def _found_on_record(self) -> AgentRegimen | None:
        """Return what the record gives in the place of this card, None when nothing."""
        whatif, mine = self._session.whatif, self._regimen

        def alike(other: AgentRegimen) -> bool:
            return (other.agent, other.route) == (mine.agent, mine.route)

        same = [regimen for regimen in whatif.record_regimens if alike(regimen)]
        rank = sum(alike(other) for other in whatif.regimens[: self._index])
        return same[min(rank, len(same) - 1)] if same else None

    def _record_dose(self, row: int, column: int) -> float:
        """Return what the record gives at that dose of that day."""
        record = self._record
        if record is None:
            return 0.0
        doses = record.rows[record.row_on(self._regimen.start_day + row)]
        if len(doses) == len(self._regimen.clocks):
            return doses[column]
        return sum(doses) if len(self._regimen.clocks) == 1 else 0.0

    def _first_weekday(self) -> int:
        return (self._session.whatif.plan.from_day.weekday() + self._regimen.start_day) % WEEK

    def _row_of(self, cell: int) -> int:
        """Return which row of the table a field of the cycle strip stands for: weeks are shown from Monday."""
        return (cell - self._first_weekday()) % WEEK if self._cycle == WEEK else cell

    def _chosen_rows(self) -> list[int]:
        if self._cycle not in SEGMENT_CYCLES[1:]:
            return [0]
        return [self._row_of(cell) for cell in sorted(self.days.days)]

    # ---- trying and keeping ----------------------------------------------------------------------------------------
    def _start_of_drag(self) -> AgentRegimen:
        """Return the regimen that a drag began with, so that every position is worked out from the same."""
        if self._base is None or not self._session.whatif.dragging:
            self._base = self._regimen
        return self._base

    def _with_dose(self, dose: float) -> AgentRegimen:
        return self._start_of_drag().with_amount(self._chosen_rows(), 0, dose)

    def _at_minutes(self, minutes: tuple[int, ...]) -> AgentRegimen:
        return self._start_of_drag().with_clocks(clock_of(time) for time in minutes)

    def _try(self, regimen: AgentRegimen) -> None:
        """Show a regimen while the hand still moves."""
        if self.stale:
            return
        whatif = self._session.whatif
        base = self._start_of_drag()
        whatif.preview(whatif.with_regimen(self._index, regimen))
        self._base = base
        self._regimen = regimen
        self._show_words()

    def _keep(self, regimen: AgentRegimen, words: str = "") -> None:
        """Settle on a regimen: one step to undo, none when nothing is different."""
        if self.stale:
            return
        whatif = self._session.whatif
        plan = whatif.with_regimen(self._index, regimen)
        self._base = None
        if plan == whatif.begun_with:
            whatif.cancel_drag()
            self.refresh()
            return
        said = words or dose_words(regimen, plan.from_day)
        self._own = True
        whatif.commit(plan, f"{self._entry().agent.title} {said}")
        self._own = False

    def _remove(self, words: str) -> None:
        """Take the agent out of the plan."""
        if not self.stale:
            self._session.whatif.commit(self._session.whatif.without_regimen(self._index), words)

    def _keep_clocks(self, regimen: AgentRegimen) -> None:
        self._keep(regimen, self.tr("at {clocks}").format(clocks=" ".join(regimen.clocks)))

    # ---- showing ---------------------------------------------------------------------------------------------------
    def refresh(self) -> None:
        """Show the regimen as it is now.

        Days that the hand made alike stay side by side; a regimen that came from elsewhere is shown as short as it is.
        """
        regimens, patient = self._session.whatif.regimens, self._session.record
        if self._index >= len(regimens) or patient is None:
            return
        self._patient_id = patient.patient.id
        found = regimens[self._index]
        if found.cycle_days > 1 or not (self._own or found == self._found):
            self._cycle = found.cycle_days
        self._found = found
        self._regimen = found if self._cycle == found.cycle_days else found.over(self._cycle)
        self._base = None
        self._show_cycle()
        self._record = self._found_on_record()
        entry, record = self._entry(), self._record
        stops = stops_for(entry, self._regimen, self._session.market)
        held = [amount for row in self._regimen.rows for amount in row]
        held += [amount for row in record.rows for amount in row] if record else []
        self._stops = stops.holding(tuple(held))
        self.slider.set_stops(self._stops.coarse, self._stops.fine, self._stops.strange)
        several = len(self._regimen.clocks) > 1
        self.slider.setVisible(not several)
        self.strip.setVisible(several)
        self._pieces.setVisible(not several)
        sold, metrics = sold_words(entry, self._regimen, self._session.market), self._theme.metrics("small", 500)
        self.form.setText(metrics.elidedText(sold, Qt.TextElideMode.ElideRight, self._theme.px(MOST_FORM_PX)))
        strengths = self.tr("Strengths sold in {m}: View menu").format(m=market_words(self._session.market))
        self.form.setToolTip(f"{sold}. {strengths}")
        self._hint.setText(self._hint_words(record))
        self._show_words()
        whatif = self._session.whatif
        self.span.show_regimen(self._regimen, whatif.plan.from_day, self._session.today())

    def _show_cycle(self) -> None:
        regimen, cycle = self._regimen, self._cycle
        words = self._segment_words()
        if cycle in SEGMENT_CYCLES:
            weekly = cycle == WEEK and regimen.once_a_cycle
            chosen = WEEKLY if weekly else PLAN if cycle == WEEK else cycle - 1
        else:
            words, chosen = [*words, self.tr("{n} days").format(n=cycle)], len(words)
        self.often.set_words(words)
        self.often.set_index(chosen)
        shown = cycle in SEGMENT_CYCLES[1:]
        if shown and (not self.days.isVisibleTo(self) or self.days.property("cycle") != cycle):
            self.days.setProperty("cycle", cycle)
            doses = [regimen.rows[self._row_of(cell)] for cell in range(cycle)]
            first = next((day for day in doses if sum(day) > 0.0), doses[0])
            self.days.choose(frozenset(cell for cell, day in enumerate(doses) if day == first))
        self.days.setVisible(shown)

    def _show_words(self) -> None:
        """Write everything that follows the hand, in place."""
        regimen, record, unit = self._regimen, self._record, self._unit
        differs = record is None or record.orders() != regimen.orders()
        self.set_marked(differs)
        restyle(self.hero, "whatif", "true" if differs else "false")
        self.hero.setText(hero_words(regimen))
        patient = self._session.record
        weight_kg = patient.latest_weight_kg() if patient else 0.0
        beside = self._change if one_dose(regimen) else self._more_words
        beside.setText(change_words(regimen, record, weight_kg))
        for line in (self._change, self._more_words):
            line.setVisible(line is beside)
        row = self._chosen_rows()[0]
        if len(regimen.clocks) > 1:
            self._show_day(row)
        else:
            amount = regimen.rows[row][0]
            self.slider.set_amounts(amount, self._record_dose(row, 0), often_words(regimen))
            self._pieces.setText(pieces_words(amount, self._stops, unit, self._session.market))
            self.rows.show_rows([DoseRow(regimen.clocks[0], "", "", "")], 0)
        self._show_days()
        words = validity_words(self._session.axis, regimen)
        if words != self._warning.text() or self._warning.isHidden() == bool(words):
            self._warning.setText(words)
            self._warning.setVisible(bool(words))

    def _show_day(self, row: int) -> None:
        """Show the doses of one day on the strip and in the rows."""
        regimen, record = self._regimen, self._record
        rows, spoken = [], []
        for clock, amount in zip(regimen.clocks, regimen.rows[row], strict=True):
            said = f"{shown_amount(amount)} {self._spoken_unit}" if amount else self.tr("none")
            shown = shown_dose(amount, self._unit) if amount else self.tr("none")
            pieces = pieces_words(amount, self._stops, "", self._session.market)
            rows.append(DoseRow(clock, shown, pieces, said))
            spoken.append(said)
        marks = [minutes_of(clock) for clock in record.clocks] if record else []
        self.strip.set_doses([minutes_of(clock) for clock in regimen.clocks], spoken, marks)
        self.rows.show_rows(rows, self.strip.current)

    def _show_days(self) -> None:
        regimen, cycle = self._regimen, self._cycle
        if cycle not in SEGMENT_CYCLES[1:]:
            return
        heads = weekday_letters() if cycle == WEEK else [self.tr("day {n}").format(n=n + 1) for n in range(cycle)]
        record, cells = self._record, []
        for cell, head in enumerate(heads):
            row = self._row_of(cell)
            total = regimen.day_total(row)
            before = record.day_total(record.row_on(regimen.start_day + row)) if record else 0.0
            cells.append(DayCell(head, shown_amount(total) if total else self.tr("none"), total != before))
        self.days.set_cells(cells, steps=len(regimen.clocks) == 1)

    def _hint_words(self, record: AgentRegimen | None) -> str:
        parts = []
        if not self._stops.here and self._stops.sold_in:
            sold = ", ".join(market_words(market) for market in self._stops.sold_in)
            words = self.tr("not sold in {market}; strengths of {sold}")
            parts.append(words.format(market=market_words(self._session.market), sold=sold))
        if record is None:
            parts.append(self.tr("not on the record"))
        else:
            parts.append(f"{self.tr('now')} {dose_words(record, self._session.whatif.record_plan.from_day)}")
        if len(self._regimen.clocks) > 1:
            parts.append(self.tr("drag a number along the day"))
        elif self._stops.fine != self._stops.coarse:
            parts.append(self.tr("Shift = finer steps"))
        return "  ·  ".join(parts)

    # ---- doses -----------------------------------------------------------------------------------------------------
    def _step_row(self, column: int, direction: int, fine: bool, total_stays: bool) -> None:
        self.strip.choose(column)
        if total_stays:
            self._share(column, direction, True)
        else:
            self._step(column, direction, fine=fine)

    def _step(self, column: int, direction: int, *, fine: bool) -> None:
        """Step one dose of the chosen days to the next strength."""
        rows = self._chosen_rows()
        stops = self._stops.fine if fine else self._stops.coarse
        amount = stepped(self._regimen.rows[rows[0]][column], direction, stops)
        self._keep(self._regimen.with_amount(rows, column, amount))

    def _share(self, column: int, steps: int, ended: bool) -> None:
        """Change one dose and let another give way."""
        base = self._start_of_drag()
        chosen = set(self._chosen_rows())
        table = (
            shared(row, column, steps, self._stops) if index in chosen else row for index, row in enumerate(base.rows)
        )
        regimen = replace(base, rows=tuple(table))
        if ended:
            self._keep(regimen)
        else:
            self._try(regimen)

    def _empty_days(self) -> None:
        empty = self._regimen
        for column in range(len(empty.clocks)):
            empty = empty.with_amount(self._chosen_rows(), column, 0.0)
        self._keep(empty)

    def type_dose(self, column: int | None = None) -> None:
        """Open the field for a typed dose: that of a clock time, or of the thumb that has the keys."""
        several = len(self._regimen.clocks) > 1
        column = (self.strip.current if several else 0) if column is None else column
        self._typing_column = column
        self._typing_from = shown_amount(self._regimen.rows[self._chosen_rows()[0]][column])
        self.typed.set_text(self._typing_from)
        clock = self._regimen.clocks[column]
        self.typed.line.setAccessibleName(self.tr("Dose at {clock}").format(clock=clock))
        self.typed.show()
        self.typed.line.setFocus()
        self.typed.line.selectAll()

    def _typed_dose(self) -> None:
        if self.typed.isHidden():
            return
        if self.typed.text == self._typing_from:
            self._stop_typing()
            return
        try:
            dose = number(self.typed.text, self.tr("dose"), 0.0, self._entry().agent.dose_high, self._unit)
            if dose not in self._stops.strange:
                self._refuse_missing(dose)
        except InputRefused as refusal:
            self.typed.refuse(refusal)
            return
        self._stop_typing()
        self._keep(self._regimen.with_amount(self._chosen_rows(), self._typing_column, dose))

    def _stop_typing(self) -> None:
        focused = self.typed.line.hasFocus()
        self.typed.hide()
        if focused:
            self.first.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close the field for a typed dose with Esc; nothing is changed."""
        if Qt.Key(event.key()) == Qt.Key.Key_Escape and self.typed.isVisible():
            self._stop_typing()
        else:
            super().keyPressEvent(event)

    def _refuse_missing(self, dose: float) -> None:
        """Refuse an amount that no tablets of the market make, with the nearest that they do."""
        absent = nearest_strengths(dose, self._stops)
        if absent is None:
            return
        nearest, (below, above) = absent
        unit, market = self._unit, self._stops.sold_in[0] if not self._stops.here else self._session.market
        turn = self.tr("or {a} and {b} in turn").format(a=shown_amount(below), b=shown_dose(above, unit))
        what = self.tr("{n} has no {form} in {market}")
        words = what.format(n=shown_dose(dose, unit), form=self._stops.form, market=market_words(market))
        raise InputRefused(words, "", f"{shown_dose(nearest, unit)}, {turn}")

    # ---- how often, how many a day ---------------------------------------------------------------------------------
    def _set_often(self, index: int) -> None:
        if index >= len(SEGMENT_CYCLES):
            return
        regimen, cycle = self._regimen, SEGMENT_CYCLES[index]
        if index != PLAN:
            fresh = regimen.only_first_day(cycle)
        elif regimen.cycle_days == WEEK and regimen.once_a_cycle:
            fresh = self._spread(regimen)
        else:
            fresh = regimen.over(WEEK)
        missed = tuple(day for day in fresh.missed_days if fresh.is_due(day))
        self._cycle = cycle
        self.days.setProperty("cycle", 0)
        self._keep(replace(fresh, missed_days=missed), f"{self._segment_words()[index]}: {self._said(fresh)}")

    def _said(self, regimen: AgentRegimen) -> str:
        return dose_words(regimen, self._session.whatif.plan.from_day)

    def _spread(self, weekly: AgentRegimen) -> AgentRegimen:
        """Return a weekly dose as the nearest strength on every day."""
        daily = weekly.only_first_day(1)
        stops = stops_for(self._entry(), daily, self._session.market)
        nearest = (min(stops.fine, key=lambda stop: abs(stop - amount / WEEK)) for amount in daily.rows[0])
        return replace(daily, rows=(tuple(nearest),)).over(WEEK)

    def _add_dose(self) -> None:
        """Add a dose at a free hour, alike the last one of the day."""
        regimen = self._regimen
        free = [clock for hour in (19, 13, 7, 22, 16, 10) if (clock := f"{hour:02d}:00") not in regimen.clocks]
        if free:
            self._keep_clocks(regimen.with_dose(free[0], [row[-1] for row in regimen.rows]))

    def _drop_dose(self, column: int) -> None:
        if len(self._regimen.clocks) > 1:
            self._keep(self._regimen.without_dose(column))

    # ---- menus -----------------------------------------------------------------------------------------------------
    def _choose_form(self) -> None:
        menu = self.form_menu()
        menu.exec(self.form.mapToGlobal(self.form.rect().bottomLeft()))
        menu.deleteLater()

    def form_menu(self) -> QMenu:
        """Return the routes and preparations that the axis knows for this agent."""
        entry, market = self._entry(), self._session.market
        menu = QMenu(self)
        for intake in entry.intakes:
            other = by_route(self._regimen, entry, intake)
            words = sold_words(entry, other, market)
            menu.addAction(words).triggered.connect(lambda _=False, r=other, w=words: self._keep(r, w))
        return menu

    def _show_menu(self) -> None:
        menu = self.more_menu()
        menu.exec(self.mapToGlobal(self.rect().topRight()))
        menu.deleteLater()

    def more_menu(self) -> QMenu:
        """Return what else can be done with this agent."""
        menu = QMenu(self)
        regimen = self._regimen
        menu.addAction(self.tr("Type a dose …")).triggered.connect(lambda: self.type_dose())
        menu.addAction(self.tr("Add a dose")).triggered.connect(self._add_dose)
        menu.addAction(self.tr("Missed days …")).triggered.connect(lambda: self.span.open_picker())
        menu.addAction(self.tr("Doses taken …")).triggered.connect(self._ask_adherence)
        nothing = replace(regimen, rows=tuple((0.0,) * len(row) for row in regimen.rows), missed_days=())
        menu.addAction(self.tr("Set to zero")).triggered.connect(lambda: self._keep(nothing))
        back = self._record or nothing
        menu.addAction(self.tr("Back to the record's doses")).triggered.connect(lambda: self._go_back(back))
        words = self.tr("Remove {name}").format(name=self._entry().agent.title)
        menu.addAction(words).triggered.connect(lambda: self._remove(words))
        return menu

    def _go_back(self, regimen: AgentRegimen) -> None:
        self._cycle = regimen.cycle_days
        self._keep(regimen, self.tr("as on the record"))

    def _ask_adherence(self) -> None:
        share, given = QInputDialog.getInt(
            self, self.tr("Doses taken"), self.tr("Share of doses taken, per cent"),
            round(100 * self._regimen.fraction_taken), 0, 100,
        )  # fmt: skip
        if given:
            words = self.tr("{n} % of doses taken").format(n=share)
            self._keep(replace(self._regimen, fraction_taken=share / 100.0), words)


def _asks() -> bool:
    """Return whether a dialog is open, which may be the card's."""
    return QApplication.activeModalWidget() is not None
