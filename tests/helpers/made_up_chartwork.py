"""Made-up craft under way in the Strait of Dover, many of them, the same on every run."""

import random

from channelplot.analysis.passage import Passage, steady_passage
from channelplot.geodesy.position import Position
from helpers.builders import at


def made_up_passages(count: int, name: str, fastest_kn: float = 12.0) -> dict[str, Passage]:
    """Return craft by uid, reported in the hour before 0300Z; the same for the same name."""
    lot = random.Random(name)
    return {
        f"{name}-{number}": steady_passage(
            Position(lot.uniform(1.25, 1.85), lot.uniform(50.85, 51.15)),
            at(f"02{lot.randrange(60):02}"),
            lot.uniform(0.0, 360.0),
            lot.uniform(0.0, fastest_kn),
        )
        for number in range(count)
    }
