"""The lookout: what wants attention as time goes on, and when it has to be heard."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final

from channelplot.analysis.alerts import Alert, alerts_of
from channelplot.analysis.alerts_ahead import Desk, approach_alerts, waters_alerts
from channelplot.analysis.dead_reckoning import is_too_old
from channelplot.analysis.error_circle import ErrorModel
from channelplot.analysis.overdue import Contact, UsualIntervals, contact_of, open_tracks
from channelplot.commands.alerts import acknowledge
from channelplot.document.notice import Notice
from channelplot.document.session import Session
from channelplot.model.acknowledgement import Acknowledgement
from channelplot.model.codes import AlertCode
from channelplot.model.ids import new_uid
from channelplot.model.plot import Plot
from channelplot.model.track import Track
from channelplot.tools.figures import Figures
from channelplot.tools.foresight import Foresight

LOOKS_EVERY: Final = timedelta(seconds=5)
BEEPS_EVERY: Final = timedelta(minutes=1)
PREDICTED: Final = frozenset({AlertCode.CLOSEST_APPROACH, AlertCode.WATERS_AHEAD})
"""Alerts of what has not happened."""

_Heard = tuple[AlertCode, str, datetime]


class Lookout:
    """Looks at the plot when it changes and every few seconds, as ``tick`` is called.

    Announces looked after every look: the alerts may be the same, but times have moved on; and
    beep_wanted, with the alerts, when urgent ones that nobody has acknowledged have to be heard:
    once for each, then every minute. An example and a plot that is open for reading only, where
    nobody could acknowledge, are never heard.
    """

    def __init__(self, session: Session, figures: Figures, foresight: Foresight) -> None:
        """Look at the open plot, and at those that take its place.

        foresight: predicts; what it has not yet worked out is looked at when it has.
        """
        self.looked = Notice[None]()
        self.beep_wanted = Notice[tuple[Alert, ...]]()
        self._session = session
        self._figures = figures
        self._foresight = foresight
        self._now_utc = session.clock()
        self._acknowledgements: dict[str, list[Acknowledgement]] = {}
        self._alerts: tuple[Alert, ...] = ()
        self._heard: frozenset[_Heard] = frozenset()
        self._beeped_at_utc: datetime | None = None
        session.document_changed.connect(lambda _: self.look())
        session.plot_changed.connect(lambda _: self.look())
        figures.changed.connect(lambda _: self.look())
        foresight.changed.connect(lambda _: self.look())
        self.look()

    @property
    def alerts(self) -> tuple[Alert, ...]:
        """Return what wanted attention at the last look, most urgent first."""
        return self._alerts

    @property
    def now_utc(self) -> datetime:
        """Return the time of the last look."""
        return self._now_utc

    @property
    def usual_intervals(self) -> UsualIntervals:
        """Return the minutes between contacts for craft without an interval of their own."""
        return self._figures.usual_intervals

    @property
    def error_model(self) -> ErrorModel:
        """Return how far positions may be off, for what is said of a prediction."""
        return self._figures.error_model

    def tick(self) -> None:
        """Look again if the last look was some seconds ago, or the clock was put back."""
        if not timedelta(0) <= self._session.clock() - self._now_utc < LOOKS_EVERY:
            self.look()

    def look(self) -> None:
        """Look at the plot as it is now."""
        plot = self._session.document.plot
        self._now_utc = self._session.clock()
        of_entity: defaultdict[str, list[Acknowledgement]] = defaultdict(list)
        for one in plot.acknowledgements.values():
            of_entity[one.entity_uid].append(one)
        self._acknowledgements = dict(of_entity)
        self._foresight.look(self._now_utc)
        self._alerts = alerts_of(
            plot, self._now_utc, self._figures.usual_intervals, self._predicted(plot)
        )
        self.looked.announce(None)
        self._listen()

    def make_ready(self, plot: Plot) -> None:
        """Work out what a look asks of the tracks of a plot that is shown next; on any thread."""
        now_utc = self._session.clock()
        alerts_of(plot, now_utc, self._figures.usual_intervals, ())
        for track in plot.tracks.values():
            is_too_old(track, now_utc)

    def contact(self, track: Track) -> Contact | None:
        """Return the next contact with a craft as of the last look, None if none is waited for."""
        return contact_of(
            track,
            self._acknowledgements.get(track.uid, ()),
            self._now_utc,
            self._figures.usual_intervals,
        )

    def next_contact(self) -> Contact | None:
        """Return the contact that is due next of those that are not overdue."""
        tracks = open_tracks(self._session.document.plot)
        waited_for = (self.contact(track) for track in tracks)
        return min(
            (each for each in waited_for if each is not None and not each.is_overdue),
            key=lambda each: each.due_at_utc,
            default=None,
        )

    def due_utc(self, contact: Contact) -> datetime:
        """Return when a contact is or was due, whoever has acknowledged its silence since."""
        if not contact.is_overdue:
            return contact.due_at_utc
        return self._now_utc - timedelta(seconds=contact.overdue_s)

    def acknowledge(self, alert: Alert) -> bool:
        """Note that the operator has seen an alert; False if somebody had already.

        Raises CommandRefused.
        """
        if alert.acknowledgement is not None:
            return False
        document = self._session.document
        return document.apply(
            acknowledge(
                Acknowledgement(
                    uid=new_uid(),
                    alert=alert.code,
                    entity_uid=alert.entity_uid,
                    raised_at_utc=alert.raised_at_utc,
                    at_utc=self._session.clock(),
                    by=document.operator,
                )
            )
        )

    def _predicted(self, plot: Plot) -> Iterator[Alert]:
        """Yield the alerts of what lies ahead: of watches in force, and of open boats."""
        desk = Desk(
            self._now_utc,
            tuple(one for one in plot.acknowledgements.values() if one.alert in PREDICTED),
            timedelta(minutes=self._figures.usual_interval_min),
        )
        approaches = self._foresight.approaches
        watches = plot.approach_watches
        yield from approach_alerts((a for a in approaches if a.watch.uid in watches), desk)
        crafts = self._foresight.crafts.values()
        yield from waters_alerts(crafts, desk, self._figures.crossing_warning)

    def _listen(self) -> None:
        """Ask for a beep if a new alert has become urgent, or the last beep was a minute ago."""
        wanting = tuple(a for a in self._alerts if a.is_urgent and a.acknowledgement is None)
        if not wanting or not self._may_be_heard():
            self._heard, self._beeped_at_utc = frozenset(), None
            return
        before, self._heard = self._heard, _heard(wanting)
        # A clock that was put back must not silence what is urgent.
        is_fresh = self._beeped_at_utc is not None and (
            timedelta(0) <= self._now_utc - self._beeped_at_utc < BEEPS_EVERY
        )
        if not self._heard <= before or not is_fresh:
            self._beeped_at_utc = self._now_utc
            self.beep_wanted.announce(wanting)

    def _may_be_heard(self) -> bool:
        document = self._session.document
        return (
            self._figures.is_sound_on and not document.plot.is_example and not document.is_read_only
        )


def _heard(alerts: Sequence[Alert]) -> frozenset[_Heard]:
    return frozenset((a.code, a.entity_uid, a.raised_at_utc) for a in alerts)
