"""What is withdrawn, in words: ``report 0245Z of A``, ``track B with its 3 reports``."""

from collections.abc import Iterable, Iterator, Sequence

from PySide6.QtCore import QCoreApplication

from channelplot.geodesy.text import date_time_group, position_text, zulu_text
from channelplot.model.approach_watch import ApproachWatch
from channelplot.model.beach import Beach, Mark
from channelplot.model.conditions import ConditionsEntry
from channelplot.model.limit import LoadedLimit
from channelplot.model.log_line import LogLine
from channelplot.model.plot import Plot
from channelplot.model.reference_layer import ReferenceLayer
from channelplot.model.report import Report
from channelplot.model.track import Track
from channelplot.store.withdrawn import Withdrawable
from channelplot.tools.withdraw_draft import Leaving
from channelplot.ui.log.fields import quoted

translate = QCoreApplication.translate


class Things:
    """Words for things of a plot, or withdrawn from it."""

    def __init__(self, plot: Plot, withdrawn: Iterable[Withdrawable] = ()) -> None:
        """Know the names of the plot's tracks, and of those that are withdrawn."""
        gone = (each for each in withdrawn if isinstance(each, Track))
        self._names = {track.uid: track.name for track in (*gone, *plot.tracks.values())}

    def text(self, entity: Withdrawable) -> str:
        """Return what a thing is: ``report 0245Z of A``, ``beach Wissant``."""
        if isinstance(entity, Track):
            return _track_text(entity)
        if isinstance(entity, Report):
            return translate("Withdrawn", "report {time} of {track}").format(
                time=zulu_text(entity.observed_at_utc), track=self.name(entity.track_uid)
            )
        if isinstance(entity, Beach):
            return translate("Withdrawn", "beach {name}").format(name=entity.name)
        if isinstance(entity, Mark):
            return translate("Withdrawn", "mark {code}").format(code=entity.code)
        if isinstance(entity, LogLine):
            words = translate("Withdrawn", "line of the log {words}")
            return words.format(words=quoted(entity.text))
        if isinstance(entity, ConditionsEntry):
            words = translate("Withdrawn", "stream and wind from {time}")
            return words.format(time=zulu_text(entity.valid_from_utc))
        if isinstance(entity, ApproachWatch):
            return translate("Withdrawn", "watch of {one} and {other}").format(
                one=self.name(entity.first_track_uid), other=self.name(entity.second_track_uid)
            )
        if isinstance(entity, LoadedLimit):
            return translate("Withdrawn", "limit {name}").format(name=entity.name)
        if isinstance(entity, ReferenceLayer):
            return translate("Withdrawn", "reference layer {name}").format(name=entity.name)
        return translate("Withdrawn", "search {name}").format(name=entity.name)

    def detail(self, entity: Withdrawable) -> str:
        """Return more of a thing, for telling it from another: words, place, day."""
        if isinstance(entity, Report):
            where = "" if entity.position is None else position_text(entity.position)
            words = quoted(entity.as_received) if entity.as_received.strip() else ""
            return "\n".join(filter(None, (date_time_group(entity.observed_at_utc), where, words)))
        if isinstance(entity, Beach | Mark):
            return f"{entity.name}  {position_text(entity.position)}"
        if isinstance(entity, LogLine):
            return f"{date_time_group(entity.at_utc)}  {quoted(entity.text)}"
        if isinstance(entity, Track):
            return "\n".join(self.text(report) for report in entity.reports)
        if isinstance(entity, ConditionsEntry):
            return translate("Withdrawn", "until {time}").format(
                time=date_time_group(entity.valid_until_utc)
            )
        if isinstance(entity, ApproachWatch):
            return date_time_group(entity.created_at_utc)
        if isinstance(entity, LoadedLimit):
            return entity.source
        if isinstance(entity, ReferenceLayer):
            return " ".join(filter(None, (entity.path, entity.table)))
        return f"{date_time_group(entity.datum_at_utc)}  {position_text(entity.datum)}"

    def name(self, track_uid: str | None) -> str:
        """Return a track's name; of a report that none has, so much."""
        return self._names.get(track_uid or "", translate("Withdrawn", "no track"))


def leaving_text(leaving: Leaving, plot: Plot) -> str:
    """Return what would be withdrawn of a plot; nothing for nothing."""
    return "; ".join(_parts(leaving, Things(plot)))


def _parts(leaving: Leaving, things: Things) -> Iterator[str]:
    yield from map(things.text, leaving.tracks)
    if leaving.merged:
        yield translate("Withdrawn", "{names}, merged into it").format(names=_names(leaving.merged))
    if len(leaving.reports) == 1:
        yield things.text(leaving.reports[0])
    elif leaving.reports:
        tracks = sorted({things.name(report.track_uid) for report in leaving.reports})
        yield translate("Withdrawn", "{number} reports of {tracks}").format(
            number=len(leaving.reports), tracks=", ".join(tracks)
        )
    places: tuple[Beach | Mark, ...] = (*leaving.beaches, *leaving.marks)
    yield from map(things.text, places)


def _track_text(track: Track) -> str:
    number = len(track.reports)
    if number == 0:
        text = translate("Withdrawn", "track {name}")
    elif number == 1:
        text = translate("Withdrawn", "track {name} with its report")
    else:
        text = translate("Withdrawn", "track {name} with its {number} reports")
    return text.format(name=track.name, number=number)


def _names(tracks: Sequence[Track]) -> str:
    return ", ".join(sorted(track.name for track in tracks))
