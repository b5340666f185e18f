"""Where the file of a reference layer is, as a plot keeps it: so that both may move together."""

import os
from dataclasses import replace
from pathlib import Path
from typing import Final

from channelplot.model.plot import Plot

_FEWEST_PARTS: Final = 2
"""Of a folder that files lie beside: next to a folder of the root lies everything."""


def stored_path(file: Path, plot: Path) -> str:
    """Return how a plot keeps where a file is.

    Relative to the plot's folder, with ``/``, where the file lies in it or in a folder next to
    it; else absolute. Both paths: absolute.
    """
    folder = plot.parent
    if file.is_relative_to(folder):
        return file.relative_to(folder).as_posix()
    beside = folder.parent
    if len(beside.parts) >= _FEWEST_PARTS and file.is_relative_to(beside):
        return Path(os.path.relpath(file, folder)).as_posix()
    return str(file)


def with_paths_from(plot: Plot, old: Path, new: Path) -> Plot:
    """Return a plot that keeps where its layers' files are as from another plot file.

    old, new: the plot file that the paths are told from, and the one they are to be told from.
    """
    for layer in plot.reference_layers.values():
        path = stored_path(found_path(layer.path, old), new)
        plot = plot.with_reference_layer(replace(layer, path=path))
    return plot


def found_path(stored: str, plot: Path) -> Path:
    """Return where a file should be, by what the plot keeps; whether it is, is not looked at."""
    return Path(os.path.normpath(plot.parent / stored))
