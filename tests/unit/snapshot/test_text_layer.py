"""What a sheet says can be read out of its file, and nothing of it depends on what came before."""

import io
import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import replace
from xml.etree import ElementTree as ET

import pypdfium2 as pdfium
import pytest
from PySide6.QtGui import QImage

from channelplot.analysis.ledger import ledger_of
from channelplot.chart.language import SheetLanguage
from channelplot.chart.layers import DEFAULT_LAYERING, LayerView
from channelplot.geodesy.text import date_time_group, fr_text, uk_text, zulu_text
from channelplot.model.plot import Plot
from channelplot.snapshot.settings import Extent, Page, Report, Series
from channelplot.snapshot.sheet import Format, record_in
from helpers import charts
from helpers.builders import R1, R3, a_plot, a_report, a_track, at
from helpers.sheets import STATE, made, opened, pdf_texts, svg_texts

CHOICES = {
    "title": "Brève & <Night>",
    "author": "J. Smith",
    "marking": "OFFICIAL-SENSITIVE",
    "extent": Extent.ALL,
    "cut_off_utc": at("0600"),
}
SVG = "{http://www.w3.org/2000/svg}"


def said_by(kind: Format, plot: Plot, **choices: object) -> str:
    """Return the text layer of a sheet, one space between its words."""
    data = made(plot, kind, **{**CHOICES, **choices})[0].data
    texts = pdf_texts(data) if kind is Format.PDF else svg_texts(data)
    return " ".join(" ".join(texts).split())


@pytest.mark.parametrize("kind", [Format.PDF, Format.SVG])
def test_the_text_layer_has_all_that_the_sheet_says(kind: Format) -> None:
    plot = charts.night_plot()
    said = said_by(kind, plot)

    for track in plot.tracks.values():
        assert track.name in said
        last = track.last_report
        assert last is not None
        assert zulu_text(last.observed_at_utc) in said
        reported = ledger_of(track).reported_total
        assert reported is None or str(reported) in said
    moment = at("0600")
    for text in (date_time_group(moment), uk_text(moment), fr_text(moment)):
        assert text in said
    assert re.search(r"1:\d{1,3}( \d{3})*", said)
    assert said.count("OFFICIAL-SENSITIVE") == 2
    assert STATE.short_text in said
    for text in (
        "Brève & <Night>", "J. Smith", "NOT FOR NAVIGATION", "OpenStreetMap", "Mercator, WGS 84",
    ):  # fmt: skip
        assert text in said


@pytest.mark.parametrize("language", SheetLanguage)
def test_every_letter_of_a_pdf_can_be_read_and_every_face_is_in_it(
    language: SheetLanguage,
) -> None:
    choices = {**CHOICES, "language": language, "reports": tuple(Report)}
    data = made(charts.night_plot(), Format.PDF, **choices)[0].data

    with opened(data) as document:
        for page in document:
            text = page.get_textpage().get_text_range()
            assert "\ufffe" not in text
            assert "\ufffd" not in text
            assert not re.search(r"[\ue000-\uf8ff\x00-\x08\x0e-\x1f]", text)
    faces = re.findall(rb"/FontName /[A-Z]{6}\+([\w-]+)\n", data)
    assert set(faces) >= {b"Inter-Regular", b"Inter-SemiBold"}
    assert data.count(b"/Type /FontDescriptor") == data.count(b"/FontFile2") == len(faces)
    assert data.count(b"/Subtype /Type0") == data.count(b"/ToUnicode") == len(faces)
    assert set(re.findall(rb"/BaseFont /([\w-]+)", data)) == set(faces)


def numbers_in(element: ET.Element, name: str) -> list[float]:
    return [float(each) for each in re.findall(r"-?\d+\.?\d*(?:e-?\d+)?", element.get(name, ""))]


def test_an_svg_is_whole_and_its_letters_are_in_it() -> None:
    data = made(charts.night_plot(), Format.SVG, **CHOICES)[0].data
    root = ET.fromstring(data)

    style = root.find(f"{SVG}style")
    assert style is not None
    assert style.text is not None
    weights = re.findall(r"font-weight:(\d+);font-style:(\w+)", style.text)
    for text in root.iter(f"{SVG}text"):
        assert text.get("font-family") == "Inter"
        weight = "600" if text.get("font-weight") == "600" else "400"
        assert (weight, text.get("font-style", "normal")) in weights
        assert float(text.get("textLength", "0")) > 0.0
    for element in root.iter():
        for name, value in element.attrib.items():
            assert "://" not in value, "nothing is fetched from elsewhere"
            assert not name.startswith("on"), "nothing is run"
    assert root.find(f".//{SVG}script") is None


