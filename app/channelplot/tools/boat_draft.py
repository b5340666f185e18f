"""The record of a boat or an asset, being corrected: what it is called and what is known of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final

from channelplot.commands.tracks import amend_track
from channelplot.document.document import PlotChanged
from channelplot.document.notice import Notice
from channelplot.document.session import Session
from channelplot.model.beach import Beach
from channelplot.model.codes import BoatType, Craft
from channelplot.model.track import Track
from channelplot.reading.gazetteer import words_of
from channelplot.tools.beach_draft import BeachDraft
from channelplot.tools.motion_text import MotionTextError, parse_speed_kn
from channelplot.tools.questions import QuestionCode

LONGEST_M: Final = 500.0
"""Metres over all; no ship afloat is longer."""
LONGEST_INTERVAL_MIN: Final = 1440
"""A day."""


class BoatField(StrEnum):
    """A field of the record, named like the text that stands in it."""

    NAME = "name"
    CRAFT = "craft"
    BOAT_TYPE = "boat_type"
    COLOUR = "colour"
    LENGTH = "length"
    ENGINE = "engine"
    UK_REFERENCE = "uk_reference"
    FR_REFERENCE = "fr_reference"
    BEACH = "beach"
    INTERVAL = "interval"
    SPEED = "speed"
    NOTE = "note"


class BoatFault(StrEnum):
    """Why the record can't be saved as it stands."""

    GONE = "gone"
    NAME_EMPTY = "name_empty"
    NAME_TAKEN = "name_taken"
    LENGTH = "length"
    BEACH_UNKNOWN = "beach_unknown"
    BEACH_SEVERAL = "beach_several"
    INTERVAL = "interval"
    SPEED = "speed"


FIELD_OF: Final[Mapping[BoatFault, BoatField]] = {
    BoatFault.NAME_EMPTY: BoatField.NAME,
    BoatFault.NAME_TAKEN: BoatField.NAME,
    BoatFault.LENGTH: BoatField.LENGTH,
    BoatFault.BEACH_UNKNOWN: BoatField.BEACH,
    BoatFault.BEACH_SEVERAL: BoatField.BEACH,
    BoatFault.INTERVAL: BoatField.INTERVAL,
    BoatFault.SPEED: BoatField.SPEED,
}
"""The field that a fault is in."""
_PLAIN: Final = (
    BoatField.COLOUR,
    BoatField.ENGINE,
    BoatField.UK_REFERENCE,
    BoatField.FR_REFERENCE,
    BoatField.NOTE,
)
"""Kept as they are typed, but for spaces around them."""


@dataclass(frozen=True, slots=True)
class BoatText:
    """What stands in the fields, as typed or chosen."""

    name: str = ""
    craft: Craft = Craft.SMALL_BOAT
    boat_type: BoatType | None = None
    colour: str = ""
    length: str = ""
    engine: str = ""
    uk_reference: str = ""
    fr_reference: str = ""
    beach: str = ""
    interval: str = ""
    speed: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class BoatReading:
    """How the text is understood.

    track: as it stands in the plot, None if it is gone. amended: with what the fields say,
    None while there is a fault. new_beach: the register's that the plot would get a copy of.
    beaches: names that what was typed may mean, where it is several. changed: the fields that
    say something else than the record.
    """

    track: Track | None = None
    amended: Track | None = None
    new_beach: Beach | None = None
    beaches: tuple[str, ...] = ()
    faults: tuple[BoatFault, ...] = ()
    changed: tuple[BoatField, ...] = ()


