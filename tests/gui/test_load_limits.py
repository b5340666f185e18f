"""Loading limits through the window: a file, its shapes, whose sides, and withdrawing them."""

from pathlib import Path

import geopandas
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from shapely.geometry import LineString, Polygon

from channelplot.errors import LimitFileError, LimitFileFault
from channelplot.geodesy.position import Position
from channelplot.model.codes import LimitPurpose
from channelplot.ui.dialogs.load_limits import LoadLimitsDialog
from channelplot.ui.words.limit_text import owner_of_text, owner_text, wind_text
from channelplot.ui.words.messages import error_text
from helpers.builders import R1
from helpers.night_chartwork import BOUNDARY
from helpers.operator import Operator, wait_until

LINE = LineString([(p.lon_deg, p.lat_deg) for p in BOUNDARY.line.points])
BOX = Polygon([(-3.2, 49.6), (-2.8, 49.6), (-2.8, 49.8), (-3.2, 49.8)])
HOLED = Polygon(BOX.exterior.coords, [[(-3.1, 49.65), (-3.0, 49.65), (-3.0, 49.7)]])


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A line, an area, and one that can't be loaded."""
    path = tmp_path / "limits.gpkg"
    names = ["Median", "Box", "Ring"]
    frame = geopandas.GeoDataFrame({"name": names}, geometry=[LINE, BOX, HOLED], crs=4326)
    frame.to_file(path)
    return path


@pytest.fixture
def dialog(operator: Operator, night: Path, file: Path) -> LoadLimitsDialog:
    """The dialog, with the file read."""
    operator.opens(night)
    operator.window.actions_by_id["load_limits"].trigger()
    found = operator.window.findChild(LoadLimitsDialog)
    assert isinstance(found, LoadLimitsDialog)
    found.read(file)
    wait_until(found.shapes.topLevelItemCount, "the file is read")
    return found


def rows(dialog: LoadLimitsDialog) -> list[list[str]]:
    items = [dialog.shapes.topLevelItem(row) for row in range(dialog.shapes.topLevelItemCount())]
    return [[item.text(column) for column in range(3)] for item in items if item is not None]


def tick(dialog: LoadLimitsDialog, row: int) -> None:
    item = dialog.shapes.topLevelItem(row)
    assert item is not None
    item.setCheckState(0, Qt.CheckState.Checked)


def loaded(dialog: LoadLimitsDialog) -> list[str]:
    return [dialog.loaded.item(row).text() for row in range(dialog.loaded.count())]


def test_what_is_in_the_file_is_listed_and_what_cant_be_loaded_says_why(
    dialog: LoadLimitsDialog,
) -> None:
    assert rows(dialog) == [
        ["Median", "line, 6 points", ""],
        ["Box", "area, 5 points", ""],
        ["Ring", "area, has holes: can't be loaded", ""],
    ]
    assert not dialog.load.isEnabled()
    assert dialog.said.text() == "Tick what is to be loaded."
    tick(dialog, 2)
    assert not dialog.loading.choices[2].is_chosen


def test_a_line_is_loaded_by_the_winds_of_its_sides(
    dialog: LoadLimitsDialog, operator: Operator
) -> None:
    tick(dialog, 0)
    assert dialog.left_label.text() == "Waters on the north-west side"
    assert dialog.right_label.text() == "Waters on the south-east side"
    assert dialog.said.text() == "Say whose waters or region: Median."
    dialog.left.setEditText("uk")
    dialog.right.setEditText("French (FR)")
    assert rows(dialog)[0][2] == "GB (north-west) | FR (south-east)"
    assert dialog.said.text() == ""
    dialog.legal.click()
    dialog.load.click()
    operator.waits_until_saved()
    assert loaded(dialog) == ["Median: UK (GB) | French (FR) · waters · legal"]
    whose = operator.window.desk.waters.chart.whose(R1)
    assert (whose.state, whose.is_legal, whose.limit_name) == ("FR", True, "Median")
    dialog.loaded.setCurrentRow(0)
    dialog.withdraw.click()
    operator.waits_until_saved()
    assert loaded(dialog) == []
    assert operator.window.desk.waters.chart.whose(R1).limit_name == ""


def test_sides_the_wrong_way_round_are_asked_about(dialog: LoadLimitsDialog) -> None:
    tick(dialog, 0)
    dialog.left.setEditText("FR")
    dialog.right.setEditText("GB")
    assert dialog.said.text().startswith("Are the sides of Median the right way round?")
    assert dialog.load.isEnabled()


