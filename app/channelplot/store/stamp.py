"""When a file was last written to, as the disk tells it.

SQLite goes by a counter in the file. Another file that was copied over it, name and place kept,
may have the same by chance, and SQLite would go on with pages that are no longer there.
"""

from pathlib import Path

Stamp = tuple[int, int]
"""Size in bytes, and the time of the last change in nanoseconds."""


def stamp_of(path: Path) -> Stamp | None:
    """Return the stamp of what stands under a name, None for nothing."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns
