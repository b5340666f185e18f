"""What this program wrote into another format's file: a report, a track, a beach or a mark.

Its fields (``fields.py``) stand there as texts by their names; ``record`` says what they are of.
"""

from typing import Final

from channelplot.errors import ImportFault
from channelplot.exchange.fields import (
    BEACH_FIELDS,
    FROM_TEXTS,
    MARK_FIELDS,
    REPORT_FIELDS,
    TRACK_FIELDS,
    FieldRefused,
    Texts,
)
from channelplot.exchange.incoming.found import NO_TRACK, FoundPlace, FoundTrack, Sink
from channelplot.exchange.incoming.own_report import found_report
from channelplot.model.beach import Mark
from channelplot.model.codes import Craft
from channelplot.model.track import Track

RECORD: Final = "record"
"""The field that says what the others are of."""
REPORT: Final = "report"
"""What it holds for a report; for the others the names of ``FROM_TEXTS``."""
_TRACK: Final = "track"
_CRAFTS: Final = frozenset(Craft)
FIELDS: Final = frozenset({RECORD, *REPORT_FIELDS, *TRACK_FIELDS, *BEACH_FIELDS, *MARK_FIELDS})


def tell_own(texts: Texts, line: int, sink: Sink) -> bool:
    """Tell the sink of what fields are of, or that it refuses them; return whether it came in.

    Without ``record`` they are a report's. line: where they stand, from 1.
    """
    record = texts.get(RECORD, REPORT)
    try:
        if record == REPORT:
            sink.report(found_report(texts, line, texts.get("track_uid", NO_TRACK)))
            return True
        read = FROM_TEXTS.get(record)
        if read is None:
            raise FieldRefused(ImportFault.CODE_NOT_KNOWN, f"{RECORD} {record[:60]}")
        found = read(texts)
    except FieldRefused as refused:
        sink.refuse(line, refused.fault, refused.detail)
        if record == _TRACK and texts.get("uid"):
            # Its reports may come in: under its name, not under its identifier.
            name, craft = texts.get("name", "").strip(), texts.get("craft", "")
            known = Craft(craft) if craft in _CRAFTS else None
            sink.track(FoundTrack(line=line, key=texts["uid"], name=name, craft=known))
        return False
    if isinstance(found, Track):
        sink.track(
            FoundTrack(
                line=line,
                key=found.uid,
                name=found.name,
                craft=found.craft,
                length_m=found.length_m,
                note=found.note,
                record=found,
            )
        )
        return True
    name = found.name or found.code if isinstance(found, Mark) else found.name
    note = "" if isinstance(found, Mark) else found.note
    sink.place(FoundPlace(line=line, name=name, position=found.position, note=note, record=found))
    return True
