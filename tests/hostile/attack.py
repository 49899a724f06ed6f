"""The form of a hostile program, and the short ways of writing one down."""

from dataclasses import dataclass, field

from grader.sandbox import Limits, Status

SYSCALL = "libc = ctypes.CDLL(None, use_errno=True)\n"
_IMPORTS = "import ctypes, os, sys, time, signal\nimport numpy as np\n"


@dataclass(frozen=True)
class Raises:
    """The run completes, and the call itself raised this."""

    type: str


@dataclass(frozen=True)
class Returns:
    """The run completes, and this is all the program got for its trouble: a value, or a type nobody can convert."""

    value: object = None
    unsupported: str = ""


Ending = Status | Raises | Returns


@dataclass(frozen=True)
class Attack:
    """A program that defines `f(x)` and how it must end."""

    name: str
    source: str
    expected: Ending
    detail: str = ""  # a part of the sentence the learner reads
    limits: Limits = field(default=Limits(cpu_s=0.3, wall_s=2.0, memory_mib=64, prints_kib=16, output_mib=2))


SLEEPY = Limits(cpu_s=0.3, wall_s=0.5, memory_mib=64, prints_kib=16, output_mib=2)  # for those that wait, not compute


def call(name: str, body: str, expected: Ending, detail: str = "", **limits: Limits) -> Attack:
    """Return a program whose `f` has `body`."""
    lines = "\n".join(f"    {line}" for line in body.strip().splitlines())
    return Attack(name, f"{_IMPORTS}def f(x):\n{lines}\n", expected, detail, **limits)


def system_call(name: str, number: int, expected: Ending, *arguments: int) -> Attack:
    """Return a program that makes one system call by its number of x86-64, past libc; success is 0 or more."""
    padded = ", ".join(f"ctypes.c_long({argument})" for argument in (*arguments, 0, 0, 0, 0, 0, 0)[:6])
    return call(name, f"{SYSCALL}assert libc.syscall({number}, {padded}) >= 0, ctypes.get_errno()", expected)
