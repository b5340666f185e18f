"""What a jump to another scale needs is made before it is asked for."""

from dataclasses import replace

import pytest

from channelplot.basemap.levels import Levels
from channelplot.chart.cancel import NEVER, Cancel
from channelplot.chart.ready import make_ready
from helpers.charts import a_scene, basemap

CLOSE = 30.0


def test_the_coast_of_every_scale_is_made_beforehand(monkeypatch: pytest.MonkeyPatch) -> None:
    levels = Levels(basemap())
    make_ready(replace(a_scene(), levels=levels), NEVER)
    monkeypatch.setattr(Levels, "_thinned", None)  # nothing is made any more
    monkeypatch.setattr(Levels, "_full", None)
    scales = [CLOSE * 2.0**step for step in range(12)]
    assert len({id(levels.at(m_per_px)) for m_per_px in scales}) == 9


def test_a_preparation_that_is_cancelled_makes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    for name in ("_thinned", "_full"):
        monkeypatch.setattr(Levels, name, lambda *_, name=name: made.append(name))
    cancelled = Cancel()
    cancelled.cancel()
    make_ready(replace(a_scene(), levels=Levels(basemap())), cancelled)
    assert made == []


def test_a_scene_without_a_chart_file_needs_nothing() -> None:
    make_ready(replace(a_scene(), levels=None), NEVER)
