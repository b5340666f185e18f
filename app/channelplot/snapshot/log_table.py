"""The watch log as a table on paper."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from channelplot.chart.language import translate
from channelplot.geodesy.text import date_time_group
from channelplot.snapshot.content import in_lines
from channelplot.snapshot.table_page import Column, Table


class LogRow(NamedTuple):
    """An act in words: about: which boats and reports; words: what was done; why: the reason."""

    seq: int
    at_utc: datetime
    operator: str
    about: str
    words: str
    why: str


def log_table(rows: Sequence[LogRow]) -> Table:
    """Return the acts as a table, in the order given.

    Their words stay as the desk's log has them, in English: they are what was recorded. A French
    sheet says so in its title.
    """
    columns = (
        Column(in_lines(lambda: translate("Snapshot", "No.")), is_figures=True, is_whole=True),
        Column(in_lines(lambda: translate("Snapshot", "Time")), is_whole=True),
        Column(in_lines(lambda: translate("Snapshot", "Operator")), most=0.15),
        Column(in_lines(lambda: translate("Snapshot", "About")), share=1.0, most=0.18),
        Column(in_lines(lambda: translate("Snapshot", "What was done")), share=3.0),
    )
    return Table(columns, tuple(map(_cells, rows)))


def _cells(row: LogRow) -> tuple[str, ...]:
    words = f"{row.words}\n{row.why}" if row.why else row.words
    return (str(row.seq), date_time_group(row.at_utc), row.operator, row.about, words)
