"""The ordered list of everything drawn on the chart."""

from enum import Enum
from types import MappingProxyType
from typing import Final, Protocol

from PySide6.QtGui import QPainter

from channelplot.chart.cancel import Cancel
from channelplot.chart.renderers import (
    beaches,
    boundary,
    coastline,
    conditions_note,
    error_circles,
    example,
    frame,
    graticule,
    labels,
    limits,
    marks,
    reckoning,
    scale_bar,
    searches,
    tracks,
    unreckoned_note,
    urgency,
)
from channelplot.chart.renderers import credits as credit_line
from channelplot.chart.renderers.pens import saved
from channelplot.chart.scene import Scene


class Renderer(Protocol):
    """Draws one thing of a scene; stops early, and leaves the rest out, when cancelled."""

    def __call__(self, painter: QPainter, scene: Scene, cancel: Cancel) -> None:
        """Draw in device-independent pixels of the scene's viewport."""
        ...


class Group(Enum):
    """What goes into one picture, from the bottom up: a change redraws one of them."""

    BASE = "base"
    SHORE = "shore"
    TRACKS = "tracks"
    LABELS = "labels"


RENDERERS: Final = MappingProxyType[Group, tuple[Renderer, ...]](
    {
        Group.BASE: (
            coastline.draw_ground,
            example.draw,
            coastline.draw_coast,
            graticule.draw,
            boundary.draw,
        ),
        # Below the tracks, in a picture that is soon drawn: they change every minute.
        Group.SHORE: (
            limits.draw,
            marks.draw,
            beaches.draw,
            error_circles.draw,
            searches.draw,
            reckoning.draw,
        ),
        Group.TRACKS: (tracks.draw, urgency.draw),
        Group.LABELS: (labels.draw,),
    }
)
"""What each group draws, in order."""
FURNITURE: Final[tuple[Renderer, ...]] = (
    frame.draw,
    scale_bar.draw,
    conditions_note.draw,
    unreckoned_note.draw,
    credit_line.draw,
)
"""What belongs to the screen or the sheet, not to a place on the chart."""


def draw_group(painter: QPainter, group: Group, scene: Scene, cancel: Cancel) -> None:
    """Draw one group; the painter is left as it was found."""
    for renderer in RENDERERS[group]:
        if cancel.is_cancelled:
            return
        with saved(painter):
            renderer(painter, scene, cancel)


def draw_chart(painter: QPainter, scene: Scene, cancel: Cancel) -> None:
    """Draw all groups in order, from the sea to the labels, without the furniture."""
    for group in Group:
        draw_group(painter, group, scene, cancel)


def draw_furniture(painter: QPainter, scene: Scene, cancel: Cancel) -> None:
    """Draw frame, scale bar, notes and credits; each can be called alone as well."""
    for renderer in FURNITURE:
        with saved(painter):
            renderer(painter, scene, cancel)
