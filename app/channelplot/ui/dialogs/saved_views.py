"""The nine views that a desk keeps: their names, and which of them go."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from channelplot.ui.saved_views import LONGEST_NAME, NUMBERS, SavedViews

_NAME_PX = 300


class SavedViewsDialog(QDialog):
    """A row for each number. Not modal. Emits recall_wanted with the number of a view to show."""

    recall_wanted = Signal(int)

    def __init__(self, parent: QWidget, views: SavedViews) -> None:
        """Show what is kept, and follow it."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Saved views"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._views = views
        self.names: dict[int, QLineEdit] = {}
        self.show_buttons: dict[int, QPushButton] = {}
        self.remove_buttons: dict[int, QPushButton] = {}
        said = QLabel(
            self.tr("Ctrl+1 to Ctrl+9 show a view, Ctrl+Shift+1 to 9 keep what shows."),
            self,
        )
        said.setWordWrap(True)
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        for number in NUMBERS:
            self._add_row(grid, number)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.close)
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 14)
        layout.setSpacing(12)
        layout.addWidget(said)
        layout.addLayout(grid)
        layout.addWidget(buttons)
        views.changed.connect(self.show_views)
        self.show_views()

    def show_views(self) -> None:
        """Show the views as they are kept now."""
        for number in NUMBERS:
            kept = self._views.view(number)
            name = self.names[number]
            if not name.isModified():
                name.setText("" if kept is None else kept.name)
            for widget in (name, self.show_buttons[number], self.remove_buttons[number]):
                widget.setEnabled(kept is not None)

    def _add_row(self, grid: QGridLayout, number: int) -> None:
        label = QLabel(self.tr("View {number}").format(number=number), self)
        name = QLineEdit(self)
        name.setMaxLength(LONGEST_NAME)
        name.setMinimumWidth(_NAME_PX)
        name.setPlaceholderText(self.tr("nothing kept"))
        name.setAccessibleName(self.tr("Name of view {number}").format(number=number))
        label.setBuddy(name)
        name.editingFinished.connect(lambda: self._rename(number))
        show = QPushButton(self.tr("Show"), self)
        show.setAccessibleName(self.tr("Show view {number}").format(number=number))
        show.clicked.connect(lambda: self.recall_wanted.emit(number))
        remove = QPushButton(self.tr("Remove"), self)
        remove.setAccessibleName(self.tr("Remove view {number}").format(number=number))
        remove.clicked.connect(lambda: self._views.remove(number))
        for column, widget in enumerate((label, name, show, remove)):
            grid.addWidget(widget, number, column)
        grid.setColumnStretch(1, 1)
        self.names[number] = name
        self.show_buttons[number] = show
        self.remove_buttons[number] = remove

    def _rename(self, number: int) -> None:
        edit = self.names[number]
        if edit.isModified():
            edit.setModified(False)
            self._views.rename(number, edit.text())
            self.show_views()
