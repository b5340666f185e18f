"""What Qt has to say, in the log without what it quotes.

Qt's messages quote: file names, titles, texts of fields. So of a message only the names of
Qt's own classes and functions are kept, or as much of it as is known to be Qt's own words.
"""

import logging
import re
import threading
from typing import Final

from PySide6.QtCore import QMessageLogContext, QtMsgType

_LOG: Final = logging.getLogger("channelplot.ui")
_OWN_WORDS: Final = (
    "This plugin does not support",
    "QObject::startTimer: Timers cannot be started from another thread",
    "QObject::killTimer: Timers cannot be stopped from another thread",
    "QObject::setParent: Cannot set parent, new parent is in a different thread",
    "QPainter::begin: Paint device returned engine == 0",
    "QPainter::begin: A paint device can only be painted by one painter at a time",
    "QWidget::repaint: Recursive repaint detected",
    "QBackingStore::endPaint() called with active painter",
    "QThread: Destroyed while thread is still running",
)
_NAME: Final = re.compile(r"\bQ[A-Z][A-Za-z]{2,30}(?:::[A-Za-z]{2,30})?")
_LEVELS: Final = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
}


def is_worth_telling(count: int) -> bool:
    """Return whether the so-manieth time is told: the first, tenth, hundredth and so on."""
    return str(count).strip("0") == "1"


def without_quotes(text: str) -> str:
    """Return as much of a message of Qt's as can't hold anything of a plot."""
    for words in _OWN_WORDS:
        if text.startswith(words):
            return words
    names = list(dict.fromkeys(_NAME.findall(text)))
    return f"{', '.join(names) or 'a message'} ({len(text)} characters)"


class QtLog:
    """Logs Qt's messages, each first, tenth, hundredth time."""

    def __init__(self) -> None:
        """Start with none told."""
        self._counts: dict[str, int] = {}
        self._lock = threading.RLock()

    def take(self, kind: QtMsgType, _: QMessageLogContext, text: str | None) -> None:
        """Log a message. On any thread."""
        level = _LEVELS.get(kind, logging.ERROR)
        said = without_quotes(text or "")
        with self._lock:
            count = self._counts[said] = self._counts.get(said, 0) + 1
        if is_worth_telling(count):
            _LOG.log(level, "Qt: %s%s", said, f", {count} times" if count > 1 else "")
