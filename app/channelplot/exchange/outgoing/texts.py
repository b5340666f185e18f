"""What is written of each thing: its fields (``exchange/fields.py``), and which are numbers."""

import math
from collections.abc import Iterator
from typing import Final, TypeAlias

import numpy as np

from channelplot.exchange import fields
from channelplot.exchange.fields import REPORT_FIELDS
from channelplot.exchange.outgoing.formats import UNWRITABLE, Format, Unwritable
from channelplot.exchange.outgoing.selection import Lot, Selection
from channelplot.model.beach import Beach, Mark
from channelplot.model.packed import PackedReports
from channelplot.model.report import Report
from channelplot.model.report_columns import ReportColumns
from channelplot.model.track import Track

REALS: Final = frozenset({"lon_deg", "lat_deg", "error_m", "course_deg", "speed_kn", "length_m"})
"""Fields that are numbers."""
WHOLES: Final = frozenset(
    {name for name in REPORT_FIELDS if name.startswith("people_")} - {"people_basis"}
    | {"contact_interval_min"}
)
"""Fields that are whole numbers."""
NUMBERS: Final = REALS | WHOLES
TIMES: Final = frozenset({name for name in REPORT_FIELDS if name.endswith("_utc")}) | {
    "created_at_utc"
}
"""Fields that are times."""
INSTEAD: Final = "\N{REPLACEMENT CHARACTER}"
"""Stands in a file for a character that it can't hold."""
_NOT_FINITE: Final = frozenset({"inf", "-inf", "nan"})
_BYTES_AT_ONCE: Final = 1 << 20
"""Looked through in one go: other threads wait for it."""
_LONGEST_BYTES: Final = 4
"""Of a character in UTF-8."""
_UIDS_AT_ONCE: Final = 10_000

Texts: TypeAlias = dict[str, str]


class Written:
    """Says what of a selection is written in a format, field by field."""

    def __init__(self, selection: Selection, kind: Format) -> None:
        """Look once whether anything in the selection can't be written as it is."""
        self._unwritable = UNWRITABLE[kind].text if unheld_texts(selection, kind) else None

    def report(self, report: Report) -> Texts:
        """Return the fields of a report."""
        return self._written(fields.report_texts(report))

    def track(self, track: Track) -> Texts:
        """Return the fields of a track; none of its reports."""
        return self._written(fields.track_texts(track))

    def beach(self, beach: Beach) -> Texts:
        """Return the fields of a beach."""
        return self._written(fields.beach_texts(beach))

    def mark(self, mark: Mark) -> Texts:
        """Return the fields of a mark."""
        return self._written(fields.mark_texts(mark))

    def _written(self, texts: Texts) -> Texts:
        for name in _not_finite(texts):
            del texts[name]
        if self._unwritable is None:
            return texts
        return {name: self._unwritable.sub(INSTEAD, text) for name, text in texts.items()}


def unheld_numbers(selection: Selection) -> int:
    """Return how many numbers are none (infinity and the like): no format holds them."""
    found = sum(len(_not_finite(texts)) for texts in _texts_but_of_reports(selection))
    for lot in selection.report_lots():
        if isinstance(lot.reports, PackedReports):
            start = lot.reports.start
            here = slice(start + lot.span.start, start + lot.span.stop)
            found += int(np.count_nonzero(np.isinf(lot.reports.columns.rows.numbers[here])))
        else:
            found += sum(
                number is not None and not math.isfinite(number)
                for report in lot
                for number in (report.error_m, report.course_deg, report.speed_kn)
            )
    return found


def unheld_texts(selection: Selection, kind: Format) -> int:
    """Return how many texts have a character that the format can't hold."""
    unwritable = UNWRITABLE[kind]
    found = sum(
        unwritable.text.search(text) is not None
        for texts in _texts_but_of_reports(selection)
        for text in texts.values()
    )
    return found + sum(
        unwritable.text.search(text) is not None
        for lot in _doubtful(selection, unwritable)
        for report in lot
        for text in fields.report_texts(report).values()
    )


def _not_finite(texts: Texts) -> list[str]:
    return [name for name in REALS if texts.get(name) in _NOT_FINITE]


def _texts_but_of_reports(selection: Selection) -> Iterator[Texts]:
    yield from map(fields.track_texts, selection.tracks())
    yield from map(fields.beach_texts, selection.beaches())
    yield from map(fields.mark_texts, selection.marks())


def _doubtful(selection: Selection, unwritable: Unwritable) -> Iterator[Lot]:
    """Yield the reports that must be looked at one by one: not those packed with clean texts."""
    is_clean: dict[int, bool] = {}
    for lot in selection.report_lots():
        if isinstance(lot.reports, PackedReports):
            columns = lot.reports.columns
            if id(columns) not in is_clean:
                is_clean[id(columns)] = _are_clean(columns, unwritable)
            if is_clean[id(columns)]:
                continue
        yield lot


def _are_clean(columns: ReportColumns, unwritable: Unwritable) -> bool:
    """Return whether all texts of packed reports can be written."""
    words = columns.rows.words
    for first in range(0, len(words), _BYTES_AT_ONCE):
        if unwritable.utf_8.search(words, first, first + _BYTES_AT_ONCE + _LONGEST_BYTES):
            return False
    for said in columns.sayings:
        for text in (said.source_name, said.grade, said.caller, said.logged_by):
            if unwritable.text.search(text):
                return False
    uids = columns.rows.uids
    lots = (uids[first : first + _UIDS_AT_ONCE] for first in range(0, len(uids), _UIDS_AT_ONCE))
    return not any(unwritable.utf_8.search(b"\n".join(lot.tolist())) for lot in lots)
