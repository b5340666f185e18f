"""What the commands print, whatever character set the terminal has."""

import json
import os
import sys
from collections.abc import Mapping


def print_json(record: Mapping[str, object]) -> None:
    """Print a record as JSON; with escapes where the output's character set needs them."""
    text = json.dumps(record, ensure_ascii=False, indent=1, allow_nan=False)
    if text != _printable(text):
        text = json.dumps(record, indent=1, allow_nan=False)
    print_line(text)


def print_line(text: str) -> None:
    """Print a line of text, unless whoever read them has seen enough."""
    try:
        sys.stdout.write(_printable(text) + "\n")
        sys.stdout.flush()
    except BrokenPipeError:  # Python would complain again at the end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _printable(text: str) -> str:
    """Return a text with question marks for what the output's character set has not."""
    encoding = sys.stdout.encoding or "ascii"
    return text.encode(encoding, "replace").decode(encoding)
