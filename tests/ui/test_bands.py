"""Bands in the window: drawn about their curves, greyed with them, counted in the table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from endotune_desktop.clinic.units import UnitSystem
from endotune_desktop.simulation.course import Remark
from endotune_desktop.ui.courses.courses_view import CoursesView
from endotune_desktop.ui.theme.theme import Theme
from endotune_desktop.ui.whatif.scenario_table import ScenarioTable
from endotune_desktop.ui.widgets.numbers import shown_share
from endotune_desktop.workbench.session import Session
from tests.ui.desk import DrawnCourses, desk
from tests.ui.test_views import drawn, shown

Bed = tuple[Session, DrawnCourses, CoursesView]


@pytest.fixture
def bed(qtbot: QtBot, theme: Theme) -> Iterator[Bed]:
    """Return a sheet with 125 ug under the slider and no bands yet."""
    session, _, courses = desk()
    order = session.whatif.plan.orders[0]
    session.whatif.commit(session.whatif.with_order(0, replace(order, dose=125.0)), "Levothyroxine 125")
    view = CoursesView(session, theme)
    shown(qtbot, view)
    yield session, courses, view
    view.close()


def test_that_bands_follow_their_curves_as_soon_as_they_come(bed: Bed) -> None:
    session, courses, view = bed
    tsh, ft4, _ = view.plots
    assert all(band.data[0].size == 0 for band in ft4.canvas.bands)
    courses.refine()
    drawn(view)
    course = session.course
    assert course is not None
    assert course.whatif is not None
    hours, low, high = ft4.canvas.what90.data
    assert np.allclose(low, 0.5 * course.whatif.values["ft4"])
    assert np.allclose(high, 2.0 * course.whatif.values["ft4"])
    assert hours[0] == course.today_h
    assert np.allclose(tsh.canvas.what50.data[2], np.log10(1.25 * course.whatif.values["tsh"]))


def test_that_the_records_band_gives_way_to_the_whatifs_from_today_on(bed: Bed) -> None:
    session, courses, view = bed
    courses.refine()
    drawn(view)
    ft4 = view.plots[1].canvas
    assert session.course is not None
    assert ft4.current50.data[0].max() <= session.course.today_h
    assert ft4.limit_low.data[0].max() > session.course.today_h
    session.whatif.reset("Reset")
    courses.refine()
    drawn(view)
    assert ft4.what90.data[0].size == 0
    assert ft4.current50.data[0].max() > session.course.today_h


def test_that_the_header_says_the_limits_and_the_range_holds_them(bed: Bed) -> None:
    session, courses, view = bed
    view.resize(1100, 700)
    courses.refine()
    drawn(view)
    ft4 = view.plots[1]
    assert session.course is not None
    assert session.course.whatif_band is not None
    low, high = ft4.canvas.values
    limits = session.course.whatif_band.levels["ft4"]
    assert low < limits[0].min()
    assert high > limits[4].max()
    assert any(word.startswith("(") and "–" in word for word in ft4.header.shown_words())
    assert "(" not in ft4.accessibleName()


def test_that_bands_are_in_the_unit_of_the_window(bed: Bed) -> None:
    session, courses, view = bed
    courses.refine()
    drawn(view)
    canonical = view.plots[1].canvas.what90.data[1].copy()
    session.set_unit_system(UnitSystem.CONVENTIONAL)
    drawn(view)
    assert np.allclose(view.plots[1].canvas.what90.data[1], canonical / 12.872)


def test_that_a_band_goes_grey_with_its_curve_and_never_outlives_it(bed: Bed) -> None:
    session, courses, view = bed
    courses.refine()
    drawn(view)
    courses.hold = True
    order = session.whatif.plan.orders[0]
    session.whatif.commit(session.whatif.with_order(0, replace(order, dose=150.0)), "Levothyroxine 150")
    canvas = view.plots[0].canvas
    qt_wait(view, lambda: canvas.what90.role == "grid")
    courses.release()
    drawn(view)
    assert canvas.what90.role == "whatif90"
    assert canvas.what90.data[0].size == 0


def test_that_a_band_ends_where_its_curve_does(qtbot: QtBot, theme: Theme) -> None:
    session, _, courses = desk()
    high = next(entry.high for entry in session.axis.validated if entry.subject == "tsh")
    assert high is not None
    courses.remarks = (Remark("tsh", 0.0, "outside"),)
    view = CoursesView(session, theme)
    shown(qtbot, view)
    courses.refine()
    drawn(view)
    assert np.nanmax(view.plots[0].canvas.limit_high.data[1]) <= np.log10(high) + 1e-9
    view.close()


def test_that_the_table_says_how_many_drawn_persons_are_in_range(qtbot: QtBot, theme: Theme) -> None:
    session, _, courses = desk()
    table = ScenarioTable(session, theme)
    qtbot.addWidget(table)
    model = table.model()
    column = model.columnCount() - 2
    assert model.index(0, column).data() == ""
    courses.refine(1000)
    text = model.index(0, column).data()
    assert text.endswith("%")
    assert session.course is not None
    members, values = session.course.settled_members["now"], session.course.settled["now"]
    inside = np.ones(1000, dtype=bool)
    for marker, low, high in (("tsh", 0.4, 4.0), ("ft4", 9.0, 19.0), ("ft3", 2.6, 5.7)):
        assert members[marker][0] == pytest.approx(0.5 * values[marker])
        inside &= (members[marker] >= low) & (members[marker] <= high)
    assert text == shown_share(float(inside.mean()))


@pytest.mark.parametrize(("share", "text"), [(0.0, "< 1 %"), (1.0, "> 99 %"), (0.957, "96 %"), (0.005, "< 1 %")])
def test_that_a_share_is_never_said_to_be_none_or_all(share: float, text: str) -> None:
    assert shown_share(share).replace("\N{NO-BREAK SPACE}", " ") == text


def qt_wait(view: CoursesView, condition: object) -> None:
    """Let the sheet work until a condition holds."""
    from PySide6.QtTest import QTest

    assert callable(condition)
    for _ in range(200):
        drawn(view)
        if condition():
            return
        QTest.qWait(10)
    raise AssertionError("it never came")
