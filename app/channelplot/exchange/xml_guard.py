"""XML of other programs, read piece by piece: no entities, nothing followed, everything bounded.

A document type is refused, since its entities can grow without end or name files and hosts. The
parser is expat, which opens neither by itself.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final, NamedTuple, NoReturn, Protocol
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
MOST_NAMES: Final = 10_000
"""Different names of elements and attributes: the parser keeps every one to the end."""
MOST_PREFIXES: Final = 1_000
"""Different prefixes of namespaces, which it keeps as well."""
_CHUNK: Final = 64 * 1024
_ENCODINGS: Final = frozenset(
    {"utf-8", "utf-16", "us-ascii", "ascii", "iso-8859-1", "iso-8859-15", "windows-1252"}
)
_BETWEEN: Final = "\n"
"""Parts a namespace from a name; no name can hold it."""
_MOST_PLACES: Final = 10_000
"""Places of elements that are remembered; a file of this many is found again without."""
_INVALID: Final = expat.errors.codes[expat.errors.XML_ERROR_INVALID_TOKEN]
_WIDE: Final = (b"\xff\xfe", b"\xfe\xff")
"""Begins a file of two bytes a character."""
_LONGEST_CHARACTER: Final = 4
"""Bytes of one in UTF-8."""


class XmlBounds(NamedTuple):
    """How much of a file is read at most."""

    most_bytes: int
    most_elements: int
    most_text: int
    """Characters between the tags of one element."""


class NotXml(LimitFileError):
    """The parser can't go on.

    byte: the one that can't stand where it stands, where that is a zero or no part of a character
    in UTF-8; else None.
    """

    def __init__(self, path: Path, said: str, line: int, byte: int | None) -> None:
        """Keep the parser's own words, the line and the byte."""
        super().__init__(LimitFileFault.NOT_XML, path, said, line)
        self.byte = byte


class Bytes(Protocol):
    """What a file is read from."""

    def read(self, size: int, /) -> bytes:
        """Return the next bytes, at most so many; none at the end."""


class Elements(Protocol):
    """Who is told of the elements of a file. Lines count from 1."""

    def start(self, path: str, attributes: Mapping[str, str], line: int) -> None:
        """Take the start of an element. path: names from the root on, parted by ``/``."""

    def end(self, path: str, text: str, line: int) -> None:
        """Take its end. text: what stands in it outside of other elements; line: its start's."""


def read_xml(
    file: Bytes,
    path: Path,
    elements: Elements,
    namespaces: frozenset[str],
    root: str,
    *,
    extensions: Mapping[str, str] = MappingProxyType({}),
    is_wanted: Callable[[str], bool] = lambda _: True,
    bounds: XmlBounds | None = None,
) -> None:
    """Tell of every element of a file in its order; stop at the first that is refused.

    namespaces: of the format; an element of another one is called ``?`` in its path, and so does
    not take part. extensions: other namespaces that do, and what stands before their names in
    paths. root: the name of the file's outermost element. is_wanted: whether the text of an
    element is, by its path; what is not is told as "" and is not kept, however long. bounds: those
    of limits, where none are given. path: only said in refusals. Raises LimitFileError, NotXml of
    it where the parser does, and OSError from the file.
    """
    known = {**dict.fromkeys(namespaces | {""}, ""), **extensions}
    most = bounds or XmlBounds(MOST_BYTES, MOST_ELEMENTS, MOST_TEXT)
    _Guard(path, elements, known, root, is_wanted, most).read(file)


class _Place:
    """Where elements stand: their path, whether their text is wanted, and the places inside."""

    __slots__ = ("inside", "is_wanted", "path")

    def __init__(self, path: str, is_wanted: bool) -> None:
        self.path = path
        self.is_wanted = is_wanted
        self.inside: dict[str, _Place] = {}


class _Open:
    """An element that has begun: where, and what text has stood in it so far."""

    __slots__ = ("length", "line", "place", "texts")

    def __init__(self, place: _Place, line: int) -> None:
        self.place = place
        self.line = line
        self.length = 0
        self.texts: list[str] = []


