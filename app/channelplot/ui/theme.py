"""The look of windows and panels: colours, the bundled face, one style sheet."""

import dataclasses
from dataclasses import dataclass
from string import Template
from typing import Final

from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from channelplot.chart.fonts import load_fonts
from channelplot.resources import resource_path

PANEL_SIZE_PT: Final = 10.0
_PX_PER_PT: Final = 96.0 / 72.0


@dataclass(frozen=True, slots=True)
class Theme:
    """A colour for every role of the window, as ``#rrggbb``."""

    window: str
    panel: str
    field: str
    text: str
    faint_text: str
    disabled_text: str
    line: str
    hover: str
    accent: str
    accent_text: str
    selection: str
    good: str
    warning: str
    warning_ground: str
    bad: str
    bad_ground: str


DAY: Final = Theme(
    window="#eaf0f4",
    panel="#f6f9fb",
    field="#ffffff",
    text="#1f2d35",
    faint_text="#526773",
    disabled_text="#8b9ba5",
    line="#c5d2da",
    hover="#dbe6ed",
    accent="#0a5fb4",
    accent_text="#ffffff",
    selection="#cfe3f6",
    good="#136b34",
    warning="#7a4a00",
    warning_ground="#fdf0d0",
    bad="#a01818",
    bad_ground="#fbe0de",
)
"""Bright room, daylight: the chart's sea and ink, paler."""

_SHEET: Final = Template("""
QMainWindow, QDialog { background: $window; }
QMenuBar { background: $window; border-bottom: 1px solid $line; padding: 1px 4px; }
QMenuBar::item { padding: 4px 9px; border-radius: 3px; }
QMenuBar::item:selected { background: $hover; }
QMenu { background: $panel; border: 1px solid $line; padding: 4px; }
QMenu::item { padding: 5px 28px 5px 24px; border-radius: 3px; }
QMenu::item:selected { background: $selection; color: $text; }
QMenu::item:disabled { color: $disabled_text; }
QMenu::separator { height: 1px; background: $line; margin: 4px 6px; }
QToolBar { background: $window; border: 0; border-bottom: 1px solid $line; padding: 3px 6px;
  spacing: 3px; }
QToolBar::separator { width: 1px; background: $line; margin: 4px 5px; }
QToolButton { padding: 4px 8px; border: 1px solid transparent; border-radius: 4px; }
QToolButton:hover { background: $hover; }
QToolButton:checked { background: $selection; border-color: $accent; }
QToolButton:disabled { color: $disabled_text; }
QToolButton:focus { border-color: $accent; }
QToolButton#alert_counter { padding: 0 7px; }
QToolButton#alert_counter[urgency="urgent"] { color: $bad; font-weight: 600; }
QToolButton#alert_counter[urgency="standing"] { color: $warning; font-weight: 600; }
QToolButton#alert_counter[urgency="seen"] { color: $faint_text; }
QTabBar { background: transparent; }
QTabBar::tab { background: transparent; color: $faint_text; padding: 5px 12px; border: 0; }
QTabBar::tab:hover { background: $hover; color: $text; }
QTabBar::tab:selected { color: $text; border-bottom: 2px solid $accent; }
QTabBar::tab:focus { background: $selection; }
QTabWidget::pane { border: 0; border-top: 1px solid $line; }
QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; }
QStatusBar { background: $window; border-top: 1px solid $line; }
QStatusBar::item { border: 0; }
QDockWidget { titlebar-close-icon: none; }
QDockWidget::title { background: $window; padding: 4px 8px 6px; border-bottom: 1px solid $line; }
QMainWindow::separator { background: $line; width: 4px; height: 4px; }
QMainWindow::separator:hover { background: $accent; }
QTableView { background: $field; alternate-background-color: $panel; border: 0;
  border-top: 1px solid $line; gridline-color: transparent; selection-background-color: $selection;
  selection-color: $text; }
QTableView::item { padding: 0; }
QHeaderView::section { background: $panel; color: $faint_text; border: 0;
  border-bottom: 1px solid $line; padding: 4px; }
QLineEdit, QComboBox, QSpinBox { background: $field; border: 1px solid $line; border-radius: 4px;
  padding: 3px 6px; min-height: 19px; selection-background-color: $accent;
  selection-color: $accent_text; }
QComboBox::drop-down { border: 0; width: 22px; }
QComboBox::down-arrow { image: url("$chevron"); width: 12px; height: 12px; }
QComboBox QAbstractItemView { background: $panel; border: 1px solid $line; padding: 3px;
  selection-background-color: $selection; selection-color: $text; outline: 0; }
QSpinBox::up-button, QSpinBox::down-button { width: 0; border: 0; }
QSpinBox QLineEdit, QSpinBox QLineEdit:focus { background: transparent; border: 0;
  padding: 0 6px; min-height: 0; }
QLineEdit:focus, QComboBox:focus, QSpinBox:focus { border: 1px solid $accent; }
QLineEdit[wrong="true"] { border: 1px solid $bad; background: $bad_ground; }
QPushButton { background: $field; border: 1px solid $line; border-radius: 4px; padding: 4px 12px;
  min-height: 19px; }
QPushButton:hover { background: $hover; }
QPushButton:focus { border-color: $accent; }
QPushButton:disabled { color: $disabled_text; background: $panel; }
QPushButton[primary="true"] { background: $accent; color: $accent_text; border-color: $accent; }
QPushButton[primary="true"]:disabled { background: $line; color: $faint_text; border-color: $line; }
QPushButton:checked { background: $selection; border-color: $accent; font-weight: 600; }
QLabel[faint="true"] { color: $faint_text; }
QLabel[strong="true"] { font-weight: 600; }
QLabel[alarm="true"] { color: $bad; font-weight: 600; }
QLabel[bad="true"] { color: $bad; }
QLabel[good="true"] { color: $good; }
QLabel[warning="true"] { color: $warning; }
QFrame[banner="warning"] { background: $warning_ground; border-bottom: 1px solid $line; }
QFrame[banner="bad"] { background: $bad_ground; border-bottom: 1px solid $line; }
QFrame[banner="info"] { background: $selection; border-bottom: 1px solid $line; }
QWidget#entry { background: $panel; border-top: 1px solid $line; }
QWidget#plot_line { background: $panel; border-top: 1px solid $line; }
QLabel#plot_line_prompt { color: $accent; }
QLabel#plot_line_message[bad="true"] { background: $bad_ground; border-radius: 4px; }
QWidget#line_question { background: $warning_ground; border-radius: 4px; }
QLabel#plot_line_message[flash="true"], QLabel#line_question_text[flash="true"] {
  background: $bad; color: $accent_text; border-radius: 4px; }
QLineEdit#plot_line_edit { padding: 3px 8px; min-height: 24px; }
QLineEdit#plot_line_edit:disabled { background: $window; }
QPushButton[choice="true"] { padding: 0; min-height: 0; }
QPushButton[target="true"] { padding: 0; min-height: 0; background: transparent;
  border: 1px solid transparent; text-align: left; }
QPushButton[target="true"]:hover { background: $hover; }
QPushButton[target="true"][picked="true"] { background: $selection; border-color: $accent; }
QPushButton#watch { border: 1px solid transparent; background: transparent; padding: 1px 6px; }
QPushButton#whole_act { border: 0; border-top: 1px solid $line; border-radius: 0;
  background: $panel; color: $faint_text; padding: 1px 6px; text-align: left; }
QPushButton#whole_act:hover, QPushButton#watch:hover {
  background: $hover; }
QPushButton#watch[warning="true"] { color: $warning; background: $warning_ground;
  border-color: $warning; font-weight: 600; }
QLabel#chartwork_time { padding: 2px 5px; }
QLabel#chartwork_time[chosen="true"] { color: $warning; background: $warning_ground;
  border: 1px solid $warning; border-radius: 4px; font-weight: 600; }
QLabel[key="true"] { border: 1px solid $line; border-radius: 3px; padding: 1px 4px;
  background: $panel; }
QScrollBar:vertical { background: $panel; width: 10px; margin: 0; }
QScrollBar:horizontal { background: $panel; height: 10px; margin: 0; }
QScrollBar::handle { background: $line; border-radius: 4px; min-width: 28px; min-height: 28px;
  margin: 1px; }
QScrollBar::handle:hover { background: $disabled_text; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QToolTip { background: $panel; color: $text; border: 1px solid $line; padding: 3px; }
""")


