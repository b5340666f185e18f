"""Reading a file in a process of its own that tells what it opened, asked of the net, and took."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

_READ = """
import json, resource, sys, time
from pathlib import Path
from datetime import UTC, datetime
from channelplot.errors import ImportFileError, LimitFileError
from channelplot.exchange.incoming.found import ReadOptions, Zone
from channelplot.exchange.incoming.read import read_incoming
from channelplot.exchange.limit_file import read_limit_file

def shapes(path):
    return len(read_limit_file(path))

def things(path):
    now_utc = datetime(2026, 9, 15, tzinfo=UTC)
    read = read_incoming(path, ReadOptions(now_utc=now_utc, zone=Zone.UTC))
    return read.report_count + len(read.places)

def peak_kb():
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))

touched = []
def hook(event, args):
    if event.startswith("socket.") or event in ("subprocess.Popen", "os.exec", "os.fork"):
        touched.append(event)
    if event == "open" and isinstance(args[0], str):
        touched.append(args[0])

before_kb = peak_kb()
sys.addaudithook(hook)
told = []
look = {"shapes": shapes, "things": things}[sys.argv[1]]
for name in sys.argv[2:]:
    touched.clear()
    start = time.process_time()
    try:
        answer, line = f"{look(Path(name))} {sys.argv[1]}", 0
    except (ImportFileError, LimitFileError) as error:
        answer, line = str(error.fault), error.line
    took_s = time.process_time() - start
    told.append([name, answer, line, took_s, list(touched), 0])
    told[-1][-1] = peak_kb() - before_kb
print(json.dumps(told))
"""
_MOST_S = 120.0


@dataclass(frozen=True)
class Told:
    """What became of a file: the fault or how many were found, the line, what reading it took.

    took_s: of the processor. touched: what was opened, and asked of the net.
    """

    path: Path
    answer: str
    line: int
    took_s: float
    touched: tuple[str, ...]
    grown_mb: float


def read_apart(*paths: Path, of: Literal["shapes", "things"] = "shapes") -> list[Told]:
    """Read files one after the other; a process that hangs or dies fails the test.

    of: shapes to be loaded as limits, or things to be imported.
    """
    done = subprocess.run(
        [sys.executable, "-c", _READ, of, *map(str, paths)],
        capture_output=True,
        timeout=_MOST_S,
        check=True,
    )
    return [
        Told(Path(name), answer, line, took_s, tuple(touched), grown_kb / 1024)
        for name, answer, line, took_s, touched, grown_kb in json.loads(done.stdout)
    ]
