"""A sheet to a file, whole or not at all.

Qt reports success on a full disk and leaves a truncated file behind. So the picture is
encoded in memory, written under another name, read back, and only then moved in place.
"""

import os
import stat
import uuid
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage

from channelplot.errors import SnapshotError


def write_png(image: QImage, path: Path) -> None:
    """Write the picture as a PNG file, in place of one that is there.

    What is there stays byte for byte as it is until the new file is on disk, complete and
    read back. Raises SnapshotError; nothing new is left behind then.
    """
    write_picture(png_bytes(image, path), path)


def write_picture(data: bytes, path: Path) -> None:
    """Write an encoded picture as ``write_png`` does; knows no Qt, so any thread may.

    Raises SnapshotError.
    """
    try:
        target = path.resolve()
        if _is_something_else(target):
            raise SnapshotError(path, "not an ordinary file")
        _replace(target, data)
    except (OSError, RuntimeError) as error:  # RuntimeError: a loop of links (Python 3.11, 3.12)
        detail = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise SnapshotError(path, detail) from error
    except _NotReadBack as error:
        raise SnapshotError(path, str(error)) from error


def png_bytes(image: QImage, path: Path) -> bytes:
    """Return the picture as PNG, checked by decoding it. Raises SnapshotError about the path."""
    encoded = QByteArray()
    buffer = QBuffer(encoded)
    is_open = buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if image.isNull() or not is_open or not image.save(buffer, "PNG"):  # type: ignore[call-overload]
        raise SnapshotError(path, "not encoded")
    buffer.close()
    decoded = QImage.fromData(encoded)
    if decoded.size() != image.size():
        raise SnapshotError(path, "not encoded")
    return bytes(encoded.data())


class _NotReadBack(Exception):
    """What was written is not what is on disk."""


def _is_something_else(target: Path) -> bool:
    """Return whether a folder, a device or the like stands under the name."""
    try:
        return not stat.S_ISREG(target.stat().st_mode)
    except FileNotFoundError:
        return False


def _replace(target: Path, data: bytes) -> None:
    """Put a file with the data in the target's place, by way of one beside it."""
    beside = target.parent / f".{uuid.uuid4().hex}.part"
    try:
        with beside.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if beside.read_bytes() != data:
            msg = "not what was written"
            raise _NotReadBack(msg)
        beside.replace(target)
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
    _sync_folder(target.parent)


def _sync_folder(folder: Path) -> None:
    """Make the new name last through a power cut, where the system can open a folder."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
