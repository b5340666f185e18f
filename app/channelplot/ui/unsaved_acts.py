"""What was entered and is not saved, kept beside the plot for the case that the program ends."""

import logging
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict, replace
from operator import is_
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QTimer

from channelplot.chart.qt_guard import qt_guarded
from channelplot.document.document import Document, SaveState
from channelplot.document.kept import Act
from channelplot.settings import JsonFile, JsonValue
from channelplot.store.tables import BY_PROGRAM
from channelplot.store.times import read_time, time_text
from channelplot.ui.line.memory import file_of_plot
from channelplot.ui.unsaved_text import LostAct, lost_act

KEEP_MS: Final = 25
"""An act that is not saved by then is on disk in words soon after."""
_FOLDER: Final = "unsaved_acts"
_LOG = logging.getLogger("channelplot.ui")


class UnsavedActs(QObject):
    """The acts of one document that are not saved yet, in words, in a small file of their own.

    Not those of the plot line: the lines are kept, and come back; nor what the program did by
    itself. ``left`` are those that the program left behind when it ended; they stay in the file
    until they are forgotten. A plot that is open to read has none. Nothing of it is ever entered
    by itself.
    """

    def __init__(self, parent: QObject, folder: Path, document: Document) -> None:
        """Look at what was left for a plot; what the log has by now was saved after all."""
        super().__init__(parent)
        self._document = document
        self._path = file_of_plot(folder, _FOLDER, document.path)
        self._of_line = list[Act]()
        self._copied: tuple[tuple[Act, ...], str] = ((), "")
        self._kept: tuple[object, ...] = ()
        self._known: dict[int, tuple[Act, LostAct]] = {}
        self._last: Future[bool] | None = None
        self._is_closed = False
        self._writer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="unsaved-acts")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(KEEP_MS)
        self._timer.timeout.connect(self._write)
        found = () if document.is_read_only else _left_in(self._path)
        self.left = tuple(
            each for each in found if not any(map(each.is_logged_as, reversed(document.acts)))
        )
        self._kept = found
        self._write()
        document.save_state_changed.connect(self._save_state_changed)

    def entered_as_line(self) -> None:
        """Leave out the latest act: the line that it was entered as is kept."""
        acts = self._document.pending_acts
        if acts:
            self._of_line.append(acts[-1])

    def copied(self, path: Path, acts: tuple[Act, ...]) -> None:
        """Note that acts are in a copy of the plot."""
        self._copied = acts, str(path)
        if self._kept:
            self._begin_to_put(self._wanted())

    def forget(self) -> None:
        """Forget what was left: somebody has seen it."""
        self.left = ()
        self._write()

    def flush(self) -> None:
        """Write what is still to be written, and wait until it is."""
        self._write()
        if self._last is not None:
            self._last.result()

    def close(self) -> None:
        """Write what is still not saved; nothing is kept from then on."""
        if not self._is_closed:
            self._is_closed = True
            self._document.save_state_changed.disconnect(self._save_state_changed)
            self._write()
            self._writer.shutdown(wait=True)

    def _save_state_changed(self, state: SaveState) -> None:
        if not state.pending:
            self._timer.stop()
            self._of_line.clear()
            self._copied = (), ""
            self._write()
        elif not self._timer.isActive():
            self._timer.start()

    def _write(self) -> None:
        """Begin to write what is not saved and what was left, where that is not on disk."""
        self._timer.stop()
        acts = self._wanted()
        wanted: tuple[object, ...] = (*self.left, *acts)
        has_failed = self._last is not None and self._last.done() and not self._last.result()
        if not _is_same(self._kept, wanted) or has_failed:
            self._begin_to_put(acts)

    def _wanted(self) -> tuple[Act, ...]:
        return tuple(
            act
            for act in self._document.pending_acts
            if act.record.operator != BY_PROGRAM and not _is_in(act, self._of_line)
        )

    def _begin_to_put(self, acts: tuple[Act, ...]) -> None:
        self._kept = (*self.left, *acts)
        self._last = self._writer.submit(self._put, self.left, acts, *self._copied)

    @qt_guarded(False)
    def _put(
        self, left: tuple[LostAct, ...], acts: tuple[Act, ...], copied: tuple[Act, ...], copy: str
    ) -> bool:
        """Write the file, or remove it where there is nothing; return whether that went."""
        known = self._known
        self._known = {
            id(act): known.get(id(act)) or (act, lost_act(time_text(act.record.at_utc), act))
            for act in acts
        }
        worded = [
            replace(each, copy=copy if _is_in(act, copied) else "")
            for act, each in self._known.values()
        ]
        lost: list[JsonValue] = [_as_json(each) for each in (*left, *worded)]
        try:
            if lost:
                JsonFile(self._path).put({"plot": str(self._document.path), "acts": lost})
            else:
                self._path.unlink(missing_ok=True)
        except OSError as error:
            # The same disk, mostly, of which the banner tells in red.
            _LOG.info("acts that are not saved not kept: %s", error.strerror)
            return False
        return True


def _is_in(act: Act, acts: Sequence[Act]) -> bool:
    """Return whether it is one of them, itself: comparing acts takes long."""
    return any(each is act for each in acts)


def _is_same(some: Sequence[object], others: Sequence[object]) -> bool:
    return len(some) == len(others) and all(map(is_, some, others))


def _as_json(act: LostAct) -> JsonValue:
    return {**asdict(act), "fields": [*act.fields]}


def _left_in(path: Path) -> tuple[LostAct, ...]:
    """Return the acts in a file; what is none is left out."""
    kept = JsonFile(path).get("acts")
    found = [_act_in(value) for value in kept] if isinstance(kept, list) else []
    return tuple(act for act in found if act is not None)


def _act_in(value: JsonValue) -> LostAct | None:
    if not isinstance(value, dict):
        return None
    texts = [value.get(name) for name in ("at", "operator", "label", "entity_uid", "words", "copy")]
    given = [text for text in texts if isinstance(text, str)]
    if len(given) != len(texts):
        return None
    try:
        read_time(given[0])
    except ValueError:
        return None
    at, operator, label, entity_uid, words, copy = given
    fields = value.get("fields")
    listed = fields if isinstance(fields, list) else []
    texts_of = tuple(text for text in listed if isinstance(text, str))
    return LostAct(at, operator, label, entity_uid, words, texts_of, copy)
