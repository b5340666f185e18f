"""Texts in lines of a width that is given; no Qt."""

from collections.abc import Callable, Sequence


def wrapped(
    pieces: Sequence[str], width_px: Callable[[str], float], widest_px: float, between: str
) -> tuple[str, ...]:
    """Return pieces in lines no wider than a width; one that is too wide is broken at its words.

    width_px: how wide a text is. A single word too wide stands in a line of its own.
    """
    lines: list[str] = []
    for piece in pieces:
        joined = f"{lines[-1]}{between}{piece}" if lines else piece
        if width_px(joined) <= widest_px:
            lines[-1:] = [joined]
        else:
            lines += _broken(piece, width_px, widest_px)
    return tuple(lines)


def _broken(text: str, width_px: Callable[[str], float], widest_px: float) -> list[str]:
    if width_px(text) <= widest_px:
        return [text]
    lines: list[str] = []
    for word in text.split():
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and width_px(joined) <= widest_px:
            lines[-1] = joined
        else:
            lines.append(word)
    return lines
