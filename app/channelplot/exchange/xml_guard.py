"""XML of other programs, read piece by piece: no entities, nothing followed, everything bounded.

A document type is refused, since its entities can grow without end or name files and hosts. The
parser is expat, which opens neither by itself.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO, Final, NoReturn, Protocol
from xml.parsers import expat

from channelplot.errors import LimitFileError, LimitFileFault

MOST_BYTES: Final = 64 * 1024 * 1024
MOST_ELEMENTS: Final = 800_000
"""A track of as many points as are read, each with height and time, and more again."""
DEEPEST: Final = 100
MOST_TEXT: Final = 16 * 1024 * 1024
"""Characters between the tags of one element."""
LONGEST_TAG: Final = 1024 * 1024
"""Bytes of one tag or comment: the parser keeps it whole, and looks at it again and again."""
_CHUNK: Final = 64 * 1024
_ENCODINGS: Final = frozenset(
    {"utf-8", "utf-16", "us-ascii", "ascii", "iso-8859-1", "iso-8859-15", "windows-1252"}
)
_BETWEEN: Final = "\n"
"""Parts a namespace from a name; no name can hold it."""


class Elements(Protocol):
    """Who is told of the elements of a file. Lines count from 1."""

    def start(self, path: str, attributes: Mapping[str, str], line: int) -> None:
        """Take the start of an element. path: names from the root on, parted by ``/``."""

    def end(self, path: str, text: str, line: int) -> None:
        """Take its end. text: what stands in it outside of other elements; line: its start's."""


def read_xml(
    file: BinaryIO, path: Path, elements: Elements, namespaces: frozenset[str], root: str
) -> None:
    """Tell of every element of a file in its order; stop at the first that is refused.

    namespaces: of the format; an element of another one is called ``?`` in its path, and so does
    not take part. root: the name of the file's outermost element. path: only said in refusals.
    Raises LimitFileError, and OSError from the file.
    """
    _Guard(path, elements, namespaces, root).read(file)


class _Open:
    """An element that has begun: where, and what text has stood in it so far."""

    __slots__ = ("length", "line", "path", "texts")

    def __init__(self, path: str, line: int) -> None:
        self.path = path
        self.line = line
        self.length = 0
        self.texts: list[str] = []

    @property
    def text(self) -> str:
        return "".join(self.texts)


class _Guard:
    """Keeps count while expat reads."""

    def __init__(
        self, path: Path, elements: Elements, namespaces: frozenset[str], root: str
    ) -> None:
        self._path = path
        self._elements = elements
        self._namespaces = namespaces | {""}
        self._root = root
        self._open: list[_Open] = []
        self._count = 0
        self._fed = 0
        self._parser = expat.ParserCreate(namespace_separator=_BETWEEN)
        self._parser.buffer_text = True
        self._parser.buffer_size = _CHUNK
        self._parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        self._parser.XmlDeclHandler = self._declared
        self._parser.StartDoctypeDeclHandler = self._entities
        self._parser.EntityDeclHandler = self._entities
        self._parser.ExternalEntityRefHandler = self._entities
        self._parser.SkippedEntityHandler = self._entities
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text

    def read(self, file: BinaryIO) -> None:
        """Feed the parser. Raises LimitFileError."""
        try:
            while chunk := file.read(_CHUNK):
                self._fed += len(chunk)
                if self._fed > MOST_BYTES:
                    self._refuse(LimitFileFault.TOO_LARGE)
                self._parser.Parse(chunk, False)
                if self._fed - self._parser.CurrentByteIndex > LONGEST_TAG + _CHUNK:
                    self._refuse(LimitFileFault.TOO_LARGE)
            self._parser.Parse(b"", True)
        except expat.ExpatError as error:
            said = expat.errors.messages.get(error.code, "")
            raise LimitFileError(LimitFileFault.NOT_XML, self._path, said, error.lineno) from error

    def _declared(self, _: str, encoding: str | None, __: int) -> None:
        if encoding is not None and encoding.lower() not in _ENCODINGS:
            self._refuse(LimitFileFault.ENCODING, encoding)

    def _entities(self, *_: object) -> int:
        self._refuse(LimitFileFault.ENTITIES)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if self._count > MOST_ELEMENTS:
            self._refuse(LimitFileFault.TOO_LARGE)
        namespace, _, local = name.rpartition(_BETWEEN)
        known = local if namespace in self._namespaces else "?"
        if not self._open and known != self._root:
            self._refuse(LimitFileFault.KIND)
        if len(self._open) >= DEEPEST:
            self._refuse(LimitFileFault.TOO_DEEP)
        path = f"{self._open[-1].path}/{known}" if self._open else known
        line = self._parser.CurrentLineNumber
        self._open.append(_Open(path, line))
        self._elements.start(path, attributes, line)

    def _end(self, _: str) -> None:
        ended = self._open.pop()
        self._elements.end(ended.path, ended.text, ended.line)

    def _text(self, text: str) -> None:
        inside = self._open[-1]
        inside.length += len(text)
        if inside.length > MOST_TEXT:
            self._refuse(LimitFileFault.TOO_LARGE)
        inside.texts.append(text)

    def _refuse(self, fault: LimitFileFault, detail: str = "") -> NoReturn:
        raise LimitFileError(fault, self._path, detail, self._parser.CurrentLineNumber)
