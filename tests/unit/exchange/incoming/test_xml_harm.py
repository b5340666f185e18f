"""XML and archives that mean harm, or are no whole file: refused as a whole, and told why."""

import io
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

import pytest

from channelplot.errors import ImportFault, ImportFileError
from channelplot.exchange import kmz
from channelplot.exchange.incoming import kml, xml_file
from channelplot.exchange.incoming.found import FoundReport, ReadOptions, Sink
from channelplot.exchange.incoming.gpx import read_gpx_reports
from channelplot.exchange.incoming.kml import read_kml_reports, read_kmz_reports
from helpers.taken_in import OPTIONS, TakenIn
from unit.exchange.test_kmz import archive

PATH = Path("file")
Reader = Callable[[BinaryIO, Path, ReadOptions, Sink], None]
READERS: tuple[tuple[str, Reader], ...] = (("gpx", read_gpx_reports), ("kml", read_kml_reports))
POINTS = {
    "gpx": '<wpt lat="50" lon="1"><name>n</name></wpt>',
    "kml": "<Placemark><Point><coordinates>1,50</coordinates></Point></Placemark>",
}
every_format = pytest.mark.parametrize(("root", "reader"), READERS)


def refused(reader: Reader, content: str | bytes) -> tuple[ImportFault, int, str]:
    """Why a reader refuses that content as a whole, the line and the piece."""
    data = content.encode() if isinstance(content, str) else content
    with pytest.raises(ImportFileError) as error:
        reader(io.BytesIO(data), PATH, OPTIONS, TakenIn())
    assert error.value.path == PATH
    return error.value.fault, error.value.line, error.value.detail


def entities(root: str) -> Iterator[str]:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    yield f'<!DOCTYPE {root} [<!ENTITY l0 "lol">{laughs}]><{root}><name>&l9;</name></{root}>'
    for place in ("file:///etc/passwd", "http://127.0.0.1:9/a", "/dev/zero"):
        yield f'<!DOCTYPE {root} [<!ENTITY x SYSTEM "{place}">]><{root}>&x;</{root}>'
        yield f'<!DOCTYPE {root} SYSTEM "{place}"><{root}/>'
    yield f'<!DOCTYPE {root} [<!ENTITY % p SYSTEM "http://127.0.0.1:9/a.dtd"> %p;]><{root}/>'
    yield f"<!DOCTYPE {root}><{root}/>"


@every_format
def test_a_document_type_is_refused_whatever_it_says(root: str, reader: Reader) -> None:
    for content in entities(root):
        assert refused(reader, content)[:2] == (ImportFault.ENTITIES, 1)


@every_format
def test_half_a_file_is_refused_and_its_line_is_said(root: str, reader: Reader) -> None:
    whole = f"<{root}>\n{POINTS[root]}\n<!-- é -->\n{POINTS[root]}\n</{root}>".encode()
    for end in range(1, len(whole)):
        fault, line, _ = refused(reader, whole[:end])
        assert (fault, line) == (ImportFault.NOT_XML, whole.count(b"\n", 0, end) + 1)


@every_format
def test_other_files_in_its_suit(root: str, reader: Reader) -> None:
    vrt = "<OGRVRTDataSource>\n<OGRVRTLayer name='a'><SrcDataSource>/etc/a.csv</SrcDataSource>"
    assert refused(reader, f"{vrt}</OGRVRTLayer></OGRVRTDataSource>")[:2] == (ImportFault.KIND, 1)
    other = "kml" if root == "gpx" else "gpx"
    assert refused(reader, f"<{other}/>")[0] is ImportFault.KIND
    assert refused(reader, f"<{root} xmlns='urn:other'/>")[0] is ImportFault.KIND
    for text in ("", "lat,lon\n51,1\n", '{"type":"VRT"}', "/vsicurl/http://127.0.0.1:9/a.gpx"):
        assert refused(reader, text)[0] is ImportFault.NOT_XML
    assert refused(reader, b"SQLite format 3\0")[0] is ImportFault.NOT_XML
    assert refused(reader, archive(("doc.kml", "<kml/>")))[0] is ImportFault.NOT_XML


