"""Writes positions in the forms in which they are given, with what a reader must make of them."""

import math
import random
from dataclasses import dataclass
from typing import Final

from channelplot.basemap.marks import read_marks
from channelplot.geodesy.position import Position
from channelplot.geodesy.text import Notation, position_text
from channelplot.model.codes import PositionForm
from channelplot.reading.values import Language
from helpers.builders import R3
from helpers.line_oracle import GEOD, to_utm

AREA_EDGES: Final = (-7.0, 48.0, 4.5, 52.2)
METRES_PER_DEGREE: Final = 111_120.0
EN, FR = Language.ENGLISH, Language.FRENCH


@dataclass(frozen=True)
class Written:
    """A position as text. precision_m: what its figures leave open; reading it back must say so.

    is_bare: nothing but figures, that may be doubted beside other figures; is_asked: two ways to
    read it are expected, one of them right.
    """

    text: str
    truth: Position
    form: PositionForm
    precision_m: float
    language: Language = EN
    is_bare: bool = False
    is_asked: bool = False


def a_place(dice: random.Random) -> Position:
    """Return a place in the chart area, oftener at the meridian and at whole minutes."""
    west, south, east, north = AREA_EDGES
    lon_deg, lat_deg = dice.uniform(west, east), dice.uniform(south, north)
    kind = dice.random()
    if kind < 0.1:
        lon_deg = dice.uniform(-0.02, 0.02)
    elif kind < 0.15:
        lon_deg = round(lon_deg * 60.0) / 60.0
    elif kind < 0.2:
        lat_deg = round(lat_deg * 60.0) / 60.0 - dice.choice((1e-9, 1e-5, -1e-5))
    return Position(lon_deg, min(max(lat_deg, south), north))


def a_position(dice: random.Random) -> Written:
    """Return a place written in one of all forms; what its figures say lies in the area too."""
    while True:
        written = dice.choice(_WRITERS)(dice)
        west, south, east, north = AREA_EDGES
        margin_deg = 2.0 * written.precision_m / METRES_PER_DEGREE
        lon_margin_deg = 2.0 * margin_deg
        if (
            west + lon_margin_deg < written.truth.lon_deg < east - lon_margin_deg
            and south + margin_deg < written.truth.lat_deg < north - margin_deg
        ):
            return written


# Angles


@dataclass(frozen=True)
class _Style:
    """How one position writes both its angles."""

    form: PositionForm
    decimals: int
    mark: str
    letter: str
    is_letter_first: bool
    glue: str
    inner: tuple[str, str, str]
    lon_width: int
    minute_width: int
    is_lower: bool


def _figures(value: float, style: _Style, degree_width: int) -> str:
    """Return an angle without its side, rounded once."""
    scale = 10**style.decimals
    divisor = {"dd": 1, "ddm": 60, "dms": 3600}[style.form]
    units = round(abs(value) * divisor * scale)
    whole, part = divmod(units, scale)
    last = f".{part:0{style.decimals}d}" if style.decimals else ""
    degree, minute, second = style.inner
    if style.form is PositionForm.DECIMAL_DEGREES:
        return f"{whole:0{degree_width}d}{last}{degree}"
    if style.form is PositionForm.DDM:
        degrees, minutes = divmod(whole, 60)
        return f"{degrees:0{degree_width}d}{degree}{minutes:0{style.minute_width}d}{last}{minute}"
    minutes, seconds = divmod(whole, 60)
    degrees, minutes = divmod(minutes, 60)
    return (
        f"{degrees:0{degree_width}d}{degree}{minutes:0{style.minute_width}d}{minute}"
        f"{seconds:0{style.minute_width}d}{last}{second}"
    )


