"""The reports of the acceptance night as an operator types them, and what each must become.

The figures are the night's own: positions, times, people, legs. Only the words of a line are
ours. An error is half of the last figure given, on both axes.
"""

from dataclasses import dataclass
from typing import Final

from pyproj import Geod

from channelplot.basemap.catalogue import LayerName, layer
from channelplot.basemap.read import read_table
from channelplot.geodesy.position import Position
from helpers.builders import R1, R2, R3, R5, R6, SANGATTE, ddm

GRIS_NEZ: Final = ddm(50, 52.17, 1, 34.98)
MARK_LINE: Final = "mark CGN 50 52.17N 001 34.98E Cap Gris-Nez"
BEACHES: Final = {
    "Sangatte": "50°56.60'N 001°45.10'E",
    "Wissant": "50°53.40'N 001°39.60'E",
    "Blériot": "50°57.50'N 001°49.50'E",
}
"""The night's own beaches, which stand for those of the register."""
TOLERANCE_MIN: Final = 0.01
TENTH_OF_MINUTE_M: Final = 109.4
"""Error of figures to a tenth of a minute: 0.05' of latitude and of longitude at 51 degrees."""
HUNDREDTH_OF_MINUTE_M: Final = 10.9
METRES_PER_NM: Final = 1852.0
_GEOD: Final = Geod(ellps="WGS84")


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A row of people_counts; None for what was not said."""

    total: int
    basis: str = "reported"
    men: int | None = None
    women: int | None = None
    children: int | None = None
    is_estimate: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NightLine:
    """One report of the night.

    clock, observed: hhmm UTC. at: where it must stand, within 0.01'. shown_*: value and second
    line of a cell of the read-back. leg_*: course, miles and knots from the track's report
    before. label: of its act in the log.
    """

    step: str
    clock: str
    typed: str
    observed: str
    at: Position
    form: str
    error_m: float
    shown_form: tuple[str, str]
    shown_time: tuple[str, str]
    track: str = ""
    kind: str = "position"
    course_deg: float | None = None
    speed_kn: float | None = None
    people: Counted | None = None
    source: str = "unknown"
    source_name: str = ""
    grade: str = ""
    shown_motion: str = ""
    shown_status: str = ""
    shown_people: tuple[str, str] = ("", "")
    shown_source: tuple[str, str] = ("", "")
    shown_track: str = ""
    leg: tuple[float, float, float] | None = None
    words: str = ""
    label: str = "add_report"


NIGHT: Final = (
    NightLine(
        step="0",
        clock="0105",
        typed="0105Z prevented attempt, Wissant beach, CCTV, 30 people incl. 8 children,"
        " gendarmerie",
        observed="0105",
        at=ddm(50, 53.40, 1, 39.60),
        form="mark",
        error_m=HUNDREDTH_OF_MINUTE_M,
        shown_form=("a name", "±11 m Wissant"),
        shown_time=("0105Z 0205 UK 0305 FR", "now"),
        kind="prevented",
        people=Counted(total=30, children=8),
        source="camera",
        shown_people=("30", "8 children"),
        shown_source=("camera", ""),
        shown_track="prevented attempt",
        words="prevented attempt gendarmerie",
    ),
    NightLine(
        step="1",
        clock="0210",
        typed="0210Z COASTGUARD AIRCRAFT 50 58.0N 001 41.0E, course 310 4 kn, inflatable,"
        " POB 45 est, grade 1A",
        observed="0210",
        at=R1,
        form="ddm",
        error_m=TENTH_OF_MINUTE_M,
        shown_form=("degrees, minutes", "±109 m"),
        shown_time=("0210Z 0310 UK 0410 FR", "now"),
        track="A",
        course_deg=310.0,
        speed_kn=4.0,
        people=Counted(total=45, is_estimate=True),
        source="aircraft",
        source_name="COASTGUARD AIRCRAFT",
        grade="1A",
        shown_motion="310°T 4 kn",
        shown_people=("45 est", ""),
        shown_source=("aircraft", "COASTGUARD AIRCRAFT · 1A"),
        shown_track="new A, inflatable",
        words="inflatable",
        label="start_track",
    ),
    NightLine(
        step="2",
        clock="0228",
        typed="0428B 023 CGN 7.2 merchant ship 40+ >A",
        observed="0228",
        at=R2,
        form="bearing_distance",
        error_m=149.1,  # half a degree at 7.2 miles, 0.05 NM, and the mark's own 11 m
        shown_form=("bearing, distance", "±149 m Cap Gris-Nez"),
        shown_time=("0228Z 0328 UK 0428 FR", "now"),
        track="A",
        people=Counted(total=40, is_estimate=True),
        source="vessel",
        shown_people=("40 est", ""),
        shown_source=("ship", ""),
        shown_track="A",
        leg=(308.5, 1.27, 4.23),
    ),
    NightLine(
        step="3",
        clock="0245",
        typed="phone call 0345A 50 59 30N 001 37 00E, 55 people, 10 children, engine failing,"
        " grade 2C >A",
        observed="0245",
        at=R3,
        form="dms",
        error_m=18.2,  # half a second of both
        shown_form=("deg, min, seconds", "±18 m"),
        shown_time=("0245Z 0345 UK 0445 FR", "now"),
        track="A",
        people=Counted(total=55, children=10),
        source="phone",
        grade="2C",
        shown_people=("55", "10 children"),
        shown_source=("phone", "grade 2C"),
        shown_track="A",
        leg=(294.9, 1.69, 5.98),
        words="engine failing",
    ),
    NightLine(
        step="5",
        clock="0252",
        typed="0252Z semaphore 31U DS 1855 5491, 22 people incl. 3 children new",
        observed="0252",
        at=ddm(51, 2.40, 1, 50.30),
        form="mgrs",
        error_m=7.1,  # half the diagonal of a square of 10 m
        shown_form=("MGRS", "±7 m"),
        shown_time=("0252Z 0352 UK 0452 FR", "now"),
        track="B",
        people=Counted(total=22, children=3),
        source="partner",
        source_name="semaphore",
        shown_people=("22", "3 children"),
        shown_source=("partner", "semaphore"),
        shown_track="new B, small boat",
        label="start_track",
    ),
    NightLine(
        step="6",
        clock="0255",
        typed="0130Z patrol: inflatable launched Sangatte >A",
        observed="0130",
        at=SANGATTE,
        form="mark",
        error_m=HUNDREDTH_OF_MINUTE_M,
        shown_form=("a name", "±11 m Sangatte"),
        shown_time=("0130Z 0230 UK 0330 FR", "1 h 25 ago"),
        track="A",
        kind="launch",
        source="patrol",
        shown_source=("patrol", ""),
        shown_track="launch · A · inflatable",
        words="inflatable launched",
    ),
    NightLine(
        step="8",
        clock="0258",
        typed="0258Z ferry AIS 50°58.50'N 001°44.50'E 292°T 18 kn new FERRY merchant",
        observed="0258",
        at=ddm(50, 58.50, 1, 44.50),
        form="ddm",
        error_m=HUNDREDTH_OF_MINUTE_M,
        shown_form=("degrees, minutes", "±11 m"),
        shown_time=("0258Z 0358 UK 0458 FR", "now"),
        track="FERRY",
        course_deg=292.0,
        speed_kn=18.0,
        source="vessel",
        source_name="ferry AIS",
        shown_motion="292°T 18 kn",
        shown_source=("ship", "ferry AIS"),
        shown_track="new FERRY, merchant vessel",
        label="start_track",
    ),
    NightLine(
        step="10",
        clock="0340",
        typed="0340Z aircraft: stopped, 51 01.9N 001 30.7E >A",
        observed="0340",
        at=R5,
        form="ddm",
        error_m=TENTH_OF_MINUTE_M,
        shown_form=("degrees, minutes", "±109 m"),
        shown_time=("0340Z 0440 UK 0540 FR", "now"),
        track="A",
        source="aircraft",
        speed_kn=0.0,
        shown_motion="stopped",
        shown_status="status: adrift",
        shown_source=("aircraft", ""),
        shown_track="A",
        leg=(301.2, 4.65, 5.07),
        words="stopped",
    ),
    NightLine(
        step="12, CUTTER-1",
        clock="0346",
        typed="0346Z 51°06.7'N 001°20.6'E 22 kn new CUTTER-1 rescue_vessel",
        observed="0346",
        at=ddm(51, 6.7, 1, 20.6),
        form="ddm",
        error_m=TENTH_OF_MINUTE_M,
        shown_form=("degrees, minutes", "±109 m"),
        shown_time=("0346Z 0446 UK 0546 FR", "now"),
        track="CUTTER-1",
        speed_kn=22.0,
        shown_motion="22 kn",
        shown_track="new CUTTER-1, rescue vessel",
        label="start_track",
    ),
    NightLine(
        step="12, PATROL-FR",
        clock="0346",
        typed="0346Z 50°58.6'N 001°47.5'E 18 kn new PATROL-FR rescue_vessel",
        observed="0346",
        at=ddm(50, 58.6, 1, 47.5),
        form="ddm",
        error_m=TENTH_OF_MINUTE_M,
        shown_form=("degrees, minutes", "±109 m"),
        shown_time=("0346Z 0446 UK 0546 FR", "now"),
        track="PATROL-FR",
        speed_kn=18.0,
        shown_motion="18 kn",
        shown_track="new PATROL-FR, rescue vessel",
        label="start_track",
    ),
    NightLine(
        step="13",
        clock="0412",
        typed="0412Z CUTTER-1 on scene 51 02.3N 001 32.2E, recovers 47 (31 men, 9 women,"
        " 7 children) >A",
        observed="0412",
        at=R6,
        form="ddm",
        error_m=TENTH_OF_MINUTE_M,
        shown_form=("degrees, minutes", "±109 m"),
        shown_time=("0412Z 0512 UK 0612 FR", "now"),
        track="A",
        people=Counted(basis="counted", total=47, men=31, women=9, children=7),
        shown_people=("47 counted", "7 children, 31 men, 9 women"),
        shown_track="A",
        leg=(67.1, 1.03, 1.93),
        source="patrol",
        source_name="CUTTER-1",
        shown_source=("patrol", "CUTTER-1"),
        words="on scene",
    ),
)

CRAFT: Final = {
    "A": "small_boat",
    "B": "small_boat",
    "FERRY": "merchant",
    "CUTTER-1": "rescue_vessel",
    "PATROL-FR": "rescue_vessel",
}
"""The tracks of the night, in the order they are started."""
RUN_OF_A: Final = "A: run 8.64 NM in 2 h 02, mean 4.25 kn\nmade good 307.8°T 7.03 NM 3.46 kn"


def is_near(one: Position, other: Position) -> bool:
    """Return whether two positions agree within the night's tolerance of 0.01'."""
    tolerance_deg = TOLERANCE_MIN / 60.0
    return (
        abs(one.lon_deg - other.lon_deg) <= tolerance_deg
        and abs(one.lat_deg - other.lat_deg) <= tolerance_deg
    )


def nearest_mark(position: Position) -> tuple[str, float, float]:
    """Return the mark nearest to a position by the shipped table and the night's own mark.

    Its name, the bearing from it, degrees true, and the distance in miles; by pyproj alone.
    """
    marks = {"Cap Gris-Nez": GRIS_NEZ}
    for row in read_table(layer(LayerName.MARKS).file, ("name", "lat_ddm", "lon_ddm")):
        lat, lon = row["lat_ddm"].rstrip("N").split(), row["lon_ddm"].split()
        sign = -1.0 if lon[1].endswith("W") else 1.0
        lon_deg = sign * (float(lon[0]) + float(lon[1].rstrip("EW")) / 60.0)
        marks.setdefault(row["name"], Position(lon_deg, float(lat[0]) + float(lat[1]) / 60.0))
    found = []
    for name, mark in marks.items():
        course_deg, _, length_m = _GEOD.inv(
            mark.lon_deg, mark.lat_deg, position.lon_deg, position.lat_deg
        )
        found.append((length_m / METRES_PER_NM, name, course_deg % 360.0))
    distance_nm, name, bearing_deg = min(found)
    return name, bearing_deg, distance_nm
