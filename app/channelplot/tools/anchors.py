"""What bearing lines, rings and measured points hang on: a place, or something plotted."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from channelplot.chart.pick import PickedEntity, nearest
from channelplot.chart.pointer import ChartEvent, Modifier
from channelplot.document.session import Session
from channelplot.geodesy.position import Position
from channelplot.geodesy.text import day_zulu_text, position_text, zulu_text
from channelplot.model.plot import Plot
from channelplot.model.report import Report
from channelplot.model.track import Track
from channelplot.reading.gazetteer import Named, Rank, words_of
from channelplot.reading.names import survivor
from channelplot.reading.values import (
    Fault,
    FaultCode,
    Field,
    PositionReading,
    Question,
    QuestionCode,
    Span,
)
from channelplot.tools.chartwork import Chartwork
from channelplot.tools.field_reading import Problem, position_of
from channelplot.tools.line_reader import LineReader
from channelplot.tools.report_draft import POINTED_DECIMALS

REACH_PX: Final = 8.0
"""A pointer so near to something means it."""
MOST_NAMES: Final = 400
"""Of those that are offered while one types."""
_REPORT: Final = re.compile(
    r"(?:(?P<name>.*\S)\s+)?(?P<time>(?:[0-9]{2})?[0-9]{4}Z)", re.IGNORECASE
)


class AnchorKind(StrEnum):
    """What something hangs on."""

    PLACE = "place"
    MARK = "mark"
    BEACH = "beach"
    REPORT = "report"
    BOAT = "boat"


@dataclass(frozen=True, slots=True)
class Anchor:
    """What something hangs on.

    uid: of the plot's mark, beach, report or track. position: of a place, which nothing moves;
    name: what it is called, "" for nothing.
    """

    kind: AnchorKind
    uid: str = ""
    position: Position | None = None
    name: str = ""


Shown = Callable[[], Iterable[tuple[str, Position]]]
"""Returns the uids of the tracks whose reckoned positions show on the chart, and these."""


class Anchors:
    """Finds anchors by what is typed or under the pointer, and says where they are now.

    A boat is where it is reckoned to be at the time that answers are for; one that is closed
    stays where it was last. Whatever is gone from the plot is nowhere, until it is back.
    """

    def __init__(
        self, session: Session, chartwork: Chartwork, reader: LineReader, shown: Shown
    ) -> None:
        """Take what is open, how boats are reckoned, and how names and positions are read."""
        self.session = session
        self.chartwork = chartwork
        self.reader = reader
        self._shown = shown

    def place(self, anchor: Anchor) -> Position | None:
        """Return where it is now, None if that is not known any more."""
        plot = self.session.document.plot
        match anchor.kind:
            case AnchorKind.PLACE:
                return anchor.position
            case AnchorKind.MARK:
                mark = plot.marks.get(anchor.uid)
                return None if mark is None else mark.position
            case AnchorKind.BEACH:
                beach = plot.beaches.get(anchor.uid)
                return None if beach is None else beach.position
            case AnchorKind.REPORT:
                report = plot.report(anchor.uid)
                return None if report is None else report.position
            case AnchorKind.BOAT:
                track = self._boat(anchor.uid)
                return None if track is None else self._position_of(track)

    def text(self, anchor: Anchor) -> str:
        """Return how it is called, as it can be typed; "" if it is gone.

        A report by its boat and time, ``A 0245Z``; a place by its name, else its position.
        """
        plot = self.session.document.plot
        match anchor.kind:
            case AnchorKind.PLACE:
                assert anchor.position is not None, "a place has a position"
                return anchor.name or position_text(anchor.position, POINTED_DECIMALS)
            case AnchorKind.MARK:
                mark = plot.marks.get(anchor.uid)
                return "" if mark is None else mark.code
            case AnchorKind.BEACH:
                beach = plot.beaches.get(anchor.uid)
                return "" if beach is None else beach.name
            case AnchorKind.REPORT:
                report = plot.report(anchor.uid)
                return "" if report is None else _report_text(report, plot)
            case AnchorKind.BOAT:
                track = self._boat(anchor.uid)
                return "" if track is None else track.name

    def read(self, text: str) -> Anchor | Problem:
        """Return what a text names, or why it names nothing.

        The name of a boat or asset, which moves; of a mark, beach or town; of a report, as
        ``A 0245Z``; or any position that a form reads.
        """
        words = words_of(text)
        context = self.reader.context()
        boat = context.names.tracks.get(words) if words else None
        if boat is not None:
            if self._position_of(boat.track) is None:
                whole = Span(0, len(text))
                return Fault(FaultCode.NO_FIX_YET, Field.POSITION, whole, boat.track.name)
            return Anchor(AnchorKind.BOAT, boat.track.uid)
        named = context.names.gazetteer.find(words) if words else ()
        if len(named) == 1:
            return self._of_named(named[0])
        if named:
            return Question(QuestionCode.WHICH_NAME, Field.POSITION, Span(0, len(text)), ())
        report = self._report_of(text)
        if report is not None:
            return Anchor(AnchorKind.REPORT, report.uid)
        where = position_of(self.reader, text)
        if isinstance(where, PositionReading):
            return Anchor(AnchorKind.PLACE, position=where.position)
        if words and all(word.isalpha() for word in words):
            return Fault(FaultCode.NO_SUCH_NAME, Field.POSITION, Span(0, len(text)), text.strip())
        return where

    def under(self, event: ChartEvent) -> Anchor | None:
        """Return what the pointer is on: a thing within reach, else the place itself.

        A report goes before a reckoned position that shows, which like a track's line means the
        boat; with Shift a report means its boat too. None beyond the Earth.
        """
        if event.position is None:
            return None
        plot = self.session.document.plot
        picked = nearest(plot, event.viewport, event.x_px, event.y_px, REACH_PX)
        if picked is not None and picked.entity is not PickedEntity.TRACK:
            is_boat_meant = Modifier.SHIFT in event.modifiers
            if is_boat_meant and picked.track_uid is not None:
                return Anchor(AnchorKind.BOAT, picked.track_uid)
            return Anchor(_KINDS[picked.entity], picked.uid)
        reckoned = self._reckoned_near(event)
        if reckoned is not None:
            return reckoned
        if picked is not None:
            boat = Anchor(AnchorKind.BOAT, picked.uid)
            if self.place(boat) is not None:
                return boat
        return Anchor(AnchorKind.PLACE, position=event.position)

    def names(self) -> tuple[str, ...]:
        """Return the names of boats, assets, marks and beaches, to be offered while one types."""
        plot = self.session.document.plot
        found = sorted(t.name for t in plot.tracks.values() if t.same_as_uid is None)
        gazetteer = self.reader.context().names.gazetteer
        places = (entry for entry in gazetteer.entries if entry.rank is not Rank.PLACE)
        found += [name for entry in places for name in (entry.code, entry.name) if name]
        return tuple(dict.fromkeys(found))[:MOST_NAMES]

    def _boat(self, uid: str) -> Track | None:
        tracks = self.session.document.plot.tracks
        track = tracks.get(uid)
        return None if track is None else survivor(track, tracks)

    def _position_of(self, track: Track) -> Position | None:
        """Return where a boat most likely is, None without a fix or long after the last one."""
        if track.is_closed:
            last = track.last_placed
            return None if last is None else last.position
        at_utc = self.chartwork.at_utc
        reckoning = self.chartwork.reckoning(track)
        if reckoning is None:
            return None
        if reckoning.is_too_old(at_utc) and reckoning.passage.way_at(at_utc).is_moving:
            return None
        return reckoning.passage.position_at(at_utc)

    def _reckoned_near(self, event: ChartEvent) -> Anchor | None:
        found: tuple[float, str] | None = None
        for uid, position in self._shown():
            x_px, y_px = event.viewport.pixel_of(position)
            squared_px = (x_px - event.x_px) ** 2 + (y_px - event.y_px) ** 2
            if squared_px <= REACH_PX**2 and (found is None or squared_px < found[0]):
                found = squared_px, uid
        return None if found is None else Anchor(AnchorKind.BOAT, found[1])

    def _of_named(self, named: Named) -> Anchor:
        """Return the plot's own thing of a name, or the place that the chart has for it."""
        plot = self.session.document.plot
        if named.rank is Rank.PLOT_MARK:
            for mark in plot.marks.values():
                if (mark.code, mark.position) == (named.code, named.position):
                    return Anchor(AnchorKind.MARK, mark.uid)
        if named.rank is Rank.PLOT_BEACH:
            for beach in plot.beaches.values():
                if (beach.name, beach.position) == (named.name, named.position):
                    return Anchor(AnchorKind.BEACH, beach.uid)
        return Anchor(AnchorKind.PLACE, position=named.position, name=named.code or named.name)

    def _report_of(self, text: str) -> Report | None:
        """Return the last report of a boat at a time, of no boat where none is named."""
        match = _REPORT.fullmatch(text.strip())
        if match is None:
            return None
        reports: Sequence[Report] = self.session.document.plot.unattributed
        if match["name"] is not None:
            boat = self.reader.context().names.tracks.get(words_of(match["name"]))
            reports = () if boat is None else boat.track.reports
        time = match["time"].upper()
        return next(
            (
                report
                for report in reversed(reports)
                if report.position is not None
                and time
                in (zulu_text(report.observed_at_utc), day_zulu_text(report.observed_at_utc))
            ),
            None,
        )


def _report_text(report: Report, plot: Plot) -> str:
    track = plot.tracks.get(report.track_uid or "")
    time = zulu_text(report.observed_at_utc)
    return time if track is None else f"{track.name} {time}"


_KINDS: Final = {
    PickedEntity.REPORT: AnchorKind.REPORT,
    PickedEntity.BEACH: AnchorKind.BEACH,
    PickedEntity.MARK: AnchorKind.MARK,
}
