"""A file of XML that is to come in: read once from end to end, stopped when somebody says so."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from channelplot.errors import ImportFault, ImportFileError, LimitFileError
from channelplot.exchange.incoming.found import ReadOptions, Sink
from channelplot.exchange.xml_guard import Elements, NotXml, XmlBounds, read_xml

MOST_BYTES: Final = 1024 * 1024 * 1024
MOST_ELEMENTS: Final = 40_000_000
"""A million reports of this program's own, each field an element or two."""
MOST_TEXT: Final = 1_000_000
"""Characters of one element."""


@dataclass(frozen=True, slots=True, kw_only=True)
class XmlFormat:
    """How files of a format are known.

    namespaces: of the format; root: the name of the outermost element; extensions: other
    namespaces that are read, and what stands before their names in paths; is_wanted: whether an
    element's text is read, by its path: not what stands between the elements in one that holds
    others, which has no end.
    """

    namespaces: frozenset[str]
    root: str
    extensions: Mapping[str, str]
    is_wanted: Callable[[str], bool]


def read_elements(
    file: BinaryIO,
    path: Path,
    elements: Elements,
    kind: XmlFormat,
    options: ReadOptions,
    sink: Sink,
) -> None:
    """Tell of every element of a file in its order, and the sink how far it has got.

    path: said in refusals. Raises ImportFileError: what the guard refuses, and STOPPED.
    """
    try:
        read_xml(
            _Told(file, path, options, sink),
            path,
            elements,
            kind.namespaces,
            kind.root,
            extensions=kind.extensions,
            is_wanted=kind.is_wanted,
            bounds=XmlBounds(MOST_BYTES, MOST_ELEMENTS, MOST_TEXT),
        )
    except LimitFileError as error:
        raise as_import(error, path) from error


def as_import(error: LimitFileError, path: Path) -> ImportFileError:
    """Return what readers of limits refuse as it is told of a file that is to come in.

    A zero byte, and one that is no part of a character, are told as what they are.
    """
    byte = error.byte if isinstance(error, NotXml) else None
    if byte is None:
        return ImportFileError(ImportFault(error.fault.value), path, error.detail, error.line)
    if byte == 0:
        return ImportFileError(ImportFault.ZERO_BYTE, path, "", error.line)
    return ImportFileError(ImportFault.ENCODING, path, f"0x{byte:02X}", error.line)


class _Told:
    """A file that tells how much of it has been read, and ends when it is to stop."""

    def __init__(self, file: BinaryIO, path: Path, options: ReadOptions, sink: Sink) -> None:
        self._file = file
        self._path = path
        self._stop = options.stop
        self._sink = sink
        self._size = file.seek(0, 2)
        self._read = 0
        file.seek(0)

    def read(self, size: int) -> bytes:
        """Return the next bytes. Raises ImportFileError with STOPPED."""
        if self._stop.is_set():
            raise ImportFileError(ImportFault.STOPPED, self._path)
        chunk = self._file.read(size)
        self._read += len(chunk)
        self._sink.progress(self._read / self._size if self._size else 1.0)
        return chunk
