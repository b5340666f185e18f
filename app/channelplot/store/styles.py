"""How QGIS draws a plot file: the rows of ``layer_styles``, as QML.

What QGIS shows is the chart's day palette: a track is a line with a halo, red while the
boat is in trouble and dashed grey when it is closed; a report is a dot in a circle; a
beach is a triangle on the shore; a limit is a thin line, dashed unless it is the legal one; a
search is the line of its legs; a predicted crossing is hollow, for nobody saw it. Rows that were
withdrawn are not drawn.
"""

import functools
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from xml.etree import ElementTree as ET

from channelplot.model.codes import CLOSED_STATUSES, Craft, ReportKind, TrackStatus
from channelplot.store.tables import (
    BEACHES,
    LIMITS,
    MARKS,
    PREDICTED_CROSSINGS,
    REPORTS,
    SEARCHES,
    TRACKS,
    WITHDRAWN,
)

_TRACK: Final = "10,95,180,255"
_TROUBLE: Final = "185,28,28,255"
_CLOSED: Final = "93,118,134,255"
_BEACH: Final = "180,83,9,255"
_LIMIT: Final = "140,74,156,255"
_SEARCH: Final = "11,110,117,255"
_MOST_LABELS: Final = 200
"""QGIS 3.22 places so many along a thousand tracks in 1.4 s; all of them took 5.7 s, and those of
10,000 tracks minutes."""
_TEXT: Final = "43,58,66,255"
_HALO: Final = "246,250,252,255"
_NONE: Final = "0,0,0,0"

_KEYS: Final = uuid.UUID("7f0a6a57-3b0e-4f5e-9c39-0a8d6f0c1b11")
"""Name space of the keys of the rules: the same style has the same keys in every file."""

_IN_TROUBLE: Final = (
    TrackStatus.ADRIFT,
    TrackStatus.DISTRESS,
    TrackStatus.LOST_CONTACT,
    TrackStatus.SEARCH_SUSPENDED,
)

_Layer = tuple[str, dict[str, str]]
"""A symbol layer: QGIS's class of it and its properties."""


@dataclass(frozen=True, slots=True)
class LayerStyle:
    """The style of one layer, as QGIS keeps it."""

    table: str
    name: str
    description: str
    qml: str


@dataclass(frozen=True, slots=True)
class _Rule:
    label: str
    condition: str
    layers: Sequence[_Layer]


@functools.cache
def layer_styles() -> tuple[LayerStyle, ...]:
    """Return the styles of the layers of a plot file: always the same, and written once."""
    return (
        LayerStyle(
            TRACKS.name,
            "Channel Plot tracks",
            "Tracks by state, with their names.",
            _qml("line", _track_rules(), '"name"', line_labels=True),
        ),
        LayerStyle(
            REPORTS.name,
            "Channel Plot reports",
            "Reports by kind, with the time observed (UTC).",
            _qml("marker", _report_rules(), "format_date(\"observed_at_utc\", 'HHmm') || 'Z'"),
        ),
        LayerStyle(
            BEACHES.name,
            "Channel Plot beaches",
            "Launch beaches, with their names.",
            _qml(
                "marker",
                [_Rule("Beach", "", [_marker("equilateral_triangle", _BEACH, _HALO, 4.2)])],
                '"name"',
            ),
        ),
        LayerStyle(
            MARKS.name,
            "Channel Plot marks",
            "Marks of the desk, with their codes.",
            _qml("marker", [_Rule("Mark", "", [_marker("star", _TEXT, _HALO, 4.0)])], '"code"'),
        ),
        LayerStyle(
            PREDICTED_CROSSINGS.name,
            "Channel Plot crossings",
            "Predicted crossings of limits, with the time reckoned (UTC).",
            _qml(
                "marker",
                [_Rule("Predicted", "", [_marker("diamond", _NONE, _LIMIT, 3.0)])],
                "'predicted ' || format_date(\"crosses_at_utc\", 'HHmm') || 'Z'",
            ),
        ),
        LayerStyle(
            LIMITS.name,
            "Channel Plot limits",
            "Limits of waters and regions, with their names.",
            _qml("line", _limit_rules(), '"name"', line_labels=True),
        ),
        LayerStyle(
            SEARCHES.name,
            "Channel Plot searches",
            "Legs of planned searches, with their names.",
            _qml(
                "line",
                [_Rule("Search", "", [_line(_HALO, 1.2), _line(_SEARCH, 0.4)])],
                '"name"',
                line_labels=True,
            ),
        ),
    )


def _track_rules() -> list[_Rule]:
    closed = _one_of("status", sorted(CLOSED_STATUSES))
    trouble = _one_of("status", _IN_TROUBLE)
    boat = f"\"craft\" = '{Craft.SMALL_BOAT}'"
    halo = _line(_HALO, 1.6)
    return [
        _Rule("In trouble", trouble, [halo, _line(_TROUBLE, 0.9)]),
        _Rule("Closed", closed, [halo, _line(_CLOSED, 0.5, dash=True)]),
        _Rule("Open", f"NOT {trouble} AND NOT {closed} AND {boat}", [halo, _line(_TRACK, 0.8)]),
        _Rule(
            "Other craft",
            f"NOT {trouble} AND NOT {closed} AND NOT {boat}",
            [halo, _line(_TEXT, 0.5)],
        ),
    ]


