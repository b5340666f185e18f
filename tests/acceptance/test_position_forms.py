"""One switch for the form of positions, everywhere on screen and in what is copied."""

import json
from pathlib import Path
from typing import Final

import pytest
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QApplication

from channelplot.geodesy.text import Notation, position_text
from channelplot.settings import config_folder
from helpers.builders import R1, R2
from helpers.operator import Operator, wait_until
from helpers.plot_files import labels_in_log

WORDS: Final = "fifty, fifty-eight decimal zero north, one, forty-one east"
FORMS: Final = {
    Notation.DDM: ("50°58.00'N 001°41.00'E", "50°58.79'N 001°39.43'E"),
    Notation.DMS: ("50°58'00.0\"N 001°41'00.0\"E", "50°58'47.3\"N 001°39'25.9\"E"),
    Notation.DECIMAL: ("50.96667°N 001.68333°E", "50.97982°N 001.65718°E"),
    Notation.MGRS: ("31U DS 0754 4694", "31U DS 0573 4843"),
}
"""R1 and R2 of the acceptance night in the order that F6 goes through."""
MENU: Final = ("View", "Position form")
MENU_TEXTS: Final = {
    Notation.DDM: "Degrees and decimal minutes",
    Notation.DMS: "Degrees, minutes and seconds",
    Notation.DECIMAL: "Decimal degrees",
    Notation.MGRS: "MGRS grid squares",
}


@pytest.fixture
def desk(operator: Operator, night: Path) -> Operator:
    """Somebody with A reported twice, one event without a position, and a beach."""
    operator.opens(night)
    operator.plots("50 58.0N 001 41.0E", time="0210", words=WORDS)
    operator.plots("50 58.789N 001 39.431E", time="0228", track="A")
    operator.plots(None, time="0250", track="no track", kind="event", words="called again")
    operator.adds_beach("Sangatte", "50 56.6N 001 45.1E")
    operator.presses("Escape", "Escape")
    operator.window.desk.session.selection.set(frozenset())
    QGuiApplication.clipboard().setText("what was there before")
    return operator


def copied() -> str:
    return QGuiApplication.clipboard().text()


def ticked(operator: Operator, *menu: str) -> list[str]:
    """The entries of a menu that have a tick."""
    actions = operator.menu(*menu).actions()
    return [action.text().replace("&", "") for action in actions if action.isChecked()]


def each_form(operator: Operator) -> list[Notation]:
    """Press F6 until it comes round, and tell what the desk was in after each."""
    seen = []
    for _ in FORMS:
        operator.presses("F6")
        seen.append(operator.window.desk.notation.current)
    return seen


def test_f6_goes_through_the_four_forms_and_comes_round(desk: Operator) -> None:
    assert ticked(desk, *MENU) == [MENU_TEXTS[Notation.DDM]]
    assert each_form(desk) == [Notation.DMS, Notation.DECIMAL, Notation.MGRS, Notation.DDM]


def test_the_reports_the_status_bar_and_the_menu_follow_at_once(desk: Operator) -> None:
    desk.points_at(R1)
    pointer = desk.pointed_at(desk.pixel_of(R1))
    for notation, (r1, r2) in FORMS.items():
        assert desk.reads_column("Reports", "Position") == ["", r2, r1]
        assert desk.sees_status("Pointer position") == position_text(pointer, notation=notation)
        assert ticked(desk, *MENU) == [MENU_TEXTS[notation]]
        desk.presses("F6")
        assert desk.sees_status("Done").startswith("Position form: ")
    assert desk.reads_column("Reports", "Position")[2] == FORMS[Notation.DDM][0]


def test_the_status_bar_names_every_form_but_the_usual_one(desk: Operator) -> None:
    names = []
    for _ in FORMS:
        names.append(desk.sees_status("Reference"))
        desk.presses("F6")
    assert names == ["WGS 84", "DMS · WGS 84", "Decimal · WGS 84", "MGRS · WGS 84"]


