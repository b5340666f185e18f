"""What stands beside the line when nothing is wrong, and the choices of a question in words."""

from datetime import datetime
from typing import Final

from PySide6.QtCore import QCoreApplication

from channelplot.geodesy.text import Notation, zulu_text
from channelplot.reading.values import Choice, PositionReading, Target, TimeReading
from channelplot.tools.line_draft import LineQuestion, LineView
from channelplot.ui.line.cells import (
    CellText,
    goes_to_text,
    people_cell,
    position_cell,
    target_cell,
    time_cell,
)
from channelplot.ui.line_messages import fault_text, plot_it_text

EXAMPLE: Final = "0210 50 58.0N 001 41.0E 310/4 45pob aircraft 1A"
translate: Final = QCoreApplication.translate


def example_text(*, has_caret: bool) -> str:
    """Return how to begin."""
    example = translate("PlotLine", "For example {line}").format(line=EXAMPLE)
    return example if has_caret else translate("PlotLine", "F4 for the line. ") + example


def enter_text(view: LineView) -> str:
    """Return what Enter would do: ``Enter plots it: new A, small boat.``."""
    if view.line.mark is not None:
        return translate("PlotLine", "Enter keeps the mark {code}.").format(
            code=view.line.mark.code
        )
    goes_to = goes_to_text(view)
    if not goes_to:
        return translate("PlotLine", "Enter plots it.")
    return translate("PlotLine", "Enter plots it: {track}.").format(track=goes_to)


def done_text(view: LineView) -> str:
    """Return what Enter did: ``Plotted: new A, small boat, 0210Z.``."""
    if view.line.mark is not None:
        return translate("PlotLine", "Kept: mark {code}.").format(code=view.line.mark.code)
    return translate("PlotLine", "Plotted: {track}, {time}.").format(
        track=goes_to_text(view) or translate("PlotLine", "no track"),
        time=zulu_text(view.line.time.at_utc),
    )


def still_text(view: LineView) -> str:
    """Return what to say of a line that may be half of one, without finding fault."""
    if view.fault is not None:
        return fault_text(view.fault)
    return translate("PlotLine", "No position yet.")


def names_text(names: tuple[str, ...]) -> str:
    """Return which names Tab takes one after the other, "" for none."""
    if not names:
        return ""
    return translate("PlotLine", "Tab: {names}").format(names=" · ".join(names))


def how_to_answer_text(count: int) -> str:
    """Return which keys answer a question with so many choices."""
    if count == 1:
        return translate("PlotLine", "Alt+1, or correct the line. Enter waits for an answer.")
    if count == 2:
        return translate(
            "PlotLine", "Alt+1 or Alt+2, or correct the line. Enter waits for an answer."
        )
    return translate("PlotLine", "Alt+1 to Alt+3, or correct the line. Enter waits for an answer.")


def choice_cell(
    choice: Choice, question: LineQuestion, now_utc: datetime, notation: Notation
) -> CellText:
    """Return what a choice says on its button."""
    if isinstance(choice, PositionReading):
        return position_cell(choice, notation)
    if isinstance(choice, TimeReading):
        return time_cell(choice, now_utc)
    if isinstance(choice, Target):
        return target_cell(choice)
    if choice is not None:
        return people_cell(choice)
    return CellText(plot_it_text(question))
