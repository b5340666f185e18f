"""Files that are no plots, or can't be written to: a sentence each, and the plot goes on."""

import os
import shutil
import sqlite3
import stat
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import mkdtemp

import pytest

from channelplot.cli.main import main
from channelplot.store.backups import backups_of
from helpers.builders import R1
from helpers.operator import Operator, wait_until
from helpers.plot_files import channelplot, file_rows

NOBODY = 65534


def a_plot_file(path: Path) -> None:
    assert main(["new", str(path)]) == 0


def altered(path: Path, *statements: str) -> None:
    a_plot_file(path)
    with closing(sqlite3.connect(path)) as conn:
        for statement in statements:
            conn.execute(statement)
        conn.commit()


def text(path: Path) -> None:
    path.write_text("R1 0210Z 50 58.0N 001 41.0E\n" * 200)


def empty(path: Path) -> None:
    path.touch()


def picture(path: Path) -> None:
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40)


def vrt(path: Path) -> None:
    path.write_text(
        "<OGRVRTDataSource><OGRVRTLayer name='x'><SrcDataSource>/etc/passwd</SrcDataSource>"
        "</OGRVRTLayer></OGRVRTDataSource>"
    )


def plain_sqlite(path: Path) -> None:
    with closing(sqlite3.connect(path)) as conn:
        conn.execute("CREATE TABLE reports (uid TEXT)")
        conn.commit()


def of_another_program(path: Path) -> None:
    altered(path, "DROP TABLE app_meta")


def newer(path: Path) -> None:
    altered(path, "UPDATE app_meta SET value = '99' WHERE key = 'schema_version'")


def without_a_table(path: Path) -> None:
    altered(path, "DROP TABLE edit_log")


def overwritten_in_the_middle(path: Path) -> None:
    a_plot_file(path)
    with path.open("r+b") as file:
        file.seek(4096 * 3)
        file.write(bytes(range(1, 256)) * 100)


def cut_off(path: Path) -> None:
    a_plot_file(path)
    os.truncate(path, 4096 * 5)


def headless(path: Path) -> None:
    a_plot_file(path)
    with path.open("r+b") as file:
        file.write(b"\0" * 100)


def a_folder(path: Path) -> None:
    path.mkdir()


def a_pipe(path: Path) -> None:
    os.mkfifo(path)


BAD: list[tuple[Callable[[Path], None], str]] = [
    (text, "is not a GeoPackage"),
    (empty, "is not a GeoPackage"),
    (picture, "is not a GeoPackage"),
    (vrt, "is not a GeoPackage"),
    (plain_sqlite, "is not a GeoPackage"),
    (headless, "is not a GeoPackage"),
    (of_another_program, "of another program"),
    (newer, "newer Channel Plot"),
    (without_a_table, "is damaged"),
    (overwritten_in_the_middle, "is damaged"),
    (cut_off, "is damaged"),
    (a_folder, "is not a file"),
    (a_pipe, "is not a file"),
]
NAMES = [make.__name__ for make, _ in BAD]


def fingerprint(path: Path) -> tuple[object, ...]:
    """Kind, content and time of what stands there."""
    status = path.lstat()
    content = path.read_bytes() if stat.S_ISREG(status.st_mode) else sorted_names(path)
    return stat.S_IFMT(status.st_mode), content, status.st_mtime_ns


def sorted_names(path: Path) -> list[str]:
    return sorted(each.name for each in path.iterdir()) if path.is_dir() else []


@pytest.mark.parametrize(("make", "sentence"), BAD, ids=NAMES)
def test_a_bad_file_is_told_of_and_the_plot_goes_on(
    operator: Operator, night: Path, make: Callable[[Path], None], sentence: str
) -> None:
    bad = night.parent / "bad.gpkg"
    make(bad)
    before, beside = fingerprint(bad), sorted_names(night.parent)
    operator.opens(night)
    operator.plots(R1)

    assert not operator.window.files.open(bad)

    assert sentence in operator.sees_banner()
    assert "bad.gpkg" in operator.sees_banner()
    assert operator.plot_path == night
    operator.plots("50 58.789N 001 39.431E")
    assert operator.file_rows("SELECT count(*) FROM reports") == [(2,)]
    operator.closes()
    assert fingerprint(bad) == before
    # Beside the plot that was open stand its own backups; nothing stands beside the bad file.
    assert sorted_names(night.parent) == [*beside, "night.gpkg.backups"]
    backups = backups_of(night, None)
    assert backups
    assert sorted_names(night.parent / "night.gpkg.backups") == sorted(
        each.path.name for each in backups
    )


@pytest.mark.parametrize(("make", "sentence"), BAD, ids=NAMES)
def test_a_start_on_it_says_the_same_over_the_example(
    operator: Operator, tmp_path: Path, make: Callable[[Path], None], sentence: str
) -> None:
    bad = tmp_path / "bad.gpkg"
    make(bad)
    before = fingerprint(bad)

    operator.opens(bad)

    assert sentence in operator.sees_banner()
    assert operator.plot_path.name == "Example night.gpkg"
    assert fingerprint(bad) == before


@pytest.mark.parametrize(("make", "sentence"), [BAD[0], BAD[-1]], ids=[NAMES[0], NAMES[-1]])
def test_a_start_on_it_without_a_display_is_one_sentence(
    tmp_path: Path, make: Callable[[Path], None], sentence: str
) -> None:
    bad = tmp_path / "bad.gpkg"
    make(bad)
    before = fingerprint(bad)

    done = channelplot(str(bad))

    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "no display" in done.stderr
    assert sentence not in done.stderr
    assert fingerprint(bad) == before