def test_the_texts_of_an_svg_stand_on_the_page() -> None:
    data = made(charts.night_plot(), Format.SVG, **CHOICES, page=Page.A4)[0].data
    root = ET.fromstring(data)
    _, _, width, height = map(float, root.get("viewBox", "").split())

    def check(element: ET.Element, across: float, down: float, scale: float) -> None:
        matrix = numbers_in(element, "transform")
        is_level = len(matrix) == 6 and matrix[1] == matrix[2] == 0.0
        if len(matrix) == 6:
            # Qt writes every transform anew, from the page.
            scale, across, down = (matrix[0] if is_level else 0.0), matrix[4], matrix[5]
        if element.tag == f"{SVG}text" and scale:
            x = across + scale * float(element.get("x", "0"))
            y = down + scale * float(element.get("y", "0"))
            end = x + scale * float(element.get("textLength", "0"))
            assert -1.0 <= x <= end <= width + 1.0, element.text
            assert 0.0 <= y <= height + 1.0, element.text
        for child in element:
            check(child, across, down, scale)

    check(root, 0.0, 0.0, 1.0)


def chunks_of(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield the chunks of a PNG, each checked."""
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    at_byte = 8
    while at_byte < len(data):
        (length,) = struct.unpack_from(">I", data, at_byte)
        name, content = data[at_byte + 4 : at_byte + 8], data[at_byte + 8 : at_byte + 8 + length]
        (check,) = struct.unpack_from(">I", data, at_byte + 8 + length)
        assert check == zlib.crc32(name + content)
        yield name, content
        at_byte += 12 + length


def test_a_png_has_title_and_record_and_nothing_else() -> None:
    data = made(charts.night_plot(), Format.PNG, **CHOICES, dpi=150)[0].data
    chunks = list(chunks_of(data))

    names = [name for name, _ in chunks]
    assert names[0] == b"IHDR"
    assert set(names) == {b"IHDR", b"pHYs", b"iTXt", b"IDAT", b"IEND"}
    texts = [content.split(b"\0", 1)[0] for name, content in chunks if name == b"iTXt"]
    assert texts == [b"Title", b"channelplot"]
    image = QImage.fromData(data)
    assert image.text("Title") == CHOICES["title"]
    assert image.text("channelplot") == record_in(data)
    assert round(image.dotsPerMeterX() * 0.0254) == 150


@pytest.mark.parametrize("kind", Format)
def test_a_sheet_is_the_same_whatever_was_drawn_before(kind: Format) -> None:
    """Qt keeps letters, fonts and colours from one drawing to the next."""
    plot = charts.night_plot()
    choices = {**CHOICES, "dpi": 72}
    first = made(plot, kind, **choices)[0].data
    for other in Format:
        for language in SheetLanguage:
            made(plot, other, **{**choices, "language": language, "dpi": 210})
        made(plot, other, profile="tenth", series=Series.BOAT, page=Page.A3, dpi=300)

    assert made(plot, kind, **choices)[0].data == first


CONTROL = "A\x01\x0b\x1bB\ufffeC"


@pytest.mark.parametrize("kind", Format)
def test_names_with_what_no_file_may_hold_make_a_sheet(kind: Format) -> None:
    boat = a_track(CONTROL, [a_report("0210", position=R1), a_report("0240", position=R3)])
    data = made(a_plot(boat), kind, title="T", dpi=72)[0].data

    assert record_in(data)
    if kind is Format.SVG:
        assert "C" in "".join(svg_texts(data))


def test_a_layer_that_shines_through_lies_where_it_should_on_vectors() -> None:
    layering = DEFAULT_LAYERING.with_view(LayerView("tracks", True, 0.5))
    for kind in (Format.PDF, Format.SVG):
        data = made(charts.night_plot(), kind, **CHOICES, layering=layering)[0].data
        assert record_in(data)
        assert len(data) < 5_000_000


def test_long_names_are_in_the_list_or_cut_with_an_ellipsis() -> None:
    long = "VERYLONGNAME" * 6
    tracks = [
        replace(a_track(f"{number} {long}", [a_report("0210", position=R1)], uid=f"t{number}"))
        for number in range(3)
    ]
    data = made(a_plot(*tracks), Format.PDF, title="T")[0].data

    said = " ".join(pdf_texts(data))
    for number in range(3):
        assert f"{number} VERYLONG" in said
    assert pdfium.PdfDocument(io.BytesIO(data)) is not None
