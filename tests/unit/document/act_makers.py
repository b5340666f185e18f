"""Every command there is, with values drawn at random: one maker for each way of using one.

To add a command, write a function here that takes the ``Draw`` and returns a Command, or None
where the plot has nothing that it could be done to, and put ``@maker`` above it.
"""

import random
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TypeVar

from channelplot.analysis.ledger import ledger_of
from channelplot.commands.alerts import acknowledge
from channelplot.commands.approach_watches import end_approach_watch, watch_approach
from channelplot.commands.beaches import add_beach, amend_beach, move_beach, withdraw_beach
from channelplot.commands.claims import give_reports, merge_tracks, split_track
from channelplot.commands.closing import Closing, close_track, explain_people, reopen_track
from channelplot.commands.command import Command
from channelplot.commands.conditions import (
    add_conditions,
    amend_conditions,
    withdraw_conditions,
)
from channelplot.commands.limits import load_limits, withdraw_limit
from channelplot.commands.log_lines import add_log_line, amend_log_line, withdraw_log_line
from channelplot.commands.marks import add_mark, amend_mark, withdraw_mark
from channelplot.commands.predicted_crossings import log_predicted_crossing
from channelplot.commands.reference_layers import (
    add_reference_layer,
    move_reference_file,
    remove_reference_layer,
    restyle_reference_layer,
)
from channelplot.commands.reports import add_report, amend_report, move_report, withdraw_report
from channelplot.commands.restore import restore
from channelplot.commands.searches import plan_search, withdraw_search
from channelplot.commands.together import together
from channelplot.commands.tracks import amend_track, set_status, start_track, withdraw_track
from channelplot.document.document import Document
from channelplot.geodesy.position import Position
from channelplot.model.beach import Beach, Mark
from channelplot.model.caller import same_as_report
from channelplot.model.codes import (
    CLOSED_STATUSES,
    BoatType,
    CountBasis,
    Craft,
    PositionForm,
    ReportKind,
    SourceKind,
    TrackStatus,
)
from channelplot.model.log_line import LogLine
from channelplot.model.people import PeopleCount
from channelplot.model.plot import Plot
from channelplot.model.report import Report
from channelplot.model.track import Track
from helpers import by_lot
from helpers.builders import a_beach, a_log_line, a_mark, a_report, a_track, an_acknowledgement
from helpers.clock import FixedClock
from helpers.every_command import EVERY_COMMAND

T = TypeVar("T")

WORDS = ("", "45 aboard", "moteur arrêté", "50°58.0′N 001°41.0′E", "d'après “la vedette”", "\n")


@dataclass(frozen=True)
class Draw:
    """Dice, and what they are thrown for: the open plot, the clock."""

    dice: random.Random
    document: Document
    clock: FixedClock

    @property
    def plot(self) -> Plot:
        return self.document.plot

    def one_of(self, things: Sequence[T]) -> T | None:
        return self.dice.choice(things) if things else None

    def track(self) -> Track | None:
        return self.one_of(list(self.plot.tracks.values()))

    def unmerged(self) -> Track | None:
        return self.one_of([t for t in self.plot.tracks.values() if t.same_as_uid is None])

    def report(self) -> Report | None:
        return self.one_of(list(self.plot.reports()))

    def beach(self) -> Beach | None:
        return self.one_of(list(self.plot.beaches.values()))

    def mark(self) -> Mark | None:
        return self.one_of(list(self.plot.marks.values()))

    def line(self) -> LogLine | None:
        return self.one_of(list(self.plot.log_lines.values()))

    def uid(self) -> str:
        """A new identifier, the same in every run."""
        return str(uuid.UUID(int=self.dice.getrandbits(128), version=4))

    def words(self) -> str:
        return self.dice.choice(WORDS)

    def is_heads(self) -> bool:
        return self.dice.random() < 0.5

    def position(self) -> Position:
        return Position(self.dice.uniform(1.2, 2.2), self.dice.uniform(50.6, 51.4))

    def number(self) -> float | None:
        return self.dice.choice([None, 0.0, self.dice.uniform(0.0, 30.0)])

    def moment(self) -> datetime:
        """A time within the last six hours, to the millisecond."""
        return self.clock() - timedelta(milliseconds=self.dice.randrange(6 * 3_600_000))

    def people(self) -> PeopleCount | None:
        if self.is_heads():
            return None
        men, children, missing = (self.dice.randrange(20) for _ in range(3))
        return PeopleCount(
            basis=self.dice.choice(list(CountBasis)),
            total=self.dice.choice([None, 20 + men + children]),
            men=self.dice.choice([None, men]),
            children=self.dice.choice([None, children]),
            missing=self.dice.choice([None, missing]),
            is_estimate=self.is_heads(),
        )

    def new_report(self, track_uid: str | None) -> Report:
        known = self.report()
        callers = ["", "+33612345678", "CUTTER-1"]
        if known is not None:
            callers.append(same_as_report(known.uid))
        observed_at_utc = self.moment()
        has_position = self.dice.random() < 0.8
        return a_report(
            observed_at_utc,
            uid=self.uid(),
            kind=self.dice.choice(list(ReportKind)),
            received_at_utc=observed_at_utc + timedelta(minutes=self.dice.randrange(9)),
            logged_at_utc=self.clock(),
            track_uid=track_uid,
            position=self.position() if has_position else None,
            position_form=self.dice.choice(list(PositionForm)) if has_position else None,
            as_received=self.words(),
            error_m=self.number(),
            source=self.dice.choice(list(SourceKind)),
            course_deg=self.number(),
            speed_kn=self.number(),
            people=self.people(),
            boat_type=self.dice.choice([None, *BoatType]),
            caller=self.dice.choice(callers),
        )

    def new_track(self) -> Track:
        return a_track(
            self.document.next_track_name(),
            uid=self.uid(),
            craft=self.dice.choice([Craft.SMALL_BOAT, *Craft]),
            created_at_utc=self.clock(),
        )


