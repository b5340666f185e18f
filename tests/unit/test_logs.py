"""The log: where it is, in UTC, and no larger than it may be."""

import logging
import re
from collections.abc import Iterator
from logging.handlers import RotatingFileHandler
from pathlib import Path

import pytest

from channelplot.logs import LARGEST_LOG_BYTES, OLD_LOGS, start_logging

LOGGER = logging.getLogger("channelplot")


@pytest.fixture(autouse=True)
def _logger_as_it_was() -> Iterator[None]:
    """Closes the log files a test has opened and puts the level back."""
    level, handlers = LOGGER.level, list(LOGGER.handlers)
    yield
    for handler in [h for h in LOGGER.handlers if h not in handlers]:
        LOGGER.removeHandler(handler)
        handler.close()
    LOGGER.setLevel(level)


def test_the_log_is_made_with_its_folder_when_there_is_something_to_write(tmp_path: Path) -> None:
    folder = tmp_path / "state" / "log"
    path = start_logging(folder)
    assert path == folder / "channelplot.log"
    assert folder.is_dir()
    assert not path.exists()
    logging.getLogger("channelplot.store").info("%d acts saved", 3)
    (line,) = path.read_text("utf-8").splitlines()
    time = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"
    assert re.fullmatch(rf"{time} INFO channelplot\.store: 3 acts saved", line)


def test_times_are_in_utc_wherever_the_desk_is(tmp_path: Path) -> None:
    path = start_logging(tmp_path)
    record = logging.LogRecord("channelplot", logging.INFO, "", 0, "noon", None, None)
    record.created, record.msecs = 1_789_473_600.25, 250.0  # 2026-09-15 12:00:00.250 UTC
    LOGGER.handle(record)
    assert path.read_text("utf-8").startswith("2026-09-15T12:00:00.250Z ")


def test_what_is_for_debugging_is_left_out_and_an_error_is_written_with_where_it_was(
    tmp_path: Path, expected_warnings: list[logging.LogRecord]
) -> None:
    path = start_logging(tmp_path)
    LOGGER.debug("50 58.0N 001 41.0E")
    try:
        raise ZeroDivisionError
    except ZeroDivisionError:
        LOGGER.exception("a mistake")
    text = path.read_text("utf-8")
    assert "50 58.0N" not in text
    assert "ERROR channelplot: a mistake" in text
    assert "ZeroDivisionError" in text
    assert len(expected_warnings) == 1


def test_the_log_starts_over_before_it_grows_too_large_and_old_ones_go(tmp_path: Path) -> None:
    path = start_logging(tmp_path)
    (handler,) = [h for h in LOGGER.handlers if isinstance(h, RotatingFileHandler)]
    assert (handler.maxBytes, handler.backupCount) == (LARGEST_LOG_BYTES, OLD_LOGS)
    line = "x" * 100_000
    for _ in range(60):
        LOGGER.info(line)
    logs = sorted(tmp_path.iterdir())
    assert len(logs) == OLD_LOGS + 1
    assert path in logs
    assert all(log.stat().st_size <= LARGEST_LOG_BYTES for log in logs)


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "log").write_text("in the way", "utf-8")
    with pytest.raises(OSError, match="xist"):
        start_logging(tmp_path / "log")
