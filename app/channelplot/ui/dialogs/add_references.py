"""Adding reference layers: files, the tables in them, and what their positions are in."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from channelplot.chart.qt_guard import qt_guarded
from channelplot.errors import CommandRefused, RasterFileError, ReferenceFileError
from channelplot.tools.reference_loading import (
    SUFFIXES,
    FoundFile,
    LayerChoice,
    ReferenceLoading,
    found_in,
)
from channelplot.ui.desk import Desk
from channelplot.ui.dialogs.primary import make_primary
from channelplot.ui.files.file_dialogs import names_to_open
from channelplot.ui.inside.background import Background
from channelplot.ui.words.messages import error_text
from channelplot.ui.words.reference_text import (
    drawn_text,
    file_error_text,
    holds_text,
    problem_text,
    reference_text,
)

_SIZE: Final = QSize(920, 520)
_MARGIN_PX: Final = 16
_ROOM_PX: Final = 9
"""Of a row, beside its text."""
_SYSTEMS: Final = (
    ("EPSG:4326", "WGS 84"),
    ("EPSG:4258", "ETRS89"),
    ("EPSG:4230", "ED50"),
    ("EPSG:2154", "RGF93 / Lambert-93"),
    ("EPSG:27700", "OSGB36 / British National Grid"),
    ("EPSG:32630", "WGS 84 / UTM zone 30N"),
    ("EPSG:32631", "WGS 84 / UTM zone 31N"),
    ("EPSG:3395", "WGS 84 / World Mercator"),
    ("EPSG:3857", "WGS 84 / Pseudo-Mercator"),
)
"""What files of these waters are in."""


class AddReferencesDialog(QDialog):
    """Files and the tables in them, each with what it holds; Add puts those ticked on the plot.

    Not modal; files are read off the GUI thread, one after the other. Signal: added(layers).
    """

    added = Signal(object)  # tuple[ReferenceLayer, ...]

    def __init__(self, parent: QWidget, desk: Desk, background: Background) -> None:
        """Show no file yet. background: where files are read."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Add reference layers"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk = desk
        self._background = background
        self.loading = ReferenceLoading(desk.session)
        self._waiting: list[Path] = []
        self._errors: dict[Path, str] = {}
        self._is_gone = False
        self.choose_files = QPushButton(self.tr("Choose &files..."), self)
        self.hint = QLabel(
            self.tr("GeoPackage, Shapefile, GeoJSON, FlatGeobuf, KML, KMZ, GPX or MBTiles"), self
        )
        self.hint.setProperty("faint", True)
        self.tables = self._tree()
        self.nothing = QLabel(self.tr("Choose files, or drop files here"), self.tables.viewport())
        self.nothing.setProperty("faint", True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setAcceptDrops(True)
        self.name = QLineEdit(self)
        self.credit = QLineEdit(self)
        self.credit.setPlaceholderText(self.tr("Who is to be named on the chart and on snapshots"))
        self.crs_label = QLabel(self.tr("Positions are &in"), self)
        self.crs = QComboBox(self)
        self.crs.setEditable(True)
        self.crs.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.crs.addItems([f"{code}  {name}" for code, name in _SYSTEMS])
        self.crs.setCurrentIndex(-1)
        typed = self.crs.lineEdit()
        if typed is not None:
            typed.setPlaceholderText(
                self.tr("The file does not say: choose, or type an EPSG number")
            )
        self.crs_label.setBuddy(self.crs)
        self.said = QLabel(self)
        self.said.setWordWrap(True)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        self.add = self.buttons.addButton(self.tr("&Add"), QDialogButtonBox.ButtonRole.ActionRole)
        self._lay_out()
        self._connect()
        self.resize(_SIZE.boundedTo(parent.window().size() - QSize(60, 60)))
        self._show()
        self.choose_files.setFocus()

    def read(self, paths: Sequence[Path]) -> None:
        """Read files, one after the other, and show what is in them.

        What was wrong with files that were chosen before is said no more.
        """
        idle = not self._waiting
        if idle and paths:
            self._errors.clear()
        self._waiting += [path for path in paths if path not in self._waiting]
        if idle and self._waiting:
            self._read_next()

    @qt_guarded(None)
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files that are dragged in."""
        if _dropped(event):
            event.acceptProposedAction()

    @qt_guarded(None)
    def dropEvent(self, event: QDropEvent) -> None:
        """Read files that were dropped; what can't be a layer is said to be none."""
        paths = _dropped(event)
        if paths:
            event.acceptProposedAction()
            self.read(paths)

    # How it is made

    def _tree(self) -> QTreeWidget:
        tree = QTreeWidget(self)
        tree.setHeaderLabels(
            [
                self.tr("Layer"),
                self.tr("File"),
                self.tr("Holds"),
                self.tr("Positions in"),
                self.tr("Drawn as"),
            ]
        )
        tree.setRootIsDecorated(False)
        tree.setAlternatingRowColors(True)
        tree.setUniformRowHeights(True)
        tree.setAccessibleName(self.tr("Layers that can be added"))
        tree.header().setStretchLastSection(True)
        for column, width_px in enumerate((240, 150, 110, 160)):
            tree.setColumnWidth(column, width_px)
        tree.header().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        return tree

    def _lay_out(self) -> None:
        file_row = QHBoxLayout()
        file_row.addWidget(self.choose_files)
        file_row.addWidget(self.hint, 1)
        form = QGridLayout()
        form.setVerticalSpacing(6)
        name_label, credit_label = QLabel(self.tr("&Name"), self), QLabel(self.tr("C&redit"), self)
        rows = (
            (name_label, self.name),
            (self.crs_label, self.crs),
            (credit_label, self.credit),
        )
        for row, (label, field) in enumerate(rows):
            label.setBuddy(field)
            form.addWidget(label, row, 0)
            form.addWidget(field, row, 1)
        form.setColumnStretch(1, 1)
        QVBoxLayout(self.tables.viewport()).addWidget(self.nothing)
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN_PX, _MARGIN_PX, _MARGIN_PX, _MARGIN_PX)
        column.setSpacing(10)
        column.addLayout(file_row)
        column.addWidget(self.tables, 1)
        column.addLayout(form)
        column.addWidget(self.said)
        column.addWidget(self.buttons)
        self.buttons.button(QDialogButtonBox.StandardButton.Close).setAutoDefault(False)
        self.add.setDefault(True)  # for Enter, but on the button that has the keys
        make_primary(self.add)

    def _connect(self) -> None:
        loading = self.loading
        self.choose_files.clicked.connect(self._ask_file)
        self.tables.itemChanged.connect(self._ticked)
        self.tables.currentItemChanged.connect(lambda *_: self._show_one())
        self.name.textEdited.connect(partial(self._say, loading.say_name))
        self.credit.textEdited.connect(partial(self._say, loading.say_credit))
        self.crs.editTextChanged.connect(partial(self._say, loading.say_crs))
        self.add.clicked.connect(self._add)
        self.buttons.rejected.connect(self.close)
        loading.changed.connect(self._loading_changed)
        self.finished.connect(lambda _: self._leave())

    def _leave(self) -> None:
        self._is_gone = True
        self._waiting.clear()
        self.loading.changed.disconnect(self._loading_changed)

    # Reading

    def _ask_file(self) -> None:
        folder = str(self._desk.session.document.path.parent)
        patterns = " ".join(f"*{suffix}" for suffix in SUFFIXES)
        names = names_to_open(
            self,
            self.tr("Add reference layers"),
            folder,
            self.tr("Layers ({patterns});;All files (*)").format(patterns=patterns),
        )
        self.read([Path(name) for name in names])

    def _read_next(self) -> None:
        path = self._waiting[0]
        self._tell(self.tr("Reading {name}...").format(name=path.name), is_bad=False)
        plot_path = self._desk.session.document.path
        self._background.run(
            partial(found_in, path, plot_path, self._background.closing),
            partial(self._was_read, path),
        )

    def _was_read(self, path: Path, ended: Future[FoundFile]) -> None:
        if self._is_gone or not self._waiting or self._waiting[0] != path:
            return
        self._waiting.pop(0)
        had_rows = bool(self.loading.choices)
        try:
            self.loading.take(ended.result())
        except (ReferenceFileError, RasterFileError) as error:
            self._errors[path] = file_error_text(error)
            self._show()
        else:
            if not had_rows and self.loading.choices:
                index = self.tables.model().index(self._first_to_see(), 0)
                self.tables.setCurrentIndex(index)
                self.tables.setFocus()
        if self._waiting:
            self._read_next()

    def _first_to_see(self) -> int:
        """Return the row that wants something said of it, else the first."""
        problem = self.loading.problem()
        return problem[1] if problem is not None and problem[1] >= 0 else 0

    # What it shows

    def _loading_changed(self, _: None) -> None:
        self._show()

    def _show(self) -> None:
        """Show the choices as they are now, the form of the current one, and what is missing."""
        choices = self.loading.choices
        with QSignalBlocker(self.tables):
            while self.tables.topLevelItemCount() > len(choices):
                self.tables.takeTopLevelItem(self.tables.topLevelItemCount() - 1)
            for row, choice in enumerate(choices):
                item = self.tables.topLevelItem(row) or QTreeWidgetItem(self.tables)
                self._show_choice(item, choice)
        self.nothing.setVisible(not choices)
        self._show_one()
        problem = self.loading.problem()
        reason = ""
        if self._desk.session.document.is_read_only:
            reason = self.tr("This plot is open for reading only.")
        elif problem is not None and choices:
            name = choices[problem[1]].name if problem[1] >= 0 else ""
            reason = problem_text(problem[0], name)
        self.add.setEnabled(problem is None and not reason)
        chosen = sum(choice.is_chosen for choice in choices)
        self.add.setText(
            self.tr("&Add {number} layers").format(number=chosen) if chosen > 1 else self.tr("&Add")
        )
        self._tell(reason, is_bad=problem is not None and problem[1] >= 0)

    def _show_choice(self, item: QTreeWidgetItem, choice: LayerChoice) -> None:
        item.setFlags(
            Qt.ItemFlag.ItemIsEnabled
            | Qt.ItemFlag.ItemIsSelectable
            | Qt.ItemFlag.ItemIsUserCheckable
        )
        item.setCheckState(
            0, Qt.CheckState.Checked if choice.is_chosen else Qt.CheckState.Unchecked
        )
        texts = (
            choice.name,
            choice.path.name,
            holds_text(choice),
            reference_text(choice),
            drawn_text(choice),
        )
        item.setSizeHint(0, QSize(0, self.fontMetrics().height() + _ROOM_PX))
        for column, text in enumerate(texts):
            item.setText(column, text)
            item.setToolTip(column, str(choice.path) if column == 1 else text)

    def _show_one(self) -> None:
        """Show the name and credit of the current layer, and the reference where one is needed."""
        row = self._row()
        choice = self.loading.choices[row] if 0 <= row < len(self.loading.choices) else None
        for field in (self.name, self.credit):
            field.setEnabled(choice is not None)
        needs_crs = choice is not None and choice.needs_crs
        self.crs.setVisible(needs_crs)
        self.crs_label.setVisible(needs_crs)
        name, credit, crs = (
            ("", "", "") if choice is None else (choice.name, choice.credit, choice.crs_text)
        )
        for field, text in ((self.name, name), (self.credit, credit)):
            if field.text() != text:
                field.setText(text)
                field.setCursorPosition(0)
        if self.crs.currentText() != crs:
            with QSignalBlocker(self.crs):
                self.crs.setEditText(crs)

    def _tell(self, text: str, *, is_bad: bool) -> None:
        """Say one thing, below what is wrong with each file that could not be read."""
        self.said.setText("\n".join((*self._errors.values(), text)).strip())
        is_bad = is_bad or bool(self._errors)
        if bool(self.said.property("bad")) != is_bad:
            self.said.setProperty("bad", is_bad)
            self.said.style().unpolish(self.said)
            self.said.style().polish(self.said)

    # What is done in it

    def _row(self) -> int:
        item = self.tables.currentItem()
        return -1 if item is None else self.tables.indexOfTopLevelItem(item)

    def _ticked(self, item: QTreeWidgetItem) -> None:
        is_on = item.checkState(0) is Qt.CheckState.Checked
        self.loading.choose(self.tables.indexOfTopLevelItem(item), is_chosen=is_on)

    def _say(self, say: Callable[[int, str], None], text: str) -> None:
        """Say something of the current layer."""
        if self._row() >= 0:
            say(self._row(), text)

    def _add(self) -> None:
        try:
            layers = self.loading.commit()
        except CommandRefused as refusal:
            self._tell(error_text(refusal), is_bad=True)
            return
        if layers:
            self.added.emit(layers)
            self.close()


def _dropped(event: QDropEvent) -> list[Path]:
    """Return the files that are dragged."""
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
