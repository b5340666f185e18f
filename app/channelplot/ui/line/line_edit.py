"""The field of the plot line: one types, Enter commits, and nothing else takes a key away."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QTextCharFormat,
)
from PySide6.QtWidgets import QLineEdit, QWidget

from channelplot.chart.qt_guard import qt_guarded
from channelplot.reading.values import Span
from channelplot.tools.completion import Completion
from channelplot.ui.line.utf16 import place_of, qt_place

SIZE_PT: Final = 12.0
_PX_PER_PT: Final = 96.0 / 72.0
MOST_CHARACTERS: Final = 32_000
"""Far beyond what the reader takes: too long a line is refused whole, never cut."""
_LINE_BREAKS: Final = str.maketrans(dict.fromkeys("\t\n\r\u2028\u2029", " "))
_ANSWERS: Final = {Qt.Key.Key_1: 1, Qt.Key.Key_2: 2, Qt.Key.Key_3: 3}
_KEY_REASONS: Final = frozenset(
    {
        Qt.FocusReason.TabFocusReason,
        Qt.FocusReason.BacktabFocusReason,
        Qt.FocusReason.ShortcutFocusReason,
    }
)
_KEYPAD: Final = Qt.KeyboardModifier.KeypadModifier


@dataclass(frozen=True, slots=True)
class Underline:
    """A piece of the line that something is said about. colour: ``#rrggbb``."""

    span: Span
    colour: str


