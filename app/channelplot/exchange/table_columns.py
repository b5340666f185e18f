"""Which columns of a table of positions hold what, by their titles or by the first row.

What can't be told is refused. A column that would change a position, as one of hemispheres, and
is not read must never be passed over.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

_BRACKETS: Final = re.compile(r"[(\[{][^)\]}]*[)\]}]")
_WORD: Final = re.compile(r"[a-z]+")
_LAT: Final = frozenset({"lat", "latitude", "latitudes"})
_LON: Final = frozenset({"lon", "long", "lng", "longitude", "longitudes"})
_POSITION: Final = frozenset(
    {"position", "positions", "pos", "coordinates", "coordinate", "coordonnees", "coords", "mgrs"}
)
_NAME: Final = frozenset(
    {"name", "nom", "point", "points", "label", "libelle", "id", "no", "numero", "number", "wpt"}
)
_LINE: Final = frozenset(
    {"line", "ligne", "limit", "limite", "boundary", "track", "route", "area", "zone", "polygon"}
)
_TIME: Final = frozenset({"time", "heure", "date", "datetime", "timestamp", "dtg"})
_SOUTH_OR_WEST: Final = frozenset({"s", "w", "o", "south", "west", "sud", "ouest"})
_PARTS: Final = frozenset(
    {
        "n", "e", "ns", "ew", "dir", "hemisphere", "hem", "min", "mins", "minute", "minutes", "sec",
        "secs", "second", "seconds", "seconde", "secondes", "deg", "degree", "degrees", "degre",
        "degres", *_SOUTH_OR_WEST,
    }
)  # fmt: skip
"""A column of these alone is a part of an angle."""
_NOT_DEGREES: Final = frozenset(
    {
        "min", "mins", "minute", "minutes", "sec", "secs", "second", "seconds", "secondes", "rad",
        "radian", "radians", "grad", "grads", "gon", "metre", "metres", "meter", "meters",
    }
)  # fmt: skip
_HEMISPHERE: Final = re.compile(r"[NSEWOnsewo]|[°'\"′″]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Where in a row stands what; None: nowhere.

    count: cells of a row. position, or lat and lon: where the position is. needs_letters: the
    titles name south or west, so that figures without their letter could be either.
    """

    count: int
    position: int | None = None
    lat: int | None = None
    lon: int | None = None
    name: int | None = None
    line: int | None = None
    times: tuple[int, ...] = ()
    needs_letters: bool = False

    def unread(self) -> tuple[int, ...]:
        """Return the columns that are passed over."""
        read = {self.position, self.lat, self.lon, self.name, self.line, *self.times}
        return tuple(column for column in range(self.count) if column not in read)


def titled_columns(titles: Sequence[str]) -> Columns | None:
    """Return what the titles of a table say; None where they are no titles of positions.

    Raises ValueError where they are, and can't be read: an angle in several columns, two
    latitudes, another unit than degrees.
    """
    said = [_words(title) for title in titles]
    lat = [at for at, each in enumerate(said) if each & _LAT and not each & _LON]
    lon = [at for at, each in enumerate(said) if each & _LON and not each & _LAT]
    both = [at for at, each in enumerate(said) if each & _LAT and each & _LON]
    whole = both or [at for at, each in enumerate(said) if each & _POSITION]
    if not lat and not lon and not whole:
        return None
    is_pair = len(lat) == 1 and len(lon) == 1 and not both
    is_whole = not lat and not lon and len(whole) == 1
    positions = [lat[0], lon[0]] if is_pair else whole
    whole_titles = [_words(titles[at], with_brackets=True) for at in positions]
    is_in_parts = any(each and each <= _PARTS for each in said)
    if (
        not (is_pair or is_whole)
        or is_in_parts
        or any(each & _NOT_DEGREES for each in whole_titles)
    ):
        msg = f"no columns of positions: {titles!r}"
        raise ValueError(msg)
    free = [at for at in range(len(titles)) if at not in positions]
    times = tuple(at for at in free if said[at] & _TIME)
    line = next((at for at in free if at not in times and said[at] & _LINE), None)
    name = next((at for at in free if at not in {*times, line} and said[at] & _NAME), None)
    return Columns(
        count=len(titles),
        position=whole[0] if is_whole else None,
        lat=lat[0] if is_pair else None,
        lon=lon[0] if is_pair else None,
        name=name,
        line=line,
        times=times,
        needs_letters=any(each & _SOUTH_OR_WEST for each in whole_titles),
    )


def is_part_of_angle(cell: str) -> bool:
    """Return whether a cell that nobody reads is a hemisphere or a mark, and so changes another."""
    return _HEMISPHERE.fullmatch(cell) is not None


def _words(title: str, *, with_brackets: bool = False) -> frozenset[str]:
    """Return the words of a title in small letters without accents."""
    text = title if with_brackets else _BRACKETS.sub(" ", title)
    plain = unicodedata.normalize("NFD", text).casefold()
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    return frozenset(_WORD.findall(letters))
