"""The chooser of axes, and what the window shows of one after another."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from endotune_desktop.physiology.axis import Axis
from endotune_desktop.physiology.registry import AXES
from endotune_desktop.ui.axes.axis_row import DIFFERS
from endotune_desktop.ui.axes.model_dialog import ModelDialog
from endotune_desktop.ui.courses.courses_view import CoursesView
from endotune_desktop.ui.courses.dose_strip import FlagStrip
from endotune_desktop.ui.forms.record_forms import lab_form, medication_form, patient_form, symptom_form
from endotune_desktop.ui.loop.loop_view import LoopView
from endotune_desktop.ui.sidebar.record_tabs import lab_columns
from endotune_desktop.ui.sidebar.row_delegate import QUIET_ROLE, SECOND_ROLE
from endotune_desktop.ui.theme.theme import Theme
from endotune_desktop.ui.window import MainWindow
from endotune_desktop.workbench.cycle_phases import PhaseSpan
from endotune_desktop.workbench.session import Session
from tests.ui import hands
from tests.ui.desk import TODAY, DrawnCourses, InlineStore, MemoryStore, desk, ingrid
from tests.ui.second_axis import REFINED_MIRROR, mirror, with_mirrorine

__all__ = ["mirror"]


@pytest.fixture
def session(mirror: Axis) -> Session:
    """Return Ingrid, who takes something that acts on the second axis alone."""
    store, courses = MemoryStore(with_mirrorine()), DrawnCourses()
    found = Session(cast(Any, InlineStore(store)), courses, lambda: TODAY)
    found.refresh_patients()
    found.open_patient("p1")
    return found


@pytest.fixture
def window(qtbot: QtBot, theme: Theme, session: Session) -> Any:  # noqa: ANN401
    """Return the window, closed and dropped after the test."""
    found = MainWindow(session, theme)
    qtbot.addWidget(found)
    found.resize(1280, 800)
    found.show()
    qtbot.waitUntil(lambda: not found.busy)
    yield found
    found.close()


def settle(qtbot: QtBot, window: MainWindow) -> None:
    """Let the window fill what waits."""
    qtbot.waitUntil(lambda: not window.busy)


def test_that_keys_choose_an_axis_and_everything_follows(qtbot: QtBot, window: MainWindow, session: Session) -> None:
    place = [entry.axis.id for entry in session.axes].index("mirror")
    assert window.axis_row.axes._words == ["Thyroid"]
    window.axis_menu.choices[place].trigger()
    settle(qtbot, window)
    assert session.axis.id == "mirror"
    assert window.axis_row.axes._words == ["Thyroid", "Mirror"]
    assert "not on the record" in window.axis_row.state.text()
    assert [card.kind[:2] for card in window.panel.cards] == [("mirror", "mirrorine")]
    assert window.horizons._words == ["24 h", "48 h", "7 d", "6 w", "60 d", "6 mo", "1 y"]
    assert window.horizons.index == 1
    window.axis_row.axes.setFocus()
    hands.key(window.axis_row.axes, Qt.Key.Key_Left)
    settle(qtbot, window)
    assert session.axis.id == "hpt"
    assert [card.kind[:2] for card in window.panel.cards] == [("hpt", "levothyroxine")]
    assert window.axis_row.axes._words == ["Thyroid"]


def test_that_the_row_adds_an_axis_and_marks_one_whose_what_if_differs(
    qtbot: QtBot, window: MainWindow, session: Session
) -> None:
    session.whatif.commit(session.whatif.with_adherence(0.5), "half")
    session.show_axis("mirror")
    settle(qtbot, window)
    assert window.axis_row.axes._words == [f"Thyroid{DIFFERS}", "Mirror"]
    window.axis_row.add.click()
    settle(qtbot, window)
    assert window.axis_row.add.isHidden()
    assert window.axis_row.state.text() == "nothing recorded yet" or "TSH" in window.axis_row.state.text()
    assert window.axis_menu.take_off.isEnabled()
    session.undo()
    settle(qtbot, window)
    assert not window.axis_row.add.isHidden()


def test_that_zoom_scale_and_further_plots_are_kept_for_each_axis(qtbot: QtBot, theme: Theme, session: Session) -> None:
    view = CoursesView(session, theme)
    qtbot.addWidget(view)
    view.resize(900, 700)
    view.show()
    qtbot.waitUntil(lambda: not view.busy)
    view.show_marker("tt3", True)
    view.toggle_scale("tsh")
    view.zoom(0.5)
    qtbot.waitUntil(lambda: not view.busy)
    span, log = view.stack.time.span, view.plots[0].scale.log
    session.show_axis("mirror")
    qtbot.waitUntil(lambda: not view.busy)
    assert view.stack.time.span != span
    assert [plot.marker.id for plot in view.plots] == ["tsh", "ft4", "ft3"]
    session.show_axis("hpt")
    qtbot.waitUntil(lambda: not view.busy)
    assert view.stack.time.span == pytest.approx(span)
    assert [plot.marker.id for plot in view.plots] == ["tsh", "ft4", "ft3", "tt3"]
    assert view.plots[0].scale.log is log
    made = list(view.plots)
    for axis_id in ("mirror", "hpt"):
        session.show_axis(axis_id)
        qtbot.waitUntil(lambda: not view.busy)
    assert view.plots == made
    view.close()


def test_that_an_order_of_another_axis_is_listed_in_grey(qtbot: QtBot, window: MainWindow) -> None:
    table = window.sidebar.record.doses
    items = [item for row in range(table.rowCount()) if (item := table.item(row, 0)) is not None]
    quiet = next(item for item in items if item.text().startswith("Mirrorine"))
    own = next(item for item in items if item.text().startswith("Levothyroxine"))
    assert quiet.data(QUIET_ROLE)
    assert "acts on another axis" in quiet.data(SECOND_ROLE)
    assert not own.data(QUIET_ROLE)


def test_that_an_order_of_another_axis_can_be_edited(session: Session) -> None:
    assert session.record is not None
    order = next(order for order in session.record.medication if order.agent == "mirrorine")
    form = medication_form(session, session.record, order)
    texts = {field.name: field.text for field in form.fields}
    assert texts["agent"] == "mirrorine"
    made = form.judge({**texts, "dose": "20"}).record
    assert made is not None
    assert (made.agent, made.dose) == ("mirrorine", 20.0)  # type: ignore[union-attr]


def test_that_forms_offer_what_belongs_to_the_axis_first(session: Session) -> None:
    assert session.record is not None
    session.show_axis("mirror")
    fields = {field.name: field for field in symptom_form(session, session.record).fields}
    assert [words for _, words in fields["scale"].choices[1:3]] == ["Glare", "Echo"]
    offered = [words for words, _ in {f.name: f for f in lab_form(session, session.record).fields}["analyte"].choices]
    assert offered[:3] == ["tsh", "ft4", "ft3"]
    assert len(offered) > 10
    orders = {field.name: field for field in medication_form(session, session.record).fields}
    assert orders["agent"].choices[:2] == (("liothyronine", "Liothyronine"), ("mirrorine", "Mirrorine"))


def test_that_the_patient_form_offers_axes_that_fit_the_sex(session: Session) -> None:
    form = patient_form(session)
    fields = {field.name: field for field in form.fields}
    assert "mirror" in dict(fields["axis"].choices)
    brought = form.follow["sex"]("male", "female", {"axis": "mirror"})
    choices, chosen = brought.choices["axis"]
    assert "mirror" not in dict(choices)
    assert chosen == next(iter(AXES))


def test_that_lab_columns_begin_with_what_was_measured_of_the_axis(mirror: Axis) -> None:
    record = ingrid()
    assert lab_columns(AXES["hpt"], record) == ["tsh", "ft4", "ft3"]
    other = next(axis for axis in AXES.values() if axis.id not in ("hpt", "mirror"))
    assert lab_columns(other, record)[:3] == ["tsh", "ft4", "ft3"]
    assert len(lab_columns(other, replace(record, labs=()))) <= 3


def test_that_phases_are_named_where_they_have_room_and_never_under_a_flag(qtbot: QtBot, theme: Theme) -> None:
    strip = FlagStrip(theme)
    qtbot.addWidget(strip)
    strip.resize(700, 20)
    strip.view_h, strip.today_h, strip.today_words = (0.0, 672.0), 336.0, "Today"
    strip.phases = ((0.0, 10.0, "early follicular"), (10.0, 300.0, "follicular"), (300.0, 672.0, "luteal"))
    named = strip.named_phases()
    assert [words for _, words in named] == ["follicular", "luteal"]
    assert not any(box.intersects(flag) for box, _ in named for flag, _, _ in strip.boxes())


def test_that_the_ground_shows_phases_and_steps_of_the_reference(
    qtbot: QtBot, theme: Theme, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = CoursesView(session, theme)
    qtbot.addWidget(view)
    view.resize(900, 700)
    view.show()
    qtbot.waitUntil(lambda: not view.busy)
    course = session.course
    assert course is not None
    first = course.window_h[0]
    spans = (PhaseSpan("a", "first", first, first + 480.0), PhaseSpan("b", "second", first + 480.0, first + 960.0))
    session.course = replace(course, phases=spans, now=replace(course.now))
    view._draw_all()
    qtbot.waitUntil(lambda: not view.busy)
    assert view.plots[0].canvas._phases == tuple((span.from_h, span.to_h) for span in spans)
    assert [words for *_, words in view.flags.phases] == ["first", "second"]
    assert view.crosshair.moment(first + 600.0).endswith(", second")
    view.close()


@pytest.mark.parametrize("axis_id", list(AXES))
@pytest.mark.parametrize("size", [(700, 560), (1100, 820)])
def test_that_no_box_and_no_words_of_a_loop_lie_on_each_other(
    qtbot: QtBot, theme: Theme, axis_id: str, size: tuple[int, int]
) -> None:
    session, _, _ = desk()
    session.axis = AXES[axis_id]
    view = LoopView(session, theme)
    qtbot.addWidget(view)
    view.resize(*size)
    view.show()
    diagram = view.diagram
    boxes = [diagram.box_of(gland.id) for gland in session.axis.glands]
    words = [placed.box for placed in diagram._words.values()]
    assert all(not a.intersects(b) for a in boxes for b in boxes if a is not b)
    assert all(not a.intersects(b) for a in words for b in boxes)
    assert all(not a.intersects(b) for a in words for b in words if a is not b)
    inside = diagram.rect()
    assert all(inside.contains(box.toAlignedRect()) for box in (*boxes, *words))
    view.close()


def test_that_the_model_says_that_refined_values_are_used(qtbot: QtBot, theme: Theme) -> None:
    dialog = ModelDialog(REFINED_MIRROR, theme)
    qtbot.addWidget(dialog)
    words = dialog.refined_words(REFINED_MIRROR)
    assert "refined = 1" in words[0]
    assert "It mends a fact." in words[1]


def test_that_the_first_compilation_is_told_where_the_eye_is(
    qtbot: QtBot, window: MainWindow, session: Session
) -> None:
    session.set_progress("hpt", "Preparing the equations of the thyroid axis … 50%")
    assert "50%" in window.courses.message.text.text()
    assert "50%" in window.left_status.text()
    session.axis_ready("hpt")
    settle(qtbot, window)
    assert window.courses.message.isHidden()


def test_that_the_window_names_no_hormone_and_no_axis() -> None:
    import ast

    from endotune_desktop.clinic.analytes import ANALYTES

    known = {*AXES, *ANALYTES, *(entry.agent.id for axis in AXES.values() for entry in axis.agents)} - {"mirror"}
    package = Path(__file__).resolve().parents[2] / "endotune_desktop"
    named = []
    for room in ("ui", "workbench", "lanes"):
        for path in sorted((package / room).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in known:
                    named.append(f"{path.name}:{node.lineno} {node.value}")
    assert not named
