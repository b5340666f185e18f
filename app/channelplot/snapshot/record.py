"""The record a sheet carries in its metadata: what was chosen, and of which state of the plot.

One line of JSON, its keys in order, so that equal sheets have equal records. A record that
somebody else wrote is read with care: it has all that it should, or it is none.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, TypeAlias

from PySide6.QtCore import qVersion

from channelplot.chart.crowding import DensityMode
from channelplot.chart.language import SheetLanguage
from channelplot.chart.layers import Layering, LayerView, layering_of
from channelplot.errors import SheetRecordError
from channelplot.geodesy.bounds import Bounds
from channelplot.snapshot.release import PROFILES
from channelplot.snapshot.settings import (
    Extent,
    NamedArea,
    Page,
    Report,
    Series,
    SheetSettings,
)
from channelplot.version import __version__

PROGRAM: Final = "Channel Plot"
_MOST_LENGTH: Final = 1_000_000
_SHORT: Final = 12
_MOST_VERSION: Final = 40
_MOST_SEQ: Final = 2**63 - 1
"""What the log can count to."""
_FIRST_YEAR: Final = 1900
_LAST_YEAR: Final = 2999
_HASH: Final = re.compile(r"[0-9a-f]{64}")
_FARTHEST_DEG: Final = 85.0
"""North and south of it the chart has no place for anything."""

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"


@dataclass(frozen=True, slots=True)
class PlotState:
    """A state of a plot: after one act of its log. hash: the act's, which chains all before it."""

    seq: int
    hash: str

    @property
    def short_text(self) -> str:
        """Return it as it stands on a sheet: ``#128 3f9a0c11b2d4``."""
        return f"#{self.seq} {self.hash[:_SHORT]}"


@dataclass(frozen=True, slots=True)
class SheetRecord:
    """What a sheet says of itself.

    state: None where the plot had no act, or not all that shows was on disk. settings: as they
    were used, with nothing left to find out. version, qt: of what made the sheet.
    """

    settings: SheetSettings
    state: PlotState | None
    version: str = __version__
    qt: str = qVersion()


def record_text(record: SheetRecord) -> str:
    """Return the record as a line of JSON."""
    state = record.state
    fields: dict[str, Json] = {
        "program": PROGRAM,
        "version": record.version,
        "qt": record.qt,
        "state": None if state is None else {"seq": state.seq, "hash": state.hash},
        "settings": _settings_fields(record.settings),
    }
    return json.dumps(fields, ensure_ascii=True, sort_keys=True, separators=(",", ":"))


def read_record(text: str) -> SheetRecord:
    """Return the record that a line of JSON holds. Raises SheetRecordError."""
    if len(text) > _MOST_LENGTH:
        raise SheetRecordError
    try:
        fields = json.loads(text)
        if not isinstance(fields, dict) or fields["program"] != PROGRAM:
            raise SheetRecordError
        state = fields["state"]
        return SheetRecord(
            _settings(fields["settings"]),
            None if state is None else _state(state),
            _version(fields["version"]),
            _version(fields["qt"]),
        )
    except (KeyError, TypeError, ValueError, OverflowError, RecursionError) as error:
        raise SheetRecordError from error


def _settings_fields(settings: SheetSettings) -> dict[str, Json]:
    extent, tracks = settings.extent, settings.track_uids
    return {
        "page": settings.page.value,
        "is_landscape": settings.is_landscape,
        "shape": settings.shape,
        "dpi": settings.dpi,
        "scale": settings.scale,
        "extent": (extent.value if isinstance(extent, Extent) else _bounds_fields(extent)),
        "track_uids": None if tracks is None else list[Json](sorted(tracks)),
        "layering": [
            [v.layer, v.is_shown, v.opacity, v.closest_denominator, v.farthest_denominator]
            for v in settings.layering.views
        ],
        "density_mode": settings.density_mode.value,
        "at_utc": _time_text(settings.at_utc),
        "cut_off_utc": _time_text(settings.cut_off_utc),
        "language": settings.language.value,
        "title": settings.title,
        "author": settings.author,
        "marking": settings.marking,
        "profile": settings.profile,
        "series": settings.series.value,
        "has_all_boats": settings.has_all_boats,
        "reports": [report.value for report in settings.reports],
        "areas": [[area.name, *_bounds_fields(area.bounds)] for area in settings.areas],
    }


