"""The words of limits that a desk loads: their sides, their shapes, why one can't be loaded."""

import re
from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from channelplot.analysis.whose_waters import NO_STATE
from channelplot.exchange.limit_shapes import LimitShape, ShapeProblem
from channelplot.model.codes import LimitPurpose
from channelplot.model.limit import LoadedLimit
from channelplot.tools.limit_loading import LoadProblem, ShapeChoice, left_side_deg
from channelplot.ui.words.waters_text import state_text, worth_text

translate: Final = QCoreApplication.translate
STATES: Final = ("GB", "FR", "BE", "JE", "GG", NO_STATE)
"""Offered for the sides of a limit of waters; others may be typed."""
REGIONS: Final = (
    "HM Coastguard",
    "CROSS Gris-Nez",
    "CROSS Jobourg",
    "CROSS Corsen",
    "MRCC Oostende",
)
"""Offered for the sides of a limit of regions: proper names, the same in every language."""
_IN_BRACKETS: Final = re.compile(r"\(([A-Za-z]{2})\)$")
_CODE_LETTERS: Final = 2
_WINDS: Final = (
    QT_TRANSLATE_NOOP("Limits", "north"),
    QT_TRANSLATE_NOOP("Limits", "north-east"),
    QT_TRANSLATE_NOOP("Limits", "east"),
    QT_TRANSLATE_NOOP("Limits", "south-east"),
    QT_TRANSLATE_NOOP("Limits", "south"),
    QT_TRANSLATE_NOOP("Limits", "south-west"),
    QT_TRANSLATE_NOOP("Limits", "west"),
    QT_TRANSLATE_NOOP("Limits", "north-west"),
)
_PROBLEMS: Final[Mapping[ShapeProblem, object]] = {
    ShapeProblem.HOLES: QT_TRANSLATE_NOOP("Limits", "has holes: can't be loaded"),
    ShapeProblem.CROSSES_ITSELF: QT_TRANSLATE_NOOP("Limits", "crosses itself: can't be loaded"),
    ShapeProblem.TOO_MANY_POINTS: QT_TRANSLATE_NOOP("Limits", "too many points to be loaded"),
    ShapeProblem.TOO_FEW_POINTS: QT_TRANSLATE_NOOP("Limits", "too few points to be a limit"),
    ShapeProblem.NO_PLACE: QT_TRANSLATE_NOOP("Limits", "is not on Earth: can't be loaded"),
    ShapeProblem.SWAPPED: QT_TRANSLATE_NOOP(
        "Limits", "latitude and longitude look the wrong way round: can't be loaded"
    ),
}


def wind_text(bearing_deg: float) -> str:
    """Return a direction as one of eight winds: ``north-west``."""
    return translate("Limits", str(_WINDS[round(bearing_deg / 45.0) % 8]))


def side_texts(shape: LimitShape) -> tuple[str, str]:
    """Return where the left-hand and the right-hand side of a line lie: two winds."""
    left_deg = left_side_deg(shape.points)
    return wind_text(left_deg), wind_text(left_deg + 180.0)


def shape_text(shape: LimitShape) -> str:
    """Return what a shape is: ``line, 33 points``; or why it can't be loaded."""
    what = translate("Limits", "area") if shape.is_area else translate("Limits", "line")
    if shape.problem is not None:
        return f"{what}, {translate('Limits', str(_PROBLEMS[shape.problem]))}"
    return translate("Limits", "{what}, {n} points").format(what=what, n=len(shape.points))


def owner_text(code: str) -> str:
    """Return a state as one chooses it: ``UK (GB)``; ``no state`` for none; others as they are."""
    if code == NO_STATE:
        return translate("Limits", "no state")
    name = state_text(code)
    return f"{name} ({code})" if name != code else code


def owner_of_text(text: str) -> str:
    """Return the code that was chosen or typed: ``UK (GB)``, ``UK`` and ``gb`` are GB."""
    typed = text.strip()
    in_brackets = _IN_BRACKETS.search(typed)
    if in_brackets is not None:
        return in_brackets[1].upper()
    for code in STATES:
        said = {code, owner_text(code), state_text(code)}
        if typed.casefold() in {each.casefold() for each in said}:
            return code
    return typed.upper() if len(typed) == _CODE_LETTERS else typed


def swapped_text(choice: ShapeChoice) -> str:
    """Return the doubt that the sides of a line are the wrong way round."""
    wind, _ = side_texts(choice.shape)
    return translate(
        "Limits",
        "Are the sides of {name} the right way round? By what is known so far, the {wind} side is "
        "{other}.",
    ).format(name=choice.name, wind=wind, other=owner_text(choice.right))


def no_datum_text() -> str:
    """Return that a table does not say its datum, and what it is taken for."""
    return translate(
        "Limits",
        "The table does not say its datum: it is read as WGS 84. If it is ED50, its limits would "
        "lie over 100 m off.",
    )


def loaded_text(limit: LoadedLimit) -> str:
    """Return a loaded limit in one line: name, whose, for what, and what it is worth."""
    owners = [limit.left] if limit.is_area else [limit.left, limit.right]
    if limit.purpose is LimitPurpose.WATERS:
        owners = [owner_text(owner) for owner in owners]
        purpose = translate("Limits", "waters")
    else:
        purpose = translate("Limits", "search and rescue region")
    return f"{limit.name}: {' | '.join(owners)} · {purpose} · {worth_text(limit.is_legal)}"


def problem_text(problem: LoadProblem, name: str) -> str:
    """Return what is still to be said before limits can be loaded."""
    texts = {
        LoadProblem.NOTHING_CHOSEN: translate("Limits", "Tick what is to be loaded."),
        LoadProblem.SIDES_MISSING: translate("Limits", "Say whose waters or region: {name}."),
        LoadProblem.SAME_SIDES: translate("Limits", "Both sides of {name} are the same."),
    }
    return texts[problem].format(name=name)
