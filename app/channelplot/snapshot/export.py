"""A snapshot to its files, whole or not at all.

Qt reports success on a full disk and leaves a truncated file behind. So pages are encoded in
memory; what is written is read back (``exchange/outgoing/whole_file.py``).
"""

from collections.abc import Mapping
from pathlib import Path

from channelplot.errors import ExportError, SnapshotError
from channelplot.exchange.outgoing.whole_file import of_pieces, write_whole


def write_files(files: Mapping[Path, bytes]) -> None:
    """Write the files of a snapshot, in place of those that are there.

    What is there stays byte for byte as it is until all the new files are on disk, complete and
    read back. Raises SnapshotError; nothing new is left behind then, unless it came while they
    were moved in place one by one: each is whole, but some may be the older ones. Knows no Qt, so
    any thread may.
    """
    try:
        write_whole({path: of_pieces((data,)) for path, data in files.items()})
    except ExportError as error:
        raise SnapshotError(error.path, error.detail) from error