_LETTERS: Final = {
    "letter": ("N", "S", "E", "W"),
    "o": ("N", "S", "E", "O"),
    "english": ("north", "south", "east", "west"),
    "french": ("nord", "sud", "est", "ouest"),
}
_INNER: Final = {
    PositionForm.DECIMAL_DEGREES: (("", "", ""), ("°", "", ""), ("º", "", "")),
    PositionForm.DDM: (
        (" ", "", ""), (" ", "'", ""), ("-", "", ""), ("-", "'", ""), ("°", "'", ""), ("°", "", ""),
        ("° ", "'", ""), ("°", "′", ""), ("º", "’", ""), ("˚", "\u00b4", ""), (":", "", ""),
        ("d", "", ""),
        ("  ", "", ""), (" deg ", " min ", ""), (" degrees ", " minutes ", ""), ("–", "", ""),
        ("\u00a0", "", ""),
    ),
    PositionForm.DMS: (
        (" ", " ", ""), ("°", "'", '"'), ("°", "'", "''"), ("°", "′", "″"), ("-", "-", ""),
        (":", ":", ""), ("° ", "' ", '"'), ("°", "’", "”"), (" ", " ", '"'),
        (" degrees ", " minutes ", " seconds "), ("°", "'", ""), ("-", "-", '"'),
    ),
}  # fmt: skip
_BETWEEN: Final = (" ", ", ", " / ", "; ", " - ", ",", "/", "  ", " , ", "\u2003", " and ")


def _angles(dice: random.Random) -> Written:
    truth = a_place(dice)
    form = dice.choice((PositionForm.DDM, PositionForm.DDM, PositionForm.DMS,
                        PositionForm.DECIMAL_DEGREES))  # fmt: skip
    decimals = {
        "ddm": dice.randint(0, 3),
        "dms": dice.randint(0, 2),
        "dd": dice.randint(1, 6),
    }[form]
    names = dice.choice(("letter", "letter", "letter", "o", "english", "french"))
    language = FR if names == "o" else dice.choice((EN, FR))
    style = _Style(
        form=form,
        decimals=decimals,
        mark=dice.choice(".,") if language is FR else dice.choice("..,"),
        letter=names,
        is_letter_first=dice.random() < 0.3,
        glue=dice.choice(("", "", " ")) if len(names) < 7 and names in {"letter", "o"} else " ",
        inner=dice.choice(_INNER[form]),
        lon_width=dice.choice((3, 3, 2, 1)),
        minute_width=dice.choice((2, 2, 2, 1)),
        is_lower=dice.random() < 0.2,
    )
    lat, lon = _angle(truth.lat_deg, False, style), _angle(truth.lon_deg, True, style)
    between = dice.choice(_BETWEEN)
    if dice.random() < 0.08:
        lat, lon = f"lat {lat}", f"lon {lon}"
    elif dice.random() < 0.05:
        lat, lon = f"Latitude: {lat}", f"Longitude: {lon}"
    first, second = (lat, lon) if dice.random() < 0.75 else (lon, lat)
    is_asked = form is PositionForm.DECIMAL_DEGREES and decimals == 2 and style.lon_width == 3
    text = f"{first}{between}{second}"
    if between == "," and style.mark == "," and style.is_letter_first:
        text = f"{first}, {second}"
    return Written(
        text, truth, form, _precision_m(truth, form, decimals), language,
        is_bare=text.startswith("est"),  # after a number of people, an estimate
        is_asked=is_asked,
    )  # fmt: skip


def _angle(value_deg: float, is_lon: bool, style: _Style) -> str:
    figures = _figures(value_deg, style, style.lon_width if is_lon else 2)
    figures = figures.replace(".", style.mark)
    names = _LETTERS[style.letter]
    name = names[2:][value_deg < 0.0] if is_lon else names[:2][value_deg < 0.0]
    if style.is_lower:
        figures, name = figures.lower(), name.lower()
    if style.is_letter_first:
        return f"{name}{style.glue}{figures}".strip()
    return f"{figures}{style.glue}{name}"


def _run_together(dice: random.Random) -> Written:
    truth = a_place(dice)
    form = dice.choice((PositionForm.DDM, PositionForm.DMS))
    decimals = dice.randint(0, 3 if form is PositionForm.DDM else 2)
    language = dice.choice((EN, FR))
    style = _Style(
        form=form, decimals=decimals, mark=dice.choice(".,"),
        letter=dice.choice(("letter", "o")) if language is FR else "letter",
        is_letter_first=dice.random() < 0.3, glue=dice.choice(("", "", " ")),
        inner=("", "", ""), lon_width=3, minute_width=2, is_lower=dice.random() < 0.2,
    )  # fmt: skip
    lat, lon = _angle(truth.lat_deg, False, style), _angle(truth.lon_deg, True, style)
    first, second = (lat, lon) if dice.random() < 0.75 else (lon, lat)
    between = dice.choice(("", " ", ", ", "/") if not style.glue else (" ", ", ", " / "))
    return Written(
        f"{first}{between}{second}", truth, form, _precision_m(truth, form, decimals), language
    )