@dataclass
class BoatDraft:
    """The record being corrected.

    Announces changed when anything of it does. Only the fields that were touched are saved:
    what others change meanwhile stays. beaches: knows the register's.
    """

    session: Session
    beaches: BeachDraft
    uid: str = ""
    text: BoatText = field(default_factory=BoatText)
    why: str = ""
    changed: Notice[None] = field(default_factory=Notice[None])
    _before: BoatText = field(default_factory=BoatText)

    def __post_init__(self) -> None:
        """Follow the plot, and the selection while nothing is typed."""
        self.session.plot_changed.connect(self._plot_changed)
        self.session.document_changed.connect(lambda _: self._take(None))
        self.session.selection.changed.connect(lambda _: self._follow_selection())

    @property
    def track(self) -> Track | None:
        """Return the track as it stands in the plot, None if there is none."""
        return self.session.document.plot.tracks.get(self.uid)

    def begin(self) -> bool:
        """Take up the selected track; False if none or several are selected."""
        track = self.session.selection.only_track(self.session.document.plot)
        self._take(track)
        return track is not None

    def edit(self, **values: object) -> None:
        """Set fields of the text, or why, by name and announce it."""
        if "why" in values:
            self.why = str(values.pop("why"))
        self.text = replace(self.text, **values)  # type: ignore[arg-type]  # named as declared
        self.changed.announce(None)

    def clear(self) -> None:
        """Put the fields as the record has them."""
        self._take(self.track)

    @property
    def is_empty(self) -> bool:
        """Return whether nothing was typed that is not in the record."""
        return self.text == self._before and not self.why

    def beach_names(self) -> tuple[str, ...]:
        """Return the names of the plot's beaches, then of those that only the register has."""
        own = sorted(beach.name for beach in self.session.document.plot.beaches.values())
        return (*own, *(beach.name for beach in self.beaches.choices()))

    def reading(self) -> BoatReading:
        """Return how the text is understood now."""
        track = self.track
        if track is None:
            return BoatReading(faults=(BoatFault.GONE,))
        touched = [one for one in BoatField if self._is_touched(one)]
        faults: list[BoatFault] = []
        values: dict[str, object] = {
            one.value: getattr(self.text, one).strip() for one in _PLAIN if one in touched
        }
        if BoatField.NAME in touched:
            values["name"] = self._name(track, faults)
        if BoatField.CRAFT in touched:
            values["craft"] = self.text.craft
        if BoatField.BOAT_TYPE in touched:
            values["boat_type"] = self.text.boat_type
        if BoatField.LENGTH in touched:
            values["length_m"] = _length_m(self.text.length, faults)
        if BoatField.INTERVAL in touched:
            values["contact_interval_min"] = _interval_min(self.text.interval, faults)
        if BoatField.SPEED in touched:
            values["speed_kn"] = _speed_kn(self.text.speed, faults)
        new_beach, names = None, tuple[str, ...]()
        if BoatField.BEACH in touched:
            beach, names = self._beach(faults)
            values["launch_beach_uid"] = None if beach is None else beach.uid
            is_own = beach is None or beach.uid in self.session.document.plot.beaches
            new_beach = None if is_own else beach
        if faults:
            return BoatReading(track, beaches=names, faults=tuple(faults), changed=tuple(touched))
        amended = replace(track, **values)  # type: ignore[arg-type]  # named as declared
        return BoatReading(track, amended, new_beach, changed=tuple(touched))

    def commit(self, answered: frozenset[QuestionCode] = frozenset()) -> bool:
        """Save what differs; True, too, where nothing does. Returns False if it can't be.

        Raises CommandRefused.
        """
        del answered  # nothing is asked about a record
        reading = self.reading()
        if reading.amended is None:
            return False
        if reading.amended != reading.track:
            self.session.document.apply(
                amend_track(reading.amended, self.why.strip(), new_beach=reading.new_beach)
            )
        self.clear()
        return True

    def _take(self, track: Track | None) -> None:
        self.uid = "" if track is None else track.uid
        self.text = self._before = BoatText() if track is None else self._text_of(track)
        self.why = ""
        self.changed.announce(None)

    def _text_of(self, track: Track) -> BoatText:
        beach = self.session.document.plot.beaches.get(track.launch_beach_uid or "")
        interval = track.contact_interval_min
        return BoatText(
            name=track.name,
            craft=track.craft,
            boat_type=track.boat_type,
            colour=track.colour,
            length="" if track.length_m is None else f"{track.length_m:g}",
            engine=track.engine,
            uk_reference=track.uk_reference,
            fr_reference=track.fr_reference,
            beach="" if beach is None else beach.name,
            interval="" if interval is None else str(interval),
            speed="" if track.speed_kn is None else f"{track.speed_kn:g}",
            note=track.note,
        )

    def _is_touched(self, one: BoatField) -> bool:
        return bool(getattr(self.text, one) != getattr(self._before, one))

    def _plot_changed(self, fact: PlotChanged) -> None:
        """Show the record as it stands now, unless somebody is typing into it."""
        if not self.uid:
            return
        if self.is_empty and any(pair.uid == self.uid for pair in fact.change.tracks):
            self._take(self.track)
        else:
            self.changed.announce(None)

    def _follow_selection(self) -> None:
        """Take up another track that is selected while nothing is typed."""
        if not (self.uid and self.is_empty and self.session.selection.is_chosen):
            return
        track = self.session.selection.only_track(self.session.document.plot)
        if track is not None and track.uid != self.uid:
            self._take(track)

    def _name(self, track: Track, faults: list[BoatFault]) -> str:
        """Return the name; taken is one that a line of text could not tell from another's."""
        name = self.text.name.strip()
        others = self.session.document.plot.tracks.values()
        if not name:
            faults.append(BoatFault.NAME_EMPTY)
        elif any(_is_same(other.name, name) for other in others if other.uid != track.uid):
            faults.append(BoatFault.NAME_TAKEN)
        return name

    def _beach(self, faults: list[BoatFault]) -> tuple[Beach | None, tuple[str, ...]]:
        """Return the beach of that name or the only one that begins so; else what may be meant."""
        typed = self.text.beach.strip()
        if not typed:
            return None, ()
        own = self.session.document.plot.beaches.values()
        known = [*own, *self.beaches.choices()]
        start = " ".join(words_of(typed))
        found = [beach for beach in known if _is_same(beach.name, typed)] or [
            beach for beach in known if start and " ".join(words_of(beach.name)).startswith(start)
        ]
        if len(found) == 1:
            return found[0], ()
        faults.append(BoatFault.BEACH_SEVERAL if found else BoatFault.BEACH_UNKNOWN)
        return None, tuple(beach.name for beach in found)


