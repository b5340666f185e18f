"""JSON of other programs, read value by value through a window that slides over the file.

A file of hundreds of megabytes needs no more room than its largest value. Strict: UTF-8, no name
twice in one object, and what is no JSON is refused with its line. ``NaN`` and its like, which some
programs write all the same, come out as ``NoNumber``, which nothing takes for a number, and so does
a whole number of thousands of figures.
"""

import codecs
import json
import re
from collections import Counter
from pathlib import Path
from threading import Event
from typing import Any, BinaryIO, Final, NoReturn

from channelplot.errors import ImportFault, ImportFileError
from channelplot.exchange.found_lines import piece

MOST_BYTES: Final = 1024 * 1024 * 1024
MOST_VALUE: Final = 64 * 1024 * 1024
"""Characters of one value: a line of a million points has two thirds of that."""
_MOST_BRACKETS: Final = 4_000_000
"""Of one value: each costs twenty times its room."""
_CHUNK: Final = 256 * 1024
_UNSURE: Final = 16
"""So near its end a text may look wrong only because it goes on: ``\\ud83d``, ``-Infinity``."""
_OF_A_NUMBER: Final = 2
"""Characters of a number that are none without what follows: ``.``, ``e-``."""
_UNENDED: Final = "Unterminated string"
_ENDS: Final = "Unexpected end"
"""As the standard library words its own."""
_SHOWN: Final = 20
_WHITE: Final = re.compile(r"[ \t\r\n]*")
_BLANK: Final = re.compile(r"[ \t\r]*")
_END: Final = re.compile(r"[\n\x1e]")
_BETWEEN: Final = re.compile(r"[ \t\r\n\x1e]*")
"""White space, and what begins a text in a sequence of them (RFC 8142)."""
_WIDE_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")
_MOST_SAID: Final = 2_000
"""Characters of a value that are given back as they stand."""


class NoNumber:
    """What stands where a number should, and is none: ``NaN``, ``Infinity``, ``-Infinity``.

    Or one of more figures than any number has.
    """

    def __init__(self, text: str) -> None:
        """Keep what stands there."""
        self.text = text

    def __str__(self) -> str:
        """Return what stands there."""
        return self.text