@pytest.mark.parametrize(
    ("name", "sentence"),
    [("gone.gpkg", "no file gone.gpkg"), ("no/such/night.gpkg", "does not exist")],
)
def test_what_is_not_there_is_not_made(
    operator: Operator, night: Path, name: str, sentence: str
) -> None:
    operator.opens(night)

    operator.window.files.open(night.parent / name)

    assert sentence in operator.sees_banner()
    assert sorted_names(night.parent) == ["night.gpkg", "night.gpkg.lock"]


def test_a_last_plot_that_is_gone_is_passed_over_with_a_word(
    operator: Operator, night: Path
) -> None:
    operator.opens(night)
    operator.closes()
    night.unlink()

    operator.opens()

    assert "no file night.gpkg" in operator.sees_banner()
    assert operator.plot_path.name == "Example night.gpkg"


@contextmanager
def rights_of_nobody() -> Iterator[None]:
    """Let root, for whom no file is read-only, be nobody for a while."""
    if os.geteuid() != 0:
        yield
        return
    here = Path(__file__).resolve()
    if not all(folder.stat().st_mode & stat.S_IXOTH for folder in here.parents):
        pytest.skip("nobody but root may look into the folder that the checkout lies in")
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def open_folder(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder that anybody can reach, and the settings' folder in it that anybody can use."""
    outer = Path(mkdtemp(prefix="channelplot-"))
    outer.chmod(0o755)
    for name in ("plots", "config", "data", "state"):
        (outer / name).mkdir()
        (outer / name).chmod(0o777)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(outer / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(outer / "data"))
    monkeypatch.setenv("XDG_STATE_HOME", str(outer / "state"))
    yield outer / "plots"
    (outer / "plots").chmod(0o755)
    shutil.rmtree(outer)


@pytest.mark.parametrize("what", ["file", "folder"])
def test_a_plot_that_cannot_be_written_to_opens_to_read(
    operator: Operator, night: Path, open_folder: Path, what: str
) -> None:
    operator.opens(night)
    operator.plots("50 58.0N 001 41.0E")
    operator.closes()
    plot = open_folder / "night.gpkg"
    plot.write_bytes(night.read_bytes())
    plot.chmod(0o444 if what == "file" else 0o666)
    open_folder.chmod(0o777 if what == "file" else 0o555)
    before = plot.read_bytes()

    with rights_of_nobody():
        operator.opens(plot)
        assert "reading only" in operator.sees_banner()
        assert operator.sees_saved_mark() == "Read only"
        assert operator.reads_column("Reports", "Position") == ["50°58.00'N 001°41.00'E"]
        for tool in ("report", "beach", "mark", "move_report"):
            assert not operator.window.actions_by_id[tool].isEnabled()
            assert "reading only" in operator.window.actions_by_id[tool].toolTip()
        assert "read only" in operator.window.windowTitle()
        assert len(operator.reads_panel("Reports")) == 1
        operator.closes()

    assert plot.read_bytes() == before
    assert sorted_names(open_folder) == ["night.gpkg"]


def test_a_plot_with_strange_triggers_opens_to_read(operator: Operator, night: Path) -> None:
    with closing(sqlite3.connect(night)) as conn:
        conn.execute("CREATE TRIGGER gone AFTER INSERT ON reports BEGIN DELETE FROM reports; END")
        conn.commit()

    operator.opens(night)

    assert not operator.window.actions_by_id["report"].isEnabled()
    assert "another program" in operator.sees_banner()
    assert file_rows(night, "SELECT count(*) FROM reports") == [(0,)]


def test_a_copy_of_a_read_only_plot_can_be_worked_on(operator: Operator, night: Path) -> None:
    test_a_plot_with_strange_triggers_opens_to_read(operator, night)
    operator.presses("Escape")
    operator.window.banner.clear()
    copy = night.parent / "copy.gpkg"

    operator.saves_copy(copy)

    assert str(copy) in operator.sees_banner()
    assert copy.is_file()


def test_a_plot_that_is_open_elsewhere_opens_to_read(
    operator: Operator, night: Path, other_desk: Callable[[Path], None]
) -> None:
    other_desk(night)

    operator.opens(night)

    assert operator.sees_saved_mark() == "Read only"
    assert not operator.window.actions_by_id["report"].isEnabled()
    assert file_rows(night, "SELECT count(*) FROM reports") == [(0,)]
    wait_until(lambda: "has had it open since" in operator.sees_banner(), "the banner says who")


def test_rights_lost_while_open_keep_the_act_until_they_are_back(
    operator: Operator, night: Path, open_folder: Path
) -> None:
    operator.opens(night)  # so that every module is there: nobody may not read root's Python
    operator.plots(R1)
    operator.closes()
    plot = open_folder / "night.gpkg"
    plot.write_bytes(night.read_bytes())
    plot.chmod(0o666)
    open_folder.chmod(0o777)
    with rights_of_nobody():
        operator.opens(plot)
    open_folder.chmod(0o555)
    with rights_of_nobody():
        operator.begins_report("50 58.789N 001 39.431E")
        operator.presses("Return")
        wait_until(lambda: "can't be written to" in operator.sees_banner(), "the banner says so")
        assert operator.sees_saved_mark() == "1 not saved"
        assert file_rows(plot, "SELECT count(*) FROM reports") == [(1,)]
    open_folder.chmod(0o777)
    with rights_of_nobody():
        operator.waits_until_saved()
        operator.closes()
    assert file_rows(plot, "SELECT count(*) FROM reports") == [(2,)]
