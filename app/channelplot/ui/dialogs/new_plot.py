"""The dialog that makes a new plot for a watch or a night."""

from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from channelplot.model.plot import Plot
from channelplot.ui.dialogs.primary import make_primary
from channelplot.ui.files.file_dialogs import folder_to_use
from channelplot.ui.files.plot_files import SUFFIX

NAME_WIDTH_PX = 380
MOST_NAMES = 8


class NewPlotDialog(QDialog):
    """Asks for name and folder, and whether the open boats come along."""

    def __init__(self, parent: QWidget, plot: Plot, folder: Path, now_utc: datetime) -> None:
        """Offer a name by date and time, the folder, and the open boats of the plot."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("New plot"))
        self._folder = folder
        open_names = sorted(
            (track.name for track in plot.tracks.values() if not track.is_closed),
            key=lambda name: (len(name), name),
        )
        self.name = QLineEdit(f"{now_utc:Watch %Y-%m-%d %H%MZ}", self)
        self.name.setMinimumWidth(NAME_WIDTH_PX)
        self.name.selectAll()
        self.folder = QLabel(str(folder), self)
        self.folder.setWordWrap(True)
        choose = QPushButton(self.tr("Choose..."), self)
        choose.setAutoDefault(False)
        choose.clicked.connect(self._choose_folder)
        self.carry_over = QCheckBox(self)
        if open_names:
            self.carry_over.setText(
                self.tr("Carry over the open boats and assets: {names}").format(
                    names=", ".join(open_names[:MOST_NAMES])
                    + (" ..." if len(open_names) > MOST_NAMES else "")
                )
            )
            self.carry_over.setChecked(not plot.is_example)
        else:
            self.carry_over.setText(self.tr("No boats are open"))
            self.carry_over.setEnabled(False)
        self.fault = QLabel(self)
        self.fault.setProperty("bad", True)
        self.fault.setWordWrap(True)
        self.buttons = QDialogButtonBox(self)
        self.buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        create = self.buttons.addButton(
            self.tr("Make the plot"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        make_primary(create)
        create.setDefault(True)
        where = QHBoxLayout()
        where.addWidget(self.folder, 1)
        where.addWidget(choose)
        form = QFormLayout()
        form.setHorizontalSpacing(14)
        form.setVerticalSpacing(10)
        form.addRow(self.tr("Name"), self.name)
        form.addRow(self.tr("Folder"), where)
        form.addRow("", self.carry_over)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 16, 18, 14)
        layout.setSpacing(12)
        layout.addLayout(form)
        layout.addWidget(self.fault)
        layout.addWidget(self.buttons)
        self.buttons.accepted.connect(self._accept_if_free)
        self.buttons.rejected.connect(self.reject)
        self.name.textChanged.connect(lambda _: self.fault.clear())

    @property
    def path(self) -> Path:
        """Return the file that is to be made."""
        name = self.name.text().strip()
        return self._folder / (name if name.endswith(SUFFIX) else name + SUFFIX)

    def _accept_if_free(self) -> None:
        name = self.name.text().strip()
        if not name or any(character in name for character in '/\\:*?"<>|'):
            self.fault.setText(self.tr('A name without / \\ : * ? " < > | is needed.'))
        elif self.path.exists():
            self.fault.setText(self.tr("There is a file of that name already."))
        else:
            self.accept()

    def _choose_folder(self) -> None:
        chosen = folder_to_use(self, self.tr("Folder of the new plot"), str(self._folder))
        if chosen:
            self._folder = Path(chosen)
            self.folder.setText(chosen)
            self.fault.clear()
