"""Reports as a table: comma-separated values (RFC 4180), one row a report.

In UTF-8 with the mark that spreadsheets know it by: without it Excel takes accents for two letters
each. Times are in UTC with Z, units stand in the titles, and no text is taken for a formula
(``exchange/formulas.py``). Numbers stand as they are.
"""

import csv
import io
from collections.abc import Iterator
from typing import Final

from channelplot.exchange.fields import REPORT_FIELDS
from channelplot.exchange.formulas import guarded
from channelplot.exchange.outgoing.formats import Format
from channelplot.exchange.outgoing.selection import Lot, Selection
from channelplot.exchange.outgoing.texts import NUMBERS, TIMES, Texts, Written

TRACK_COLUMNS: Final = ("track_name", "craft", "status")
"""Of the track that a report is attributed to; empty for reports of none."""
COLUMNS: Final = (*REPORT_FIELDS, *TRACK_COLUMNS)
MARK: Final = b"\xef\xbb\xbf"
"""By which a spreadsheet knows UTF-8."""
_CODES: Final = frozenset(
    {"kind", "position_form", "source", "people_basis", "boat_type", "craft", "status"}
)
_PLAIN: Final = NUMBERS | TIMES | _CODES
"""Columns of which no text can be a formula."""
_GUARDED: Final = tuple(place for place, name in enumerate(COLUMNS) if name not in _PLAIN)


def table_pieces(selection: Selection) -> Iterator[bytes]:
    """Yield the table, row by row."""
    written = Written(selection, Format.CSV)
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    yield MARK + out.getvalue().encode()
    for track, lot in selection.lots():
        told = written.track(track)
        of_track = {"track_name": told["name"], "craft": told["craft"], "status": told["status"]}
        yield from _rows(written, lot, of_track)
    yield from _rows(written, selection.unattributed(), {})


def _rows(written: Written, lot: Lot, of_track: Texts) -> Iterator[bytes]:
    line = io.StringIO(newline="")
    writer = csv.writer(line)
    for report in lot:
        texts = {**written.report(report), **of_track}
        row = [texts.get(name, "") for name in COLUMNS]
        for place in _GUARDED:
            text = row[place]
            if text and not text.isalnum():
                row[place] = guarded(text)
        writer.writerow(row)
        yield line.getvalue().encode()
        line.seek(0)
        line.truncate()
