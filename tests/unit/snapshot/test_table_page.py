"""Tables on paper: every row and every word on some page, nothing beside its column."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from channelplot.errors import SheetFault, SheetRefused
from channelplot.snapshot.compose import PALETTE, page_texts
from channelplot.snapshot.content import Told
from channelplot.snapshot.head_foot import Texts
from channelplot.snapshot.lettering import Style, line_px, text_px
from channelplot.snapshot.paper import Sheet
from channelplot.snapshot.png import drawn
from channelplot.snapshot.table_page import Column, Table, TablePage, table_pages
from helpers import charts
from helpers.images import pixels

A4 = Sheet.of_mm(297.0, 210.0, 150.0)
UPRIGHT = Sheet.of_mm(210.0, 297.0, 150.0)
TEXTS = Texts(
    title="Night",
    summary="Boats: 2 open, 1 closed",
    time="Data to 150412Z SEP 26",
    time_note="",
    credits=("© OpenStreetMap contributors",),
    warning="NOT FOR NAVIGATION",
)
COLUMNS = (
    Column("Boat", share=1.0, most=0.3),
    Column("Age", is_figures=True, is_whole=True),
    Column("What was done", share=3.0),
)
WORDS = st.text("abc dé ", max_size=120)


def pages(rows: tuple[tuple[str, ...], ...], sheet: Sheet = A4, before: int = 0) -> list[TablePage]:
    return list(table_pages(sheet, TEXTS, Table(COLUMNS, rows), PALETTE, before))


@given(st.lists(st.tuples(WORDS, WORDS, WORDS), max_size=80), st.sampled_from((A4, UPRIGHT)))
def test_every_word_of_every_row_is_on_a_page_in_order(
    rows: list[tuple[str, str, str]], sheet: Sheet
) -> None:
    made = pages(tuple(rows), sheet)

    found = [cells for page in made for cells in page.lines]
    told = [tuple("".join(" ".join(cell).split()) for cell in cells) for cells in found]
    assert told == [tuple("".join(text.split()) for text in row) for row in rows]
    assert [page.first for page in made] == [
        sum(len(page.lines) for page in made[:n]) for n in range(len(made))
    ]


@given(st.lists(st.tuples(WORDS, st.just("2 h 27"), WORDS), min_size=1, max_size=30))
def test_columns_keep_to_the_page_and_hold_their_lines(rows: list[tuple[str, str, str]]) -> None:
    page = pages(tuple(rows))[0]
    sheet, widths = page.sheet, page.widths_px

    gaps_px = sheet.px(3.0) * (len(widths) - 1)
    assert sum(widths) + gaps_px == pytest.approx(page.frame.body.width_px, abs=1.0)
    for cells in page.lines:
        assert cells[1] == ("2 h 27",)
        for number, (lines, width_px) in enumerate(zip(cells, widths, strict=True)):
            style = Style.STRONG if number == page.table.strong else Style.NOTE
            assert all(text_px(line, style, sheet) <= width_px + 1.0 for line in lines)


def test_pages_are_numbered_after_those_they_continue() -> None:
    rows = tuple((f"Boat {n}", "1 min", "seen") for n in range(70))

    assert [page.number_text for page in pages(rows, before=1)] == [
        "Page 2 of 4",
        "Page 3 of 4",
        "Page 4 of 4",
    ]


def test_a_single_page_has_no_number() -> None:
    (page,) = pages((("A", "1 min", "seen"),))

    assert page.number_text == ""


def test_what_is_noted_stands_under_the_last_row_only() -> None:
    rows = tuple((f"Boat {n}", "1 min", "seen") for n in range(70))
    made = table_pages(A4, TEXTS, Table(COLUMNS, rows, note="and 5 more"), PALETTE)

    assert [page.note_lines for page in made][:-1] == [()] * (len(made) - 1)
    assert made[-1].note_lines == ("and 5 more",)


@pytest.mark.parametrize("sheet", [A4, UPRIGHT, Sheet.of_mm(420.0, 297.0, 96.0)])
def test_empty_rows_fill_one_page_to_its_foot(sheet: Sheet) -> None:
    (page,) = table_pages(sheet, TEXTS, Table(COLUMNS, (), row_mm=7.6, fills_page=True), PALETTE)

    rows_px = len(page.lines) * sheet.px(page.table.row_mm)
    head_px = line_px(Style.CREDIT, sheet) + 2.0 * sheet.px(1.0)
    number_px = line_px(Style.CREDIT, sheet)
    assert rows_px == pytest.approx(page.frame.body.height_px - head_px - number_px, abs=1.0)
    assert page.table.row_mm >= 7.6
    assert len(page.lines) > 15


def test_a_page_without_room_for_rows_is_refused() -> None:
    with pytest.raises(SheetRefused) as refused:
        pages((("A", "1 min", "seen"),), Sheet.of_mm(120.0, 30.0, 96.0))

    assert refused.value.fault is SheetFault.PAGE_TOO_SMALL


def test_a_rule_stands_under_the_head_under_the_titles_and_under_each_row() -> None:
    rows = tuple((f"Boat {number}", "one\ntwo" if number % 2 else "one") for number in range(8))
    table = Table((Column("Boat"), Column("Told", share=1.0)), rows, strong=0)
    texts = page_texts(charts.a_scene(), Told("Night"))
    (page,) = table_pages(Sheet.of_pixels(640, 452), texts, table, PALETTE)

    picture = pixels(drawn(page))[..., :3]

    body = page.frame.body
    right = picture[:, int(body.x_px + 0.6 * body.width_px) : int(body.right_px) - 1]
    is_ruled = np.asarray((right < 250).any(axis=-1).all(axis=-1))
    starts = np.flatnonzero(is_ruled & ~np.roll(is_ruled, 1))
    assert len(starts) == 2 + len(rows)
    heights_px = np.diff(starts[1:])
    assert heights_px[1::2].min() > heights_px[0::2].max(), "rows of two lines are taller"
    assert not is_ruled[: int(page.frame.head.title.box.bottom_px)].any()
