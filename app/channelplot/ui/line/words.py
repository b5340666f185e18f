"""What stands beside the line when nothing is wrong, and the choices of a question in words."""

from datetime import datetime
from typing import Final

from PySide6.QtCore import QCoreApplication

from channelplot.analysis.same_boat import Fit, FitReason
from channelplot.chart.wording import kind_text, status_given_text
from channelplot.geodesy.text import Notation, zulu_text
from channelplot.model.codes import BoatType, ReportKind, SourceKind
from channelplot.reading.values import (
    CallerReading,
    Choice,
    PositionReading,
    Target,
    TimeReading,
)
from channelplot.tools.line_draft import LineQuestion, LineView
from channelplot.tools.questions import QuestionCode
from channelplot.ui.line.cells import (
    CellText,
    boat_or_source_cell,
    caller_cell,
    goes_to_text,
    people_cell,
    position_cell,
    target_cell,
    time_cell,
)
from channelplot.ui.words.line_messages import fault_text, plot_it_text
from channelplot.ui.words.said_before import same_as_texts, same_caller_text
from channelplot.ui.words.same_boat_text import boat_text, notes_text, sentence

EXAMPLE: Final = "0210 50 58.0N 001 41.0E 310/4 45pob aircraft 1A"
translate: Final = QCoreApplication.translate
_ABOUT_BOAT: Final = frozenset({QuestionCode.NOT_SAME_BOAT, QuestionCode.TOO_FAST})
"""The questions whether a report can be of the boat it goes to."""


def example_text(*, has_caret: bool) -> str:
    """Return how to begin."""
    example = translate("PlotLine", "For example {line}").format(line=EXAMPLE)
    return example if has_caret else translate("PlotLine", "F4 for the line. ") + example


def enter_text(view: LineView) -> str:
    """Return what Enter would do, ``Enter plots it: new A, small boat.``, and who called before."""
    if view.line.mark is not None:
        return translate("PlotLine", "Enter keeps the mark {code}.").format(
            code=view.line.mark.code
        )
    if view.line.log is not None:
        said = [translate("PlotLine", "Enter writes it in the watch log.")]
        if view.track_name:
            text = translate("PlotLine", "Enter writes it in the watch log, about {track}.")
            said = [text.format(track=view.track_name)]
    elif what := _kind_and_track(view):
        said = [translate("PlotLine", "Enter plots it: {track}.").format(track=what)]
    else:
        said = [translate("PlotLine", "Enter plots it.")]
    said += [f"{text}." for text in same_as_texts(view)]
    return " ".join(filter(None, (*said, same_caller_text(view))))


def _kind_and_track(view: LineView) -> str:
    """Return what a line tells of, unless it is a position, and where it goes: ``launch · A``.

    And the status that it gives the boat: ``A, status: adrift``.
    """
    kind = "" if view.line.kind is ReportKind.POSITION else kind_text(view.line.kind)
    what = " · ".join(filter(None, (kind, goes_to_text(view))))
    return ", ".join(filter(None, (what, status_given_text(view.status))))


def boats_text(view: LineView) -> str:
    """Return what the same-boat test says: ``A fits, 4.23 kn · Alt+J joins.``, "" for nothing.

    Of a report that goes to a boat how it fits that one, and then which other does if it does not;
    else the boat that fits it best.
    """
    return " ".join(filter(None, (_verdict_text(view), better_text(view))))


def better_text(view: LineView) -> str:
    """Return which boat a report fits that goes to another: ``A fits, 1.93 kn · Alt+J.``."""
    better = view.fit.better
    if better is None:
        return ""
    return translate("PlotLine", "{boat} · Alt+J.").format(boat=boat_text(better))


def _verdict_text(view: LineView) -> str:
    comparison = view.fit.own or next(iter(view.fit.suggestions), None)
    if comparison is None:
        return ""
    line = view.line
    notes = notes_text(
        comparison,
        [] if line.people is None else [line.people],
        [] if line.boat_type is None else [line.boat_type],
    )
    if view.fit.own is None and view.suggested is not None:
        words = translate("PlotLine", "{boat} · Alt+J joins.")
        said = [words.format(boat=boat_text(comparison)), sentence(notes)]
        return " ".join(filter(None, said))
    if comparison.fit is Fit.NOT_SAME:
        return f"{boat_text(comparison)}."
    return "; ".join(filter(None, (boat_text(comparison), notes))) + "."


def boats_for_a_look(view: LineView) -> bool:
    """Return whether something said of the boats should be looked at before Enter.

    A boat is suggested; what is told fits its boat badly; or the caller told of another before.
    """
    own = view.fit.own
    return (
        view.suggested is not None
        or (own is not None and not {FitReason.SAME_CALLER}.issuperset(own.reasons))
        or any(call.track_name != view.track_name for call in view.called_before)
    )


def done_text(view: LineView) -> str:
    """Return what Enter did: ``Plotted: new A, small boat, 0210Z.``."""
    if view.line.mark is not None:
        return translate("PlotLine", "Kept: mark {code}.").format(code=view.line.mark.code)
    if view.line.log is not None:
        if not view.track_name:
            return translate("PlotLine", "Written in the watch log.")
        text = translate("PlotLine", "Written in the watch log, about {track}.")
        return text.format(track=view.track_name)
    return translate("PlotLine", "Plotted: {track}, {time}.").format(
        track=_kind_and_track(view) or translate("PlotLine", "no track"),
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


def asked_boats_text(view: LineView) -> str:
    """Return which other boat a report fits while it is asked whether it is of its own, or ""."""
    is_about_boat = view.question is not None and view.question.code in _ABOUT_BOAT
    return better_text(view) if is_about_boat else ""


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
    if isinstance(choice, CallerReading):
        return caller_cell(choice)
    if isinstance(choice, BoatType | SourceKind):
        return boat_or_source_cell(choice)
    if choice is not None:
        return people_cell(choice)
    return CellText(plot_it_text(question))
