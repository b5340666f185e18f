"""What a logged act changed: its rows, paired and sorted; no words and no Qt.

The log tells whole rows. A row that is withdrawn does not stand: adding something, restoring it
and undoing its withdrawal look the same here, as they do to whoever reads the log.
"""

import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from channelplot.model.codes import CLOSED_STATUSES
from channelplot.store.log import LoggedAct, LoggedRows, Standing
from channelplot.store.tables import (
    ACKNOWLEDGEMENTS,
    APPROACH_WATCHES,
    BEACHES,
    CONDITIONS,
    LIMITS,
    LOG_LINES,
    PEOPLE_COUNTS,
    PREDICTED_CROSSINGS,
    REFERENCE_LAYERS,
    REPORTS,
    SEARCHES,
    STATUS_CHANGES,
    TRACKS,
    WITHDRAWN,
)
from channelplot.store.whole_acts import parts_of

Value = str | int | float | None
Row = Mapping[str, Value]


class Turn(StrEnum):
    """Whether an act was done, taken back or done again."""

    DONE = ""
    UNDONE = "undo"
    REDONE = "redo"


class LogKind(StrEnum):
    """What the watch log can be filtered by; an act may be of several kinds."""

    REPORTS = "reports"
    BOATS = "boats"
    PEOPLE = "people"
    ALERTS = "alerts"
    LINES = "lines"
    CHARTWORK = "chartwork"


@dataclass(frozen=True, slots=True)
class Pair:
    """One row before and after an act; None where it did not stand."""

    table: str
    uid: str
    before: Row | None
    after: Row | None

    @property
    def row(self) -> Row:
        """Return the row as it stood last."""
        row = self.after if self.after is not None else self.before
        assert row is not None, "a row that never stood is no pair"
        return row

    @property
    def old(self) -> Row:
        """Return the row as it stood first."""
        row = self.before if self.before is not None else self.after
        assert row is not None, "a row that never stood is no pair"
        return row


@dataclass(frozen=True, slots=True)
class Facts:
    """An act of the log, read.

    code: its label without what says that it was taken back or done again. pairs: every row it
    changed, before and after this very act; none where the log says something else than rows, or
    was not asked. left_out: tables that it changed very much of, whose rows were not read.
    """

    act: LoggedAct
    turn: Turn
    code: str
    pairs: tuple[Pair, ...]
    left_out: frozenset[str] = frozenset()

    def of(self, table: str) -> tuple[Pair, ...]:
        """Return the rows of a table as they stood before and after the act that the code names.

        For an act that took another back that is the other way round.
        """
        own = [pair for pair in self.pairs if pair.table == table]
        if self.turn is Turn.UNDONE:
            own = [replace(pair, before=pair.after, after=pair.before) for pair in own]
        return tuple(own)

    def standing(self, table: str) -> Standing:
        """Return how many of the rows of a table that it changed stood before and after it.

        Of the act that the code names, as in ``of``; of tables that were left out, too. None did
        where the log says something else than rows.
        """
        try:
            found = self.act.standing(table)
        except ValueError:
            return Standing(0, 0)
        return Standing(found.after, found.before) if self.turn is Turn.UNDONE else found


def facts_of(act: LoggedAct, *, is_brief: bool = False) -> Facts:
    """Return what an act changed, read from its row in the log.

    is_brief: without tables that it changed very much of; that takes no time.
    """
    unread = facts_of_label(act)
    left_out: frozenset[str] = frozenset()
    try:
        if is_brief and act.is_long:
            before, after, left_out = act.brief_rows()
        else:
            before, after = act.rows()
    except ValueError:
        return unread
    pairs = []
    for table in [table for table in {**before, **after} if table not in left_out]:
        old, new = before.get(table, {}), after.get(table, {})
        for uid in {**old, **new}:
            pair = Pair(table, uid, _standing(old.get(uid)), _standing(new.get(uid)))
            if pair.before is not None or pair.after is not None:
                pairs.append(pair)
    return replace(unread, pairs=tuple(pairs), left_out=left_out)


def facts_of_label(act: LoggedAct) -> Facts:
    """Return what an act is, without reading what it changed."""
    head, _, code = act.label.rpartition(".")
    turn = Turn(head) if head in (Turn.UNDONE, Turn.REDONE) else Turn.DONE
    return Facts(act, turn, code if turn is not Turn.DONE else act.label, ())


def _standing(row: Row | None) -> Row | None:
    return None if row is None or row.get(WITHDRAWN) is not None else row


def text_of(row: Row, column: str) -> str:
    """Return what stands in a column as text; nothing where nothing does."""
    value = row.get(column)
    return "" if value is None else str(value)


