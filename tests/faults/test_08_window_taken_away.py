"""A plot file that is taken away under the window: told within a second, and nothing is lost."""

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from channelplot.cli.main import main
from helpers.operator import Operator, wait_until
from helpers.plot_files import file_rows

FEW_PAGES = 4096 * 6


def moved(plot: Path) -> None:
    plot.rename(plot.with_suffix(".away"))


def deleted(plot: Path) -> None:
    plot.unlink()


def replaced(plot: Path) -> None:
    other = plot.with_suffix(".other.gpkg")
    assert main(["new", str(other)]) == 0
    other.replace(plot)


def cut_short(plot: Path) -> None:
    os.truncate(plot, FEW_PAGES)


def is_red(operator: Operator) -> bool:
    return bool(operator.sees_banner()) and operator.window.banner.property("banner") == "bad"


def seconds_to_red(operator: Operator) -> float:
    begun_s = time.monotonic()
    wait_until(lambda: is_red(operator), "the banner is red")
    return time.monotonic() - begun_s


def has_failed(operator: Operator) -> bool:
    return operator.window.desk.session.document.save_state.failure is not None


def says_saved(operator: Operator) -> bool:
    told = operator.sees_banner() + operator.sees_saved_mark()
    return "All saved" in told or "is saved:" in told


def people(plot: Path) -> list[tuple[object, ...]]:
    return file_rows(plot, "SELECT people_total FROM reports ORDER BY fid")


def test_it_is_told_with_nothing_to_save_and_with_an_act_and_work_goes_on_in_a_copy(
    operator: Operator,
    night: Path,
    spoiled: set[Path],
    cycles: Callable[[int, int], int],
    figure: Callable[[str], None],
) -> None:
    looks_s: list[float] = []
    acts_s: list[float] = []
    false_saved = number = 0
    operator.opens(night)
    operator.enters_line("0210 50 58.0N 001 41.0E 10pob")
    for _ in range(cycles(1, 12)):
        for happens in (moved, deleted, replaced, cut_short):
            plot = operator.plot_path
            spoiled |= {plot, plot.with_suffix(".away")}
            before = people(plot)
            happens(plot)

            looks_s.append(seconds_to_red(operator))
            false_saved += says_saved(operator)
            operator.presses("Ctrl+S")
            false_saved += says_saved(operator)

            operator.types_line(f"51 0{number % 9}.5N 001 37.0E {20 + number}pob")
            operator.presses("Return")
            begun_s = time.monotonic()
            wait_until(lambda: has_failed(operator), "the act is refused")
            acts_s.append(time.monotonic() - begun_s)
            assert is_red(operator)
            assert operator.sees_saved_mark() == "1 not saved"
            false_saved += says_saved(operator)

            number += 1
            copy = plot.with_name(f"copy {number}.gpkg")
            operator.saves_copy(copy)
            assert str(copy) in operator.sees_banner()
            assert people(copy) == [*before, (19 + number,)]
            operator.presses("F12", "Return")
            assert operator.plot_path == copy, "the banner's button goes on in the copy"
            assert operator.sees_saved_mark().startswith("All saved")
            assert not is_red(operator)
            assert operator.focus_name == "Plot line"

    assert false_saved == 0
    figure(
        f"{number} faults, 0 false saved, red after {max(looks_s):.1f} s at most with nothing to"
        f" save, {max(acts_s):.1f} s with an act, all {number} copies whole"
    )


def test_a_file_that_is_put_back_is_gone_on_with_without_a_restart(
    operator: Operator, night: Path, figure: Callable[[str], None]
) -> None:
    operator.opens(night)
    operator.enters_line("0210 50 58.0N 001 41.0E 10pob")
    moved(night)
    seconds_to_red(operator)
    assert operator.sees_saved_mark() == "Plot file is gone"

    night.with_suffix(".away").rename(night)
    begun_s = time.monotonic()
    wait_until(lambda: "again" in operator.sees_banner(), "it is told")
    figure(f"put back: told after {time.monotonic() - begun_s:.1f} s")

    assert operator.sees_saved_mark().startswith("All saved")
    operator.enters_line("0228 50 59.5N 001 37.0E 20pob")
    assert people(night) == [(10,), (20,)]


@pytest.mark.parametrize("happens", [deleted, cut_short], ids=lambda each: each.__name__)
def test_who_only_reads_it_is_told_too_and_still_sees_everything(
    operator: Operator,
    night: Path,
    spoiled: set[Path],
    figure: Callable[[str], None],
    happens: Callable[[Path], None],
) -> None:
    operator.opens(night)
    operator.enters_line("0210 50 58.0N 001 41.0E 10pob")
    operator.closes()
    lock = night.with_name("night.gpkg.lock")
    lock.write_text('{"pid": 1, "host": "dover", "user": "j.smith"}')
    operator.opens(night)
    assert operator.sees_saved_mark() == "Read only"
    spoiled.add(night)

    happens(night)
    took_s = seconds_to_red(operator)

    assert operator.sees_saved_mark().startswith("Plot file is")
    assert len(operator.reads_panel("Reports")) == 1
    figure(f"read only, {happens.__name__}: {took_s:.1f} s")
