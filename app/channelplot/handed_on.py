"""What goes wrong in something called by the way: handed to the last hook, and work goes on.

``sys.excepthook`` logs it, writes a crash file and tells the operator (``ui/inside/crash.py``).
Used where an error is no business of whoever calls: overrides of Qt, listeners of a notice.
"""

import sys
from types import TracebackType
from typing import Final


class _HandedOn:
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


HANDED_ON: Final = _HandedOn()
"""``with HANDED_ON:`` around the call. An order to end (SystemExit) is not held up."""
