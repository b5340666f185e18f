"""The first features of a file: what a person sees who is asked which property holds what."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from channelplot.errors import ImportFault, ImportFileError
from channelplot.exchange.incoming.feature_look import look_of_names, said_by_name
from channelplot.exchange.incoming.features import Shape
from channelplot.exchange.incoming.found import FoundPlace, FoundReport, FoundTrack, ReadOptions
from channelplot.exchange.incoming.geojson import SUFFIXES as GEOJSON_SUFFIXES
from channelplot.exchange.incoming.geojson import read_geojson
from channelplot.exchange.incoming.mapped_columns import TableLook
from channelplot.exchange.incoming.vector import SUFFIXES as VECTOR_SUFFIXES
from channelplot.exchange.incoming.vector import read_vector
from channelplot.exchange.ordinary_file import system_words

FEATURE_SUFFIXES: Final = (*GEOJSON_SUFFIXES, *VECTOR_SUFFIXES)
_SAMPLE: Final = 50


def look_at_features(path: Path, options: ReadOptions) -> TableLook:
    """Return what is read of the properties of a GeoJSON's features, or of a layer's columns.

    By the first features, each a row. What was said of a column's number counts for its name.
    Takes a second or two. Raises ImportFileError.
    """
    sample = _Sample()
    try:
        if path.suffix.lower() in VECTOR_SUFFIXES:
            read_vector(path, options, sample, sample, _SAMPLE)
        else:
            with path.open("rb") as file:
                read_geojson(file, path, options, sample, sample)
    except _Enough:
        pass
    except OSError as error:
        raise ImportFileError(ImportFault.UNREADABLE, path, system_words(error)) from error
    names = tuple(dict.fromkeys(name for _, said in sample.found for name in said))
    rows = tuple(
        (line, tuple(said.get(name) or "" for name in names)) for line, said in sample.found
    )
    said = said_by_name(options.columns, look_of_names(names, options))
    return replace(
        look_of_names(names, replace(options, columns=said)), rows=rows, layout_key=_key(names)
    )


def _key(names: Sequence[str]) -> str:
    told = "\x1f".join(("features", *sorted(names)))
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:32]


class _Enough(Exception):
    """So many features have been told of as are looked at."""


class _Sample:
    """Keeps what the first features say; of the rest of a file nothing is wanted."""

    def __init__(self) -> None:
        self.found: list[tuple[int, Mapping[str, str | None]]] = []

    def tell(
        self, said: Mapping[str, str | None], shape: Shape | None, as_received: str, line: int
    ) -> None:
        """Take a feature. Raises _Enough."""
        del shape, as_received
        self.found.append((line, said))
        if len(self.found) == _SAMPLE:
            raise _Enough

    def finish(self) -> None:
        """Take the end of the file."""

    def track(self, track: FoundTrack) -> None:
        """Take nothing."""

    def report(self, report: FoundReport) -> None:
        """Take nothing."""

    def place(self, place: FoundPlace) -> None:
        """Take nothing."""

    def refuse(self, line: int, fault: ImportFault, detail: str = "") -> None:
        """Take nothing."""

    def progress(self, share: float) -> None:
        """Take nothing."""
