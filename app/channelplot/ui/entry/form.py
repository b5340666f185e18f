"""What the forms of the entry strip share: read-back, faults, questions, Enter and Esc."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from channelplot.chart.qt_guard import qt_guarded
from channelplot.tools.questions import Question, QuestionCode
from channelplot.ui.words.messages import question_text

GAP_PX = 8


class EntryForm(QWidget):
    """A row of labelled fields, a line that reads them back, and a button that commits.

    Enter in any field commits; with a question open it does not, and Alt+1 says "all the
    same", Alt+2 goes back to the field. Esc clears, and in an empty form leaves. Emits
    commit_wanted, clear_wanted.
    """

    commit_wanted = Signal(object)  # frozenset[QuestionCode]: the questions answered
    clear_wanted = Signal()

    def __init__(self, title: str, commit_text: str) -> None:
        """Make the frame; add_field fills it."""
        super().__init__()
        self.setObjectName("entry")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._questions: tuple[Question, ...] = ()
        self._is_stale = False
        self.heading = QLabel(title, self)
        self.heading.setProperty("strong", True)
        self._fields = QVBoxLayout()
        self._fields.setSpacing(GAP_PX // 2)
        self._rows = list[QGridLayout]()
        self.commit_button = QPushButton(commit_text, self)
        self.commit_button.setProperty("primary", True)
        self.commit_button.setToolTip(self.tr("Enter"))
        self.cancel_button = QPushButton(self.tr("Cancel"), self)
        self.cancel_button.setToolTip(self.tr("Esc"))
        self.readback = QLabel(self)
        self.readback.setAccessibleName(self.tr("Read-back"))
        self.readback.setTextFormat(Qt.TextFormat.PlainText)
        self.readback.setWordWrap(True)
        # Always room for two lines: left to itself the strip changes its height, and the chart
        # above is drawn anew, while somebody types.
        self.readback.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.readback.setFixedHeight(2 * self.readback.fontMetrics().lineSpacing())
        self.all_the_same = QPushButton(self.tr("Plot it all the same (Alt+1)"), self)
        self.correct_it = QPushButton(self.tr("Correct it (Alt+2)"), self)
        lower = QHBoxLayout()
        lower.setSpacing(GAP_PX)
        lower.addWidget(self.heading)
        lower.addWidget(self.readback, 1)
        for button in self._buttons():
            lower.addWidget(button)
            button.setAutoDefault(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 7, 10, 8)
        layout.setSpacing(6)
        self._upper = QHBoxLayout()
        self._upper.setSpacing(3 * GAP_PX)
        self._upper.addLayout(self._fields, 1)
        layout.addLayout(self._upper)
        layout.addLayout(lower)
        self.commit_button.clicked.connect(self._commit)
        self.cancel_button.clicked.connect(self.clear_wanted)
        self.all_the_same.clicked.connect(self._answer)
        self.correct_it.clicked.connect(self._correct)
        self._show_questions(())

    @property
    def is_asking(self) -> bool:
        """Return whether a question shows that Alt+1 and Alt+2 answer."""
        return bool(self._questions) and self.isVisible()

    @property
    def has_caret(self) -> bool:
        """Return whether one types in a field of the form."""
        focus = QApplication.focusWidget()
        return focus is not None and self.isAncestorOf(focus)

    def answer(self, number: int) -> None:
        """Plot it all the same at 1, go back to the field in doubt at 2."""
        if number == 1:
            self._answer()
        elif number == 2:
            self._correct()

    def add_field(self, label: str, field: QWidget, stretch: int = 0, *, row: int = 0) -> None:
        """Add a field under its label, to the right of those before in its row.

        Alt and a letter marked with ``&`` in the label go to the field. Rows have columns of
        their own; where those of two have the same stretches they line up.
        """
        while len(self._rows) <= row:
            self._rows.append(self._new_row())
        fields = self._rows[row]
        column = fields.columnCount() if fields.count() else 0
        caption = QLabel(label, self)
        caption.setProperty("faint", True)
        caption.setBuddy(field)
        field.setAccessibleName(label.replace("&", ""))
        fields.addWidget(caption, 0, column)
        fields.addWidget(field, 1, column)
        fields.setColumnStretch(column, stretch)
        field.installEventFilter(self)

    def lay_flat(self, fields: Sequence[tuple[str, QWidget, int]]) -> None:
        """Put all in two low rows: labels, fields and buttons; below them the read-back, one line.

        fields: each with its label and its stretch. In place of ``add_field``, for a form that
        nobody has asked for and that leaves the chart its room.
        """
        self.heading.hide()
        for label, field, stretch in fields:
            caption = QLabel(label, self)
            caption.setProperty("faint", True)
            caption.setBuddy(field)
            field.setAccessibleName(label.replace("&", ""))
            field.installEventFilter(self)
            self._upper.addWidget(caption)
            self._upper.addWidget(field, stretch)
        no_focus = Qt.FocusPolicy.NoFocus
        last = [field for _, field, _ in fields if field.focusPolicy() is not no_focus][-1]
        for button in self._buttons():
            self._upper.addWidget(button)
            QWidget.setTabOrder(last, button)
            last = button
        self._upper.setStretchFactor(self._fields, 0)
        self._upper.setSpacing(GAP_PX)
        self.readback.setWordWrap(False)
        self.readback.setFixedHeight(self.readback.fontMetrics().lineSpacing())
        layout = self.layout()
        assert layout is not None, "the form's own, made above"
        layout.setContentsMargins(10, 5, 10, 5)
        layout.setSpacing(4)

    def _buttons(self) -> tuple[QPushButton, ...]:
        return (self.all_the_same, self.correct_it, self.cancel_button, self.commit_button)

    def add_above(self, above: QWidget) -> None:
        """Put something above the fields, as wide as the form."""
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout), "the form's own, made above"
        layout.insertWidget(0, above)

    def add_below(self, below: QWidget) -> None:
        """Put something between the fields and the read-back, as wide as the form."""
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout), "the form's own, made above"
        layout.insertWidget(layout.count() - 1, below)

    def add_aside(self, aside: QWidget) -> None:
        """Put something to the left of the fields, as high as all their rows."""
        self._upper.insertWidget(0, aside)

    def add_beside(self, beside: QWidget, stretch: int = 0) -> None:
        """Put something to the right of the fields, as high as all their rows."""
        self._upper.addWidget(beside, stretch)

    def show_draft(self) -> None:
        """Show the draft and how it is understood. A form overrides this."""

    def refresh(self, _: object = None) -> None:
        """Show the draft as it is now; a hidden form does once it shows."""
        self._is_stale = not self.isVisible()
        if not self._is_stale:
            self.show_draft()

    def catch_up(self) -> None:
        """Show what has changed since the form was hidden; before it shows, for its size."""
        if self._is_stale:
            self._is_stale = False
            self.show_draft()

    @qt_guarded(None)
    def showEvent(self, event: QShowEvent) -> None:
        """Show what has changed since the form was hidden."""
        super().showEvent(event)
        self.catch_up()

    def focus_first(self) -> None:
        """Put the caret in the first field that is empty, else in the first."""
        fields = self.line_edits()
        target = next((field for field in fields if not field.text()), fields[0])
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)
        target.selectAll()

    def field_in_doubt(self, question: Question) -> QLineEdit:
        """Return the field that a question is about, the first one unless a form overrides this."""
        return self.line_edits()[0]

    def line_edits(self) -> Sequence[QLineEdit]:
        """Return the text fields in the order of the Tab key. A form overrides this."""
        return self.findChildren(QLineEdit)

    def show_reading(self, text: str, *, is_fault: bool, questions: Sequence[Question]) -> None:
        """Say what was understood, or what could not be and why; ask what is doubtful."""
        asked = " ".join(question_text(question) for question in questions)
        self.readback.setText(f"{asked}  {text}" if asked else text)
        self.readback.setToolTip(self.readback.text())
        for name, is_so in (("bad", is_fault), ("warning", bool(questions) and not is_fault)):
            self.readback.setProperty(name, is_so)
        self.readback.style().unpolish(self.readback)
        self.readback.style().polish(self.readback)
        self.commit_button.setEnabled(not is_fault and not questions)
        self._show_questions(() if is_fault else tuple(questions))

    @qt_guarded(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Commit at Enter and clear at Esc in any field; undo in an empty form is the plot's."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            is_undo = event.matches(QKeySequence.StandardKey.Undo)
            if (is_undo or event.matches(QKeySequence.StandardKey.Redo)) and self._is_blank():
                event.ignore()  # a line edit would keep the key to itself
                return True
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._commit()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.clear_wanted.emit()
                return True
        return super().eventFilter(watched, event)

    def _new_row(self) -> QGridLayout:
        row = QGridLayout()
        row.setHorizontalSpacing(GAP_PX)
        row.setVerticalSpacing(2)
        self._fields.addLayout(row)
        return row

    def _is_blank(self) -> bool:
        return not any(field.text() for field in self.line_edits())

    def _show_questions(self, questions: tuple[Question, ...]) -> None:
        self._questions = questions
        self.all_the_same.setVisible(bool(questions))
        self.commit_button.setVisible(not questions)
        self.correct_it.setVisible(bool(questions))

    def _commit(self) -> None:
        if self.commit_button.isEnabled():
            self.commit_wanted.emit(frozenset[QuestionCode]())

    def _correct(self) -> None:
        """Go back to the field that is in doubt, its text selected."""
        if not self._questions or not self.isVisible():
            return
        field = self.field_in_doubt(self._questions[0])
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        field.selectAll()

    def _answer(self) -> None:
        if self._questions and self.isVisible():
            self.commit_wanted.emit(frozenset(question.code for question in self._questions))


def mark_wrong(field: QLineEdit, is_wrong: bool) -> None:
    """Colour a field whose text can't be read."""
    if bool(field.property("wrong")) != is_wrong:
        field.setProperty("wrong", is_wrong)
        field.style().unpolish(field)
        field.style().polish(field)


def set_text(field: QLineEdit, text: str) -> None:
    """Put text in a field unless it is there: the caret stays where it is."""
    if field.text() != text:
        field.setText(text)
