"""Exports in words: what was written, and what the format can't hold."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from channelplot.exchange.outgoing.cannot_hold import Unheld
from channelplot.exchange.outgoing.formats import Format
from channelplot.exchange.outgoing.selection import Counts

translate: Final = QCoreApplication.translate

_FORMATS: Final[Mapping[Format, str]] = {
    Format.CSV: "CSV",
    Format.GPX: "GPX",
    Format.GEOJSON: "GeoJSON",
    Format.KML: "KML",
    Format.GEOPACKAGE: "GeoPackage",
    Format.FLATGEOBUF: "FlatGeobuf",
}
_UNHELD: Final[Mapping[Unheld, object]] = {
    Unheld.EMPTY_TRACKS: QT_TRANSLATE_NOOP("Export", "tracks without a report"),
    Unheld.STATUS_CHANGES: QT_TRANSLATE_NOOP(
        "Export", "changes of status (imported again, tracks are open)"
    ),
    Unheld.TRACK_NOTES: QT_TRANSLATE_NOOP("Export", "notes of tracks"),
    Unheld.TRACK_DETAILS: QT_TRANSLATE_NOOP("Export", "other particulars of tracks"),
    Unheld.BEACHES: QT_TRANSLATE_NOOP("Export", "beaches"),
    Unheld.MARKS: QT_TRANSLATE_NOOP("Export", "marks"),
    Unheld.LOG_LINES: QT_TRANSLATE_NOOP("Export", "lines of the watch log"),
    Unheld.CONDITIONS: QT_TRANSLATE_NOOP("Export", "streams and winds"),
    Unheld.SEARCHES: QT_TRANSLATE_NOOP("Export", "searches"),
    Unheld.LIMITS: QT_TRANSLATE_NOOP("Export", "limits"),
    Unheld.APPROACH_WATCHES: QT_TRANSLATE_NOOP("Export", "watched approaches"),
    Unheld.PREDICTED_CROSSINGS: QT_TRANSLATE_NOOP("Export", "predicted crossings"),
    Unheld.ACKNOWLEDGEMENTS: QT_TRANSLATE_NOOP("Export", "acknowledged alerts"),
    Unheld.REFERENCE_LAYERS: QT_TRANSLATE_NOOP("Export", "reference layers"),
}


def format_text(kind: Format) -> str:
    """Return the name of a format, the same in every language: ``GeoJSON``."""
    return _FORMATS[kind]


def written_text(name: str, counts: Counts) -> str:
    """Return what was written into the file of a name. counts: of what the format holds."""
    text = translate(
        "Export",
        "{name} is written. Reports: {reports}, of no track: {unattributed}; tracks: {tracks}; "
        "beaches: {beaches}; marks: {marks}.",
    )
    return text.format(
        name=name,
        reports=counts.reports,
        unattributed=counts.unattributed,
        tracks=counts.tracks,
        beaches=counts.beaches,
        marks=counts.marks,
    )


def unheld_texts(kind: Format, unheld: Mapping[Unheld, int]) -> list[str]:
    """Return what a format can't hold of what was chosen, a sentence each; none where it can."""
    form = format_text(kind)
    left = [(translate("Export", str(_UNHELD[w])), n) for w, n in unheld.items() if w in _UNHELD]
    sentences = []
    if left:
        text = translate(
            "Export", "{format} can't hold these; they stay in the plot alone: {list}."
        )
        listed = ", ".join(f"{words} ({count})" for words, count in left)
        sentences.append(text.format(format=form, list=listed))
    if Unheld.EXAMPLE in unheld:
        sentences.append(
            translate(
                "Export", "The plot is an example; the file does not say that it is fictional."
            )
        )
    if numbers := unheld.get(Unheld.NUMBERS):
        text = translate("Export", "Figures that are no numbers, left out of the file: {number}.")
        sentences.append(text.format(number=numbers))
    if texts := unheld.get(Unheld.TEXTS):
        text = translate(
            "Export",
            "Texts with characters that {format} can't hold, where {instead} stands instead: "
            "{number}.",
        )
        sentences.append(
            text.format(format=form, instead="\N{REPLACEMENT CHARACTER}", number=texts)
        )
    return sentences


def nothing_text() -> str:
    """Return that there is nothing to write."""
    return translate(
        "Export", "Nothing in the plot is of these tracks or times, so no file was written."
    )
