"""Large plot files, written track by track: as many positions as anybody will ever open.

Crossings of the Strait and passages along the Channel over half a year, nearly all of them
closed; a handful of boats of the last night are open. What a plot holds follows from the seed.
"""

import math
import random
import sqlite3
import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Final

from channelplot.geodesy.position import Position
from channelplot.model.change import difference
from channelplot.model.codes import (
    CountBasis,
    Craft,
    PositionForm,
    ReportKind,
    SourceKind,
    TrackStatus,
)
from channelplot.model.people import PeopleCount
from channelplot.model.plot import Plot
from channelplot.model.report import Report
from channelplot.model.track import StatusChange, Track
from channelplot.store.act import ActRecord
from channelplot.store.connection import connect_to_write, transaction
from channelplot.store.copies import sync
from channelplot.store.geometry import Envelope, envelope
from channelplot.store.log import append_act
from channelplot.store.rows import row_changes
from channelplot.store.save import insert_row, joined_box, update_contents
from channelplot.store.schema import create_schema
from channelplot.store.tables import EDIT_LOG, GEOMETRY, TABLES, Table
from channelplot.store.times import time_text
from channelplot.store.values import Row

FIRST_UTC: Final = datetime(2026, 3, 1, tzinfo=UTC)
LAST_UTC: Final = datetime(2026, 9, 15, 1, 0, tzinfo=UTC)
"""When the last track of a plot begins."""
OPEN_TRACKS: Final = 5
TRACKS_AN_ACT: Final = 50
"""So many tracks are one act of the log, as if they had all been withdrawn and come back."""

_LABEL: Final = "restore_several"
_CROSSING_SHARE: Final = 0.7
_SOURCES: Final = (
    (SourceKind.RADAR, "CROSS Gris-Nez"),
    (SourceKind.AIRCRAFT, "2EXC"),
    (SourceKind.PARTNER, "Dover Coastguard"),
    (SourceKind.VESSEL, ""),
)
_DEPARTURES: Final = ((1.56, 50.70), (1.60, 50.87), (1.85, 50.98), (2.10, 51.02), (2.38, 51.06))
_LANDINGS: Final = ((0.97, 50.92), (1.12, 51.05), (1.33, 51.11), (1.42, 51.22))
_PASSAGES: Final = ((-5.0, 49.2), (-3.2, 49.7), (-1.6, 50.1), (0.0, 50.3), (1.3, 50.8), (2.2, 51.3))


def make_large_plot(path: Path, tracks: int, reports_per_track: int, seed: int = 7) -> None:
    """Write a plot file with so many tracks; path: nothing may stand there."""
    path.touch(exist_ok=False)
    with closing(connect_to_write(path)) as conn:
        conn.execute("PRAGMA synchronous = OFF")
        conn.execute("PRAGMA cache_size = -512000")
        create_schema(conn, FIRST_UTC, is_example=False)
        made = _made_tracks(tracks, reports_per_track, random.Random(seed))
        with transaction(conn):
            while batch := tuple(islice(made, TRACKS_AN_ACT)):
                last_utc = batch[-1].reports[-1].logged_at_utc
                name = str(len(batch))
                act = ActRecord(_LABEL, "track", batch[0].uid, "large", last_utc, name)
                rows = _rows_of(batch)
                _insert(conn, rows, time_text(last_utc))
                append_act(conn, act, {}, {table.name: rows[table] for table in rows})
    sync(path)


def _rows_of(tracks: Iterable[Track]) -> dict[Table, dict[str, Row]]:
    plot = Plot(tracks={track.uid: track for track in tracks})
    rows: dict[Table, dict[str, Row]] = {}
    for row in row_changes(difference(Plot(), plot)):
        assert row.after is not None, "all of it is new"
        rows.setdefault(row.table, {})[row.uid] = row.after
    return rows


def _insert(conn: sqlite3.Connection, rows: dict[Table, dict[str, Row]], at: str) -> None:
    boxes: dict[str, Envelope | None] = {EDIT_LOG.name: None}
    for table in TABLES:
        for row in rows.get(table, {}).values():
            insert_row(conn, table, row)
            blob = row.get(GEOMETRY)
            box = envelope(blob) if isinstance(blob, bytes) else None
            boxes[table.name] = joined_box(boxes.get(table.name), box)
    update_contents(conn, boxes, at)


