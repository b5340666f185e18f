"""A desk for one line, without a window and without Qt: the plot, the chart's names, the clock."""

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path

from channelplot.basemap.basemap import load_basemap
from channelplot.basemap.beaches import read_beaches
from channelplot.basemap.land import Land
from channelplot.basemap.marks import read_marks
from channelplot.basemap.places import read_places
from channelplot.document.document import Document
from channelplot.document.session import Session
from channelplot.document.working import document_of_opened, open_plot
from channelplot.document.writer import InlineWriter
from channelplot.errors import PlotFileError, PlotFileFault
from channelplot.geodesy.position import Position
from channelplot.model.change import Change
from channelplot.model.plot import Plot
from channelplot.reading.fields import read_time
from channelplot.reading.times import MOST_AHEAD, TimeCandidate
from channelplot.reading.values import Language, TimeForm
from channelplot.settings import working_folder
from channelplot.store.act import ActRecord
from channelplot.store.closed_file import loaded_from
from channelplot.store.geopackage import ReadOnlyReason
from channelplot.store.load import LoadedPlot
from channelplot.store.log import LoggedAct
from channelplot.store.outside import Look
from channelplot.store.withdrawn import Withdrawn
from channelplot.tools.line_draft import LineDraft
from channelplot.tools.line_reader import LineReader

NOWHERE = Path("no plot")
"""The path of a plot that stands in no file."""


class NoSuchAnswer(Exception):
    """An answer that nothing asks for.

    number: which of the answers, from 1; choices: how many readings there were, 0 for no question.
    """

    def __init__(self, number: int, choices: int) -> None:
        """Keep the two numbers."""
        super().__init__(f"answer {number} of {choices}")
        self.number = number
        self.choices = choices


@dataclass(frozen=True, slots=True)
class ReadOnlyStore:
    """A store that is looked at and never saved to; the file, if there is one, is not held open."""

    path: Path
    is_read_only: bool = True
    read_only_reason: ReadOnlyReason | None = ReadOnlyReason.FILE
    locked_by: None = None
    recovered: None = None
    logged_before: None = None
    logged_parts: tuple[LoggedAct, ...] = ()

    def save(self, change: Change, act: ActRecord) -> LoggedAct:
        """Raise PlotFileError: nothing is saved here."""
        raise PlotFileError(PlotFileFault.READ_ONLY, self.path, act.label)

    def look(
        self,
        known: Plot,
        at_utc: datetime,
        *,
        is_again: bool = False,
        give_way: Callable[[], bool] = lambda: False,
    ) -> Look:
        """Return that nothing changed: the plot is what was loaded."""
        return Look()

    def withdrawn(self) -> tuple[Withdrawn, ...]:
        """Return nothing: a line has no use for what was withdrawn."""
        return ()

    def copy_to(self, path: Path, extra: Sequence[tuple[Change, ActRecord]] = ()) -> None:
        """Raise PlotFileError: there is nothing open to copy."""
        raise PlotFileError(PlotFileFault.READ_ONLY, path, str(len(extra)))

    def back_up(self, give_way: Callable[[], bool]) -> None:
        """Do nothing: there is nothing open to back up."""

    def close(self) -> None:
        """Do nothing: nothing is held."""


def document_to_write(path: Path, operator: str, clock: Callable[[], datetime]) -> Document:
    """Return the document of a plot, which saves each act before it returns.

    Read-only where the file can't be written to or another has it open. A plot on a network that
    is worked on in a local copy is written to there, and published when it is closed. clock: what
    the log of acts goes by. Raises PlotFileError.
    """
    opened = open_plot(path.absolute(), working_folder(), clock())
    return document_of_opened(
        opened,
        writer=InlineWriter(),
        post=lambda _: None,  # it is published when it is closed, which waits for that
        clock=clock,
        operator=operator,
    )


def document_to_read(path: Path | None, operator: str, clock: Callable[[], datetime]) -> Document:
    """Return the document of a plot as it stands in its file, or of an empty one; read-only.

    The file is not locked and may be open elsewhere. Raises PlotFileError.
    """
    loaded = LoadedPlot(Plot()) if path is None else loaded_from(path)
    return Document(
        ReadOnlyStore(NOWHERE if path is None else path),
        loaded.plot,
        writer=InlineWriter(),
        clock=clock,
        operator=operator,
        names_ever=loaded.names_ever,
    )


def draft_on(document: Document, language: Language, now_utc: datetime) -> LineDraft:
    """Return an empty line on a document, read against the chart's names and a clock that stands.

    Raises BasemapError, also later when the coast is asked for.
    """
    session = Session(document, lambda: now_utc)
    reader = LineReader(session, language)
    places = [(place.name, place.position) for place in read_places()]
    reader.use_register(read_marks(), read_beaches(), places)
    return LineDraft(session, reader, _inland_distance_m)


def answer(draft: LineDraft, numbers: Sequence[int]) -> None:
    """Answer the questions of a line in their order, each with the number of a reading, from 1.

    Stops at a fault. Raises NoSuchAnswer for an answer that nothing asks for.
    """
    for place, number in enumerate(numbers, 1):
        view = draft.view()
        if view.fault is not None:
            return
        if not draft.choose(number):
            raise NoSuchAnswer(place, len(view.question.choices) if view.question else 0)


def clock_reading(text: str, now_utc: datetime) -> TimeCandidate:
    """Return what a text says the clock shows; a time of day is on today's date in UTC.

    now_utc: what it really shows. The text may be anything a line has for a time; a time ahead
    is as good as any other, and its question falls away.
    """
    reading = read_time(text, now_utc)
    relative = {TimeForm.NOW, TimeForm.AGO}
    if reading.choices and reading.choices[0].form in relative:
        return reading
    # The latest moment from which no time of day of tomorrow is looked at.
    today_utc = datetime.combine(now_utc.date(), time.max, now_utc.tzinfo) - MOST_AHEAD
    return read_time(text, today_utc)


@functools.cache
def _land() -> Land:
    return Land(load_basemap())


def _inland_distance_m(position: Position) -> float:
    return _land().inland_distance_m(position)
