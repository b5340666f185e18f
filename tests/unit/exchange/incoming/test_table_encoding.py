"""What the letters of tables are in: found, said, proposed, and refused where they can't be."""

from dataclasses import replace
from pathlib import Path

import pytest

from channelplot.errors import ImportFault, ImportFileError
from channelplot.exchange.incoming import table_encoding
from channelplot.exchange.incoming.found import Encoding, ReadOptions, SaidOfLayout
from channelplot.exchange.incoming.table_encoding import CODECS, OTHERS, proposed_encoding
from channelplot.exchange.incoming.table_look import remembered_encoding
from helpers.tables import look, table_taken_in
from helpers.taken_in import OPTIONS

TITLES = "time;lat;lon;nom;remarque\r\n"
ROW = "2026-09-15T02:28Z;50,5;1,5;"
FRENCH = f"{TITLES}{ROW}Opale;R.A.S.\r\n{ROW}Sacré-Cœur;Gendarmerie équipe, Jérôme\r\n"


def said(encoding: Encoding) -> ReadOptions:
    return replace(OPTIONS, encoding=encoding)


def refused(data: bytes, encoding: Encoding | None = None) -> tuple[ImportFault, str, int]:
    """Why a table is refused, the byte and the line."""
    with pytest.raises(ImportFileError) as error:
        table_taken_in(data, replace(OPTIONS, encoding=encoding))
    return error.value.fault, error.value.detail, error.value.line


@pytest.mark.parametrize("encoding", [*OTHERS, Encoding.UTF_8, Encoding.UTF_16])
def test_letters_come_in_as_they_are_in_what_was_said(encoding: Encoding) -> None:
    text = FRENCH if encoding is not Encoding.IBM850 else FRENCH.replace("œ", "oe")
    taken = table_taken_in(text.encode(CODECS[encoding]), said(encoding))
    names = [each.track.replace("oe", "œ") for each in taken.reports]
    assert names == ["Opale", "Sacré-Cœur"]
    assert taken.reports[1].as_received.endswith(";Gendarmerie équipe, Jérôme")


def test_what_is_utf_8_or_marked_stays_what_it_is_whatever_is_said() -> None:
    for codec, found in (
        ("utf-8", Encoding.UTF_8),
        ("utf-8-sig", Encoding.UTF_8),
        ("utf-16", Encoding.UTF_16),
    ):
        seen = look(FRENCH.encode(codec), said(Encoding.MACINTOSH))
        assert (seen.encoding, seen.letters) == (found, ())
        assert seen.rows[1][1][3] == "Sacré-Cœur"


def test_without_a_word_a_table_that_is_not_utf_8_is_refused() -> None:
    data = FRENCH.encode("cp1252")
    assert refused(data) == (ImportFault.ENCODING_NOT_SAID, "0xE9", 3)
    assert refused(data, Encoding.UTF_8) == (ImportFault.ENCODING_NOT_SAID, "0xE9", 3)


def test_a_look_shows_the_letters_as_they_will_be_kept() -> None:
    seen = look(FRENCH.encode("cp1252"), said(Encoding.WINDOWS_1252))
    assert seen.encoding is Encoding.WINDOWS_1252
    ((line, text),) = seen.letters
    assert line == 3
    assert "Sacré-Cœur;Gendarmerie équipe, Jérôme" in text
    ((_, other),) = look(FRENCH.encode("cp1252"), said(Encoding.MACINTOSH)).letters
    assert "SacrÈ-Cúur;Gendarmerie Èquipe, JÈrÙme" in other


def test_letters_far_down_are_shown_with_their_lines() -> None:
    plain = f"{ROW}Opale;R.A.S.\r\n" * 20_000
    late = f"{TITLES}{plain}{ROW}Été;\r\n{ROW}B;\r\n{ROW}Noël;\r\n{ROW}Ça;\r\n{ROW}Où;\r\n"
    data = late.encode("cp1252")
    assert refused(data) == (ImportFault.ENCODING_NOT_SAID, "0xC9", 20_002)
    seen = look(data, said(Encoding.WINDOWS_1252))
    assert [(line, text[-5:]) for line, text in seen.letters] == [
        (20_002, ";Été;"), (20_004, "Noël;"), (20_005, "5;Ça;")
    ]  # fmt: skip


def test_letters_that_are_utf_8_before_others_are_shown_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(table_encoding, "_CHUNK_BYTES", 16)
    data = FRENCH.encode() + f"{ROW}A;\r\n{ROW}Été;\r\n{ROW}Noël;\r\n".encode("cp1252")
    seen = look(data, said(Encoding.WINDOWS_1252))
    assert [(line, text[-6:]) for line, text in seen.letters] == [
        (3, "©rÃ\N{ACUTE ACCENT}me"), (5, "5;Été;"), (6, ";Noël;")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("encoding", "byte", "told"),
    [
        (Encoding.WINDOWS_1252, b"\x81", "windows-1252 0x81"),
        (Encoding.ISO_8859_15, b"\x9c", "iso-8859-15 0x9C"),
    ],
)
def test_a_byte_that_stands_for_nothing_is_refused_with_its_line(
    encoding: Encoding, byte: bytes, told: str
) -> None:
    rows = f"{ROW}Opale;R.A.S.\r\n".encode() * 400
    data = TITLES.encode() + b"\xe9\r\n" + rows + byte + b"\r\n"
    assert refused(data, encoding) == (ImportFault.NOT_IN_ENCODING, told, 403)
    assert refused(TITLES.encode() + byte, encoding) == (ImportFault.NOT_IN_ENCODING, told, 2)
    zero = data.replace(byte, b"\0")
    assert refused(zero, encoding) == (ImportFault.ZERO_BYTE, "", 403)


def test_what_is_proposed_has_a_letter_for_every_byte(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    for data, proposed in (
        (FRENCH.encode("cp1252"), Encoding.WINDOWS_1252),
        (FRENCH.encode("cp1252") + b"\x8f", None),
        (FRENCH.encode("mac-roman").replace(b"\x8e", b"\x8f"), None),
        (FRENCH.encode() + b"\xe9\r\n", None),
    ):
        path.write_bytes(data)
        assert proposed_encoding(path, OPTIONS) is proposed, data
    with pytest.raises(ImportFileError) as error:
        proposed_encoding(tmp_path / "none.csv", OPTIONS)
    assert error.value.detail == "No such file or directory"


def test_somebody_can_stop_it_while_all_is_looked_through() -> None:
    options = said(Encoding.WINDOWS_1252)
    options.stop.set()
    try:
        with pytest.raises(ImportFileError) as error:
            look(FRENCH.encode("cp1252"), options)
    finally:
        options.stop.clear()
    assert error.value.fault is ImportFault.STOPPED


def test_a_layout_is_the_same_in_every_encoding(tmp_path: Path) -> None:
    titled = "Été;lat;lon;Équipe\n2026-09-15T02:28Z;50,5;1,5;é\n"
    path, keys = tmp_path / "a.csv", []

    def remembered(key: str) -> SaidOfLayout:
        keys.append(key)
        return SaidOfLayout(encoding=Encoding.IBM850)

    for encoding, codec in CODECS.items():
        path.write_bytes(titled.encode(codec))
        assert remembered_encoding(path, OPTIONS, remembered) is Encoding.IBM850
        keys.append(look(path.read_bytes(), said(encoding)).layout_key)
    assert set(keys) == {look(titled).layout_key}
    path.write_bytes(b"2026-09-15T02:28Z;50,5;1,5;\xe9\n")
    assert remembered_encoding(path, OPTIONS, remembered) is None
