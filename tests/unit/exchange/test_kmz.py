"""KMZ: which member is read, and which archives are refused. More in test_21 of the faults."""

import io
import zipfile

import pytest

from channelplot.errors import LimitFileFault
from channelplot.exchange import kmz
from channelplot.exchange.kmz import read_kmz
from unit.exchange.readers import only_line, read, refused


def line_named(name: str) -> str:
    return (
        f"<kml><Placemark><name>{name}</name><LineString><coordinates>1,50 2,51</coordinates>"
        "</LineString></Placemark></kml>"
    )


def archive(*members: tuple[str, str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as file:
        for name, text in members:
            file.writestr(name, text)
    return out.getvalue()


def test_the_main_file_is_read_and_else_the_first() -> None:
    others = ("a.png", "x"), ("files/", ""), ("first.kml", line_named("First"))
    assert only_line(read(read_kmz, archive(*others))).name == "First"
    with_main = archive(*others, ("doc.KML", line_named("Main")))
    assert only_line(read(read_kmz, with_main)).name == "Main"
    assert only_line(read(read_kmz, archive(*others, method=zipfile.ZIP_STORED))).name == "First"


def test_no_archive_an_empty_one_and_one_without_kml() -> None:
    assert refused(read_kmz, b"PK") == (LimitFileFault.UNREADABLE, 0)
    assert refused(read_kmz, archive()) == (LimitFileFault.EMPTY, 0)
    assert refused(read_kmz, archive(("a.txt", "x"))) == (LimitFileFault.EMPTY, 0)


def test_a_member_that_leads_out_spoils_the_archive() -> None:
    data = archive(("doc.kml", line_named("A")), ("../b.kml", line_named("B")))
    assert refused(read_kmz, data) == (LimitFileFault.ARCHIVE, 0)


def test_everything_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    data = archive(("doc.kml", line_named("A")), ("b.kml", line_named("B")))
    monkeypatch.setattr(kmz, "MOST_MEMBERS", 1)
    assert refused(read_kmz, data) == (LimitFileFault.ARCHIVE, 0)
    monkeypatch.setattr(kmz, "MOST_MEMBERS", 2)
    unpacked = archive(("doc.kml", line_named("A" * 5_000)))
    monkeypatch.setattr(kmz, "MOST_BYTES", 4_000)
    assert refused(read_kmz, unpacked) == (LimitFileFault.TOO_LARGE, 0)
    monkeypatch.setattr(kmz, "MOST_BYTES", 100)
    assert refused(read_kmz, data) == (LimitFileFault.TOO_LARGE, 0)