def _signed(dice: random.Random) -> Written:
    """Return decimal degrees without letters, latitude first."""
    truth = a_place(dice)
    decimals = dice.randint(1, 6)
    language = dice.choice((EN, FR))
    is_comma = language is FR and dice.random() < 0.5
    lat, lon = (f"{value:.{decimals}f}" for value in (truth.lat_deg, truth.lon_deg))
    if float(lon) == 0.0:
        lon = lon.lstrip("-")
    if dice.random() < 0.1:
        lat = f"+{lat}"
        lon = lon if lon.startswith("-") else f"+{lon}"
    elif dice.random() < 0.1:
        lat, lon = f"{lat}°", f"{lon}°"
    if dice.random() < 0.1:
        label = dice.choice(("lat {} lon {}", "lat={}, lon={}", "Lat: {} Lng: {}"))
        text = label.format(lat, lon)
    else:
        text = lat + dice.choice((" ", ", ", ",", ";", " ; ", "/", "  ")) + lon
    if is_comma:
        text = text.replace(".", ",")
    is_all_commas = (
        is_comma
        and "," in text.replace(",", "", 1)
        and f"{lat},".replace(".", ",") in text
        and ", " not in text
    )
    return Written(
        text, truth, PositionForm.DECIMAL_DEGREES,
        _precision_m(truth, PositionForm.DECIMAL_DEGREES, decimals), language,
        is_bare=True, is_asked=is_all_commas,
    )  # fmt: skip


def _unsaid(dice: random.Random) -> Written:
    """Return degrees and minutes without letters, and decimals in the wrong order: asked."""
    truth = a_place(dice)
    form = dice.choice((PositionForm.DDM, PositionForm.DMS, PositionForm.DECIMAL_DEGREES))
    decimals = {"ddm": dice.randint(0, 3), "dms": dice.randint(0, 2), "dd": dice.randint(3, 6)}[
        form
    ]  # fmt: skip
    if form is PositionForm.DECIMAL_DEGREES:
        text = f"{truth.lon_deg:.{decimals}f} {truth.lat_deg:.{decimals}f}"
        text = text[1:] if float(text.split()[0]) == 0.0 and text[0] == "-" else text
    else:
        style = _Style(form, decimals, ".", "letter", False, "",
                       dice.choice(_INNER[form][:3]), 3, 2, False)  # fmt: skip
        text = dice.choice((" ", ", ")).join(
            _figures(value, style, width)
            for value, width in ((truth.lat_deg, 2), (truth.lon_deg, 3))
        )
    precision_m = _precision_m(truth, form, decimals)
    return Written(text, truth, form, precision_m, is_bare=True, is_asked=True)


def _notation(dice: random.Random) -> Written:
    """Return what the program itself writes."""
    truth = a_place(dice)
    notation, decimals = dice.choice(list(Notation)), dice.randint(0, 3)
    text = position_text(truth, decimals, notation)
    if notation is Notation.MGRS:
        size_m = 10.0 ** (5 - min(decimals + 2, 5))
        return Written(text, truth, PositionForm.MGRS, size_m / math.sqrt(2.0))
    form, more = {
        Notation.DDM: (PositionForm.DDM, decimals),
        Notation.DMS: (PositionForm.DMS, max(decimals - 1, 0)),
        Notation.DECIMAL: (PositionForm.DECIMAL_DEGREES, decimals + 3),
    }[notation]
    return Written(text, truth, form, _precision_m(truth, form, more))


def _precision_m(at: Position, form: PositionForm, decimals: int) -> float:
    unit_deg = {"dd": 1.0, "ddm": 1.0 / 60.0, "dms": 1.0 / 3600.0}[form]
    half_deg = 0.5 * 10.0**-decimals * unit_deg
    return METRES_PER_DEGREE * half_deg * math.hypot(1.0, math.cos(math.radians(at.lat_deg)))


# The grid