def _is_same(name: str, other: str) -> bool:
    """Return whether two names are alike but for case and accents."""
    return name == other or (words_of(name) == words_of(other) and bool(words_of(name)))


def _length_m(text: str, faults: list[BoatFault]) -> float | None:
    typed = text.strip().casefold().removesuffix("m").strip().replace(",", ".")
    if not typed:
        return None
    if not all(character in "0123456789." for character in typed) or typed.count(".") > 1:
        faults.append(BoatFault.LENGTH)
        return None
    length_m = float(typed) if typed != "." else 0.0
    if not 0.0 < length_m <= LONGEST_M:
        faults.append(BoatFault.LENGTH)
        return None
    return length_m


def _interval_min(text: str, faults: list[BoatFault]) -> int | None:
    typed = text.strip().casefold().removesuffix("min").strip()
    if not typed:
        return None
    is_number = typed.isascii() and typed.isdigit() and len(typed) <= 4
    if not is_number or not 1 <= int(typed) <= LONGEST_INTERVAL_MIN:
        faults.append(BoatFault.INTERVAL)
        return None
    return int(typed)


def _speed_kn(text: str, faults: list[BoatFault]) -> float | None:
    """Return the speed when sent, None for nothing; nought is no speed to be sent at."""
    try:
        speed_kn = parse_speed_kn(text)
    except MotionTextError:
        speed_kn = 0.0
    if speed_kn == 0.0:
        faults.append(BoatFault.SPEED)
        return None
    return speed_kn
