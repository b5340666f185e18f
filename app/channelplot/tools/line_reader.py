"""What lines and fields are read against at this desk: names, tracks, language, clock."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from channelplot.basemap.basemap import CHART_AREA
from channelplot.document.notice import Notice
from channelplot.document.session import Session
from channelplot.geodesy.position import Position
from channelplot.model.beach import Beach, Mark
from channelplot.model.plot import Plot
from channelplot.model.track import Track
from channelplot.reading.callers import Calls
from channelplot.reading.fields import read_position, read_time
from channelplot.reading.gazetteer import Gazetteer, gazetteer_of
from channelplot.reading.line import Answers, LineContext, read_line
from channelplot.reading.names import Names, names_after, names_of
from channelplot.reading.times import TimeCandidate
from channelplot.reading.values import Language, LineReading


class LineReader:
    """Reads texts against the open plot, the chart's names and the clock.

    Announces changed when a text might be read otherwise than before: the chart's names have
    come, the language is another.
    """

    def __init__(self, session: Session, language: Language = Language.ENGLISH) -> None:
        """Start with the names of the plot alone."""
        self.changed = Notice[None]()
        self.marks: Sequence[Mark] = ()
        self._session = session
        self._language = language
        self._beaches: Sequence[Beach] = ()
        self._places: Sequence[tuple[str, Position]] = ()
        self._alone: Gazetteer | None = None
        self._gazetteer: tuple[object, Gazetteer] | None = None
        self._context: tuple[object, LineContext] | None = None
        self._named: tuple[Mapping[str, Track], Names] | None = None
        self._calls = Calls()
        self._last_position: tuple[tuple[object, ...], LineReading] | None = None

    def use_register(
        self,
        marks: Sequence[Mark],
        beaches: Sequence[Beach],
        places: Sequence[tuple[str, Position]],
        alone: Gazetteer | None = None,
    ) -> None:
        """Take the names of the chart, once it has been read.

        alone: their gazetteer, where it has been made already: it serves a plot without marks
        and beaches of its own.
        """
        self.marks, self._beaches, self._places = marks, beaches, places
        self._alone = alone
        self._gazetteer = None
        self.changed.announce(None)

    def use_language(self, language: Language) -> None:
        """Read from now on as reports in a language are meant."""
        self._language = language
        self.changed.announce(None)

    def key(self) -> object:
        """Return what is equal while a text is read alike but for the clock."""
        plot = self._session.document.plot
        return id(plot), id(self.marks), self._language

    def line(
        self,
        text: str,
        answers: Answers | None = None,
        now_utc: datetime | None = None,
        chosen: Track | None = None,
    ) -> LineReading:
        """Return how a whole line is read.

        answers: what was chosen of its questions. now_utc: what the clock said when they were
        answered; by default what it says. chosen: the track a person chose, for a report that
        does not say where it goes.
        """
        # An empty line, shown after every act, names nobody.
        context = self.context() if text.strip() else self._without_names()
        context = replace(context, chosen=chosen)
        if now_utc is not None:
            context = replace(context, now_utc=now_utc)
        return read_line(text, context, answers)

    def position(self, text: str, at_utc: datetime | None = None) -> LineReading:
        """Return the reading of a text that is to be a position and nothing else.

        at_utc: when it was observed, for one that is measured from a track; None for now.
        """
        context = self.context()
        if at_utc is not None:
            context = replace(context, now_utc=at_utc)
        # Form and ghost ask for the same one at each key.
        key = (self._context, self._calls.plot, text, context.now_utc.replace(microsecond=0))
        if self._last_position is None or not _is_alike(self._last_position[0], key):
            self._last_position = key, read_position(text, context)
        return self._last_position[1]

    def time(self, text: str) -> TimeCandidate:
        """Return the reading of a text that is to be a time and nothing else; empty means now."""
        return read_time(text, self._session.clock())

    def context(self) -> LineContext:
        """Return what texts are read against now."""
        plot = self._session.document.plot
        # Objects are kept beside their ids, so that no id is given to another meanwhile.
        parts = (plot.marks, plot.beaches, self.marks)
        if self._gazetteer is None or not _is_same(self._gazetteer[0], parts):
            self._gazetteer = parts, self._names_with(plot)
            self._context = None
        key = (plot.tracks, self._language)
        now_utc = self._session.clock()
        if self._context is None or not _is_same(self._context[0], key):
            names = self._names_after(self._gazetteer[1], plot)
            self._context = key, LineContext(now_utc, self._language, CHART_AREA, names)
        if self._calls.plot is not plot:
            self._calls = Calls(plot)
        return replace(self._context[1], now_utc=now_utc, calls=self._calls)

    def _without_names(self) -> LineContext:
        return LineContext(self._session.clock(), self._language, CHART_AREA, _NO_NAMES)

    def _names_after(self, gazetteer: Gazetteer, plot: Plot) -> Names:
        """Return the names of the tracks and of a gazetteer."""
        if self._named is not None and self._named[1].gazetteer is gazetteer:
            names = names_after(self._named[1], self._named[0], plot.tracks)
        else:
            names = names_of(gazetteer, plot.tracks.values())
        self._named = plot.tracks, names
        return names

    def _names_with(self, plot: Plot) -> Gazetteer:
        """Return the names of the chart and a plot's own."""
        if self._alone is not None and not plot.marks and not plot.beaches:
            return self._alone
        return gazetteer_of(
            tuple(plot.marks.values()),
            tuple(plot.beaches.values()),
            self.marks,
            self._beaches,
            self._places,
        )


_NO_NAMES: Final = Names(gazetteer_of((), (), ()), {})


def _is_alike(one: tuple[object, ...], other: tuple[object, ...]) -> bool:
    """Return whether two keys of a position hold the same names and plot, text and second."""
    return one[0] is other[0] and one[1] is other[1] and one[2:] == other[2:]


def _is_same(one: object, other: tuple[object, ...]) -> bool:
    """Return whether two tuples hold the very same things."""
    return isinstance(one, tuple) and all(a is b for a, b in zip(one, other, strict=True))
