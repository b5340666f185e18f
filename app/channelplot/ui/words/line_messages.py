"""The wording of what is wrong with a line, and of what is asked about it.

One sentence names the piece and says why; another says what to write instead.
"""

import math
from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from channelplot.chart.wording import status_text
from channelplot.model.codes import TrackStatus
from channelplot.reading.values import Choice, Fault, FaultCode, Question, QuestionCode, Target
from channelplot.tools.line_draft import LineQuestion
from channelplot.tools.questions import Question as Doubt
from channelplot.tools.questions import QuestionCode as DoubtCode
from channelplot.ui.words.messages import question_text as doubt_text
from channelplot.ui.words.same_boat_text import needs_text

LONGEST_PIECE: Final = 32
"""A longer piece is cut: it is marked in the line."""

_FAULTS: Final[Mapping[FaultCode, object]] = {
    FaultCode.TOO_LONG: QT_TRANSLATE_NOOP(
        "LineMessages", "The line is too long: 2,000 characters at most. Make two reports of it."
    ),
    FaultCode.CONTROL_CHARACTER: QT_TRANSLATE_NOOP(
        "LineMessages", "A character that can't be seen stands here ({piece}). Delete it."
    ),
    FaultCode.OTHER_DIGITS: QT_TRANSLATE_NOOP(
        "LineMessages", "{piece} is not in the figures 0 to 9. Write it in those."
    ),
    FaultCode.NOT_A_NUMBER: QT_TRANSLATE_NOOP(
        "LineMessages", "{piece} is not a number. Write figures, or // before words to be kept."
    ),
    FaultCode.EMPTY: QT_TRANSLATE_NOOP(
        "LineMessages", "There is no position. Write one such as 50 58.0N 001 41.0E."
    ),
    FaultCode.NOT_READ: QT_TRANSLATE_NOOP(
        "LineMessages",
        "{piece} is not read as a position. Write degrees and minutes: 50 58.0N 001 41.0E.",
    ),
    FaultCode.MINUTES_RANGE: QT_TRANSLATE_NOOP(
        "LineMessages",
        "{piece} has 60 minutes or more; they go from 0 to 59.999. Ask for the position again.",
    ),
    FaultCode.SECONDS_RANGE: QT_TRANSLATE_NOOP(
        "LineMessages",
        "{piece} has 60 seconds or more; they go from 0 to 59.9. Ask for the position again.",
    ),
    FaultCode.LATITUDE_RANGE: QT_TRANSLATE_NOOP(
        "LineMessages", "{piece} is beyond a pole: latitude goes to 90°. Ask for it again."
    ),
    FaultCode.LONGITUDE_RANGE: QT_TRANSLATE_NOOP(
        "LineMessages", "{piece} is too far round: longitude goes to 180°. Ask for it again."
    ),
    FaultCode.SAME_AXIS_TWICE: QT_TRANSLATE_NOOP(
        "LineMessages",
        "{piece} makes two latitudes or two longitudes. One of each is needed.",
    ),
    FaultCode.SIGN_AND_LETTER: QT_TRANSLATE_NOOP(
        "LineMessages", "{piece} has a sign and a letter. Write one of them."
    ),
    FaultCode.MIXED_FORMS: QT_TRANSLATE_NOOP(
        "LineMessages",
        "{piece} is in two forms. Write latitude and longitude both in one, as they were given.",
    ),
    FaultCode.TWO_POSITIONS: QT_TRANSLATE_NOOP(
        "LineMessages",
        "{piece} is a second position. One line is one report: put // before words to be kept.",
    ),
    FaultCode.NUMBER_BESIDE: QT_TRANSLATE_NOOP(
        "LineMessages",
        "{piece} stands beside the position and belongs to nothing. Say what it is: "
        "45pob, 310/4, 0210Z.",
    ),
    FaultCode.GRID_ZONE: QT_TRANSLATE_NOOP(
        "LineMessages",
        "{piece}: no place on the grid has that zone and square. The Channel is in 30U and 31U.",
    ),
    FaultCode.GRID_SQUARE: QT_TRANSLATE_NOOP(
        "LineMessages", "{piece}: that square is not in this zone. Ask for the reference again."
    ),
    FaultCode.GRID_FIGURES: QT_TRANSLATE_NOOP(
        "LineMessages",
        "{piece} has not the figures of a reference: as many east as north, 31U DS 1855 5491.",
    ),
    FaultCode.BEARING_RANGE: QT_TRANSLATE_NOOP(
        "LineMessages", "{piece}: bearings go from 000 to 360. Ask for it again."
    ),
    FaultCode.BEARING_FIGURES: QT_TRANSLATE_NOOP(
        "LineMessages", "{piece}: write the bearing in three figures, 023 for 23°."
    ),
    FaultCode.NO_SUCH_NAME: QT_TRANSLATE_NOOP(
        "LineMessages",
        "No mark, beach, place or track is called {piece}. Write a name that is offered.",
    ),
    FaultCode.NO_FIX_YET: QT_TRANSLATE_NOOP(
        "LineMessages", "{piece} has no position before that time to measure from."
    ),
    FaultCode.NO_VARIATION: QT_TRANSLATE_NOOP(
        "LineMessages",
        "{piece}: the magnetic variation of that time is not known. Write it true, with a T.",
    ),
    FaultCode.TIME_RANGE: QT_TRANSLATE_NOOP(
        "LineMessages", "{piece} is no time: hours go to 23, minutes to 59. Ask for it again."
    ),
    FaultCode.NO_SUCH_DAY: QT_TRANSLATE_NOOP(
        "LineMessages", "{piece}: there is no such day. Write it as 150228Z SEP 26."
    ),
    FaultCode.NO_SUCH_LOCAL_TIME: QT_TRANSLATE_NOOP(
        "LineMessages",
        "{piece} does not exist: the clocks go forward over it. Ask for it, or write it in Z.",
    ),
    FaultCode.ZONE_UNKNOWN: QT_TRANSLATE_NOOP(
        "LineMessages", "{piece}: that zone is not known here. Write Z, A, B, UK or FR."
    ),
    FaultCode.ZONE_OR_TRACK: QT_TRANSLATE_NOOP(
        "LineMessages", "{piece}: a zone or a track? Write 0245B for the zone, >B for the track."
    ),
    FaultCode.RECEIVED_FIRST: QT_TRANSLATE_NOOP(
        "LineMessages", "{piece} is ahead of the clock, or before it was seen. Ask for the times."
    ),
    FaultCode.TIME_NOT_READ: QT_TRANSLATE_NOOP(
        "LineMessages",
        "{piece} is not read as a time. Write 0228Z, 150228Z SEP 26, or -12 for minutes ago.",
    ),
    FaultCode.SAID_TWICE: QT_TRANSLATE_NOOP(
        "LineMessages", "{piece} says the same thing a second time. Keep one of the two."
    ),
    FaultCode.COURSE_RANGE: QT_TRANSLATE_NOOP(
        "LineMessages", "{piece}: courses go from 000 to 360. Ask for it again."
    ),
    FaultCode.SPEED_RANGE: QT_TRANSLATE_NOOP(
        "LineMessages", "{piece} is no speed of a boat. Write knots, 310/4."
    ),
    FaultCode.PEOPLE_PARTS: QT_TRANSLATE_NOOP(
        "LineMessages", "{piece}: the parts are more than the whole. Ask for the number again."
    ),
    FaultCode.PEOPLE_RANGE: QT_TRANSLATE_NOOP(
        "LineMessages", "{piece} is no number of people on one craft. Ask for it again."
    ),
    FaultCode.PEOPLE_NOT_READ: QT_TRANSLATE_NOOP(
        "LineMessages", "{piece} is not read as people. Write 45pob, 45 incl 8 ch, or 40+."
    ),
    FaultCode.NO_SUCH_TRACK: QT_TRANSLATE_NOOP(
        "LineMessages", "There is no track {piece}. Write >A for one that is there, or new."
    ),
    FaultCode.NAME_TAKEN: QT_TRANSLATE_NOOP(
        "LineMessages", "{piece} is taken already. Choose another name."
    ),
    FaultCode.MARK_NOT_READ: QT_TRANSLATE_NOOP(
        "LineMessages",
        "{piece} is not read as a mark. Write mark CGN 50 52.17N 001 34.98E Cap Gris-Nez.",
    ),
    FaultCode.CALLER_NOT_READ: QT_TRANSLATE_NOOP(
        "LineMessages",
        "{piece} is not read as a caller. Write tel 0612345678 without blanks, or same phone as "
        "0345A.",
    ),
    FaultCode.NO_SUCH_CALLER: QT_TRANSLATE_NOOP(
        "LineMessages",
        "{piece}: no report by phone was observed then. Write the time of one that was, 0345A or "
        "A 0345A.",
    ),
    FaultCode.LOG_EMPTY: QT_TRANSLATE_NOOP(
        "LineMessages",
        "{piece} writes in the watch log. Write the words behind it; >A before them if they are "
        "about A.",
    ),
}
_QUESTIONS: Final[Mapping[QuestionCode, object]] = {
    QuestionCode.HEMISPHERE: QT_TRANSLATE_NOOP(
        "LineMessages", "North or south, east or west? {piece} does not say."
    ),
    QuestionCode.WEST_IN_FRENCH: QT_TRANSLATE_NOOP(
        "LineMessages", "Is the O in {piece} a French west?"
    ),
    QuestionCode.WHICH_TRACK: QT_TRANSLATE_NOOP(
        "LineMessages", "{piece} is a track of the plot. Does the report go to it?"
    ),
    QuestionCode.SWAPPED: QT_TRANSLATE_NOOP(
        "LineMessages", "Latitude and longitude look swapped in {piece}. Is this meant?"
    ),
    QuestionCode.TWO_READINGS: QT_TRANSLATE_NOOP(
        "LineMessages", "{piece} can be read in more than one way. Which is meant?"
    ),
    QuestionCode.WHICH_NAME: QT_TRANSLATE_NOOP(
        "LineMessages", "More than one has the name in {piece}. Which is meant?"
    ),
    QuestionCode.TIME_AHEAD: QT_TRANSLATE_NOOP(
        "LineMessages", "{piece} is ahead of the clock. Today, or the day before?"
    ),
    QuestionCode.TIME_TWICE: QT_TRANSLATE_NOOP(
        "LineMessages", "The clocks go back: {piece} happens twice. Which is meant?"
    ),
    QuestionCode.WHICH_TIME: QT_TRANSLATE_NOOP(
        "LineMessages", "More than one time in the line. When was it seen?"
    ),
    QuestionCode.PEOPLE_RANGE: QT_TRANSLATE_NOOP(
        "LineMessages", "{piece}: how many people is that?"
    ),
    QuestionCode.PEOPLE_UNREAD: QT_TRANSLATE_NOOP(
        "LineMessages", "{piece} speaks of people, but no number was read with it. Go on without?"
    ),
    QuestionCode.WHICH_CALLER: QT_TRANSLATE_NOOP(
        "LineMessages", "{piece}: more than one called then. Which is meant?"
    ),
    QuestionCode.SOURCE_OR_BOAT: QT_TRANSLATE_NOOP(
        "LineMessages", "{piece}: is it the boat, or did it tell us?"
    ),
    QuestionCode.CLOSED_TRACK: QT_TRANSLATE_NOOP(
        "LineMessages", "{track} is closed as {status}. Does this report tell of {track}?"
    ),
    QuestionCode.NO_POSITION: QT_TRANSLATE_NOOP(
        "LineMessages", "There is no position in the line. Plot it without one?"
    ),
    QuestionCode.OUTSIDE_AREA: QT_TRANSLATE_NOOP(
        "LineMessages", "{piece} is outside the chart. Is it meant?"
    ),
}


