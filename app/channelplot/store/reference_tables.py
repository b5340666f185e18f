"""The table of reference layers: where each file is and how it is drawn, and no more of it."""

from typing import Final

from channelplot.model.reference_layer import Dash, ReferenceKind, ReferenceSchema
from channelplot.store.columns import (
    Table,
    code_column,
    key_column,
    named_column,
    number_column,
    text_column,
    uid_column,
    withdrawn_column,
)

REFERENCE_LAYERS: Final = Table(
    "reference_layers",
    "One row for each file of others that is drawn with the plot; the file itself is not in here.",
    (
        key_column(),
        uid_column("layer"),
        named_column("name", "Name", "What the desk calls the layer."),
        named_column(
            "path",
            "Path",
            "Where the file is: from this file's folder on, with /, where it lies in that folder"
            " or next to it; else absolute.",
        ),
        text_column("source_table", "Table", "The table of the file; empty for its only one."),
        text_column(
            "crs",
            "Reference system",
            "What its positions are in, as EPSG:2154, where the desk had to say; else empty.",
        ),
        code_column(
            "kind", "Kind", "Shapes, or tiles of a picture.", ReferenceKind, ReferenceKind.VECTOR
        ),
        code_column(
            "known_schema",
            "Known as",
            "What the table is known to be, and is drawn as.",
            ReferenceSchema,
            ReferenceSchema.PLAIN,
        ),
        text_column(
            "line_colour", "Line", "Colour of lines: #rrggbb, or reference for the chart's own."
        ),
        number_column("line_width_px", "Line width (px)", "Width of lines, pixels of the screen."),
        code_column("line_dash", "Dash", "How lines are broken.", Dash, Dash.SOLID),
        text_column(
            "fill_colour", "Fill", "Colour of areas: #rrggbb, or reference for the chart's own."
        ),
        number_column("fill_opacity", "Opacity", "Of areas: 0 is the outline alone, 1 opaque."),
        number_column("point_px", "Points (px)", "How large points are, pixels across."),
        text_column("label_column", "Label", "The column whose words are shown; empty: none."),
        number_column("label_size_pt", "Label size (pt)", "Size of those words, points."),
        text_column("credit", "Credit", "Who is to be named for what it shows."),
        withdrawn_column("layer"),
    ),
)
