"""The watch over the closest approach of two craft that an operator begins, or ends."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

import numpy as np

from channelplot.analysis.ahead import CraftAhead
from channelplot.analysis.closest_approach import (
    ClosestApproach,
    closest_approach,
    closest_approaches,
)
from channelplot.commands.approach_watches import (
    end_approach_watch,
    watch_approach,
    watch_of_the_two,
)
from channelplot.document.notice import Notice
from channelplot.document.session import Session
from channelplot.errors import CommandRefused
from channelplot.geodesy.units import nm_from_m
from channelplot.model.approach_watch import ApproachWatch
from channelplot.model.ids import new_uid
from channelplot.model.track import Track
from channelplot.settings import APPROACH_DISTANCE_M, APPROACH_WITHIN_MIN
from channelplot.tools.boat_choice import (
    MOST_RANKED,
    BoatTarget,
    ChoiceFault,
    chosen_target,
)
from channelplot.tools.figures import Figures
from channelplot.tools.foresight import Foresight
from channelplot.tools.lookout import Lookout
from channelplot.tools.questions import QuestionCode
from channelplot.tools.range_text import RangeTextError, parse_distance_m

LONGEST_MIN: Final = 360
"""So far ahead closest approaches are looked for."""
_MINUTES: Final = re.compile(r"([0-9]{1,3})(?:\s*(?:min|mn|m|'))?", re.IGNORECASE)


class ApproachField(StrEnum):
    """A field that is typed into."""

    AGAINST = "against"
    DISTANCE = "distance"
    WITHIN = "within"


@dataclass(frozen=True, slots=True)
class ApproachReading:
    """How the text is understood.

    watch: as it would stand in the plot, None while wrong names a field that can't be read (fault:
    why nobody is picked). target: whom it is against. replaced: the watch of the same two whose
    place it takes. refusal: why it can't stand. ended: the watch that Enter ends instead. closed:
    the craft that is closed, so that nothing is predicted of it and it can't be watched.
    """

    watch: ApproachWatch | None = None
    target: BoatTarget | None = None
    wrong: ApproachField | None = None
    fault: ChoiceFault | None = None
    refusal: CommandRefused | None = None
    replaced: ApproachWatch | None = None
    ended: ApproachWatch | None = None
    closed: Track | None = None

    @property
    def can_commit(self) -> bool:
        """Return whether Enter would do something."""
        return self.ended is not None or (self.watch is not None and self.refusal is None)


class ApproachDraft:
    """The selected craft, and the one that the text picks. Announces changed."""

    def __init__(
        self, session: Session, figures: Figures, foresight: Foresight, lookout: Lookout
    ) -> None:
        """Take what is open, what limits are offered, and what knows where craft go."""
        self.changed = Notice[None]()
        self.session = session
        self.is_active = False
        self.against = self.distance = self.within = ""
        self._figures = figures
        self._foresight = foresight
        self._offered = ("", "")
        self._uid = ""
        self._ending_uid = ""
        self._new_uid = new_uid()
        self._ranked: tuple[object, tuple[BoatTarget, ...]] | None = None
        self._watched: (
            tuple[object, tuple[tuple[ApproachWatch, ClosestApproach | None], ...]] | None
        ) = None
        session.document_changed.connect(lambda _: self.drop())
        lookout.looked.connect(lambda _: self._announce())

    @property
    def track(self) -> Track | None:
        """Return the craft that was selected, None if it is gone or none was."""
        return self.session.document.plot.tracks.get(self._uid)

    @property
    def watches(self) -> tuple[ApproachWatch, ...]:
        """Return the watches in force, the one begun last first."""
        watches = self.session.document.plot.approach_watches.values()
        return tuple(sorted(watches, key=lambda one: (one.created_at_utc, one.uid), reverse=True))

    def watched(self) -> tuple[tuple[ApproachWatch, ClosestApproach | None], ...]:
        """Return the watches in force, as ``watches``, and how close their two come.

        Reckoned for this minute; None where nothing recent is known of one of the two.
        """
        minute_utc, crafts = self._minute_utc(), self._foresight.crafts
        key = (minute_utc, self.watches, tuple(crafts.values()))
        if self._watched is None or self._watched[0] != key:
            found = []
            for watch in self.watches:
                first, second = (
                    crafts.get(watch.first_track_uid),
                    crafts.get(watch.second_track_uid),
                )
                approach = None
                if first is not None and second is not None:
                    approach = closest_approach(
                        first.reckoning.passage, second.reckoning.passage, minute_utc
                    )
                found.append((watch, approach))
            self._watched = key, tuple(found)
        return self._watched[1]

    @property
    def is_empty(self) -> bool:
        """Return whether nothing was typed that was not offered."""
        return (
            not self.against
            and (self.distance, self.within) == self._offered
            and not self._ending_uid
        )

    def begin(self) -> bool:
        """Take up the selected craft; without one there must be a watch that can be ended."""
        document = self.session.document
        track = self.session.selection.only_track(document.plot)
        if document.is_read_only or (track is None and not document.plot.approach_watches):
            return False
        self.is_active = True
        self._uid = "" if track is None else track.uid
        self.clear()
        return True

    def clear(self) -> None:
        """Put the fields as they are offered."""
        distance_m = int(self._figures.value(APPROACH_DISTANCE_M))
        self._offered = (
            f"{nm_from_m(distance_m):.2f}".rstrip("0").rstrip("."),
            str(self._figures.value(APPROACH_WITHIN_MIN)),
        )
        self.against, (self.distance, self.within) = "", self._offered
        self._ending_uid = ""
        self._announce()

    def drop(self) -> None:
        """End: nobody is taken up any more."""
        if self.is_active:
            self.is_active = False
            self._uid = ""
            self.against = self.distance = self.within = self._ending_uid = ""
            self.changed.announce(None)

    def edit(
        self,
        *,
        against: str | None = None,
        distance: str | None = None,
        within: str | None = None,
    ) -> None:
        """Set what is given, as typed, and announce it."""
        self.against = self.against if against is None else against
        self.distance = self.distance if distance is None else distance
        self.within = self.within if within is None else within
        self._ending_uid = ""
        self._announce()

    def begin_ending(self, watch_uid: str) -> None:
        """Let Enter end a watch in force."""
        self._ending_uid = watch_uid
        self._announce()

    def targets(self) -> tuple[BoatTarget, ...]:
        """Return the other craft by how close they come to the selected one, the nearest first.

        Reckoned for this minute, both moved to it; craft of which nothing is known are left out.
        """
        minute_utc = self._minute_utc()
        crafts = self._foresight.crafts
        own = crafts.get(self._uid)
        if own is None:
            return ()
        others = [one for uid, one in crafts.items() if uid != self._uid]
        key = (minute_utc, own, others)
        if self._ranked is None or self._ranked[0] != key:
            self._ranked = key, _ranked(own, others, minute_utc)
        return self._ranked[1]

    def reading(self) -> ApproachReading:
        """Return how the text is understood now."""
        plot, track = self.session.document.plot, self.track
        ended = plot.approach_watches.get(self._ending_uid)
        if ended is not None:
            return ApproachReading(ended=ended)
        if track is None:
            return ApproachReading()
        if _is_closed(track):
            return ApproachReading(closed=track)
        target = chosen_target(self.against, self.targets(), {}, plot)
        if isinstance(target, ChoiceFault):
            return ApproachReading(wrong=ApproachField.AGAINST, fault=target)
        other = plot.tracks.get(target.track_uid or "")
        if other is not None and _is_closed(other):
            return ApproachReading(wrong=ApproachField.AGAINST, target=target, closed=other)
        try:
            distance_m = parse_distance_m(self.distance)
        except RangeTextError:
            distance_m = None
        if distance_m is None:
            return ApproachReading(wrong=ApproachField.DISTANCE, target=target)
        minutes = _MINUTES.fullmatch(self.within.strip())
        if minutes is None or not 1 <= int(minutes[1]) <= LONGEST_MIN:
            return ApproachReading(wrong=ApproachField.WITHIN, target=target)
        watch = ApproachWatch(
            uid=self._new_uid,
            first_track_uid=track.uid,
            second_track_uid=target.track_uid or "",
            distance_m=distance_m,
            within_min=int(minutes[1]),
            created_at_utc=self.session.clock(),
            created_by=self.session.document.operator,
        )
        try:
            watch_approach(watch).edit(plot)
        except CommandRefused as refusal:
            return ApproachReading(watch=watch, target=target, refusal=refusal)
        return ApproachReading(watch=watch, target=target, replaced=watch_of_the_two(plot, watch))

    def commit(self, answered: frozenset[QuestionCode] = frozenset()) -> bool:
        """Begin the watch, or end the one that is to end. Returns False if nothing can be done.

        Raises CommandRefused.
        """
        del answered  # nothing is asked about a watch
        reading = self.reading()
        if reading.ended is not None:
            is_done = self.session.document.apply(end_approach_watch(reading.ended.uid))
        elif reading.watch is not None and reading.can_commit:
            is_done = self.session.document.apply(watch_approach(reading.watch))
        else:
            return False
        if is_done:
            self._new_uid = new_uid()
            self.drop()
        return is_done

    def _minute_utc(self) -> datetime:
        return self.session.clock().replace(second=0, microsecond=0)

    def _announce(self) -> None:
        if self.is_active:
            self.changed.announce(None)


def _is_closed(track: Track) -> bool:
    """Return whether a craft is closed, not merely another name of one."""
    return track.is_closed and track.same_as_uid is None


def _ranked(
    own: CraftAhead, others: Sequence[CraftAhead], at_utc: datetime
) -> tuple[BoatTarget, ...]:
    """Return the craft that come closest, each on a key: found quickly, the few then measured."""
    passages = [one.reckoning.passage for one in others]
    pairs = np.array([(0, row) for row in range(len(others))], dtype=np.intp).reshape(-1, 2)
    passage = own.reckoning.passage
    _, least_m = closest_approaches([passage], passages, pairs, at_utc)
    nearest = np.argsort(least_m, kind="stable")[:MOST_RANKED]
    found = [
        (closest_approach(passage, passages[row], at_utc), others[row].track) for row in nearest
    ]
    found.sort(key=lambda one: (one[0].least_m, one[1].name))
    return tuple(
        BoatTarget(str(number), track.name, track.uid, approach=approach)
        for number, (approach, track) in enumerate(found, 1)
    )
