"""What is asked of the plot at this desk: for what time, and what is supposed of which boat."""

from dataclasses import replace
from datetime import datetime

from channelplot.analysis.conditions import conditions_for
from channelplot.analysis.dead_reckoning import AS_KNOWN, Reckoning, Supposition, most_likely
from channelplot.document.notice import Notice
from channelplot.document.session import Session
from channelplot.model.track import Track


class Chartwork:
    """The time that answers are for, and what the operator supposes; nothing of it is stored.

    Announces changed. What is supposed of the craft of one plot is forgotten with it.
    """

    def __init__(self, session: Session) -> None:
        """Ask for now, and suppose nothing."""
        self.changed = Notice[None]()
        self._session = session
        self._at_utc: datetime | None = None
        self._supposed: dict[str, Supposition] = {}
        session.document_changed.connect(lambda _: self._forget())

    @property
    def chosen_utc(self) -> datetime | None:
        """Return the time that was chosen, None for now."""
        return self._at_utc

    @property
    def at_utc(self) -> datetime:
        """Return the time that answers are for."""
        return self._at_utc if self._at_utc is not None else self._session.clock()

    def choose_time(self, at_utc: datetime | None) -> None:
        """Ask for a time, None for now and for as long as time goes on."""
        if at_utc != self._at_utc:
            self._at_utc = at_utc
            self.changed.announce(None)

    def supposed_of(self, track_uid: str) -> Supposition:
        """Return what the operator supposes of a craft, without stream and wind."""
        return self._supposed.get(track_uid, AS_KNOWN)

    def suppose(self, track_uid: str, supposition: Supposition) -> None:
        """Suppose something of a craft; ``AS_KNOWN`` for nothing any more."""
        if supposition != self.supposed_of(track_uid):
            self._supposed[track_uid] = supposition
            self.changed.announce(None)

    def supposition(self, track_uid: str) -> Supposition:
        """Return what a craft is reckoned with: what is supposed, in the plot's stream and wind."""
        conditions = conditions_for(self._session.document.plot, track_uid)
        return replace(self.supposed_of(track_uid), conditions=conditions)

    def reckoning(self, track: Track) -> Reckoning | None:
        """Return how a craft most likely goes on by what was known until the time asked for."""
        return most_likely(track, self.at_utc, self.supposition(track.uid))

    def _forget(self) -> None:
        self._at_utc = None
        self._supposed.clear()
        self.changed.announce(None)
