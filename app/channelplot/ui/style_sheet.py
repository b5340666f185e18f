"""The one style sheet of all windows, in roles of Qt's palette: the same for every look."""

import re
from string import Template
from typing import Final

from PySide6.QtGui import QColor, QPalette

from channelplot.resources import resource_path
from channelplot.ui.theme import Theme

_ROLES: Final = {
    "window": QPalette.ColorRole.Window,
    "panel": QPalette.ColorRole.AlternateBase,
    "field": QPalette.ColorRole.Base,
    "text": QPalette.ColorRole.Text,
    "faint_text": QPalette.ColorRole.PlaceholderText,
    "disabled_text": QPalette.ColorRole.Dark,
    "line": QPalette.ColorRole.Mid,
    "hover": QPalette.ColorRole.Midlight,
    "accent": QPalette.ColorRole.Highlight,
    "accent_text": QPalette.ColorRole.HighlightedText,
    "selection": QPalette.ColorRole.LinkVisited,
    "good": QPalette.ColorRole.Shadow,
    "warning": QPalette.ColorRole.ToolTipText,
    "warning_ground": QPalette.ColorRole.ToolTipBase,
    "bad": QPalette.ColorRole.BrightText,
    "bad_ground": QPalette.ColorRole.Light,
}
"""For every role of a theme one of Qt's, by which the style sheet names it.

Qt has no roles for what is good or bad: those that nothing else here draws with stand for them.
"""
_ALSO: Final = {
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.Button: "panel",
    QPalette.ColorRole.Accent: "accent",
    QPalette.ColorRole.Link: "accent",
}
_TEXTS: Final = (
    QPalette.ColorRole.Text,
    QPalette.ColorRole.WindowText,
    QPalette.ColorRole.ButtonText,
)

