"""The one call that makes the file of a snapshot; the window and the command line use it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Final

from channelplot.chart.cancel import Cancel
from channelplot.chart.language import speaking
from channelplot.model.plot import Plot
from channelplot.snapshot import pdf, png, svg
from channelplot.snapshot.page import Page
from channelplot.snapshot.pages import VECTOR_DPI, Source, pages_of, without_references
from channelplot.snapshot.record import SheetRecord, record_text
from channelplot.snapshot.settings import Extent, Series, SheetSettings

_DIGITS: Final = 3
_NO_TIME: Final = datetime(2000, 1, 1, tzinfo=UTC)
"""Stands as the time of making of a sheet of a plot without reports: any, but always the same."""


class Format(StrEnum):
    """A kind of file; the value is what its name ends in."""

    PDF = ".pdf"
    PNG = ".png"
    SVG = ".svg"


@dataclass(frozen=True, slots=True)
class SheetFile:
    """A file that is to be written: what its name ends in, the bytes, which page it is of.

    digits: how many figures its number has in the name, 0 for a name without one.
    """

    suffix: str
    data: bytes
    number: int = 1
    digits: int = 0

    def path(self, out: Path) -> Path:
        """Return where it goes when the sheet is asked for as ``out``: ``out``, ``out-002``."""
        stem = f"{out.stem}-{self.number:0{self.digits}}" if self.digits else out.stem
        is_alike = out.suffix.lower() == self.suffix
        return out.with_name(stem + (out.suffix if is_alike else self.suffix))


def sheet_files(
    settings: SheetSettings, source: Source, kind: Format, cancel: Cancel | None = None
) -> tuple[SheetFile, ...]:
    """Return the files of a snapshot: one PDF, or a picture for each page with its world file.

    Equal settings of equal plots make equal bytes, on one machine and with one version of the
    program; what a hash seed orders apart (``cli/main.py``). Unfinished if cancelled. Any thread.
    Raises MemoryError where there is no room for a picture.
    """
    with speaking(settings.language):
        dpi = settings.dpi if kind is Format.PNG else VECTOR_DPI
        pages = pages_of(settings, source, dpi)
        record = record_text(SheetRecord(permitted(settings), source.state))
        if kind is Format.PDF:
            data = pdf.pdf_bytes(
                pages,
                title=settings.title,
                record=record,
                moment_utc=_moment_utc(settings, source.plot),
                cancel=cancel,
            )
            return (SheetFile(Format.PDF, data),)
        if kind is Format.SVG:
            return tuple(
                SheetFile(
                    Format.SVG,
                    svg.svg_bytes(page, title=settings.title, record=record, cancel=cancel),
                    number,
                    _digits(settings, number, len(pages)),
                )
                for number, page in enumerate(pages, 1)
            )
        return tuple(_pictures(pages, settings, record, cancel))


def kind_of(data: bytes) -> Format:
    """Return what kind of file a sheet is, by its content: its name may be another."""
    if data.startswith(b"%PDF"):
        return Format.PDF
    return Format.PNG if data.startswith(b"\x89PNG") else Format.SVG


def record_in(data: bytes) -> str | None:
    """Return the record in the metadata of a sheet's file, None where there is none."""
    match kind_of(data):
        case Format.PDF:
            return pdf.pdf_record(data)
        case Format.PNG:
            return png.png_record(data)
        case Format.SVG:
            return svg.svg_record(data)


def permitted(settings: SheetSettings) -> SheetSettings:
    """Return the settings that may stand in the metadata: of a release copy, no names or uids."""
    if not settings.profile:
        return settings
    extent = settings.extent if settings.track_uids is None else Extent.ALL
    layering = without_references(settings.layering)
    areas = tuple(replace(area, name="") for area in settings.areas)
    return replace(
        settings, author="", track_uids=None, extent=extent, layering=layering, areas=areas
    )


def _moment_utc(settings: SheetSettings, plot: Plot) -> datetime:
    """Return the time that stands as that of making: nothing of tracks that are not shown."""
    if settings.cut_off_utc is not None:
        return settings.cut_off_utc
    wanted = settings.track_uids
    if wanted is None:
        return plot.last_observed_at_utc() or _NO_TIME
    reports = (track.last_report for uid, track in plot.tracks.items() if uid in wanted)
    return max((report.observed_at_utc for report in reports if report), default=_NO_TIME)


def _pictures(
    pages: Sequence[Page], settings: SheetSettings, record: str, cancel: Cancel | None
) -> list[SheetFile]:
    files = list[SheetFile]()
    for number, page in enumerate(pages, 1):
        digits = _digits(settings, number, len(pages))
        image = png.drawn(page, cancel)
        data = png.png_bytes(image, title=settings.title, record=record)
        files.append(SheetFile(Format.PNG, data, number, digits))
        world = png.world_file_text(page)
        if world is not None:
            projection = png.projection_file_text()
            files.append(SheetFile(".pgw", world.encode("ascii"), number, digits))
            files.append(SheetFile(".prj", projection.encode("ascii"), number, digits))
    return files


def _digits(settings: SheetSettings, number: int, count: int) -> int:
    """Return how many figures a page's number has in its file's name: so many that names sort.

    The frames of a series all have one; of another sheet the first page has the name asked for.
    """
    if count == 1 or (number == 1 and settings.series is Series.NONE):
        return 0
    return max(_DIGITS, len(str(count)))
