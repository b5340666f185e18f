"""The rules of the public schema of GPX 1.1 (topografix.com/GPX/1/1/gpx.xsd), as far as written.

Elements of a type stand in one order, each at most as often as said; extensions hold only elements
of other namespaces.
"""

import re
from collections.abc import Iterator
from typing import Final
from xml.etree import ElementTree as ET

GPX: Final = "{http://www.topografix.com/GPX/1/1}"
_POINT: Final = (
    "ele", "time", "magvar", "geoidheight", "name", "cmt", "desc", "src", "link*", "sym", "type",
    "fix", "sat", "hdop", "vdop", "pdop", "ageofdgpsdata", "dgpsid", "extensions",
)  # fmt: skip
_LINE: Final = ("name", "cmt", "desc", "src", "link*", "number", "type", "extensions")
_ORDER: Final = {
    "gpx": ("metadata", "wpt*", "rte*", "trk*", "extensions"),
    "trk": (*_LINE, "trkseg*"),
    "trkseg": ("trkpt*", "extensions"),
    "wpt": _POINT,
    "trkpt": _POINT,
}
_DECIMAL: Final = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)")
_TIME: Final = re.compile(
    r"[0-9]{4}-(0[1-9]|1[0-2])-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9](\.[0-9]+)?Z"
)


def breaches(root: ET.Element) -> Iterator[str]:
    """Yield what the schema does not allow."""
    if root.tag != f"{GPX}gpx" or root.get("version") != "1.1" or not root.get("creator"):
        yield "root"
    for element in root.iter():
        if not element.tag.startswith(GPX):
            continue
        name = element.tag.removeprefix(GPX)
        if name in _ORDER:
            yield from _out_of_order(name, element)
        elif name == "extensions":
            yield from (f"{each.tag} in extensions" for each in element if GPX in each.tag)
        elif len(element):
            yield f"{name} holds elements"
        if name in ("wpt", "trkpt"):
            yield from _wrong_place(element)
        if name == "time" and not _TIME.fullmatch(element.text or ""):
            yield f"time {element.text}"
        if name not in ("gpx", "wpt", "trkpt") and element.attrib:
            yield f"attributes of {name}"


def _out_of_order(name: str, element: ET.Element) -> Iterator[str]:
    allowed = list(_ORDER[name])
    names = [each.tag.removeprefix(GPX) for each in element]
    pattern = "".join(
        f"({each[:-1]},)*" if each.endswith("*") else f"({each},)?" for each in allowed
    )
    if not re.fullmatch(pattern, "".join(f"{each}," for each in names)):
        yield f"{name}: {names}"


def _wrong_place(element: ET.Element) -> Iterator[str]:
    if set(element.attrib) != {"lat", "lon"}:
        yield f"attributes {element.attrib}"
    for name, most in (("lat", 90.0), ("lon", 180.0)):
        text = element.get(name, "")
        if not _DECIMAL.fullmatch(text) or abs(float(text)) > most:
            yield f"{name} {text}"
