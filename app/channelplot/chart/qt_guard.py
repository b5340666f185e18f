"""The guard around every Qt override and event filter.

An exception that leaves a Python override ends Python 3.11 in a segmentation fault when
it was raised in C and the override was reached through Python (PySide6 6.8 to 6.12), and
an event filter lets it out into whoever showed the window. So none leaves.
"""

import functools
import sys
from collections.abc import Callable
from types import TracebackType
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


class _Guard:
    """Hands whatever is raised inside it to ``sys.excepthook`` and goes on."""

    __slots__ = ()

    def __enter__(self) -> None:
        pass

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        if kind is None or error is None or not isinstance(error, Exception):
            return False
        sys.excepthook(kind, error, trace)
        return True


_GUARD = _Guard()


def qt_guarded(default: R) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Return the decorator for an override that answers ``default`` when it fails.

    Whatever is raised goes to ``sys.excepthook``, which logs and shows it. Use
    ``@qt_guarded(None)`` on event handlers, ``@qt_guarded(False)`` on filters.
    """

    def decorate(override: Callable[P, R]) -> Callable[P, R]:
        @functools.wraps(override)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
            with _GUARD:
                return override(*args, **kwargs)
            return default

        return guarded

    return decorate
