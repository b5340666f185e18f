"""The stream and wind that somebody types: new ones, or those there are, amended or withdrawn."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from channelplot.analysis.conditions import conditions_for
from channelplot.analysis.drift import Carried, carried_at
from channelplot.commands.command import Command
from channelplot.commands.conditions import (
    MOST_LEEWAY_PERCENT,
    add_conditions,
    amend_conditions,
    withdraw_conditions,
)
from channelplot.document.notice import Notice
from channelplot.document.session import Session
from channelplot.errors import CommandRefused
from channelplot.geodesy.text import day_zulu_text, zulu_text
from channelplot.model.conditions import ConditionsEntry
from channelplot.model.ids import new_uid
from channelplot.model.track import Track
from channelplot.settings import LEEWAY_PERCENT
from channelplot.tools.asked_time import asked_time
from channelplot.tools.field_reading import Problem
from channelplot.tools.figures import Figures
from channelplot.tools.motion_text import MotionTextError, parse_direction_and_speed
from channelplot.tools.questions import QuestionCode

HOLDS: Final = timedelta(hours=2, minutes=30)
"""Offered as the time that conditions hold: less than half a tide, within which the stream of the
Strait turns."""
_HALF_A_DAY: Final = timedelta(hours=12)
_PLAIN_TIME: Final = timedelta(hours=11)
"""A time of day less than this from now is read as the one that was meant."""


class ConditionsField(StrEnum):
    """A field that is typed into, named like the text that stands in it."""

    STREAM = "stream"
    WIND = "wind"
    LEEWAY = "leeway"
    VALID_FROM = "valid_from"
    VALID_UNTIL = "valid_until"
    SOURCE = "source"


@dataclass(frozen=True, slots=True)
class ConditionsText:
    """What stands in the fields, as typed or chosen. track_uid: for that craft, None for all."""

    stream: str = ""
    wind: str = ""
    leeway: str = ""
    valid_from: str = ""
    valid_until: str = ""
    source: str = ""
    track_uid: str | None = None


@dataclass(frozen=True, slots=True)
class ConditionsReading:
    """How the text is understood.

    entry: as it would stand in the plot; None while wrong names a field that can't be read, with
    problem for one of the times. refusal: why the entry can't stand. drift: how a boat without way
    would be carried, at drift_utc. replaced: entries that it stands in place of for some of its
    time. before: the entry being amended, None for a new one.
    """

    entry: ConditionsEntry | None = None
    wrong: ConditionsField | None = None
    problem: Problem | None = None
    refusal: CommandRefused | None = None
    drift: Carried | None = None
    drift_utc: datetime | None = None
    replaced: tuple[ConditionsEntry, ...] = ()
    before: ConditionsEntry | None = None

    @property
    def is_unchanged(self) -> bool:
        """Return whether the plot says all of it already."""
        return self.before is not None and self.entry == self.before

    @property
    def can_commit(self) -> bool:
        """Return whether Enter would do something."""
        return self.entry is not None and self.refusal is None and not self.is_unchanged


@dataclass
class ConditionsDraft:
    """The conditions being typed. Begins with those in force, if there are any.

    Announces changed. is_withdrawing: those that were taken up are to go.
    """

    session: Session
    figures: Figures
    text: ConditionsText = field(default_factory=ConditionsText)
    is_withdrawing: bool = False
    changed: Notice[None] = field(default_factory=Notice[None])
    _offered: ConditionsText = field(default_factory=ConditionsText)
    _entry_uid: str = ""
    _new_uid: str = field(default_factory=new_uid)

    def __post_init__(self) -> None:
        """Start over in another plot."""
        self.session.document_changed.connect(lambda _: self._take(None))

    @property
    def before(self) -> ConditionsEntry | None:
        """Return the entry that is being amended as it stands, None for a new one."""
        return self.session.document.plot.conditions.get(self._entry_uid)

    @property
    def is_empty(self) -> bool:
        """Return whether there is nothing to lose: all is as it was offered."""
        return self.text == self._offered and not self.is_withdrawing

    def begin(self) -> bool:
        """Take up what is in force now, for the selected craft or for all; else a new entry."""
        if self.session.document.is_read_only:
            return False
        self._take(self._in_force())
        return True

    def clear(self) -> None:
        """Put the fields as they were offered."""
        self._take(self.before)

    def choose(self, entry_uid: str) -> None:
        """Take up an entry to amend it, "" for a new one."""
        self._take(self.session.document.plot.conditions.get(entry_uid))

    def edit(self, **values: object) -> None:
        """Set fields of the text by name and announce it."""
        self.text = replace(self.text, **values)  # type: ignore[arg-type]  # named as declared
        self.is_withdrawing = False
        self.changed.announce(None)

    def begin_withdrawing(self) -> None:
        """Let Enter withdraw the entry that was taken up, if one was."""
        if self.before is not None:
            self.text = self._offered
            self.is_withdrawing = True
            self.changed.announce(None)

    def choices(self) -> tuple[ConditionsEntry, ...]:
        """Return the entries that can be amended, the one that began last first."""
        entries = self.session.document.plot.conditions.values()
        return tuple(sorted(entries, key=lambda one: (one.valid_from_utc, one.uid), reverse=True))

    def crafts(self) -> tuple[Track, ...]:
        """Return the craft it can be for alone: the selected one, and the entry's own."""
        plot = self.session.document.plot
        selected = self.session.selection.only_track(plot)
        own = plot.tracks.get(self.text.track_uid or "")
        found = {one.uid: one for one in (own, selected) if one is not None}
        return tuple(found.values())

    def leeway_used(self) -> float | None:
        """Return the leeway of the wind that was given last in this plot, None for none."""
        entries = self.session.document.plot.conditions.values()
        winds = [one for one in entries if one.has_wind and one.leeway_percent is not None]
        last = max(winds, key=lambda one: (one.logged_at_utc, one.uid), default=None)
        return None if last is None else last.leeway_percent

    def reading(self) -> ConditionsReading:
        """Return how the text is understood now."""
        text, before = self.text, self.before
        try:
            stream = parse_direction_and_speed(text.stream)
        except MotionTextError:
            return ConditionsReading(wrong=ConditionsField.STREAM, before=before)
        try:
            wind = parse_direction_and_speed(text.wind)
        except MotionTextError:
            return ConditionsReading(wrong=ConditionsField.WIND, before=before)
        leeway_percent = _percent(text.leeway)
        if leeway_percent is None and text.leeway.strip():
            return ConditionsReading(wrong=ConditionsField.LEEWAY, before=before)
        times = self._times(before)
        if isinstance(times, ConditionsReading):
            return times
        entry = ConditionsEntry(
            uid=self._new_uid if before is None else before.uid,
            valid_from_utc=times[0],
            valid_until_utc=times[1],
            logged_at_utc=self.session.clock(),
            stream_set_deg=None if stream is None else stream[0],
            stream_rate_kn=None if stream is None else stream[1],
            wind_from_deg=None if wind is None else wind[0],
            wind_speed_kn=None if wind is None else wind[1],
            leeway_percent=None if wind is None else leeway_percent,
            track_uid=text.track_uid,
            source=text.source.strip(),
            logged_by=self.session.document.operator,
        )
        if before is not None and self.text == self._offered:
            entry = before
        return self._checked(entry, before)

    def commit(self, answered: frozenset[QuestionCode] = frozenset()) -> bool:
        """Add, amend or withdraw. Returns False, doing nothing, if it can't be.

        Raises CommandRefused.
        """
        del answered  # nothing is asked about stream and wind
        before = self.before
        if self.is_withdrawing and before is not None:
            is_done = self.session.document.apply(withdraw_conditions(before.uid))
        else:
            reading = self.reading()
            if reading.entry is None or not reading.can_commit:
                return False
            is_done = self.session.document.apply(_command(reading.entry, before))
        if is_done:
            self._take(None)
        return is_done

    def _take(self, entry: ConditionsEntry | None) -> None:
        self._entry_uid = "" if entry is None else entry.uid
        if entry is None:
            self._new_uid = new_uid()
        self.text = self._offered = self._new_text() if entry is None else self._text_of(entry)
        self.is_withdrawing = False
        self.changed.announce(None)

    def _new_text(self) -> ConditionsText:
        now_utc = self.session.clock()
        used = self.leeway_used()
        leeway = self.figures.value(LEEWAY_PERCENT) if used is None else f"{used:g}"
        return ConditionsText(
            leeway=str(leeway),
            valid_from=self._written(now_utc),
            valid_until=self._written(now_utc + HOLDS),
        )

    def _text_of(self, entry: ConditionsEntry) -> ConditionsText:
        fresh = self._new_text()
        leeway_percent = entry.leeway_percent
        return ConditionsText(
            stream=_pair_text(entry.stream_set_deg, entry.stream_rate_kn),
            wind=_pair_text(entry.wind_from_deg, entry.wind_speed_kn),
            leeway=fresh.leeway if leeway_percent is None else f"{leeway_percent:g}",
            valid_from=self._written(entry.valid_from_utc),
            valid_until=self._written(entry.valid_until_utc),
            source=entry.source,
            track_uid=entry.track_uid,
        )

    def _written(self, moment_utc: datetime) -> str:
        """Return a time as it is put into a field, so that it is read as the same."""
        is_plain = abs(moment_utc - self.session.clock()) < _PLAIN_TIME
        return zulu_text(moment_utc) if is_plain else day_zulu_text(moment_utc)

    def _in_force(self) -> ConditionsEntry | None:
        """Return what holds now, for the selected craft rather than for all, the latest."""
        now_utc, plot = self.session.clock(), self.session.document.plot
        selected = self.session.selection.only_track(plot)
        uids = (None, "" if selected is None else selected.uid)
        holding = [
            one
            for one in plot.conditions.values()
            if one.valid_from_utc <= now_utc <= one.valid_until_utc and one.track_uid in uids
        ]
        return max(
            holding,
            key=lambda one: (one.track_uid is not None, one.valid_from_utc, one.logged_at_utc),
            default=None,
        )

    def _times(
        self, before: ConditionsEntry | None
    ) -> tuple[datetime, datetime] | ConditionsReading:
        """Return from when until when it holds; else a reading that says what is wrong.

        Until is the first such time after from; ``+150`` is minutes after it.
        """
        text, offered = self.text, self._offered
        from_utc = asked_time(text.valid_from, self.session.clock())
        if before is not None and text.valid_from == offered.valid_from:
            from_utc = before.valid_from_utc  # it may have seconds, which were not written
        if from_utc is None:
            from_utc = self.session.clock()
        if not isinstance(from_utc, datetime):
            return ConditionsReading(
                wrong=ConditionsField.VALID_FROM, problem=from_utc, before=before
            )
        is_in_minutes = text.valid_until.strip()[:1] in ("+", "-")
        around_utc = from_utc if is_in_minutes else from_utc + _HALF_A_DAY
        until_utc = asked_time(text.valid_until, around_utc)
        if before is not None and text.valid_until == offered.valid_until:
            until_utc = before.valid_until_utc
        if until_utc is None:
            until_utc = from_utc + HOLDS
        if not isinstance(until_utc, datetime):
            return ConditionsReading(
                wrong=ConditionsField.VALID_UNTIL, problem=until_utc, before=before
            )
        return from_utc, until_utc

    def _checked(self, entry: ConditionsEntry, before: ConditionsEntry | None) -> ConditionsReading:
        """Return the reading of an entry: why it can't stand, or what it does."""
        plot = self.session.document.plot
        try:
            after = _command(entry, before).edit(plot)
        except CommandRefused as refusal:
            return ConditionsReading(entry=entry, refusal=refusal, before=before)
        now_utc = self.session.clock()
        is_now = entry.valid_from_utc <= now_utc <= entry.valid_until_utc
        drift_utc = now_utc if is_now else entry.valid_from_utc
        conditions = conditions_for(after, entry.track_uid)
        assert conditions is not None, "the entry is one of them"
        return ConditionsReading(
            entry=entry,
            drift=carried_at(conditions, drift_utc),
            drift_utc=drift_utc,
            replaced=tuple(
                other
                for other in plot.conditions.values()
                if other.uid != entry.uid and _stands_for(entry, other)
            ),
            before=before,
        )


