"""Dialogs beside the workbench: no higher than what they say, never beyond the window, closed by a button in view."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QWidget
from pytestqt.qtbot import QtBot

from endotune_desktop.clinic.units import UnitSystem
from endotune_desktop.exchange.link_file import read_links
from endotune_desktop.physiology.registry import AXES
from endotune_desktop.tuning.cross_axis import Links
from endotune_desktop.ui.axes.model_dialog import ModelDialog
from endotune_desktop.ui.dialogs.room import FREE_PX
from endotune_desktop.ui.fit.fit_dialog import FitDialog
from endotune_desktop.ui.function_tests.dialog import FunctionTestDialog
from endotune_desktop.ui.links.link_dialog import LinkDialog
from endotune_desktop.ui.receipts.dialog import ReceiptsDialog
from endotune_desktop.ui.shown_units import marker_unit, unit_written
from endotune_desktop.ui.theme.theme import Theme
from endotune_desktop.ui.widgets.numbers import shown_percent, written
from endotune_desktop.ui.widgets.pieces import label
from endotune_desktop.workbench.cross_axis import CrossAxis
from endotune_desktop.workbench.receipt_desk import ReceiptDesk
from tests.ui.desk import desk
from tests.unit.workbench.test_function_test_bench import InlineErrands, bench_of

RESOURCES = Path(__file__).resolve().parents[2] / "resources"


def dialogs(theme: Theme, window: QWidget) -> list[QDialog]:
    """Return one of each dialog that stands beside a window."""
    session, _, _ = desk()
    session.open_patient("p1")
    links = CrossAxis(lambda: read_links(RESOURCES / "links"))
    desk_of_receipts = ReceiptDesk(session, InlineErrands(), links)
    return [
        ModelDialog(AXES["hpt"], theme, window), LinkDialog(Links((), (), ()), "Thyroid", theme, window),
        FitDialog(session, theme, window), ReceiptsDialog(session, desk_of_receipts, theme, window),
        FunctionTestDialog(session, bench_of(session, InlineErrands()), theme, window),
    ]  # fmt: skip


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_that_no_dialog_is_larger_than_its_window_and_each_can_be_closed_by_a_button_in_view(
    qtbot: QtBot, theme: Theme, scale: float
) -> None:
    theme.set_scale(scale)
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1280, 800)
    for dialog in dialogs(theme, window):
        dialog.show()
        assert dialog.width() <= 1280 - 2 * FREE_PX
        assert dialog.height() <= 800 - 2 * FREE_PX
        box = dialog.findChild(QDialogButtonBox)
        assert isinstance(box, QDialogButtonBox)
        button = box.button(QDialogButtonBox.StandardButton.Close)
        assert dialog.rect().contains(button.rect().translated(button.mapTo(dialog, button.rect().topLeft())))
        button.click()
        assert not dialog.isVisible()
    theme.set_scale(1.0)


def test_that_a_page_is_as_high_as_what_it_says_and_scrolls_only_beyond_its_window(qtbot: QtBot, theme: Theme) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1280, 800)
    heights = []
    for count in (0, 6, 200):
        page = LinkDialog(Links((), (), ()), "Thyroid", theme, window)
        for number in range(count):
            page.add(label(f"Sentence {number}."))
        page.show()
        heights.append(page.height())
        page.close()
    assert heights[0] < heights[1] < heights[2] == 800 - 2 * FREE_PX
    assert heights[0] < 240


def test_that_the_model_page_says_once_that_it_is_outside_the_validated_range(qtbot: QtBot, theme: Theme) -> None:
    from PySide6.QtWidgets import QLabel

    dialog = ModelDialog(AXES["hpt"], theme)
    qtbot.addWidget(dialog)
    said = [found.text() for found in dialog.findChildren(QLabel)]
    assert [words for words in said if "Outside the validated range" in words] == ["Outside the validated range"]
    assert any(words.startswith("Tested for 0") for words in said)


def test_that_units_and_signs_are_written_as_people_write_them() -> None:
    assert [unit_written(unit) for unit in ("ug/L", "umol/L", "mIU/L", "1", "-")] == ["µg/L", "µmol/L", "mIU/L", "", ""]
    acth = AXES["hpa"].marker("acth")
    assert marker_unit(acth, UnitSystem.SI)[0] == "pmol/L"
    assert marker_unit(acth, UnitSystem.CONVENTIONAL)[0] == "pg/mL"
    assert (
        written("FT4 -10 to -20 %, x1.5 +- 4 in 2-3 d -> less; X14")
        == "FT4 −10 to −20 %, ×1.5 ± 4 in 2–3 d → less; X14"
    )
    assert written("11-deoxycortisol, non-thyroidal") == "11-deoxycortisol, non-thyroidal"
    assert [shown_percent(share) for share in (0.0, 1.0, -0.031)] == ["0\u00a0%", "100\u00a0%", "\u22123\u00a0%"]
