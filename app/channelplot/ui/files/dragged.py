"""Files that are dragged over a window."""

from pathlib import Path

from PySide6.QtGui import QDropEvent


def dragged_files(event: QDropEvent) -> tuple[Path, ...]:
    """Return the files of this machine that are dragged; none where anything else is with them."""
    urls = event.mimeData().urls()
    paths = tuple(Path(url.toLocalFile()) for url in urls if url.isLocalFile())
    return paths if len(paths) == len(urls) else ()