def _command(entry: ConditionsEntry, before: ConditionsEntry | None) -> Command:
    return add_conditions(entry) if before is None else amend_conditions(entry)


def _stands_for(entry: ConditionsEntry, other: ConditionsEntry) -> bool:
    """Return whether an entry counts instead of another for some of the other's time."""
    is_both = (entry.has_stream and other.has_stream) or (entry.has_wind and other.has_wind)
    is_later = (entry.valid_from_utc, entry.logged_at_utc) >= (
        other.valid_from_utc,
        other.logged_at_utc,
    )
    return (
        is_both
        and is_later
        and entry.track_uid == other.track_uid
        and entry.valid_from_utc < other.valid_until_utc
    )


def _pair_text(direction_deg: float | None, speed_kn: float | None) -> str:
    if direction_deg is None or speed_kn is None:
        return ""
    whole, dot, part = f"{direction_deg:g}".partition(".")
    return f"{whole:0>3}{dot}{part}/{speed_kn:g}"


def _percent(text: str) -> float | None:
    """Return a share of 0 to 100 %, None for anything else."""
    typed = text.strip().removesuffix("%").strip().replace(",", ".")
    if not typed.replace(".", "", 1).isdecimal() or not typed.isascii():
        return None
    value = float(typed)
    return value if value <= MOST_LEEWAY_PERCENT else None
