"""Acts that are not saved yet in words, so that they can be entered again if they are lost."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication

from channelplot.document.kept import Act
from channelplot.geodesy.text import day_text, position_text, zulu_seconds_text
from channelplot.model.change import Change
from channelplot.model.plot import Plot
from channelplot.store.act import ActRecord
from channelplot.store.log import LoggedAct, logged_act
from channelplot.store.tables import APPROACH_WATCHES, BEACHES, LIMITS, TRACKS
from channelplot.store.times import read_time
from channelplot.store.unwritten import Rows, unwritten_act
from channelplot.ui.log.facts import Names
from channelplot.ui.log.log_text import LogWords

translate: Final = QCoreApplication.translate
MOST_FIELDS: Final = 60
MOST_IN_BANNER: Final = 2
_MOST_REPORTS: Final = 1_000
"""Of an import of more the file is told and not what stands in it: to put that into words takes as
long as to save it, and it is still in the file."""
_INDENT: Final = "    "
_OF_THE_PLOT: Final = 0
_OF_THE_ACT: Final = 1
"""Numbers of the two acts of a log that is made up for one act's words."""


@dataclass(frozen=True, slots=True)
class LostAct:
    """An act in words: when and by whom it was made, what it did, and each field it set.

    at: as the log writes it. entity_uid: the main thing it is about. copy: the path of a copy of
    the plot that holds it, "" for none.
    """

    at: str
    operator: str
    label: str
    entity_uid: str
    words: str
    fields: tuple[str, ...] = ()
    copy: str = ""

    def is_logged_as(self, act: LoggedAct) -> bool:
        """Return whether an act of the log is this one: it was saved after all."""
        return (self.label, self.operator, self.entity_uid) == (
            act.label,
            act.operator,
            act.entity_uid,
        ) and read_time(self.at) == act.at_utc


def lost_act(at: str, act: Act) -> LostAct:
    """Return an act that is not saved in words; its time as the log writes it."""
    record = act.record
    names = Names()
    names.note(_names_of(act.after.plot, record))
    is_import = record.label.rpartition(".")[2] == "import_file"
    is_long = is_import and act.change.report_count > _MOST_REPORTS
    logged = unwritten_act(_OF_THE_ACT, Change() if is_long else act.change, record)
    names.note(logged)
    words = LogWords(names, position_text)
    entry = words.entry(logged)
    fields = list[str]()
    if not (is_long or logged.is_long):
        for detail in words.details(logged):
            if detail.after:
                fields.append(f"{detail.thing}, {detail.field}: {detail.after}")
    said = f"{entry.words} ({entry.why})" if entry.why else entry.words
    return LostAct(
        at, record.operator, record.label, record.entity_uid, said, tuple(fields[:MOST_FIELDS])
    )


def lost_text(number: int, acts: Sequence[LostAct]) -> str:
    """Return how many acts are gone, and the first of them."""
    first = "; ".join(act.words for act in acts[:MOST_IN_BANNER])
    if number > MOST_IN_BANNER:
        more = translate("Unsaved", "{number} more").format(number=number - MOST_IN_BANNER)
        first = f"{first}; {more}"
    words = (
        translate("Unsaved", "1 act that was entered and not saved is gone from the plot: {first}.")
        if number == 1
        else translate(
            "Unsaved",
            "{number} acts that were entered and not saved are gone from the plot: {first}.",
        )
    )
    return words.format(number=number, first=first)


def listed_text(acts: Sequence[LostAct]) -> str:
    """Return all of it, an act a paragraph, the oldest first."""
    return "\n\n".join(map(_paragraph, acts))


def _paragraph(act: LostAct) -> str:
    at_utc = read_time(act.at)
    head = translate("Unsaved", "{time} {day}, {operator}: {words}").format(
        time=zulu_seconds_text(at_utc),
        day=day_text(at_utc),
        operator=act.operator,
        words=act.words,
    )
    lines = [head, *(f"{_INDENT}{field}" for field in act.fields)]
    if act.copy:
        held = translate("Unsaved", "It is in the copy {path}.").format(path=act.copy)
        lines.append(f"{_INDENT}{held}")
    return "\n".join(lines)


def _names_of(plot: Plot, record: ActRecord) -> LoggedAct:
    """Return an act that says what the tracks, beaches, limits and watches of a plot are."""
    rows: Rows = {
        TRACKS.name: {
            uid: {"name": track.name, "same_as_uid": track.same_as_uid or ""}
            for uid, track in plot.tracks.items()
        },
        BEACHES.name: {uid: {"name": beach.name} for uid, beach in plot.beaches.items()},
        LIMITS.name: {uid: {"name": limit.name} for uid, limit in plot.limits.items()},
        APPROACH_WATCHES.name: {
            uid: {
                "first_track_uid": watch.first_track_uid,
                "second_track_uid": watch.second_track_uid,
            }
            for uid, watch in plot.approach_watches.items()
        },
    }
    about = ActRecord("new_plot", "plot", "", record.operator, record.at_utc)
    return logged_act(_OF_THE_PLOT, about, {}, rows)
