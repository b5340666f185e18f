"""Files for other programs, whole or not at all."""

from pathlib import Path

from channelplot.exchange.outgoing.whole_file import of_pieces, write_whole


def write_file(data: bytes, path: Path) -> None:
    """Write a file in place of one that is there, which stays as it is until the new one is whole.

    Knows no Qt, so any thread may. Raises ExportError.
    """
    write_whole({path: of_pieces((data,))})


def write_csv(text: str, path: Path) -> None:
    """Write CSV as ``write_file`` does.

    In UTF-8 with the mark that spreadsheets know it by: without it Excel takes accents for two
    letters each; the others skip it. Raises ExportError.
    """
    write_file(text.encode("utf-8-sig"), path)