def _made_tracks(count: int, reports_per_track: int, dice: random.Random) -> Iterator[Track]:
    step = (LAST_UTC - FIRST_UTC) / max(1, count)
    for number in range(count):
        start_utc = _whole_second(FIRST_UTC + step * (number + 1))
        yield _made_track(
            f"T{number + 1:05d}", start_utc, reports_per_track, dice, number < count - OPEN_TRACKS
        )


def _made_track(
    name: str, start_utc: datetime, count: int, dice: random.Random, is_closed: bool
) -> Track:
    uid = _uid(dice)
    is_crossing = dice.random() < _CROSSING_SHARE
    points = _line(_crossing(dice) if is_crossing else _passage(dice), count, dice)
    between = timedelta(minutes=(300.0 if is_crossing else 900.0) / count)
    source, source_name = dice.choice(_SOURCES)
    people = dice.randrange(20, 70)
    reports = []
    for number, position in enumerate(points):
        observed_utc = _whole_second(start_utc + between * number)
        received_utc = observed_utc + timedelta(seconds=dice.randrange(20, 240))
        reports.append(
            Report(
                uid=_uid(dice),
                kind=ReportKind.POSITION,
                observed_at_utc=observed_utc,
                received_at_utc=received_utc,
                logged_at_utc=received_utc + timedelta(milliseconds=dice.randrange(1000, 90000)),
                track_uid=uid,
                position=position,
                position_form=PositionForm.DDM,
                as_received=f"{position.lat_deg:.4f}N {position.lon_deg:.4f}E",
                error_m=dice.choice((None, 100.0, 185.2, 926.0)),
                source=source,
                source_name=source_name,
                course_deg=float(dice.randrange(360)) if number % 3 == 0 else None,
                speed_kn=dice.randrange(20, 90) / 10.0 if number % 3 == 0 else None,
                people=_people(number, count, people),
                logged_by="large",
            )
        )
    closing_status = TrackStatus.RESCUED_ALL if is_crossing else TrackStatus.NOT_SMALL_BOAT
    status = closing_status if is_closed else TrackStatus.UNDER_WAY
    craft = Craft.SMALL_BOAT if is_crossing or not is_closed else Craft.MERCHANT_VESSEL
    changed_utc = reports[-1].logged_at_utc
    return Track(
        uid=uid,
        name=name,
        craft=craft,
        created_at_utc=reports[0].logged_at_utc,
        status=status,
        created_by="large",
        status_changes=(StatusChange(_uid(dice), status, changed_utc, by="large"),),
        reports=tuple(sorted(reports, key=Report.time_order)),
    )


def _people(number: int, count: int, people: int) -> PeopleCount | None:
    """Return what the first report was told and the last one counted: nobody is missing."""
    if number == count - 1:
        return PeopleCount(basis=CountBasis.COUNTED, total=people)
    return PeopleCount(total=people) if number == 0 else None


def _crossing(dice: random.Random) -> Sequence[tuple[float, float]]:
    lon, lat = dice.choice(_DEPARTURES)
    start = (lon + dice.uniform(-0.12, 0.12), lat + dice.uniform(0.02, 0.06))
    lon, lat = dice.choice(_LANDINGS)
    return start, (lon + dice.uniform(-0.08, 0.10), lat + dice.uniform(-0.06, -0.02))


def _passage(dice: random.Random) -> Sequence[tuple[float, float]]:
    off_deg = dice.gauss(0.0, 0.12)
    points = [(lon, lat + off_deg + dice.gauss(0.0, 0.03)) for lon, lat in _PASSAGES]
    return points if dice.random() < 0.5 else points[::-1]


def _line(
    points: Sequence[tuple[float, float]], count: int, dice: random.Random
) -> Iterator[Position]:
    """Yield so many positions along points, wandering a little like a boat in the stream."""
    sway_deg, phase = dice.uniform(0.0, 0.03), dice.uniform(0.0, 2.0 * math.pi)
    for number in range(count):
        along = number / max(1, count - 1) * (len(points) - 1)
        first = min(int(along), len(points) - 2)
        share = along - first
        (lon, lat), (next_lon, next_lat) = points[first], points[first + 1]
        sway = sway_deg * math.sin(phase + 6.0 * number / count)
        yield Position(
            lon + (next_lon - lon) * share + sway + dice.gauss(0.0, 0.0006),
            lat + (next_lat - lat) * share - sway / 2.0 + dice.gauss(0.0, 0.0004),
        )


def _uid(dice: random.Random) -> str:
    return str(uuid.UUID(int=dice.getrandbits(128), version=4))


def _whole_second(moment: datetime) -> datetime:
    return moment.replace(microsecond=0)
