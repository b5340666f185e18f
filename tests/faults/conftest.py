"""Figures, files left behind, and the line that is printed for each of the thirty."""

import faulthandler
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from helpers.at_the_desk import _empty_plot, night, operator, other_desk
from helpers.forked import Workers, workers
from helpers.left_behind import require_sound
from helpers.ready_desks import READY
from helpers.ready_readers import _ready_to_read, ready_readers
from helpers.thirty_faults import Shown, lines_of, number_of
from unit.store.conftest import open_folder, small_disk

__all__ = [
    "_empty_plot", "_ready_to_read", "night", "open_folder", "operator", "other_desk",
    "ready_readers", "small_disk",
]  # fmt: skip

IS_FULL = bool(os.environ.get("CHANNELPLOT_FAULTS_FULL"))
_FIGURE = "figure"


@pytest.fixture
def figure(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Tell a figure as it was measured; it stands in the line of the test's number."""

    def tell(text: str) -> None:
        request.node.user_properties.append((_FIGURE, text))

    return tell


@pytest.fixture(scope="session")
def cycles() -> Callable[[int, int], int]:
    """How often to do something: (briefly, in full). In full no test is too long."""

    def choose(briefly: int, in_full: int) -> int:
        if IS_FULL:
            faulthandler.cancel_dump_traceback_later()
        return in_full if IS_FULL else briefly

    return choose


@pytest.fixture(scope="session")
def ready_desks() -> Iterator[Workers]:
    """What has the program imported: for ``helpers.ready_desks.run``."""
    with workers(READY) as ready:
        yield ready


@pytest.fixture
def spoiled() -> set[Path]:
    """Plot files that a test spoils on purpose: what it leaves of them need not be sound."""
    return set()


@pytest.fixture(autouse=True)
def _left_behind(tmp_path: Path, home: Path, spoiled: set[Path]) -> Iterator[None]:
    """Every plot that a test leaves behind is sound, by our own check and by GDAL's validator."""
    yield
    for folder in (tmp_path, home):
        require_sound(folder, spoiled)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print a line for each of the thirty, where they were asked for."""
    shown: dict[int, Shown] = {}
    for outcome in ("passed", "failed", "error", "skipped"):
        for report in terminalreporter.stats.get(outcome, []):
            number = number_of(Path(report.nodeid.split("::")[0]))
            if number is None:
                continue
            each = shown.setdefault(number, Shown())
            each.passed += outcome == "passed"
            each.failed += outcome in ("failed", "error")
            each.skipped += outcome == "skipped"
            each.seconds += report.duration
            each.figures += [text for name, text in report.user_properties if name == _FIGURE]
            if outcome == "skipped" and isinstance(report.longrepr, tuple):
                each.figures.append(f"NOT RUN: {report.longrepr[2].removeprefix('Skipped: ')}")
    if shown:
        terminalreporter.section("what a plot survives")
        for line in lines_of(shown):
            terminalreporter.write_line(line)