@every_format
def test_zero_bytes_and_bytes_that_are_no_text_are_told_as_such(root: str, reader: Reader) -> None:
    start = f"<{root}>\n<name>".encode()
    end = f"</name></{root}>".encode()
    assert refused(reader, start + b"a\0b" + end) == (ImportFault.ZERO_BYTE, 2, "")
    assert refused(reader, b"\0" * 70_000)[0] is ImportFault.ZERO_BYTE
    for wrong in (b"M\xe9diane", b"\xff", b"a\xc3(", b"\xed\xa0\x80"):
        at = next(byte for byte in wrong if byte >= 0x80)
        assert refused(reader, start + wrong + end) == (ImportFault.ENCODING, 2, f"0x{at:02X}")
    # Before and after the edge of what is read at once.
    for count in range(65_500, 65_560):
        long = start + b"a" * count
        assert refused(reader, long + b"\0" + end)[0] is ImportFault.ZERO_BYTE
        assert refused(reader, long + b"\xc3(" + end)[0] is ImportFault.ENCODING
    said = refused(reader, f"<?xml version='1.0' encoding='utf-7'?><{root}/>")
    assert said == (ImportFault.ENCODING, 1, "utf-7")
    assert refused(reader, f"<{root}>&nbsp;</{root}>")[0] is ImportFault.NOT_XML
    assert refused(reader, f"<{root}><é ×/></{root}>")[0] is ImportFault.NOT_XML
    wide = b"\xfe\xff" + f"<{root}><a ×/></{root}>".encode("utf-16-be")
    assert refused(reader, wide)[0] is ImportFault.NOT_XML


@every_format
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1", "windows-1252"])
def test_encodings_that_a_file_states_are_read(root: str, reader: Reader, encoding: str) -> None:
    stated = encoding.removesuffix("-sig")
    point = POINTS[root].replace("<name>n", "<name>Médiane")
    point = point.replace("<Placemark>", "<Placemark><name>Médiane</name>")
    content = f'<?xml version="1.0" encoding="{stated}"?><{root}>{point}</{root}>'
    taken = TakenIn()
    reader(io.BytesIO(content.encode(encoding)), PATH, OPTIONS, taken)
    assert [place.name for place in taken.places] == ["Médiane"]


@every_format
def test_everything_is_bounded(root: str, reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    assert refused(reader, f"<{root}>{'<a>' * 20_000}")[0] is ImportFault.TOO_DEEP
    assert refused(reader, f'<{root} a="{"x" * 2_000_000}"/>')[0] is ImportFault.TOO_LARGE
    assert refused(reader, f"<{root}><!--{'x' * 2_000_000}--></{root}>")[0] is ImportFault.TOO_LARGE
    inside = "Placemark" if root == "kml" else "wpt"
    text = f"<{root}><{inside}><name>{'x' * 1_100_000}</name></{inside}></{root}>"
    assert refused(reader, text)[0] is ImportFault.TOO_LARGE
    names = "".join(f"<n{number}/>" for number in range(20_000))
    assert refused(reader, f"<{root}>{names}</{root}>")[0] is ImportFault.TOO_LARGE
    prefixes = "".join(f"<a xmlns:p{number}='u'/>" for number in range(1_100))
    assert refused(reader, f"<{root}>{prefixes}</{root}>")[0] is ImportFault.TOO_LARGE
    monkeypatch.setattr(xml_file, "MOST_ELEMENTS", 3)
    assert refused(reader, f"<{root}><a/><a/><a/></{root}>")[0] is ImportFault.TOO_LARGE
    monkeypatch.setattr(xml_file, "MOST_BYTES", 5)
    assert refused(reader, f"<{root}/>")[0] is ImportFault.TOO_LARGE


@every_format
def test_what_stands_between_elements_is_not_counted(
    root: str, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xml_file, "MOST_TEXT", 20)
    taken = TakenIn()
    content = f"<{root}>{f'{POINTS[root]} ' * 100}<a>{'x' * 100}</a></{root}>"
    reader(io.BytesIO(content.encode()), PATH, OPTIONS, taken)
    assert len(taken.places) == 100


def test_what_one_placemark_says_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kml, "_MOST_KEPT", 1_000)
    data = "<Data name='a'><value/></Data>" * 20
    content = f"<kml><Placemark>\n<ExtendedData>{data}</ExtendedData></Placemark></kml>"
    assert refused(read_kml_reports, content)[:2] == (ImportFault.TOO_LARGE, 2)


