"""The list of boats as a table on paper: everything a desk without the program needs of them."""

from collections.abc import Mapping

from channelplot.chart.language import translate
from channelplot.chart.wording import craft_text
from channelplot.geodesy.text import position_text
from channelplot.model.track import Track
from channelplot.snapshot.content import BoatList, BoatRow, in_lines, more_text
from channelplot.snapshot.table_page import Column, Table

_NAME: int = 0


def boat_table(boats: BoatList, waters: Mapping[str, str] | None = None) -> Table:
    """Return boats as a table, in the order given; closed ones quieter.

    waters: whose the last positions are in, by uid; None leaves that column out.
    What is in two languages stands in two lines; under the last row, how many more boats there are.
    """
    columns: tuple[Column, ...] = (
        Column(in_lines(lambda: translate("Snapshot", "Boat")), share=1.0, most=0.24),
        Column(in_lines(lambda: translate("Snapshot", "Craft"))),
        Column(in_lines(lambda: translate("Snapshot", "Status")), share=1.0, most=0.3),
        Column(in_lines(lambda: translate("Snapshot", "People")), share=1.0, most=0.2),
        Column(in_lines(lambda: translate("Snapshot", "Unaccounted")), share=1.0, most=0.2),
        Column(in_lines(lambda: translate("Snapshot", "Last report")), is_whole=True),
        Column(in_lines(lambda: translate("Snapshot", "Age")), is_figures=True, is_whole=True),
        Column(in_lines(lambda: translate("Snapshot", "Last position")), is_whole=True),
    )
    rows = boats.rows
    cells = [_row(row) for row in rows]
    if waters is not None:
        columns = (*columns, Column(in_lines(lambda: translate("Snapshot", "Waters"))))
        of_rows = (waters.get(row.track.uid, "") for row in rows)
        cells = [(*row, whose) for row, whose in zip(cells, of_rows, strict=True)]
    return Table(
        columns,
        tuple(cells),
        strong=_NAME,
        quiet_rows=frozenset(n for n, row in enumerate(rows) if row.track.is_closed),
        note=in_lines(lambda: more_text(boats, len(rows))) if boats.more else "",
    )


def _row(row: BoatRow) -> tuple[str, ...]:
    second = row.second or row
    return (
        row.track.name,
        in_lines(lambda: craft_text(row.track.craft)),
        _both(row.status_text, second.status_text),
        _both(row.people_long_text, second.people_long_text),
        _both(row.unaccounted_text, second.unaccounted_text),
        row.last_text,
        row.age_text,
        _last_position(row.track),
    )


def _both(text: str, second: str) -> str:
    return text if text == second else f"{text}\n{second}"


def _last_position(track: Track) -> str:
    last = track.last_placed
    return "" if last is None or last.position is None else position_text(last.position)
