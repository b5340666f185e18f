"""What tests of exports share: plots with something of everything, written to a file."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import numpy as np

from channelplot.exchange.outgoing.export import export
from channelplot.exchange.outgoing.formats import Format
from channelplot.exchange.outgoing.selection import Selection
from channelplot.model.codes import BoatType, TrackStatus
from channelplot.model.packing import Sayings, packed, piece_of
from channelplot.model.people import PeopleCount
from channelplot.model.plot import Plot
from channelplot.model.track import StatusChange
from helpers.builders import R1, R2, a_beach, a_mark, a_plot, a_report, a_track, at, ddm

NOW = at("0500")
HARM = "=cmd|' /C calc'!A0"
WORDS = '  0210 <b>"boat" & two]]> \r\n\ttold again  '
"""What a caller's words may be like, and no format may change."""


def a_varied_plot() -> Plot:
    """A plot with what is hard to write: no position, no track, no report, words of all kinds."""
    beach = a_beach("Plage d'Écault", uid="beach-1", note="dunes")
    adrift = StatusChange("change-1", TrackStatus.ADRIFT, at("0215"), reason="engine", by="Ann")
    a = a_track(
        "A <1>",
        (
            a_report(
                "0210",
                uid="report-1",
                position=R1,
                as_received=WORDS,
                course_deg=310.0,
                speed_kn=4.25,
                error_m=0.00001,
                people=PeopleCount(total=45, children=10, is_estimate=True),
                boat_type=BoatType.INFLATABLE,
                caller="+447700900123",
            ),
            a_report("0212", uid="report-2", position=None, as_received=HARM),
            a_report(at("0228").replace(microsecond=123_000), uid="report-3", position=R2),
        ),
        uid="track-1",
        launch_beach_uid=beach.uid,
        note="grey & low",
        length_m=9.5,
        contact_interval_min=20,
        status=TrackStatus.ADRIFT,
        status_changes=(adrift,),
    )
    b = a_track("B", (a_report("0252", uid="report-4", position=ddm(51, 2.4, 1, 50.3)),), uid="t-2")
    alone = a_report("0105", uid="report-5", position=ddm(50, 53.4, 0, -1.5))
    nowhere = a_report("0110", uid="report-6", position=None, as_received="told by telephone")
    plot = a_plot(
        a, b, a_track("C", uid="track-3"), unattributed=(alone, nowhere), beaches=(beach,)
    )
    return plot.with_mark(a_mark())


def packed_plot(plot: Plot) -> Plot:
    """The same plot, its reports packed as those of a large one are."""
    sayings, uids = Sayings(), list(plot.tracks)
    reports = list(plot.reports())
    piece = piece_of(reports, sayings)
    assert piece is not None
    filed = [-1 if each.track_uid is None else uids.index(each.track_uid) for each in reports]
    made = packed([piece], [np.array(filed, dtype=np.int32)], uids, sayings)
    return replace(
        plot,
        tracks={
            uid: replace(track, reports=made.get(uid, ())) for uid, track in plot.tracks.items()
        },
        unattributed=made[None],
    )


def written(selection: Selection, folder: Path, kind: Format, at_utc: datetime = NOW) -> Path:
    """Export into a folder and return the file."""
    path = folder / f"out{kind}"
    export(selection, path, kind, at_utc)
    return path
