"""Commands on reference layers: add, restyle, say where the file is now, remove."""

from collections.abc import Callable
from dataclasses import replace

from channelplot.commands.command import Command, Entity
from channelplot.errors import CommandRefused, RefusalReason
from channelplot.model.plot import Plot
from channelplot.model.reference_layer import ReferenceLayer, ReferenceStyle, is_drawable


def add_reference_layer(*layers: ReferenceLayer) -> Command:
    """Return the command that adds layers, as one act.

    Refused, as a whole, if there is none, one is there already, has no name, names no file, or
    has a style that can't be drawn.
    """

    def edit(plot: Plot) -> Plot:
        if not layers:
            raise CommandRefused(RefusalReason.NOTHING_CHOSEN)
        for layer in layers:
            if layer.uid in plot.reference_layers:
                raise CommandRefused(RefusalReason.ALREADY_THERE, layer.name)
            if not layer.name.strip():
                raise CommandRefused(RefusalReason.NAME_EMPTY)
            _require_path(layer.path, layer.name)
            _require_drawable(layer.style, layer.name)
            plot = plot.with_reference_layer(layer)
        return plot

    if len(layers) == 1:
        (only,) = layers
        return Command(
            "add_reference_layer", Entity.REFERENCE_LAYER, only.uid, edit, name=only.name
        )
    return Command("add_reference_layer", Entity.PLOT, "", edit, name=str(len(layers)))


def restyle_reference_layer(layer_uid: str, style: ReferenceStyle, name: str = "") -> Command:
    """Return the command that gives a layer another style and, if one is given, another name.

    Refused if there is no such layer, or the style can't be drawn.
    """

    def edit(plot: Plot) -> Plot:
        layer = _layer(plot, layer_uid)
        _require_drawable(style, layer.name)
        return plot.with_reference_layer(
            replace(layer, style=style, name=name.strip() or layer.name)
        )

    return _command("restyle_reference_layer", layer_uid, edit)


def move_reference_file(layer_uid: str, path: str, crs: str | None = None) -> Command:
    """Return the command that says where the file of a layer is now, and of all of that file.

    crs: what the layer's positions are in, where the desk has to say; None leaves what was said.
    Refused if there is no such layer, or the path is empty.
    """

    def edit(plot: Plot) -> Plot:
        moved = _layer(plot, layer_uid)
        _require_path(path, moved.name)
        for layer in plot.reference_layers.values():
            if layer.path == moved.path:
                plot = plot.with_reference_layer(replace(layer, path=path))
        told = moved.crs if crs is None else crs
        return plot.with_reference_layer(replace(moved, path=path, crs=told))

    return _command("move_reference_file", layer_uid, edit)


def remove_reference_layer(layer_uid: str) -> Command:
    """Return the command that takes a layer off the plot; the file it shows stays as it is.

    Refused if there is no such layer.
    """

    def edit(plot: Plot) -> Plot:
        _layer(plot, layer_uid)
        return plot.without_reference_layer(layer_uid)

    return _command("remove_reference_layer", layer_uid, edit)


def _command(label: str, layer_uid: str, edit: Callable[[Plot], Plot]) -> Command:
    def name_of(plot: Plot) -> str:
        layer = plot.reference_layers.get(layer_uid)
        return layer.name if layer is not None else ""

    return Command(label, Entity.REFERENCE_LAYER, layer_uid, edit, name_of=name_of)


def _layer(plot: Plot, layer_uid: str) -> ReferenceLayer:
    layer = plot.reference_layers.get(layer_uid)
    if layer is None:
        raise CommandRefused(RefusalReason.NO_SUCH_LAYER, layer_uid)
    return layer


def _require_path(path: str, name: str) -> None:
    if not path.strip() or "\0" in path:
        raise CommandRefused(RefusalReason.NO_FILE_NAMED, name)


def _require_drawable(style: ReferenceStyle, name: str) -> None:
    if not is_drawable(style):
        raise CommandRefused(RefusalReason.STYLE_RANGE, name)
