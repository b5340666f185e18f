"""Reports as CSV: a row each, harmless in a spreadsheet, and exactly what was said when read."""

import csv
import io
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channelplot.exchange.fields import REPORT_FIELDS, report_texts
from channelplot.exchange.formulas import SIGNS, guarded, unguarded
from channelplot.exchange.outgoing.formats import Format
from channelplot.exchange.outgoing.selection import Selection
from helpers.builders import a_plot, a_report
from unit.exchange.outgoing.written import HARM, WORDS, a_varied_plot, packed_plot, written

TRICKY = st.text(st.sampled_from(f"{SIGNS}\t\r\n;| 'a1"), max_size=9) | st.text(max_size=12)


def rows_in(path: Path) -> list[dict[str, str]]:
    text = path.read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def test_each_report_is_a_row_with_all_of_its_fields(tmp_path: Path) -> None:
    plot = a_varied_plot()
    rows = rows_in(written(Selection(plot=plot), tmp_path, Format.CSV))
    reports = list(plot.reports())
    assert len(rows) == len(reports)
    for row, report in zip(rows, reports, strict=True):
        said = {name: unguarded(text) for name, text in row.items() if text}
        texts = {name: text for name, text in said.items() if name in REPORT_FIELDS}
        assert texts == report_texts(report)
    assert [row["track_name"] for row in rows] == ["A <1>", "A <1>", "A <1>", "B", "", ""]
    assert [row["status"] for row in rows][:4] == ["adrift", "adrift", "adrift", "reported"]
    assert [row["craft"] for row in rows][4:] == ["", ""]


def test_it_is_as_the_standard_says_and_a_spreadsheet_wants(tmp_path: Path) -> None:
    data = written(Selection(plot=a_varied_plot()), tmp_path, Format.CSV).read_bytes()
    assert data.startswith(b"\xef\xbb\xbfuid,track_uid,kind,observed_at_utc,")
    assert data.endswith(b"\r\n")
    head, first = data.decode("utf-8-sig").split("\r\n", 1)
    assert head.endswith(",logged_by,track_name,craft,status")
    assert ",2026-09-15T02:10:00.000Z," in first
    assert f'"{WORDS.replace(chr(34), chr(34) * 2)}"' in first


def test_no_text_is_a_formula_and_numbers_stay_numbers(tmp_path: Path) -> None:
    plot = a_varied_plot()
    rows = rows_in(written(Selection(plot=plot), tmp_path, Format.CSV))
    assert rows[1]["as_received"] == f"'{HARM}"
    assert rows[0]["caller"] == "'+447700900123"
    assert rows[4]["lon_deg"] == "-0.025"
    assert rows[0]["error_m"] == "1e-05"


@given(TRICKY)
def test_what_is_made_harmless_comes_back_exactly(text: str) -> None:
    safe = guarded(text)
    assert unguarded(safe) == text
    assert not safe or safe[0] not in f"{SIGNS}\t\r"
    assert not re.search(rf"[;\t|]\s*[{re.escape(SIGNS)}]", safe)


@pytest.mark.parametrize("text", ["", "plain words", "it's", "a-b", "1-2", "5 = 5", "x\ty"])
def test_a_harmless_text_is_left_alone(text: str) -> None:
    assert guarded(text) == text
    assert unguarded(text) == text


def test_a_character_that_a_table_can_t_hold_is_seen_to_be_missing(tmp_path: Path) -> None:
    plot = a_plot(unattributed=(a_report("0210", as_received="ze\0ro"),))
    (row,) = rows_in(written(Selection(plot=plot), tmp_path, Format.CSV))
    assert row["as_received"] == "ze\N{REPLACEMENT CHARACTER}ro"


@pytest.mark.parametrize("kind", [kind for kind in Format if kind is not Format.GEOPACKAGE])
def test_packed_reports_go_out_as_others_do(kind: Format, tmp_path: Path) -> None:
    plot = a_varied_plot()
    plain = written(Selection(plot=plot), tmp_path, kind).read_bytes()
    assert written(Selection(plot=packed_plot(plot)), tmp_path, kind).read_bytes() == plain
