"""The Sheet panel: choices that show at once, and what is saved, copied and printed of them."""

import json
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDockWidget, QFileDialog, QLineEdit, QSpinBox

from channelplot.settings import MARKINGS, config_folder
from channelplot.snapshot.png import png_bytes
from channelplot.snapshot.record import read_record
from channelplot.snapshot.settings import Page, SheetSettings
from channelplot.snapshot.sheet import record_in
from channelplot.ui.menus.snapshot_menu import made_in_all
from channelplot.ui.panels.sheet_drawing import SheetDrawing
from channelplot.ui.sheet_print import print_sheet, printer_for
from helpers.images import pixels
from helpers.operator import Operator, wait_until
from helpers.sheet_panel import goes_to_sheet, panel_of, sees_sheet, ticks
from helpers.sheets import pdf_picture, pdf_size_mm, pdf_texts

if TYPE_CHECKING:
    from channelplot.ui.sheet_maker import Order

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support .*")


@pytest.fixture
def desk(operator: Operator, night: Path) -> Operator:
    """Somebody with two boats, at the Sheet panel."""
    goes_to_sheet(operator, night)
    return operator


def saves(desk: Operator, path: Path) -> bytes:
    """Save the sheet by its key, name the file, and return what is in it."""
    desk.chooses_file(path, lambda: desk.presses("Ctrl+Return"))
    wait_until(lambda: str(path) in desk.sees_banner(), f"the sheet is in {path}")
    return path.read_bytes()


def alike(first: np.ndarray, second: np.ndarray) -> float:
    """How much two pictures of a size differ, 0 to 255 on average."""
    return float(np.abs(first.astype(np.int16) - second.astype(np.int16)).mean())


def test_the_preview_follows_what_is_chosen(desk: Operator) -> None:
    panel = panel_of(desk)
    assert desk.focus_name == "Sheet: Title"
    across = sees_sheet(desk)
    assert across.width() / across.height() == pytest.approx(297 / 210, rel=0.02)
    desk.types("Brief 0600Z")
    assert not panel.is_up_to_date
    assert sees_sheet(desk) != across
    desk.chooses("Sheet: Way", "upright")
    upright = sees_sheet(desk)
    assert upright.height() / upright.width() == pytest.approx(297 / 210, rel=0.02)
    assert desk.label_text("Page of the preview") == "Page 1 of 1"
    ticks(desk, "Boats")
    first = sees_sheet(desk)
    desk.presses("PgDown")
    wait_until(lambda: panel.preview.image not in (None, first), "the other page shows")
    assert desk.label_text("Page of the preview") == "Page 2 of 2"
    before = sees_sheet(desk)
    desk.plots("50 59.0N 001 43.0E", time="0258", people="12")
    wait_until(lambda: panel.is_up_to_date and panel.preview.image != before, "the new report")