Maker = Callable[[Draw], Command | None]
MAKERS: list[Maker] = []


def maker(make: Maker) -> Maker:
    """Have a maker take part."""
    MAKERS.append(make)
    return make


# Reports


@maker
def adding_a_report(draw: Draw) -> Command | None:
    track = draw.unmerged()
    return add_report(draw.new_report(None if track is None else track.uid))


@maker
def adding_a_report_of_no_track(draw: Draw) -> Command | None:
    return add_report(draw.new_report(None))


@maker
def adding_a_report_of_a_new_track(draw: Draw) -> Command | None:
    track = draw.new_track()
    return add_report(draw.new_report(track.uid), track)


@maker
def moving_a_report(draw: Draw) -> Command | None:
    report = draw.report()
    form = draw.dice.choice(list(PositionForm))
    return None if report is None else move_report(report.uid, draw.position(), form, draw.number())


@maker
def amending_a_report(draw: Draw) -> Command | None:
    report = draw.report()
    if report is None:
        return None
    other = draw.new_report(report.track_uid)
    amended = replace(
        report,
        observed_at_utc=other.observed_at_utc if draw.is_heads() else report.observed_at_utc,
        people=other.people,
        grade=draw.dice.choice(["", "1A", "2C"]),
        boat_type=other.boat_type,
        as_received=other.as_received,
    )
    return amend_report(amended, draw.words())


@maker
def withdrawing_a_report(draw: Draw) -> Command | None:
    report = draw.report()
    return None if report is None else withdraw_report(report.uid, draw.words())


# Claims


def _some_reports(draw: Draw) -> list[str]:
    uids = [report.uid for report in draw.plot.reports()]
    return draw.dice.sample(uids, min(len(uids), draw.dice.randint(1, 3)))


@maker
def giving_reports_to_a_track(draw: Draw) -> Command | None:
    track = draw.track()
    return (
        None if track is None else give_reports(_some_reports(draw), track.uid, reason=draw.words())
    )


@maker
def giving_reports_to_no_track(draw: Draw) -> Command | None:
    return give_reports(_some_reports(draw), None, reason=draw.words())


@maker
def giving_reports_to_a_new_track(draw: Draw) -> Command | None:
    return give_reports(_some_reports(draw), None, new_track=draw.new_track())


@maker
def splitting_a_track(draw: Draw) -> Command | None:
    track = draw.one_of([t for t in draw.plot.tracks.values() if len(t.reports) > 1])
    report = draw.one_of(track.reports) if track is not None else None
    if track is None or report is None:
        return None
    return split_track(track.uid, report.observed_at_utc, draw.new_track(), draw.words())


@maker
def merging_tracks(draw: Draw) -> Command | None:
    track, into = draw.unmerged(), draw.unmerged()
    if track is None or into is None:
        return None
    return merge_tracks(track.uid, into.uid, change_uid=draw.uid(), at_utc=draw.clock(), by="Ann")


# Tracks


@maker
def starting_a_track(draw: Draw) -> Command | None:
    return start_track(draw.new_track())


@maker
def amending_a_track(draw: Draw) -> Command | None:
    track, beach = draw.track(), draw.beach()
    if track is None:
        return None
    amended = replace(
        track,
        name=draw.dice.choice([track.name, draw.document.next_track_name()]),
        craft=draw.dice.choice([track.craft, *Craft]),
        note=draw.words(),
        colour=draw.words(),
        fr_reference=draw.words(),
        boat_type=draw.dice.choice([None, *BoatType]),
        length_m=draw.dice.choice([None, 7.5]),
        contact_interval_min=draw.dice.choice([None, 20]),
        speed_kn=draw.dice.choice([None, 0.0, 24.5]),
        launch_beach_uid=None if beach is None else beach.uid,
    )
    new = a_beach(draw.uid(), draw.position(), uid=draw.uid()) if draw.is_heads() else None
    return amend_track(amended, draw.words(), new_beach=new)


