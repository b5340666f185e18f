"""One sheet of everything made once, before another thread makes sheets.

As ``chart/warm_up.py`` has it: the GUI thread is the first to use all that is drawn with.
"""

import functools
from datetime import UTC, datetime
from typing import Final

from PySide6.QtGui import QImage, QPainter, Qt

from channelplot.basemap.levels import Levels
from channelplot.chart.cancel import NEVER
from channelplot.chart.language import SheetLanguage, speaking
from channelplot.chart.warm_up import made_up
from channelplot.snapshot.log_table import LogRow
from channelplot.snapshot.pages import Source, pages_of
from channelplot.snapshot.pdf import pdf_bytes
from channelplot.snapshot.png import png_bytes
from channelplot.snapshot.settings import LEAST_DPI, Report, SheetSettings
from channelplot.snapshot.svg import svg_bytes

_NOON_UTC: Final = datetime(2026, 1, 1, 12, tzinfo=UTC)
_SIDE_PX: Final = 64


@functools.cache
def warm_up_sheets() -> None:
    """Draw a made-up sheet of every kind of page and drop it; only the first time.

    The formats get one page each. Call it on the GUI thread before a sheet is made on another.
    """
    plot, basemap = made_up()
    row = LogRow(1, _NOON_UTC, "operator", "A", "plotted", "")
    source = Source(plot, basemap, Levels(basemap), log_rows=(row,))
    settings = SheetSettings(dpi=LEAST_DPI, title="A", marking="A", reports=tuple(Report))
    image = QImage(_SIDE_PX, _SIDE_PX, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    with speaking(SheetLanguage.BOTH):
        pages = pages_of(settings, source, LEAST_DPI)
        with QPainter(image) as painter:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.scale(0.1, 0.1)
            for page in pages:
                page.draw(painter, NEVER)
        pdf_bytes(pages[-1:], title="A", record="", moment_utc=_NOON_UTC)
        svg_bytes(pages[-1], title="A", record="")
        png_bytes(image, title="A", record="{}")
