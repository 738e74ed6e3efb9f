"""The line under the plots: hidden without links, the weightiest first, all of them in a window."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from endotune_desktop.clinic.edits import Edit, RecordChange
from endotune_desktop.clinic.records import AxisProfile, Finding, Medication
from endotune_desktop.exchange.link_file import read_links
from endotune_desktop.ui.links.link_notes import LinkNotes
from endotune_desktop.ui.theme.theme import Theme
from endotune_desktop.workbench.cross_axis import CrossAxis
from tests.ui.desk import desk, ingrid

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
OESTROGEN = Medication("m9", "p1", "estradiol", "oral", "", 2.0, "mg", ("08:00",), 1, date(2026, 10, 1))
ADDISON = AxisProfile("a9", "p1", "hpa")


@pytest.fixture
def links() -> CrossAxis:
    known = CrossAxis(lambda: read_links(RESOURCES / "links"))
    known.table()
    return known


def test_that_the_line_reads_no_table_and_comes_once_it_was_read(qtbot: QtBot, theme: Theme) -> None:
    known = CrossAxis(lambda: read_links(RESOURCES / "links"))
    record = ingrid()
    session, _, _ = desk(replace(record, medication=(OESTROGEN, *record.medication)))
    session.open_patient("p1")
    notes = LinkNotes(session, known, theme)
    qtbot.addWidget(notes)
    assert not known.read
    assert notes.isHidden()
    known.table()
    notes.refresh()
    assert not notes.isHidden()


def test_that_a_record_without_links_shows_nothing(qtbot: QtBot, theme: Theme, links: CrossAxis) -> None:
    session, _, _ = desk()
    notes = LinkNotes(session, links, theme)
    qtbot.addWidget(notes)
    assert notes.lines() == []
    assert notes.isHidden()


def test_that_an_open_axis_is_said_to_be_in_the_curves_and_a_closed_one_not(
    qtbot: QtBot, theme: Theme, links: CrossAxis
) -> None:
    record = ingrid()
    one = replace(record, medication=(OESTROGEN, *record.medication))
    both = replace(one, profiles=(*one.profiles, AxisProfile("a9", "p1", "hpg_female")))
    for held, words in ((one, "Not in the curves"), (both, "In the curves")):
        session, _, _ = desk(held)
        session.open_patient("p1")
        notes = LinkNotes(session, links, theme)
        qtbot.addWidget(notes)
        assert not notes.isHidden()
        assert any(words in line for _, _, line in notes.lines())
        assert "TBG ×1.5" in " ".join(line for _, _, line in notes.lines())


def test_that_a_block_comes_first_and_follows_the_plan(qtbot: QtBot, theme: Theme, links: CrossAxis) -> None:
    from endotune_desktop.clinic.scenario import LesionState

    record = ingrid()
    profiles = (*record.profiles, replace(ADDISON, lesions=(LesionState("addison", 1.0),)))
    session, _, _ = desk(replace(record, profiles=profiles))
    session.open_patient("p1")
    notes = LinkNotes(session, links, theme)
    qtbot.addWidget(notes)
    assert not notes.links.rules  # levothyroxine as before
    plan = session.whatif.plan
    session.whatif.show(replace(plan, orders=tuple(replace(order, dose=150.0) for order in plan.orders)))
    assert notes.busy
    notes.finish()
    assert next(iter(notes.links.rules)).id == "X01"
    assert notes.level.text() == "First"
    assert "hydrocortisone" in notes.words.text()


def test_that_the_window_of_all_links_shows_sizes_and_sources(qtbot: QtBot, theme: Theme, links: CrossAxis) -> None:
    record = ingrid()
    session, _, _ = desk(replace(record, medication=(OESTROGEN, *record.medication)))
    session.open_patient("p1")
    notes = LinkNotes(session, links, theme)
    qtbot.addWidget(notes)
    dialog = notes.dialog()
    qtbot.addWidget(dialog)
    words = " ".join(found.text() for found in dialog.findChildren(QLabel))
    assert "hpt.md section 6" in words
    assert "clinician decides" in words
    dialog.reject()


def test_that_a_finding_on_the_record_is_said_under_the_plots_and_undo_takes_it_back(
    qtbot: QtBot, theme: Theme, links: CrossAxis
) -> None:
    session, _, _ = desk()
    session.open_patient("p1")
    notes = LinkNotes(session, links, theme)
    qtbot.addWidget(notes)
    assert notes.isHidden()
    made = Finding("f1", "p1", "biotin", date(2026, 11, 20))
    session.edit(Edit("Add Biotin", (RecordChange(None, made),)))
    notes.finish()
    assert not notes.isHidden()
    assert notes.level.text() == "No target"
    assert notes.words.text().startswith("Biotin: all streptavidin assays")
    session.undo()
    notes.finish()
    assert notes.isHidden()