class _Guard:
    """Keeps count while expat reads."""

    def __init__(
        self,
        path: Path,
        elements: Elements,
        namespaces: Mapping[str, str],
        root: str,
        is_wanted: Callable[[str], bool],
        bounds: XmlBounds,
    ) -> None:
        self._path = path
        self._elements = elements
        self._namespaces = namespaces
        self._root = root
        self._is_wanted = is_wanted
        self._bounds = bounds
        self._outside = _Place("", False)
        self._open: list[_Open] = []
        self._count = 0
        self._places = 0
        self._prefixes: set[str | None] = set()
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
        self._parser.StartNamespaceDeclHandler = self._prefix
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text

    def read(self, file: Bytes) -> None:
        """Feed the parser. Raises LimitFileError."""
        chunk = before = b""
        is_wide = False
        try:
            while chunk := file.read(_CHUNK):
                is_wide = is_wide or (not self._fed and chunk.startswith(_WIDE))
                self._fed += len(chunk)
                if self._fed > self._bounds.most_bytes:
                    self._refuse(LimitFileFault.TOO_LARGE)
                self._parser.Parse(chunk, False)
                if self._fed - self._parser.CurrentByteIndex > LONGEST_TAG + _CHUNK:
                    self._refuse(LimitFileFault.TOO_LARGE)
                if len(self._parser.intern) > MOST_NAMES:
                    self._refuse(LimitFileFault.TOO_LARGE)
                before = chunk[-_LONGEST_CHARACTER:]
            self._parser.Parse(b"", True)
        except expat.ExpatError as error:
            said = expat.errors.messages.get(error.code, "")
            byte = None
            if error.code == _INVALID and not is_wide:
                last = before + chunk
                at = self._parser.ErrorByteIndex - (self._fed - len(last))
                byte = _wrong_byte(last[at : at + _LONGEST_CHARACTER])
            raise NotXml(self._path, said, error.lineno, byte) from error

    def _declared(self, _: str, encoding: str | None, __: int) -> None:
        if encoding is not None and encoding.lower() not in _ENCODINGS:
            self._refuse(LimitFileFault.ENCODING, encoding)

    def _entities(self, *_: object) -> int:
        self._refuse(LimitFileFault.ENTITIES)

    def _prefix(self, prefix: str | None, _: str) -> None:
        self._prefixes.add(prefix)
        if len(self._prefixes) > MOST_PREFIXES:
            self._refuse(LimitFileFault.TOO_LARGE)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if self._count > self._bounds.most_elements:
            self._refuse(LimitFileFault.TOO_LARGE)
        opened = self._open
        holder = opened[-1].place if opened else self._outside
        place = holder.inside.get(name) or self._place(holder, name)
        if len(opened) >= DEEPEST:
            self._refuse(LimitFileFault.TOO_DEEP)
        line = self._parser.CurrentLineNumber
        opened.append(_Open(place, line))
        self._elements.start(place.path, attributes, line)

    def _place(self, holder: _Place, name: str) -> _Place:
        """Return where elements of a name stand that has not been met inside of the holder."""
        namespace, _, local = name.rpartition(_BETWEEN)
        before = self._namespaces.get(namespace)
        known = "?" if before is None else f"{before}{local}"
        if holder is self._outside and known != self._root:
            self._refuse(LimitFileFault.KIND)
        path = f"{holder.path}/{known}" if holder.path else known
        place = _Place(path, self._is_wanted(path))
        self._places += 1
        if self._places <= _MOST_PLACES:
            holder.inside[name] = place
        return place

    def _end(self, _: str) -> None:
        ended = self._open.pop()
        self._elements.end(ended.place.path, "".join(ended.texts), ended.line)

    def _text(self, text: str) -> None:
        inside = self._open[-1]
        if not inside.place.is_wanted:
            return
        inside.length += len(text)
        if inside.length > self._bounds.most_text:
            self._refuse(LimitFileFault.TOO_LARGE)
        inside.texts.append(text)

    def _refuse(self, fault: LimitFileFault, detail: str = "") -> NoReturn:
        raise LimitFileError(fault, self._path, detail, self._parser.CurrentLineNumber)


def _wrong_byte(rest: bytes) -> int | None:
    """Return the byte at which the parser stopped, if it is a zero or begins no character."""
    if not rest or rest[0] == 0:
        return rest[0] if rest else None
    try:
        rest.decode()
    except UnicodeDecodeError as error:
        return None if error.start else rest[0]
    return None
