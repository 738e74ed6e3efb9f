"""Contrast, colour-blind distances, type and traps of Qt."""

from __future__ import annotations

import math
import sys

import numpy as np
import pytest
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QLabel, QWidget

from endotune_desktop.ui.theme.theme import Theme
from endotune_desktop.ui.theme.tokens import load_tokens
from tests.ui.conftest import RESOURCES

TOKENS = load_tokens(RESOURCES)
PALETTES = sorted(TOKENS.palettes)
CONTRAST = [
    ("text", "raised", 4.5), ("text", "panel", 4.5), ("text", "sel", 4.5), ("text2", "panel", 4.5),
    ("text2", "raised", 4.5),
    ("text3", "panel", 4.5), ("text3", "raised", 4.5), ("text3", "sel", 4.5), ("edge", "raised", 3.0),
    ("edge", "panel", 3.0),
    ("whatif", "raised", 4.5), ("whatif", "panel", 4.5), ("whatif", "plot", 4.5), ("whatif", "whatif90", 3.0),
    ("whatif", "whatif50", 3.0), ("whatif", "refFill", 3.0), ("whatifInk", "whatif", 4.5), ("current", "plot", 4.5),
    ("current", "current50", 3.0), ("current", "refFill", 3.0), ("currentEdge", "plot", 4.5), ("altB", "plot", 4.5),
    ("refEdge", "plot", 4.5), ("refEdge", "refFill", 3.0), ("lab", "plot", 4.5), ("given", "raised", 4.5),
    ("upstream", "raised", 4.5), ("downstream", "raised", 4.5), ("good", "raised", 4.5), ("good", "goodBg", 4.5),
    ("warn", "warnBg", 4.5), ("bad", "badBg", 4.5), ("bad", "raised", 4.5), ("focus", "panel", 3.0),
]  # fmt: skip
# Machado, Oliveira and Fernandes 2009, severity 1.0.
VISION = {
    "usual": np.eye(3),
    "protan": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deutan": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritan": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
CURVES = [("whatif", "current"), ("whatif", "altB"), ("current", "altB"), ("given", "upstream"),
          ("given", "downstream"), ("upstream", "downstream")]  # fmt: skip


def linear(colour: str) -> np.ndarray:
    """Return linear RGB of ``#RRGGBB``."""
    srgb = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255.0
    return np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)


def contrast(first: str, second: str) -> float:
    """Return the WCAG 2 ratio."""
    weights = np.array([0.2126, 0.7152, 0.0722])
    a, b = sorted((float(weights @ linear(first)), float(weights @ linear(second))), reverse=True)
    return (a + 0.05) / (b + 0.05)


def lab(rgb: np.ndarray) -> np.ndarray:
    """Return CIELAB (D65) of linear RGB."""
    matrix = np.array(
        [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.072175], [0.0193339, 0.119192, 0.9503041]]
    )
    xyz = matrix @ np.clip(rgb, 0, 1) / np.array([0.95047, 1.0, 1.08883])
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def ciede2000(one: np.ndarray, two: np.ndarray) -> float:
    """Return the colour difference of Sharma, Wu and Dalal 2005."""
    c1, c2 = math.hypot(one[1], one[2]), math.hypot(two[1], two[2])
    mean = (c1 + c2) / 2
    g = 0.5 * (1 - math.sqrt(mean**7 / (mean**7 + 25**7)))
    a1, a2 = (1 + g) * one[1], (1 + g) * two[1]
    c1, c2 = math.hypot(a1, one[2]), math.hypot(a2, two[2])
    h1, h2 = (math.degrees(math.atan2(b, a)) % 360 if a or b else 0.0 for a, b in ((a1, one[2]), (a2, two[2])))
    dl, dc = two[0] - one[0], c2 - c1
    dh = 0.0 if c1 * c2 == 0 else (h2 - h1 + 180) % 360 - 180
    dbig = 2 * math.sqrt(c1 * c2) * math.sin(math.radians(dh / 2))
    lm, cm = (one[0] + two[0]) / 2, (c1 + c2) / 2
    hm = h1 + h2 if c1 * c2 == 0 else (h1 + h2) / 2 if abs(h1 - h2) <= 180 else ((h1 + h2 + 360) / 2) % 360
    t = (1 - 0.17 * math.cos(math.radians(hm - 30)) + 0.24 * math.cos(math.radians(2 * hm))
         + 0.32 * math.cos(math.radians(3 * hm + 6)) - 0.20 * math.cos(math.radians(4 * hm - 63)))  # fmt: skip
    sl = 1 + 0.015 * (lm - 50) ** 2 / math.sqrt(20 + (lm - 50) ** 2)
    sc, sh = 1 + 0.045 * cm, 1 + 0.015 * cm * t
    rt = -2 * math.sqrt(cm**7 / (cm**7 + 25**7)) * math.sin(math.radians(60 * math.exp(-(((hm - 275) / 25) ** 2))))
    return math.sqrt((dl / sl) ** 2 + (dc / sc) ** 2 + (dbig / sh) ** 2 + rt * (dc / sc) * (dbig / sh))


