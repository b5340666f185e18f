"""Reference layers: each to its row and back."""

from typing import Final

from channelplot.model.reference_layer import (
    Dash,
    ReferenceKind,
    ReferenceLayer,
    ReferenceSchema,
    ReferenceStyle,
)
from channelplot.store.columns import WITHDRAWN
from channelplot.store.flat import Values
from channelplot.store.values import (
    Row,
    Value,
    real_value,
    required_real_of,
    text_of,
    text_value,
    uid_of,
)

_KINDS: Final[dict[Value, ReferenceKind]] = {code.value: code for code in ReferenceKind}
_SCHEMAS: Final[dict[Value, ReferenceSchema]] = {code.value: code for code in ReferenceSchema}
_DASHES: Final[dict[Value, Dash]] = {code.value: code for code in Dash}

REFERENCE_LAYER_READ: Final = (
    "uid",
    "name",
    "path",
    "source_table",
    "crs",
    "kind",
    "known_schema",
    "line_colour",
    "line_width_px",
    "line_dash",
    "fill_colour",
    "fill_opacity",
    "point_px",
    "label_column",
    "label_size_pt",
    "credit",
)


def reference_layer_row(layer: ReferenceLayer) -> Row:
    """Return the row of a reference layer."""
    style = layer.style
    return {
        "uid": layer.uid,
        "name": text_value(layer.name),
        "path": text_value(layer.path),
        "source_table": text_value(layer.table),
        "crs": text_value(layer.crs),
        "kind": layer.kind.value,
        "known_schema": layer.schema.value,
        "line_colour": text_value(style.line),
        "line_width_px": real_value(style.width_px),
        "line_dash": style.dash.value,
        "fill_colour": text_value(style.fill),
        "fill_opacity": real_value(style.fill_opacity),
        "point_px": real_value(style.point_px),
        "label_column": text_value(style.label_column),
        "label_size_pt": real_value(style.label_size_pt),
        "credit": text_value(layer.credit),
        WITHDRAWN: None,
    }


def reference_layer_from(values: Values) -> ReferenceLayer:
    """Return a reference layer from its row (``REFERENCE_LAYER_READ``)."""
    (uid, name, path, table, crs, kind, schema), drawn = values[:7], values[7:]
    line, width_px, dash, fill, fill_opacity, point_px, label_column, label_size_pt, credit = drawn
    return ReferenceLayer(
        uid=uid_of(uid),
        name=text_of(name),
        path=text_of(path),
        table=text_of(table),
        crs=text_of(crs),
        kind=_KINDS[kind],
        schema=_SCHEMAS[schema],
        style=ReferenceStyle(
            line=text_of(line),
            width_px=required_real_of(width_px),
            dash=_DASHES[dash],
            fill=text_of(fill),
            fill_opacity=required_real_of(fill_opacity),
            point_px=required_real_of(point_px),
            label_column=text_of(label_column),
            label_size_pt=required_real_of(label_size_pt),
        ),
        credit=text_of(credit),
    )
