"""What the plot line keeps beyond a crash."""

import json
import logging
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from channelplot.ui.line.memory import KEEP_MS, MOST_RECALLED, HalfLine, Recall


@pytest.fixture
def owner(qtbot: QtBot) -> QObject:
    """Something for half lines to belong to."""
    return QObject()


def files(folder: Path) -> list[Path]:
    return sorted((folder / "half_lines").glob("*")) if (folder / "half_lines").exists() else []


def test_a_half_line_is_on_disk_very_soon_however_fast_one_types(
    owner: QObject, tmp_path: Path, qtbot: QtBot
) -> None:
    half = HalfLine(owner, tmp_path, tmp_path / "night.gpkg")
    for count in range(1, 6):
        half.keep("0210 "[:count])

    assert KEEP_MS <= 50
    # Its draft stands beside it for a moment before.
    qtbot.waitUntil(lambda: [path.suffix for path in files(tmp_path)] == [".json"])
    (path,) = files(tmp_path)
    assert json.loads(path.read_text("utf-8"))["line"] == "0210 "


def test_typing_on_does_not_put_the_writing_off(
    owner: QObject, tmp_path: Path, qtbot: QtBot
) -> None:
    half = HalfLine(owner, tmp_path, tmp_path / "night.gpkg")
    half.keep("0")
    text = ""
    while not files(tmp_path) and len(text) < 2_000:
        text += "x"
        half.keep(text)
        qtbot.wait(5)
    assert len(text) < 400, "it was written while typing went on"


def test_the_next_start_finds_it_and_an_empty_line_leaves_nothing(
    owner: QObject, tmp_path: Path
) -> None:
    half = HalfLine(owner, tmp_path, tmp_path / "night.gpkg")
    half.keep("0210 50 5")
    half.flush()
    assert HalfLine(owner, tmp_path, tmp_path / "night.gpkg").left() == "0210 50 5"

    half.keep("")
    half.flush()

    assert HalfLine(owner, tmp_path, tmp_path / "night.gpkg").left() == ""
    assert files(tmp_path) == []
    half.keep("")


def test_the_same_words_typed_again_are_kept_again(owner: QObject, tmp_path: Path) -> None:
    half = HalfLine(owner, tmp_path, tmp_path / "night.gpkg")
    for _ in range(2):
        half.keep("0210")
        half.flush()
        assert half.left() == "0210"
        half.keep("")
        half.flush()
        assert half.left() == ""


def test_each_plot_has_its_own(owner: QObject, tmp_path: Path) -> None:
    one = HalfLine(owner, tmp_path, tmp_path / "one.gpkg")
    other = HalfLine(owner, tmp_path, tmp_path / "other.gpkg")
    one.keep("of the one")
    one.flush()
    assert other.left() == ""


def test_any_character_survives(owner: QObject, tmp_path: Path) -> None:
    text = "à 7,2 milles \N{SAILBOAT} \udc80 \x07"
    half = HalfLine(owner, tmp_path, tmp_path / "nuit \udce9.gpkg")
    half.keep(text)
    half.flush()
    assert half.left() == text


def test_a_folder_that_can_t_be_written_to_stops_nobody(
    owner: QObject, tmp_path: Path, expected_warnings: list[logging.LogRecord]
) -> None:
    (tmp_path / "half_lines").write_text("in the way")
    half = HalfLine(owner, tmp_path, tmp_path / "night.gpkg")
    half.keep("0210 50 58")
    half.flush()

    assert "0210" not in expected_warnings[0].getMessage(), "no words of a report in the log"
    (tmp_path / "half_lines").unlink()
    half.keep("0210 50 58.0")
    half.flush()
    assert half.left() == "0210 50 58.0"


@pytest.mark.parametrize("spoilt", ["{", "[]", '{"line": 7}', ""])
def test_a_spoilt_file_counts_as_none(
    owner: QObject, tmp_path: Path, spoilt: str, request: pytest.FixtureRequest
) -> None:
    half = HalfLine(owner, tmp_path, tmp_path / "night.gpkg")
    half.keep("x")
    half.flush()
    (path,) = files(tmp_path)
    path.write_text(spoilt)
    if spoilt in ("{", ""):
        request.getfixturevalue("expected_warnings")
    assert half.left() == ""


def test_the_last_fifty_lines_are_recalled(tmp_path: Path) -> None:
    assert Recall(tmp_path).lines() == ()
    Recall(tmp_path).keep(tuple(f"line {n}" for n in range(60)))

    lines = Recall(tmp_path).lines()

    assert len(lines) == MOST_RECALLED == 50
    assert lines[-1] == "line 59"


@pytest.mark.parametrize("spoilt", ['{"lines": "x"}', '{"lines": [1, "a", null]}'])
def test_a_spoilt_recall_gives_what_is_sound_of_it(tmp_path: Path, spoilt: str) -> None:
    (tmp_path / "recall.json").write_text(spoilt)
    assert set(Recall(tmp_path).lines()) <= {"a"}
