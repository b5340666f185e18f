"""Marks in a plot file: added, amended, withdrawn, brought back, and told in the log."""

from dataclasses import replace
from pathlib import Path

import pytest

from channelplot.commands.marks import add_mark, amend_mark, withdraw_mark
from channelplot.document.document import Document
from channelplot.model.plot import Plot
from channelplot.store.geopackage import PlotFile
from helpers.builders import R1, R2, a_mark
from helpers.clock import FixedClock
from helpers.opened import open_plot
from helpers.plot_files import assert_log_is_whole, file_rows, labels_in_log
from unit.store.files import opened

WRECK = a_mark("WRK", R1, name="Épave", kind="other", source="watch")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "night.gpkg"


@pytest.fixture
def document(path: Path, clock: FixedClock) -> Document:
    it = open_plot(Plot(), clock=clock, folder=path.parent)
    assert isinstance(it.store, PlotFile)
    return it.document


def loaded(path: Path) -> Plot:
    with opened(path) as file:
        return file.load().plot


def standing(path: Path) -> list[tuple[object, ...]]:
    """Code, name and kind of the marks that are not withdrawn."""
    sql = "SELECT code, name, kind FROM marks WHERE withdrawn_at_utc IS NULL ORDER BY code"
    return file_rows(path, sql)


def test_a_mark_comes_back_as_it_was_added_and_amended(document: Document, path: Path) -> None:
    document.apply(add_mark(WRECK))
    amended = replace(WRECK, code="W-1", position=R2, error_m=50.0, kind="buoy")
    document.apply(amend_mark(amended))
    document.close()
    assert loaded(path).marks == {WRECK.uid: amended}
    assert standing(path) == [("W-1", "Épave", "buoy")]


def test_withdrawing_keeps_the_row_and_undo_brings_it_back(document: Document, path: Path) -> None:
    document.apply(add_mark(WRECK))
    document.apply(withdraw_mark(WRECK.uid))
    assert standing(path) == []
    assert file_rows(path, "SELECT code FROM marks") == [("WRK",)]
    document.undo()
    assert standing(path) == [("WRK", "Épave", "other")]
    document.undo()
    assert standing(path) == []
    document.redo()
    document.redo()
    assert standing(path) == []
    document.close()
    assert loaded(path).marks == {}
    assert file_rows(path, "SELECT count(*) FROM marks") == [(1,)]
    assert_log_is_whole(path)


def test_a_mark_of_the_register_can_be_withdrawn_and_put_in_again(
    document: Document, path: Path
) -> None:
    document.apply(add_mark(WRECK))
    document.apply(withdraw_mark(WRECK.uid))
    again = replace(WRECK, position=R2, name="Wreck")
    document.apply(add_mark(again))
    document.close()
    assert loaded(path).marks == {WRECK.uid: again}
    assert file_rows(path, "SELECT count(*) FROM marks") == [(1,)]


def test_the_log_says_what_was_done_to_which_mark(document: Document, path: Path) -> None:
    document.apply(add_mark(WRECK))
    document.apply(amend_mark(replace(WRECK, name="Wreck")))
    document.apply(withdraw_mark(WRECK.uid))
    document.undo()
    document.close()
    assert labels_in_log(path) == [
        "new_plot", "add_mark", "amend_mark", "withdraw_mark", "undo.withdraw_mark",
    ]  # fmt: skip
    entities = file_rows(path, "SELECT DISTINCT entity, entity_uid FROM edit_log WHERE seq > 1")
    assert entities == [("mark", WRECK.uid)]
    where = f'$.marks."{WRECK.uid}"'
    told = file_rows(
        path,
        "SELECT json_extract(before, ?), json_extract(before, ?), json_extract(after, ?),"
        " json_extract(after, ?) IS NOT NULL FROM edit_log WHERE seq > 1 ORDER BY seq",
        f"{where}.code",
        f"{where}.name",
        f"{where}.name",
        f"{where}.withdrawn_at_utc",
    )
    assert told == [
        (None, None, "Épave", 0),
        ("WRK", "Épave", "Wreck", 0),
        ("WRK", "Wreck", "Wreck", 1),
        ("WRK", "Wreck", "Wreck", 0),
    ]
