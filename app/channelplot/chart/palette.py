"""The chart's colours, by role; no Qt."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Palette:
    """A colour for every role, as ``#rrggbb``.

    Every role whose name ends in ``_text`` has a contrast of 4.5:1 or more on sea, land
    and the halo alike by day; tracks and their texts go in turn, with a dash pattern of
    their own (``renderers/pens.py``), never by colour alone.
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
    boundary: str
    boundary_text: str
    beach: str
    beach_text: str
    register_beach: str
    mark: str
    mark_text: str
    tracks: tuple[str, ...]
    track_texts: tuple[str, ...]
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
    boundary="#8c4a9c",
    boundary_text="#7f3f8f",
    beach="#b45309",
    beach_text="#9a4407",
    register_beach="#c08a5a",
    mark="#5b4a8a",
    mark_text="#53427f",
    tracks=("#0a5fb4", "#c2410c", "#15803d", "#7c3aed"),
    track_texts=("#0a57a5", "#a8370a", "#136b34", "#6d28d9"),
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
    panel="#f9fbfc",
    example_text="#c9d6dd",
)
"""Bright room, daylight: look.md's table, with the roles used as text raised to 4.5:1."""