_SHEET: Final = Template("""
QMainWindow, QDialog { background: $window; }
QMenuBar { background: $window; border-bottom: 1px solid $line; padding: 1px 4px; }
QMenuBar::item { padding: 4px 9px; border-radius: 3px; }
QMenuBar::item:selected { background: $hover; }
QMenu { background: $panel; border: 1px solid $line; padding: 4px; }
QMenu::item { padding: 5px 28px 5px 24px; border-radius: 3px; }
QMenu::item:selected { background: $selection; color: $text; }
QMenu::item:disabled { color: $disabled_text; font-style: italic; }
QMenu::item:disabled:selected { background: transparent; color: $disabled_text;
  font-style: italic; }
QMenu::icon:checked { background: $selection; border: 1px solid $accent; border-radius: 3px; }
QMenu::separator { height: 1px; background: $line; margin: 4px 6px; }
QToolBar { background: $window; border: 0; border-bottom: 1px solid $line; padding: 3px 6px;
  spacing: 3px; }
QToolBar::separator { width: 1px; background: $line; margin: 4px 5px; }
QToolButton { padding: 4px 8px; border: 1px solid transparent; border-radius: 4px; }
QToolButton:hover { background: $hover; }
QToolButton:checked { background: $selection; border-color: $accent; }
QToolButton:disabled { color: $disabled_text; font-style: italic; }
QToolButton:focus { border-color: $accent; }
QToolButton#qt_toolbar_ext_button { padding: 0; }
QToolButton#alert_counter { padding: 0 7px; }
QToolButton#alert_counter[urgency="urgent"] { color: $bad; font-weight: 600; }
QToolButton#alert_counter[urgency="standing"] { color: $warning; font-weight: 600; }
QToolButton#alert_counter[urgency="seen"] { color: $faint_text; }
QFrame#looks { border: 1px solid $line; border-radius: 4px; background: $panel; }
QFrame#looks QToolButton { border-radius: 3px; margin: 0; padding: 3px 8px; }
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
QDockWidget::title { background: $window; padding: 5px 8px 4px; border-bottom: 1px solid $line; }
QMainWindow::separator { background: $line; width: 4px; height: 4px; }
QMainWindow::separator:hover { background: $accent; }
QTableView { background: $field; alternate-background-color: $panel; border: 0;
  border-top: 1px solid $line; gridline-color: transparent; selection-background-color: $selection;
  selection-color: $text; }
QTableView::item { padding: 0; }
QTableView[rows="true"] { outline: 0; }
QTreeView { background: $field; alternate-background-color: $panel; border: 1px solid $line;
  selection-background-color: $selection; selection-color: $text; outline: 0; }
QTreeView::item:selected, QListView::item:selected { background: $selection; color: $text; }
QHeaderView::section { background: $panel; color: $faint_text; border: 0;
  border-bottom: 1px solid $line; padding: 4px; }
QLineEdit, QComboBox, QAbstractSpinBox { background: $field; border: 1px solid $line;
  border-radius: 4px; padding: 3px 6px; min-height: 19px; selection-background-color: $accent;
  selection-color: $accent_text; }
QComboBox::drop-down { border: 0; width: 22px; }
QComboBox::down-arrow { width: 0; height: 0; border-left: 4px solid $field;
  border-right: 4px solid $field; border-top: 5px solid $faint_text; }
QComboBox QAbstractItemView { background: $panel; border: 1px solid $line; padding: 3px;
  selection-background-color: $selection; selection-color: $text; outline: 0; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { width: 0; border: 0; }
QAbstractSpinBox QLineEdit, QAbstractSpinBox QLineEdit:focus { background: transparent; border: 0;
  padding: 0 6px; min-height: 0; }
QAbstractSpinBox { padding: 1px 6px 2px; }
QLineEdit:focus, QComboBox:focus, QAbstractSpinBox:focus { border: 1px solid $accent; }
QLineEdit[wrong="true"] { border: 1px solid $bad; background: $bad_ground; }
QPushButton { background: $field; border: 1px solid $line; border-radius: 4px; padding: 4px 12px;
  min-height: 19px; }
QPushButton:hover { background: $hover; }
QPushButton:focus { border-color: $accent; }
QPushButton:disabled { color: $disabled_text; background: $panel; font-style: italic; }
QPushButton[primary="true"] { background: $accent; color: $accent_text; border-color: $accent; }
QPushButton[primary="true"]:disabled { background: $panel; color: $disabled_text;
  border-color: $line; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QPushButton:checked { background: $selection; border-color: $accent; font-weight: 600; }
QProgressBar { background: $line; border: 0; border-radius: 2px; max-height: 4px; }
QProgressBar::chunk { background: $accent; border-radius: 2px; }
QSlider:horizontal { min-height: 20px; }
QSlider::groove:horizontal { height: 4px; border-radius: 2px; background: $line; }
QSlider::sub-page:horizontal { border-radius: 2px; background: $accent; }
QSlider::handle:horizontal { width: 14px; margin: -6px 0; border: 1px solid $disabled_text;
  border-radius: 8px; background: $field; }
QSlider::handle:horizontal:hover { background: $hover; }
QSlider::handle:horizontal:focus { border-color: $accent; background: $selection; }
QCheckBox, QRadioButton { spacing: 7px; }
QCheckBox::indicator, QRadioButton::indicator, QTableView::indicator, QListView::indicator,
QTreeView::indicator { width: 13px; height: 13px; border: 1px solid $disabled_text;
  background: $field; border-radius: 3px; }
QRadioButton::indicator { border-radius: 7px; }
QCheckBox::indicator:checked, QTableView::indicator:checked, QListView::indicator:checked,
QTreeView::indicator:checked { background: $accent; border-color: $accent; image: url("$tick"); }
QRadioButton::indicator:checked { border-color: $accent; background: qradialgradient(cx: 0.5,
  cy: 0.5, radius: 0.5, fx: 0.5, fy: 0.5, stop: 0 $accent, stop: 0.5 $accent, stop: 0.6 $field,
  stop: 1 $field); }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { border-color: $line; }
QCheckBox::indicator:checked:disabled { background: $line; }
QCheckBox::indicator:focus, QRadioButton::indicator:focus { border-color: $accent; }
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


def style_sheet() -> str:
    """Return the style sheet, the same for every look."""
    names = {role: _css_name(qt_role) for role, qt_role in _ROLES.items()}
    return _SHEET.substitute(names, tick=resource_path("style/tick.svg").as_posix())


def qt_palette(theme: Theme) -> QPalette:
    """Return the colours of a theme in the roles that the style sheet and the style go by."""
    palette = QPalette()
    for role, qt_role in _ROLES.items():
        palette.setColor(qt_role, QColor(getattr(theme, role)))
    for qt_role, role in _ALSO.items():
        palette.setColor(qt_role, QColor(getattr(theme, role)))
    for qt_role in _TEXTS:
        palette.setColor(QPalette.ColorGroup.Disabled, qt_role, QColor(theme.disabled_text))
    return palette


def _css_name(role: QPalette.ColorRole) -> str:
    """Return a role as style sheets write it: AlternateBase is ``palette(alternate-base)``."""
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", role.name).lower()
    return f"palette({words.replace('tool-tip', 'tooltip')})"
