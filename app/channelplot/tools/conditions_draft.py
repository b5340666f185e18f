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
from channelplot.model.conditions import ConditionsEntry
from channelplot.model.ids import new_uid
from channelplot.model.track import Track
from channelplot.settings import LEEWAY_PERCENT
from channelplot.tools.asked_time import asked_time, written_time
from channelplot.tools.field_reading import Problem
from channelplot.tools.figures import Figures
from channelplot.tools.motion_text import (
    MotionTextError,
    pair_text,
    parse_direction_and_speed,
)
from channelplot.tools.questions import Question, QuestionCode, questions_about_conditions

HOLDS: Final = timedelta(hours=2, minutes=30)
"""Offered as the time that conditions hold: less than half a tide, within which the stream of the
Strait turns."""
NEAR: Final = timedelta(hours=1)
"""What ends within this from now is followed: a new entry is offered from its end on. The next tide
is looked up in the last hour of one, or when somebody sees that it is over."""
_A_DAY: Final = timedelta(days=1)
_HALF_A_DAY: Final = timedelta(hours=12)


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
    time. before: the entry being amended, None for a new one. questions: what is doubtful of it.
    """

    entry: ConditionsEntry | None = None
    wrong: ConditionsField | None = None
    problem: Problem | None = None
    refusal: CommandRefused | None = None
    drift: Carried | None = None
    drift_utc: datetime | None = None
    replaced: tuple[ConditionsEntry, ...] = ()
    before: ConditionsEntry | None = None
    questions: tuple[Question, ...] = ()

    @property
    def is_unchanged(self) -> bool:
        """Return whether the plot says all of it already."""
        return self.before is not None and self.entry == self.before

    @property
    def can_commit(self) -> bool:
        """Return whether Enter would do something, once what is asked was answered."""
        return self.entry is not None and self.refusal is None and not self.is_unchanged


@dataclass
class ConditionsDraft:
    """The conditions being typed: new ones, unless those there are were taken up to be amended.

    Announces changed. is_withdrawing: those that were taken up are to go.
    """

    session: Session
    figures: Figures
    text: ConditionsText = field(default_factory=ConditionsText)
    is_withdrawing: bool = False
    changed: Notice[None] = field(default_factory=Notice[None])
    _offered: ConditionsText = field(default_factory=ConditionsText)
    _follows_utc: datetime | None = None
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

    @property
    def in_force(self) -> ConditionsEntry | None:
        """Return what a new entry would follow: what holds now, or was over within the last hour.

        For the selected craft rather than for all; of several the one that began last, and what
        holds before what is over.
        """
        now_utc, plot = self.session.clock(), self.session.document.plot
        selected = self.session.selection.only_track(plot)
        uids = (None, "" if selected is None else selected.uid)
        reckoned_with = [
            one
            for one in plot.conditions.values()
            if one.valid_from_utc <= now_utc <= one.valid_until_utc + NEAR and one.track_uid in uids
        ]
        return max(
            reckoned_with,
            key=lambda one: (
                now_utc <= one.valid_until_utc,
                one.track_uid is not None,
                one.valid_from_utc,
                one.logged_at_utc,
            ),
            default=None,
        )

    def begin(self) -> bool:
        """Begin a new entry, which leaves what is in force as it is."""
        if self.session.document.is_read_only:
            return False
        self._take(None)
        return True

    def change_over(self) -> None:
        """Take up what is in force to amend it; a new entry where one is being amended."""
        if self.before is not None:
            self._take(None)
        elif self.in_force is not None:
            self._take(self.in_force)

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
        """Return the leeway given last in this plot, in per cent of the wind; None for none."""
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
        before = self.before
        if self.is_withdrawing and before is not None:
            is_done = self.session.document.apply(withdraw_conditions(before.uid))
        else:
            reading = self.reading()
            is_open = bool({question.code for question in reading.questions} - answered)
            if reading.entry is None or not reading.can_commit or is_open:
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
        before = self.in_force
        is_followed = before is not None and self._is_followed_now(before)
        self._follows_utc = before.valid_until_utc if before is not None and is_followed else None
        from_utc = self._follows_utc or self.session.clock()
        used = self.leeway_used()
        leeway = self.figures.value(LEEWAY_PERCENT) if used is None else f"{used:g}"
        return ConditionsText(
            leeway=str(leeway),
            valid_from=self._written(from_utc),
            valid_until=self._written(from_utc + HOLDS),
            track_uid=None if before is None else before.track_uid,
        )

    def _is_followed_now(self, before: ConditionsEntry) -> bool:
        """Return whether an entry ends about now, and nothing that was given follows it."""
        end_utc = before.valid_until_utc
        return abs(end_utc - self.session.clock()) <= NEAR and not any(
            one.valid_from_utc <= end_utc < one.valid_until_utc
            for one in self.session.document.plot.conditions.values()
            if one.track_uid == before.track_uid
        )

    def _text_of(self, entry: ConditionsEntry) -> ConditionsText:
        fresh = self._new_text()
        leeway_percent = entry.leeway_percent
        return ConditionsText(
            stream=pair_text(entry.stream_set_deg, entry.stream_rate_kn),
            wind=pair_text(entry.wind_from_deg, entry.wind_speed_kn),
            leeway=fresh.leeway if leeway_percent is None else f"{leeway_percent:g}",
            valid_from=self._written(entry.valid_from_utc),
            valid_until=self._written(entry.valid_until_utc),
            source=entry.source,
            track_uid=entry.track_uid,
        )

    def _written(self, moment_utc: datetime) -> str:
        return written_time(moment_utc, self.session.clock())

    def _times(
        self, before: ConditionsEntry | None
    ) -> tuple[datetime, datetime] | ConditionsReading:
        """Return from when until when it holds; else a reading that says what is wrong.

        Until is a time of the day that from is of, or of the next within twelve hours; ``+150``
        is minutes after from.
        """
        text, offered = self.text, self._offered
        from_utc: datetime | Problem | None = None
        if text.valid_from == offered.valid_from:  # it may have seconds, which were not written
            from_utc = self._follows_utc if before is None else before.valid_from_utc
        if from_utc is None:
            from_utc = asked_time(text.valid_from, self.session.clock()) or self.session.clock()
        if not isinstance(from_utc, datetime):
            return ConditionsReading(
                wrong=ConditionsField.VALID_FROM, problem=from_utc, before=before
            )
        is_in_minutes = text.valid_until.strip()[:1] in ("+", "-")
        around_utc = from_utc if is_in_minutes else from_utc + _HALF_A_DAY
        until_utc = asked_time(text.valid_until, around_utc)
        if isinstance(until_utc, datetime) and until_utc.date() > from_utc.date():
            nearest_utc = asked_time(text.valid_until, from_utc)
            if nearest_utc == until_utc - _A_DAY:  # a time of day, and no day with it
                until_utc = nearest_utc  # over before it began, and refused
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
            questions=questions_about_conditions(entry, before, now_utc),
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


def given_text(entry: ConditionsEntry) -> str:
    """Return a stream and a wind as they are typed: ``060/1.9, 290/14, 4 %``."""
    parts = [
        pair_text(entry.stream_set_deg, entry.stream_rate_kn),
        pair_text(entry.wind_from_deg, entry.wind_speed_kn),
        f"{entry.leeway_percent:g} %" if entry.has_wind else "",
    ]
    return ", ".join(part for part in parts if part)


def _percent(text: str) -> float | None:
    """Return a share of 0 to 100 %, None for anything else."""
    typed = text.strip().removesuffix("%").strip().replace(",", ".")
    if not typed.replace(".", "", 1).isdecimal() or not typed.isascii():
        return None
    value = float(typed)
    return value if value <= MOST_LEEWAY_PERCENT else None
