"""The ways to run one trivial submission: what others do, and what we do. Each returns the submission's answer.

The submission is the same for all: `SOURCE` is executed, `f` is called with one small array, and the answer comes back
to the process that measures. A way that did not really run it is found out: the caller compares the answer.
"""

import json
import multiprocessing
import subprocess
import sys
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

import numpy as np

from benchmarks.unprotected import in_forked_server
from grader.sandbox import Call, Kind, Program, Sandbox
from grader.sandbox.pool import PARKED

SOURCE = "def f(x):\n    return x + 1\n"
INPUT, ANSWER = [1.0, 2.0], [2.0, 3.0]
REFILL_S = 0.05  # a pool is asked when it is full: that is what it is for
_ARRAY = {"numpy": "numpy.array", "torch": "torch.tensor"}


class Way(ABC):
    """One way to run a submission; `name` is that of its row."""

    name: str
    is_ours = False
    pause_s = 0.0
    exchange_s: float | None = None  # of the last run: from sending the source to having the answer

    def __init__(self, kind: Kind) -> None:
        self.kind = kind

    @abstractmethod
    def run(self) -> object:
        """Run the submission once and return its answer."""

    def rest(self) -> None:  # noqa: B027 -- most ways have nothing to do then
        """Do what is done between two submissions, when nobody waits."""

    def close(self) -> None:  # noqa: B027 -- most ways open nothing
        """Let go of what the constructor opened."""


class Bare(Way):
    name = "bare: python -c import"

    def run(self) -> object:
        return json.loads(subprocess.run(self.command(), check=True, capture_output=True, text=True).stdout)

    def command(self) -> list[str]:
        answer = f"f({_ARRAY[self.kind]}({INPUT})).tolist()"
        return [sys.executable, "-c", f"import json, {self.kind}\n{SOURCE}\nprint(json.dumps({answer}))"]


class Bubblewrap(Bare):
    name = "bubblewrap around it, full unshare"

    def command(self) -> list[str]:
        jail = ["bwrap", "--unshare-all", "--die-with-parent", "--new-session", "--cap-drop", "ALL"]
        jail += ["--ro-bind", "/", "/", "--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp"]  # noqa: S108 -- of the jail
        jail += ["--ro-bind", sys.prefix, sys.prefix]  # which may lie in /tmp
        return [*jail, *super().command()]


class ForkServer(Way):
    name = "multiprocessing forkserver, no isolation"

    def __init__(self, kind: Kind) -> None:
        super().__init__(kind)
        self._context = multiprocessing.get_context("forkserver")

    def run(self) -> object:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=in_forked_server, args=(theirs, self.kind, SOURCE, INPUT))
        process.start()
        theirs.close()
        try:
            return ours.recv()
        finally:
            ours.close()
            process.join()


class OnDemand(Way):
    name = "zygote, forked on demand, locked down"
    is_ours = True
    parked = 0

    def __init__(self, kind: Kind) -> None:
        super().__init__(kind)
        self._sandbox = Sandbox(kind, parked=self.parked)
        self._sandbox.open()

    def run(self) -> object:
        outcome = self._sandbox.run(Program(SOURCE), [Call("f", {"x": np.array(INPUT)})])
        self.exchange_s = outcome.phases.get("answered", 0.0) - outcome.phases["ready"]
        return np.asarray(outcome.results[0].value).tolist() if outcome.results else outcome.detail

    def rest(self) -> None:
        self._sandbox.refill()

    def close(self) -> None:
        self._sandbox.close()


class Parked(OnDemand):
    name = "zygote, pool of parked children"
    parked = PARKED
    pause_s = REFILL_S


WAYS: tuple[type[Way], ...] = (Bare, Bubblewrap, ForkServer, OnDemand, Parked)


@dataclass(frozen=True, slots=True)
class Times:
    """The seconds that each run of one way took, and its exchange alone where the way tells."""

    way: type[Way]
    kind: Kind
    seconds: list[float]
    exchanges: list[float]


@contextmanager
def opened(kinds: list[Kind]) -> Iterator[list[Way]]:
    """Open every way for every kind; forkservers are made to import the libraries before they are asked."""
    multiprocessing.get_context("forkserver").set_forkserver_preload(["benchmarks.unprotected", *kinds])
    with ExitStack() as stack:
        ways = [way(kind) for kind in kinds for way in WAYS]
        for way in ways:
            stack.callback(way.close)
        yield ways


def interleaved(ways: list[Way], rounds: int, repeats: int) -> list[Times]:
    """Run every way in turn, `rounds` times over, so that a busy moment of the machine meets all of them alike.

    Ours are too quick for one run a round to say much: they run `repeats` times in a row. The first round warms up.
    """
    times = {way: Times(type(way), way.kind, [], []) for way in ways}
    for number in range(rounds + 1):
        for way in ways:
            for _ in range(repeats if way.is_ours else 1):
                seconds = timed(way)
                if number:
                    times[way].seconds.append(seconds)
                    if way.exchange_s is not None:
                        times[way].exchanges.append(way.exchange_s)
    return list(times.values())


def timed(way: Way) -> float:
    """Return the seconds that one run takes. Raises `RuntimeError` for a wrong answer: it measured something else."""
    way.rest()
    time.sleep(way.pause_s)
    began = time.perf_counter()
    answer = way.run()
    seconds = time.perf_counter() - began
    if answer != ANSWER:
        raise RuntimeError(f"{way.name} ({way.kind}) answered {answer!r} and not {ANSWER}.")
    return seconds
