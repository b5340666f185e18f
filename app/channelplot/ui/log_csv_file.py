"""An exported watch log to a file, whole or not at all."""

from pathlib import Path

from channelplot.errors import LogExportError, SnapshotError
from channelplot.snapshot.export import write_picture


def write_csv(text: str, path: Path) -> None:
    """Write CSV in place of a file that is there, which stays as it is until the new one is whole.

    In UTF-8 with the mark that spreadsheets know it by: without it Excel takes accents for two
    letters each; the others skip it. Knows no Qt, so any thread may. Raises LogExportError.
    """
    try:
        write_picture(text.encode("utf-8-sig"), path)
    except SnapshotError as error:
        raise LogExportError(path, error.detail) from error