def test_the_read_back_of_a_report_follows_and_what_is_typed_stays(desk: Operator) -> None:
    typed = "50 58n 1 41e"
    desk.begins_report(typed)
    for r1, _ in FORMS.values():
        assert desk.reads_back().startswith(r1)
        assert desk.field_text("Position") == typed
        assert desk.focus_name == "Position"
        desk.presses("F6")
    desk.presses("Return")
    desk.waits_until_saved()
    assert desk.file_rows("SELECT count(*) FROM reports WHERE position_form = 'ddm'") == [(3,)]


def test_the_read_back_of_a_beach_follows(desk: Operator) -> None:
    desk.takes_up("Beach")
    desk.fills("Position", "50 58.0N 001 41.0E")
    desk.fills("Name", "Wissant")
    for r1, _ in FORMS.values():
        assert f"{r1}  ·  Wissant" in desk.reads_back()
        desk.presses("F6")


def test_the_old_and_the_new_position_of_a_move_follow(desk: Operator) -> None:
    desk.selects("Reports", 2)
    desk.takes_up("Move")
    desk.drags(R1, R2)
    desk.fills("To", "50 58.789N 001 39.431E")
    for r1, r2 in FORMS.values():
        assert desk.label_text("From") == r1
        assert f"to {r2} " in desk.reads_back()
        desk.presses("F6")


def test_the_graticule_follows_but_for_the_grid_which_has_no_meridians(desk: Operator) -> None:
    seen = {}
    for notation in FORMS:
        desk.waits_for_chart()
        seen[notation] = graticule_labels(desk)
        desk.presses("F6")
    assert seen[Notation.MGRS] == seen[Notation.DDM]
    assert seen[Notation.DMS] != seen[Notation.DDM]
    assert seen[Notation.DECIMAL] != seen[Notation.DDM]
    assert seen[Notation.DECIMAL] != seen[Notation.DMS]


def graticule_labels(operator: Operator) -> QImage:
    """The band below the chart where the longitudes stand."""
    picture = operator.window.desk.canvas.grab().toImage()
    return picture.copy(0, picture.height() - 18, picture.width(), 18)


def test_a_form_is_chosen_from_the_menu_too(desk: Operator) -> None:
    desk.takes_from_menu(*MENU, "MGRS")
    assert desk.reads_column("Reports", "Position") == ["", *reversed(FORMS[Notation.MGRS])]
    desk.takes_from_menu(*MENU, "MGRS")
    assert ticked(desk, *MENU) == [MENU_TEXTS[Notation.MGRS]]


def test_neither_the_plot_nor_its_log_knows_of_the_form(desk: Operator) -> None:
    ask = "SELECT uid, as_received, position_form, hex(geom) FROM reports ORDER BY fid"
    before, log = desk.file_rows(ask), labels_in_log(desk.plot_path)
    assert WORDS in {row[1] for row in before}

    assert len(each_form(desk)) == 4
    desk.takes_from_menu(*MENU, "Decimal")

    assert desk.file_rows(ask) == before
    assert labels_in_log(desk.plot_path) == log
    assert "called again" in desk.reads_column("Reports", "As received")
    assert WORDS in desk.reads_column("Reports", "As received")


@pytest.mark.parametrize("notation", list(FORMS)[1:])
def test_the_form_is_the_same_next_time(desk: Operator, night: Path, notation: Notation) -> None:
    desk.takes_from_menu(*MENU, MENU_TEXTS[notation])
    desk.closes()
    settings = json.loads((config_folder() / "settings.json").read_text("ascii"))
    assert settings["position_notation"] == notation.value

    desk.opens(night)
    desk.waits_for_chart()

    expected = ["", *reversed(FORMS[notation])]
    # Grid squares wait, as legs do, until PROJ is loaded.
    wait_until(lambda: desk.reads_column("Reports", "Position") == expected, "the form is back")
    assert desk.window.desk.canvas.scene().notation is notation
    assert ticked(desk, *MENU) == [MENU_TEXTS[notation]]


