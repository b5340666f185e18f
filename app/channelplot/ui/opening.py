"""Opening a plot beside the window: it lives meanwhile, and says what it waits for."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final, TypeVar

from PySide6.QtCore import QCoreApplication, QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QLabel

from channelplot.ui.inside.background import GuiPoster
from channelplot.ui.inside.garbage import memory_giver

T = TypeVar("T")

SAID_AFTER_MS: Final = 150
"""A plot that opens within this time is not spoken of."""
_MARGIN_PX: Final = 24


def opening_text(path: Path) -> str:
    """Return that a plot is being opened."""
    return QCoreApplication.translate("Opening", "Opening {name} ...").format(name=path.name)


def beside_window(
    poster: GuiPoster,
    work: Callable[[], T],
    say: Callable[[], None],
    meanwhile: Callable[[], None] = lambda: None,
) -> T:
    """Return what the work returns, which is done on a thread of its own.

    The window is drawn and its timers go on meanwhile; keys and clicks come after it. say: called
    on the GUI thread once it takes longer than ``SAID_AFTER_MS``. meanwhile: done on the GUI
    thread before all that. Raises what the work raises.
    """
    loop = QEventLoop()
    saying = QTimer()
    saying.setSingleShot(True)
    saying.timeout.connect(say)
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="opening") as executor:
        future = executor.submit(work)
        future.add_done_callback(lambda _: poster.post(loop.quit))
        saying.start(SAID_AFTER_MS)
        meanwhile()
        loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        saying.stop()
    give_back = memory_giver()
    if give_back is not None:
        # Before the window and the chart take theirs: what reading took would come on top.
        give_back()
    return future.result()


def beside_nothing(
    poster: GuiPoster,
    work: Callable[[], T],
    path: Path,
    meanwhile: Callable[[], None] = lambda: None,
) -> T:
    """Return the same at the start, while there is no window: a small one of its own says so."""
    notice = QLabel(opening_text(path), None, Qt.WindowType.SplashScreen)
    notice.setTextFormat(Qt.TextFormat.PlainText)
    notice.setMargin(_MARGIN_PX)
    try:
        return beside_window(poster, work, notice.show, meanwhile)
    finally:
        notice.close()
        notice.deleteLater()
