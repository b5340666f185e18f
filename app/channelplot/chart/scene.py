"""What is drawn once: everything a renderer is given, as an immutable value."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from channelplot.chart.chart_lines import ChartLine
from channelplot.chart.conditions_note import ConditionsNote
from channelplot.chart.crowding import Crowding, DensityMode
from channelplot.chart.error_circles import ErrorCircle
from channelplot.chart.label_memory import LabelMemory
from channelplot.chart.layers import DEFAULT_LAYERING, Layering
from channelplot.chart.palette import DAY, Palette
from channelplot.chart.reckoned import ReckonedMark
from channelplot.chart.unreckoned import UnreckonedNote
from channelplot.chart.urgency import Urgency
from channelplot.chart.viewport import Viewport
from channelplot.geodesy.text import Notation
from channelplot.model.plot import Plot

if TYPE_CHECKING:
    from channelplot.basemap.basemap import Basemap
    from channelplot.basemap.levels import Levels
    from channelplot.basemap.mbtiles import MbTiles
    from channelplot.chart.density_colours import DensityImages
    from channelplot.chart.reference import ReferenceFeatures

NOBODY_OVERDUE: Mapping[str, Urgency] = MappingProxyType({})
NO_REFERENCES: Mapping[str, "ReferenceFeatures | MbTiles"] = MappingProxyType({})


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Scene:
    """A plot, the chart under it and how both are shown.

    basemap and levels: None draws the sea alone. selected_uids: of reports, tracks,
    beaches and marks. pending_uids: those that are not on disk yet; drawn hollow and
    marked so. layering: which layers are drawn, and how. device_pixel_ratio: pixels of the picture
    for a device-independent pixel of the viewport. text_factor: how much larger than
    usual texts are. keeps_labels_inside: no label is cut off at the picture's edge, as on a
    sheet; on the screen labels rather stay where they are while the chart is panned.
    uncut_px: a box (min_x, min_y, max_x, max_y) of the picture whose edges no label crosses:
    what shows of it on the screen. on_screen: the view on the screen that the picture is drawn
    for, of whose panels labels keep clear; None where no panels lie on it.
    notation: the form of the graticule's labels, and with it
    where round figures fall; sheets are the same whoever makes them and keep the usual one.
    overdue: the tracks, by uid, whose next contact is overdue, and how urgently; error_circles,
    reckoned, lines: those to draw; conditions: the stream and wind to tell of; unreckoned: the
    craft that could not be reckoned, to tell of. All these are of the moment, so that sheets have
    none. density_mode: whether tracks are lines or counted; crowding: how crowded the picture of
    the tracks is, None where that is to be found out;
    density_images: what was counted for the picture before. references: what is loaded of the
    plot's reference layers, by uid; others are not drawn.
    label_memory: where the labels of the picture before stood; None where there is none before.
    """

    plot: Plot
    viewport: Viewport
    basemap: "Basemap | None" = None
    levels: "Levels | None" = None
    palette: Palette = DAY
    selected_uids: frozenset[str] = frozenset()
    pending_uids: frozenset[str] = frozenset()
    layering: Layering = DEFAULT_LAYERING
    device_pixel_ratio: float = 1.0
    text_factor: float = 1.0
    keeps_labels_inside: bool = False
    uncut_px: tuple[float, float, float, float] | None = None
    on_screen: Viewport | None = None
    notation: Notation = Notation.DDM
    overdue: Mapping[str, Urgency] = field(default_factory=lambda: NOBODY_OVERDUE)
    error_circles: tuple[ErrorCircle, ...] = ()
    reckoned: tuple[ReckonedMark, ...] = ()
    lines: tuple[ChartLine, ...] = ()
    conditions: ConditionsNote | None = None
    unreckoned: UnreckonedNote | None = None
    density_mode: DensityMode = DensityMode.AUTO
    crowding: Crowding | None = None
    density_images: "DensityImages | None" = None
    label_memory: LabelMemory | None = None
    references: Mapping[str, "ReferenceFeatures | MbTiles"] = field(
        default_factory=lambda: NO_REFERENCES
    )

    def size_pt(self, usual_pt: float) -> float:
        """Return the size for text that is usually so large."""
        return usual_pt * self.text_factor

    def shows(self, layer: str) -> bool:
        """Return whether the layer is drawn, at this scale."""
        return self.layering.shows(layer, self.viewport.scale_denominator())
