"""Reference layers in words: what a table holds, what it is drawn as, why a file can't be shown."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from channelplot.errors import (
    RasterFault,
    RasterFileError,
    ReferenceFileError,
    ReferenceFileFault,
)
from channelplot.exchange.reference_table import GeometryKind
from channelplot.model.reference_layer import Dash, ReferenceSchema
from channelplot.tools.reference_loading import AddProblem, LayerChoice

translate: Final = QCoreApplication.translate

_FAULTS: Final[Mapping[ReferenceFileFault, object]] = {
    ReferenceFileFault.NOT_FOUND: QT_TRANSLATE_NOOP(
        "ReferenceFiles", "{name} is not where it was: {folder}."
    ),
    ReferenceFileFault.KIND: QT_TRANSLATE_NOOP(
        "ReferenceFiles",
        "{name} is not a GeoPackage, Shapefile, GeoJSON, FlatGeobuf, KML, KMZ, GPX or MBTiles "
        "file.",
    ),
    ReferenceFileFault.UNREADABLE: QT_TRANSLATE_NOOP(
        "ReferenceFiles", "{name} can't be read; get the file again from its source."
    ),
    ReferenceFileFault.BAD_LINE: QT_TRANSLATE_NOOP(
        "ReferenceFiles", "{name} can't be read: line {line} is not what it should be ({value})."
    ),
    ReferenceFileFault.HARMFUL: QT_TRANSLATE_NOOP(
        "ReferenceFiles", "{name} holds something that can do harm, so it is not read ({value})."
    ),
    ReferenceFileFault.EMPTY: QT_TRANSLATE_NOOP("ReferenceFiles", "{name} holds no shapes."),
    ReferenceFileFault.NO_TABLE: QT_TRANSLATE_NOOP(
        "ReferenceFiles", "{name} no longer has the table {value}; add the layer again."
    ),
    ReferenceFileFault.NO_CRS: QT_TRANSLATE_NOOP(
        "ReferenceFiles",
        "{name} does not say what reference its positions are in; add the layer again and say it.",
    ),
    ReferenceFileFault.BAD_CRS: QT_TRANSLATE_NOOP(
        "ReferenceFiles", "The reference of {name} is not one that is known here: {value}."
    ),
    ReferenceFileFault.NO_PLACE: QT_TRANSLATE_NOOP(
        "ReferenceFiles",
        "The positions of {name} are no places on Earth in the reference {value}; it must be in "
        "another one.",
    ),
    ReferenceFileFault.SWAPPED: QT_TRANSLATE_NOOP(
        "ReferenceFiles", "Latitude and longitude in {name} look the wrong way round."
    ),
    ReferenceFileFault.TOO_LARGE: QT_TRANSLATE_NOOP(
        "ReferenceFiles", "{name} is too large to be shown; save only the part that is needed."
    ),
    ReferenceFileFault.TOO_SLOW: QT_TRANSLATE_NOOP(
        "ReferenceFiles", "{name} took too long to be read."
    ),
    ReferenceFileFault.LINKS: QT_TRANSLATE_NOOP(
        "ReferenceFiles", "{name} holds a link to another file, and links are not followed."
    ),
}
_RASTER_FAULTS: Final[Mapping[RasterFault, object]] = {
    RasterFault.UNREADABLE: QT_TRANSLATE_NOOP("ReferenceFiles", "{name} can't be read."),
    RasterFault.NOT_MBTILES: QT_TRANSLATE_NOOP("ReferenceFiles", "{name} is not an MBTiles file."),
    RasterFault.NOT_PICTURES: QT_TRANSLATE_NOOP(
        "ReferenceFiles", "The tiles of {name} are not pictures as PNG, JPEG or WebP."
    ),
    RasterFault.NO_TILES: QT_TRANSLATE_NOOP("ReferenceFiles", "{name} holds no tiles."),
    RasterFault.UNSAFE: QT_TRANSLATE_NOOP(
        "ReferenceFiles", "{name} would do more than be read, so it is not opened."
    ),
    RasterFault.TOO_SLOW: QT_TRANSLATE_NOOP("ReferenceFiles", "{name} took too long to be read."),
    RasterFault.DAMAGED: QT_TRANSLATE_NOOP(
        "ReferenceFiles", "{name} is damaged; get the file again from its source."
    ),
}
_SCHEMAS: Final[Mapping[ReferenceSchema, object]] = {
    ReferenceSchema.PLAIN: QT_TRANSLATE_NOOP("ReferenceFiles", "by its style"),
    ReferenceSchema.ROUTEING: QT_TRANSLATE_NOOP("ReferenceFiles", "routeing measures"),
    ReferenceSchema.SEA_LIMITS: QT_TRANSLATE_NOOP("ReferenceFiles", "limits at sea"),
    ReferenceSchema.SAR_REGIONS: QT_TRANSLATE_NOOP("ReferenceFiles", "search and rescue regions"),
}
_GEOMETRIES: Final[Mapping[GeometryKind, object]] = {
    GeometryKind.POINTS: QT_TRANSLATE_NOOP("ReferenceFiles", "points"),
    GeometryKind.LINES: QT_TRANSLATE_NOOP("ReferenceFiles", "lines"),
    GeometryKind.AREAS: QT_TRANSLATE_NOOP("ReferenceFiles", "areas"),
    GeometryKind.MIXED: QT_TRANSLATE_NOOP("ReferenceFiles", "shapes"),
}
_ONE: Final[Mapping[GeometryKind, object]] = {
    GeometryKind.POINTS: QT_TRANSLATE_NOOP("ReferenceFiles", "1 point"),
    GeometryKind.LINES: QT_TRANSLATE_NOOP("ReferenceFiles", "1 line"),
    GeometryKind.AREAS: QT_TRANSLATE_NOOP("ReferenceFiles", "1 area"),
    GeometryKind.MIXED: QT_TRANSLATE_NOOP("ReferenceFiles", "1 shape"),
}
_DASHES: Final[Mapping[Dash, object]] = {
    Dash.SOLID: QT_TRANSLATE_NOOP("ReferenceFiles", "solid"),
    Dash.DASHED: QT_TRANSLATE_NOOP("ReferenceFiles", "dashed"),
    Dash.DOTTED: QT_TRANSLATE_NOOP("ReferenceFiles", "dotted"),
    Dash.DASH_DOT: QT_TRANSLATE_NOOP("ReferenceFiles", "dash and dot"),
}
_PROBLEMS: Final[Mapping[AddProblem, object]] = {
    AddProblem.NOTHING_CHOSEN: QT_TRANSLATE_NOOP("ReferenceFiles", "Tick what is to be added."),
    AddProblem.CRS_MISSING: QT_TRANSLATE_NOOP(
        "ReferenceFiles",
        "The file of {name} does not say what reference its positions are in. Choose it under "
        "“Positions are in”; a wrong one puts everything in the wrong place.",
    ),
    AddProblem.CRS_NOT_READ: QT_TRANSLATE_NOOP(
        "ReferenceFiles", "Give the reference of {name} by its EPSG number, such as EPSG:2154."
    ),
    AddProblem.NAME_MISSING: QT_TRANSLATE_NOOP("ReferenceFiles", "Give every layer a name."),
}


def file_error_text(error: ReferenceFileError | RasterFileError) -> str:
    """Return one sentence: what is the matter with a file."""
    if isinstance(error, RasterFileError):
        text, line = str(_RASTER_FAULTS[error.fault]), 0
    else:
        text, line = str(_FAULTS[error.fault]), error.line
    return translate("ReferenceFiles", text).format(
        name=error.path.name or error.path,
        folder=error.path.parent,
        value=error.detail,
        line=line,
    )


def missing_text(path: Path) -> str:
    """Return the quiet note about a layer whose file is not there."""
    return translate("ReferenceFiles", "Not found: {path}").format(path=path)


def left_out_text(number: int) -> str:
    """Return that shapes of a file lie where there is no place, one or more."""
    words = (
        translate("ReferenceFiles", "1 shape lies nowhere on Earth and is left out.")
        if number == 1
        else translate("ReferenceFiles", "{number} shapes lie nowhere on Earth and are left out.")
    )
    return words.format(number=number)


def schema_text(schema: ReferenceSchema) -> str:
    """Return what a table is drawn as."""
    return translate("ReferenceFiles", str(_SCHEMAS[schema]))


def dash_text(dash: Dash) -> str:
    """Return what a dash is called."""
    return translate("ReferenceFiles", str(_DASHES[dash]))


def holds_text(choice: LayerChoice) -> str:
    """Return ``94 areas``, or ``tiles``."""
    if choice.table is None:
        return translate("ReferenceFiles", "tiles")
    if choice.table.features == 1:
        return translate("ReferenceFiles", str(_ONE[choice.table.geometry]))
    return translate("ReferenceFiles", "{number} {shapes}").format(
        number=f"{choice.table.features:,}".replace(",", "\N{NARROW NO-BREAK SPACE}"),
        shapes=translate("ReferenceFiles", str(_GEOMETRIES[choice.table.geometry])),
    )


def reference_text(choice: LayerChoice) -> str:
    """Return what the positions are in, and whether somebody has to say so."""
    if choice.table is None:
        return translate("ReferenceFiles", "Web Mercator")
    if choice.table.crs:
        return choice.table.crs
    return choice.crs_text.strip() or translate("ReferenceFiles", "not said: choose one")


def drawn_text(choice: LayerChoice) -> str:
    """Return what a layer is drawn as."""
    if choice.table is None:
        return translate("ReferenceFiles", "a picture")
    return schema_text(choice.schema)


def problem_text(problem: AddProblem, name: str) -> str:
    """Return why layers can't be added yet."""
    return translate("ReferenceFiles", str(_PROBLEMS[problem])).format(name=name)
