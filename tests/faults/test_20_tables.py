"""Tables of text are read right or refused, whatever is in them; those we write run nothing."""

import csv
import io
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from channelplot.commands.log_lines import add_log_line
from channelplot.commands.reports import add_report
from channelplot.errors import LimitFileError, LimitFileFault
from channelplot.exchange.csv_read import read_table
from channelplot.exchange.limit_file import read_limit_file
from channelplot.geodesy.position import Position
from channelplot.model.log_line import LogLine
from channelplot.store.geopackage import PlotFile
from channelplot.store.log_hashes import read_hashes
from channelplot.ui.log.log_csv import log_csv
from helpers.builders import a_report, a_track, at, night_plot
from helpers.clock import FixedClock
from helpers.opened import open_plot

PATH = Path("table.csv")
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "latin-1", "cp1252", "cp037")
DELIMITERS = (",", ";", "\t", "|")
LINE_ENDS = ("\n", "\r\n", "\r")
FORMULAS = (
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-1+1",
    "@SUM(1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1",
    "\uff1d1+1",
    ";=1+1",
    "a;=1+1",
    "a\t=1",
    "|=1",
    '"=1+1',
    '=HYPERLINK("http://127.0.0.1:9/?"&A1)',
)


def table(rows: list[list[str]], delimiter: str, line_end: str) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator=line_end).writerows(rows)
    return out.getvalue()


def positions(data: bytes) -> list[Position] | LimitFileFault:
    try:
        found = read_table(io.BytesIO(data), PATH)
    except LimitFileError as error:
        return error.fault
    return [point.position for line in found.lines for point in line.points]


def test_every_encoding_separator_and_line_end_is_right_or_refused(
    figure: Callable[[str], None], cycles: Callable[[int, int], int]
) -> None:
    dice = random.Random(20)
    right = refused = 0
    for _ in range(cycles(2, 25)):
        for encoding in ENCODINGS:
            for delimiter in DELIMITERS:
                for line_end in LINE_ENDS:
                    mark = dice.choice((".", ","))
                    truth = [
                        Position(round(dice.uniform(-6, 4), 4), round(dice.uniform(49, 52), 4))
                        for _ in range(dice.randint(1, 8))
                    ]
                    rows = [["nom", "latitude", "longitude"]] + [
                        ["Bouée", *(f"{v:.4f}".replace(".", mark) for v in (p.lat_deg, p.lon_deg))]
                        for p in truth
                    ]
                    read = positions(table(rows, delimiter, line_end).encode(encoding))
                    if encoding.startswith("utf-8"):
                        assert read == truth, (encoding, delimiter, line_end, mark)
                        right += 1
                    else:
                        zero, other = LimitFileFault.ZERO_BYTE, LimitFileFault.ENCODING
                        assert read in (zero, other), (encoding, delimiter)
                        refused += 1
    figure(f"{right} tables right, {refused} in other encodings refused")


def test_zero_bytes_anywhere_are_refused_with_their_line(
    cycles: Callable[[int, int], int],
) -> None:
    dice = random.Random(200)
    whole = "name,lat,lon\n" + "A,50.5,1.5\n" * 20
    for _ in range(cycles(50, 1_000)):
        at_byte = dice.randrange(len(whole))
        data = (whole[:at_byte] + "\0" + whole[at_byte:]).encode()
        with pytest.raises(LimitFileError) as error:
            read_table(io.BytesIO(data), PATH)
        assert error.value.fault is LimitFileFault.ZERO_BYTE
        assert error.value.line == whole.count("\n", 0, at_byte) + 1


def test_a_slip_in_a_table_never_makes_another_position(
    cycles: Callable[[int, int], int], figure: Callable[[str], None]
) -> None:
    """A character too many that is no figure: the positions are the same, or there are none."""
    dice = random.Random(2000)
    whole = "name;latitude;longitude\nA;50,5;1.5\nB;50 58.0N;001 41.0E\n"
    truth = positions(whole.encode())
    assert isinstance(truth, list)
    count = cycles(300, 20_000)
    read = 0
    for _ in range(count):
        where = dice.randrange(len(whole) + 1)
        slip = dice.choice("\"'\r\n,;=|\t .:/\u00a0\u2019\u200f*x")
        found = positions(f"{whole[:where]}{slip}{whole[where:]}".encode())
        if isinstance(found, list):
            read += 1
            assert found == truth, (where, slip)
    figure(f"{count} with a slip, {read} read as they were meant, {count - read} refused")


def test_a_table_of_a_million_rows(
    tmp_path: Path, figure: Callable[[str], None], cycles: Callable[[int, int], int]
) -> None:
    rows = cycles(20_000, 1_000_000)
    path = tmp_path / "rows.csv"
    path.write_text("lat,lon\n" + "50.5,1.5\n50.6,1.6\n" * (rows // 2), encoding="utf-8")
    with pytest.raises(LimitFileError) as error:
        read_limit_file(tmp_path / "missing.csv")
    assert error.value.fault is LimitFileFault.NOT_FOUND
    if rows <= 20_000:
        (shape,) = read_limit_file(path)
        assert len(shape.points) == rows
        figure(f"{rows} rows read")
    else:
        with pytest.raises(LimitFileError) as error:
            read_limit_file(path)
        assert error.value.fault is LimitFileFault.TOO_LARGE
        figure(f"{rows} rows refused as too many for a limit")


def test_a_field_that_never_ends_is_refused() -> None:
    assert positions(b'lat,lon\n"' + b"50.5,1.5\n" * 100_000) is LimitFileFault.NOT_A_TABLE


def test_no_cell_of_an_exported_log_is_a_formula(
    tmp_path: Path, clock: FixedClock, figure: Callable[[str], None]
) -> None:
    opened = open_plot(night_plot(), clock=clock, folder=tmp_path)
    for number, text in enumerate(FORMULAS):
        line = LogLine(uid=f"line{number}", at_utc=at("0300"), text=text, operator=text)
        opened.document.apply(add_log_line(line))
        track = a_track(f"T{number}{text}", uid=f"t{number}")
        report = a_report(
            "0245", track_uid=track.uid, uid=f"r{number}", as_received=text, source_name=text
        )
        opened.document.apply(add_report(report, track))
    opened.document.close()
    file = PlotFile.open(opened.store.path)
    acts = file.load().acts
    file.close()
    text = log_csv(acts, read_hashes(opened.store.path), is_masked=False)
    cells = 0
    # Whatever separator a spreadsheet expects, no field begins as a formula does.
    for delimiter in DELIMITERS:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            for cell in row:
                assert not cell.lstrip().startswith(("=", "+", "@", "\uff1d", "\t", "\r")), cell
                assert not (cell.startswith("-") and not cell[1:2].isdigit()), cell
                cells += 1
    assert len(acts) == 1 + 2 * len(FORMULAS)
    figure(f"{cells} exported cells, no formula")
