"""The pieces of a plot: lines, bands, ticks, end labels, the relay, and words of a result."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from endotune_desktop.physiology.registry import AXES
from endotune_desktop.ui.courses.canvas import PlotCanvas
from endotune_desktop.ui.courses.curves import MAX_COLUMNS, Band, Line, polygon_of
from endotune_desktop.ui.courses.end_labels import spread
from endotune_desktop.ui.courses.lab_marks import LabMark, LabMarks
from endotune_desktop.ui.courses.lab_words import lab_words, last_dose
from endotune_desktop.ui.courses.scales import Scale
from endotune_desktop.ui.courses.spans import Mapping, TimeSpan
from endotune_desktop.ui.courses.value_axis import ticks_of
from endotune_desktop.ui.relay import Relay
from endotune_desktop.ui.theme.theme import Theme
from tests.ui.desk import ingrid

PIXELS = Mapping(1.0, 0.0, -1.0, 100.0)
"""One pixel an hour, one a unit, upwards from the foot of a picture 100 px high."""


def picture(*layers: Line | Band, ratio: float = 1.0) -> QImage:
    """Return layers painted on white, 200 x 100 points."""
    image = QImage(round(200 * ratio), round(100 * ratio), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(QColor("white"))
    painter = QPainter(image)
    for layer in layers:
        layer.paint(painter, PIXELS)
    painter.end()
    return image


def dark_rows(image: QImage, x: int) -> int:
    """Return how much of a column is painted, in whole pixels' worth of ink."""
    ink = sum(255 - image.pixelColor(x, y).lightness() for y in range(image.height()))
    return round(ink / (255 - QColor("#38434E").lightness()))


def test_that_a_polygon_holds_the_points_it_was_made_of(qapp: QApplication) -> None:
    polygon = polygon_of(np.array([1.0, 2.5, 4.0]), np.array([7.0, 8.0, 9.5]))
    assert [(p.x(), p.y()) for p in polygon.toList()] == [(1.0, 7.0), (2.5, 8.0), (4.0, 9.5)]
    assert polygon_of(np.empty(0), np.empty(0)).size() == 0


@pytest.mark.parametrize(("ratio", "thick"), [(1.0, 2), (1.5, 3), (2.0, 4), (3.0, 6)])
def test_that_a_line_is_as_thick_to_the_eye_on_every_screen(theme: Theme, ratio: float, thick: int) -> None:
    line = Line(theme, "current", 2)
    line.set_data(np.array([0.0, 200.0]), np.array([50.0, 50.0]))
    passes, step = line.passes(ratio)
    assert (passes - 1) * step + 1 == pytest.approx(thick)
    assert dark_rows(picture(line, ratio=ratio), round(100 * ratio)) == pytest.approx(thick, abs=1)


def test_that_a_line_has_gaps_where_it_is_not_known(theme: Theme) -> None:
    line = Line(theme, "current", 2)
    y = np.full(201, 50.0)
    y[80:120] = np.nan
    line.set_data(np.arange(201.0), y)
    image = picture(line)
    assert dark_rows(image, 50) > 0
    assert dark_rows(image, 100) == 0
    assert dark_rows(image, 150) > 0


def test_that_a_band_is_opaque_between_its_edges_and_hides_the_one_below(theme: Theme) -> None:
    wide, narrow = Band(theme, "whatif90"), Band(theme, "whatif50")
    x = np.linspace(0.0, 200.0, 60)
    wide.set_data(x, np.full(60, 20.0), np.full(60, 80.0))
    narrow.set_data(x, np.full(60, 40.0), np.full(60, 60.0))
    image = picture(wide, narrow)
    assert image.pixelColor(100, 50) == theme.colour("whatif50")
    assert image.pixelColor(100, 30) == theme.colour("whatif90")
    assert image.pixelColor(100, 10) == QColor("white")


def test_that_a_band_of_many_columns_keeps_its_extremes(theme: Theme) -> None:
    x = np.linspace(0.0, 200.0, 5000)
    low, high = np.full(5000, 20.0), np.full(5000, 80.0)
    low[1234], high[4321] = 5.0, 95.0
    band = Band(theme, "whatif90")
    band.set_data(x, low, high)
    hours, least, most = band.data
    assert hours.size == MAX_COLUMNS
    assert (hours[0], hours[-1]) == (0.0, 200.0)
    assert (least.min(), most.max()) == (5.0, 95.0)


