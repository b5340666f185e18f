"""What another program did to the plot, in the watch log and in the menu."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from channelplot.document.document import Document
from channelplot.document.opening import document_of
from channelplot.document.writer import InlineWriter
from channelplot.geodesy.text import position_text
from channelplot.store.geometry import register_functions
from channelplot.store.geopackage import PlotFile
from channelplot.ui.panels.log_book import LogBook
from channelplot.ui.words.act_words import act_text
from helpers.builders import night_plot
from helpers.clock import FixedClock
from helpers.opened import open_plot


def words_of(document: Document) -> str:
    """The last act of the log in words."""
    book = LogBook(lambda position: position_text(position))
    book.show(document.acts)
    return book.entry(len(document.acts) - 1).words


@pytest.mark.parametrize(
    ("statements", "words"),
    [
        (["UPDATE tracks SET note = 'x' WHERE name = 'A'"], "another program amended boat A"),
        (
            [
                "UPDATE tracks SET note = 'x' WHERE name = 'A'",
                "INSERT INTO log_lines (text) VALUES ('by QGIS')",
                "DELETE FROM marks",
            ],
            "another program amended boat A; added log line “by QGIS”; withdrew mark CGN",
        ),
        (["UPDATE people_counts SET men = 1"], "another program changed the file"),
    ],
)
def test_what_another_program_did_is_told(
    tmp_path: Path, clock: FixedClock, statements: list[str], words: str
) -> None:
    opened = open_plot(night_plot(), clock=clock, folder=tmp_path)
    opened.document.close()
    path = opened.document.path
    with closing(sqlite3.connect(path, isolation_level=None)) as qgis:
        register_functions(qgis)
        for statement in statements:
            qgis.execute(statement)
    document = document_of(
        PlotFile.open(path), writer=InlineWriter(), clock=clock, operator="watch"
    )
    document.look()
    assert words_of(document).startswith(words)
    document.close()


def test_the_menu_names_it() -> None:
    assert act_text("outside_edit", "") == "what another program changed"
