"""Start the window: opens the plot, and meanwhile imports what the window is made of."""

import contextlib
import importlib
import locale
import logging
import os
import sys
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

from channelplot.cli.main import complain
from channelplot.document.document import Document
from channelplot.errors import ChannelPlotError
from channelplot.logs import start_logging
from channelplot.settings import PALETTE, Settings, config_folder, data_folder, log_folder
from channelplot.store.load import without_collecting
from channelplot.ui.chart_data import ChartData
from channelplot.ui.clock import utc_now
from channelplot.ui.files.plot_files import EXAMPLE_NAME, open_document, open_example
from channelplot.ui.inside.background import GuiPoster
from channelplot.ui.inside.crash import CrashReporter
from channelplot.ui.inside.garbage import (
    collect_on_gui_thread,
    keep_little_memory,
    pass_over_what_is_there,
)
from channelplot.ui.look import apply_look, switch_look
from channelplot.ui.opening import beside_nothing
from channelplot.ui.preference import Preference
from channelplot.ui.state import WindowState
from channelplot.ui.theme import Look
from channelplot.ui.words.messages import error_text

if TYPE_CHECKING:
    from channelplot.ui.main_window import MainWindow

_LOG = logging.getLogger("channelplot.cli")
APP_ID = "channelplot"
BACKUP_TICK_MS = 5_000
"""How often it is looked whether a backup is due; the first is made so long after the start."""
NO_DISPLAY = (
    "there is no display to open the window on; "
    "to export a picture without one: channelplot snapshot PLOT OUT.png"
)


def run(plot: str | None) -> int:
    """Open the window on a plot, or on the last one; return the exit code."""
    if not has_display():
        complain(NO_DISPLAY)
        return 1
    app = QApplication(sys.argv[:1])
    try:
        window = build_window(app, Path(plot) if plot is not None else None)
    except ChannelPlotError as error:
        complain(error_text(error))
        return 1
    collect_on_gui_thread(window)
    window.desk.session.document_changed.connect(lambda _: pass_over_what_is_there())
    window.show()
    app.processEvents()
    _LOG.info("window shown")
    window.desk.canvas.chart_drawn.connect(
        lambda: _LOG.info("chart drawn"), Qt.ConnectionType.SingleShotConnection
    )
    return app.exec()


def has_display() -> bool:
    """Return whether Qt has somewhere to open a window."""
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


@without_collecting()
def build_window(
    app: QApplication, plot: Path | None, clock: Callable[[], datetime] = utc_now
) -> "MainWindow":
    """Return the window, not shown yet, on a plot or else on the last one, or the example.

    A plot that can't be opened is told of in the banner, over the example. clock: returns the time
    in UTC. Raises ChannelPlotError where what ships with the program is not whole.
    """
    keep_little_memory()
    chart_data = ChartData()
    app.setApplicationName("Channel Plot")
    app.setDesktopFileName(APP_ID)
    # Qt takes the system's locale and with it C's decimal comma; our numbers have points.
    locale.setlocale(locale.LC_NUMERIC, "C")
    settings, state = Settings(config_folder()), WindowState(config_folder())
    poster = GuiPoster(app)
    crashes = CrashReporter(log_folder(), poster)
    with contextlib.suppress(OSError):  # a desk without a log still plots
        start_logging(log_folder())
    crashes.install()
    look = Preference(settings, PALETTE, Look)
    apply_look(app, look.current, settings.text_scale())  # before anything shows
    look.changed.connect(partial(switch_look, app))
    document, not_opened = _first_document(plot, state, poster, clock, settings.operator(clock()))
    from channelplot.cli.window_parts import Ground, window_of

    ground = Ground(chart_data, clock, settings, state, poster, look)
    window = window_of(app, document, ground)
    backup_timer = QTimer(window)
    backup_timer.timeout.connect(window.desk.backup_keeper.tick)
    backup_timer.start(BACKUP_TICK_MS)
    crashes.show_with(window.crashes.show_crash)
    if crashes.ended_at_once is not None:
        window.crashes.show_ended(crashes.ended_at_once)
    if not_opened is not None:
        window.files.tell_not_opened(not_opened)
    return window


def _import_the_rest() -> None:
    """Import what the window is made of, two thirds of all that there is to import."""
    importlib.import_module("channelplot.cli.window_parts")


def _first_document(
    plot: Path | None,
    state: WindowState,
    poster: GuiPoster,
    clock: Callable[[], datetime],
    operator: str,
) -> tuple[Document, ChannelPlotError | None]:
    """Return the document to start with, and what could not be opened, if anything.

    There is one as long as the program is whole: a desk whose plot is damaged needs the window
    all the more, to restore it.
    """
    recent = state.recent_plots()
    wanted = plot if plot is not None else next(iter(recent), None)
    not_opened = None
    if wanted is not None:
        open_it = partial(open_document, wanted, post=poster.post, clock=clock, operator=operator)
        try:
            return beside_nothing(poster, open_it, wanted, _import_the_rest), None
        except ChannelPlotError as error:
            not_opened = error
    folder = data_folder()
    open_example_in = partial(
        open_example, folder, post=poster.post, clock=clock, operator=operator
    )
    document, wrong = beside_nothing(
        poster, open_example_in, folder / EXAMPLE_NAME, _import_the_rest
    )
    return document, not_opened or wrong