def fault_text(fault: Fault) -> str:
    """Return what is wrong with a piece of the line, and what to write instead."""
    return _worded(_FAULTS[fault.code]).format(piece=quoted(fault.value))


def question_text(question: LineQuestion) -> str:
    """Return what is asked about a piece of the line.

    question.code is one of the reader's, or of ``tools/questions.py``. Raises ValueError for
    any other.
    """
    if question.code in _QUESTION_CODES:
        return _asked(QuestionCode(question.code), question.piece, question.choices)
    if question.code == DoubtCode.NOT_SAME_BOAT:
        return _not_same_text(question)
    return doubt_text(Doubt(DoubtCode(question.code), question.value))


def asked_text(question: Question, typed: str) -> str:
    """Return what the reader asks about a text. typed: the text the question is about."""
    piece = typed[question.span.start : question.span.end].strip()
    return _asked(question.code, piece, question.choices)


def plot_it_text(question: LineQuestion) -> str:
    """Return the words of the choice that keeps what is doubtful as it is."""
    if question.code == QuestionCode.NO_POSITION:
        return QCoreApplication.translate("LineMessages", "Plot it without a position")
    return QCoreApplication.translate("LineMessages", "Plot it all the same")


def quoted(piece: str) -> str:
    """Return a piece of the line for a sentence: in quotes, cut if long, nothing hidden in it."""
    shown = "".join(c if c.isprintable() else f"U+{ord(c):04X}" for c in piece)
    if len(shown) > LONGEST_PIECE:
        shown = shown[: LONGEST_PIECE - 1] + "\N{HORIZONTAL ELLIPSIS}"
    return f"\N{LEFT DOUBLE QUOTATION MARK}{shown}\N{RIGHT DOUBLE QUOTATION MARK}"


def _asked(code: QuestionCode, piece: str, choices: Sequence[Choice]) -> str:
    """Return a question in words; that about a closed track names it and says what it is."""
    track = next((choice for choice in choices if isinstance(choice, Target)), Target())
    status = track.closed_as or TrackStatus.CLOSED_UNRESOLVED
    return _worded(_QUESTIONS[code]).format(
        piece=quoted(piece), track=track.name, status=status_text(status)
    )


def _not_same_text(question: LineQuestion) -> str:
    """Return the question about a boat that the report can't be of: ``C needs 15 kn: ...``."""
    track = next((choice for choice in question.choices if isinstance(choice, Target)), Target())
    text = QCoreApplication.translate("LineMessages", "{track} {needs}: not the same boat?")
    if math.isinf(question.value):
        text = QCoreApplication.translate("LineMessages", "{track}, {needs}: not the same boat?")
    return text.format(track=track.name, needs=needs_text(question.value))


_QUESTION_CODES: Final = frozenset(code.value for code in QuestionCode)


def _worded(marked: object) -> str:
    """Return the translation of a text marked above (Qt types the mark as an object)."""
    return QCoreApplication.translate("LineMessages", str(marked))
