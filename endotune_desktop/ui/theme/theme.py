"""The theme of the running window: palette, text scale, colours, fonts and icons."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetrics, QIcon, QPalette, QPen, QPixmap
from PySide6.QtWidgets import QApplication

from endotune_desktop.physiology.axis import Role
from endotune_desktop.ui.theme.icons import Icons
from endotune_desktop.ui.theme.stylesheet import style_sheet
from endotune_desktop.ui.theme.tokens import PaletteName, Tokens, load_tokens

SCALES = (1.0, 1.25, 1.5, 1.75, 2.0)

_ROLE_COLOURS = {
    Role.GIVEN: "given",
    Role.UPSTREAM: "upstream",
    Role.HORMONE: "downstream",
    Role.DOWNSTREAM: "downstream",
    Role.GLAND: "text2",
    Role.INDEX: "text2",
}
_PALETTE_ROLES = {
    QPalette.ColorRole.Window: "panel",
    QPalette.ColorRole.Base: "raised",
    QPalette.ColorRole.AlternateBase: "panel",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.PlaceholderText: "text3",
    QPalette.ColorRole.Button: "raised",
    QPalette.ColorRole.Highlight: "sel",
    QPalette.ColorRole.HighlightedText: "text",
    QPalette.ColorRole.Accent: "whatif",
    QPalette.ColorRole.Link: "whatif",
    QPalette.ColorRole.Mid: "line",
    QPalette.ColorRole.Dark: "edge",
    QPalette.ColorRole.ToolTipBase: "raised",
    QPalette.ColorRole.ToolTipText: "text",
}


class Theme(QObject):
    """Colours, sizes and fonts by name; one object, handed to every widget.

    Signals
    -------
    changed
        After the palette or the text scale changed; whoever paints by hand repaints.
    """

    changed = Signal()

    def __init__(self, application: QApplication, resources: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._application = application
        self.tokens: Tokens = load_tokens(resources)
        self._icons = Icons(resources / "icons")
        self._colours: dict[str, QColor] = {}
        self._fonts: dict[tuple[str, int], tuple[QFont, QFontMetrics]] = {}
        self.name = PaletteName.LIGHT
        self.scale = 1.0
        for path in sorted((resources / "fonts").glob("*.ttf")):
            QFontDatabase.addApplicationFont(str(path))
        application.setStyle("Fusion")
        self._apply()

    def choose(self, name: PaletteName) -> None:
        """Change the palette."""
        if name is not self.name:
            self.name = name
            self._apply()
            self.changed.emit()

    def set_scale(self, scale: float) -> None:
        """Change the text scale, 1 to 2."""
        scale = min(max(scale, SCALES[0]), SCALES[-1])
        if scale != self.scale:
            self.scale = scale
            self._apply()
            self.changed.emit()

    def _apply(self) -> None:
        self._colours.clear()
        self._fonts.clear()
        palette = QPalette()
        for role, colour in _PALETTE_ROLES.items():
            palette.setColor(role, self.colour(colour))
        for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, role, self.colour("disabled"))
        self._application.setPalette(palette)
        self._application.setFont(self.font("small"))
        self._application.setStyleSheet(style_sheet(self.tokens, self.name, self.px))

    def hex(self, role: str) -> str:
        """Return a colour as ``#RRGGBB``."""
        return self.tokens.palettes[self.name][role]

    def colour(self, role: str) -> QColor:
        """Return a colour by its role; shared, not to be changed."""
        found = self._colours.get(role)
        if found is None:
            found = self._colours[role] = QColor(self.hex(role))
        return found

    def role_colour(self, role: Role) -> str:
        """Return the colour role of a marker's place in the axis."""
        return _ROLE_COLOURS[role]

    def pen(self, role: str, width: float = 1.0) -> QPen:
        """Return a pen that stays as wide under any zoom."""
        pen = QPen(self.colour(role))
        pen.setWidthF(width)
        pen.setCosmetic(True)
        return pen

    def px(self, pixels: float) -> int:
        """Return pixels of the design at the text scale."""
        return round(pixels * self.scale)

    def font(self, role: str, weight: int = 400) -> QFont:
        """Return the font of a text role (caption, small, body, strong, title or hero); shared, not to be changed."""
        return self._face(role, weight)[0]

    def metrics(self, role: str, weight: int = 400) -> QFontMetrics:
        """Return the measures of a text role's font."""
        return self._face(role, weight)[1]

    def _face(self, role: str, weight: int) -> tuple[QFont, QFontMetrics]:
        """Return a font with its measures, made once per palette and scale: painting asks hundreds of times a frame."""
        found = self._fonts.get((role, weight))
        if found is None:
            font = QFont(self.tokens.family)
            font.setPixelSize(self.px(self.tokens.sizes_px[role]))
            font.setWeight(QFont.Weight(weight))
            found = self._fonts[role, weight] = (font, QFontMetrics(font))
        return found

    def icon(self, name: str, role: str = "text", size: int = 16) -> QIcon:
        """Return an icon for buttons and menus."""
        return self._icons.icon(name, self.hex(role), self.hex("disabled"), self.px(size), self._stroke())

    def pixmap(self, name: str, role: str = "text", size: int = 16) -> QPixmap:
        """Return an icon as a picture."""
        return self._icons.pixmap(name, self.hex(role), self.px(size), stroke=self._stroke())

    def _stroke(self) -> float:
        return 2.2 if self.name is PaletteName.PROJECTOR else 1.75