def test_an_area_of_a_region_is_loaded(dialog: LoadLimitsDialog, operator: Operator) -> None:
    dialog.regions.click()
    tick(dialog, 1)
    assert dialog.left_label.text() == "Region inside"
    assert dialog.right.isHidden()
    dialog.left.setEditText("CROSS Jobourg")
    dialog.load.click()
    operator.waits_until_saved()
    limit = next(iter(operator.window.desk.session.document.plot.limits.values()))
    assert (limit.purpose, limit.left, limit.is_area) == (
        LimitPurpose.SAR_REGION,
        "CROSS Jobourg",
        True,
    )
    region = operator.window.desk.waters.chart.sar_region(Position(-3.0, 49.7))
    assert region is not None
    assert region.name == "CROSS Jobourg"
    assert loaded(dialog) == ["Box: CROSS Jobourg · search and rescue region · indicative"]


def test_a_file_that_is_no_file_of_limits_says_so_and_keeps_what_there_was(
    dialog: LoadLimitsDialog, tmp_path: Path
) -> None:
    other = tmp_path / "notes.geojson"
    other.write_text("nothing of the kind", encoding="utf-8")
    dialog.read(other)
    wait_until(lambda: dialog.said.property("bad"), "the refusal is told")
    assert dialog.said.text().startswith("notes.geojson is not a GeoPackage, Shapefile, GeoJSON")
    assert len(rows(dialog)) == 3


def test_the_dialog_is_opened_once(dialog: LoadLimitsDialog, operator: Operator) -> None:
    operator.window.actions_by_id["load_limits"].trigger()
    assert len(operator.window.findChildren(LoadLimitsDialog)) == 1
    dialog.close()


def test_owners_as_they_are_typed(qapp: QApplication) -> None:
    typed = ("UK", "gb", "UK (GB)", "French", "je", "no state", "dk", "Somebody")
    assert [owner_of_text(text) for text in typed] == [
        "GB",
        "GB",
        "GB",
        "FR",
        "JE",
        "XZ",
        "DK",
        "Somebody",
    ]
    assert owner_text("XZ") == "no state"
    assert [wind_text(d) for d in (0.0, 44.0, 350.0, 180.0)] == [
        "north",
        "north-east",
        "north",
        "south",
    ]


@pytest.mark.parametrize("fault", LimitFileFault)
def test_every_reason_to_refuse_a_file_has_its_words(
    qapp: QApplication, fault: LimitFileFault
) -> None:
    text = error_text(LimitFileError(fault, Path("far") / "limits.kml"))
    assert "limits.kml" in text
    assert "loaded" in text


def test_a_table_of_positions_is_loaded_and_its_datum_told(
    dialog: LoadLimitsDialog, operator: Operator, tmp_path: Path
) -> None:
    table = tmp_path / "median.csv"
    rows_ = "".join(f"{p.lat_deg};{p.lon_deg}\n" for p in BOUNDARY.line.points)
    table.write_text(f"latitude;longitude\n{rows_}", encoding="utf-8")
    dialog.read(table)
    wait_until(lambda: dialog.shapes.topLevelItemCount() == 1, "the table is read")
    assert rows(dialog) == [["median 1", "line, 6 points", ""]]
    dialog.left.setEditText("uk")
    dialog.right.setEditText("French (FR)")
    assert dialog.said.text().startswith("The table does not say its datum")
    dialog.load.click()
    operator.waits_until_saved()
    (limit,) = operator.window.desk.session.document.plot.limits.values()
    assert limit.points == BOUNDARY.line.points


def test_a_table_with_a_slip_says_the_line(dialog: LoadLimitsDialog, tmp_path: Path) -> None:
    table = tmp_path / "slip.csv"
    table.write_text("latitude;longitude\n50.5;1.5\n50.5;x\n", encoding="utf-8")
    dialog.read(table)
    wait_until(lambda: "slip.csv" in dialog.said.text() and "line 3" in dialog.said.text(), "told")
    assert dialog.said.text() == (
        "The position in line 3 of slip.csv can't be read: 50.5 x. Nothing was loaded. Correct "
        "that line."
    )


@pytest.mark.parametrize("fault", list(LimitFileFault))
def test_every_fault_of_a_file_is_worded(fault: LimitFileFault, tmp_path: Path) -> None:
    text = error_text(LimitFileError(fault, tmp_path / "a.csv", "piece", 7))
    assert "a.csv" in text
    assert "{" not in text
