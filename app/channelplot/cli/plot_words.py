"""What ``channelplot plot`` tells a person of a line, in the words of the window."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from channelplot.errors import PlotFileError, PlotFileFault
from channelplot.geodesy.text import Notation, day_text
from channelplot.model.codes import BoatType, SourceKind
from channelplot.model.people import PeopleCount
from channelplot.reading.values import (
    CallerReading,
    Choice,
    PositionReading,
    Span,
    Target,
    TimeReading,
)
from channelplot.tools.line_draft import LineQuestion, LineView
from channelplot.ui.line.cells import (
    Cell,
    CellText,
    boat_or_source_cell,
    caller_cell,
    caption_text,
    cell_texts,
    people_cell,
    position_cell,
    target_cell,
    time_cell,
)
from channelplot.ui.words.line_messages import fault_text, plot_it_text, question_text

_CAPTION_WIDTH: Final = 23
_WIDEST: Final = 76
"""Of a line with something wrong, so much is shown at most."""
_NOT_SAVED: Final[Mapping[PlotFileFault, object]] = {
    PlotFileFault.FULL: QT_TRANSLATE_NOOP(
        "Cli", "Nothing was plotted: the disk with {name} is full. Make room first."
    ),
    PlotFileFault.LOCKED: QT_TRANSLATE_NOOP(
        "Cli", "Nothing was plotted: another program is writing to {name}. Try again."
    ),
    PlotFileFault.MOVED: QT_TRANSLATE_NOOP(
        "Cli", "Nothing was plotted: {name} was moved, deleted or replaced meanwhile."
    ),
    PlotFileFault.INPUT_OUTPUT: QT_TRANSLATE_NOOP(
        "Cli", "Nothing was plotted: {name} could not be written ({detail})."
    ),
}


def read_back_lines(view: LineView, now_utc: datetime) -> Iterator[str]:
    """Yield what a line that is clear says, a line of text for each thing that was said."""
    cells = cell_texts(view, now_utc, Notation.DDM, is_in_sight=True)
    if view.line.mark is None:
        cells[Cell.TIME] = _dated(cells[Cell.TIME], view.line.time.at_utc)
    for name, cell in cells.items():
        if cell.value or cell.detail:
            yield f"{caption_text(name):{_CAPTION_WIDTH}}{_in_one(cell)}"


def choice_text(choice: Choice, question: LineQuestion, now_utc: datetime) -> str:
    """Return one way to read what is asked about, in words."""
    if isinstance(choice, PositionReading):
        return _in_one(position_cell(choice))
    if isinstance(choice, TimeReading):
        return _in_one(_dated(time_cell(choice, now_utc), choice.at_utc))
    if isinstance(choice, PeopleCount):
        return _in_one(people_cell(choice))
    if isinstance(choice, Target):
        return _in_one(target_cell(choice))
    if isinstance(choice, CallerReading):
        return _in_one(caller_cell(choice))
    if isinstance(choice, BoatType | SourceKind):
        return _in_one(boat_or_source_cell(choice))
    return plot_it_text(question)


def obstacle_lines(view: LineView, now_utc: datetime) -> tuple[str, ...]:
    """Return what stands in the way of a line: a sentence, its place in the line, the readings."""
    line, question = view.line.text, view.question
    if view.fault is not None:
        text = QCoreApplication.translate("Cli", "{fault} Nothing was plotted.")
        return (text.format(fault=fault_text(view.fault)), *_pointed(line, view.fault.span))
    assert question is not None, "what is neither read nor refused is asked"
    text = QCoreApplication.translate(
        "Cli", "{question} Nothing was plotted: correct the line, or answer with --answer N."
    )
    return (
        text.format(question=question_text(question)),
        *_pointed(line, question.span),
        *(
            f"{number}  {choice_text(choice, question, now_utc)}"
            for number, choice in enumerate(question.choices, 1)
        ),
    )


def not_saved_text(failure: PlotFileError) -> str:
    """Return why a line could not be saved."""
    marked = _NOT_SAVED.get(failure.fault, _NOT_SAVED[PlotFileFault.INPUT_OUTPUT])
    text = QCoreApplication.translate("Cli", str(marked))
    return text.format(name=failure.path.name, detail=failure.detail or failure.fault.value)


def _pointed(line: str, span: Span | None) -> tuple[str, ...]:
    """Return the part of a line around a piece, and below it what points at the piece.

    Nothing if there is no piece.
    """
    if span is None or span.start >= span.end:
        return ()
    first = max(0, min(span.start - _WIDEST // 4, len(line) - _WIDEST))
    shown = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in line)
    end = min(span.end, first + _WIDEST)
    pointer = " " * (span.start - first) + "^" * (end - span.start)
    return shown[first : first + _WIDEST].rstrip(), pointer


def _dated(cell: CellText, at_utc: datetime) -> CellText:
    """Return a time's cell with its day, which the window shows only when it is not today."""
    day = day_text(at_utc)
    if day in cell.detail:
        return cell
    return CellText(cell.value, " · ".join(filter(None, (day, cell.detail))))


def _in_one(cell: CellText) -> str:
    return "  ".join(filter(None, (cell.value, cell.detail)))
