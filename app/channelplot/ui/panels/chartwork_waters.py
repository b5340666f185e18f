"""Whose waters every open craft is in by now, worked out beside the window for the Tracks panel."""

from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from PySide6.QtCore import QCoreApplication, QObject

from channelplot.analysis.passage import Passage
from channelplot.analysis.whose_waters import WatersChart
from channelplot.chart.wording import state_letters
from channelplot.document.notice import Notice
from channelplot.tools.foresight import Foresight
from channelplot.tools.lookout import Lookout
from channelplot.tools.waters import WatersOfPlot
from channelplot.ui.inside.background import Background
from channelplot.ui.words.time_text import time_text
from channelplot.ui.words.waters_text import waters_of_text, worth_text

translate = QCoreApplication.translate
_AT_A_TIME: Final = 25
"""Craft in one go: others who want something worked out have their turn in between."""


@dataclass(frozen=True, slots=True)
class CraftWaters:
    """Whose waters a craft is reckoned to be in at a time."""

    state: str | None
    is_legal: bool
    at_utc: datetime


_Known = Mapping[str, CraftWaters]
_Question = tuple[str, Passage]


class WatersOfTracks(QObject):
    """Whose waters, by the uid of the track. Announces changed when there are newer answers.

    Asked for while ``is_wanted``: once a minute, and when a craft is reckoned anew.
    """

    def __init__(
        self,
        foresight: Foresight,
        lookout: Lookout,
        waters: WatersOfPlot,
        background: Background,
        parent: QObject,
    ) -> None:
        """Start with no answers, wanted by nobody. foresight: how each craft is reckoned."""
        super().__init__(parent)
        self.changed = Notice[None]()
        self._foresight = foresight
        self._lookout = lookout
        self._waters = waters
        self._background = background
        self._is_wanted = False
        self._is_running = False
        self._known: _Known = {}
        self._asked: tuple[WatersChart, datetime, tuple[_Question, ...]] | None = None
        lookout.looked.connect(lambda _: self._look())
        waters.changed.connect(lambda _: self._look())

    def want(self, is_wanted: bool) -> None:
        """Keep the answers up to date from now on, or no longer."""
        if is_wanted != self._is_wanted:
            self._is_wanted = is_wanted
            self._look()

    def short_text(self, track_uid: str) -> str:
        """Return whose waters: ``FR``, ``FR?`` where that is indicative, "" where not known."""
        known = self._known.get(track_uid)
        if known is None:
            return ""
        letters = state_letters(known.state)
        return letters if known.is_legal or known.state is None else f"{letters}?"

    def tip_text(self, track_uid: str) -> str:
        """Return whose waters, what that is worth, and for when it was reckoned."""
        known = self._known.get(track_uid)
        if known is None:
            return ""
        return translate("Tracks", "{waters}, {worth}, as reckoned for {time}").format(
            waters=waters_of_text(known.state),
            worth=worth_text(known.is_legal),
            time=time_text(known.at_utc, lambda: self._lookout.now_utc),
        )

    def _look(self) -> None:
        """Ask anew if the minute, the limits or a reckoning are others than before."""
        if not self._is_wanted or self._is_running:
            return
        questions = tuple(
            (uid, craft.reckoning.passage) for uid, craft in self._foresight.crafts.items()
        )
        at_utc = self._lookout.now_utc.replace(second=0, microsecond=0)
        asked = self._waters.chart, at_utc, questions
        if self._asked is None or not _are_same(self._asked, asked):
            self._asked = asked
            self._work(asked, 0, {})

    def _work(
        self,
        asked: tuple[WatersChart, datetime, tuple[_Question, ...]],
        begin: int,
        found: dict[str, CraftWaters],
    ) -> None:
        """Answer a few of the questions, then the next; show them when all are answered."""
        chart, at_utc, questions = asked
        some = questions[begin : begin + _AT_A_TIME]
        self._is_running = True

        def work() -> dict[str, CraftWaters]:
            return {uid: _waters_of(chart, passage, at_utc) for uid, passage in some}

        def take(ended: Future[dict[str, CraftWaters]]) -> None:
            self._is_running = False
            if ended.exception() is not None:
                self._asked = None  # to be asked again, however little has changed by then
            found.update(ended.result())
            if begin + _AT_A_TIME < len(questions):
                self._work(asked, begin + _AT_A_TIME, found)
                return
            self._known = found
            self.changed.announce(None)
            self._look()

        self._background.run(work, take)


def _waters_of(chart: WatersChart, passage: Passage, at_utc: datetime) -> CraftWaters:
    """Return whose waters a craft is in at a time; before its fix, at the fix."""
    when_utc = max(at_utc, passage.ways[0].at_utc)
    state, _, is_legal = chart.state_and_basis(passage.position_at(when_utc))
    return CraftWaters(state, is_legal, when_utc)


def _are_same(
    one: tuple[WatersChart, datetime, tuple[_Question, ...]],
    other: tuple[WatersChart, datetime, tuple[_Question, ...]],
) -> bool:
    """Return whether two questions are of the very same reckonings, limits and minute."""
    return (
        one[0] is other[0]
        and one[1] == other[1]
        and len(one[2]) == len(other[2])
        and all(a[1] is b[1] for a, b in zip(one[2], other[2], strict=True))
    )
