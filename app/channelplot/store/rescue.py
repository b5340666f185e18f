"""A plot written anew from its log, where its own file can no longer be read.

Every act logs the whole of each row it changed, so the log has all that the tables hold, what
was withdrawn too. What other programs put into the file beside that is not in it.
"""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Final

from channelplot.errors import PlotFileFault
from channelplot.model.change import Change, difference
from channelplot.model.plot import Plot
from channelplot.store.act import ActRecord
from channelplot.store.connection import connect_to_write, transaction
from channelplot.store.copies import file_beside, put_in_place
from channelplot.store.faults import faults_of
from channelplot.store.geometry import Envelope, envelope, track_blob
from channelplot.store.log import LoggedAct, insert_act
from channelplot.store.outside import geometry_of
from channelplot.store.replay import LOGGED_TABLES
from channelplot.store.save import insert_row, joined_box, update_contents, write_act
from channelplot.store.schema import create_schema
from channelplot.store.tables import EDIT_LOG, GEOMETRY, TRACKS, Table
from channelplot.store.times import time_text
from channelplot.store.values import Row, Value

NEW_PLOT: Final = "new_plot"
"""The label of the act that a plot begins with."""
OF_THE_SOURCE: Final = frozenset(
    {
        PlotFileFault.DAMAGED,
        PlotFileFault.FOREIGN,
        PlotFileFault.INPUT_OUTPUT,
        PlotFileFault.LOCKED,
        PlotFileFault.MOVED,
        PlotFileFault.NOT_FOUND,
        PlotFileFault.NOT_GEOPACKAGE,
        PlotFileFault.OTHER_PROGRAM,
        PlotFileFault.TOO_NEW,
        PlotFileFault.TOO_SLOW,
    }
)
"""Faults of copying a file that may be the file's own, and no reason not to write it anew."""


def write_rescue(
    path: Path,
    plot: Plot,
    acts: Sequence[LoggedAct],
    extra: Iterable[tuple[Change, ActRecord]],
) -> None:
    """Write a plot with its whole log, and acts that are not saved yet, without its own file.

    path: absolute; nothing may stand there. plot: what the acts led to. Rows of the log that
    come from before schema version 2 get another hash: it covers their empty names. Where the
    rows of an act have stayed in a file that can't be read any more, the plot begins with all
    that stands in it, as one act. Raises PlotFileError.
    """
    with faults_of(path), file_beside(path) as temporary:
        with closing(connect_to_write(temporary)) as conn:
            create_schema(conn, acts[0].at_utc, is_example=plot.is_example)
            with transaction(conn):
                conn.execute("PRAGMA defer_foreign_keys = ON")
                if _are_at_hand(acts):
                    _write_rows(conn, plot, acts)
                    link = ""
                    for act in acts:
                        link = insert_act(conn, act, link)
                else:
                    last = acts[-1]
                    record = ActRecord(NEW_PLOT, "plot", "", last.operator, last.at_utc)
                    write_act(conn, difference(Plot(), plot), record)
            for change, record in extra:
                with transaction(conn):
                    write_act(conn, change, record)
        put_in_place(temporary, path, replace=False)


def _are_at_hand(acts: Iterable[LoggedAct]) -> bool:
    """Return whether the rows of every act can still be read."""
    try:
        for act in acts:
            if act.is_in_file:
                act.rows()
    except ValueError:
        return False
    return True


def _write_rows(conn: sqlite3.Connection, plot: Plot, acts: Sequence[LoggedAct]) -> None:
    latest: dict[str, dict[str, Row]] = {table.name: {} for table in LOGGED_TABLES}
    for act in acts:
        for name, by_uid in json.loads(act.after).items():
            latest[name] |= by_uid
    boxes: dict[str, Envelope | None] = {EDIT_LOG.name: None}
    for table in LOGGED_TABLES:
        for uid, logged in latest[table.name].items():
            values = _values(table, uid, logged, plot)
            insert_row(conn, table, values)
            blob = values.get(GEOMETRY)
            box = envelope(blob) if isinstance(blob, bytes) else None
            boxes[table.name] = joined_box(boxes.get(table.name), box)
    update_contents(conn, boxes, time_text(acts[-1].at_utc))


def _values(table: Table, uid: str, logged: Mapping[str, Value], plot: Plot) -> dict[str, Value]:
    """Return a row to write; columns that a later version brought are left to their defaults."""
    values = dict(logged)
    text = values.get(GEOMETRY)
    if isinstance(text, str):
        values[GEOMETRY] = geometry_of(table, text)
    if table is TRACKS and uid in plot.tracks:
        values[GEOMETRY] = track_blob(plot.tracks[uid].line_deg)
    return values
