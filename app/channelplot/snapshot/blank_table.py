"""Empty lines to write reports on, for when the program is down."""

from channelplot.chart.language import translate
from channelplot.snapshot.content import in_lines
from channelplot.snapshot.table_page import Column, Table

_ROW_MM = 7.6


def blank_table() -> Table:
    """Return a table with the columns of a report, and empty rows that fill a page."""
    return Table(
        (
            Column(in_lines(lambda: translate("Snapshot", "Time (Z)")), share=1.0),
            Column(in_lines(lambda: translate("Snapshot", "From")), share=1.6),
            Column(in_lines(lambda: translate("Snapshot", "Position, as told")), share=3.0),
            Column(in_lines(lambda: translate("Snapshot", "Course")), share=0.8),
            Column(in_lines(lambda: translate("Snapshot", "Speed")), share=0.8),
            Column(in_lines(lambda: translate("Snapshot", "People")), share=1.0),
            Column(in_lines(lambda: translate("Snapshot", "Boat")), share=1.0),
            Column(in_lines(lambda: translate("Snapshot", "Words")), share=4.0),
        ),
        (),
        row_mm=_ROW_MM,
        fills_page=True,
    )
