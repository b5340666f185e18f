"""Loading limits from a file: what is in it, what of it is wanted, and whose each one is."""

from concurrent.futures import Future
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QRadioButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from channelplot.errors import CommandRefused, LimitFileError
from channelplot.exchange.limit_file import SUFFIXES, read_limit_file
from channelplot.exchange.limit_shapes import LimitShape
from channelplot.model.codes import LimitPurpose
from channelplot.tools.limit_loading import LimitLoading, ShapeChoice
from channelplot.ui.desk import Desk
from channelplot.ui.dialogs.limit_sketch import LimitSketch
from channelplot.ui.dialogs.primary import make_primary
from channelplot.ui.files.file_dialogs import name_to_open
from channelplot.ui.words.limit_text import (
    REGIONS,
    STATES,
    loaded_text,
    no_datum_text,
    owner_of_text,
    owner_text,
    problem_text,
    shape_text,
    side_texts,
    swapped_text,
)
from channelplot.ui.words.messages import error_text

_SIZE: Final = QSize(820, 660)
_MARGIN_PX: Final = 16
_LOADED_LINES: Final = 4


class LoadLimitsDialog(QDialog):
    """A file, its shapes, whose sides they have; below, the limits loaded already.

    Nothing is loaded before Load; the file is read off the GUI thread.
    """

    def __init__(self, parent: QWidget, desk: Desk) -> None:
        """Show the loaded limits, and no file yet."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Load limits"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk = desk
        self.loading = LimitLoading(desk.session)
        self._is_showing = False
        self._asked: Path | None = None
        self.choose_file = QPushButton(self.tr("Choose a &file..."), self)
        self.file_name = QLabel(self.tr("No file chosen"), self)
        self.shapes = self._shape_list()
        self.sketch = LimitSketch(self)
        self.waters = QRadioButton(self.tr("&Waters of states"), self)
        self.regions = QRadioButton(self.tr("Search and &rescue regions"), self)
        self.name = QLineEdit(self)
        self.left_label, self.left = QLabel(self), self._owner_box()
        self.right_label, self.right = QLabel(self), self._owner_box()
        self.legal = QCheckBox(
            self.tr("&Legal as published: the official limit itself, not a drawing of it"), self
        )
        self.source = QLineEdit(self)
        self.said = QLabel(self)
        self.said.setWordWrap(True)
        self.loaded = QListWidget(self)
        self.withdraw = QPushButton(self.tr("With&draw"), self)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        self.load = self.buttons.addButton(self.tr("L&oad"), QDialogButtonBox.ButtonRole.ActionRole)
        self._lay_out()
        self._connect()
        self.resize(_SIZE.boundedTo(parent.window().size() - QSize(60, 60)))
        self._show()
        self._show_loaded()

    def read(self, path: Path) -> None:
        """Read a file and show what is in it; one that is asked for later wins."""
        self._asked = path
        self._say(self.tr("Reading {name}...").format(name=path.name), is_bad=False)
        self.choose_file.setEnabled(False)
        self._desk.background.run(partial(read_limit_file, path), partial(self._was_read, path))

    # How it is made

    def _shape_list(self) -> QTreeWidget:
        shapes = QTreeWidget(self)
        shapes.setHeaderLabels([self.tr("Load"), self.tr("What it is"), self.tr("Whose")])
        shapes.setRootIsDecorated(False)
        shapes.setUniformRowHeights(True)
        shapes.setAccessibleName(self.tr("Lines and areas of the file"))
        shapes.setColumnWidth(0, 420)
        shapes.setColumnWidth(1, 130)
        return shapes

    def _owner_box(self) -> QComboBox:
        box = QComboBox(self)
        box.setEditable(True)
        box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        return box

    def _lay_out(self) -> None:
        file_row = QHBoxLayout()
        file_row.addWidget(self.choose_file)
        file_row.addWidget(self.file_name, 1)
        purpose = QHBoxLayout()
        purpose.addWidget(QLabel(self.tr("They part:"), self))
        purpose.addWidget(self.waters)
        purpose.addWidget(self.regions)
        purpose.addStretch(1)
        form = QGridLayout()
        form.setVerticalSpacing(6)
        name_label, source_label = QLabel(self.tr("&Name"), self), QLabel(self.tr("&Source"), self)
        rows = (
            (name_label, self.name),
            (self.left_label, self.left),
            (self.right_label, self.right),
            (source_label, self.source),
        )
        for row, (label, field) in enumerate(rows):
            label.setBuddy(field)
            form.addWidget(label, row, 0)
            form.addWidget(field, row, 1)
        form.addWidget(self.legal, len(rows), 0, 1, 2)
        form.setColumnStretch(1, 1)
        form.setRowStretch(len(rows) + 1, 1)
        one = QHBoxLayout()
        one.addLayout(form, 1)
        one.addWidget(self.sketch, 0, Qt.AlignmentFlag.AlignTop)
        already = QHBoxLayout()
        already.addWidget(self.loaded, 1)
        already.addWidget(self.withdraw, 0, Qt.AlignmentFlag.AlignTop)
        loaded_label = QLabel(self.tr("Loaded in this plot"), self)
        loaded_label.setBuddy(self.loaded)
        self.loaded.setAccessibleName(self.tr("Limits loaded in this plot"))
        self.loaded.setFixedHeight(self.fontMetrics().lineSpacing() * (_LOADED_LINES + 1))
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN_PX, _MARGIN_PX, _MARGIN_PX, _MARGIN_PX)
        column.setSpacing(10)
        column.addLayout(file_row)
        column.addWidget(self.shapes, 1)
        column.addLayout(purpose)
        column.addLayout(one)
        column.addWidget(self.said)
        column.addWidget(loaded_label)
        column.addLayout(already)
        column.addWidget(self.buttons)
        for button in (self.withdraw, self.buttons.button(QDialogButtonBox.StandardButton.Close)):
            button.setAutoDefault(False)
        self.load.setDefault(True)  # for Enter, but on the button that has the keys
        make_primary(self.load)

    def _connect(self) -> None:
        loading = self.loading
        self.choose_file.clicked.connect(self._ask_file)
        self.shapes.itemChanged.connect(self._ticked)
        self.shapes.currentItemChanged.connect(lambda *_: self._show_one())
        self.waters.clicked.connect(lambda: loading.say_of_all(purpose=LimitPurpose.WATERS))
        self.regions.clicked.connect(lambda: loading.say_of_all(purpose=LimitPurpose.SAR_REGION))
        self.legal.clicked.connect(lambda is_on: loading.say_of_all(is_legal=is_on))
        self.source.textEdited.connect(lambda text: loading.say_of_all(source=text))
        self.name.textEdited.connect(lambda text: self._say_of_one(name=text))
        self.left.editTextChanged.connect(lambda text: self._say_of_one(left=self._owner(text)))
        self.right.editTextChanged.connect(lambda text: self._say_of_one(right=self._owner(text)))
        self.load.clicked.connect(self._load)
        self.withdraw.clicked.connect(self._withdraw)
        self.loaded.currentRowChanged.connect(lambda row: self.withdraw.setEnabled(row >= 0))
        self.buttons.rejected.connect(self.close)
        loading.changed.connect(self._loading_changed)
        self._desk.session.plot_changed.connect(self._plot_changed)
        self.finished.connect(lambda _: self._leave())

    def _leave(self) -> None:
        self._asked = None
        self.loading.changed.disconnect(self._loading_changed)
        self._desk.session.plot_changed.disconnect(self._plot_changed)

    def _loading_changed(self, _: None) -> None:
        self._show()

    def _plot_changed(self, _: object) -> None:
        self._show_loaded()

    # What it shows

    def _show(self) -> None:
        """Show the choices as they are now, the form of the current one, and what is missing."""
        self._is_showing = True
        loading = self.loading
        while self.shapes.topLevelItemCount() > len(loading.choices):
            self.shapes.takeTopLevelItem(self.shapes.topLevelItemCount() - 1)
        for row, choice in enumerate(loading.choices):
            item = self.shapes.topLevelItem(row)
            if item is None:
                item = QTreeWidgetItem(self.shapes)
            self._show_choice(item, choice)
        is_of_waters = loading.purpose is LimitPurpose.WATERS
        self.waters.setChecked(is_of_waters)
        self.regions.setChecked(not is_of_waters)
        self.legal.setChecked(loading.is_legal)
        if self.source.text() != loading.source:
            self.source.setText(loading.source)
        self._is_showing = False
        self._show_one()
        self._show_problem()

    def _show_choice(self, item: QTreeWidgetItem, choice: ShapeChoice) -> None:
        is_sound = choice.shape.problem is None
        flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable
        item.setFlags(flags | Qt.ItemFlag.ItemIsEnabled if is_sound else flags)
        is_ticked = choice.is_chosen
        item.setCheckState(0, Qt.CheckState.Checked if is_ticked else Qt.CheckState.Unchecked)
        owners = [choice.left, choice.right]
        if is_sound and not choice.shape.is_area:
            winds = side_texts(choice.shape)
            owners = [f"{o} ({w})" if o else "" for o, w in zip(owners, winds, strict=True)]
        said = (choice.name, shape_text(choice.shape), " | ".join(filter(None, owners)))
        for column, text in enumerate(said):
            item.setText(column, text)
            item.setToolTip(column, text if column == 0 else choice.shape.source or text)

    def _show_one(self) -> None:
        """Show the form of the current shape: a line has two sides, an area one owner."""
        if self._is_showing:
            return
        self._is_showing = True
        row = self._row()
        choice = self.loading.choices[row] if row >= 0 else None
        shape = None if choice is None or choice.shape.problem is not None else choice.shape
        for field in (self.name, self.left, self.right):
            field.setEnabled(shape is not None)
        self._show_labels(shape)
        self._offer_owners()
        if choice is None or shape is None:
            self.sketch.show_limit((), is_area=False, left="", right="")
            for box in (self.left, self.right):
                box.setEditText("")
            self.name.clear()
        else:
            if self.name.text() != choice.name:
                self.name.setText(choice.name)
                self.name.setCursorPosition(0)
            for box, owner in ((self.left, choice.left), (self.right, choice.right)):
                if self._owner(box.currentText()) != owner:
                    box.setEditText(self._owner_text(owner))
            self.sketch.show_limit(
                shape.points, is_area=shape.is_area, left=choice.left, right=choice.right
            )
        self._is_showing = False

    def _show_labels(self, shape: LimitShape | None) -> None:
        is_line = shape is not None and not shape.is_area
        self.right.setVisible(is_line)
        self.right_label.setVisible(is_line)
        whose = (
            self.tr("Waters {where}")
            if self.loading.purpose is LimitPurpose.WATERS
            else self.tr("Region {where}")
        )
        if shape is None or shape.is_area:
            self.left_label.setText(whose.format(where=self.tr("inside")))
        else:
            left, right = (self.tr("on the {wind} side").format(wind=w) for w in side_texts(shape))
            self.left_label.setText(whose.format(where=left))
            self.right_label.setText(whose.format(where=right))
        self.left.setAccessibleName(self.left_label.text())
        self.right.setAccessibleName(self.right_label.text())

    def _offer_owners(self) -> None:
        offered = [self._owner_text(owner) for owner in self._owners()]
        for box in (self.left, self.right):
            if [box.itemText(row) for row in range(box.count())] != offered:
                text = box.currentText()
                box.clear()
                box.addItems(offered)
                box.setEditText(text)

    def _show_loaded(self) -> None:
        limits, row = self.loading.loaded(), self.loaded.currentRow()
        self.loaded.clear()
        for limit in limits:
            item = QListWidgetItem(loaded_text(limit), self.loaded)
            item.setData(Qt.ItemDataRole.UserRole, limit.uid)
            item.setToolTip(limit.source)
        self.loaded.setCurrentRow(min(row, len(limits) - 1))
        self.withdraw.setEnabled(self.loaded.currentRow() >= 0)

    def _show_problem(self) -> None:
        problem = self.loading.problem()
        is_read_only = self._desk.session.document.is_read_only
        self.load.setEnabled(problem is None and not is_read_only)
        if not self.loading.choices:
            return
        row = -1 if problem is None else problem[1]
        name = self.loading.choices[row].name if row >= 0 else ""
        if problem is not None:
            self._say(problem_text(problem[0], name), is_bad=False)
            return
        swapped = self.loading.swapped(self._desk.waters.chart)
        if swapped is not None:
            self._say(swapped_text(swapped), is_bad=True)
            return
        is_given = all(each.shape.is_datum_given for each in self.loading.choices)
        self._say("" if is_given else no_datum_text(), is_bad=not is_given)

    def _say(self, text: str, *, is_bad: bool) -> None:
        self.said.setText(text)
        if bool(self.said.property("bad")) != is_bad:
            self.said.setProperty("bad", is_bad)
            self.said.style().unpolish(self.said)
            self.said.style().polish(self.said)

    # What is done in it

    def _ask_file(self) -> None:
        kinds = " ".join(f"*{suffix}" for suffix in SUFFIXES)
        chosen, _ = name_to_open(
            self,
            self.tr("File with limits"),
            "",
            self.tr("Lines and areas ({kinds})").format(kinds=kinds),
        )
        if chosen:
            self.read(Path(chosen))

    def _was_read(self, path: Path, read: Future[tuple[LimitShape, ...]]) -> None:
        if self._asked != path:
            return
        self.choose_file.setEnabled(True)
        try:
            shapes = read.result()
        except LimitFileError as error:
            self._say(error_text(error), is_bad=True)
            return
        self.file_name.setText(path.name)
        self.file_name.setToolTip(str(path))
        self.shapes.clear()
        self.loading.take(path, shapes)
        first = self.shapes.topLevelItem(0)
        if first is not None:
            self.shapes.setCurrentItem(first)
        self.shapes.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ticked(self, item: QTreeWidgetItem, column: int) -> None:
        if not self._is_showing and column == 0:
            is_chosen = item.checkState(0) is Qt.CheckState.Checked
            row = self.shapes.indexOfTopLevelItem(item)
            self.loading.choose(row, is_chosen=is_chosen)
            self.shapes.setCurrentItem(item)

    def _say_of_one(
        self, name: str | None = None, left: str | None = None, right: str | None = None
    ) -> None:
        row = self._row()
        if not self._is_showing and row >= 0:
            self.loading.say(row, name=name, left=left, right=right)

    def _load(self) -> None:
        try:
            number = self.loading.commit()
        except CommandRefused as refusal:
            self._say(error_text(refusal), is_bad=True)
            return
        if number:
            self._say(self.tr("Loaded: {number}.").format(number=number), is_bad=False)

    def _withdraw(self) -> None:
        item = self.loaded.currentItem()
        try:
            self.loading.withdraw(str(item.data(Qt.ItemDataRole.UserRole)))
        except CommandRefused as refusal:
            self._say(error_text(refusal), is_bad=True)

    def _row(self) -> int:
        item = self.shapes.currentItem()
        return -1 if item is None else self.shapes.indexOfTopLevelItem(item)

    def _owners(self) -> tuple[str, ...]:
        return STATES if self.loading.purpose is LimitPurpose.WATERS else REGIONS

    def _owner_text(self, owner: str) -> str:
        return owner_text(owner) if self.loading.purpose is LimitPurpose.WATERS else owner

    def _owner(self, text: str) -> str:
        return owner_of_text(text) if self.loading.purpose is LimitPurpose.WATERS else text.strip()
