"""Who is to be named for the reference layers that show; no Qt."""

from typing import Final

from channelplot.chart.layers import reference_id
from channelplot.chart.scene import Scene

LONGEST: Final = 600
"""Characters of one credit on the chart and on sheets, more than any file's; the panel has all."""


def reference_credits(scene: Scene) -> tuple[str, ...]:
    """Return the credits of the layers that are loaded and drawn at this scale, each once."""
    layers = scene.plot.reference_layers
    told = (
        layers[uid].credit
        for uid in scene.references
        if uid in layers and scene.shows(reference_id(uid))
    )
    return tuple(dict.fromkeys(_short(credit) for credit in told if credit.strip()))


def _short(credit: str) -> str:
    line = " ".join(credit.split())
    if len(line) <= LONGEST:
        return line
    return f"{line[: LONGEST - 1].rstrip()}\N{HORIZONTAL ELLIPSIS}"
