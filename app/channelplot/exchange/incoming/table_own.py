"""Reports that this program wrote as a table: every field as it was.

Of a track it says its name and what craft it is. The status beside them is for people: without the
changes that led to it, and who answers for them, no track gets it.
"""

from collections.abc import Sequence
from typing import Final

from channelplot.errors import ImportFault
from channelplot.exchange.fields import FieldRefused
from channelplot.exchange.formulas import unguarded
from channelplot.exchange.found_lines import piece
from channelplot.exchange.incoming.found import NO_TRACK, FoundTrack, Sink
from channelplot.exchange.incoming.own_report import found_report
from channelplot.model.codes import Craft

_APOSTROPHE: Final = "'"


class OwnRows:
    """Tells a sink of the rows of such a table."""

    def __init__(self, titles: Sequence[str], sink: Sink) -> None:
        """Take the titles: names of fields."""
        self._titles = tuple(titles)
        self._sink = sink
        self._told: dict[str, tuple[str, str]] = {}

    def take(self, cells: Sequence[str], line: int, raw: str) -> None:
        """Tell of a row, or refuse it. raw: as it stands."""
        if _APOSTROPHE in raw:
            cells = [unguarded(cell) for cell in cells]
        texts = {title: cell for title, cell in zip(self._titles, cells, strict=False) if cell}
        key = texts.get("track_uid") or texts.get("track_name", NO_TRACK)
        try:
            report = found_report(texts, line, key)
            if key != NO_TRACK:
                self._track(texts, key, line)
        except FieldRefused as refused:
            self._sink.refuse(line, refused.fault, refused.detail)
            return
        self._sink.report(report)

    def _track(self, texts: dict[str, str], key: str, line: int) -> None:
        name, craft = said = texts.get("track_name", ""), texts.get("craft", "")
        if self._told.get(key) == said:
            return
        try:
            known = Craft(craft) if craft else None
        except ValueError:
            raise FieldRefused(ImportFault.CODE_NOT_KNOWN, piece(f"craft {craft}")) from None
        self._told[key] = said
        self._sink.track(FoundTrack(line=line, key=key, name=name, craft=known))
