"""The one style sheet of the application, generated from the tokens and keyed by the property ``kind``."""

from __future__ import annotations

from collections.abc import Callable

from endotune_desktop.ui.theme.tokens import Tokens


def style_sheet(tokens: Tokens, palette: str, px: Callable[[float], int]) -> str:
    """Return the style sheet of a palette at a text scale.

    Parameters
    ----------
    tokens : Tokens
    palette : str
    px : callable
        Scales pixels of the design.
    """
    c = tokens.palettes[palette]
    r = tokens.radii
    body, small, caption, strong = (px(tokens.sizes_px[role]) for role in ("body", "small", "caption", "strong"))
    title, hero = px(tokens.sizes_px["title"]), px(tokens.sizes_px["hero"])
    control, compact = px(30), px(26)
    return f"""
* {{ font-family: "{tokens.family}"; font-size: {small}px; outline: 0; }}
QMainWindow, QDialog {{ background: {c["panel"]}; }}
QWidget[kind="panel"], QScrollArea[kind="panel"], QWidget[kind="panel"] > QWidget > QWidget[kind="inner"]
  {{ background: {c["panel"]}; border: 0; }}
QWidget[kind="sheet"] {{ background: {c["plot"]}; }}
QWidget[kind="raised"] {{ background: {c["raised"]}; }}
QLabel {{ color: {c["text"]}; background: transparent; }}
QLabel[kind="caption"] {{ color: {c["text3"]}; font-size: {caption}px; }}
QLabel[kind="second"] {{ color: {c["text2"]}; font-size: {small}px; }}
QLabel[kind="body"] {{ font-size: {body}px; }}
QLabel[kind="strong"] {{ font-size: {strong}px; font-weight: 600; }}
QLabel[kind="head"] {{ font-size: {body}px; font-weight: 600; }}
QLabel[kind="title"] {{ font-size: {title}px; font-weight: 600; }}
QLabel[kind="hero"] {{ font-size: {hero}px; font-weight: 600; color: {c["text"]}; }}
QLabel[kind="hero"][whatif="true"] {{ color: {c["whatif"]}; }}
QLabel[kind="given"] {{ color: {c["given"]}; font-weight: 600; }}
QLabel[kind="warn"] {{ color: {c["warn"]}; }}
QLabel[kind="bad"] {{ color: {c["bad"]}; }}
QLabel[kind="good"] {{ color: {c["good"]}; }}
QFrame[kind="hairline"] {{ background: {c["line"]}; border: 0; }}
QFrame[kind="card"] {{ background: {c["raised"]}; border: 1px solid {c["line"]}; border-radius: {r["card"]}px; }}
QFrame[kind="message"] {{ background: {c["badBg"]}; border: 0; border-left: 3px solid {c["bad"]}; }}
QFrame[kind="message"][tone="warn"] {{ background: {c["warnBg"]}; border-left-color: {c["warn"]}; }}
QFrame[kind="message"][tone="plain"] {{ background: {c["sel"]}; border-left-color: {c["whatif"]}; }}
QFrame[kind="toast"] {{ background: {c["text"]}; border-radius: {r["card"]}px; }}
QFrame[kind="toast"] QLabel {{ color: {c["panel"]}; }}
QFrame[kind="toast"] QPushButton {{ background: transparent; border: 0; color: {c["whatif90"]}; font-weight: 600; }}
QLabel[kind="chip"] {{ background: {c["raised"]}; border: 1px solid {c["line"]}; border-radius: {r["chip"]}px;
  padding: 1px {px(6)}px; font-size: {caption}px; font-weight: 500; }}
QLabel[kind="chip"][tone="good"] {{ background: {c["goodBg"]}; color: {c["good"]}; border-color: {c["goodBg"]}; }}
QLabel[kind="chip"][tone="warn"] {{ background: {c["warnBg"]}; color: {c["warn"]}; border-color: {c["warnBg"]}; }}
QLabel[kind="chip"][tone="bad"] {{ background: {c["badBg"]}; color: {c["bad"]}; border-color: {c["badBg"]}; }}
QLabel[kind="chip"][tone="number"] {{ background: {c["whatif"]}; color: {c["whatifInk"]};
  border-color: {c["whatif"]}; font-weight: 600; }}
QLabel[kind="chip"][tone="whatif"] {{ background: {c["sel"]}; color: {c["text"]}; border-color: {c["sel"]}; }}
QPushButton, QToolButton {{ background: {c["raised"]}; color: {c["text"]}; border: 1px solid {c["edge"]};
  border-radius: {r["control"]}px; padding: 0 {px(10)}px; min-height: {control}px; font-weight: 500; }}
QPushButton:hover, QToolButton:hover {{ background: {c["hover"]}; }}
QPushButton:pressed, QToolButton:pressed, QToolButton:checked {{ background: {c["sel"]}; }}
QPushButton:focus, QToolButton:focus {{ border: 2px solid {c["focus"]}; padding: 0 {px(9)}px; }}
QPushButton:disabled, QToolButton:disabled {{ color: {c["disabled"]}; border-color: {c["line"]}; }}
QPushButton[kind="primary"] {{ background: {c["whatif"]}; color: {c["whatifInk"]}; border-color: {c["whatif"]};
  font-weight: 600; }}
QPushButton[kind="primary"]:focus {{ border: 2px solid {c["text"]}; }}
QPushButton[kind="primary"]:disabled {{ background: {c["panel"]}; color: {c["disabled"]}; border-color: {c["line"]}; }}
QPushButton[kind="compact"], QToolButton[kind="compact"] {{ min-height: {compact}px; padding: 0 {px(8)}px; }}
QPushButton[kind="flat"], QToolButton[kind="flat"] {{ background: transparent; border: 1px solid transparent;
  padding: 0 {px(4)}px; min-height: {compact}px; min-width: {compact - 6}px; }}
QPushButton[kind="flat"]:hover, QToolButton[kind="flat"]:hover {{ background: {c["hover"]}; }}
QPushButton[kind="flat"]:focus, QToolButton[kind="flat"]:focus {{ border: 2px solid {c["focus"]};
  padding: 0 {px(3)}px; }}
QPushButton[kind="step"] {{ padding: 0; min-height: {compact}px; min-width: {compact}px; max-width: {compact}px; }}
QPushButton[kind="step"]:focus {{ padding: 0; }}
QPushButton[kind="scale"] {{ border: 1px solid {c["line"]}; border-radius: {r["chip"]}px; padding: 0 {px(6)}px;
  min-height: {px(18)}px; font-size: {caption}px; font-weight: 400; color: {c["text2"]}; }}
QPushButton[kind="link"] {{ background: transparent; border: 0; color: {c["whatif"]}; padding: 0; text-align: left;
  min-height: {px(22)}px; }}
QPushButton[kind="link"]:focus {{ border: 0; text-decoration: underline; }}
QPushButton[kind="row"] {{ background: transparent; border: 0; border-top: 1px solid {c["line"]}; border-radius: 0;
  text-align: left; padding: 0 2px; min-height: {px(28)}px; font-weight: 400; }}
QPushButton[kind="row"]:focus {{ border: 2px solid {c["focus"]}; }}
QToolButton::menu-indicator {{ image: none; width: 0; }}
QLineEdit, QComboBox, QPlainTextEdit, QDateEdit, QSpinBox {{ background: {c["raised"]}; color: {c["text"]};
  border: 1px solid {c["edge"]}; border-radius: {r["control"]}px; padding: 0 {px(8)}px; min-height: {control}px;
  selection-background-color: {c["sel"]}; selection-color: {c["text"]}; }}
QPlainTextEdit {{ padding: {px(4)}px; }}
QLineEdit:focus, QComboBox:focus, QPlainTextEdit:focus {{ border: 2px solid {c["focus"]}; padding: 0 {px(7)}px;
  min-height: {control - 2}px; }}
QLineEdit[refused="true"], QComboBox[refused="true"] {{ border: 2px solid {c["bad"]}; padding: 0 {px(7)}px;
  min-height: {control - 2}px; }}
QLineEdit[refused="asked"], QComboBox[refused="asked"] {{ border: 2px solid {c["warn"]}; padding: 0 {px(7)}px;
  min-height: {control - 2}px; }}
QLineEdit[kind="compact"], QComboBox[kind="compact"] {{ min-height: {compact}px; padding: 0 {px(4)}px; }}
QLineEdit[kind="compact"]:focus, QLineEdit[kind="compact"][refused="true"],
QLineEdit[kind="compact"][refused="asked"], QComboBox[kind="compact"]:focus
  {{ min-height: {compact - 2}px; padding: 0 {max(px(4) - 1, 0)}px; }}
QComboBox::drop-down {{ border: 0; width: {px(18)}px; }}
QComboBox QAbstractItemView {{ background: {c["raised"]}; color: {c["text"]}; border: 1px solid {c["edge"]};
  selection-background-color: {c["sel"]}; selection-color: {c["text"]}; }}
QListView, QTreeView, QTableView {{ background: {c["raised"]}; color: {c["text"]}; border: 0;
  gridline-color: {c["line"]};
  selection-background-color: {c["sel"]}; selection-color: {c["text"]}; }}
QListView[kind="patients"], QListView[kind="choices"], QTableView[kind="plain"] {{ background: {c["panel"]}; }}
QListView[kind="choices"]::item {{ padding: {px(6)}px {px(10)}px; border-left: 3px solid transparent; }}
QListView[kind="choices"]::item:hover {{ background: {c["hover"]}; }}
QListView[kind="choices"]::item:selected {{ background: {c["sel"]}; color: {c["text"]};
  border-left-color: {c["whatif"]}; }}
QTableView:focus, QListView:focus {{ border: 2px solid {c["focus"]}; }}
QTableView {{ border: 2px solid transparent; }} QListView {{ border: 2px solid transparent; }}
QHeaderView {{ background: transparent; border: 0; }}
QHeaderView::section {{ background: {c["panel"]}; color: {c["text2"]}; border: 0; border-bottom: 1px solid {c["edge"]};
  padding: 2px {px(6)}px; font-size: {caption}px; font-weight: 500; }}
QTableView[kind="rows"]::item {{ padding: 0 {px(6) - 3}px; }}
QTableView[kind="card"] QHeaderView::section {{ background: {c["raised"]}; padding: 2px 2px; }}
QMenuBar {{ background: {c["panel"]}; color: {c["text"]}; padding: {px(2)}px {px(4)}px; }}
QMenuBar::item {{ padding: {px(3)}px {px(9)}px; border-radius: {r["chip"]}px; background: transparent; }}
QMenuBar::item:selected {{ background: {c["hover"]}; }}
QMenu {{ background: {c["raised"]}; color: {c["text"]}; border: 1px solid {c["edge"]}; padding: 4px; }}
QMenu::item {{ padding: {px(5)}px {px(22)}px {px(5)}px {px(12)}px; border-radius: {r["chip"]}px; }}
QMenu::item:selected {{ background: {c["sel"]}; }}
QMenu::item:disabled {{ color: {c["disabled"]}; }}
QMenu::separator {{ height: 1px; background: {c["line"]}; margin: 4px 8px; }}
QStatusBar {{ background: {c["panel"]}; color: {c["text3"]}; border-top: 1px solid {c["line"]}; }}
QStatusBar QLabel {{ color: {c["text3"]}; font-size: {caption}px; }}
QStatusBar::item {{ border: 0; }}
QStatusBar {{ padding: 0 {px(10)}px; }}
QSplitter::handle {{ background: {c["line"]}; }}
QTabBar {{ background: transparent; border: 0; }}
QTabBar::tab {{ background: transparent; color: {c["text2"]}; padding: {px(5)}px {px(9)}px; border: 0;
  border-bottom: 2px solid transparent; font-size: {small}px; }}
QTabBar::tab:selected {{ color: {c["text"]}; font-weight: 600; border-bottom-color: {c["whatif"]}; }}
QTabBar::tab:focus {{ background: {c["sel"]}; }}
QScrollBar:vertical {{ background: transparent; width: 10px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 0; }}
QScrollBar::handle {{ background: {c["hatch"]}; border-radius: 4px; min-height: 28px; min-width: 28px; margin: 1px; }}
QScrollBar::handle:hover {{ background: {c["edge"]}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QToolTip {{ background: {c["raised"]}; color: {c["text"]}; border: 1px solid {c["edge"]}; padding: 4px; }}
QProgressBar {{ background: {c["grid"]}; border: 0; border-radius: 2px; max-height: 4px; }}
QProgressBar::chunk {{ background: {c["whatif"]}; border-radius: 2px; }}
QCheckBox {{ color: {c["text"]}; spacing: {px(6)}px; }}
QCheckBox:focus {{ color: {c["whatif"]}; }}
"""
