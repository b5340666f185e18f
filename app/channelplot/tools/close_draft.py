"""The closing of a boat that an operator is preparing: how it ended, and on what evidence."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from channelplot.analysis.ledger import Ledger, ledger_of
from channelplot.commands.closing import Closing, close_track
from channelplot.document.notice import Notice
from channelplot.document.session import Session
from channelplot.errors import CommandRefused
from channelplot.model.codes import CountBasis, Craft, TrackStatus
from channelplot.model.ids import new_uid
from channelplot.model.report import Report
from channelplot.model.track import Track
from channelplot.tools.questions import QuestionCode

CLOSINGS: Final = (
    TrackStatus.RESCUED_ALL,
    TrackStatus.LANDED,
    TrackStatus.RETURNED,
    TrackStatus.PREVENTED,
    TrackStatus.NOT_SMALL_BOAT,
    TrackStatus.CLOSED_UNRESOLVED,
)
"""How a craft may be closed, in the order they are offered; the same as another: by merging."""
USUAL: Final[Mapping[Craft, TrackStatus]] = {
    Craft.SMALL_BOAT: TrackStatus.RESCUED_ALL,
    Craft.OTHER: TrackStatus.RESCUED_ALL,
    Craft.RESCUE_VESSEL: TrackStatus.RETURNED,
    Craft.AIRCRAFT: TrackStatus.RETURNED,
    Craft.MERCHANT_VESSEL: TrackStatus.NOT_SMALL_BOAT,
}
"""What is offered first, however the boat before ended: that of another boat would be a trap."""


@dataclass(frozen=True, slots=True)
class CloseText:
    """What stands in the fields. explained_by: who answers for what is not settled; why: reason."""

    status: TrackStatus = TrackStatus.RESCUED_ALL
    identified_by: str = ""
    identified_how: str = ""
    explained_by: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class CloseReading:
    """How things stand with the boat.

    track: None if it is gone or closed by now. obstacle: what keeps it from being closed on the
    evidence given, None if nothing does. is_explained: a named person answers for that.
    """

    track: Track | None = None
    ledger: Ledger = field(default_factory=Ledger)
    obstacle: CommandRefused | None = None
    is_explained: bool = False

    @property
    def can_close(self) -> bool:
        """Return whether Enter closes it."""
        return self.track is not None and (self.obstacle is None or self.is_explained)


@dataclass
class CloseDraft:
    """The closing being prepared. Announces changed when anything of it does.

    Announces done with the uid of a craft that it closed.
    """

    session: Session
    uid: str = ""
    text: CloseText = field(default_factory=CloseText)
    changed: Notice[None] = field(default_factory=Notice[None])
    done: Notice[str] = field(default_factory=Notice[str])
    _offered: TrackStatus = TrackStatus.RESCUED_ALL

    def __post_init__(self) -> None:
        """Follow the plot, and the selection while nothing is typed."""
        self.session.plot_changed.connect(lambda _: self.changed.announce(None))
        self.session.document_changed.connect(lambda _: self._take(None))
        self.session.selection.changed.connect(lambda _: self._follow_selection())

    @property
    def track(self) -> Track | None:
        """Return the craft, None if it is gone or closed."""
        track = self.session.document.plot.tracks.get(self.uid)
        return None if track is None or track.is_closed else track

    def begin(self) -> bool:
        """Take up the selected craft; False if there is not just one, or it is closed."""
        track = self.session.selection.only_track(self.session.document.plot)
        if track is None or track.is_closed:
            return False
        self._take(track)
        return True

    def edit(self, **values: object) -> None:
        """Set fields of the text by name and announce it."""
        self.text = replace(self.text, **values)  # type: ignore[arg-type]  # named as declared
        self.changed.announce(None)

    def clear(self) -> None:
        """Empty the fields and offer the usual status again."""
        self._take(self.track)

    @property
    def is_empty(self) -> bool:
        """Return whether nothing was typed or chosen."""
        return self.text == CloseText(self._offered)

    def witnesses(self) -> tuple[str, ...]:
        """Return who may have identified the boat: who told of it, the latest first, and assets.

        Those who counted its people come before the others.
        """
        track, plot = self.track, self.session.document.plot
        reports = () if track is None else track.reports[::-1]
        counted = [report.source_name for report in reports if _is_count(report)]
        told = [report.source_name for report in reports]
        assets = sorted(each.name for each in plot.tracks.values() if not each.has_people)
        return tuple(dict.fromkeys(name for name in (*counted, *told, *assets) if name))

    def reading(self) -> CloseReading:
        """Return how things stand now."""
        track = self.track
        if track is None:
            return CloseReading()
        closing = self._closing()
        on_evidence = close_track(track.uid, replace(closing, explained_by="", reason=""))
        obstacle = None
        try:
            on_evidence.edit(self.session.document.plot)
        except CommandRefused as refused:
            obstacle = refused
        return CloseReading(track, ledger_of(track), obstacle, closing.is_explained)

    def commit(self, answered: frozenset[QuestionCode] = frozenset()) -> bool:
        """Close the craft. Returns False, doing nothing, if it is gone or closed.

        Raises ClosingRefused, or another CommandRefused, if it can't be closed so.
        """
        del answered  # nothing is asked that could be answered all the same
        track = self.track
        if track is None:
            return False
        self.session.document.apply(close_track(track.uid, self._closing()))
        self._take(None)
        self.done.announce(track.uid)
        return True

    def _closing(self) -> Closing:
        text = self.text
        return Closing(
            status=text.status,
            change_uid=new_uid(),
            at_utc=self.session.clock(),
            by=self.session.document.operator,
            identified_by=text.identified_by,
            identified_how=text.identified_how,
            explained_by=text.explained_by,
            reason=text.why,
        )

    def _take(self, track: Track | None) -> None:
        self.uid = "" if track is None else track.uid
        craft = Craft.SMALL_BOAT if track is None else track.craft
        self._offered = USUAL[craft]
        self.text = CloseText(self._offered)
        self.changed.announce(None)

    def _follow_selection(self) -> None:
        """Take up another open craft that is selected while nothing is typed."""
        if not (self.uid and self.is_empty and self.session.selection.is_chosen):
            return
        track = self.session.selection.only_track(self.session.document.plot)
        if track is not None and track.uid != self.uid and not track.is_closed:
            self._take(track)


def _is_count(report: Report) -> bool:
    return report.people is not None and report.people.basis is CountBasis.COUNTED
