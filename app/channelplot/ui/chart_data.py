"""The chart's own layers, read while the window is being built."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from channelplot.basemap.basemap import Basemap, load_basemap
from channelplot.basemap.land import Land
from channelplot.basemap.levels import Levels
from channelplot.geodesy.position import Position
from channelplot.reading.gazetteer import Gazetteer, gazetteer_of


@dataclass(frozen=True, slots=True)
class Layers:
    """The chart's own layers, thinned copies of them, what answers about land, and the names."""

    basemap: Basemap
    levels: Levels
    land: Land
    places: tuple[tuple[str, Position], ...]
    names: Gazetteer


class ChartData:
    """Reads the layers in a thread of its own; answers wait until it is done."""

    def __init__(self) -> None:
        """Start reading."""
        executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="chart-data")
        self._layers: Future[Layers] = executor.submit(_read)
        executor.shutdown(wait=False)

    def when_read(self, done: Callable[[Future[Layers]], None]) -> None:
        """Call this, on some thread, once the layers are read or could not be."""
        self._layers.add_done_callback(done)

    def shore_distance_m(self, position: Position) -> float:
        """Return how far a position is from the charted coast, in metres. Waits likewise."""
        return self._layers.result().land.shore_distance_m(position)

    def inland_distance_m(self, position: Position) -> float:
        """Return how far inside the charted coast a position lies, in metres; 0 at sea.

        Waits for the layers if they are still being read. Raises BasemapError.
        """
        return self._layers.result().land.inland_distance_m(position)


def _read() -> Layers:
    basemap = load_basemap()
    places = tuple((place.name, place.position) for place in basemap.places)
    # Here, not at the first key in the plot line, which is on the GUI thread.
    names = gazetteer_of((), (), basemap.marks, basemap.beaches, places)
    land = Land(basemap)
    land.make_ready()  # likewise: the first position typed asks for the coast
    return Layers(basemap, Levels(basemap), land, places, names)