def test_that_a_band_leaves_out_columns_that_are_not_known(theme: Theme) -> None:
    band = Band(theme, "whatif90")
    band.set_data(np.arange(4.0), np.array([1.0, np.nan, 1.0, 1.0]), np.array([2.0, 2.0, 2.0, np.nan]))
    assert band.data[0].tolist() == [0.0, 2.0]
    band.clear()
    assert picture(band).pixelColor(1, 98) == QColor("white")


def test_that_limits_stand_on_the_axis_and_nothing_overlaps_them() -> None:
    scale = Scale(log=True)
    span = (np.log10(0.3), np.log10(12.0))
    ticks = ticks_of(scale, span, [0.4, 4.0], 200.0, 16.0)
    assert [tick.words for tick in ticks if tick.limit] == ["4.0", "0.40"]
    assert 1 <= sum(not tick.limit for tick in ticks) <= 4
    places = sorted(tick.at_px for tick in ticks)
    assert min(np.diff(places)) >= 16.0
    assert places[0] >= 8.0
    assert places[-1] <= 192.0


@pytest.mark.parametrize("height", [40.0, 70.0, 110.0, 240.0, 500.0])
@pytest.mark.parametrize("line", [16.0, 32.0])
def test_that_numbers_on_the_axis_never_touch_at_any_height(height: float, line: float) -> None:
    for low, high, limits in ((8.5, 22.4, [9.0, 19.0]), (10.0, 23.0, [11.0, 22.0]), (2.0, 7.0, [3.1, 6.5])):
        ticks = ticks_of(Scale(log=False), (low, high), limits, height, line)
        places = sorted(tick.at_px for tick in ticks)
        assert all(b - a >= line for a, b in pairwise(places)), (height, line, limits)


def test_that_end_labels_keep_their_order_their_gap_and_the_plot() -> None:
    assert spread([10.0, 12.0, 13.0], 16.0, 8.0, 100.0) == [10.0, 26.0, 42.0]
    assert spread([97.0, 98.0, 99.0], 16.0, 8.0, 100.0) == [68.0, 84.0, 100.0]
    assert spread([-50.0, 500.0], 16.0, 8.0, 100.0) == [8.0, 100.0]
    crowded = spread([50.0, 50.0, 50.0], 16.0, 8.0, 30.0)
    assert np.diff(crowded).tolist() == [16.0, 16.0]


def test_that_a_small_error_bar_leaves_the_dot_legible(theme: Theme) -> None:
    def ink_beside(low: float, high: float) -> int:
        marks = LabMarks(theme)
        marks.rows = [LabMark(100.0, 50.0, low, high)]
        image = QImage(200, 100, QImage.Format.Format_RGB32)
        image.fill(QColor("white"))
        painter = QPainter(image)
        marks.paint(painter, PIXELS, 0.0, 200.0)
        painter.end()
        outside = [y for y in range(100) if abs(y - 50) > 6]
        return sum(image.pixelColor(x, y).lightness() < 128 for y in outside for x in range(90, 111))

    assert ink_beside(46.0, 54.0) == 0
    assert ink_beside(30.0, 70.0) > 20


def test_that_a_result_says_what_was_entered_by_whom_and_how_long_after_the_dose() -> None:
    record = ingrid()
    lab = record.labs[0]
    words = lab_words(record, lab, AXES["hpt"])
    assert words == "entered 6.6\u00a0mIU/L · City lab · 16 Nov 2026 07:10 · 24\u00a0h after levothyroxine"
    assert lab_words(record, lab, AXES["hpt"], "luteal").endswith("levothyroxine · luteal in the model")
    bound = replace(lab, entered_text="<0.01", comparator="<", set_aside=True, clock_known=False)
    assert lab_words(record, bound, AXES["hpt"]) == "entered <0.01\u00a0mIU/L · City lab · 16 Nov 2026 · set aside"


