"""The acts of the open plot, each worded when it is first looked at or when there is time."""

import time
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from channelplot.geodesy.position import Position
from channelplot.store.log import LoggedAct
from channelplot.store.whole_acts import whole_acts
from channelplot.ui.log.facts import Names
from channelplot.ui.log.log_text import Detail, Entry, LogWords
from channelplot.ui.log.query import LogQuery
from channelplot.ui.panels.log_reading import LogReading

_PREDICTED: Final = "log_predicted_crossing"


class LogBook:
    """Knows the acts by their number in the log's order, the oldest 0.

    To word an act takes some hundredths of a millisecond: too long for tens of thousands at once,
    so ``read_some`` does it bit by bit, from the latest back. Acts whose rows have stayed in the
    file are called by their labels alone until a reading of them has been taken.
    """

    def __init__(self, position: Callable[[Position], str]) -> None:
        """Start empty. position: writes a position."""
        self._position = position
        self._logged: Sequence[LoggedAct] = ()
        self._taken = 0
        self._acts: list[LoggedAct] = []
        self._entries: list[Entry | None] = []
        self._texts: list[str] = []
        self._unread = 0
        self._predicted: list[int] = []
        self._read: dict[int, Entry] = {}
        self._is_left = False
        self._names = Names()
        self._words = LogWords(self._names, position)

    def __len__(self) -> int:
        """Return how many acts it knows."""
        return len(self._entries)

    def show(self, acts: Sequence[LoggedAct]) -> None:
        """Take the acts of another plot, which may grow."""
        self._logged, self._taken, self._acts = acts, 0, []
        self._entries, self._texts, self._predicted = [], [], []
        self._read, self._is_left = {}, False
        self._names = Names()
        self._words = LogWords(self._names, self._position)
        self._note_new()
        self._unread = len(self._entries)

    @property
    def is_behind(self) -> bool:
        """Return whether acts came since that it does not know yet."""
        return self._taken != len(self._logged)

    def reading(self) -> LogReading | None:
        """Return what reads the acts that are left in the file, None if all that are have been."""
        return LogReading(self._acts, self._position) if self._is_left else None

    def take(self, reading: LogReading) -> None:
        """Take what was read of the acts shown here; all are worded anew, with every name."""
        self._names, self._read = reading.names, reading.entries
        self._words = LogWords(self._names, self._position)
        self._is_left = False
        for number in range(reading.count, len(self._entries)):
            self._note(number)
        self._forget_words()

    def catch_up(self) -> list[int]:
        """Take up the acts that came since, and return the numbers of those worded anew for them.

        A predicted crossing says so when what it was reckoned from became another boat's report
        or was withdrawn.
        """
        before = len(self._entries)
        self._note_new()
        new_acts = self._acts[before : len(self._entries)]
        anew = []
        if any(act.entity in ("report", "track") for act in new_acts):
            anew = [number for number in self._predicted if number < before]
        for number in anew:
            self._entries[number] = None
        for number in (*anew, *range(before, len(self._entries))):
            self.entry(number)
        return anew

    def reword(self) -> None:
        """Word every act anew: positions are written in another form now."""
        self._is_left = bool(self._read)
        self._forget_words()

    def _forget_words(self) -> None:
        self._entries = [None] * len(self._entries)
        self._texts = [""] * len(self._texts)
        self._unread = len(self._entries)

    @property
    def unread(self) -> int:
        """Return how many acts, the oldest ones, may not have been worded yet."""
        return self._unread

    def read_some(self, duration_s: float) -> range:
        """Word the latest acts that are not worded yet for so long, one at least; return which.

        Their numbers go from the latest to the oldest.
        """
        last = self._unread
        end_s = time.perf_counter() + duration_s
        while self._unread:
            self._unread -= 1
            self.entry(self._unread)
            if time.perf_counter() >= end_s:
                break
        return range(last - 1, self._unread - 1, -1)

    def act(self, number: int) -> LoggedAct:
        """Return an act."""
        return self._acts[number]

    def entry(self, number: int) -> Entry:
        """Return an act in words."""
        entry = self._entries[number]
        if entry is None:
            act = self._acts[number]
            entry = self._read.get(number) or self._words.entry(act, is_read=not act.is_in_file)
            self._entries[number] = entry
            self._texts[number] = f"{act.operator}\n{entry.words}\n{entry.why}".casefold()
        return entry

    def details(self, number: int) -> Iterable[Detail]:
        """Return every field that an act changed."""
        return self._words.details(self._acts[number])

    def passing(self, query: LogQuery, numbers: Iterable[int]) -> list[int]:
        """Return those of the acts with these numbers that a query wants, in their order.

        An act that is not worded yet passes only what needs no words.
        """
        acts, entries, texts = self._acts, self._entries, self._texts
        found = list(numbers)
        from_utc, until_utc = query.interval.from_utc, query.interval.until_utc
        if from_utc is not None:
            found = [n for n in found if acts[n].at_utc >= from_utc]
        if until_utc is not None:
            found = [n for n in found if acts[n].at_utc < until_utc]
        kind, uids = query.kind, query.track_uids
        if kind is not None:
            found = [n for n in found if (e := entries[n]) is not None and kind in e.kinds]
        if uids is not None:
            found = [
                n
                for n in found
                if (e := entries[n]) is not None and not uids.isdisjoint(e.track_uids)
            ]
        for word in query.words:
            found = [n for n in found if word in texts[n]]
        return found

    def _note_new(self) -> None:
        # All rows that tell of an act come at once.
        self._acts += whole_acts(self._logged[self._taken :])
        self._taken = len(self._logged)
        for number in range(len(self._entries), len(self._acts)):
            self._note(number)
            if self._acts[number].label == _PREDICTED:
                self._predicted.append(number)
            self._entries.append(None)
            self._texts.append("")

    def _note(self, number: int) -> None:
        """Note the names that an act gave, unless it would have to be read from the file."""
        act = self._acts[number]
        if act.is_in_file:
            self._is_left = True
        else:
            self._names.note(act)
