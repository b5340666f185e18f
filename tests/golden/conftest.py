"""What holds for every picture that is kept: it is looked at in each palette."""

import pytest

from channelplot.chart.palette import PALETTES


@pytest.fixture(params=list(PALETTES))
def palette(request: pytest.FixtureRequest) -> str:
    """The code of each palette in turn: day, dusk, night."""
    return str(request.param)
