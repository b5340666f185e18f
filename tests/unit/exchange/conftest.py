"""Children that read files without being started anew, for tests that are not about them."""

from helpers.ready_readers import _ready_to_read, ready_readers

__all__ = ["_ready_to_read", "ready_readers"]
