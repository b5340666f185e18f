"""What the letters of a table are in: as its mark says, UTF-8 where all of it is, or as said.

Nothing is guessed: a table that is neither is refused until somebody says what it is in. What
``proposed_encoding`` returns is for those who show the letters before anything of them is kept.
"""

import codecs
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import BinaryIO, Final

from channelplot.errors import ImportFault, ImportFileError
from channelplot.exchange.found_lines import piece
from channelplot.exchange.incoming.found import Encoding, ReadOptions
from channelplot.exchange.ordinary_file import system_words

CODECS: Final[Mapping[Encoding, str]] = {
    Encoding.UTF_8: "utf-8-sig",
    Encoding.UTF_16: "utf-16",
    Encoding.WINDOWS_1252: "cp1252",
    Encoding.ISO_8859_15: "iso8859-15",
    Encoding.IBM850: "cp850",
    Encoding.MACINTOSH: "mac-roman",
}
"""What Python calls them; with or without a mark."""
OTHERS: Final = tuple(each for each in Encoding if each not in (Encoding.UTF_8, Encoding.UTF_16))
"""What somebody may say of a table that is not in UTF-8."""
_UTF_32: Final = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_MARKED: Final = (
    (codecs.BOM_UTF8, Encoding.UTF_8),
    (codecs.BOM_UTF16_LE, Encoding.UTF_16),
    (codecs.BOM_UTF16_BE, Encoding.UTF_16),
)
_CHUNK_BYTES: Final = 1 << 18
_MOST_BEFORE: Final = 1_000
_MOST_AFTER: Final = 4_000
"""Bytes before and after the first one that is not UTF-8, where letters to be shown stand."""
_LETTERS_SHOWN: Final = 3
_SHOWN_BEFORE: Final = 20
_LINE_END: Final = re.compile(r"\r\n|\r|\n")
_NOT_ASCII_BYTE: Final = re.compile(rb"[\x80-\xff]")
_NOT_ASCII: Final = re.compile(r"[^\x00-\x7f]")


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongByte:
    """The first byte of a file that stands for nothing in an encoding.

    line: from 1. offset: of the byte, from the start of a file without a mark. is_after_letters:
    what stands before it is not ASCII alone.
    """

    line: int
    byte: int
    offset: int
    is_after_letters: bool

    @property
    def told(self) -> str:
        """Return the byte as it is said back in a refusal."""
        return f"0x{self.byte:02X}"


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundEncoding:
    """What a table is read in. not_utf8: where it is not UTF-8, None where it is, or is marked."""

    encoding: Encoding
    not_utf8: WrongByte | None = None


def found_encoding(file: BinaryIO, path: Path, options: ReadOptions) -> FoundEncoding:
    """Return what an open table is read in; all of it is looked through unless it is marked.

    path: said in refusals. Raises ImportFileError: ENCODING for UTF-32, ENCODING_NOT_SAID where
    somebody has to say it, ZERO_BYTE where saying it would not help, STOPPED.
    """
    file.seek(0)
    start = file.read(4)
    if start.startswith(_UTF_32):
        raise ImportFileError(ImportFault.ENCODING, path, "UTF-32", 1)
    for mark, encoding in _MARKED:
        if start.startswith(mark):
            return FoundEncoding(encoding=encoding)
    wrong = wrong_byte(file, path, Encoding.UTF_8, options.stop)
    if wrong is None:
        return FoundEncoding(encoding=Encoding.UTF_8)
    if options.encoding not in OTHERS:
        _require_no_zero_byte(file, path, options.stop)
        raise ImportFileError(ImportFault.ENCODING_NOT_SAID, path, wrong.told, wrong.line)
    return FoundEncoding(encoding=options.encoding, not_utf8=wrong)


def proposed_encoding(path: Path, options: ReadOptions) -> Encoding | None:
    """Return what a table that is not UTF-8 may be shown in while nobody has said it.

    Windows-1252 where every byte of it stands for something there; None otherwise, and where it
    may be damaged. Raises ImportFileError (UNREADABLE, STOPPED).
    """
    proposed = Encoding.WINDOWS_1252
    if may_be_damaged(path, options) or _wrong_byte_in(path, proposed, options) is not None:
        return None
    return proposed


def may_be_damaged(path: Path, options: ReadOptions) -> bool:
    """Return whether letters before the first byte of a table that is not UTF-8 are UTF-8.

    It may be damaged, or two files in one. Raises ImportFileError (UNREADABLE, STOPPED).
    """
    wrong = _wrong_byte_in(path, Encoding.UTF_8, options)
    return wrong is not None and wrong.is_after_letters


