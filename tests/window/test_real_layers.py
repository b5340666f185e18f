"""The order of layers on a real screen: rows dragged with the mouse, and moved by keys."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from channelplot.chart.layers import Layer
from helpers.layers_on_screen import Listed
from helpers.plot_files import channelplot
from helpers.screen import Screen, ended_after, wait_until

pytestmark = pytest.mark.window

STEPS = 8
"""A hand passes over what lies between."""


class ListOfLayers:
    """The list as the window tells of it, and a hand that drags its rows."""

    def __init__(self, screen: Screen, process: "subprocess.Popen[str]") -> None:
        self._screen = screen
        self._told: list[Listed] = []
        assert process.stdout is not None
        self._stdout = process.stdout
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        for line in self._stdout:
            self._told.append(json.loads(line))

    @property
    def now(self) -> Listed:
        """How it stands."""
        wait_until(lambda: self._told, "the list is told of")
        return self._told[-1]

    def shows(self, *layers: Layer) -> bool:
        """Whether rows of these layers are in sight."""
        return bool(self._told) and all(layer in self.now["places"] for layer in layers)

    def drags(self, layer: Layer, to: Layer, share: float) -> None:
        """Drag a row to another: -0.5 is the upper edge of that, 0.5 the lower one."""
        places = self.now["places"]
        (x_px, from_px), (_, to_px) = places[layer], places[to]
        to_px += round(share * self.now["row_px"])
        self._screen.xdotool("mousemove", "--sync", str(x_px), str(from_px), "mousedown", "1")
        for step in range(1, STEPS + 1):
            y_px = from_px + round((to_px - from_px) * step / STEPS)
            self._screen.xdotool("mousemove", "--sync", str(x_px), str(y_px), "sleep", "0.04")
        self._screen.xdotool("mouseup", "1")

    def order_of(self, *layers: Layer) -> list[str]:
        """These layers, from the top."""
        return [layer for layer in self.now["order"] if layer in layers]


@pytest.fixture
def layers(screen: Screen, tmp_path: Path) -> Iterator[ListOfLayers]:
    """The list of layers of an empty plot, as long as half the window."""
    plot = tmp_path / "night.gpkg"
    assert channelplot("new", str(plot)).returncode == 0
    process = subprocess.Popen(
        [sys.executable, "-m", "helpers.layers_on_screen", str(plot)],
        env={**screen.env, "PYTHONPATH": str(Path(__file__).parents[1])},
        stdout=subprocess.PIPE,
        text=True,
    )
    with ended_after(process):
        listed = ListOfLayers(screen, process)
        screen.xdotool("windowactivate", "--sync", screen.window("night - Channel Plot"))
        wait_until(lambda: listed.shows(Layer.LABELS, *MOVED), "the rows show")
        yield listed


MOVED = (Layer.REPORTS, Layer.TRACKS, Layer.RECKONING)


def test_rows_are_dragged_and_moved_by_keys(screen: Screen, layers: ListOfLayers) -> None:
    reports, tracks, reckoning = MOVED
    before = layers.now["order"]
    assert layers.order_of(*MOVED) == [reports, tracks, reckoning]

    layers.drags(reckoning, reports, -0.3)
    wait_until(lambda: layers.order_of(*MOVED) == [reckoning, reports, tracks], "it is the highest")
    assert layers.now["selected"] == reckoning
    wait_until(lambda: layers.shows(*MOVED), "the rows show")

    layers.drags(reckoning, tracks, 0.3)
    wait_until(lambda: layers.now["order"] == before, "it is where it was")

    layers.drags(tracks, Layer.LABELS, -0.3)
    wait_until(lambda: layers.order_of(*MOVED) == [tracks, reports, reckoning], "no higher")
    written = (Layer.LINES, Layer.LABELS, Layer.PLACES)
    assert layers.now["order"][:3] == list(written), "nothing is above what is written"

    screen.keys("alt+Down")
    wait_until(lambda: layers.now["order"] == before, "a key moves it back")
    screen.keys("alt+Up")
    wait_until(lambda: layers.order_of(*MOVED)[0] == tracks, "and up again")
    screen.keys("alt+Down")
    wait_until(lambda: layers.now["order"] == before, "and down")

    layers.drags(Layer.LABELS, tracks, 0.3)
    layers.drags(reports, tracks, 0.3)
    wait_until(lambda: layers.order_of(*MOVED) == [tracks, reports, reckoning], "only reports went")
    assert layers.now["order"][:3] == list(written), "what is written can't be dragged"
