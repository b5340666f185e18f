"""The guard around every Qt override and event filter.

An exception that leaves a Python override ends Python 3.11 in a segmentation fault when
it was raised in C and the override was reached through Python (PySide6 6.8 to 6.12), and
an event filter lets it out into whoever showed the window. So none leaves.
"""

import functools
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from channelplot.handed_on import HANDED_ON

P = ParamSpec("P")
R = TypeVar("R")


def qt_guarded(default: R) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Return the decorator for an override that answers ``default`` when it fails.

    Whatever is raised goes to ``sys.excepthook``, which logs and shows it. Use
    ``@qt_guarded(None)`` on event handlers, ``@qt_guarded(False)`` on filters.
    """

    def decorate(override: Callable[P, R]) -> Callable[P, R]:
        @functools.wraps(override)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
            with HANDED_ON:
                return override(*args, **kwargs)
            return default

        return guarded

    return decorate
