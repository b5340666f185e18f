"""What a child process may not do: grow, run on, write much, reach a network.

Called in the child, before it touches anything that was given to it, and while it has one thread.
Linux; every bound that the kernel refuses is left out, the limits of memory and time never are.
"""

import ctypes
import platform
import resource
import signal
from collections.abc import Sequence
from typing import Final

MOST_MEMORY_BYTES: Final = 2 * 1024**3
MOST_CPU_S: Final = 50
MOST_WRITTEN_BYTES: Final = 512 * 1024**2
"""Of one file."""
_LIMITS: Final = (
    (resource.RLIMIT_AS, MOST_MEMORY_BYTES),
    (resource.RLIMIT_CPU, MOST_CPU_S),
    (resource.RLIMIT_FSIZE, MOST_WRITTEN_BYTES),
    (resource.RLIMIT_CORE, 0),
)

# Of Linux: sched.h, prctl.h, seccomp.h, filter.h, audit.h.
_NEW_NETWORK: Final = 0x4000_0000
_NEW_USER: Final = 0x1000_0000
_DIE_WITH_PARENT: Final = 1
_NO_NEW_PRIVILEGES: Final = 38
_SET_SECCOMP: Final = 22
_FILTER: Final = 2
_LOAD: Final = 0x20
_IF_EQUAL: Final = 0x15
_IF_AT_LEAST: Final = 0x35
_RETURN: Final = 0x06
_KILL: Final = 0x8000_0000
_ALLOW: Final = 0x7FFF_0000
_REFUSE: Final = 0x0005_0000 | 13
"""With EACCES."""
_OTHER_CALLS: Final = 0x4000_0000
"""From here on the same calls have other numbers (x32)."""
_BY_MACHINE: Final = {"x86_64": (0xC000_003E, 41, 425), "aarch64": (0xC000_00B7, 198, 425)}
"""The machine's own number, and those of the calls socket and io_uring_setup."""


class _Instruction(ctypes.Structure):
    """An instruction of a filter."""

    _fields_ = (
        ("code", ctypes.c_uint16),
        ("if_true", ctypes.c_uint8),
        ("if_false", ctypes.c_uint8),
        ("value", ctypes.c_uint32),
    )


class _Program(ctypes.Structure):
    """A filter."""

    _fields_ = (("length", ctypes.c_uint16), ("first", ctypes.POINTER(_Instruction)))


def confine() -> None:
    """Bound this process, and what it starts, for good."""
    for kind, value in _LIMITS:
        _, hard = resource.getrlimit(kind)
        most = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(kind, (most, most))
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_DIE_WITH_PARENT, signal.SIGKILL, 0, 0, 0)
    libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    _cut_network(libc)


def _cut_network(libc: ctypes.CDLL) -> None:
    """Take the network away, in two ways: some systems allow only one of them."""
    if libc.unshare(_NEW_NETWORK) != 0:
        libc.unshare(_NEW_USER | _NEW_NETWORK)
    numbers = _BY_MACHINE.get(platform.machine())
    if numbers is not None:
        instructions = _no_sockets(*numbers)
        array = (_Instruction * len(instructions))(*instructions)
        libc.prctl(_SET_SECCOMP, _FILTER, ctypes.byref(_Program(len(array), array)), 0, 0)


def _no_sockets(machine: int, *refused: int) -> Sequence[_Instruction]:
    """Return a filter that refuses calls by their numbers, and ends who calls in another way."""
    checks = len(refused)
    return (
        _Instruction(_LOAD, 0, 0, 4),  # the machine that the call is made for
        _Instruction(_IF_EQUAL, 1, 0, machine),
        _Instruction(_RETURN, 0, 0, _KILL),
        _Instruction(_LOAD, 0, 0, 0),  # the call's number
        _Instruction(_IF_AT_LEAST, checks + 1, 0, _OTHER_CALLS),
        *(_Instruction(_IF_EQUAL, checks - at, 0, call) for at, call in enumerate(refused)),
        _Instruction(_RETURN, 0, 0, _ALLOW),
        _Instruction(_RETURN, 0, 0, _REFUSE),
    )
