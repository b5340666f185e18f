"""A desk whose lock was taken away, and a plot with two names: what the window says."""

import os
from pathlib import Path

from channelplot.store.lock import lock_path
from helpers.at_the_desk import OtherDesk
from helpers.operator import Operator, wait_until
from helpers.plot_files import file_rows


def test_a_desk_is_told_that_another_has_the_plot_and_saves_once_that_is_gone(
    operator: Operator, night: Path, other_desk: OtherDesk
) -> None:
    operator.opens(night)
    operator.enters_line("0210 50 58.0N 001 41.0E 10pob")
    lock_path(night).unlink()
    other = other_desk(night)

    wait_until(lambda: "at another desk too" in operator.sees_banner(), "it is told")
    assert operator.sees_saved_mark() == "Open at another desk"
    operator.types_line("0228 50 59.5N 001 37.0E 20pob")
    operator.presses("Return")
    wait_until(lambda: operator.sees_saved_mark() == "1 not saved", "it waits")
    assert "at another desk too" in operator.sees_banner()
    assert file_rows(night, "SELECT count(*) FROM reports") == [(1,)]

    other.kill()
    other.wait()
    wait_until(lambda: operator.sees_saved_mark().startswith("All saved"), "it is saved")
    assert "at another desk too" not in operator.sees_banner()
    assert file_rows(night, "SELECT count(*) FROM reports") == [(2,)]


def test_a_plot_with_two_names_says_why_it_is_open_to_read(operator: Operator, night: Path) -> None:
    second = night.with_name("second.gpkg")
    os.link(night, second)

    operator.opens(night)

    assert "has a second name" in operator.sees_banner()
    assert operator.sees_saved_mark() == "Read only"