class JsonText:
    """A file of JSON, from its beginning on. Raises ImportFileError.

    line: where what comes next stands, from 1; right after ``peek``.
    """

    def __init__(self, file: BinaryIO, path: Path, stop: Event) -> None:
        """Take a file that is open to read. path: said in refusals. stop: ends it early."""
        self._file = file
        self._path = path
        self._stop = stop
        self._size = file.seek(0, 2)
        file.seek(0)
        if self._size > MOST_BYTES:
            raise ImportFileError(ImportFault.TOO_LARGE, path)
        self._bytes = 0
        self._bytes_line = 1
        self._utf8 = codecs.getincrementaldecoder("utf-8-sig")()
        self._is_whole = False
        self._text = ""
        self._at = 0
        self._decode = json.JSONDecoder(
            object_pairs_hook=self._object, parse_constant=NoNumber
        ).raw_decode
        self._decode_large = json.JSONDecoder(
            object_pairs_hook=self._object,
            parse_constant=NoNumber,
            parse_float=_float,
            parse_int=_whole,
        ).raw_decode
        self.line = 1

    @property
    def share(self) -> float:
        """Return how much of the file is read, 0 to 1."""
        return self._bytes / self._size if self._size else 1.0

    @property
    def told(self) -> int:
        """Return how many bytes are read: it grows by a quarter of a megabyte at a time."""
        return self._bytes

    def peek(self) -> str:
        """Return the next character that is no white space, "" at the end of the file."""
        while True:
            self._go_to(_WHITE.match(self._text, self._at).end())  # type: ignore[union-attr]
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more():
                return ""

    def take(self, expected: str) -> None:
        """Go past the next character, which must be the one expected."""
        if self.peek() != expected:
            self.refuse()
        self._at += 1

    def skip(self, character: str) -> bool:
        """Go past the next character if it is this one, and return whether it was."""
        is_there = self.peek() == character
        self._at += is_there
        return is_there

    def next_text(self) -> bool:
        """Go to the next of several texts, which begin on lines of their own; False for none."""
        is_parted = self._bytes == 0
        while True:
            end = _BETWEEN.match(self._text, self._at).end()  # type: ignore[union-attr]
            is_parted = is_parted or not set(self._text[self._at : end]).isdisjoint("\n\x1e")
            self._go_to(end)
            if self._at < len(self._text):
                if not is_parted:
                    self.refuse()
                return True
            if not self._more():
                return False

    def ahead(self) -> Any:
        """Return the next value without going past it; None where not all of it is read yet."""
        self.peek()
        try:
            return self._decode_large(self._text, self._at)[0]
        except (ValueError, RecursionError, ImportFileError):
            return None

    def value(self) -> tuple[Any, str]:
        """Return the next value, whole, and how it stands in the file, the beginning of it.

        Where it is refused, it is still what comes next.
        """
        self.peek()
        while True:
            is_large = len(self._text) - self._at > 2 * _CHUNK
            try:
                value, end = (self._decode_large if is_large else self._decode)(
                    self._text, self._at
                )
            except json.JSONDecodeError as error:
                is_unsure = error.pos + _UNSURE >= len(self._text) or error.msg.startswith(_UNENDED)
                if is_unsure and self._more():
                    continue
                line = self.line + self._text.count("\n", self._at, max(error.pos, self._at))
                raise ImportFileError(ImportFault.NOT_JSON, self._path, error.msg, line) from error
            except RecursionError as error:
                raise ImportFileError(ImportFault.TOO_DEEP, self._path, "", self.line) from error
            except ValueError:  # a whole number of thousands of figures
                self._decode = self._decode_large
                continue
            # A number that seems to end here may go on: 1e-9 is read as 1 up to its sign.
            if end + _OF_A_NUMBER >= len(self._text) and self._more():
                continue
            text = self._text[self._at : min(end, self._at + _MOST_SAID)]
            self._go_to(end)
            return value, text

    def glimpse(self) -> str:
        """Return the beginning of what comes next, as far as it is read."""
        return self._text[self._at : self._at + _MOST_SAID]

    def is_at_line_end(self) -> bool:
        """Return whether nothing more stands in this line, or in this text of a sequence."""
        while True:
            self._at = _BLANK.match(self._text, self._at).end()  # type: ignore[union-attr]
            if self._at < len(self._text):
                return _END.match(self._text, self._at) is not None
            if not self._more():
                return True

    def skip_line(self) -> None:
        """Go to the end of this line, or of this text of a sequence, whatever stands in it."""
        while (end := _END.search(self._text, self._at)) is None:
            self._at = len(self._text)
            if not self._more():
                return
        self._at = end.start()

    def refuse(self, detail: str = "") -> NoReturn:
        """Raise that this is no JSON, here; without a detail, what stands here is told."""
        told = detail or piece(self._text[self._at : self._at + _SHOWN]) or _ENDS
        raise ImportFileError(ImportFault.NOT_JSON, self._path, told, self.line)

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        told = dict(pairs)
        if len(told) != len(pairs):
            twice = Counter(name for name, _ in pairs).most_common(1)[0][0]
            raise ImportFileError(ImportFault.NOT_JSON, self._path, f"{piece(twice)} 2x", self.line)
        return told

    def _go_to(self, at: int) -> None:
        self.line += self._text.count("\n", self._at, at)
        self._at = at

    def _more(self) -> bool:
        """Read more of the file; return whether there was more."""
        if self._is_whole:
            return False
        if self._stop.is_set():
            raise ImportFileError(ImportFault.STOPPED, self._path)
        left = len(self._text) - self._at
        if left > _CHUNK and (
            left > MOST_VALUE
            or self._text.count("[", self._at) + self._text.count("{", self._at) > _MOST_BRACKETS
        ):
            raise ImportFileError(ImportFault.TOO_LARGE, self._path, "", self.line)
        # As much again as did not do: a large value is not tried too often.
        data = self._file.read(max(_CHUNK, left))
        decoded = self._decoded(data)
        self._is_whole = not data
        if data:
            self._text = self._text[self._at :] + decoded
            self._at = 0
        return not self._is_whole

    def _decoded(self, data: bytes) -> str:
        if not self._bytes and data.startswith(_WIDE_MARKS):
            raise ImportFileError(ImportFault.ENCODING, self._path, "UTF-16", 1)
        zero = data.find(b"\0")
        if zero >= 0:
            line = self._bytes_line + data.count(b"\n", 0, zero)
            raise ImportFileError(ImportFault.ZERO_BYTE, self._path, "", line)
        try:
            text = self._utf8.decode(data, final=not data)
        except UnicodeDecodeError as error:
            # What is wrong may have begun in the last bytes of the piece before, in no other line.
            line = self._bytes_line + error.object.count(b"\n", 0, error.start)
            told = f"0x{error.object[error.start]:02X}"
            raise ImportFileError(ImportFault.ENCODING, self._path, told, line) from error
        self._bytes += len(data)
        self._bytes_line += data.count(b"\n")
        return text


def _float(text: str) -> float:
    """Return what the parser would; but that a function of Python is called lets others run."""
    return float(text)


def _whole(text: str) -> int | NoNumber:
    """Return what the parser would, as ``_float`` does; with more figures it is none."""
    try:
        return int(text)
    except ValueError:
        return NoNumber(text)
