"""Tables that never show half a row where something else stands right below them."""

from PySide6.QtWidgets import QTableView

_WITHOUT_LIMIT_PX = 16_777_215
"""Qt's own: as high as may be."""


def keep_whole_rows(table: QTableView, room_px: int) -> None:
    """Let a table be as high as its head and the whole rows that fit into so much room.

    What is left over, less than a row, is for whoever lays out the panel. One row is the least.
    """
    around_px = height_px(table, 0)
    row_px = table.verticalHeader().defaultSectionSize()
    rows = max((room_px - around_px) // row_px, 1)
    height = min(height_px(table, rows), _WITHOUT_LIMIT_PX)
    if table.maximumHeight() != height:
        table.setMaximumHeight(height)


def height_px(table: QTableView, rows: int) -> int:
    """Return how high a table is that shows so many rows: its head, frame and scroll bar, too."""
    bar = table.horizontalScrollBar()
    head_px = table.horizontalHeader().sizeHint().height()
    bar_px = bar.sizeHint().height() if bar.isVisible() else 0
    row_px = table.verticalHeader().defaultSectionSize()
    return head_px + 2 * table.frameWidth() + bar_px + rows * row_px
