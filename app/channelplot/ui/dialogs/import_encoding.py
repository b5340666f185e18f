"""The encoding that a table which is not in UTF-8 is taken to be in, and its letters in it."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QWidget

from channelplot.exchange.incoming.found import Encoding
from channelplot.exchange.incoming.mapped_columns import Need
from channelplot.tools.file_import import Looked


class EncodingRow(QWidget):
    """A box with the encoding, and the first letters of the file as they will be in the plot.

    It shows only for such files. Signal: said(Encoding), when the file has to be read again.
    """

    said = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        """Nothing is said yet."""
        super().__init__(parent)
        self.label = QLabel(self.tr("Its &encoding is"), self)
        self.box = QComboBox(self)
        self.box.setPlaceholderText(self.tr("not said"))
        self.box.setToolTip(
            self.tr("Which letters its bytes stand for; remembered for tables with these titles")
        )
        for encoding, words in (
            (Encoding.WINDOWS_1252, self.tr("Windows-1252 (Windows)")),
            (Encoding.ISO_8859_15, self.tr("ISO 8859-15 (Linux)")),
            (Encoding.IBM850, self.tr("IBM850 (MS-DOS)")),
            (Encoding.MACINTOSH, self.tr("Macintosh (Mac OS)")),
        ):
            self.box.addItem(words, encoding.value)
        self.box.setCurrentIndex(-1)
        self.label.setBuddy(self.box)
        self.note = QLabel(self.tr("It is not in UTF-8. See that its letters are right:"), self)
        self.note.setProperty("faint", True)
        self.note.setWordWrap(True)
        self.letters = QLabel(self)
        self.letters.setTextFormat(Qt.TextFormat.PlainText)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(2, 1)
        grid.addWidget(self.label, 0, 0)
        grid.addWidget(self.box, 0, 1)
        grid.addWidget(self.note, 0, 2)
        grid.addWidget(self.letters, 1, 1, 1, 2)
        self.box.currentIndexChanged.connect(
            lambda _: self.said.emit(Encoding(self.box.currentData()))
        )
        self.begin()

    def begin(self) -> None:
        """Forget the file before."""
        self._show_letters(())
        self.hide()

    def show_looked(self, looked: Looked) -> None:
        """Show what a file is read in, and what of its letters; nothing where it is UTF-8."""
        look, encoding = looked.look, looked.options.encoding
        letters = () if look is None or look.encoding is not encoding else look.letters
        with QSignalBlocker(self.box):
            self.box.setCurrentIndex(-1 if encoding is None else self.box.findData(encoding.value))
        self._show_letters(letters)
        is_other = look is not None and bool(look.letters)
        self.setVisible(is_other or Need.ENCODING in looked.needs)

    def take_keys(self) -> None:
        """Put the keys into the box."""
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_letters(self, letters: tuple[tuple[int, str], ...]) -> None:
        self.note.setVisible(bool(letters))
        line = self.tr("Line {line}: {text}")
        self.letters.setText(
            "\n".join(line.format(line=number, text=text) for number, text in letters)
        )
        self.letters.setVisible(bool(letters))