def test_what_is_saved_is_what_the_preview_shows(desk: Operator, tmp_path: Path) -> None:
    desk.types("Brief")
    desk.chooses("Sheet: Marking", "OFFICIAL-SENSITIVE")
    desk.chooses("Sheet: Shows", "all reports")
    seen = sees_sheet(desk)
    data = saves(desk, tmp_path / "brief.pdf")
    (text,) = pdf_texts(data)
    assert "Brief" in text
    assert text.count("OFFICIAL-SENSITIVE") == 2
    drawn = QImage.fromData(_as_png(data))
    size = seen.size()
    small = drawn.scaled(
        size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    assert alike(pixels(small)[..., :3], pixels(seen)[..., :3]) < 6.0

    (box,) = (each for each in panel_of(desk).findChildren(QSpinBox))
    box.setFocus(Qt.FocusReason.TabFocusReason)
    desk.presses("Ctrl+A")
    desk.types("96")
    picture = saves(desk, tmp_path / "brief.png")
    assert QImage.fromData(picture).size().width() == round(297 / 25.4 * 96)
    record = read_record(record_in(picture) or "")
    assert record.state is not None
    assert record.state.seq == len(desk.window.desk.session.document.acts)
    assert (tmp_path / "brief.pgw").exists()


def test_a_cancelled_save_leaves_nothing(desk: Operator, tmp_path: Path) -> None:
    before = sorted(tmp_path.iterdir())
    desk.answers(QFileDialog, QFileDialog.reject, lambda: desk.presses("Ctrl+Return"))
    desk.answers(QFileDialog, QFileDialog.reject, lambda: desk.presses("Ctrl+P"))
    assert sorted(tmp_path.iterdir()) == before
    assert desk.sees_banner() == ""
    desk.presses("Escape")
    assert desk.focus_name == "Plot line"


def test_the_sheet_is_copied_as_picture_pdf_and_svg(desk: Operator) -> None:
    QGuiApplication.clipboard().clear()
    desk.presses("Ctrl+Shift+C")
    wait_until(lambda: "clipboard" in desk.sees_banner(), "the sheet is on the clipboard")
    data = QGuiApplication.clipboard().mimeData()
    assert data.hasImage()
    assert data.imageData().width() == round(297 / 25.4 * 200)
    assert "night" in pdf_texts(bytes(data.data("application/pdf").data()))[0]
    assert bytes(data.data("image/svg+xml").data()).startswith(b"<?xml")
    QGuiApplication.clipboard().clear()


def test_a_sheet_is_dragged_out_as_a_file(desk: Operator) -> None:
    given: list[Order] = []
    panel_of(desk).carry_wanted.connect(given.append)
    preview = panel_of(desk).preview
    middle = preview.rect().center()
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QTest.mousePress(preview, left, none, middle)
    QTest.mouseMove(preview, middle + middle / 2)
    assert len(given) == 1
    QTest.mouseRelease(preview, left, none, middle)
    assert panel_of(desk).close_up.isHidden(), "a drag is no click"
    snapshots = desk.window.snapshots

    (url,) = snapshots.carried(given[0], made_in_all(given[0])).urls()
    path = Path(url.toLocalFile())
    assert path.name == "night 150300Z SEP 26.pdf"
    assert "night" in pdf_texts(path.read_bytes())[0]
    snapshots.close()
    assert not path.exists()


def test_a_click_shows_the_page_in_the_place_of_the_chart(desk: Operator) -> None:
    panel = panel_of(desk)
    QTest.mouseClick(panel.preview, Qt.MouseButton.LeftButton)
    wait_until(lambda: panel.close_up.image is not None, "the page shows large")
    assert panel.close_up.size() == desk.window.desk.canvas.size()
    large = panel.close_up.image
    assert large is not None
    assert large.width() > sees_sheet(desk).width() * 1.5
    desk.window.resize(1300, 840)
    wait_until(lambda: panel.close_up.size() == desk.window.desk.canvas.size(), "it follows")
    desk.presses("Escape")
    assert panel.close_up.isHidden()
    assert panel.preview.isVisible()
    desk.presses("Ctrl+Space", "Escape", "Escape")
    assert desk.focus_name == "Plot line"


def test_a_change_of_size_does_not_bring_back_what_was_chosen_before(desk: Operator) -> None:
    panel = panel_of(desk)
    maker, room = desk.window.panels.sheet_maker, [panel.preview.room_px()]
    drawing = SheetDrawing(panel, desk.window.desk.background)
    drawn: list[QImage] = []
    drawing.drawn.connect(drawn.extend)
    drawing.lay_out(maker.order(panel.choices), room)
    wait_until(lambda: drawn, "the page across is drawn")
    drawing.lay_out(maker.order(replace(panel.choices, is_landscape=False)), room)
    drawing.draw(room)  # while that is under way
    wait_until(lambda: len(drawn) == 2, "a page is drawn in the new size")
    across, upright = (image.width() / image.height() for image in drawn)
    assert across == pytest.approx(297 / 210, rel=0.02)
    assert upright == pytest.approx(210 / 297, rel=0.02)


@pytest.mark.parametrize("size", [(1280, 800), (1920, 1080)])
def test_all_choices_show_at_once(desk: Operator, size: tuple[int, int]) -> None:
    desk.window.resize(*size)
    desk.presses("Escape", "Ctrl+Shift+P")
    sees_sheet(desk)
    panel = panel_of(desk)
    for field in (*panel.fields.reports.values(), panel.fields.dpi, panel.fields.profile.box):
        assert not field.visibleRegion().isEmpty()
        assert field.visibleRegion().boundingRect() == field.rect(), field.accessibleName()
    assert panel.preview.height() >= 120
    desk.presses("Ctrl+Space")
    wait_until(lambda: panel.close_up.image is not None, "the page shows large")
    dpi = panel.fields.dpi
    assert dpi.visibleRegion().boundingRect() == dpi.rect()


def drags_to(dock: QDockWidget, width_px: int) -> bool:
    """Go on to drag a panel's edge; return whether it is as wide as that."""
    dock.resize(width_px, 700)
    return dock.width() == width_px


def test_a_wide_panel_can_be_made_narrow_again(desk: Operator) -> None:
    dock, panel = desk.window.panels.sheet_dock, panel_of(desk)
    dock.setFloating(True)
    for width_px in (1000, 480):
        wait_until(partial(drags_to, dock, width_px), f"{width_px} px wide")
        sees_sheet(desk)
        is_beside = panel.fields.mapTo(panel, panel.rect().topLeft()).x() > panel.preview.width()
        assert is_beside == (width_px == 1000)
    dock.setFloating(False)


def test_a_marking_that_is_too_long_for_its_box_looks_it(desk: Operator) -> None:
    desk.chooses("Sheet: Marking", "DIFFUSION RESTREINTE")
    box = panel_of(desk).fields.marking.box
    box.setFixedWidth(120)
    wait_until(lambda: box.width() == 120, "the box is narrow")
    assert box.shown_text().endswith("…")
    box.setFixedWidth(400)
    wait_until(lambda: box.width() == 400, "the box is wide")
    assert box.shown_text() == "DIFFUSION RESTREINTE"


def test_the_sheet_is_printed_in_its_size(desk: Operator, tmp_path: Path) -> None:
    desk.chooses("Sheet: Page", "A3")
    given: list[Order] = []
    panel_of(desk).print_wanted.disconnect()
    panel_of(desk).print_wanted.connect(given.append)
    desk.presses("Ctrl+Shift+Return")
    (order,) = given
    printer = printer_for(order.settings)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    assert print_sheet(order, printer) == 1.0
    data = (tmp_path / "printed.pdf").read_bytes()
    assert pdf_size_mm(data) == pytest.approx((420.0, 297.0), abs=1.0)
    assert "night" in pdf_texts(data)[0]

    small = printer_for(SheetSettings(page=Page.A4))
    small.setOutputFileName(str(tmp_path / "small.pdf"))
    assert print_sheet(order, small) == pytest.approx(210 / 297, abs=0.01)
    assert isinstance(small, QPrinter)


def test_printing_to_a_file_writes_the_sheet_that_saving_does(
    desk: Operator, tmp_path: Path
) -> None:
    desk.chooses("Sheet: Shows", "all reports")  # the view is smaller below a message
    saved = saves(desk, tmp_path / "saved.pdf")

    def answer(dialog: QPrintDialog) -> None:
        (line,) = (each for each in dialog.findChildren(QLineEdit) if each.text().endswith(".pdf"))
        line.setText(str(tmp_path / "printed.pdf"))
        dialog.accept()

    desk.answers(QPrintDialog, answer, lambda: desk.presses("Ctrl+Shift+Return"))
    wait_until(lambda: "printed.pdf" in desk.sees_banner(), "it is written")
    assert pdf_texts((tmp_path / "printed.pdf").read_bytes()) == pdf_texts(saved)


def test_what_was_chosen_is_remembered_but_for_title_and_time(
    desk: Operator, tmp_path: Path
) -> None:
    plot = desk.plot_path
    desk.types("Only tonight")
    desk.chooses("Sheet: Page", "Letter")
    desk.chooses("Sheet: Language", "Français")
    desk.chooses("Sheet: Marking", "DIFFUSION RESTREINTE")
    desk.chooses("Sheet: Release", "to 0.1°")
    desk.fills("Sheet: Known at", "0255Z")
    desk.presses("Tab")
    desk.closes()
    desk.opens(plot)
    desk.presses("Ctrl+Shift+P")
    sees_sheet(desk)
    assert desk.choice("Sheet: Page") == "Letter"
    assert desk.choice("Sheet: Language") == "Français"
    assert desk.choice("Sheet: Marking") == "DIFFUSION RESTREINTE"
    assert desk.choice("Sheet: Release") == "to 0.1°"
    assert desk.field_text("Sheet: Title") == ""
    assert desk.field_text("Sheet: Known at") == ""
    # One key is for the whole picture: paper, language and marking are the desk's.
    desk.exports_snapshot(tmp_path / "usual.pdf")
    data = (tmp_path / "usual.pdf").read_bytes()
    settings = read_record(record_in(data) or "").settings
    assert (settings.page, settings.profile, settings.at_utc) == (Page.LETTER, "", None)
    assert settings.marking == "DIFFUSION RESTREINTE"


def test_what_makes_no_sheet_is_said(desk: Operator) -> None:
    desk.presses("F4", "Escape")
    desk.window.desk.session.selection.set(frozenset())
    desk.presses("Ctrl+Shift+P")
    fault = panel_of(desk).fields.fault
    desk.chooses("Sheet: Boats", "selected")
    wait_until(lambda: "No boat is selected" in fault.text(), "it is said")
    assert panel_of(desk).preview.image is None
    desk.selects("Tracks", 0)
    sees_sheet(desk)
    assert not fault.isVisible()
    desk.fills("Sheet: Known at", "0330Z")
    desk.presses("Tab")
    assert "ahead" in fault.text()
    desk.fills("Sheet: Known at", "0100Z")
    desk.presses("Tab")
    wait_until(lambda: "begins later" in fault.text(), "the log says nothing of then")
    desk.fills("Sheet: Known at", "now")
    desk.presses("Tab")
    sees_sheet(desk)
    assert not fault.isVisible()


def test_a_release_copy_has_no_names(desk: Operator, tmp_path: Path) -> None:
    desk.chooses("Sheet: Release", "to 0.1°")
    sees_sheet(desk)
    data = saves(desk, tmp_path / "release.pdf")
    assert b"night" not in data
    assert "night" not in " ".join(pdf_texts(data))


def test_the_markings_are_those_of_the_settings(desk: Operator) -> None:
    desk.window.desk.figures.choose(MARKINGS, "EXERCISE;  NOT RELEASABLE ;EXERCISE")
    assert desk.choices("Sheet: Marking") == ["none", "EXERCISE", "NOT RELEASABLE"]
    desk.chooses("Sheet: Marking", "EXERCISE")
    sees_sheet(desk)
    desk.window.desk.figures.choose(MARKINGS, "")
    assert desk.choices("Sheet: Marking") == ["none", "EXERCISE"], "what is chosen stays"
    kept = json.loads((config_folder() / "state.json").read_text("ascii"))
    assert kept["sheet_choices"]["marking"] == "EXERCISE"


def _as_png(pdf: bytes) -> bytes:

    picture = np.ascontiguousarray(pdf_picture(pdf, 96.0))
    height, width, _ = picture.shape
    image = QImage(picture.tobytes(), width, height, 3 * width, QImage.Format.Format_RGB888)
    return png_bytes(image.copy())
