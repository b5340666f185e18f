"""The acts of the watch log in words: what was done, to what, from what to what, and why."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication

from channelplot.geodesy.position import Position
from channelplot.store.log import LoggedAct
from channelplot.store.tables import (
    BEACHES,
    LIMITS,
    MARKS,
    REFERENCE_LAYERS,
    REPORTS,
    SEARCHES,
    STATUS_CHANGES,
)
from channelplot.store.whole_acts import parts_of
from channelplot.ui.log.facts import (
    Facts,
    LogKind,
    Names,
    Turn,
    facts_of,
    facts_of_label,
    kinds_of,
    line_uid_of,
    targets_of,
    text_of,
    track_uids_of,
)
from channelplot.ui.log.fields import FieldTexts
from channelplot.ui.log.sentences import SENTENCES
from channelplot.ui.log.told import (
    Told,
    Untold,
    chartwork_text,
    place_text,
    report_text,
    some,
    thing_of_text,
)
from channelplot.ui.words.act_words import act_text

translate: Final = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Entry:
    """One act of the watch log, ready to be listed.

    words: the act in one sentence; why: the reason that was given; about: the boats and reports
    it is about. kinds, track_uids: what it can be filtered by. targets: the uids of what to look
    at on the chart, the nearest first. line_uid: of the free line it wrote, nothing for others.
    """

    words: str
    why: str
    about: str
    kinds: frozenset[LogKind]
    track_uids: tuple[str, ...]
    targets: tuple[str, ...]
    line_uid: str


@dataclass(frozen=True, slots=True)
class Detail:
    """One field that an act changed: of what, which, and what stood and stands there."""

    thing: str
    field: str
    before: str
    after: str


class LogWords:
    """Words acts as they stood when they were done. position: writes a position."""

    def __init__(self, names: Names, position: Callable[[Position], str]) -> None:
        """Take the names that the log tells, which may go on growing."""
        self._names = names
        self._position = position

    def entry(self, act: LoggedAct, *, is_read: bool = True) -> Entry:
        """Return an act, worded. is_read: by what it changed, else by its label alone."""
        facts = facts_of(act, is_brief=True) if is_read else facts_of_label(act)
        told = self._told(facts)
        return Entry(
            words=_sentence(told),
            why=_why(told),
            about=self._about(told),
            kinds=kinds_of(told.facts),
            track_uids=self._boats(told),
            targets=targets_of(told.facts),
            line_uid=line_uid_of(told.facts),
        )

    def details(self, act: LoggedAct) -> Iterator[Detail]:
        """Yield every field that an act changed, thing by thing."""
        # Of an act in several rows of the log each is read when it is its turn.
        for part in parts_of(act):
            told = self._told(facts_of(part))
            for pair in told.facts.pairs:
                thing = thing_of_text(told, pair)
                for change in told.texts.changes(pair):
                    field = change.title[:1].upper() + change.title[1:]
                    yield Detail(thing, field, change.before, change.after)

    def _told(self, facts: Facts) -> Told:
        act = facts.act
        texts = FieldTexts(lambda uid: self._name(uid, act.seq), self._position)
        return Told(
            facts=facts,
            texts=texts,
            report=lambda uid: self._names.report(uid, act.seq),
            report_now=self._names.report,
            survivor=self._names.survivor,
            watched_with=lambda uid: self._names.watched_with(uid, act.seq),
        )

    def _name(self, uid: str, seq: int) -> str:
        """Return what something was called; of a watched approach, what its boats were."""
        two = [self._names.name(track_uid, seq) for track_uid in self._names.two_of(uid, seq)]
        if not two:
            return self._names.name(uid, seq)
        return translate("WatchLog", "{first} and {second}").format(first=two[0], second=two[1])

    def _boats(self, told: Told) -> tuple[str, ...]:
        """Return the uids of the boats that an act is about, both of a watched approach."""
        uids = track_uids_of(told.facts)
        seq = told.facts.act.seq
        boats = (one for uid in uids for one in self._names.two_of(uid, seq) or (uid,))
        return tuple(dict.fromkeys(boats))

    def _about(self, told: Told) -> str:
        """Return the boats and the reports that an act is about: ``A, C, report 0245Z``."""
        boats = [told.name(uid) for uid in self._boats(told)]
        reports = [report_text(told, pair.row) for pair in told.rows(REPORTS.name)]
        places = [place_text(pair) for table in (BEACHES, MARKS) for pair in told.rows(table.name)]
        plans = [
            chartwork_text(told, pair)
            for table in (LIMITS, SEARCHES, REFERENCE_LAYERS)
            for pair in told.rows(table.name)
        ]
        return ", ".join([*some(boats), *some(reports), *some(places), *some(plans)])


def _sentence(told: Told) -> str:
    """Return what an act did; its label's words where the rows do not tell, else its code."""
    facts = told.facts
    words = SENTENCES.get(facts.code)
    try:
        text = words(told) if words is not None else _of_newer_file(told)
    except Untold:
        text = act_text(facts.code, facts.act.name)
    if facts.turn is Turn.UNDONE:
        return translate("WatchLog", "undone: {act}").format(act=text)
    if facts.turn is Turn.REDONE:
        return translate("WatchLog", "done again: {act}").format(act=text)
    return text


def _of_newer_file(told: Told) -> str:
    name = told.facts.act.name
    return f"{told.facts.code} ({name})" if name else told.facts.code


def _why(told: Told) -> str:
    """Return the reason of an act; earlier versions kept it with the change of status alone."""
    if told.facts.act.reason:
        return " ".join(told.facts.act.reason.split())
    if told.facts.turn is not Turn.DONE:
        return ""  # What was said was said when it was done.
    given = (text_of(pair.after, "reason") for pair in told.rows(STATUS_CHANGES.name) if pair.after)
    return " ".join(next(filter(None, given), "").split())