@maker
def setting_a_status(draw: Draw) -> Command | None:
    track = draw.track()
    return (
        None
        if track is None
        else set_status(
            track.uid,
            draw.dice.choice(list(TrackStatus)),
            change_uid=draw.uid(),
            at_utc=draw.clock(),
            by="Ann",
            reason=draw.words(),
        )
    )


@maker
def closing_a_track(draw: Draw) -> Command | None:
    track = draw.track()
    if track is None:
        return None
    closing = Closing(
        status=draw.dice.choice(sorted(CLOSED_STATUSES - {TrackStatus.SAME_AS})),
        change_uid=draw.uid(),
        at_utc=draw.clock(),
        by="Ann",
        identified_by=draw.dice.choice(["", "CUTTER-1"]),
        identified_how="by its colour",
        explained_by=draw.dice.choice(["", "Bob"]),
        reason=draw.dice.choice(["", "all counted"]),
    )
    return close_track(track.uid, closing)


@maker
def reopening_a_track(draw: Draw) -> Command | None:
    track = draw.one_of([track for track in draw.plot.tracks.values() if track.is_closed])
    return (
        None
        if track is None
        else reopen_track(
            track.uid, change_uid=draw.uid(), at_utc=draw.clock(), by="Ann", reason=draw.words()
        )
    )


@maker
def explaining_people(draw: Draw) -> Command | None:
    track = draw.one_of([t for t in draw.plot.tracks.values() if ledger_of(t).unaccounted])
    return (
        None
        if track is None
        else explain_people(
            track.uid,
            change_uid=draw.uid(),
            at_utc=draw.clock(),
            by="Ann",
            explained_by="Bob",
            reason="transferred to another boat",
        )
    )


@maker
def withdrawing_a_track(draw: Draw) -> Command | None:
    """One that no other was merged into: that one would be the same as nothing."""
    survivors = {track.same_as_uid for track in draw.plot.tracks.values()}
    track = draw.track()
    if track is None or track.uid in survivors:
        return None
    return withdraw_track(track.uid, draw.words())


# Beaches and marks


@maker
def adding_a_beach(draw: Draw) -> Command | None:
    return add_beach(a_beach(draw.uid(), draw.position(), uid=draw.uid(), note=draw.words()))


@maker
def amending_a_beach(draw: Draw) -> Command | None:
    beach = draw.beach()
    return (
        None
        if beach is None
        else amend_beach(replace(beach, note=draw.words(), error_m=draw.number()))
    )


@maker
def moving_a_beach(draw: Draw) -> Command | None:
    beach = draw.beach()
    return None if beach is None else move_beach(beach.uid, draw.position())


@maker
def withdrawing_a_beach(draw: Draw) -> Command | None:
    beach = draw.beach()
    return None if beach is None else withdraw_beach(beach.uid)


@maker
def adding_a_mark(draw: Draw) -> Command | None:
    code = f"M{draw.dice.randrange(10_000)}"
    return add_mark(a_mark(code, draw.position(), uid=draw.uid()))


@maker
def amending_a_mark(draw: Draw) -> Command | None:
    mark = draw.mark()
    return (
        None
        if mark is None
        else amend_mark(replace(mark, position=draw.position(), source=draw.words()))
    )


@maker
def withdrawing_a_mark(draw: Draw) -> Command | None:
    mark = draw.mark()
    return None if mark is None else withdraw_mark(mark.uid)


# The watch log and alerts


@maker
def adding_a_log_line(draw: Draw) -> Command | None:
    track = draw.track()
    about = track.uid if track is not None and draw.is_heads() else None
    return add_log_line(
        a_log_line("Radio check", uid=draw.uid(), at_utc=draw.clock(), track_uid=about)
    )


@maker
def amending_a_log_line(draw: Draw) -> Command | None:
    line = draw.line()
    return (
        None
        if line is None
        else amend_log_line(replace(line, text=f"no: {draw.words()}"), draw.words())
    )


@maker
def withdrawing_a_log_line(draw: Draw) -> Command | None:
    line = draw.line()
    return None if line is None else withdraw_log_line(line.uid, draw.words())


@maker
def acknowledging_an_alert(draw: Draw) -> Command | None:
    track = draw.track()
    return (
        None
        if track is None
        else acknowledge(
            an_acknowledgement(
                track.uid, uid=draw.uid(), raised_at_utc=draw.moment(), at_utc=draw.clock()
            )
        )
    )


