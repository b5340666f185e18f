"""Who is to be named for the reference layers that show; no Qt."""

import re
from typing import Final

from channelplot.chart.layers import reference_id
from channelplot.chart.scene import Scene

LONGEST: Final = 600
"""Characters of one credit on sheets, more than any file's; the Layers panel has all."""
BRIEF: Final = 48
"""Characters of one credit on the screen's chart."""
_ASIDES: Final = re.compile(r"\s+(?:[(\[]|[-\N{EN DASH}\N{EM DASH}]\s)|[;,]\s|\sfrom\s")
"""Where somebody's name ends and remarks about the licence begin."""
_SHORTEST_NAME: Final = 3


def reference_credits(scene: Scene) -> tuple[str, ...]:
    """Return the credits of the layers that are loaded and drawn at this scale, each once."""
    layers = scene.plot.reference_layers
    told = (
        layers[uid].credit
        for uid in scene.references
        if uid in layers and scene.shows(reference_id(uid))
    )
    return tuple(dict.fromkeys(_cut(credit, LONGEST) for credit in told if credit.strip()))


def brief_credits(scene: Scene) -> tuple[str, ...]:
    """Return the same as they stand on the screen: names without remarks, each once."""
    return tuple(dict.fromkeys(_named(credit) for credit in reference_credits(scene)))


def _named(credit: str) -> str:
    """Return who is credited, without what is remarked about it; whole words."""
    aside = _ASIDES.search(credit, _SHORTEST_NAME)
    name = credit[: aside.start()] if aside is not None else credit
    if len(name) <= BRIEF:
        return name
    words = name[:BRIEF].rsplit(maxsplit=1)
    return f"{words[0]}\N{HORIZONTAL ELLIPSIS}" if len(words) > 1 else _cut(name, BRIEF)


def _cut(credit: str, longest: int) -> str:
    line = " ".join(credit.split())
    if len(line) <= longest:
        return line
    return f"{line[: longest - 1].rstrip()}\N{HORIZONTAL ELLIPSIS}"
