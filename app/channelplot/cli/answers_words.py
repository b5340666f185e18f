"""What ``channelplot answers`` tells a person: the lines of the Chartwork panel, in columns."""

from collections.abc import Iterator, Sequence
from itertools import chain, groupby
from typing import Final

from PySide6.QtCore import QCoreApplication

from channelplot.analysis.answers import Answers
from channelplot.chart.wording import craft_text, status_text
from channelplot.geodesy.text import date_time_group
from channelplot.ui.chartwork_row import GAP, Cell, Row
from channelplot.ui.words.chartwork_others_text import (
    MOST_APPROACHES,
    came_from_rows,
    closest_rows,
    help_rows,
    leg_rows,
)
from channelplot.ui.words.chartwork_text import Wording, position_rows, waters_rows

_INDENT: Final = "  "
_UNDER: Final = "      "
"""Before what belongs to the line above."""


def answer_lines(answers: Answers, wording: Wording, supposed: str) -> Iterator[str]:
    """Yield everything that is answered of a craft, a line of text at a time.

    supposed: what is supposed of it, in words; nothing for nothing.
    """
    track = answers.track
    at = date_time_group(answers.at_utc)
    yield GAP.join((track.name, craft_text(track.craft), status_text(track.status), at))
    if supposed:
        text = QCoreApplication.translate("Cli", "Supposed: {supposed}")
        yield text.format(supposed=supposed)
    rows = chain(
        position_rows(answers, wording),
        waters_rows(answers, wording),
        closest_rows(answers, wording),
        help_rows(answers, wording),
        came_from_rows(answers, wording),
        leg_rows(answers, wording),
    )
    for _, section in groupby(rows, key=lambda row: row.section):
        yield ""
        yield from _aligned(list(section))
    left_out = len(answers.approaches) - MOST_APPROACHES
    if left_out > 0:
        yield ""
        text = QCoreApplication.translate("Cli", "{number} more closest approaches: see --json")
        yield text.format(number=left_out)


def _aligned(rows: Sequence[Row]) -> Iterator[str]:
    """Yield the rows of a section with their columns one below the other."""
    columns = max(len(row.cells) for row in rows)
    widths = [
        max(len(row.cells[column].text) for row in rows if column < len(row.cells))
        for column in range(columns)
    ]
    for row in rows:
        texts = [_padded(cell, widths[n]) for n, cell in enumerate(row.cells)]
        line = GAP.join(text for n, text in enumerate(texts) if widths[n]).rstrip()
        if line:
            yield line if row.is_heading else _INDENT + line
        for detail in filter(None, row.detail.splitlines()):
            yield (_UNDER if line else _INDENT) + detail


def _padded(cell: Cell, width: int) -> str:
    return cell.text.rjust(width) if cell.is_number else cell.text.ljust(width)
