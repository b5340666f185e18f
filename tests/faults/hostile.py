"""Reading a file in a process of its own that tells what it opened, asked of the net, and took."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

_READ = """
import json, resource, sys, time
from pathlib import Path
from channelplot.errors import LimitFileError
from channelplot.exchange.limit_file import read_limit_file

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
for name in sys.argv[1:]:
    touched.clear()
    start = time.process_time()
    try:
        answer, line = f"{len(read_limit_file(Path(name)))} shapes", 0
    except LimitFileError as error:
        answer, line = str(error.fault), error.line
    took_s = time.process_time() - start
    told.append([name, answer, line, took_s, list(touched), 0])
    told[-1][-1] = peak_kb() - before_kb
print(json.dumps(told))
"""
_MOST_S = 120.0


@dataclass(frozen=True)
class Told:
    """What became of a file: the fault or how many shapes, the line, what reading it took.

    took_s: of the processor. touched: what was opened, and asked of the net.
    """

    path: Path
    answer: str
    line: int
    took_s: float
    touched: tuple[str, ...]
    grown_mb: float


def read_apart(*paths: Path) -> list[Told]:
    """Read files one after the other; a process that hangs or dies fails the test."""
    done = subprocess.run(
        [sys.executable, "-c", _READ, *map(str, paths)],
        capture_output=True,
        timeout=_MOST_S,
        check=True,
    )
    return [
        Told(Path(name), answer, line, took_s, tuple(touched), grown_kb / 1024)
        for name, answer, line, took_s, touched, grown_kb in json.loads(done.stdout)
    ]
