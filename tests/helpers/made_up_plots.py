"""Made-up plots of any size, to time the program with."""

import math
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

from channelplot.geodesy.position import Position
from channelplot.model.codes import Craft, PositionForm, ReportKind, SourceKind
from channelplot.model.people import PeopleCount
from channelplot.model.plot import Plot
from channelplot.model.report import Report
from channelplot.model.track import Track
from channelplot.store.act import ActRecord
from channelplot.store.geopackage import PlotFile

REPORTS_A_TRACK = 100
START_UTC = datetime(2026, 9, 15, tzinfo=UTC)


def made_up_plot(report_count: int) -> Plot:
    """Return a plot with so many reports, a hundred to a track, in the Strait of Dover."""
    dice = random.Random(report_count)
    plot = Plot()
    tracks = {}
    for number in range(math.ceil(report_count / REPORTS_A_TRACK)):
        lon_deg, lat_deg = dice.uniform(1.4, 2.2), dice.uniform(50.7, 51.2)
        course, uid = dice.uniform(0.0, 2.0 * math.pi), f"track-{number}"
        reports = []
        for step in range(min(REPORTS_A_TRACK, report_count - number * REPORTS_A_TRACK)):
            course += dice.uniform(-0.3, 0.3)
            lon_deg += 0.003 * math.sin(course)
            lat_deg += 0.002 * math.cos(course)
            at_utc = START_UTC + timedelta(minutes=5 * step + number % 5)
            reports.append(
                Report(
                    uid=f"report-{number}-{step}",
                    kind=ReportKind.POSITION,
                    observed_at_utc=at_utc,
                    received_at_utc=at_utc,
                    logged_at_utc=at_utc,
                    track_uid=uid,
                    position=Position(lon_deg, lat_deg),
                    position_form=PositionForm.DDM,
                    as_received="made up",
                    source=SourceKind.RADAR,
                    people=PeopleCount(total=40) if step == 0 else None,
                )
            )
        tracks[uid] = Track(
            uid=uid,
            name=f"T{number:05d}",
            craft=Craft.SMALL_BOAT,
            created_at_utc=START_UTC,
            reports=tuple(reports),
        )
    return Plot(tracks=tracks, marks=plot.marks)


def made_up_file(folder: Path, report_count: int) -> Path:
    """Write a made-up plot into the folder and return its path."""
    path = folder / f"{report_count} reports.gpkg"
    act = ActRecord("new_plot", "plot", "", "bench", START_UTC)
    PlotFile.create(path, made_up_plot(report_count), act).close()
    return path
