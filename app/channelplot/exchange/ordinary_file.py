"""A file that may be read: an ordinary one, not a device, and not too large."""

import errno
import os
from pathlib import Path

from channelplot.errors import LimitFileError, LimitFileFault


def ordinary_file(path: Path, most_bytes: int) -> Path:
    """Return where a file really is; it is not opened, since it may be the live plot.

    Raises LimitFileError: NOT_FOUND, TOO_LARGE, UNREADABLE.
    """
    try:
        real = path.resolve(strict=True)
        if not real.is_file():
            raise LimitFileError(LimitFileFault.NOT_FOUND, path)
        if real.stat().st_size > most_bytes:
            raise LimitFileError(LimitFileFault.TOO_LARGE, path)
    except FileNotFoundError as error:
        raise LimitFileError(LimitFileFault.NOT_FOUND, path) from error
    except (OSError, RuntimeError, ValueError) as error:
        # A circle of links is a RuntimeError before Python 3.13; a name with NUL a ValueError.
        raise LimitFileError(LimitFileFault.UNREADABLE, path, system_words(error)) from error
    return real


def system_words(error: BaseException) -> str:
    """Return what the system says is the matter with a file, without its path and number."""
    if isinstance(error, RuntimeError):
        return os.strerror(errno.ELOOP)
    told = error.strerror if isinstance(error, OSError) else None
    return told or str(error)
