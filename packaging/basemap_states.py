"""Which state a piece of the chart's land belongs to, by stated boxes and lines.

The boxes and lines are ours, drawn wide of any shore: they part land, not water, and are
no boundary of anything at sea. Only where a land border reaches the sea does their place
matter to a coastline; inland they are good to a few kilometres and
`build_basemap.py` compares them with the country of every place of the chart.

Codes are ISO 3166-1 alpha-2. GG is the Bailiwick of Guernsey, with Alderney, Sark and Herm.
"""

import numpy as np
import numpy.typing as npt
import shapely

AREA_DEG = (-7.0, 48.0, 4.5, 52.2)
"""The chart's area: west, south, east, north."""

_LineDeg = list[tuple[float, float]]

_BOXES_DEG: list[tuple[str, tuple[float, float, float, float]]] = [
    # Hook Head to Carnsore Point and the Saltees; the nearest Welsh land lies east of 5.7 W.
    ("IE", (-7.0, 51.8, -6.0, 52.2)),
    # Jersey, the Paternosters, the Dirouilles and the Ecrehous; Normandy lies east of 1.82 W here.
    ("JE", (-2.35, 49.12, -1.86, 49.35)),
    # The Minquiers; Chausey lies east of 1.9 W.
    ("JE", (-2.25, 48.90, -1.95, 49.05)),
    # Guernsey, Herm, Jethou, Sark, Brecqhou.
    ("GG", (-2.80, 49.38, -2.28, 49.60)),
    # Alderney, Burhou, the Casquets; La Hague lies east of 2.0 W.
    ("GG", (-2.50, 49.65, -2.08, 49.80)),
]

_MID_CHANNEL_DEG: _LineDeg = [
    # From the western approaches, up the middle of the Channel and the Strait, to the North Sea:
    # British land lies north-west of it, continental land south-east.
    (-7.0, 49.0),
    (-4.0, 49.4),
    (-2.0, 50.0),
    (0.0, 50.3),
    (1.0, 50.6),
    (1.25, 50.8),
    (1.5, 51.0),
    (1.85, 51.2),
    (2.5, 51.7),
    (3.2, 52.2),
]

_FR_BE_DEG: _LineDeg = [
    # From the sea between Bray-Dunes and De Panne, where the border meets the shore at 2.5458 E.
    (2.45, 51.22),
    (2.5458, 51.0892),
    (2.570, 51.000),
    (2.630, 50.945),
    (2.600, 50.910),
    (2.640, 50.815),
    (2.720, 50.790),
    (2.850, 50.720),
    (2.940, 50.745),
    (3.020, 50.770),
    (3.090, 50.780),
    (3.126, 50.791),
    (3.150, 50.790),
    (3.200, 50.740),
    (3.220, 50.710),
    (3.260, 50.700),
    (3.245, 50.660),
    (3.280, 50.610),
    (3.280, 50.530),
    (3.370, 50.495),
    (3.480, 50.505),
    (3.600, 50.490),
    (3.670, 50.450),
    (3.680, 50.395),
    (3.690, 50.330),
    (3.720, 50.305),
    (3.900, 50.330),
    (4.020, 50.345),
    (4.080, 50.315),
    (4.130, 50.295),
    (4.160, 50.280),
    (4.220, 50.260),
    (4.150, 50.130),
    (4.140, 50.050),
    (4.140, 49.980),
    (4.500, 49.945),
]

_BE_NL_DEG: _LineDeg = [
    # From the sea off the Zwin, where the border meets the shore at 3.3660 E.
    (3.30, 51.42),
    (3.3660, 51.3692),
    (3.385, 51.330),
    (3.380, 51.275),
    (3.510, 51.245),
    (3.590, 51.300),
    (3.780, 51.265),
    (3.795, 51.215),
    (3.900, 51.205),
    (3.990, 51.225),
    (4.160, 51.295),
    (4.240, 51.345),
    (4.250, 51.375),
    (4.340, 51.375),
    (4.410, 51.360),
    (4.395, 51.420),
    (4.400, 51.450),
    (4.500, 51.480),
]


def state_areas() -> list[tuple[str, shapely.Geometry]]:
    """Return one area per state, in degrees; together they fill the chart's area once."""
    west, south, east, north = AREA_DEG
    whole = shapely.box(west, south, east, north)
    north_of_mid_channel = shapely.Polygon([*_MID_CHANNEL_DEG, (west, north)])
    south_of_be = shapely.Polygon([*_FR_BE_DEG, (east, south), (west, south), (west, 51.22)])
    north_of_be = shapely.Polygon([*_BE_NL_DEG, (east, north), (3.30, north)])
    ordered = [(code, shapely.box(*box)) for code, box in _BOXES_DEG]
    ordered += [
        ("GB", north_of_mid_channel),
        ("FR", south_of_be),
        ("NL", north_of_be),
        ("BE", whole),
    ]
    remaining: shapely.Geometry = whole
    areas: dict[str, list[shapely.Geometry]] = {}
    for code, shape in ordered:
        areas.setdefault(code, []).append(shapely.intersection(remaining, shape))
        remaining = shapely.difference(remaining, shape)
    return [(code, shapely.union_all(parts)) for code, parts in sorted(areas.items())]


def states_of(
    geometries: npt.NDArray[np.object_], areas: list[tuple[str, shapely.Geometry]]
) -> list[str]:
    """Return for each geometry the codes of the areas it has a part in, space between.

    One code for all land except the continent, which is one polygon from Brittany to Holland.
    """
    codes: list[list[str]] = [[] for _ in geometries]
    for code, area in areas:
        shapely.prepare(area)
        touching = shapely.intersects(area, geometries) & ~shapely.touches(area, geometries)
        for index in np.flatnonzero(touching):
            codes[index].append(code)
    return [" ".join(found) for found in codes]