def test_a_form_that_can_not_be_kept_still_shows(
    desk: Operator, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_self: Path, _target: Path) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(Path, "replace", full)
    desk.presses("F6")
    assert desk.reads_column("Reports", "Position")[2] == FORMS[Notation.DMS][0]


def test_the_order_and_what_is_found_stay(desk: Operator) -> None:
    desk.clicks_header("Reports", "Position")
    times = desk.reads_column("Reports", "Time")
    desk.selects("Reports", times.index("0228Z"))
    for _ in FORMS:
        assert desk.reads_column("Reports", "Time") == times
        assert desk.selected_rows("Reports") == [times.index("0228Z")]
        desk.presses("F6")

    desk.finds("0228")
    for _ in FORMS:
        assert desk.reads_column("Reports", "Time") == ["0228Z"]
        assert desk.selected_rows("Reports") == [0]
        desk.presses("F6")


def test_nothing_jumps_while_the_pointer_moves(desk: Operator) -> None:
    places = set()
    for _ in FORMS:
        for offset_px in range(0, 120, 40):
            desk.points_at(desk.pixel_of(R1) + QPoint(offset_px, offset_px))
            QApplication.processEvents()
            label = desk.window.status.from_selected
            if label.isHidden():
                label = desk.window.status.note
            places.add(label.x())
            text_px = desk.window.status.position.fontMetrics().horizontalAdvance(
                desk.sees_status("Pointer position")
            )
            assert text_px <= desk.window.status.position.contentsRect().width()
        desk.presses("F6")
    assert len(places) == 1


def test_the_column_is_as_wide_as_the_form_needs_and_no_wider(desk: Operator) -> None:
    table = desk.table("Reports")
    usual_px = table.columnWidth(2)
    for notation, texts in FORMS.items():
        needed_px = max(map(table.fontMetrics().horizontalAdvance, texts))
        assert table.columnWidth(2) >= needed_px + 6, notation
        desk.presses("F6")
    assert table.columnWidth(2) == usual_px

    table.setColumnWidth(2, 260)
    each_form(desk)
    assert table.columnWidth(2) == 260, "somebody wanted it so"


# Copying


def test_what_is_copied_is_what_shows(desk: Operator) -> None:
    desk.selects("Reports", 2)
    for r1, _ in FORMS.values():
        desk.presses("Ctrl+C")
        assert copied() == r1
        assert desk.sees_status("Done") == f"Copied {r1}"
        desk.presses("F6")


def test_several_reports_are_copied_one_in_a_line_by_time(desk: Operator) -> None:
    desk.presses("F6")
    desk.selects("Reports", 0)
    for row in (1, 2):
        desk.selects("Reports", row, ctrl=True)
    desk.presses("Ctrl+C")

    assert copied().split("\n") == list(FORMS[Notation.DMS]), "the one without is left out"
    assert desk.sees_status("Done") == "Copied 2 positions"


def test_a_track_is_where_it_was_last(desk: Operator) -> None:
    desk.selects("Tracks", 0)
    desk.presses("Ctrl+C")
    assert copied() == FORMS[Notation.DDM][1]


def test_a_beach_is_copied(desk: Operator) -> None:
    (uid,) = desk.window.desk.session.document.plot.beaches
    desk.clicks(desk.window.desk.session.document.plot.beaches[uid].position)
    assert desk.window.desk.session.selection.uids == {uid}
    desk.presses("Ctrl+C")
    assert copied() == "50°56.60'N 001°45.10'E"


def test_a_mark_is_copied(desk: Operator) -> None:
    desk.takes_up("Mark")
    desk.fills("Code", "WRECK")
    desk.fills("Name", "Wreck")
    desk.fills("Position", "50 58.0N 001 41.0E")
    desk.presses("Return")
    desk.waits_until_saved()
    (uid,) = desk.window.desk.session.document.plot.marks
    desk.presses("Escape", "Escape")
    desk.window.desk.session.selection.set(frozenset({uid}))
    desk.presses("Ctrl+C")
    assert copied() == FORMS[Notation.DDM][0]