class LineEdit(QLineEdit):
    """One line of text. Signals say which key was pressed; the plot line knows what to do.

    Enter never counts twice for being held down. Tab, or Right at the end, takes the name that
    is offered in grey; Tab again takes the next one. Tab does not leave a line with text in it;
    Shift+Tab does. In an empty line undo, redo and copy are the plot's.
    """

    commit_wanted = Signal()
    clear_wanted = Signal()
    older_wanted = Signal()
    newer_wanted = Signal()
    answer_wanted = Signal(int)  # 1 to 3
    looked_at = Signal()  # the caret came, went or moved

    def __init__(self, parent: QWidget) -> None:
        """Start empty, in larger figures that are all equally wide, zero unlike O."""
        super().__init__(parent)
        self.setMaxLength(MOST_CHARACTERS)
        self._offers: tuple[Completion, ...] = ()
        self._cycle: tuple[tuple[Completion, ...], int] | None = None
        self._is_composing = False
        self._underlines: tuple[Underline, ...] = ()
        self.textChanged.connect(self._text_changed)
        self.cursorPositionChanged.connect(lambda _old, _new: self.looked_at.emit())
        self.selectionChanged.connect(self.update)

    def use_font(self, panel_font: QFont, text_scale: float) -> None:
        """Set the line in the face of the panels, larger."""
        font = QFont(panel_font)
        font.setPixelSize(round(SIZE_PT * _PX_PER_PT * text_scale))
        for feature in ("tnum", "zero"):
            font.setFeature(QFont.Tag(feature), 1)
        self.setFont(font)

    # What the plot line shows in it

    @property
    def caret(self) -> int:
        """Return the caret's place in the text, counted in characters."""
        return place_of(self.text(), self.cursorPosition())

    @property
    def is_caret_at_end(self) -> bool:
        """Return whether the caret stands behind everything, with nothing selected."""
        return self.cursorPosition() == qt_place(self.text(), len(self.text())) and not (
            self.hasSelectedText()
        )

    def show_text(self, text: str) -> None:
        """Put a text in the line, the caret behind it; one that is there stays untouched."""
        if text != self.text():
            self.setText(text)

    def offer(self, offers: Sequence[Completion]) -> None:
        """Offer names for what is being typed; the first shows in grey while the caret is there."""
        self._offers = tuple(offers)
        self.update()

    @property
    def offered(self) -> Completion | None:
        """Return the name that Tab would take now."""
        if self._cycle is not None:
            offers, last = self._cycle
            return offers[(last + 1) % len(offers)] if len(offers) > 1 else None
        return self._offers[0] if self._offers and self._is_offering() else None

    @property
    def offered_names(self) -> tuple[str, ...]:
        """Return the names that Tab would take one after the other, the next one first."""
        if self._cycle is not None:
            offers, last = self._cycle
            names = tuple(each.text for each in offers)
            return (*names[last + 1 :], *names[: last + 1])[: len(names) - 1]
        return tuple(each.text for each in self._offers) if self.offered is not None else ()

    def underline(self, pieces: Sequence[Underline]) -> None:
        """Colour and underline pieces of the text, and no others.

        QLineEdit has no formats of its own, but takes those of an input method; one that is
        composing a character is left alone.
        """
        if tuple(pieces) == self._underlines or self._is_composing:
            return
        self._underlines = tuple(pieces)
        text, caret = self.text(), self.cursorPosition()
        attributes = []
        for piece in pieces:
            start, end = qt_place(text, piece.span.start), qt_place(text, piece.span.end)
            attributes.append(
                QInputMethodEvent.Attribute(
                    QInputMethodEvent.AttributeType.TextFormat,
                    start - caret,
                    end - start,
                    _format(piece),
                )
            )
        QCoreApplication.sendEvent(self, QInputMethodEvent("", attributes))

    # Keys

    @qt_guarded(False)
    def event(self, event: QEvent) -> bool:
        """Leave undo, redo and copy to the plot while there is nothing of them in the line."""
        return self._leaves(event) or super().event(event)

    @qt_guarded(False)
    def _leaves(self, event: QEvent) -> bool:
        """Return whether an event is such a key, with nothing in the line; leave it then.

        Guarded by itself: an error in it must not keep the line from being typed in.
        """
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        keys = QKeySequence.StandardKey
        is_of_plot = not self.text() and any(
            event.matches(each) for each in (keys.Undo, keys.Redo, keys.Copy)
        )
        if is_of_plot:
            event.ignore()
        return is_of_plot

    @qt_guarded(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Say what a key wants that is not for the text."""
        key, modifiers = event.key(), event.modifiers() & ~_KEYPAD
        is_plain = not modifiers & ~Qt.KeyboardModifier.ShiftModifier
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and is_plain:
            if not event.isAutoRepeat():
                self.commit_wanted.emit()
            return
        if key == Qt.Key.Key_Escape:
            self.clear_wanted.emit()
            return
        if modifiers == Qt.KeyboardModifier.AltModifier and event.text().isprintable():
            if key in _ANSWERS and not event.isAutoRepeat():
                self.answer_wanted.emit(_ANSWERS[Qt.Key(key)])
            event.setAccepted(key in _ANSWERS)  # what Alt and a letter mean is for the window
            return
        if not modifiers and key == Qt.Key.Key_Up:
            self.older_wanted.emit()
            return
        if not modifiers and key == Qt.Key.Key_Down:
            self.newer_wanted.emit()
            return
        if not modifiers and key == Qt.Key.Key_Right and self._cycle is None and self.take_offer():
            return
        self._cycle = None
        super().keyPressEvent(event)

    @qt_guarded(True)
    def focusNextPrevChild(self, is_next: bool) -> bool:
        """Take the name offered at Tab; leave the line only backwards or when it is empty."""
        if is_next and (self.take_offer() or self.text()):
            return True
        return super().focusNextPrevChild(is_next)

    def take_offer(self) -> bool:
        """Put the name offered in place of what was typed of it; False if none is offered.

        Again right after that: the next name in its place.
        """
        name = self.offered
        if name is None:
            return False
        if self._cycle is None:
            offers, number, end = self._offers, 0, name.end
        else:
            offers, last = self._cycle
            number = (last + 1) % len(offers)
            end = name.start + len(offers[last].text)
        text = self.text()
        self.setSelection(
            qt_place(text, name.start), qt_place(text, end) - qt_place(text, name.start)
        )
        self.insert(name.text)
        self._cycle = (offers, number)
        self.looked_at.emit()
        return True

    def replace_span(self, span: Span, text: str) -> None:
        """Type a text in place of a piece; the caret stays in what it stood in, or behind it.

        It is typing: undo takes it back.
        """
        whole, caret = self.text(), self.caret
        if caret >= span.end:
            caret += len(text) - (span.end - span.start)
        elif caret > span.start:
            caret = span.start + len(text)
        start, end = qt_place(whole, span.start), qt_place(whole, span.end)
        self.home(False)  # a caret that moves ends what undo takes back at once
        self.end(False)
        self.setSelection(start, end - start)
        self.insert(text)
        self.setCursorPosition(qt_place(self.text(), caret))

    # Qt

    @qt_guarded(None)
    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Note whether a character is being composed."""
        self._is_composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    @qt_guarded(None)
    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell that the caret came. What stands there is not selected: a key would erase it."""
        super().focusInEvent(event)
        if event.reason() in _KEY_REASONS:
            self.end(False)
        self.looked_at.emit()

    @qt_guarded(None)
    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the caret went."""
        self._cycle = None
        super().focusOutEvent(event)
        self.looked_at.emit()

    @qt_guarded(None)
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line, and behind the caret what is left of the name that Tab would take."""
        super().paintEvent(event)
        name = self.offered
        if name is None or self._cycle is not None:
            return
        typed = self.text()[name.start : name.end]
        is_rest = name.text.casefold().startswith(typed.casefold())
        rest = name.text[len(typed) :] if is_rest else f" \N{RIGHTWARDS ARROW TO BAR} {name.text}"
        caret = QRectF(self.cursorRect())
        area = QRectF(caret.center().x(), caret.top(), self.width(), caret.height())
        with QPainter(self) as painter:
            painter.setClipRect(self.contentsRect())
            painter.setFont(self.font())
            painter.setPen(self.palette().placeholderText().color())
            painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, rest)

    def _is_offering(self) -> bool:
        return self.hasFocus() and self.is_caret_at_end and not self._is_composing

    def _text_changed(self, text: str) -> None:
        """Make one line of pasted lines; other control characters stay, to be refused by name."""
        self._offers, self._cycle = (), None
        flat = _flat(text)
        if flat != text:
            behind = _flat(text[self.caret :])
            self.setText(flat)
            self.setCursorPosition(qt_place(flat, len(flat) - len(behind)))


def _flat(text: str) -> str:
    return text.replace("\r\n", " ").translate(_LINE_BREAKS)


def _format(piece: Underline) -> QTextCharFormat:
    look = QTextCharFormat()
    look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
    look.setForeground(QColor(piece.colour))
    look.setUnderlineColor(QColor(piece.colour))
    return look
