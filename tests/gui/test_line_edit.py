"""The field of the plot line by itself: keys, names offered, pasted text, underlines."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent, QGuiApplication, QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from channelplot.reading.values import Span
from channelplot.tools.completion import Completion
from channelplot.ui.line.line_edit import LineEdit, Underline

RED = "#a01818"


@pytest.fixture
def frame(qtbot: QtBot) -> Iterator[QWidget]:
    """A window with the line and another field after it; the caret is in the line."""
    widget = QWidget()
    qtbot.addWidget(widget)
    for number, field in enumerate(
        (QLineEdit("before", widget), LineEdit(widget), QLineEdit("after", widget))
    ):
        field.setGeometry(10 + 400 * number, 10, 380, 36)
    widget.resize(1210, 60)
    widget.show()
    widget.activateWindow()
    line = widget.findChild(LineEdit)
    assert line is not None
    line.setFocus()
    qtbot.waitUntil(line.hasFocus)
    yield widget
    widget.hide()


@pytest.fixture
def line(frame: QWidget) -> LineEdit:
    """The line, with the caret."""
    found = frame.findChild(LineEdit)
    assert found is not None
    return found


def offer(line: LineEdit, typed: str, *names: str) -> None:
    """Type, and offer names for all that was typed."""
    QTest.keyClicks(line, typed)
    start = len(line.text()) - len(typed)
    line.offer([Completion(start, start + len(typed), name, "") for name in names])


def names(line: LineEdit) -> list[str]:
    """The names that Tab would take, the next one first."""
    return list(line.offered_names)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
@pytest.mark.parametrize(
    "modifier", [Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier]
)
def test_both_enter_keys_commit_once(
    line: LineEdit, key: Qt.Key, modifier: Qt.KeyboardModifier, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(line.commit_wanted, timeout=1000):
        QTest.keyClick(line, key, modifier)


def test_enter_held_down_commits_no_more_than_once(line: LineEdit) -> None:
    commits: list[None] = []
    line.commit_wanted.connect(lambda: commits.append(None))
    none = Qt.KeyboardModifier.NoModifier
    for is_repeat in (False, True, True, True):
        event = QKeyEvent(
            QEvent.Type.KeyPress, Qt.Key.Key_Return, none, "\r", autorep=is_repeat, count=1
        )
        QGuiApplication.sendEvent(line, event)

    assert len(commits) == 1


def test_the_keys_that_are_not_for_the_text_leave_it_alone(line: LineEdit) -> None:
    heard: list[str] = []
    line.clear_wanted.connect(lambda: heard.append("clear"))
    line.older_wanted.connect(lambda: heard.append("older"))
    line.newer_wanted.connect(lambda: heard.append("newer"))
    line.answer_wanted.connect(lambda number: heard.append(f"answer {number}"))
    QTest.keyClicks(line, "50 58")
    none, alt = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.AltModifier

    for key, modifier in (
        (Qt.Key.Key_Escape, none),
        (Qt.Key.Key_Up, none),
        (Qt.Key.Key_Down, none),
        (Qt.Key.Key_1, alt),
        (Qt.Key.Key_3, alt),
        (Qt.Key.Key_7, alt),
        (Qt.Key.Key_X, alt),
    ):
        QTest.keyClick(line, key, modifier)

    assert heard == ["clear", "older", "newer", "answer 1", "answer 3"]
    assert line.text() == "50 58"


@pytest.mark.parametrize("key", [Qt.Key.Key_Tab, Qt.Key.Key_Right])
def test_a_name_offered_is_taken_with_tab_or_right(line: LineEdit, key: Qt.Key) -> None:
    QTest.keyClicks(line, "023 ")
    offer(line, "sang", "Sangatte")

    QTest.keyClick(line, key)

    assert line.text() == "023 Sangatte"
    assert line.hasFocus()
    assert line.is_caret_at_end


def test_enter_up_and_typing_on_never_take_a_name(line: LineEdit) -> None:
    offer(line, "sang", "Sangatte")

    for key in (Qt.Key.Key_Return, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Space):
        QTest.keyClick(line, key)

    assert line.text() == "sang "


def test_tab_again_takes_the_next_name_in_its_place(line: LineEdit) -> None:
    QTest.keyClicks(line, "023 ")
    offer(line, "ca", "Calais", "Cap Gris-Nez")
    assert names(line) == ["Calais", "Cap Gris-Nez"]

    QTest.keyClick(line, Qt.Key.Key_Tab)
    assert line.text() == "023 Calais"
    assert names(line) == ["Cap Gris-Nez"]
    QTest.keyClick(line, Qt.Key.Key_Tab)
    assert line.text() == "023 Cap Gris-Nez"
    QTest.keyClick(line, Qt.Key.Key_Tab)
    assert line.text() == "023 Calais"

    QTest.keyClicks(line, " 7.2")
    QTest.keyClick(line, Qt.Key.Key_Tab)
    assert line.text() == "023 Calais 7.2", "what is typed since is not replaced"


def test_a_name_that_does_not_begin_as_typed_is_taken_whole(line: LineEdit) -> None:
    offer(line, "gris", "Cap Gris-Nez")

    QTest.keyClick(line, Qt.Key.Key_Tab)

    assert line.text() == "Cap Gris-Nez"


def test_a_name_is_offered_only_where_one_types(line: LineEdit) -> None:
    offer(line, "sang", "Sangatte")
    assert names(line)
    QTest.keyClick(line, Qt.Key.Key_Left)
    assert not names(line)
    QTest.keyClick(line, Qt.Key.Key_Right)
    assert line.text() == "sang", "Right inside the text moves"
    line.selectAll()
    assert not names(line)


def test_tab_leaves_an_empty_line_only(line: LineEdit, frame: QWidget) -> None:
    QTest.keyClicks(line, "50 58")
    QTest.keyClick(line, Qt.Key.Key_Tab)
    assert line.hasFocus()

    line.clear()
    QTest.keyClick(line, Qt.Key.Key_Tab)
    assert not line.hasFocus()
    QTest.keyClick(frame.focusWidget(), Qt.Key.Key_Backtab)
    assert line.hasFocus()
    QTest.keyClicks(line, "50 58")
    QTest.keyClick(line, Qt.Key.Key_Backtab)
    assert not line.hasFocus(), "Shift+Tab leaves in any case"


@pytest.mark.parametrize(
    "reason",
    [
        Qt.FocusReason.TabFocusReason,
        Qt.FocusReason.BacktabFocusReason,
        Qt.FocusReason.ShortcutFocusReason,
        Qt.FocusReason.OtherFocusReason,
    ],
)
def test_coming_back_to_a_half_typed_line_selects_nothing(
    line: LineEdit, reason: Qt.FocusReason
) -> None:
    QTest.keyClicks(line, "50 58")
    QGuiApplication.sendEvent(line, QFocusEvent(QEvent.Type.FocusIn, reason))

    QTest.keyClicks(line, ".0N")

    assert line.text() == "50 58.0N"


@pytest.mark.parametrize(
    ("pasted", "text"),
    [
        ("one\ntwo", "one two"),
        ("one\r\ntwo\rthree", "one two three"),
        ("one\ttwo\u2028three\u2029", "one two three "),
        ("bell\x07 and null\x00", "bell\x07 and null\x00"),
        ("page\x0cend\x0b", "page\x0cend\x0b"),
    ],
)
def test_pasted_lines_become_one_and_other_controls_stay(
    line: LineEdit, pasted: str, text: str
) -> None:
    QGuiApplication.clipboard().setText(pasted)

    QTest.keyClick(line, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)

    assert line.text() == text


def test_the_caret_stays_behind_what_was_pasted_in_the_middle(line: LineEdit) -> None:
    QTest.keyClicks(line, "0210 45pob")
    line.setCursorPosition(5)
    QGuiApplication.clipboard().setText("50 58.0N\r\n001 41.0E\n")

    line.paste()

    assert line.text() == "0210 50 58.0N 001 41.0E 45pob"
    assert line.caret == len("0210 50 58.0N 001 41.0E ")


def test_no_line_is_cut_that_the_reader_would_refuse_for_its_length(line: LineEdit) -> None:
    line.setText("x" * 5_000)
    assert len(line.text()) == 5_000


def test_the_caret_counts_characters_beyond_the_basic_plane_once(line: LineEdit) -> None:
    line.setText("\N{SAILBOAT}\N{ROWBOAT} sang")
    assert line.cursorPosition() == 8
    assert line.caret == 7
    line.offer([Completion(3, 7, "Sangatte", "")])
    QTest.keyClick(line, Qt.Key.Key_Tab)
    assert line.text() == "\N{SAILBOAT}\N{ROWBOAT} Sangatte"


def has_colour(line: LineEdit, colour: str) -> bool:
    image = line.grab().toImage()
    return any(
        image.pixelColor(x, y).name() == colour
        for x in range(image.width())
        for y in range(image.height())
    )


def test_an_underlined_piece_shows_and_goes_without_touching_the_text(line: LineEdit) -> None:
    QTest.keyClicks(line, "50 62.0N 001 41.0E")
    changes: list[str] = []
    line.textChanged.connect(changes.append)
    line.setCursorPosition(3)
    assert not has_colour(line, RED)

    line.underline([Underline(Span(3, 8), RED)])

    assert has_colour(line, RED)
    assert (line.text(), line.caret, changes) == ("50 62.0N 001 41.0E", 3, [])
    line.underline([])
    assert not has_colour(line, RED)


def test_a_character_being_composed_is_not_disturbed(line: LineEdit) -> None:
    QTest.keyClicks(line, "phare de ")
    QGuiApplication.sendEvent(line, QInputMethodEvent("^", []))

    line.underline([Underline(Span(0, 5), RED)])

    commit = QInputMethodEvent("", [])
    commit.setCommitString("ê")
    QGuiApplication.sendEvent(line, commit)
    assert line.text() == "phare de ê"
