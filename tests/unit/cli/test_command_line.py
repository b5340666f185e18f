"""The command line, without a screen: what it prints, its exit codes, its one sentence."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from channelplot.version import __version__
from helpers.plot_files import assert_log_is_whole, channelplot, file_rows


def test_it_says_its_version() -> None:
    done = channelplot("--version")
    assert (done.returncode, done.stdout, done.stderr) == (0, f"channelplot {__version__}\n", "")


def test_its_help_has_examples_of_every_command() -> None:
    done = channelplot("--help")
    assert (done.returncode, done.stderr) == (0, "")
    for command in (
        "new",
        "plot",
        "answers",
        "snapshot",
        "import",
        "export",
        "log",
        "check",
        "backups",
    ):
        assert f"channelplot {command} " in done.stdout.split("examples:")[1]


@pytest.mark.parametrize(
    "command", ["new", "plot", "answers", "check", "snapshot", "import", "export", "log", "backups"]
)
def test_each_command_has_help_with_an_example(command: str) -> None:
    done = channelplot(command, "--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert f"channelplot {command} night.gpkg" in done.stdout or (
        command == "new" and 'channelplot new "Watch 2026-09-15.gpkg"' in done.stdout
    )


def test_new_makes_a_sound_empty_plot(tmp_path: Path) -> None:
    plot = tmp_path / "Watch 2026-09-15.gpkg"

    made, checked = channelplot("new", str(plot)), channelplot("check", str(plot))

    assert (made.returncode, made.stdout, made.stderr) == (0, "", "")
    assert (checked.returncode, checked.stderr) == (0, "")
    assert checked.stdout == "Watch 2026-09-15.gpkg: whole and sound\n"
    assert file_rows(plot, "SELECT label, entity FROM edit_log") == [("new_plot", "plot")]
    assert_log_is_whole(plot)
    assert list(tmp_path.iterdir()) == [plot]


def test_new_leaves_alone_what_is_there(tmp_path: Path) -> None:
    plot = tmp_path / "night.gpkg"
    plot.write_text("mine")

    done = channelplot("new", str(plot))

    assert_one_sentence(done.stderr, "exists already")
    assert done.returncode == 1
    assert plot.read_text() == "mine"


def test_a_relative_name_means_the_folder_one_is_in(tmp_path: Path) -> None:
    assert channelplot("new", "night.gpkg", cwd=tmp_path).returncode == 0
    assert channelplot("check", "night.gpkg", cwd=tmp_path).returncode == 0
    assert (tmp_path / "night.gpkg").is_file()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("check", "gone.gpkg"), "no file gone.gpkg"),
        (("check", "no/folder/night.gpkg"), "does not exist"),
        (("check", "."), "is not a file"),
        (("check", "text.gpkg"), "not a GeoPackage"),
        (("new", "no/folder/night.gpkg"), "does not exist"),
        (("plot", "gone.gpkg", "0228 50 58.0N 001 41.0E"), "no file gone.gpkg"),
        (("plot", "text.gpkg", "0228 50 58.0N 001 41.0E"), "not a GeoPackage"),
        (("plot", "--dry-run", "gone.gpkg", "0228 50 58.0N 001 41.0E"), "no file gone.gpkg"),
        (("answers", "gone.gpkg", "--track", "A"), "no file gone.gpkg"),
        (("answers", "text.gpkg", "--track", "A"), "not a GeoPackage"),
        (("snapshot", "gone.gpkg", "out.png"), "no file gone.gpkg"),
        (("snapshot", "text.gpkg", "out.png"), "not a GeoPackage"),
        (("gone.gpkg",), "no display"),
    ],
)
def test_a_failure_is_one_sentence_and_exit_code_1(
    tmp_path: Path, words: tuple[str, ...], sentence: str
) -> None:
    (tmp_path / "text.gpkg").write_text("no plot " * 200)

    done = channelplot(*words, cwd=tmp_path)

    assert done.returncode == 1
    assert_one_sentence(done.stderr, sentence)
    assert done.stdout == ""
    assert [path.name for path in tmp_path.iterdir()] == ["text.gpkg"]


@pytest.mark.parametrize(
    "words",
    [
        ("--nonsense",),
        ("a.gpkg", "b.gpkg"),
        ("new",),
        ("new", "night.txt"),
        ("new", "night"),
        ("check",),
        ("check", "a.gpkg", "b.gpkg"),
        ("answers",),
        ("answers", "a.gpkg"),
        ("answers", "a.gpkg", "--track", "A", "--through-water"),
        ("snapshot",),
        ("snapshot", "a.gpkg"),
        ("snapshot", "a.gpkg", "a.jpg"),
        ("snapshot", "a.gpkg", "a.png", "--dpi", "big"),
        ("snapshot", "a.gpkg", "a.png", "--dpi", "1"),
        ("snapshot", "a.gpkg", "a.png", "--extent", "1", "2", "3"),
        ("snapshot", "a.gpkg", "a.png", "--extent", "2", "50", "1", "51"),
        ("snapshot", "a.gpkg", "a.png", "--extent", "nan", "50", "2", "51"),
        ("snapshot", "a.gpkg", "a.png", "--fit", "--extent", "1", "50", "2", "51"),
    ],
)
def test_wrong_use_is_exit_code_2_and_makes_nothing(tmp_path: Path, words: tuple[str, ...]) -> None:
    done = channelplot(*words, cwd=tmp_path)

    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.splitlines()[-1].startswith("channelplot")
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_check_tells_what_is_wrong_and_changes_nothing(tmp_path: Path) -> None:
    plot = tmp_path / "night.gpkg"
    assert channelplot("new", str(plot)).returncode == 0
    with closing(sqlite3.connect(plot)) as conn:
        conn.execute("PRAGMA user_version = 7")
        conn.commit()
    before = plot.read_bytes()

    done = channelplot("check", str(plot))

    assert done.returncode == 1
    assert "GeoPackage version is another: 7" in done.stdout
    assert_one_sentence(done.stderr, "wrong")
    assert plot.read_bytes() == before


def test_without_a_display_it_names_the_command_that_needs_none() -> None:
    done = channelplot()

    assert done.returncode == 1
    assert_one_sentence(done.stderr, "channelplot snapshot PLOT OUT.png")


def test_a_display_that_cannot_be_reached_ends_without_a_traceback() -> None:
    done = channelplot(env={"DISPLAY": ":98765"})

    assert done.returncode != 0
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(os.name != "posix", reason="a pipe that nobody reads")
def test_output_that_nobody_reads_is_no_traceback(tmp_path: Path) -> None:
    done = subprocess.run(
        [f"'{sys.executable}' -m channelplot --help | true"],
        shell=True,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stderr


def assert_one_sentence(said: str, words: str) -> None:
    """It is one line, names the program, holds the words, and is no traceback."""
    assert said.startswith("channelplot: ")
    assert said.endswith("\n")
    assert said.count("\n") == 1
    assert words in said
