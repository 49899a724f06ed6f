"""The proofs of many tasks, shared among processes that each have jails of their own."""

import contextlib
import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from functools import lru_cache
from multiprocessing.util import Finalize
from pathlib import Path
from typing import Self

from courses.task_format import Task, load_task
from grader.certification.certificate import Certificate, certificate
from grader.certification.errors import CertificationError
from grader.certification.fingerprint import fingerprint
from grader.certification.plan import carried_out, proofs
from grader.certification.proofs import Proof, Result
from grader.sandbox import Kind, Sandbox

Progress = Callable[[int, int, str], None]  # proofs carried out, of how many, and which was the last


class Certifier:
    """A pool of processes; a context manager. `jobs` is the number of them."""

    def __init__(self, jobs: int = 0) -> None:
        self.jobs = jobs or os.cpu_count() or 1
        self._stack = contextlib.ExitStack()

    def __enter__(self) -> Self:
        # A fresh interpreter for each process: a fork would take over threads and open files of this one.
        context = multiprocessing.get_context("spawn")
        self._pool = self._stack.enter_context(ProcessPoolExecutor(self.jobs, context))
        self._stack.callback(self._pool.shutdown, cancel_futures=True)
        return self

    def __exit__(self, *_error: object) -> None:
        self._stack.close()

    def certify(self, tasks: Iterable[Task], progress: Progress = lambda *_: None) -> Iterator[Certificate]:
        """Yield the certificate of each task as soon as all of its proofs are carried out.

        Raises
        ------
        SandboxError, CertificationError
            There is no jail, or the processes ended; it says nothing about the tasks.
        """
        plan = [(task, proof) for task in tasks for proof in proofs(task)]
        futures = {self._pool.submit(_carried_out, task.folder, proof): (task, proof) for task, proof in plan}
        waiting = {task.slug: len(proofs(task)) for task, _ in plan}
        for done, future in enumerate(as_completed(futures), start=1):
            task, proof = futures[future]
            self._refuse_broken(future)
            progress(done, len(futures), f"{task.slug}: {proof}")
            waiting[task.slug] -= 1
            if not waiting[task.slug]:
                yield certificate(task, fingerprint(task), _results(futures, task))

    @staticmethod
    def _refuse_broken(future: Future[Result]) -> None:
        try:
            future.result()
        except BrokenProcessPool as error:
            raise CertificationError(
                "A process that certifies has ended; is there too little memory? Try fewer at once, with --jobs 1."
            ) from error


def _results(futures: dict[Future[Result], tuple[Task, Proof]], task: Task) -> list[Result]:
    """Return a task's results in the order of its plan."""
    return [future.result() for future, (other, _) in futures.items() if other == task]


_opened = contextlib.ExitStack()
_jails: dict[Kind, Sandbox] = {}
KINDS: dict[str, Kind] = {"numpy": "numpy", "torch": "torch"}
_task = lru_cache(maxsize=128)(load_task)


def _carried_out(folder: Path, proof: Proof) -> Result:
    """In a process of the pool: one proof, with the jails of this process."""
    return carried_out(_task(folder), proof, _jail)


def _jail(backend: str) -> Sandbox:
    """Return this process' jail for a backend, opened when it is first needed and closed when the process ends."""
    kind = KINDS[backend]
    if not _jails:
        Finalize(None, _opened.close, exitpriority=1)
    if kind not in _jails:
        _jails[kind] = _opened.enter_context(Sandbox(kind))
    return _jails[kind]
