"""What the forms say of a position or time typed into them: how it was read, or why it was not."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from channelplot.geodesy.text import Notation, position_text
from channelplot.model.codes import PositionForm
from channelplot.reading.values import Fault, FaultCode, PositionReading, QuestionCode
from channelplot.tools.field_reading import Problem
from channelplot.ui.line.cells import position_cell
from channelplot.ui.words.line_messages import asked_text, fault_text, quoted

_IN_A_FORM: Final[Mapping[FaultCode, object]] = {
    FaultCode.EMPTY: QT_TRANSLATE_NOOP(
        "EntryForm", "Click the chart, or type a position such as 50 58.0N 001 41.0E."
    ),
    FaultCode.NOT_A_NUMBER: QT_TRANSLATE_NOOP("EntryForm", "{piece} is not a number."),
    FaultCode.TWO_POSITIONS: QT_TRANSLATE_NOOP(
        "EntryForm", "{piece} is a second position. There is room for one."
    ),
    FaultCode.NUMBER_BESIDE: QT_TRANSLATE_NOOP(
        "EntryForm", "{piece} stands beside the position and is no part of it. Take it out."
    ),
}
"""Where the plot line's words speak of what only a line can hold."""
_PLAIN_FORMS: Final = frozenset({PositionForm.DDM, PositionForm.POINTED})


def problem_text(problem: Problem, typed: str) -> str:
    """Return why a field can't be used and what to do. typed: what stands in it."""
    if isinstance(problem, Fault):
        own = _IN_A_FORM.get(problem.code)
        if own is None:
            return fault_text(problem)
        return _worded(own).format(piece=quoted(problem.value))
    asked = asked_text(problem, typed)
    if problem.code is QuestionCode.SWAPPED:
        return asked
    instead = (
        QT_TRANSLATE_NOOP("EntryForm", "Write it in Z.")
        if problem.code is QuestionCode.TIME_TWICE
        else QT_TRANSLATE_NOOP("EntryForm", "Write it out in full.")
    )
    return f"{asked} {_worded(instead)}"


def position_texts(where: PositionReading, notation: Notation) -> tuple[str, ...]:
    """Return a position and, where it is not in degrees and minutes, how it was read."""
    text = position_text(where.position, notation=notation)
    return (text,) if where.form in _PLAIN_FORMS else (text, position_cell(where).detail)


def _worded(marked: object) -> str:
    """Return the translation of a text marked above (Qt types the mark as an object)."""
    return QCoreApplication.translate("EntryForm", str(marked))
