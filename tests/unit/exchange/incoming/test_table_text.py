"""The text of tables: encodings, zero bytes, quotation marks, and where what is wrong stands."""

import io
from contextlib import closing
from pathlib import Path

import pytest

from channelplot.errors import ImportFault, ImportFileError
from channelplot.exchange.incoming import table_encoding, table_text
from channelplot.exchange.incoming.found import Encoding
from channelplot.exchange.incoming.table_encoding import found_encoding
from channelplot.exchange.incoming.table_text import TableText
from helpers.tables import table_fault, table_taken_in
from helpers.taken_in import OPTIONS

NOWHERE = Path("made-up.csv")
TITLES = "time,lat,lon,name\n"
ROW = "2026-09-15T02:28Z,50.5,1.5,"


def text_of(data: bytes) -> TableText:
    """The text of a table of which nobody has said anything."""
    file = io.BytesIO(data)
    return TableText(file, NOWHERE, found_encoding(file, NOWHERE, OPTIONS).encoding)


def refused(data: bytes) -> tuple[ImportFault, str, int]:
    """Why a file is refused, the piece and the line."""
    with pytest.raises(ImportFileError) as error:
        list(text_of(data).rows(","))
    return error.value.fault, error.value.detail, error.value.line


def rows(data: bytes) -> list[tuple[int, str, list[str]]]:
    """Line, raw text and cells of each row."""
    text = text_of(data)
    return [(text.line, text.raw, cells) for cells in text.rows(",")]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le-marked", "utf-16-be-marked"]
)
def test_encodings_that_are_read(encoding: str) -> None:
    content = TITLES + ROW + "Opale Œuf\n"
    name = encoding.removesuffix("-marked")
    marked = "\ufeff" + content if name != encoding else content
    taken = table_taken_in(marked.encode(name))
    assert [each.track for each in taken.reports] == ["Opale Œuf"]


@pytest.mark.parametrize(
    ("data", "told", "line"),
    [
        ("\ufeffa\n".encode() + b"\x80", "0x80", 2),
        ("a\nb\n".encode("utf-16") + b"\x00\xd8\x41\x00", "0x00", 3),
        ("a\nb\n".encode("utf-16") + b"\x41", "0x41", 3),
        ("a\n".encode("utf-32"), "UTF-32", 1),
    ],
)
def test_what_is_not_as_it_is_marked_is_told_with_line_and_byte(
    data: bytes, told: str, line: int
) -> None:
    assert refused(data) == (ImportFault.ENCODING, told, line)


@pytest.mark.parametrize(
    ("data", "told", "line"),
    [
        ((TITLES + ROW + "Café\n").encode("cp1252"), "0xE9", 2),
        (b"a,b\r\n\xff\n", "0xFF", 2),
        (b"a,b\rc\r\xff\r", "0xFF", 3),
        (b"a\xc3", "0xC3", 1),
    ],
)
def test_what_nobody_has_said_is_asked_with_line_and_byte(
    data: bytes, told: str, line: int
) -> None:
    assert refused(data) == (ImportFault.ENCODING_NOT_SAID, told, line)


def test_a_wrong_byte_far_down_is_told_with_its_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table_encoding, "_CHUNK_BYTES", 7)
    for start, fault in (
        (b"", ImportFault.ENCODING_NOT_SAID),
        (b"\xef\xbb\xbf", ImportFault.ENCODING),
    ):
        for end in ("\n", "\r", "\r\n"):
            data = start + f"é,b{end}".encode() * 500 + b"\xe9,b\n"
            assert refused(data) == (fault, "0xE9", 501)
    for encoding, alone in (("utf-16-le", b"\x00\xdc"), ("utf-16-be", b"\xdc\x00")):
        wide = "\ufeff".encode(encoding) + "é,b\n".encode(encoding) * 500 + alone + b"\0a\0b"
        assert refused(wide) == (ImportFault.ENCODING, f"0x{alone[0]:02X}", 501)


def test_a_zero_byte_is_told_with_its_line() -> None:
    assert refused(b"a,b\nc\0,d\n") == (ImportFault.ZERO_BYTE, "", 2)
    assert refused("a\n\0\n".encode("utf-16")) == (ImportFault.ZERO_BYTE, "", 2)
    assert refused("a,b\n".encode("utf-16-le"))[0] is ImportFault.ZERO_BYTE
    assert refused("a,b\né,b\n".encode("utf-16-le")) == (ImportFault.ZERO_BYTE, "", 1)
    assert refused(b"a,b\n\xe9,\nb,\0\n") == (ImportFault.ZERO_BYTE, "", 3)


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b'a,b\n"c,d\ne,f\n', 2),
        (b'a,b\nc,d\n"e"f,g\n', 3),
        (b'a,b\n"' + b"x\n" * 100_000, 2),
    ],
)
def test_quotation_marks_that_are_not_closed(data: bytes, line: int) -> None:
    fault, _, told = refused(data)
    assert (fault, told) == (ImportFault.NOT_A_TABLE, line)


def test_a_line_without_end_is_not_kept_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table_text, "_LONGEST_LINE", 20)
    assert refused(b"a,b\n" + b"x" * 1_000)[0::2] == (ImportFault.NOT_A_TABLE, 2)
    assert len(rows(b"x" * 19 + b"\n" + b"y" * 19)) == 2


def test_rows_have_their_line_and_stand_as_they_are() -> None:
    assert rows(b'a,"b\r\nc"\r\n\r\nd,=1\re') == [
        (1, 'a,"b\r\nc"\r\n', ["a", "b\r\nc"]),
        (3, "\r\n", []),
        (4, "d,=1\r", ["d", "=1"]),
        (5, "e", ["e"]),
    ]


def test_a_file_that_was_read_in_part_is_read_again_from_its_start() -> None:
    file = io.BytesIO(b"a\nb\n")
    text = TableText(file, NOWHERE, Encoding.UTF_8)
    with closing(text.rows(",")) as first:
        assert next(first) == ["a"]
    assert list(text.rows(",")) == [["a"], ["b"]]
    assert not file.closed


def test_nothing_is_an_empty_file() -> None:
    for data in (b"", b"\n\n", b"\xef\xbb\xbf", b"# nothing\n"):
        assert table_fault(data) == (ImportFault.EMPTY, 0)
    taken = table_taken_in("time,lat,lon\n")
    assert (taken.reports, taken.refusals) == ([], [])
