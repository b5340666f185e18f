"""A placemark of KML while it is read: what it says, and where."""

from dataclasses import dataclass, field
from typing import Final

from channelplot.exchange.fields import FROM_TEXTS
from channelplot.exchange.found_lines import words
from channelplot.exchange.incoming.own_record import RECORD, REPORT
from channelplot.exchange.incoming.waiting_texts import WaitingTexts
from channelplot.exchange.incoming.xml_points import SaidTrack, note_of

DATA: Final = frozenset({"ExtendedData/Data/value", "ExtendedData/SchemaData/SimpleData"})
TEXTS: Final = frozenset(
    {"name", "description", "TimeStamp/when", "TimeSpan/begin", "TimeSpan/end"}
)
"""What a placemark says, by the path from it on."""
_RECORDS: Final = frozenset({REPORT, *FROM_TEXTS})


@dataclass(slots=True)
class Placemark:
    """What has been read of the placemark that is open.

    inside: what the paths of its elements begin with. texts: what it says (``TEXTS``), data: its
    extended data, both as they stand. points: the coordinates of each. has_shapes: it has lines or
    areas. tracks: how many ``gx:Track`` it has; refused_tracks: how many of them were refused.
    """

    inside: str
    line: int
    track: SaidTrack
    texts: dict[str, str] = field(default_factory=dict)
    data_name: str = ""
    data: dict[str, str] = field(default_factory=dict)
    points: WaitingTexts = field(default_factory=WaitingTexts)
    has_shapes: bool = False
    tracks: int = 0
    refused_tracks: int = 0
    whens: WaitingTexts = field(default_factory=WaitingTexts)
    coords: WaitingTexts = field(default_factory=WaitingTexts)

    @property
    def name(self) -> str:
        """Return what it is called, in one line."""
        return words(self.texts.get("name", ""))

    @property
    def time_text(self) -> str:
        """Return when it was; a span of time as both its ends, which is no time."""
        when, begin, end = (
            self.texts.get(path, "").strip()
            for path in ("TimeStamp/when", "TimeSpan/begin", "TimeSpan/end")
        )
        return when or (begin if begin == end else f"{begin}/{end}")

    @property
    def own(self) -> dict[str, str]:
        """Return the fields of this program in it; none where it is another's."""
        is_own = self.data.get(RECORD) in _RECORDS and "uid" in self.data
        return self.data if is_own else {}

    def said(self, folder: str) -> dict[str, str]:
        """Return what it says, each in one line, and the folder it stands in."""
        told = {
            "name": self.name,
            "folder": folder,
            "description": words(self.texts.get("description", "")),
            **{name: words(text) for name, text in self.data.items()},
            "when": self.time_text,
        }
        return {name: text for name, text in told.items() if text}

    @property
    def note(self) -> str:
        """Return what it says beside its name."""
        data = (f"{name}: {text}" for name, text in self.data.items() if text.strip())
        return note_of((self.texts.get("description", ""), *data))
