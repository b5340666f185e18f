"""One setting in the dialog: its figure, what that is in other units, its source, its default."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QWidget,
)

from channelplot.chart.qt_guard import qt_guarded
from channelplot.settings import Setting
from channelplot.ui.files.file_dialogs import folder_to_use
from channelplot.ui.spin_text import set_text_apart

_FIGURE_CHARACTERS: Final = 12
_ROOM_BELOW_PX: Final = 12


@dataclass(frozen=True, slots=True)
class Wording:
    """What a setting is called, its unit, and the words for a figure in another unit.

    name: as it stands beside the figure. full_name: for who can't see under which heading that is.
    note: what else is to be known. is_list: a line of texts, not the path of a folder.
    """

    name: str
    full_name: str
    unit: str
    in_other_unit: Callable[[int], str] | None = None
    note: str = ""
    is_list: bool = False


class FigureBox(QSpinBox):
    """A whole number with its unit. The wheel passes over it unless it has the caret."""

    @qt_guarded(None)
    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page: scrolling must not change a figure."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class SettingRow(QObject):
    """The widgets of one setting in two rows of a grid."""

    def __init__(
        self,
        page: QWidget,
        setting: Setting,
        wording: Wording,
        value: Callable[[], str | int],
        choose: Callable[[Setting, str | int], None],
    ) -> None:
        """Show the value there is. choose: called with another one at once."""
        super().__init__(page)
        self.setting = setting
        self._wording = wording
        self._value = value
        self._choose = choose
        self.name = QLabel(wording.name, page)
        self.field = self._field(page)
        self.field.setAccessibleName(wording.full_name)
        self.name.setBuddy(self.field)
        self.other_unit = QLabel(page)
        self.other_unit.setProperty("faint", True)
        is_folder = isinstance(self.field, QLineEdit) and not wording.is_list
        self.browse = self._browse(page) if is_folder else None
        self.back = QPushButton(page)
        self.back.setAutoDefault(False)
        self.back.setText(
            self.tr("Default")
            if wording.is_list
            else self.tr("Default: {value}").format(value=self._text(setting.default))
        )
        self.back.setAccessibleName(
            self.tr("{setting}: back to the default").format(setting=wording.full_name)
        )
        self.back.setToolTip(self.tr("Back to the default"))
        self.back.clicked.connect(lambda _: self._choose(setting, setting.default))
        self.source = QLabel(wording.note, page)
        self.source.setProperty("faint", True)
        self.source.setWordWrap(True)
        self.source.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        if setting.source:
            words = QCoreApplication.translate("SettingSources", setting.source)
            self.source.setText(self.tr("Source: {source}").format(source=words))
        self.show_value()

    def put_into(self, grid: QGridLayout) -> None:
        """Add the widgets below what is in a grid: a row, and below it the source or a note."""
        row = grid.rowCount()
        grid.addWidget(self.name, row, 0)
        grid.addWidget(self.field, row, 1, 1, 2 if self._wording.is_list else 1)
        if not self._wording.is_list:
            grid.addWidget(self.browse or self.other_unit, row, 2)
        grid.addWidget(self.back, row, 3)
        has_source = bool(self.source.text())
        self.source.setVisible(has_source)
        if has_source:
            self.source.setContentsMargins(0, 0, 0, _ROOM_BELOW_PX)
            grid.addWidget(self.source, row + 1, 0, 1, 4)

    def show_value(self) -> None:
        """Show the value that holds now."""
        value = self._value()
        self.field.blockSignals(True)
        if isinstance(self.field, QCheckBox):
            self.field.setChecked(value == "on")
        elif isinstance(self.field, QLineEdit):
            self.field.setText(str(value))
            self.field.setToolTip(str(value))
        elif self.field.value() != int(value):
            self.field.setValue(int(value))
        self.field.blockSignals(False)
        in_other_unit = self._wording.in_other_unit
        self.other_unit.setText("" if in_other_unit is None else in_other_unit(int(value)))
        self.back.setEnabled(value != self.setting.default)

    def _field(self, page: QWidget) -> FigureBox | QCheckBox | QLineEdit:
        if self.setting.choices:
            return self._switch(page)
        return self._line(page) if isinstance(self.setting.default, str) else self._figure(page)

    def _line(self, page: QWidget) -> QLineEdit:
        line = QLineEdit(page)
        line.setPlaceholderText(self._text(self.setting.default))
        line.editingFinished.connect(lambda: self._choose(self.setting, line.text().strip()))
        return line

    def _browse(self, page: QWidget) -> QPushButton:
        button = QPushButton(self.tr("Choose..."), page)
        button.setAutoDefault(False)
        button.setAccessibleName(
            self.tr("{setting}: choose").format(setting=self._wording.full_name)
        )
        button.clicked.connect(lambda _: self._ask_folder(page))
        return button

    def _ask_folder(self, page: QWidget) -> None:
        title, now = self._wording.full_name, str(self._value())
        chosen = folder_to_use(page, title, now)
        if chosen:
            self._choose(self.setting, chosen)

    def _figure(self, page: QWidget) -> FigureBox:
        box = FigureBox(page)
        box.setRange(self.setting.lowest, self.setting.highest)
        box.setSuffix(f" {self._wording.unit}")
        box.setStepType(QSpinBox.StepType.AdaptiveDecimalStepType)
        box.setAlignment(Qt.AlignmentFlag.AlignRight)
        set_text_apart(box)
        box.setKeyboardTracking(False)  # a figure counts once it is typed to the end
        box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        box.setMinimumWidth(box.fontMetrics().averageCharWidth() * _FIGURE_CHARACTERS)
        box.valueChanged.connect(lambda value: self._choose(self.setting, value))
        return box

    def _switch(self, page: QWidget) -> QCheckBox:
        switch = QCheckBox(self._text("on"), page)
        switch.toggled.connect(lambda is_on: self._choose(self.setting, "on" if is_on else "off"))
        return switch

    def _text(self, value: str | int) -> str:
        if self.setting.choices:
            return self.tr("on") if value == "on" else self.tr("off")
        if isinstance(value, str):
            return value or self.tr("none")
        return f"{value} {self._wording.unit}"
