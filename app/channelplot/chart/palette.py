"""The chart's colours, by role; no Qt."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Palette:
    """A colour for every role, as ``#rrggbb``.

    Every role whose name ends in ``_text``, and ``unattributed``, has a contrast of 4.5:1 or more
    by day and dusk, 3:1 or more at night, on sea, land and the halo alike. Nothing at night has a
    relative luminance above 0.13. Tracks and their texts go in turn, with a dash pattern of their
    own (``renderers/pens.py``), never by colour alone. density: the ramp from few tracks to many.
    raster_dim: the share of light that is taken from a raster's tiles; the relative luminance of
    white is 1 - raster_dim then.
    """

    sea: str
    uncharted: str
    land: str
    coast: str
    graticule: str
    graticule_text: str
    frame_dark: str
    frame_light: str
    text: str
    halo: str
    place_text: str
    water_text: str
    boundary: str
    boundary_text: str
    beach: str
    beach_text: str
    register_beach: str
    mark: str
    mark_text: str
    tracks: tuple[str, ...]
    track_texts: tuple[str, ...]
    density: tuple[str, ...]
    closed_text: str
    asset: str
    asset_text: str
    unattributed: str
    selection: str
    overdue: str
    urgent: str
    seen: str
    ghost: str
    ghost_text: str
    chartwork: str
    chartwork_text: str
    search: str
    search_text: str
    sar_region: str
    sar_region_text: str
    routeing: str
    routeing_fill: str
    routeing_text: str
    sea_limit: str
    sea_limit_text: str
    reference: str
    reference_text: str
    raster_dim: float
    panel: str
    example_text: str


DAY: Final = Palette(
    sea="#dceaf2",
    uncharted="#e6e9ea",
    land="#f3ead2",
    coast="#8a7a52",
    graticule="#b9cdd9",
    graticule_text="#4a6170",
    frame_dark="#2b3a42",
    frame_light="#f6fafc",
    text="#2b3a42",
    halo="#f6fafc",
    place_text="#4a4a3a",
    water_text="#2c6a96",
    boundary="#8c4a9c",
    boundary_text="#7f3f8f",
    beach="#b45309",
    beach_text="#9a4407",
    register_beach="#c08a5a",
    mark="#5b4a8a",
    mark_text="#53427f",
    tracks=("#0a5fb4", "#c2410c", "#15803d", "#7c3aed"),
    track_texts=("#0a57a5", "#a8370a", "#136b34", "#6d28d9"),
    density=("#8fc1e6", "#3f86c1", "#10529a", "#0a2052"),
    closed_text="#5a6268",
    asset="#455a64",
    asset_text="#37474f",
    unattributed="#44525a",
    selection="#ffd54a",
    overdue="#a85400",
    urgent="#b3201a",
    seen="#5a6268",
    ghost="#9c1458",
    ghost_text="#8c114f",
    chartwork="#c76b00",
    chartwork_text="#985200",
    search="#0b6e75",
    search_text="#0a6268",
    sar_region="#3a6c96",
    sar_region_text="#33597f",
    routeing="#b8449f",
    routeing_fill="#cf8fd0",
    routeing_text="#8f2f7a",
    sea_limit="#6a5aa8",
    sea_limit_text="#5a4a98",
    reference="#4f6a3c",
    reference_text="#465f35",
    raster_dim=0.0,
    panel="#f9fbfc",
    example_text="#c9d6dd",
)
"""Bright room, daylight; what is used as text has a contrast of 4.5:1 or more."""

DUSK: Final = Palette(
    sea="#22303a",
    uncharted="#2a3238",
    land="#3a3628",
    coast="#837a5a",
    graticule="#33454f",
    graticule_text="#8fa6b2",
    frame_dark="#8fa6b2",
    frame_light="#1a242b",
    text="#d5dee3",
    halo="#1a242b",
    place_text="#d0ccb8",
    water_text="#8fc0dc",
    boundary="#b583c4",
    boundary_text="#c497d2",
    beach="#e0a458",
    beach_text="#e0a458",
    register_beach="#a07d4e",
    mark="#a99ad6",
    mark_text="#b9acdf",
    tracks=("#6db3f2", "#f59e6b", "#6fcf97", "#b79cf2"),
    track_texts=("#6db3f2", "#f59e6b", "#6fcf97", "#b79cf2"),
    density=("#2f5275", "#427cb2", "#78b2e2", "#cfe6f6"),
    closed_text="#a3afb6",
    asset="#a9bac3",
    asset_text="#b9c8d0",
    unattributed="#b4c2ca",
    selection="#a88a1e",
    overdue="#f0b04a",
    urgent="#ff7f6e",
    seen="#a3afb6",
    ghost="#f08ab8",
    ghost_text="#f29cc3",
    chartwork="#e8a040",
    chartwork_text="#edad57",
    search="#52bcc2",
    search_text="#62c6cc",
    sar_region="#7fa9cf",
    sar_region_text="#94b8d8",
    routeing="#c77bb8",
    routeing_fill="#8a4f80",
    routeing_text="#d896cb",
    sea_limit="#9c8fd0",
    sea_limit_text="#b0a5da",
    reference="#8fb070",
    reference_text="#9fbd83",
    raster_dim=0.55,
    panel="#1c272f",
    example_text="#3d505c",
)
"""Lamps low; the boundary's name is paler than its line."""

NIGHT: Final = Palette(
    sea="#07090b",
    uncharted="#0c0d0e",
    land="#14110a",
    coast="#4a4126",
    graticule="#12181c",
    graticule_text="#516574",
    frame_dark="#42505a",
    frame_light="#050607",
    text="#735f4c",
    halo="#050607",
    place_text="#6d614e",
    water_text="#3a6784",
    boundary="#4d3357",
    boundary_text="#7e518e",
    beach="#7a5a2c",
    beach_text="#7d5c2d",
    register_beach="#54411f",
    mark="#544b80",
    mark_text="#655a98",
    tracks=("#2f5c85", "#8a4a2a", "#2d6a44", "#5a4886"),
    track_texts=("#2c669c", "#9c4b27", "#287041", "#6c55a3"),
    density=("#0e2133", "#173850", "#205074", "#466079"),
    closed_text="#5e6368",
    asset="#4e6671",
    asset_text="#4e6671",
    unattributed="#59646b",
    selection="#6e560f",
    overdue="#8f550e",
    urgent="#b3352c",
    seen="#5e6368",
    ghost="#a23d75",
    ghost_text="#a23d75",
    chartwork="#88581b",
    chartwork_text="#88581b",
    search="#1a6d72",
    search_text="#1a6d72",
    sar_region="#39566f",
    sar_region_text="#436588",
    routeing="#7a3a6d",
    routeing_fill="#4a2443",
    routeing_text="#934684",
    sea_limit="#5a4a80",
    sea_limit_text="#6a589b",
    reference="#445a36",
    reference_text="#4f683f",
    raster_dim=0.88,
    panel="#0a0d10",
    example_text="#202a31",
)
"""Eyes used to the dark: texts have 3:1 or more, and nothing is above luminance 0.13."""

PALETTES: Final[Mapping[str, Palette]] = {"day": DAY, "dusk": DUSK, "night": NIGHT}
"""By the code of the setting ``palette``."""
