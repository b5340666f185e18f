"""A plot as GPX 1.1: tracks, and waypoints for what belongs to none.

A track's reports that have a position are its points, in order of time and in one segment. Reports
of no track are waypoints, and so is the only one of a track, for GDAL and others stumble over a
line of one point; beaches and marks are waypoints too.

What GPX has no element for stands in ``<extensions>``, one element a field
(``exchange/fields.py``), in a namespace of our own: ``<cp:as_received>``. ``cp:record`` says what
they are of: report, track, beach or mark; in the points of a track it is left out, for they are
reports. Whitespace counts. Where a point is, and when, is said only by its own ``lat``, ``lon`` and
``<time>``, so that another program may move it. Reports without a position stand at the end, in the
extensions of the file, each in a ``<cp:report>`` with all of its fields.
"""

from collections.abc import Iterator
from typing import Final

from channelplot.exchange.outgoing.formats import Format
from channelplot.exchange.outgoing.selection import Lot, Selection
from channelplot.exchange.outgoing.texts import Texts, Written
from channelplot.exchange.outgoing.xml_text import DECLARATION, decimal_text, encoded, said
from channelplot.exchange.outgoing.xml_text import xml_text as text_of
from channelplot.geodesy.position import Position
from channelplot.geodesy.text import zulu_text
from channelplot.model.track import Track

NAMESPACE: Final = "urn:channelplot:plot:1"
"""Of our own elements; the last figure is raised when they mean anything else."""
_HEAD: Final = (
    f'{DECLARATION}<gpx version="1.1" creator="Channel Plot"'
    f' xmlns="http://www.topografix.com/GPX/1/1" xmlns:cp="{NAMESPACE}">\n'
)
_PLACED: Final = ("lon_deg", "lat_deg", "observed_at_utc")
_IN_TRACK: Final = (*_PLACED, "track_uid")


def gpx_pieces(selection: Selection) -> Iterator[bytes]:
    """Yield the file, thing by thing."""
    return encoded(_pieces(selection, Written(selection, Format.GPX)))


def _pieces(selection: Selection, written: Written) -> Iterator[str]:
    yield _HEAD
    for beach in selection.beaches():
        yield _place("beach", beach.position, written.beach(beach))
    for mark in selection.marks():
        yield _place("mark", mark.position, written.mark(mark))
    for track, lot in selection.lots():
        if _placed(lot) == 1:
            name = text_of(written.track(track)["name"])
            yield from _waypoints(lot, f"{name} ", written)
    yield from _waypoints(selection.unattributed(), "", written)
    for track, lot in selection.lots():
        yield from _track(track, lot, written)
    unplaced = selection.unplaced_reports()
    first = next(unplaced, None)
    if first is not None:
        yield "<extensions>\n"
        yield _unplaced(written.report(first))
        for report in unplaced:
            yield _unplaced(written.report(report))
        yield "</extensions>\n"
    yield "</gpx>\n"


def _track(track: Track, lot: Lot, written: Written) -> Iterator[str]:
    texts = written.track(track)
    yield (
        f"<trk>\n<name>{text_of(texts['name'])}</name>{_element('desc', texts.get('note', ''))}"
        f"<type>{texts['craft']}</type>\n{_extensions(texts, 'track')}\n"
    )
    if _placed(lot) > 1:
        yield "<trkseg>\n"
        for report in lot:
            if report.position is not None:
                fields = written.report(report)
                yield (
                    f"<trkpt {_at(report.position)}><time>{fields['observed_at_utc']}</time>"
                    f"{_element('desc', fields.get('as_received', ''))}"
                    f"{_extensions(fields, '', *_IN_TRACK)}</trkpt>\n"
                )
        yield "</trkseg>\n"
    yield "</trk>\n"


def _placed(lot: Lot) -> int:
    return len(lot) - lot.unplaced()


def _waypoints(lot: Lot, name: str, written: Written) -> Iterator[str]:
    """Yield reports that are no points of a track. name: stands before their time."""
    for report in lot:
        if report.position is not None:
            texts = written.report(report)
            yield (
                f"<wpt {_at(report.position)}><time>{texts['observed_at_utc']}</time>"
                f"<name>{name}{zulu_text(report.observed_at_utc)}</name>"
                f"{_element('desc', texts.get('as_received', ''))}<type>{texts['kind']}</type>"
                f"{_extensions(texts, 'report', *_PLACED)}</wpt>\n"
            )


def _place(record: str, position: Position, texts: Texts) -> str:
    return (
        f"<wpt {_at(position)}>{_element('name', texts.get('name', ''))}"
        f"{_element('desc', texts.get('note', ''))}<type>{record}</type>"
        f"{_extensions(texts, record, *_PLACED)}</wpt>\n"
    )


def _unplaced(texts: Texts) -> str:
    return f"<cp:report>{_fields(texts)}</cp:report>\n"


def _extensions(texts: Texts, record: str, *without: str) -> str:
    told = f"<cp:record>{record}</cp:record>" if record else ""
    return f"<extensions>{told}{_fields(texts, *without)}</extensions>"


def _fields(texts: Texts, *without: str) -> str:
    return "".join(f"<cp:{name}>{text}</cp:{name}>" for name, text in said(texts, *without))


def _element(name: str, text: str) -> str:
    return f"<{name}>{text_of(text)}</{name}>" if text else ""


def _at(position: Position) -> str:
    return f'lat="{decimal_text(position.lat_deg)}" lon="{decimal_text(position.lon_deg)}"'