_EVERY_KIND: Final[dict[frozenset[LogKind], frozenset[LogKind]]] = {}
"""Few combinations occur, in tens of thousands of acts: each is kept once."""
_KIND_OF_TABLE: Final = {
    REPORTS.name: LogKind.REPORTS,
    TRACKS.name: LogKind.BOATS,
    STATUS_CHANGES.name: LogKind.BOATS,
    PEOPLE_COUNTS.name: LogKind.PEOPLE,
    ACKNOWLEDGEMENTS.name: LogKind.ALERTS,
    LOG_LINES.name: LogKind.LINES,
    CONDITIONS.name: LogKind.CHARTWORK,
    APPROACH_WATCHES.name: LogKind.CHARTWORK,
    PREDICTED_CROSSINGS.name: LogKind.CHARTWORK,
    LIMITS.name: LogKind.CHARTWORK,
    SEARCHES.name: LogKind.CHARTWORK,
    REFERENCE_LAYERS.name: LogKind.CHARTWORK,
}
_CLOSED: Final = frozenset(status.value for status in CLOSED_STATUSES)


def kinds_of(facts: Facts) -> frozenset[LogKind]:
    """Return the kinds an act is of, by the rows it changed.

    A report that goes to another boat, or tells how many there are, is about boats or people too;
    so is a change of status that closes a boat or opens it again.
    """
    tables = {pair.table for pair in facts.pairs} | facts.left_out
    kinds = {_KIND_OF_TABLE[table] for table in tables if table in _KIND_OF_TABLE}
    for pair in facts.pairs:
        if pair.table == REPORTS.name and _changed(pair, "track_uid"):
            kinds.add(LogKind.BOATS)
        elif (pair.table == TRACKS.name and _is_closing(pair)) or (
            pair.table == STATUS_CHANGES.name and text_of(pair.row, "explained_by")
        ):
            kinds.add(LogKind.PEOPLE)
    found = frozenset(kinds)
    return _EVERY_KIND.setdefault(found, found)


def _changed(pair: Pair, column: str) -> bool:
    if pair.before is None or pair.after is None:
        return False
    return pair.before.get(column) != pair.after.get(column)


def _is_closing(pair: Pair) -> bool:
    statuses = {text_of(row, "status") for row in (pair.before, pair.after) if row is not None}
    return len(statuses) > 1 and bool(statuses & _CLOSED)


def track_uids_of(facts: Facts) -> tuple[str, ...]:
    """Return the uids of the tracks that an act is about, in the order it names them."""
    return tuple(dict.fromkeys(map(sys.intern, filter(None, _track_uids(facts)))))


_TRACK_COLUMNS: Final = ("track_uid", "first_track_uid", "second_track_uid")


def _track_uids(facts: Facts) -> Iterable[str]:
    if facts.act.entity == "track":
        yield facts.act.entity_uid
    for pair in facts.pairs:
        rows = [row for row in (pair.before, pair.after) if row is not None]
        if pair.table == TRACKS.name:
            yield pair.uid
            yield from (text_of(row, "same_as_uid") for row in rows)
        elif pair.table == ACKNOWLEDGEMENTS.name:
            yield from (text_of(row, "entity_uid") for row in rows)
        else:
            for column in _TRACK_COLUMNS:
                yield from (text_of(row, column) for row in rows)


def targets_of(facts: Facts) -> tuple[str, ...]:
    """Return the uids of what to look at on the chart for an act, the nearest to it first.

    Its reports, else the main thing it is about, else the boats; what of it stands in the plot
    nobody has looked at yet.
    """
    reports = [pair.uid for pair in facts.pairs if pair.table == REPORTS.name]
    own = [facts.act.entity_uid] if facts.act.entity in ("beach", "mark", "track") else []
    if facts.act.entity == "track":
        return (*own, *track_uids_of(facts), *reports)
    places = [pair.uid for pair in facts.pairs if pair.table in ("beaches", "marks")]
    return (*reports, *own, *places, *track_uids_of(facts))


def line_uid_of(facts: Facts) -> str:
    """Return the uid of the free line that an act wrote or changed, nothing for other acts."""
    return next((pair.uid for pair in facts.pairs if pair.table == LOG_LINES.name), "")