def _wrong_byte_in(path: Path, encoding: Encoding, options: ReadOptions) -> WrongByte | None:
    try:
        with path.open("rb") as file:
            return wrong_byte(file, path, encoding, options.stop)
    except OSError as error:
        raise ImportFileError(ImportFault.UNREADABLE, path, system_words(error)) from error


def wrong_byte(
    file: BinaryIO, path: Path, encoding: Encoding, stop: Event | None = None
) -> WrongByte | None:
    """Return the first byte of a file that is wrong in an encoding, None for none.

    path: said when it is stopped. Raises ImportFileError (STOPPED).
    """
    file.seek(0)
    decoder = codecs.getincrementaldecoder(CODECS[encoding])()
    lines, is_ascii, read = _LineCount(), True, 0
    while True:
        chunk = _chunk(file, path, stop)
        before = decoder.getstate()
        try:
            text = decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError as error:
            wrong, held = error.object, len(before[0])
            decoder.setstate(before)
            decoder.errors = "ignore"
            text = decoder.decode(wrong[held : error.start])
            lines.take(text)
            return WrongByte(
                line=lines.line,
                byte=wrong[error.start],
                offset=read - held + error.start,
                is_after_letters=not (is_ascii and text.isascii()),
            )
        lines.take(text)
        is_ascii = is_ascii and text.isascii()
        read += len(chunk)
        if not chunk:
            return None


def letters_shown(
    file: BinaryIO, encoding: Encoding, wrong: WrongByte
) -> tuple[tuple[int, str], ...]:
    """Return some lines with letters that are not ASCII, each with its number, as they will be.

    wrong: the first byte that is not UTF-8. The first such line of the file is among them, and
    that byte's. A long line is cut.
    """
    told = _letters_from(file, encoding, wrong.offset, wrong.line)
    if wrong.is_after_letters:
        before = _letters_from(file, encoding, *_first_letter(file))[:1]
        told = [*(each for each in before if each[0] < wrong.line), *told]
    return tuple(told[:_LETTERS_SHOWN])


def _first_letter(file: BinaryIO) -> tuple[int, int]:
    """Return the place and the line of a file's first byte that is not ASCII."""
    file.seek(0)
    lines, read = _LineCount(), 0
    while chunk := file.read(_CHUNK_BYTES):
        first = _NOT_ASCII_BYTE.search(chunk)
        end = len(chunk) if first is None else first.start()
        lines.take(chunk[:end].decode("ascii"))
        read += end
        if first is not None:
            break
    return read, lines.line


def _letters_from(
    file: BinaryIO, encoding: Encoding, offset: int, number: int
) -> list[tuple[int, str]]:
    """Return the lines with such letters from a byte on. number: of the line that it is in."""
    start = max(0, offset - _MOST_BEFORE)
    file.seek(start)
    data = file.read(offset - start + _MOST_AFTER)
    before, after = data[: offset - start], data[offset - start :]
    begin = max(before.rfind(b"\n"), before.rfind(b"\r")) + 1
    text = (before[begin:] + after).decode(CODECS[encoding], "replace")
    lines = enumerate(_LINE_END.split(text), start=number)
    return [(line_number, _around(line)) for line_number, line in lines if not line.isascii()]


def _around(line: str) -> str:
    """Return a line, or what stands around its first letter that is not ASCII."""
    first = _NOT_ASCII.search(line)
    start = 0 if first is None else max(0, first.start() - _SHOWN_BEFORE)
    return piece(line) if not start else f"\N{HORIZONTAL ELLIPSIS}{piece(line[start:])}"


def _require_no_zero_byte(file: BinaryIO, path: Path, stop: Event) -> None:
    """Raise ZERO_BYTE with its line where a file has one: it is no text in any encoding."""
    file.seek(0)
    lines = _LineCount()
    while chunk := _chunk(file, path, stop):
        zero = chunk.find(b"\0")
        lines.take(chunk[: zero if zero >= 0 else None].decode("latin-1"))
        if zero >= 0:
            raise ImportFileError(ImportFault.ZERO_BYTE, path, "", lines.line)


def _chunk(file: BinaryIO, path: Path, stop: Event | None) -> bytes:
    if stop is not None and stop.is_set():
        raise ImportFileError(ImportFault.STOPPED, path)
    return file.read(_CHUNK_BYTES)


class _LineCount:
    """The line that a text has come to, from 1; lines end as any system ends them."""

    def __init__(self) -> None:
        self.line = 1
        self._is_after_return = False

    def take(self, text: str) -> None:
        """Go on by a piece of the text."""
        if not text:
            return
        self.line += text.count("\n")
        if "\r" in text:
            self.line += text.count("\r") - text.count("\r\n")
        if self._is_after_return and text[0] == "\n":
            self.line -= 1
        self._is_after_return = text[-1] == "\r"
