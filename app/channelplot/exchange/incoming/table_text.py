"""The text of a table: its encoding, its lines and its rows, none of them kept.

UTF-8, with or without its mark, and UTF-16 with its mark. Anything else is refused with the line
and the byte, and so is a zero byte, a quotation mark that is not closed, and a line without end.
"""

import codecs
import csv
import io
from collections.abc import Generator
from contextlib import closing
from pathlib import Path
from typing import BinaryIO, Final

from channelplot.errors import ImportFault, ImportFileError

_UTF_32: Final = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_MARKED: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LONGEST_LINE: Final = 1_000_000
_CHUNK_BYTES: Final = 1 << 16


class TableText:
    """The rows of a file, read once from its start.

    encoding: what it is in. line: of the row that was yielded last, from 1; raw: that row as it
    stands in the file, with its line ends.
    """

    def __init__(self, file: BinaryIO, path: Path) -> None:
        """Take an open file. path: said in refusals. Raises ImportFileError."""
        self._file = file
        self._path = path
        self.encoding = _encoding(file, path)
        self.line = 0
        self.raw = ""
        self._taken: list[str] = []

    def rows(self, separator: str) -> Generator[list[str]]:
        """Yield the cells of each row from the file's start, as they stand. Raises ImportFileError.

        A line with nothing in it is a row without cells. Close it before the file is read again.
        """
        with closing(self.lines()) as lines:
            reader = csv.reader(lines, delimiter=separator, strict=True)
            taken, line = self._taken, 1
            taken.clear()
            while True:
                try:
                    cells = next(reader)
                except StopIteration:
                    return
                except csv.Error as error:
                    fault = ImportFault.NOT_A_TABLE
                    raise ImportFileError(fault, self._path, str(error), line) from error
                self.line = line
                self.raw = taken[0] if len(taken) == 1 else "".join(taken)
                yield cells
                taken.clear()
                line = reader.line_num + 1

    def lines(self) -> Generator[str]:
        """Yield the lines from the file's start, with their ends. Raises ImportFileError.

        Close it before the file is read again.
        """
        self._file.seek(0)
        text = io.TextIOWrapper(self._file, encoding=self.encoding, newline="")
        take = self._taken.append
        number = 0
        try:
            while line := text.readline(_LONGEST_LINE):
                number += 1
                if "\0" in line:
                    raise ImportFileError(ImportFault.ZERO_BYTE, self._path, "", number)
                if len(line) == _LONGEST_LINE and line[-1] not in "\r\n":
                    raise ImportFileError(ImportFault.NOT_A_TABLE, self._path, "", number)
                take(line)
                yield line
        except UnicodeDecodeError:
            raise self._wrong_encoding() from None
        finally:
            text.detach()

    def _wrong_encoding(self) -> ImportFileError:
        """Return where the file is not in its encoding."""
        self._file.seek(0)
        decoder = codecs.getincrementaldecoder(self.encoding)()
        line, is_read = 1, False
        while not is_read:
            chunk = self._file.read(_CHUNK_BYTES)
            is_read = not chunk
            before = decoder.getstate()
            try:
                line += decoder.decode(chunk, final=is_read).count("\n")
            except UnicodeDecodeError as error:
                decoder.setstate(before)
                decoder.errors = "ignore"
                line += decoder.decode(error.object[len(before[0]) : error.start]).count("\n")
                told = f"0x{error.object[error.start]:02X}"
                return ImportFileError(ImportFault.ENCODING, self._path, told, line)
        return ImportFileError(ImportFault.ENCODING, self._path, self.encoding, line)


def _encoding(file: BinaryIO, path: Path) -> str:
    """Return the encoding that a file's first bytes tell. Raises ImportFileError."""
    file.seek(0)
    start = file.read(4)
    if start.startswith(_UTF_32):
        raise ImportFileError(ImportFault.ENCODING, path, "UTF-32", 1)
    return next((name for mark, name in _MARKED if start.startswith(mark)), "utf-8")
