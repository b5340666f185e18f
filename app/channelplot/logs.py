"""The log: where it is written, how much, and what never goes into it.

Never above debug: positions, notes, names of people, words of reports. Identifiers and
counts only.
"""

import logging
import time
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Final

LARGEST_LOG_BYTES: Final = 1_000_000
OLD_LOGS: Final = 3


def start_logging(folder: Path) -> Path:
    """Log to ``channelplot.log`` in the folder, made if need be, and return that file.

    Raises OSError if the folder can't be written to.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "channelplot.log"
    handler = RotatingFileHandler(
        path, maxBytes=LARGEST_LOG_BYTES, backupCount=OLD_LOGS, encoding="utf-8", delay=True
    )
    formatter = logging.Formatter(
        "%(asctime)s.%(msecs)03dZ %(levelname)s %(name)s: %(message)s", "%Y-%m-%dT%H:%M:%S"
    )
    formatter.converter = time.gmtime
    handler.setFormatter(formatter)
    logger = logging.getLogger("channelplot")
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    return path
