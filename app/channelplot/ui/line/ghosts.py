"""What the chart shows of a line while it is typed: where the report would stand."""

from channelplot.chart.overlay import DragLine, Ghost, GhostKind, Shape
from channelplot.geodesy.position import Position
from channelplot.model.plot import Plot
from channelplot.reading.values import PositionReading
from channelplot.tools.line_draft import LineView


def ghosts_of(view: LineView, plot: Plot, *, is_asked: bool) -> tuple[Shape, ...]:
    """Return a ghost for the position, named after its track, with the leg that leads there.

    is_asked: the question shows. If it is about the position, there is one ghost for each
    reading, under the number of its key.
    """
    choices = view.question.choices if view.question is not None and is_asked else ()
    asked = tuple(
        Ghost(choice.position, label=str(number))
        for number, choice in enumerate(choices, 1)
        if isinstance(choice, PositionReading)
    )
    if asked:
        return asked
    reading = view.line.position
    if reading is None:
        return ()
    mark = view.line.mark
    if mark is not None:
        return (Ghost(reading.position, GhostKind.MARK, mark.code),)
    ghost = Ghost(reading.position, label=view.track_name)
    start = _start_of_leg(view, plot)
    return (ghost,) if start is None else (DragLine(start, reading.position), ghost)


def _start_of_leg(view: LineView, plot: Plot) -> Position | None:
    report = None if view.leg is None else plot.report(view.leg.from_uid)
    return None if report is None else report.position
