"""The desk's figures: what was chosen counts at once for all that reckon with it."""

from pathlib import Path

import pytest

from channelplot.analysis.overdue import UsualIntervals
from channelplot.errors import SettingsError
from channelplot.model.codes import Craft, SourceKind
from channelplot.settings import (
    ALERT_SOUND,
    CONTACT_ADRIFT_MIN,
    CONTACT_INTERVAL_MIN,
    ERROR_GROWTH,
    PLAUSIBLE_SPEED_KN,
    POSITION_ERROR_M,
    Setting,
    Settings,
)
from channelplot.tools.figures import Figures


@pytest.fixture
def figures(tmp_path: Path) -> Figures:
    """The figures before anybody chose any."""
    return Figures(Settings(tmp_path))


def test_another_figure_counts_at_once_and_is_announced(figures: Figures) -> None:
    announced: list[Setting] = []
    figures.changed.connect(announced.append)
    before = figures.error_model
    assert figures.error_model is before, "made once"

    figures.choose(POSITION_ERROR_M["phone"], 900)
    figures.choose(ERROR_GROWTH["small_boat"], 3704)
    figures.choose(PLAUSIBLE_SPEED_KN["small_boat"], 8)
    figures.choose(CONTACT_INTERVAL_MIN, 15)

    model = figures.error_model
    assert model.error_m[SourceKind.PHONE] == 900.0
    assert model.growth_kn[Craft.SMALL_BOAT] == 2.0
    assert model.plausible_speed_kn[Craft.SMALL_BOAT] == 8.0
    assert figures.usual_interval_min == 15
    assert announced == [
        POSITION_ERROR_M["phone"],
        ERROR_GROWTH["small_boat"],
        PLAUSIBLE_SPEED_KN["small_boat"],
        CONTACT_INTERVAL_MIN,
    ]


def test_boats_adrift_have_an_interval_of_their_own(figures: Figures) -> None:
    assert figures.usual_intervals == UsualIntervals(30, 15)
    figures.choose(CONTACT_INTERVAL_MIN, 20)
    assert figures.usual_intervals == UsualIntervals(20, 15), "no half of the other"
    figures.choose(CONTACT_ADRIFT_MIN, 10)
    assert figures.usual_intervals == UsualIntervals(20, 10)


def test_the_same_again_is_no_change(figures: Figures) -> None:
    announced: list[Setting] = []
    figures.changed.connect(announced.append)
    figures.choose(CONTACT_INTERVAL_MIN, 30)
    assert announced == []


def test_last_until_next_time(figures: Figures, tmp_path: Path) -> None:
    assert figures.value(ALERT_SOUND) == "on"
    figures.choose(ALERT_SOUND, "off")
    assert not figures.is_sound_on
    assert not Figures(Settings(tmp_path)).is_sound_on


@pytest.mark.parametrize(
    ("setting", "value"), [(CONTACT_INTERVAL_MIN, 0), (ALERT_SOUND, "loud"), (ALERT_SOUND, 1)]
)
def test_what_is_out_of_range_is_refused(
    figures: Figures, setting: Setting, value: str | int
) -> None:
    announced: list[Setting] = []
    figures.changed.connect(announced.append)
    with pytest.raises(SettingsError):
        figures.choose(setting, value)
    assert figures.value(setting) == setting.default
    assert announced == []


def test_a_choice_that_cannot_be_kept_counts_all_the_same(tmp_path: Path) -> None:
    in_the_way = tmp_path / "config"
    figures = Figures(Settings(in_the_way))
    in_the_way.write_text("no folder", "ascii")
    announced: list[Setting] = []
    figures.changed.connect(announced.append)
    with pytest.raises(OSError, match="config"):
        figures.choose(CONTACT_INTERVAL_MIN, 10)
    assert figures.usual_interval_min == 10
    assert announced == [CONTACT_INTERVAL_MIN]