def test_that_the_difference_formula_is_the_published_one() -> None:
    assert ciede2000(np.array([50, 2.6772, -79.7751]), np.array([50, 0.0, -82.7485])) == pytest.approx(2.0425, abs=1e-4)
    assert ciede2000(np.array([50, -1.0, 2.0]), np.array([50, 0.0, 0.0])) == pytest.approx(2.3669, abs=1e-4)


@pytest.mark.parametrize("palette", PALETTES)
@pytest.mark.parametrize(("first", "second", "least"), CONTRAST)
def test_that_contrast_is_enough(palette: str, first: str, second: str, least: float) -> None:
    colours = TOKENS.palettes[palette]
    assert contrast(colours[first], colours[second]) >= least


@pytest.mark.parametrize("palette", PALETTES)
@pytest.mark.parametrize("vision", sorted(VISION))
@pytest.mark.parametrize(("first", "second"), CURVES)
def test_that_curves_and_roles_are_told_apart(palette: str, vision: str, first: str, second: str) -> None:
    seen = [lab(VISION[vision] @ linear(TOKENS.palettes[palette][name])) for name in (first, second)]
    assert ciede2000(seen[0], seen[1]) >= 14.5


def test_that_no_text_is_under_twelve_pixels() -> None:
    assert min(TOKENS.sizes_px.values()) >= 12


def test_that_digits_are_equally_wide_in_all_faces(theme: Theme) -> None:
    for weight in (400, 500, 600, 700):
        metrics = QFontMetricsF(theme.font("body", weight))
        widths = [metrics.horizontalAdvance(digit * 10) for digit in "0123456789"]
        assert max(widths) - min(widths) < 0.5
    assert "Plex" in theme.font("body").family()


def test_that_setting_text_keeps_the_references_to_none(qapp: object) -> None:
    words = QLabel()
    before = sys.getrefcount(None)
    for number in range(200):
        words.setText(str(number))
    assert sys.getrefcount(None) > before - 50
    words.deleteLater()


def test_that_palette_and_scale_change_without_a_restart(theme: Theme) -> None:
    from endotune_desktop.ui.theme.tokens import PaletteName

    heard: list[int] = []
    theme.changed.connect(lambda: heard.append(1))
    theme.choose(PaletteName.DARK)
    theme.set_scale(2.0)
    assert len(heard) == 2
    assert theme.colour("plot").name().upper() == "#121619"
    assert theme.font("caption").pixelSize() == 24


def focusables(root: QWidget) -> list[QWidget]:
    """Return every widget of a tree that takes the focus by Tab."""
    from PySide6.QtCore import Qt

    return [w for w in root.findChildren(QWidget) if w.focusPolicy() & Qt.FocusPolicy.TabFocus and w.isVisibleTo(root)]