# Chartwork


def _about(draw: Draw) -> str | None:
    """Any track, a merged one too, which is refused; or none."""
    track = draw.track()
    return track.uid if track is not None and draw.is_heads() else None


@maker
def adding_conditions(draw: Draw) -> Command | None:
    return add_conditions(by_lot.conditions(draw.dice, _about(draw)))


@maker
def amending_conditions(draw: Draw) -> Command | None:
    entry = draw.one_of(list(draw.plot.conditions.values()))
    if entry is None:
        return None
    amended = replace(by_lot.conditions(draw.dice, entry.track_uid), uid=entry.uid)
    return amend_conditions(amended, draw.words())


@maker
def withdrawing_conditions(draw: Draw) -> Command | None:
    entry = draw.one_of(list(draw.plot.conditions.values()))
    return None if entry is None else withdraw_conditions(entry.uid, draw.words())


@maker
def watching_an_approach(draw: Draw) -> Command | None:
    first, second = draw.track(), draw.track()
    if first is None or second is None:
        return None
    return watch_approach(by_lot.approach_watch(draw.dice, first.uid, second.uid))


@maker
def watching_an_approach_otherwise(draw: Draw) -> Command | None:
    """One that is watched already, the two the other way round."""
    watch = draw.one_of(list(draw.plot.approach_watches.values()))
    if watch is None:
        return None
    two = watch.second_track_uid, watch.first_track_uid
    return watch_approach(by_lot.approach_watch(draw.dice, *two))


@maker
def ending_the_watch_of_an_approach(draw: Draw) -> Command | None:
    watch = draw.one_of(list(draw.plot.approach_watches.values()))
    return None if watch is None else end_approach_watch(watch.uid)


@maker
def importing_a_file(draw: Draw) -> Command | None:
    command = EVERY_COMMAND["import_file"].allowed(draw.plot, draw.dice)
    assert command is not None
    return command


@maker
def loading_limits(draw: Draw) -> Command | None:
    return load_limits(tuple(by_lot.limit(draw.dice) for _ in range(draw.dice.randint(1, 3))))


@maker
def withdrawing_a_limit(draw: Draw) -> Command | None:
    limit = draw.one_of(list(draw.plot.limits.values()))
    return None if limit is None else withdraw_limit(limit.uid, draw.words())


@maker
def planning_a_search(draw: Draw) -> Command | None:
    return plan_search(by_lot.search(draw.dice, _about(draw)))


@maker
def withdrawing_a_search(draw: Draw) -> Command | None:
    search = draw.one_of(list(draw.plot.searches.values()))
    return None if search is None else withdraw_search(search.uid, draw.words())


@maker
def adding_a_reference_layer(draw: Draw) -> Command | None:
    return add_reference_layer(by_lot.reference_layer(draw.dice))


@maker
def restyling_a_reference_layer(draw: Draw) -> Command | None:
    layer = draw.one_of(list(draw.plot.reference_layers.values()))
    style = by_lot.reference_style(draw.dice)
    return None if layer is None else restyle_reference_layer(layer.uid, style)


@maker
def finding_the_file_of_a_reference_layer(draw: Draw) -> Command | None:
    layer = draw.one_of(list(draw.plot.reference_layers.values()))
    return None if layer is None else move_reference_file(layer.uid, f"{draw.words()}/z.gpkg")


@maker
def removing_a_reference_layer(draw: Draw) -> Command | None:
    layer = draw.one_of(list(draw.plot.reference_layers.values()))
    return None if layer is None else remove_reference_layer(layer.uid)


@maker
def logging_a_predicted_crossing(draw: Draw) -> Command | None:
    """By the program, whatever the operator has undone."""
    track = draw.track()
    return None if track is None else log_predicted_crossing(by_lot.crossing(draw.dice, track))


# Several, and back again


@maker
def withdrawing_several_things(draw: Draw) -> Command | None:
    beach, mark, reports = draw.beach(), draw.mark(), _some_reports(draw)
    commands = [withdraw_report(uid) for uid in reports]
    if beach is not None:
        commands.append(withdraw_beach(beach.uid))
    if mark is not None:
        commands.append(withdraw_mark(mark.uid))
    return together("withdraw_several", commands, draw.words()) if commands else None


@maker
def restoring_what_was_withdrawn(draw: Draw) -> Command | None:
    """Of late, as an operator would; a merged track only where the other is there."""
    gone = draw.one_of(draw.document.withdrawn()[:20])
    if gone is None:
        return None
    entity = gone.entity
    if isinstance(entity, Track) and entity.same_as_uid not in {None, *draw.plot.tracks}:
        return None
    return restore(entity, draw.words())
