"""The language of what is drawn: on the screen the window's, on a sheet the one it is made in.

Chart and sheets word everything through ``translate``. The texts in French are in
``resources/translations/channelplot_fr.ts``; they are read from the ``.qm`` that
``tasks.py translations`` makes of it.

On a sheet in both languages a text stands as ``English / français``. What is put together of
several texts is put together ``in_each`` language first; where a layout has a line for each,
``in_each_language`` returns them apart.
"""

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum
from typing import Final, ParamSpec

from PySide6.QtCore import QCoreApplication, QTranslator

from channelplot.errors import BasemapError
from channelplot.resources import read_bytes

FRENCH_FILE: Final = "translations/channelplot_fr.qm"
BETWEEN: Final = " / "
"""Stands between the two languages."""

P = ParamSpec("P")


class SheetLanguage(StrEnum):
    """The language of a sheet's words; data values are codes and have none."""

    ENGLISH = "en"
    FRENCH = "fr"
    BOTH = "both"


_chosen: Final[ContextVar[SheetLanguage | None]] = ContextVar("sheet_language", default=None)


@contextmanager
def speaking(language: SheetLanguage) -> Iterator[None]:
    """Word everything that is drawn meanwhile, on this thread, in a language.

    Raises BasemapError if the French texts are missing.
    """
    if language is not SheetLanguage.ENGLISH:
        _french()
    token = _chosen.set(language)
    try:
        yield
    finally:
        _chosen.reset(token)


def translate(context: str, text: str, disambiguation: str | None = None) -> str:
    """Return a text of the program in the language that is spoken, else in the window's.

    In both languages it is ``English / français``; words that both begin or end with stand once.
    disambiguation: as Qt's: which of the places is meant where one text stands in several.
    """
    language = _chosen.get()
    if language is None:
        return QCoreApplication.translate(context, text, disambiguation)
    if language is SheetLanguage.ENGLISH:
        return text
    french = _french().translate(context, text, disambiguation) or text
    if language is SheetLanguage.FRENCH:
        return french
    return side_by_side(text, french)


def in_each_language(word: Callable[[], str]) -> tuple[str, ...]:
    """Return what is worded in each language that is spoken: twice in both, English first.

    Once where the two are alike.
    """
    if _chosen.get() is not SheetLanguage.BOTH:
        return (word(),)
    texts = []
    for language in (SheetLanguage.ENGLISH, SheetLanguage.FRENCH):
        with speaking(language):
            texts.append(word())
    return tuple(dict.fromkeys(texts))


def in_each(worded: Callable[P, str]) -> Callable[P, str]:
    """Let a function that puts several texts together do so in one language after the other."""

    @functools.wraps(worded)
    def in_both(*args: P.args, **kwargs: P.kwargs) -> str:
        return BETWEEN.join(in_each_language(lambda: worded(*args, **kwargs)))

    return in_both


def is_in_both() -> bool:
    """Return whether two languages are spoken at once."""
    return _chosen.get() is SheetLanguage.BOTH


def side_by_side(english: str, french: str) -> str:
    """Return two texts as one: ``Plot / Situation {state}`` of two that end in ``{state}``.

    Only whole words at the beginning and the end stand once, and where each has words of its own.
    """
    ours, theirs = english.split(" "), french.split(" ")
    if ours == theirs:
        return english
    least = min(len(ours), len(theirs))
    first = next(n for n in range(least + 1) if n == least or ours[n] != theirs[n])
    rest = least - first
    last = next(n for n in range(rest + 1) if n == rest or ours[-1 - n] != theirs[-1 - n])
    if least == first + last:
        return f"{english}{BETWEEN}{french}"
    end = len(ours) - last
    middle = (*ours[first:end], "/", *theirs[first : len(theirs) - last])
    return " ".join((*ours[:first], *middle, *ours[end:]))


@functools.cache
def _french() -> QTranslator:
    translator = QTranslator()
    if not translator.load(_french_bytes()):
        raise BasemapError(FRENCH_FILE, "no translations")
    return translator


@functools.cache
def _french_bytes() -> bytes:
    """Return the texts as they are read; Qt looks into these very bytes later, so they stay."""
    return read_bytes(FRENCH_FILE)
