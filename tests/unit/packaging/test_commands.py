"""The words that `tasks.py` takes, and how they reach the tools."""

from pathlib import Path

import pytest

from steps import checks, commands, system_libraries, testing
from steps.say import Stopped


def test_help_names_every_task(capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.main(["--help"]) == 0
    said = capsys.readouterr().out
    assert [name for name in commands.COMMANDS if f"  {name} " not in said] == []


@pytest.mark.parametrize("words", [["tset"], ["check", "app"], []])
def test_wrong_use_is_said_and_ends_with_2(words: list[str]) -> None:
    assert commands.main(words) == 2


@pytest.mark.parametrize(
    ("words", "to_pytest"),
    [
        ([], []),
        (["tests/unit"], ["tests/unit"]),
        (["tests/unit/test_project.py::test_x"], ["tests/unit/test_project.py::test_x"]),
        (["undo"], ["-k", "undo"]),
        (["undo", "or", "redo"], ["-k", "undo or redo"]),
        (["packaging"], ["-k", "packaging"]),
        (["undo", "track"], ["-k", "undo and track"]),
        (["tests/unit", "undo"], ["tests/unit", "-k", "undo"]),
        (["-k", "undo or redo", "-x"], ["-k", "undo or redo", "-x"]),
    ],
)
def test_words_reach_pytest_as_paths_names_or_options(
    words: list[str], to_pytest: list[str]
) -> None:
    assert testing.selection(words) == to_pytest


def test_a_file_over_the_limit_is_named(tmp_path: Path) -> None:
    package = tmp_path / "app" / "channelplot"
    package.mkdir(parents=True)
    (package / "long.py").write_text("x = 1\n" * (checks.LONGEST_FILE_LINES + 1))
    (package / "fits.py").write_text("x = 1\n" * checks.LONGEST_FILE_LINES)
    assert checks.too_long(tmp_path) == ["app/channelplot/long.py: 601 lines"]


@pytest.mark.skipif("sys.platform != 'linux'", reason="libraries are looked for on Linux only")
def test_a_library_that_cannot_be_loaded_is_missing_with_its_package(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(system_libraries.LIBRARIES, "libnowhere.so.9", "libnowhere9")
    assert system_libraries.missing(for_tests=False) == {"libnowhere.so.9": "libnowhere9"}


@pytest.mark.skipif("sys.platform != 'linux'", reason="libraries are looked for on Linux only")
def test_without_apt_the_sentence_names_the_missing_library(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(system_libraries.LIBRARIES, "libnowhere.so.9", "libnowhere9")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Stopped, match=r"libnowhere\.so\.9"):
        system_libraries.ensure(for_tests=False)