def _settings(fields: Mapping[str, Json]) -> SheetSettings:
    tracks = fields["track_uids"]
    return SheetSettings(
        page=Page(_text(fields["page"])),
        is_landscape=fields["is_landscape"] is True,
        shape=_number(fields["shape"]),
        dpi=_whole(fields["dpi"]),
        scale=None if fields["scale"] is None else _whole(fields["scale"]),
        extent=_extent(fields["extent"]),
        track_uids=None if tracks is None else frozenset(_texts(tracks)),
        layering=_layering(fields["layering"]),
        density_mode=DensityMode(_text(fields["density_mode"])),
        at_utc=_time(fields["at_utc"]),
        cut_off_utc=_time(fields["cut_off_utc"]),
        language=SheetLanguage(_text(fields["language"])),
        title=_text(fields["title"]),
        author=_text(fields["author"]),
        marking=_text(fields["marking"]),
        profile=_profile(fields["profile"]),
        series=Series(_text(fields["series"])),
        has_all_boats=fields["has_all_boats"] is True,
        reports=tuple(Report(each) for each in _texts(fields["reports"])),
        areas=tuple(map(_area, _list(fields["areas"]))),
    )


def _state(fields: Mapping[str, Json]) -> PlotState:
    seq, own_hash = _whole(fields["seq"]), _text(fields["hash"])
    if not 1 <= seq <= _MOST_SEQ or not _HASH.fullmatch(own_hash):
        raise ValueError
    return PlotState(seq, own_hash)


def _version(value: Json) -> str:
    """Return a version, which is shown to whoever verifies the sheet."""
    text = _text(value)
    if len(text) > _MOST_VERSION or not text.isprintable():
        raise ValueError
    return text


def _profile(value: Json) -> str:
    code = _text(value)
    if code and code not in PROFILES:
        raise ValueError
    return code


def _extent(value: Json) -> Bounds | Extent:
    if isinstance(value, str):
        return Extent(value)
    west_deg, south_deg, east_deg, north_deg = map(_number, _list(value))
    if not -_FARTHEST_DEG <= south_deg <= north_deg <= _FARTHEST_DEG:
        raise ValueError
    return Bounds(west_deg, south_deg, east_deg, north_deg)


def _bounds_fields(bounds: Bounds) -> list[Json]:
    return [bounds.west_deg, bounds.south_deg, bounds.east_deg, bounds.north_deg]


def _area(value: Json) -> NamedArea:
    name, *bounds = _list(value)
    extent = _extent(list[Json](bounds))
    if not isinstance(extent, Bounds):
        raise TypeError
    return NamedArea(_text(name), extent)


def _layering(value: Json) -> Layering:
    views = tuple(map(_layer_view, _list(value)))
    layering = layering_of(views)
    if layering.views != views:
        raise ValueError
    return layering


def _layer_view(value: Json) -> LayerView:
    layer, is_shown, opacity, closest, farthest = _list(value)
    return LayerView(
        _text(layer),
        is_shown is True,
        _number(opacity),
        None if closest is None else _whole(closest),
        None if farthest is None else _whole(farthest),
    )


def _time_text(moment_utc: datetime | None) -> str | None:
    return None if moment_utc is None else moment_utc.isoformat()


def _time(value: Json) -> datetime | None:
    if value is None:
        return None
    moment = datetime.fromisoformat(_text(value))
    if moment.utcoffset() != timedelta(0) or not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
        raise ValueError
    return moment


def _text(value: Json) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _list(value: Json) -> list[Json]:
    if not isinstance(value, list):
        raise TypeError
    return value


def _texts(value: Json) -> list[str]:
    return [_text(each) for each in _list(value)]


def _whole(value: Json) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError
    return value


def _number(value: Json) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise TypeError
    return float(value)
