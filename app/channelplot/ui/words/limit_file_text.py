"""Why a file of limits can't be loaded, in words: what is wrong, where, and what to do about it."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from channelplot.errors import LimitFileError, LimitFileFault

_FAULTS: Final[Mapping[LimitFileFault, object]] = {
    LimitFileFault.NOT_FOUND: QT_TRANSLATE_NOOP(
        "LimitFiles", "There is no file {name}. Nothing was loaded. Check the name and the folder."
    ),
    LimitFileFault.KIND: QT_TRANSLATE_NOOP(
        "LimitFiles",
        "{name} is not a GeoPackage, Shapefile, GeoJSON, KML, KMZ, GPX or FlatGeobuf file, nor a "
        "table as CSV. Nothing was loaded. Save it as one of them in the program it comes from.",
    ),
    LimitFileFault.UNREADABLE: QT_TRANSLATE_NOOP(
        "LimitFiles",
        "{name} can't be read. Nothing was loaded. Get the file again from its source.",
    ),
    LimitFileFault.NO_CRS: QT_TRANSLATE_NOOP(
        "LimitFiles",
        "{name} does not say which coordinate reference its positions are in, so it is not loaded. "
        "Ask its publisher, or save it with its reference.",
    ),
    LimitFileFault.EMPTY: QT_TRANSLATE_NOOP(
        "LimitFiles",
        "{name} holds neither lines nor areas. Nothing was loaded. Choose another file.",
    ),
    LimitFileFault.TOO_LARGE: QT_TRANSLATE_NOOP(
        "LimitFiles",
        "{name} is too large to be loaded as limits. Nothing was loaded. Save only the lines and "
        "areas that are needed.",
    ),
    LimitFileFault.NOT_XML: QT_TRANSLATE_NOOP(
        "LimitFiles",
        "{name} is damaged in line {line}: it is not the XML that it should be. Nothing was "
        "loaded. Get the file again from its source.",
    ),
    LimitFileFault.ENTITIES: QT_TRANSLATE_NOOP(
        "LimitFiles",
        "{name} defines XML entities (line {line}), which can do harm, so it is not read. Nothing "
        "was loaded. Save it without a document type.",
    ),
    LimitFileFault.TOO_DEEP: QT_TRANSLATE_NOOP(
        "LimitFiles",
        "{name} has elements within elements that no file of limits has (line {line}), so it is "
        "not read. Nothing was loaded. Get the file again from its source.",
    ),
    LimitFileFault.ENCODING: QT_TRANSLATE_NOOP(
        "LimitFiles",
        "{name} is in another encoding than it should be (line {line}: {value}). Nothing was "
        "loaded. Save it as UTF-8.",
    ),
    LimitFileFault.ZERO_BYTE: QT_TRANSLATE_NOOP(
        "LimitFiles",
        "{name} is no text: line {line} holds a zero byte. Nothing was loaded. Save the table as "
        "text in UTF-8.",
    ),
    LimitFileFault.NOT_A_TABLE: QT_TRANSLATE_NOOP(
        "LimitFiles",
        "Line {line} of {name} has other columns than the lines before it ({value}). Nothing was "
        "loaded. Correct that line.",
    ),
    LimitFileFault.COLUMNS: QT_TRANSLATE_NOOP(
        "LimitFiles",
        "Which columns of {name} hold the positions can't be told from line {line} ({value}). "
        "Nothing was loaded. Call two columns latitude and longitude, or one position.",
    ),
    LimitFileFault.DATUM: QT_TRANSLATE_NOOP(
        "LimitFiles",
        "{name} speaks of another datum than WGS 84 (line {line}: {value}). Nothing was loaded. "
        "Convert its positions to WGS 84 and say so in the table.",
    ),
    LimitFileFault.POSITION_MISSING: QT_TRANSLATE_NOOP(
        "LimitFiles",
        "Line {line} of {name} lacks a latitude or a longitude. Nothing was loaded. Correct that "
        "line.",
    ),
    LimitFileFault.POSITION_NOT_READ: QT_TRANSLATE_NOOP(
        "LimitFiles",
        "The position in line {line} of {name} can't be read: {value}. Nothing was loaded. "
        "Correct that line.",
    ),
    LimitFileFault.POSITION_DOUBTFUL: QT_TRANSLATE_NOOP(
        "LimitFiles",
        "The position in line {line} of {name} can be read in more than one way: {value}. Nothing "
        "was loaded. Write it with N or S, E or W, and decimals with a point.",
    ),
    LimitFileFault.LATITUDE_RANGE: QT_TRANSLATE_NOOP(
        "LimitFiles",
        "The latitude in line {line} of {name} is over 90 degrees: {value}. Nothing was loaded. "
        "Correct that line.",
    ),
    LimitFileFault.LONGITUDE_RANGE: QT_TRANSLATE_NOOP(
        "LimitFiles",
        "The longitude in line {line} of {name} is over 180 degrees: {value}. Nothing was loaded. "
        "Correct that line.",
    ),
    LimitFileFault.SWAPPED: QT_TRANSLATE_NOOP(
        "LimitFiles",
        "Latitude and longitude in line {line} of {name} look the wrong way round: {value}. "
        "Nothing was loaded. Correct the file.",
    ),
    LimitFileFault.ARCHIVE: QT_TRANSLATE_NOOP(
        "LimitFiles",
        "{name} is an archive with something in it that can do harm ({value}), so it is not read. "
        "Nothing was loaded. Save it as KML.",
    ),
    LimitFileFault.LINKS: QT_TRANSLATE_NOOP(
        "LimitFiles",
        "{name} holds no lines but a link to another file, and links are not followed. Nothing "
        "was loaded. Load that file instead.",
    ),
}


def limit_file_error_text(error: LimitFileError) -> str:
    """Return two or three sentences: what is the matter, that nothing was loaded, what to do."""
    text = QCoreApplication.translate("LimitFiles", str(_FAULTS[error.fault]))
    name = error.path.name or error.path
    return text.format(name=name, line=error.line, value=error.detail)
