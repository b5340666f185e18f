"""The reference layers an operator is about to add: what the files hold, what of it is wanted."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from threading import Event
from typing import Final

from channelplot.basemap.mbtiles import MbTiles
from channelplot.commands.reference_layers import add_reference_layer
from channelplot.document.notice import Notice
from channelplot.document.session import Session
from channelplot.exchange.reference_layers import (
    RASTER_SUFFIX,
    VECTOR_SUFFIXES,
    list_tables,
    read_tiles,
)
from channelplot.exchange.reference_paths import stored_path
from channelplot.exchange.reference_table import GeometryKind, TableFound
from channelplot.model.ids import new_uid
from channelplot.model.reference_layer import (
    Dash,
    ReferenceKind,
    ReferenceLayer,
    ReferenceSchema,
    ReferenceStyle,
)

SUFFIXES: Final = (*VECTOR_SUFFIXES, RASTER_SUFFIX)
_CRS: Final = re.compile(r"(?:EPSG:)?\s*([1-9][0-9]{3,5})", re.IGNORECASE)
_STYLES: Final[Mapping[ReferenceSchema, ReferenceStyle]] = {
    ReferenceSchema.SEA_LIMITS: ReferenceStyle(dash=Dash.DASHED, fill_opacity=0.0),
    ReferenceSchema.SAR_REGIONS: ReferenceStyle(dash=Dash.DASH_DOT, fill_opacity=0.0),
}


class AddProblem(StrEnum):
    """Why layers can't be added yet."""

    NOTHING_CHOSEN = "nothing_chosen"
    CRS_MISSING = "crs_missing"
    CRS_NOT_READ = "crs_not_read"
    NAME_MISSING = "name_missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundFile:
    """What a file holds: its tables, or tiles."""

    path: Path
    tables: tuple[TableFound, ...] = ()
    tiles: MbTiles | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerChoice:
    """A table or file of tiles, whether it is to be added, what it is called, and where it is.

    table: None for tiles. crs_text: what the desk says its positions are in, as it is typed.
    """

    path: Path
    table: TableFound | None
    name: str
    credit: str
    is_chosen: bool = True
    crs_text: str = ""

    @property
    def needs_crs(self) -> bool:
        """Return whether somebody has to say what the positions are in."""
        return self.table is not None and not self.table.crs

    @property
    def schema(self) -> ReferenceSchema:
        """Return what it is known to be."""
        return ReferenceSchema.PLAIN if self.table is None else self.table.schema


def found_in(path: Path, plot_path: Path, stop: Event | None = None) -> FoundFile:
    """Return what a file holds. Takes up to a minute: call off the GUI thread.

    plot_path: the file of the open plot, which is never opened as tiles. stop: ends it early, with
    TOO_SLOW. Raises ReferenceFileError, and RasterFileError for tiles.
    """
    if path.suffix.lower() == RASTER_SUFFIX:
        return FoundFile(path=path, tiles=read_tiles(path, plot_path))
    return FoundFile(path=path, tables=list_tables(path, stop=stop))


def _name_of(table: TableFound, found: FoundFile) -> str:
    """Return what a layer is called before anybody says: the file's name, and the table's."""
    stem = found.path.stem
    words = f"{stem} {table.name}" if len(found.tables) > 1 else table.name or stem
    return " ".join(words.replace("_", " ").split())


def _height(choice: LayerChoice) -> int:
    """Return how high a layer is to lie among others."""
    order = (GeometryKind.AREAS, GeometryKind.MIXED, GeometryKind.LINES, GeometryKind.POINTS)
    return -1 if choice.table is None else order.index(choice.table.geometry)


def crs_of(text: str) -> str | None:
    """Return a reference as it is kept, ``EPSG:2154``; None for a text that names none."""
    found = _CRS.match(text.strip())
    return None if found is None else f"EPSG:{found[1]}"