def test_with_nothing_selected_it_is_the_pointer_s_position(desk: Operator) -> None:
    desk.points_at(R2)
    for _ in FORMS:
        desk.presses("Ctrl+C")
        assert copied() == desk.sees_status("Pointer position") != ""
        desk.presses("F6")


def test_with_nothing_to_copy_the_clipboard_stays(desk: Operator) -> None:
    canvas = desk.window.desk.canvas
    QApplication.sendEvent(canvas, QEvent(QEvent.Type.Leave))
    desk.presses("Ctrl+C")
    assert desk.sees_status("Done") == "Nothing copied: select a report or point at the chart."
    assert copied() == "what was there before"

    desk.points_at(R2)
    desk.selects("Reports", 0)
    desk.presses("Ctrl+C")
    assert desk.sees_status("Done") == "Nothing copied: what is selected has no position."
    assert copied() == "what was there before"


@pytest.mark.parametrize("field", ["Position", "As received"])
def test_a_text_field_keeps_ctrl_c_while_it_has_the_caret(desk: Operator, field: str) -> None:
    desk.selects("Reports", 2)
    desk.takes_up("Report")
    desk.fills(field, "50 59.5N 001 37.0E")

    desk.presses("Ctrl+C")
    assert copied() == "what was there before", "nothing of the text is selected"
    desk.presses("Ctrl+A", "Ctrl+C")
    assert copied() == "50 59.5N 001 37.0E"


@pytest.mark.parametrize("panel", ["Tracks", "Reports"])
def test_copying_is_in_the_panels_own_menu_and_in_edit(desk: Operator, panel: str) -> None:
    action = desk.menu_action("Edit", "Copy")
    assert action in desk.table(panel).actions()
    desk.selects(panel, 0 if panel == "Tracks" else 1)
    action.trigger()
    assert copied() == FORMS[Notation.DDM][1]


def test_the_note_goes_by_itself(desk: Operator) -> None:
    desk.window.status._note_timer.setInterval(30)
    desk.presses("F6")
    assert desk.sees("Done")
    wait_until(lambda: not desk.sees("Done"), "the note has gone")
    assert desk.sees("From the selected report")


def test_what_is_copied_reads_back_as_the_same_place(desk: Operator) -> None:
    desk.selects("Reports", 2)
    desk.presses("Ctrl+C")
    desk.presses("Alt+R", "Ctrl+V")
    assert desk.field_text("Position") == FORMS[Notation.DDM][0]
    assert desk.reads_back().startswith(FORMS[Notation.DDM][0])


# Sheets


def test_a_snapshot_is_the_same_whatever_form_the_desk_is_in(desk: Operator) -> None:
    desk.waits_for_chart()
    canvas = desk.window.desk.canvas
    view, pictures = canvas.viewport, []
    for number in range(len(FORMS)):
        wait_until(lambda: canvas.height() == view.height_px, "the message took no room")
        canvas.set_viewport(view)
        path = desk.plot_path.parent / f"brief {number}.png"
        desk.exports_snapshot(path)
        pictures.append(QImage(str(path)))
        desk.window.banner.close_button.click()
        desk.presses("F6")
    assert not pictures[0].isNull()
    assert all(picture == pictures[0] for picture in pictures)


# Language of reports


def test_the_language_of_reports_is_chosen_in_the_plot_menu_and_kept(
    desk: Operator, night: Path
) -> None:
    menu = ("Plot", "Language of reports")
    assert desk.menu_texts(*menu) == ["English", "Français"]
    desk.takes_from_menu(*menu, "Français")
    assert ticked(desk, *menu) == ["Français"]
    assert desk.window.desk.language.current == "fr"
    desk.closes()

    desk.opens(night)
    assert ticked(desk, *menu) == ["Français"]
    desk.takes_from_menu(*menu, "English")
    kept = json.loads((config_folder() / "settings.json").read_text("ascii"))
    assert kept["report_language"] == "en"