def apply_theme(app: QApplication, theme: Theme, text_scale: float = 1.0) -> None:
    """Give the application its style, colours and font. text_scale: 1 is usual size."""
    app.setStyle("Fusion")
    app.setFont(panel_font(text_scale))
    app.setPalette(_palette(theme))
    colours = dataclasses.asdict(theme)
    chevron = resource_path("style/chevron_down.svg").as_posix()
    app.setStyleSheet(_SHEET.substitute(colours, chevron=chevron))


def panel_font(text_scale: float = 1.0) -> QFont:
    """Return the font of panels and menus, with figures that are all equally wide."""
    font = QFont(load_fonts())
    font.setPixelSize(round(PANEL_SIZE_PT * _PX_PER_PT * text_scale))
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def _palette(theme: Theme) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for colour_role, colour in (
        (role.Window, theme.window),
        (role.Base, theme.field),
        (role.AlternateBase, theme.panel),
        (role.Button, theme.panel),
        (role.Text, theme.text),
        (role.WindowText, theme.text),
        (role.ButtonText, theme.text),
        (role.PlaceholderText, theme.faint_text),
        (role.Highlight, theme.accent),
        (role.HighlightedText, theme.accent_text),
        (role.ToolTipBase, theme.panel),
        (role.ToolTipText, theme.text),
        (role.Link, theme.accent),
        (role.Light, theme.field),
        (role.Midlight, theme.hover),
        (role.Mid, theme.line),
        (role.Dark, theme.faint_text),
        (role.Shadow, theme.faint_text),
    ):
        palette.setColor(colour_role, QColor(colour))
    for colour_role in (role.Text, role.WindowText, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, colour_role, QColor(theme.disabled_text))
    return palette
