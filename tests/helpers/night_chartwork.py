"""What the chartwork of the acceptance night is reckoned with, and how close answers must come."""

import csv
import io
import math
import re
from datetime import datetime, timedelta
from typing import Final

from channelplot.analysis.drift import Conditions, Stream, Validity, Wind
from channelplot.analysis.passage import Passage, steady_passage
from channelplot.analysis.waters import Limit
from channelplot.basemap.boundary import boundary_limit
from channelplot.geodesy.measure import distance_m
from channelplot.geodesy.position import Position
from channelplot.geodesy.rhumb_line import RhumbLine
from channelplot.resources import read_text
from helpers.builders import at, ddm

NM_TOLERANCE: Final = 0.0101
"""0.01 NM, and what the worked answers lose by being rounded is inside it."""
BEARING_TOLERANCE_DEG: Final = 0.101
BOUNDARY: Final = boundary_limit()
"""The boundary of 1988: from I to VI the United Kingdom lies to the left."""
NIGHT_CONDITIONS: Final = Conditions(
    streams=(Stream(set_deg=60.0, rate_kn=1.9, valid=Validity(at("0245"), at("0515"))),),
    winds=(
        Wind(
            from_deg=290.0,
            speed_kn=14.0,
            leeway_percent=4.0,
            valid=Validity(at("0245"), at("0515")),
        ),
    ),
)
"""Step 11."""
CGN: Final = ddm(50, 52.17, 1, 34.98)
BLERIOT: Final = ddm(50, 57.50, 1, 49.50)
CUTTER_1: Final = ddm(51, 6.7, 1, 20.6)
PATROL_FR: Final = ddm(50, 58.6, 1, 47.5)
DOVER: Final = ddm(51, 6.9, 1, 19.9)


def ferry() -> Passage:
    """Return the ferry of step 8, by its AIS report of 0258Z."""
    return steady_passage(ddm(50, 58.50, 1, 44.50), at("0258"), 292.0, 18.0)


def raw_boundary() -> Limit:
    """Return the boundary as it must never be drawn: its ED50 figures taken for WGS 84."""
    rows = csv.DictReader(io.StringIO(read_text("basemap/boundary_1988.csv")))
    points = tuple(Position(_degrees(r["lon_ed50"]), _degrees(r["lat_ed50"])) for r in rows)
    return Limit(code="raw", line=RhumbLine(points), left="GB", right="FR", is_legal=False)


def is_at(found: Position, lat: int, lat_min: float, lon: int, lon_min: float) -> bool:
    """Return whether a position is one given in degrees and minutes, each to 0.01'."""
    place = ddm(lat, lat_min, lon, lon_min)
    off = max(abs(found.lat_deg - place.lat_deg), abs(found.lon_deg - place.lon_deg))
    return off * 60.0 <= 0.01


def hms(hour: int, minute: int, second: float) -> datetime:
    """Return a time of the night to the second."""
    return at(f"{hour:02}{minute:02}") + timedelta(seconds=second)


def are_same(a: Position, b: Position, within_m: float = 0.01) -> bool:
    """Return whether two positions are one, to a centimetre unless said."""
    apart_m = distance_m(a, b)
    return math.isfinite(apart_m) and apart_m <= within_m


def _degrees(text: str) -> float:
    match = re.fullmatch(r"(\d+)°(\d+)'([\d.]+)\"[NE]", text)
    assert match, text
    return int(match[1]) + int(match[2]) / 60 + float(match[3]) / 3600
