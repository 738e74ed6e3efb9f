"""The live frame: a slider move until curves and bands of all drawn persons are there, in CPU time of all threads."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import numpy as np

from endotune_desktop.app.measuring.engine import with_dose
from endotune_desktop.app.measuring.figures import Figure
from endotune_desktop.app.measuring.problems import usual_treatment
from endotune_desktop.clinic.scenario import Scenario
from endotune_desktop.physiology.axis import Axis
from endotune_desktop.simulation import compiled, simulate
from endotune_desktop.simulation.ensemble import MemberStates, periodic_members, simulate_members
from endotune_desktop.simulation.gradients import gradients
from endotune_desktop.simulation.members import Members
from endotune_desktop.tuning.population import population, varying
from endotune_desktop.workbench.band_maker import MEMBER_RTOL, MEMBERS, START_ACCURACY
from endotune_desktop.workbench.course_maker import SCREEN_RTOL
from endotune_desktop.workbench.course_view import BAND_LEVELS

if TYPE_CHECKING:
    from endotune_desktop.app.measuring.timed_application import TimedApplication
    from endotune_desktop.app.workbench_run import Workbench

DAY_H = np.arange(0.0, 24.01, 0.25)
AHEAD_H = np.arange(7.4, 42.0 * 24.0, 24.0)
EXTRA_PLOTS = 3
POLL_S = 0.002


def band_figures(axis: Axis, runs: int = 7) -> list[Figure]:
    """Time the bands that follow a slider: at steady dosing, six weeks ahead, and the gradients of a fit's step.

    Parameters
    ----------
    axis : Axis
    runs : int
    """
    compiled(axis)
    usual = usual_treatment(axis, 42.0)
    members = population(axis, MEMBERS)
    names = [marker.id for marker in axis.markers if marker.plotted]
    steady, ahead, slopes = [], [], []
    start = periodic_members(axis, usual, members, accuracy=START_ACCURACY)
    at = {parameter.id: parameter.value for parameter in varying(axis)}
    for index in range(runs + 1):
        moved = with_dose(usual, 1.1 + 0.01 * index)
        steady.append(steady_band_ms(axis, moved, members))
        begun = time.process_time()
        begin = MemberStates(0.0, start.states.copy(), happened=False)
        course = simulate_members(
            axis, moved, members, rtol=MEMBER_RTOL, output_times_h=AHEAD_H, markers=names, start=begin
        )
        for name in names:
            course.quantiles(name, BAND_LEVELS)
        ahead.append((time.process_time() - begun) * 1e3)
        begun = time.process_time()
        gradients(axis, moved, at, AHEAD_H[::7], markers=names)
        slopes.append((time.process_time() - begun) * 1e3)
    each = f"{MEMBERS} members, {len(names)} markers, one thread"
    return [
        Figure(f"nominal and band at steady dosing, slider move: {axis.id}", "ms", tuple(steady[1:]), 100.0, note=each),
        Figure(f"band 6 weeks ahead, slider move: {axis.id}", "ms", tuple(ahead[1:]), note=each),
        Figure(f"gradients in {len(at)} parameters, 42 d: {axis.id}", "ms", tuple(slopes[1:]), note="rtol 1e-6"),
    ]


def steady_band_ms(axis: Axis, scenario: Scenario, members: Members) -> float:
    """Return the CPU time of the nominal day at steady dosing and of the band of its plotted markers, ms."""
    names = [marker.id for marker in axis.markers if marker.plotted]
    begun = time.process_time()
    simulate(axis, scenario, rtol=SCREEN_RTOL, output_times_h=DAY_H)
    settled = periodic_members(axis, scenario, members, accuracy=START_ACCURACY)
    found = simulate_members(
        axis, scenario, members, rtol=MEMBER_RTOL, output_times_h=DAY_H, markers=names, start=settled
    )
    for name in names:
        found.quantiles(name, BAND_LEVELS)
    return (time.process_time() - begun) * 1e3


def live_frame(moves: int = 14) -> list[Figure]:
    """Time slider moves until six plots with the bands of all drawn persons are painted: CPU of all threads.

    Six weeks are shown, the hand waits until all of an answer is there; the first moves, in which the past of the drawn
    persons is computed, are left out.
    """
    from PySide6.QtCore import QEvent

    from endotune_desktop.app.measuring.timed_application import send_hand
    from endotune_desktop.app.measuring.window import GIVE_UP_S, STRIDE_PX, open_workbench
    from endotune_desktop.ui.widgets.dose_slider import DoseSlider

    values, own = [], []
    with open_workbench() as (application, bench):
        session, sheet = bench.session, bench.window.courses
        extra = [marker.id for marker in session.axis.markers if not marker.plotted][:EXTRA_PLOTS]
        for marker in extra:
            sheet.show_marker(marker, True)
        slider = bench.window.findChildren(DoseSlider)[0]
        send_hand(slider, QEvent.Type.MouseButtonPress, slider.width() / 2)
        for move in range(moves):
            _rest(application, bench)
            asked = session.request_number
            begun, begun_here = time.process_time(), time.thread_time()
            until = time.perf_counter() + GIVE_UP_S
            send_hand(slider, QEvent.Type.MouseMove, 20 + (STRIDE_PX * move) % (slider.width() - 40))
            if session.request_number == asked:
                continue
            while time.perf_counter() < until:
                application.processEvents()
                time.sleep(POLL_S)  # waiting must not count as work
                course = session.course
                band = course.whatif_band if course is not None else None
                whole = band is not None and band.count == MEMBERS and not sheet.busy
                if whole and course is not None and course.request.number == session.request_number:
                    break
            values.append((time.process_time() - begun) * 1e3)
            own.append((time.thread_time() - begun_here) * 1e3)
        send_hand(slider, QEvent.Type.MouseButtonRelease, slider.width() / 2)
        _rest(application, bench)
    here = float(np.median(own[3:])) if own[3:] else float("nan")
    note = f"{MEMBERS} members, {len(extra) + 3} plots, 28 days ahead; all threads, the window's own {here:.0f} ms"
    return [Figure("slider move to painted plots with bands, CPU", "ms", tuple(values[3:]), 100.0, note=note)]


def _rest(application: TimedApplication, bench: Workbench, patience_s: float = 20.0) -> None:
    """Wait until nothing is under way: neither an answer nor its painting."""
    until = time.perf_counter() + patience_s
    while time.perf_counter() < until:
        application.work(0.05)
        course, session = bench.session.course, bench.session
        newest = course is not None and course.request.number == session.request_number
        if newest and course is not None and course.settled_members and not bench.window.courses.busy:
            return
