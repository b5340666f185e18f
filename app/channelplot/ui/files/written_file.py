"""Files for other programs, whole or not at all."""

from pathlib import Path

from channelplot.errors import ExportError, SnapshotError
from channelplot.snapshot.export import write_picture


def write_file(data: bytes, path: Path) -> None:
    """Write a file in place of one that is there, which stays as it is until the new one is whole.

    Knows no Qt, so any thread may. Raises ExportError.
    """
    try:
        write_picture(data, path)
    except SnapshotError as error:
        raise ExportError(path, error.detail) from error


def write_csv(text: str, path: Path) -> None:
    """Write CSV as ``write_file`` does.

    In UTF-8 with the mark that spreadsheets know it by: without it Excel takes accents for two
    letters each; the others skip it. Raises ExportError.
    """
    write_file(text.encode("utf-8-sig"), path)
