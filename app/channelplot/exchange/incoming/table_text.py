"""The text of a table: its lines and its rows, none of them kept.

A byte that its encoding does not know is refused with its line, and so is a zero byte, a quotation
mark that is not closed, and a line without end.
"""

import csv
import io
import re
from collections.abc import Generator
from contextlib import closing
from pathlib import Path
from typing import BinaryIO, Final

from channelplot.errors import ImportFault, ImportFileError
from channelplot.exchange.incoming.found import Encoding
from channelplot.exchange.incoming.table_encoding import CODECS, OTHERS, wrong_byte

_LONGEST_LINE: Final = 1_000_000
_NOT_IN_8859: Final = re.compile(r"[\x80-\x9f]")
"""Python reads these bytes as control characters; no letter of ISO 8859 is there."""


class TableText:
    """The rows of a file, read once from its start.

    line: of the row that was yielded last, from 1; raw: that row as it
    stands in the file, with its line ends.
    """

    def __init__(self, file: BinaryIO, path: Path, encoding: Encoding) -> None:
        """Take an open file. path: said in refusals. encoding: of ``found_encoding``."""
        self._file = file
        self._path = path
        self.encoding = encoding
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
        text = io.TextIOWrapper(self._file, encoding=CODECS[self.encoding], newline="")
        take = self._taken.append
        is_8859 = self.encoding is Encoding.ISO_8859_15
        number = 0
        try:
            while line := text.readline(_LONGEST_LINE):
                number += 1
                if "\0" in line:
                    raise ImportFileError(ImportFault.ZERO_BYTE, self._path, "", number)
                if len(line) == _LONGEST_LINE and line[-1] not in "\r\n":
                    raise ImportFileError(ImportFault.NOT_A_TABLE, self._path, "", number)
                if is_8859 and (control := _NOT_IN_8859.search(line)) is not None:
                    raise self._refused(f"0x{ord(control[0]):02X}", number)
                take(line)
                yield line
        except UnicodeDecodeError:
            raise self._wrong_encoding() from None
        finally:
            text.detach()

    def _wrong_encoding(self) -> ImportFileError:
        """Return where the file is not in its encoding."""
        wrong = wrong_byte(self._file, self._path, self.encoding)
        if wrong is None:  # it was, when it was read
            return ImportFileError(ImportFault.UNREADABLE, self._path, "it changed")
        return self._refused(wrong.told, wrong.line)

    def _refused(self, told: str, line: int) -> ImportFileError:
        if self.encoding in OTHERS:
            said = f"{self.encoding} {told}"
            return ImportFileError(ImportFault.NOT_IN_ENCODING, self._path, said, line)
        return ImportFileError(ImportFault.ENCODING, self._path, told, line)