def _mgrs(dice: random.Random) -> Written:
    truth = a_place(dice)
    zone, easting_m, northing_m = to_utm(truth)
    digits = dice.randint(1, 5)
    step = 10 ** (5 - digits)
    column = "STUVWXYZABCDEFGHJKLMNPQR"[8 * (zone % 3) + int(easting_m // 100_000) - 1]
    row = "ABCDEFGHJKLMNPQRSTUV"[(int(northing_m // 100_000) + (0 if zone % 2 else 5)) % 20]
    east, north = (f"{int(m % 100_000 // step):0{digits}d}" for m in (easting_m, northing_m))
    shapes = ["{z}U {s} {e} {n}", "{z}U{s}{e}{n}", "{z}U {s} {e}{n}", "{z}U{s} {e} {n}",
              "{z} U {s} {e} {n}", "MGRS {z}U {s} {e} {n}", "MGRS: {z}U{s}{e}{n}"]  # fmt: skip
    text = dice.choice(shapes).format(z=zone, s=column + row, e=east, n=north)
    if dice.random() < 0.2:
        text = text.lower()
    return Written(
        text, truth, PositionForm.MGRS, step / math.sqrt(2.0), dice.choice((EN, FR)),
        is_bare=len(text.split()[-1]) > digits,  # figures behind might be its other half
    )  # fmt: skip


def _utm(dice: random.Random) -> Written:
    truth = a_place(dice)
    zone, easting_m, northing_m = to_utm(truth)
    decimals = dice.choice((0, 0, 0, 1))
    east, north = f"{easting_m:.{decimals}f}", f"{northing_m:.{decimals}f}"
    shapes = ["{z}U {e} {n}", "UTM {z}U {e} {n}", "{z}U {e}E {n}N", "{z}u {e} {n}",
              "{z} U {e} {n}", "{z}U {e} E {n} N", "{z}U 0{e} {n}", "{z}U {e}, {n}"]  # fmt: skip
    text = dice.choice(shapes).format(z=zone, e=east, n=north)
    precision_m = 0.5 * 10.0**-decimals * math.sqrt(2.0)
    return Written(text, truth, PositionForm.UTM, precision_m, dice.choice((EN, FR)))


# From marks and tracks


_MARKS: Final = tuple(mark for mark in read_marks() if mark.code != "CGN")
_ON_A_NAME: Final = (
    "{d}NM {b}T from {name}", "{d} NM {b} from {name}", "{d} miles {b}T from {name}",
    "{d} nautical miles {b} from {name}", "{b}T from {name} {d} NM", "{b}° from {name} {d}nm",
    "bearing {b} from {name}, distance {d} miles", "{name} {b} {d} NM", "{b} {name} {d}NM",
    "{name} {b}T {d} NM", "{d}nm {b}°T from {name}", "{b} degrees true from {name} distance {d} NM",
)  # fmt: skip
_ON_A_CODE: Final = ("{b} {name} {d}", "{name} {b} {d}", "{b}T {name} {d}", "{b}° {name} {d}")
_IN_FRENCH: Final = (
    "à {d} milles dans le {b} de {name}", "à {d} milles dans le {b}° de {name}",
    "{d} NM au {b} de {name}", "dans le {b} de {name} à {d} milles", "au {b} de {name}, {d} milles",
    "{d} milles nautiques au {b} de {name}",
)  # fmt: skip
_OTHER_UNITS: Final = {
    "cables": 185.2, "km": 1000.0, "metres": 1.0, "cable": 185.2, "kilometres": 1000.0,
}  # fmt: skip
_WINDS: Final = (
    ("N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE", "S", "SSW", "SW", "WSW", "W", "WNW", "NW",
     "NNW"),
    ("north", "north-north-east", "north-east", "east-north-east", "east", "east-south-east",
     "south-east", "south-south-east", "south", "south-south-west", "south-west", "west-south-west",
     "west", "west-north-west", "north-west", "north-north-west"),
    ("N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE", "S", "SSO", "SO", "OSO", "O", "ONO", "NO",
     "NNO"),
)  # fmt: skip


def _measured(dice: random.Random) -> Written:
    """Return a bearing and a distance from a shipped mark."""
    mark = dice.choice(_MARKS)
    is_code = dice.random() < 0.5
    name = mark.code if is_code else mark.name.split(" (")[0]
    bearing_deg, distance_m = dice.uniform(0.0, 360.0), 1852.0 * dice.uniform(0.3, 20.0)
    truth = _from(mark.position, bearing_deg, distance_m)
    error_m = mark.error_m or 0.0
    kind = dice.random()
    if kind < 0.2:
        return _by_wind(dice, name, truth, bearing_deg, distance_m, error_m)
    language = FR if kind < 0.4 else dice.choice((EN, FR))
    decimals, unit_m, unit = dice.randint(1, 2), 1852.0, ""
    if language is FR and kind < 0.4:
        shape = dice.choice(_IN_FRENCH)
    elif kind < 0.5:
        unit = dice.choice(list(_OTHER_UNITS))
        unit_m, decimals = _OTHER_UNITS[unit], 0 if unit == "metres" else 1
        shape = "{d} " + unit + dice.choice((" {b} from {name}", " {b}T from {name}"))
    else:
        shape = dice.choice(_ON_A_CODE if is_code and dice.random() < 0.6 else _ON_A_NAME)
    figures = f"{distance_m / unit_m:.{decimals}f}"
    if language is FR and dice.random() < 0.7:
        figures = figures.replace(".", ",")
    bearing = f"{round(bearing_deg) % 361:03d}"
    text = shape.format(d=figures, b=bearing, name=name)
    if dice.random() < 0.15:
        text = text.lower()
    half_m = 0.5 * 10.0**-decimals * unit_m
    across_m = distance_m * math.sin(math.radians(0.5))
    precision_m = math.hypot(half_m, across_m, error_m)
    form = PositionForm.BEARING_DISTANCE
    return Written(text, truth, form, precision_m, language, is_bare=shape in _ON_A_CODE)


def _by_wind(
    dice: random.Random, name: str, truth: Position, bearing_deg: float, distance_m: float,
    error_m: float,
) -> Written:  # fmt: skip
    language = dice.choice((EN, FR))
    words = dice.choice(_WINDS[:2]) if language is EN else _WINDS[2]
    is_fine = dice.random() < 0.5
    step = 1 if is_fine else 2
    index = round(bearing_deg / (22.5 * step)) * step % 16
    wind = words[index]
    half_deg = 11.25 if index % 2 else 22.5
    shapes = ["{d} NM {w} of {name}", "{d} nautical miles {w} of {name}", "{d}nm {w} of {name}"]
    if language is FR:
        shapes = ["à {d} milles dans le {w} de {name}", "à {d} NM au {w} de {name}"]
    decimals = dice.randint(1, 2)
    figures = f"{distance_m / 1852.0:.{decimals}f}"
    figures = figures.replace(".", ",") if language is FR else figures
    text = dice.choice(shapes).format(d=figures, w=wind, name=name)
    half_m = 0.5 * 10.0**-decimals * 1852.0
    distance_m = 1852.0 * round(distance_m / 1852.0, decimals)
    across_m = 2.0 * distance_m * math.sin(math.radians(half_deg / 2.0))
    precision_m = math.hypot(half_m, across_m, error_m)
    return Written(text, truth, PositionForm.BEARING_DISTANCE, precision_m, language)


def _relative(dice: random.Random) -> Written:
    """Return a bearing and a distance from the last fix of track A of the table's desk."""
    bearing_deg, distance_m = dice.uniform(0.0, 359.4), 1852.0 * dice.uniform(0.3, 9.0)
    truth = _from(R3, bearing_deg, distance_m)
    decimals = dice.randint(1, 2)
    figures, bearing = f"{distance_m / 1852.0:.{decimals}f}", f"{round(bearing_deg):03d}"
    shape = dice.choice(("A {b} {d}", "A {b}T {d}NM", "{d} NM {b} from A", "A {b}° {d} NM"))
    half_m = 0.5 * 10.0**-decimals * 1852.0
    precision_m = math.hypot(half_m, distance_m * math.sin(math.radians(0.5)), 18.3)
    text = shape.format(b=bearing, d=figures)
    is_bare = shape == "A {b} {d}"
    return Written(text, truth, PositionForm.RELATIVE, precision_m, is_bare=is_bare)


def _from(at: Position, bearing_deg: float, distance_m: float) -> Position:
    lon_deg, lat_deg, _ = GEOD.fwd(at.lon_deg, at.lat_deg, bearing_deg, distance_m)
    return Position(lon_deg, lat_deg)


_WRITERS: Final = (
    *(_angles,) * 7, *(_run_together,) * 3, *(_signed,) * 2, _unsaid, *(_notation,) * 2,
    *(_mgrs,) * 2, _utm, *(_measured,) * 4, _relative,
)  # fmt: skip
