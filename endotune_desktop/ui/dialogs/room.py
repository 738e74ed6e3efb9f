"""How large a window beside the workbench opens: its own size at the text scale, and never beyond the workbench."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QDialogButtonBox

from endotune_desktop.ui.theme.theme import Theme

FREE_PX = 32
"""What stays free on each side: room for the frame that a desktop draws, and to see what lies below."""


def open_in_room(dialog: QDialog, theme: Theme, width_px: float, height_px: float) -> None:
    """Give a dialog its size; large text over a small window leaves it less, and its content scrolls.

    Parameters
    ----------
    dialog : QDialog
    theme : Theme
    width_px, height_px : float
        At 100 % text.
    """
    width, height = theme.px(width_px), theme.px(height_px)
    parent = dialog.parentWidget()
    if parent is not None:
        around = parent.window().size()
        least = theme.px(240)
        width = min(width, max(around.width() - 2 * FREE_PX, least))
        height = min(height, max(around.height() - 2 * FREE_PX, least))
    dialog.resize(width, height)


def close_box(dialog: QDialog) -> QDialogButtonBox:
    """Return a row with Close; Enter in a field of the dialog accepts the entry and does not press it."""
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    box.button(QDialogButtonBox.StandardButton.Close).setAutoDefault(False)
    box.rejected.connect(dialog.reject)
    return box
