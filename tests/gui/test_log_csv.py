"""The watch log as a table for spreadsheets: whole, masked, and running nothing."""

import csv
import io
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from channelplot.commands.command import Command
from channelplot.commands.log_lines import add_log_line
from channelplot.commands.reports import add_report, amend_report
from channelplot.errors import ExportError
from channelplot.model.log_line import LogLine
from channelplot.model.people import PeopleCount
from channelplot.model.plot import Plot
from channelplot.model.report import Report
from channelplot.store.geopackage import PlotFile
from channelplot.store.log import LoggedAct
from channelplot.store.log_hashes import read_hashes
from channelplot.ui.files.written_file import write_csv
from channelplot.ui.log.log_csv import COLUMNS, LONGEST, log_csv, safe_field
from helpers.builders import a_report, a_track, at, night_plot
from helpers.clock import FixedClock
from helpers.opened import open_plot
from helpers.plot_files import file_rows

Row = dict[str, str]


@pytest.fixture
def log(tmp_path: Path, clock: FixedClock) -> "LogMaker":
    return LogMaker(tmp_path, clock)


class LogMaker:
    """Makes a file, does commands, and exports its log."""

    def __init__(self, folder: Path, clock: FixedClock) -> None:
        self.folder, self.clock = folder, clock
        self.path = Path()
        self.acts = tuple[LoggedAct, ...]()

    def of(self, plot: Plot, *commands: Command) -> None:
        opened = open_plot(plot, clock=self.clock, folder=self.folder)
        for command in commands:
            opened.document.apply(command)
        opened.document.close()
        self.path = opened.store.path
        file = PlotFile.open(self.path)
        self.acts = file.load().acts
        file.close()

    def text(self, *, is_masked: bool = True, only: Iterable[int] | None = None) -> str:
        wanted = None if only is None else frozenset(only)
        return log_csv(self.acts, read_hashes(self.path), is_masked=is_masked, only=wanted)

    def rows(self, *, is_masked: bool = True, only: Iterable[int] | None = None) -> list[Row]:
        text = self.text(is_masked=is_masked, only=only)
        return list(csv.DictReader(io.StringIO(text, newline="")))


def a_line(text: str) -> Command:
    return add_log_line(LogLine(uid=text[:30], at_utc=at("0300"), text=text, operator="watch"))


def a_call(words: str, caller: str) -> Report:
    return replace(a_report("0245", as_received=words), caller=caller)


def test_every_act_has_a_row_with_every_column(log: LogMaker) -> None:
    report = a_report("0245", uid="r", people=PeopleCount(total=55, children=10))
    track = a_track("K", uid="k")
    started = add_report(replace(report, track_uid="k"), track)
    amended = replace(report, track_uid="k", people=PeopleCount(total=54, children=10))
    log.of(night_plot(), started, amend_report(amended, "misheard"))

    text = log.text()

    assert text.splitlines()[0] == ",".join(COLUMNS)
    assert text.count("\r\n") == 4
    assert text.count("\n") == 4
    made, second, third = log.rows()
    assert made["words"] == "new plot, carried over: A, B"
    assert second["about"] == "K, report 0245Z"
    assert third | {"hash": ""} == {
        "seq": "3",
        "at_utc": "2026-09-15T03:00:00.000Z",
        "operator": "watch",
        "act": "amend_report",
        "about": "K, report 0245Z",
        "words": "report 0245Z of K amended: people 55 → 54",
        "before": "People: 55",
        "after": "People: 54",
        "reason": "misheard",
        "hash": "",
    }
    hashes = file_rows(log.path, "SELECT hash FROM edit_log ORDER BY seq")
    assert [(row["hash"],) for row in log.rows()] == hashes


def test_only_the_acts_that_are_wanted(log: LogMaker) -> None:
    log.of(Plot(), a_line("one"), a_line("two"), a_line("three"))
    assert [row["words"] for row in log.rows(only=[2, 4])] == ["one", "three"]
    assert log.rows(only=[]) == []