def _limit_rules() -> list[_Rule]:
    return [
        _Rule("Legal", '"is_legal"', [_line(_LIMIT, 0.5)]),
        _Rule("Indicative", 'NOT "is_legal"', [_line(_LIMIT, 0.35, dash=True)]),
    ]


def _report_rules() -> list[_Rule]:
    def kind(code: ReportKind) -> str:
        return f"\"kind\" = '{code}'"

    circle = _marker("circle", _NONE, _TRACK, 3.4, width_mm=0.45)
    dot = _marker("circle", _TRACK, _TRACK, 1.0)
    return [
        _Rule("Position", kind(ReportKind.POSITION), [circle, dot]),
        _Rule("Launch", kind(ReportKind.LAUNCH), [_marker("triangle", _HALO, _BEACH, 3.0)]),
        _Rule("Landing", kind(ReportKind.LANDING), [_marker("square", _HALO, _TRACK, 2.6)]),
        _Rule("Prevented", kind(ReportKind.PREVENTED), [_marker("cross2", _BEACH, _BEACH, 2.6)]),
        _Rule("Event", kind(ReportKind.EVENT), [_marker("diamond", _HALO, _TEXT, 2.8)]),
    ]


def _one_of(column: str, codes: Sequence[str]) -> str:
    return f'("{column}" IN (' + ", ".join(f"'{code}'" for code in codes) + "))"


def _line(colour: str, width_mm: float, *, dash: bool = False) -> _Layer:
    return (
        "SimpleLine",
        {
            "line_color": colour,
            "line_style": "dash" if dash else "solid",
            "line_width": str(width_mm),
            "line_width_unit": "MM",
            "capstyle": "round",
            "joinstyle": "round",
        },
    )


def _marker(
    shape: str, colour: str, outline: str, size_mm: float, *, width_mm: float = 0.35
) -> _Layer:
    return (
        "SimpleMarker",
        {
            "name": shape,
            "color": colour,
            "outline_color": outline,
            "outline_width": str(width_mm),
            "outline_width_unit": "MM",
            "size": str(size_mm),
            "size_unit": "MM",
        },
    )


def _qml(symbol_type: str, rules: Sequence[_Rule], label: str, *, line_labels: bool = False) -> str:
    """Return a QML document: a rule-based renderer and simple labels."""
    standing = f'"{WITHDRAWN}" IS NULL'
    root = ET.Element(
        "qgis",
        version="3.22.16",
        styleCategories="Symbology|Labeling",
        labelsEnabled="1",
    )
    renderer = ET.SubElement(root, "renderer-v2", type="RuleRenderer", symbollevels="0")
    branch = ET.SubElement(renderer, "rules", key=_key(label))
    symbols = ET.SubElement(renderer, "symbols")
    for number, rule in enumerate(rules):
        condition = f"{standing} AND {rule.condition}" if rule.condition else standing
        ET.SubElement(
            branch,
            "rule",
            key=_key(label + condition),
            symbol=str(number),
            label=rule.label,
            filter=condition,
        )
        symbol = ET.SubElement(
            symbols, "symbol", type=symbol_type, name=str(number), alpha="1", clip_to_extent="1"
        )
        for class_name, properties in rule.layers:
            layer = ET.SubElement(
                symbol,
                "layer",
                {"class": class_name, "enabled": "1", "locked": "0", "pass": "0"},
            )
            options = ET.SubElement(layer, "Option", type="Map")
            for name, value in properties.items():
                ET.SubElement(options, "Option", type="QString", name=name, value=value)
            # QGIS before 3.20 reads these instead.
            for name, value in properties.items():
                ET.SubElement(layer, "prop", k=name, v=value)
    _add_labels(root, f"CASE WHEN {standing} THEN {label} END", line_labels=line_labels)
    ET.indent(root, space=" ")
    text = ET.tostring(root, encoding="unicode")
    return f"<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n{text}"


def _add_labels(root: ET.Element, expression: str, *, line_labels: bool) -> None:
    labeling = ET.SubElement(root, "labeling", type="simple")
    settings = ET.SubElement(labeling, "settings")
    text = ET.SubElement(
        settings,
        "text-style",
        fieldName=expression,
        isExpression="1",
        fontFamily="Noto Sans",
        fontSize="9",
        fontSizeUnit="Point",
        textColor=_TEXT,
        textOpacity="1",
    )
    ET.SubElement(
        text,
        "text-buffer",
        bufferDraw="1",
        bufferSize="0.8",
        bufferSizeUnits="MM",
        bufferColor=_HALO,
        bufferOpacity="1",
    )
    # QgsPalLayerSettings: 4 upright on a line, 6 around a point, best place first.
    ET.SubElement(
        settings,
        "placement",
        placement="4" if line_labels else "6",
        placementFlags="10",
        dist="1.2",
        distUnits="MM",
    )
    ET.SubElement(
        settings,
        "rendering",
        drawLabels="1",
        obstacle="1",
        scaleVisibility="0",
        limitNumLabels="1",
        maxNumLabels=str(_MOST_LABELS),
    )


def _key(text: str) -> str:
    return "{" + str(uuid.uuid5(_KEYS, text)) + "}"