class Names:
    """What tracks, beaches and limits were called at each act of a log, and what reports said.

    The log tells rows that name them by uid; the name is the one that held then, so that a line
    of the log stays as it was when a boat gets another name. Of a watched approach, its tracks;
    of a merged track, the one that it is now.
    """

    def __init__(self) -> None:
        """Know nobody yet."""
        self._names: dict[str, list[tuple[int, str]]] = {}
        self._watches: dict[str, list[tuple[int, tuple[str, str], bool]]] = {}
        self._report_acts: dict[str, list[LoggedAct]] = {}
        self._long_acts: list[LoggedAct] = []
        self._long_rows: dict[tuple[int, str], Row | None] = {}
        self._same_as: dict[str, str] = {}

    def note(self, act: LoggedAct) -> None:
        """Note the names that an act gave; acts come in their order."""
        for part in parts_of(act):
            self._note(part)

    def _note(self, act: LoggedAct) -> None:
        is_regrouping = regroups(act)
        if act.entity == "report" and not is_regrouping:
            self._report_acts.setdefault(act.entity_uid, []).append(act)
        if not is_regrouping and not _may_name(act):
            return
        try:
            after = _rows_to_note(act)
        except ValueError:
            return
        if act.is_long:
            self._long_acts.append(act)
        for table in _NAMED:
            for uid, row in after.get(table, {}).items():
                known = self._names.setdefault(uid, [])
                name = text_of(row, "name")
                if not known or known[-1][1] != name:
                    known.append((act.seq, name))
        for uid, row in after.get(APPROACH_WATCHES.name, {}).items():
            two = text_of(row, "first_track_uid"), text_of(row, "second_track_uid")
            is_standing = _standing(row) is not None
            self._watches.setdefault(uid, []).append((act.seq, two, is_standing))
        for uid, row in after.get(TRACKS.name, {}).items():
            self._same_as[uid] = text_of(row, "same_as_uid")
        for uid in () if act.is_long else after.get(REPORTS.name, {}):
            self._report_acts.setdefault(uid, []).append(act)

    def name(self, uid: str, seq: int) -> str:
        """Return a name as it was after an act; nothing for what the log does not name."""
        found = ""
        for given, name in self._names.get(uid, ()):
            if given > seq and found:
                break
            found = name
        return found

    def two_of(self, watch_uid: str, seq: int) -> tuple[str, ...]:
        """Return the uids of the two tracks of a watched approach after an act.

        None for anything else.
        """
        found: tuple[str, ...] = ()
        for given, two, _ in self._watches.get(watch_uid, ()):
            if given > seq and found:
                break
            found = two
        return found

    def watched_with(self, track_uid: str, seq: int) -> tuple[str, ...]:
        """Return the uids of the tracks that a track was watched against after an act."""
        found = list[str]()
        for watch in self._watches.values():
            _, two, is_standing = max(
                (each for each in watch if each[0] <= seq), default=(0, ("", ""), False)
            )
            if is_standing and track_uid in two:
                found.append(two[1] if two[0] == track_uid else two[0])
        return tuple(found)

    def survivor(self, track_uid: str) -> str:
        """Return the uid of the track that a track is now, its own unless it was merged."""
        passed = {track_uid}
        while (same_as := self._same_as.get(track_uid, "")) and same_as not in passed:
            track_uid = same_as
            passed.add(track_uid)
        return track_uid

    def report(self, uid: str, seq: int | None = None) -> Row | None:
        """Return the row of a report as it was after an act, None where the log tells none.

        seq: of the act, None for the last one.
        """
        acts = sorted([*self._report_acts.get(uid, ()), *self._long_acts], key=lambda act: act.seq)
        for act in reversed(acts):
            row = self._report_after(act, uid) if seq is None or act.seq <= seq else None
            if row is not None:
                return row
        return None

    def _report_after(self, act: LoggedAct, uid: str) -> Row | None:
        """Return the row of a report after an act; of a long one it is looked up only once."""
        if not act.is_long:
            return _row_after(act, REPORTS.name, uid)
        place = act.seq, uid
        if place not in self._long_rows:
            self._long_rows[place] = _row_after(act, REPORTS.name, uid)
        return self._long_rows[place]


def _rows_to_note(act: LoggedAct) -> LoggedRows:
    """Return the rows an act left; of a long one those that have names are enough."""
    if act.is_long:
        _, after, left_out = act.brief_rows()
        if not left_out & _TO_NOTE:
            return after
    return act.rows()[1]


def _row_after(act: LoggedAct, table: str, uid: str) -> Row | None:
    try:
        return act.row_after(table, uid)
    except ValueError:
        return None


_REGROUPING: Final = ("give_reports", "split_track", "merge_tracks")


def regroups(act: LoggedAct) -> bool:
    """Return whether an act gave reports to another boat, or took that back."""
    return act.label.rpartition(".")[2] in _REGROUPING


_NAMED: Final = (TRACKS.name, BEACHES.name, LIMITS.name)
_TO_NOTE: Final = frozenset({*_NAMED, APPROACH_WATCHES.name})
_NAMING: Final = frozenset({"track", "beach", "limit", "approach_watch", "plot"})


def _may_name(act: LoggedAct) -> bool:
    """Return whether an act may give a name, without reading it: rows of tracks stand first."""
    return act.entity in _NAMING or act.is_long or act.after.startswith(f'{{"{TRACKS.name}":')
