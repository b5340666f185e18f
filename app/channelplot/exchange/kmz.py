"""KMZ: an archive with a KML file in it, read in memory; nothing of it is ever written out."""

import io
import stat
import struct
import zipfile
import zlib
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple

from channelplot.errors import LimitFileError, LimitFileFault
from channelplot.exchange.found_lines import FoundFile, piece
from channelplot.exchange.kml_read import read_kml

MOST_BYTES: Final = 50 * 1024 * 1024
"""Of the archive, and of what it holds when unpacked."""
MOST_MEMBERS: Final = 1_000
MOST_RATIO: Final = 100
"""Text is packed to a fifth or a tenth; a hundredth is a trap."""
_ENTRY: Final = b"PK\x01\x02"
"""Begins every entry of an archive's list."""
_MAIN: Final = "doc.kml"
_SUFFIX: Final = ".kml"
_PACKED: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_IS_ENCRYPTED: Final = 1
_MODE_SHIFT: Final = 16


class MainFile(NamedTuple):
    """The KML file of an archive. others: the names of its other ones, which are not read."""

    text: bytes
    others: tuple[str, ...]


def read_kmz(file: BinaryIO, path: Path) -> FoundFile:
    """Return what the archive's KML file holds. path: said in refusals. Raises LimitFileError."""
    return read_kml(io.BytesIO(main_file(file, path).text), path)


def main_file(file: BinaryIO, path: Path) -> MainFile:
    """Return an archive's KML file: ``doc.kml``, else the first there is.

    An archive with a member that would lie outside of it, a link, too much or too many members
    is refused as a whole. path: said in refusals. Raises LimitFileError.
    """
    data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise LimitFileError(LimitFileFault.TOO_LARGE, path)
    if data.count(_ENTRY) > MOST_MEMBERS:
        raise LimitFileError(LimitFileFault.ARCHIVE, path, f"> {MOST_MEMBERS}")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _unpacked(archive, path)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        RuntimeError,
        NotImplementedError,
        UnicodeError,
        ValueError,
        struct.error,
    ) as error:
        raise LimitFileError(LimitFileFault.UNREADABLE, path, str(error)) from error


def _unpacked(archive: zipfile.ZipFile, path: Path) -> MainFile:
    """Return the KML file of an archive whose every member is harmless."""
    members = archive.infolist()
    for member in members:
        if _is_harmful(member):
            raise LimitFileError(LimitFileFault.ARCHIVE, path, piece(member.filename))
    if sum(member.file_size for member in members) > MOST_BYTES:
        raise LimitFileError(LimitFileFault.TOO_LARGE, path)
    found = [each for each in members if each.filename.lower().endswith(_SUFFIX)]
    if not found:
        raise LimitFileError(LimitFileFault.EMPTY, path)
    main = next((each for each in found if each.filename.lower() == _MAIN), found[0])
    with archive.open(main) as member_file:
        # No more comes out than the list says, and what does not match its sum is no archive.
        text = member_file.read()
    return MainFile(text, tuple(each.filename for each in found if each is not main))


def _is_harmful(member: zipfile.ZipInfo) -> bool:
    """Return whether a member has no business in a KMZ: its name, kind or size."""
    # The name as it stands: zipfile turns some characters of it round.
    names = (member.orig_filename, member.filename)
    return (
        any(_leads_out(name) for name in names)
        or stat.S_ISLNK(member.external_attr >> _MODE_SHIFT)
        or bool(member.flag_bits & _IS_ENCRYPTED)
        or member.compress_type not in _PACKED
        or member.file_size > MOST_RATIO * max(member.compress_size, 1)
    )


def _leads_out(name: str) -> bool:
    """Return whether a name is absolute, goes up, names a drive, or can't be a name."""
    parts = name.replace("\\", "/").split("/")
    is_odd = not name or "\0" in name or ":" in name
    return is_odd or parts[0] == "" or ".." in parts
