"""Why a file, or a line of it, does not come in: what is wrong, where, and what to do about it."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from channelplot.errors import ImportFault, ImportFileError, PlotFileError, PlotFileFault
from channelplot.exchange.found_lines import piece
from channelplot.exchange.incoming.incoming import Refusal
from channelplot.ui.words.file_messages import file_error_text

_FILES: Final[Mapping[ImportFault, object]] = {
    ImportFault.NOT_FOUND: QT_TRANSLATE_NOOP(
        "Imports", "There is no file {name}. Nothing was imported. Check the name and the folder."
    ),
    ImportFault.KIND: QT_TRANSLATE_NOOP(
        "Imports",
        "{name} is not what can be imported: GPX, KML, KMZ, GeoJSON, CSV or another table, "
        "GeoPackage, Shapefile, FlatGeobuf, or a plot. Nothing was imported. Save it as one of "
        "them in the program it comes from.",
    ),
    ImportFault.UNREADABLE: QT_TRANSLATE_NOOP(
        "Imports", "{name} can't be read. Nothing was imported. Get the file again from its source."
    ),
    ImportFault.NO_CRS: QT_TRANSLATE_NOOP(
        "Imports",
        "{name} does not say which coordinate reference its positions are in. Nothing was "
        "imported. Ask its sender, or save it with its reference.",
    ),
    ImportFault.EMPTY: QT_TRANSLATE_NOOP(
        "Imports",
        "{name} holds no tracks, reports or places. Nothing was imported. Choose another file.",
    ),
    ImportFault.TOO_LARGE: QT_TRANSLATE_NOOP(
        "Imports",
        "{name} is too large to be imported. Nothing was imported. Save it in parts.",
    ),
    ImportFault.NOT_XML: QT_TRANSLATE_NOOP(
        "Imports",
        "{name} is damaged in line {line}: it is not the XML that it should be. Nothing was "
        "imported. Get the file again from its source.",
    ),
    ImportFault.NOT_JSON: QT_TRANSLATE_NOOP(
        "Imports",
        "{name} is damaged in line {line}: it is not the JSON that it should be ({value}). "
        "Nothing was imported. Get the file again from its source.",
    ),
    ImportFault.ENTITIES: QT_TRANSLATE_NOOP(
        "Imports",
        "{name} defines XML entities (line {line}), which can do harm, so it is not read. Nothing "
        "was imported. Save it without a document type.",
    ),
    ImportFault.TOO_DEEP: QT_TRANSLATE_NOOP(
        "Imports",
        "{name} has parts within parts that no such file has (line {line}), so it is not read. "
        "Nothing was imported. Get the file again from its source.",
    ),
    ImportFault.ENCODING: QT_TRANSLATE_NOOP(
        "Imports",
        "{name} is in another encoding than it should be (line {line}: {value}). Nothing was "
        "imported. Save it as UTF-8.",
    ),
    ImportFault.ENCODING_NOT_SAID: QT_TRANSLATE_NOOP(
        "Imports",
        "{name} is not in UTF-8 (line {line}: {value}), and does not say what it is in. Nothing "
        "was imported. Choose its encoding.",
    ),
    ImportFault.NOT_IN_ENCODING: QT_TRANSLATE_NOOP(
        "Imports",
        "{name} is not in the encoding that was chosen (line {line}: {value}). Nothing was "
        "imported. Choose another one.",
    ),
    ImportFault.ZERO_BYTE: QT_TRANSLATE_NOOP(
        "Imports",
        "{name} is no text: line {line} holds a zero byte. Nothing was imported. Save it as text "
        "in UTF-8.",
    ),
    ImportFault.NOT_A_TABLE: QT_TRANSLATE_NOOP(
        "Imports",
        "{name} is no table that can be read: see line {line}. Nothing was imported. Save it as "
        "CSV.",
    ),
    ImportFault.COLUMNS: QT_TRANSLATE_NOOP(
        "Imports",
        "Which columns of {name} hold the times and positions can't be told ({value}). Nothing "
        "was imported. Say which column is which.",
    ),
    ImportFault.COLUMN_TWICE: QT_TRANSLATE_NOOP(
        "Imports",
        "One column of {name} was said to hold two things ({value}). Nothing was imported. Say a "
        "column for each.",
    ),
    ImportFault.DATUM: QT_TRANSLATE_NOOP(
        "Imports",
        "{name} speaks of another datum than WGS 84 (line {line}: {value}). Nothing was imported. "
        "Convert its positions to WGS 84 first.",
    ),
    ImportFault.ARCHIVE: QT_TRANSLATE_NOOP(
        "Imports",
        "{name} is an archive with something in it that can do harm ({value}), so it is not read. "
        "Nothing was imported. Save it as KML.",
    ),
    ImportFault.LINKS: QT_TRANSLATE_NOOP(
        "Imports",
        "{name} holds nothing but a link to another file, and links are not followed. Nothing was "
        "imported. Import that file instead.",
    ),
    ImportFault.STOPPED: QT_TRANSLATE_NOOP(
        "Imports", "The import of {name} was stopped. Nothing was imported."
    ),
    ImportFault.ZONE_NOT_SAID: QT_TRANSLATE_NOOP(
        "Imports",
        "The times in {name} do not say which clock they are by (line {line}: {value}). Nothing "
        "was imported. Say whether they are UTC, UK or French time.",
    ),
    ImportFault.DAY_OR_MONTH_FIRST: QT_TRANSLATE_NOOP(
        "Imports",
        "The dates in {name} can be read in two ways (line {line}: {value}). Nothing was imported. "
        "Say whether the day or the month comes first.",
    ),
    ImportFault.SAME_PLOT: QT_TRANSLATE_NOOP(
        "Imports", "{name} is the plot that is open. Nothing was imported. Choose another file."
    ),
}
"""Of files as a whole."""
_UNREADABLE: Final = QT_TRANSLATE_NOOP(
    "Imports",
    "{name} can't be read ({value}). Nothing was imported. Get the file again from its source.",
)
_OTHER: Final = QT_TRANSLATE_NOOP(
    "Imports", "{name} can't be imported because of line {line} ({value}). Nothing was imported."
)
_LINES: Final[Mapping[ImportFault, object]] = {
    ImportFault.POSITION_MISSING: QT_TRANSLATE_NOOP(
        "Imports", "a latitude or a longitude is missing"
    ),
    ImportFault.POSITION_NOT_READ: QT_TRANSLATE_NOOP("Imports", "the position can't be read"),
    ImportFault.POSITION_DOUBTFUL: QT_TRANSLATE_NOOP(
        "Imports", "the position can be read in more than one way"
    ),
    ImportFault.LATITUDE_RANGE: QT_TRANSLATE_NOOP("Imports", "the latitude is over 90 degrees"),
    ImportFault.LONGITUDE_RANGE: QT_TRANSLATE_NOOP("Imports", "the longitude is over 180 degrees"),
    ImportFault.SWAPPED: QT_TRANSLATE_NOOP(
        "Imports", "latitude and longitude look the wrong way round"
    ),
    ImportFault.TIME_MISSING: QT_TRANSLATE_NOOP("Imports", "the time is missing"),
    ImportFault.TIME_NOT_READ: QT_TRANSLATE_NOOP("Imports", "the time can't be read"),
    ImportFault.TIME_TWICE: QT_TRANSLATE_NOOP(
        "Imports", "the time happens twice, for the clocks go back"
    ),
    ImportFault.TIME_NEVER: QT_TRANSLATE_NOOP(
        "Imports", "the time never happens, for the clocks go forward"
    ),
    ImportFault.TIME_AHEAD: QT_TRANSLATE_NOOP("Imports", "the time is in the future"),
    ImportFault.TIME_LONG_AGO: QT_TRANSLATE_NOOP("Imports", "the time is before 1970"),
    ImportFault.NUMBER_NOT_READ: QT_TRANSLATE_NOOP(
        "Imports", "a number can't be read or can't be right"
    ),
    ImportFault.NOT_MMSI: QT_TRANSLATE_NOOP("Imports", "this is not an MMSI"),
    ImportFault.CODE_NOT_KNOWN: QT_TRANSLATE_NOOP(
        "Imports", "a code or an identifier is not a known one"
    ),
    ImportFault.ROW_LENGTH: QT_TRANSLATE_NOOP(
        "Imports", "the row has another number of columns than the titles"
    ),
    ImportFault.NOT_A_POINT: QT_TRANSLATE_NOOP(
        "Imports", "this shape is neither a place nor a line of timed places"
    ),
    ImportFault.NO_NAME: QT_TRANSLATE_NOOP("Imports", "the name is missing"),
    ImportFault.UID_TWICE: QT_TRANSLATE_NOOP(
        "Imports", "another line has this identifier and says something else"
    ),
    ImportFault.REPORT_TWICE: QT_TRANSLATE_NOOP(
        "Imports", "another line has the same craft, time and place and says something else"
    ),
    ImportFault.ZERO_BYTE: QT_TRANSLATE_NOOP("Imports", "a text holds a zero byte"),
    ImportFault.ENCODING: QT_TRANSLATE_NOOP("Imports", "a text can't be kept as it is"),
    ImportFault.LINKS: QT_TRANSLATE_NOOP("Imports", "a link to another file is not followed"),
}
"""Of lines."""
_OF_PLOTS: Final = frozenset({PlotFileFault.TOO_NEW, PlotFileFault.TOO_SLOW})
"""What is the matter with another plot that its own words tell better."""
_UNREAD: Final = QT_TRANSLATE_NOOP("Imports", "this can't be read")
_UNTIMED: Final = QT_TRANSLATE_NOOP("Imports", "the points of this line have no time")


def import_error_text(error: ImportFileError) -> str:
    """Return two or three sentences: what is the matter, that nothing came in, what to do."""
    cause: BaseException = error
    while isinstance(cause, ImportFileError) and cause.__cause__ is not None:
        cause = cause.__cause__
    if isinstance(cause, PlotFileError) and cause.fault in _OF_PLOTS:
        return file_error_text(cause)
    words, value = _FILES.get(error.fault, _OTHER), error.detail
    if error.fault is ImportFault.UNREADABLE and value:
        words, value = _UNREADABLE, piece(value)
    return _worded(words).format(name=error.path.name or error.path, line=error.line, value=value)


def refusal_text(refusal: Refusal) -> str:
    """Return one sentence: where it stands, what is wrong, and the piece of the file."""
    what = refused_text(refusal.fault)
    if refusal.fault is ImportFault.TIME_MISSING and refusal.detail.isdigit():
        what = _worded(_UNTIMED)
    if refusal.line and refusal.detail:
        words = QCoreApplication.translate("Imports", "Line {line}: {what} ({value}).")
    elif refusal.line:
        words = QCoreApplication.translate("Imports", "Line {line}: {what}.")
    elif refusal.detail:
        words = QCoreApplication.translate("Imports", "In the file: {what} ({value}).")
    else:
        words = QCoreApplication.translate("Imports", "In the file: {what}.")
    return words.format(line=refusal.line, what=what, value=refusal.detail)


def refused_text(fault: ImportFault) -> str:
    """Return what is wrong with a line, without the line: for lists of how many for each reason."""
    return _worded(_LINES.get(fault, _UNREAD))


def _worded(marked: object) -> str:
    return QCoreApplication.translate("Imports", str(marked))