class ReferenceLoading:
    """What is chosen of files that were read. Announces changed when anything of it does."""

    def __init__(self, session: Session) -> None:
        """Start without a file."""
        self.changed = Notice[None]()
        self._session = session
        self.choices: tuple[LayerChoice, ...] = ()

    def take(self, found: FoundFile) -> None:
        """Take what a file holds, all of it chosen; in place of what was there of that file."""
        others = tuple(choice for choice in self.choices if choice.path != found.path)
        new: tuple[LayerChoice, ...] = tuple(
            LayerChoice(
                path=found.path,
                table=table,
                name=_name_of(table, found),
                credit=table.credit,
            )
            for table in found.tables
        )
        if found.tiles is not None:
            name = found.tiles.name or found.path.stem
            tiles = LayerChoice(
                path=found.path, table=None, name=name, credit=found.tiles.attribution
            )
            new = (tiles,)
        self.choices = (*others, *new)
        self.changed.announce(None)

    def choose(self, row: int, *, is_chosen: bool) -> None:
        """Add a layer, or leave it out."""
        self._replace(row, replace(self.choices[row], is_chosen=is_chosen))

    def say_name(self, row: int, text: str) -> None:
        """Set what a layer is called."""
        self._replace(row, replace(self.choices[row], name=text))

    def say_credit(self, row: int, text: str) -> None:
        """Set who is to be named for a layer."""
        self._replace(row, replace(self.choices[row], credit=text))

    def say_crs(self, row: int, text: str) -> None:
        """Set what the positions of a file are in, for all of its layers that do not say."""
        path = self.choices[row].path
        choices = tuple(
            replace(choice, crs_text=text) if choice.path == path and choice.needs_crs else choice
            for choice in self.choices
        )
        if choices != self.choices:
            self.choices = choices
            self.changed.announce(None)

    def problem(self) -> tuple[AddProblem, int] | None:
        """Return why nothing can be added yet and the row it is about, -1 for none; else None."""
        chosen = [row for row, choice in enumerate(self.choices) if choice.is_chosen]
        if not chosen:
            return AddProblem.NOTHING_CHOSEN, -1
        for row in chosen:
            choice = self.choices[row]
            if not choice.name.strip():
                return AddProblem.NAME_MISSING, row
            if choice.needs_crs and not choice.crs_text.strip():
                return AddProblem.CRS_MISSING, row
            if choice.needs_crs and crs_of(choice.crs_text) is None:
                return AddProblem.CRS_NOT_READ, row
        return None

    def commit(self) -> tuple[ReferenceLayer, ...]:
        """Add what is chosen with one act and return it; nothing if it can't be.

        What covers others comes first, for the later lies higher: pictures, areas, lines, points.
        Raises CommandRefused.
        """
        if self.problem() is not None:
            return ()
        chosen = sorted((each for each in self.choices if each.is_chosen), key=_height)
        layers = tuple(self._layers(chosen))
        self._session.document.apply(add_reference_layer(*layers))
        self.choices = tuple(choice for choice in self.choices if not choice.is_chosen)
        self.changed.announce(None)
        return layers

    def _layers(self, choices: Sequence[LayerChoice]) -> list[ReferenceLayer]:
        # The layers lie beside the plot as it is published, not beside a local copy of it.
        plot_path = self._session.document.known_path
        return [
            ReferenceLayer(
                uid=new_uid(),
                name=choice.name.strip(),
                path=stored_path(choice.path, plot_path),
                table="" if choice.table is None else choice.table.name,
                crs=(crs_of(choice.crs_text) or "") if choice.needs_crs else "",
                kind=ReferenceKind.RASTER if choice.table is None else ReferenceKind.VECTOR,
                schema=choice.schema,
                style=_STYLES.get(choice.schema, ReferenceStyle()),
                credit=choice.credit.strip(),
            )
            for choice in choices
        ]

    def _replace(self, row: int, choice: LayerChoice) -> None:
        if choice != self.choices[row]:
            self.choices = (*self.choices[:row], choice, *self.choices[row + 1 :])
            self.changed.announce(None)
