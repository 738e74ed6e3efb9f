"""Icons: lucide SVGs, recoloured by replacing ``currentColor``, drawn once for each size, colour and scale."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer


class Icons:
    """Draws and keeps icons.

    Parameters
    ----------
    folder : Path
        Of the SVG files.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._texts: dict[str, str] = {}
        self._pixmaps: dict[tuple[str, str, int, float, float], QPixmap] = {}

    def pixmap(self, name: str, colour: str, size_px: int, ratio: float = 2.0, stroke: float = 1.75) -> QPixmap:
        """Return an icon as a picture.

        Parameters
        ----------
        name : str
            File name without its end.
        colour : str
            ``#RRGGBB``.
        size_px : int
            Logical pixels.
        ratio : float
            Device pixels in a logical one.
        stroke : float
            Line width on the 24 grid.
        """
        key = (name, colour, size_px, ratio, stroke)
        if key not in self._pixmaps:
            if name not in self._texts:
                self._texts[name] = (self._folder / f"{name}.svg").read_text(encoding="utf-8")
            text = self._texts[name].replace("currentColor", colour)
            text = text.replace('stroke-width="2"', f'stroke-width="{stroke}"')
            pixmap = QPixmap(round(size_px * ratio), round(size_px * ratio))
            pixmap.fill(Qt.GlobalColor.transparent)
            painter = QPainter(pixmap)
            renderer = QSvgRenderer(QByteArray(text.encode()))
            renderer.render(painter, QRectF(0, 0, pixmap.width(), pixmap.height()))
            painter.end()
            pixmap.setDevicePixelRatio(ratio)
            self._pixmaps[key] = pixmap
        return self._pixmaps[key]

    def icon(self, name: str, colour: str, disabled: str, size_px: int, stroke: float = 1.75) -> QIcon:
        """Return an icon for buttons and menus, with its look when disabled."""
        icon = QIcon()
        icon.addPixmap(self.pixmap(name, colour, size_px, stroke=stroke), QIcon.Mode.Normal)
        icon.addPixmap(self.pixmap(name, disabled, size_px, stroke=stroke), QIcon.Mode.Disabled)
        return icon