def test_a_placemark_in_another_is_refused() -> None:
    content = "<kml><Placemark>\n<Placemark/></Placemark></kml>"
    assert refused(read_kml_reports, content)[:2] == (ImportFault.TOO_DEEP, 2)


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (archive(("doc.kml", "<kml/>"), ("../b.kml", "<kml/>")), ImportFault.ARCHIVE),
        (archive(("/tmp/doc.kml", "<kml/>")), ImportFault.ARCHIVE),
        (archive(("doc.kml", "<kml>" + " " * 4_000_000)), ImportFault.ARCHIVE),
        (archive(("doc.kml", "<!DOCTYPE kml><kml/>")), ImportFault.ENTITIES),
        (archive(("a.txt", "x")), ImportFault.EMPTY),
        (archive(("doc.kml", "<kml/>"))[:60], ImportFault.UNREADABLE),
        (b"", ImportFault.UNREADABLE),
        (b"<kml/>", ImportFault.UNREADABLE),
    ],
    ids=["leads_out", "absolute", "bomb", "entities", "no_kml", "cut", "empty", "no_archive"],
)
def test_archives_that_mean_harm_are_refused(content: bytes, fault: ImportFault) -> None:
    assert refused(read_kmz_reports, content)[0] is fault


def test_an_archive_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kmz, "MOST_BYTES", 50)
    content = archive(("doc.kml", "<kml/>"))
    assert refused(read_kmz_reports, content)[0] is ImportFault.TOO_LARGE


class _Counted(TakenIn):
    """Counts reports and keeps none."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def report(self, report: FoundReport) -> None:
        self.count += 1

    def progress(self, share: float) -> None:
        """Nothing is kept of it."""


class _Long(io.RawIOBase):
    """A file that is made as it is read."""

    def __init__(self, head: str, row: str, count: int, foot: str) -> None:
        super().__init__()
        self._pieces = iter((head, *(row * 100 for _ in range(count // 100)), foot))

    def seek(self, offset: int, whence: int = 0, /) -> int:
        return 0

    def read(self, size: int = -1, /) -> bytes:
        return next(self._pieces, "").encode()


GPX_ROW = '<trkpt lat="50.5" lon="1.5"><time>2026-09-15T02:28:00Z</time></trkpt>\n'
KML_ROW = (
    "<Placemark><name>n</name><TimeStamp><when>2026-09-15T02:28:00Z</when></TimeStamp>"
    "<Point><coordinates>1.5,50.5</coordinates></Point></Placemark>\n"
)
WHEN_ROW = "<when>2026-09-15T02:28:00Z</when><coord>1.5 50.5 0</coord>\n"
LINE = "<kml><Placemark><name>n</name><LineString><coordinates>"


@pytest.mark.parametrize(
    ("reader", "head", "row", "foot", "count", "reports", "most_kb"),
    [
        (
            read_gpx_reports,
            "<gpx><trk><trkseg>",
            GPX_ROW,
            "</trkseg></trk></gpx>",
            5_000,
            5_000,
            600,
        ),
        (read_kml_reports, "<kml>", KML_ROW, "</kml>", 5_000, 5_000, 600),
        (
            read_kml_reports,
            "<kml><Placemark><name>n</name><Track>",
            WHEN_ROW,
            "</Track></Placemark></kml>",
            20_000,
            20_000,
            3_000,
        ),
        (
            read_kml_reports,
            LINE,
            "1.5,50.5,0\n",
            "</coordinates></LineString></Placemark></kml>",
            1_000_000,
            0,
            600,
        ),
    ],
    ids=["gpx", "placemarks", "track", "line of a million points"],
)
def test_a_long_file_needs_no_more_room_than_a_short_one(
    reader: Reader, head: str, row: str, foot: str, count: int, reports: int, most_kb: int
) -> None:
    file = _Long(head, row, count, foot)
    counted = _Counted()
    reader(io.BytesIO(f"{head}{foot}".encode()), PATH, OPTIONS, TakenIn())
    tracemalloc.start()
    try:
        reader(file, PATH, OPTIONS, counted)  # type: ignore[arg-type]
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert counted.count == reports
    assert counted.faults() == ([] if reports else [(1, ImportFault.NOT_A_POINT)])
    assert peak < most_kb * 1024