@pytest.mark.parametrize(
    ("words", "caller", "masked"),
    [
        ("called from 06 12 34 56 78", "0612345678", "called from …78"),
        ("called from +33 6.12.34.56.78, twice", "+33612345678", "called from …78, twice"),
        ("0033 (0)6 12 34 56 78", "+33612345678", "…78"),
        ("06-12-34-56-78 again", "+33612345678", "…78 again"),
        ("+44 7700 900123", "07700900123", "…23"),
        ("CUTTER-1 on 16", "CUTTER-1", "CUTTER-1 on 16"),
        ("50 59 30N 001 37 00E", "+33612345678", "50 59 30N 001 37 00E"),
    ],
)
def test_numbers_are_masked_unless_somebody_asks_for_them(
    log: LogMaker, words: str, caller: str, masked: str
) -> None:
    log.of(Plot(), add_report(a_call(words, caller)), a_line(f"call back: {words}"))

    report, line = log.rows()[1:]

    assert masked in report["words"]
    assert f"As received: {masked};" in report["after"]
    assert line["words"] == f"call back: {masked}"
    if caller != "CUTTER-1":
        assert caller[-6:] not in log.text()
    unmasked = log.rows(is_masked=False)
    assert words in unmasked[1]["words"]
    assert f"Caller: {caller}" in unmasked[1]["after"]
    assert unmasked[2]["words"] == f"call back: {words}"


def test_a_number_that_no_report_names_as_its_caller_is_masked_everywhere(log: LogMaker) -> None:
    report = a_report("0245", uid="r", as_received="50 58 30N 001 37 00E, tel 0612345678")
    amended = replace(report, source_name="uncle +44 7700 900123")
    log.of(
        Plot(),
        add_report(report),
        amend_report(amended, "call 07 00 00 00 12 first"),
        a_line("his brother: 06 98 76 54 32"),
    )

    text = log.text()

    for number in ("0612345678", "7700 900123", "00 00 00", "98 76 54"):
        assert number not in text
        assert number in log.text(is_masked=False)
    assert "50 58 30N 001 37 00E, tel …78" in text
    assert [row["reason"] for row in log.rows()][2] == "call …12 first"
    assert log.rows()[3]["words"] == "his brother: …32"


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("", ""),
        ("A called", "A called"),
        ("0245Z", "0245Z"),
        ("=1+1", "'=1+1"),
        ("+33 6", "'+33 6"),
        ("-12", "'-12"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "' =1"),
        ("\r=1", "' =1"),
        ("\x00=1", "' =1"),
        ("\N{FULLWIDTH EQUALS SIGN}1", "'\N{FULLWIDTH EQUALS SIGN}1"),
        ("a=1+1", "a=1+1"),
        ("a\nb", "a b"),
        ("hull;=1+1", "hull;'=1+1"),
        ("hull ; @x", "hull ; '@x"),
        ("bleu – gris", "bleu – gris"),
        ("'=1", "'=1"),
    ],
)
def test_no_field_is_a_formula(text: str, safe: str) -> None:
    assert safe_field(text) == safe


def test_a_formula_in_the_log_is_words_in_the_table(log: LogMaker) -> None:
    formula = '=HYPERLINK("http://example.invalid";"A")'
    log.of(
        Plot(), a_line(formula), add_report(a_report("0245", source_name="@x", as_received="+1"))
    )

    line, report = log.rows()[1:]

    assert line["words"] == f"'{formula}"
    assert not any(field.startswith(("=", "+", "-", "@")) for field in report.values())


def test_a_plot_that_carries_much_over_fits_a_cell(log: LogMaker) -> None:
    reports = [a_report("0200", as_received=f"report {n} " * 30) for n in range(200)]
    log.of(night_plot().with_track(a_track("K", reports)))
    (row,) = log.rows()
    assert LONGEST < len(row["after"]) <= LONGEST + 2
    assert row["after"].endswith("…")


def test_the_file_is_utf_8_that_excel_knows(tmp_path: Path) -> None:
    path = tmp_path / "night.csv"
    path.write_text("what was there")
    write_csv("operator\r\nÉlodie\r\n", path)
    assert path.read_bytes() == b"\xef\xbb\xbfoperator\r\n\xc3\x89lodie\r\n"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_cannot_be_written_is_told_of(tmp_path: Path) -> None:
    folder = tmp_path / "night.csv"
    folder.mkdir()
    with pytest.raises(ExportError) as failed:
        write_csv("operator\r\n", folder)
    assert failed.value.path == folder
    assert list(tmp_path.iterdir()) == [folder]