def test_that_the_last_dose_skips_missed_days_and_ended_orders() -> None:
    record = ingrid()
    now = record.medication[0]
    assert last_dose(record, datetime(2026, 11, 16, 8, 0)) == (now, datetime(2026, 11, 16, 7, 30))
    missed = replace(now, missed=(datetime(2026, 11, 16).date(), datetime(2026, 11, 15).date()))
    late = replace(record, medication=(missed, record.medication[1]))
    assert last_dose(late, datetime(2026, 11, 16, 8, 0)) == (missed, datetime(2026, 11, 14, 7, 30))
    assert last_dose(record, datetime(2026, 8, 31, 7, 0)) == (record.medication[1], datetime(2026, 8, 30, 7, 30))
    assert last_dose(record, datetime(2026, 3, 1, 7, 0)) is None


def test_that_zooming_time_keeps_what_is_under_the_pointer(qtbot: QtBot) -> None:
    span = TimeSpan()
    span.show(0.0, 100.0)
    span.zoom(0.5, 25.0)
    assert span.span == pytest.approx((12.5, 62.5))
    span.zoom(1e-9, 25.0)
    assert span.length_h == pytest.approx(1.0)
    span.pan(10.0)
    assert span.length_h == pytest.approx(1.0)


def test_that_the_relay_keeps_the_row_and_runs_the_newest_job_of_each_place(qtbot: QtBot) -> None:
    relay, done = Relay(), []
    relay.ask("a", lambda: done.append("old a"))
    relay.ask("b", lambda: done.append("b"))
    relay.ask("a", lambda: done.append("new a"))
    assert relay.waits("a")
    qtbot.waitUntil(lambda: not relay.busy)
    assert done == ["new a", "b"]


def test_that_other_events_come_between_two_jobs(qtbot: QtBot) -> None:
    order: list[str] = []

    class Hand(QObject):
        def event(self, event: QEvent) -> bool:
            order.append("hand")
            return True

    hand, relay = Hand(), Relay()

    def first() -> None:
        order.append("first")
        QApplication.postEvent(hand, QEvent(QEvent.Type.User))

    relay.ask(1, first)
    relay.ask(2, lambda: order.append("second"))
    qtbot.waitUntil(lambda: not relay.busy)
    assert order == ["first", "hand", "second"]
    relay.ask(3, lambda: order.append("never"))
    relay.forget()
    QApplication.processEvents()
    assert "never" not in order


def test_that_nothing_of_an_older_axis_is_left_beside_a_plot(qtbot: QtBot, theme: Theme) -> None:
    canvas, random = PlotCanvas(theme, TimeSpan(), lambda: Scale(log=False)), np.random.default_rng(7)
    qtbot.addWidget(canvas)
    canvas.show()
    axis = canvas.getPlotItem().getAxis("left")
    changes: list[Callable[[], None]] = [
        lambda: canvas.resize(600, int(random.integers(100, 140))),
        lambda: canvas.show_values(float(random.uniform(10.0, 12.0)), float(random.uniform(20.0, 24.0))),
        lambda: canvas.set_reference(float(random.uniform(11.0, 12.0)), 22.0),
        canvas.redraw_now,
        QApplication.processEvents,
    ]
    for _ in range(60):
        for which in random.integers(len(changes), size=3):
            changes[which]()
        kept = canvas.grab().toImage()
        axis.setCacheMode(axis.CacheMode.NoCache)
        assert canvas.grab().toImage() == kept, canvas.size()
        axis.setCacheMode(axis.CacheMode.DeviceCoordinateCache)
        canvas.redraw_now()


def test_that_a_sentence_stands_where_it_hides_the_lesser_part_of_a_curve(qtbot: QtBot, theme: Theme) -> None:
    time = TimeSpan()
    canvas = PlotCanvas(theme, time, lambda: Scale(log=False))
    qtbot.addWidget(canvas)
    canvas.resize(600, 160)
    canvas.show()
    canvas.show_values(0.0, 10.0)
    hours = np.linspace(*time.span, 100)
    # A fall from the head within a tenth of the time, and the rest along the foot; then the same upside down.
    falling = np.where(np.arange(100) < 10, 10.0, 0.2)
    for values, head in ((falling, True), (10.0 - falling, False), (np.full(100, 5.0), False)):
        canvas.now.set_data(hours, values)
        assert canvas._at_head(canvas.area(), 28.0) is head
