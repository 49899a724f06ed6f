"""A folder of submissions, each graded as one's own: `grade-folder`."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lms.cli import options, session
from lms.cli.errors import ACCEPTED, NOT_ACCEPTED, UNAVAILABLE, CommandError, MistakeError, UnavailableError
from lms.cli.feedback import style, words
from lms.cli.results import Results, Row
from lms.cli.shapes import CREATED, ME, SUBMISSION, Document
from lms.cli.sources import Catalogue, Work, read_source, work_of
from lms.cli.terminal import note, progress, say_table
from lms.cli.waiting import wait_until_graded

if TYPE_CHECKING:
    from lms.cli.client import Api


@click.command("grade-folder")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option(
    "--task", metavar="SLUG", help="The task of every file; else what its first lines, its name or its folder say."
)
@click.option(
    "--pattern", metavar="GLOB", default="*.py", show_default=True, help="Which files, in DIR and the folders within."
)
@click.option("--jobs", type=click.IntRange(1, 32), default=8, show_default=True, help="How many at the same time.")
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Where to write a row per file: name.csv or name.json. What is in it already is not graded again.",
)
@click.option("--force", is_flag=True, help="Grade everything anew, and write over --output.")
@options.backend
@options.timeout
@options.url
def grade_folder(
    folder: Path,
    task: str | None,
    pattern: str,
    jobs: int,
    output: Path | None,
    backend: str | None,
    timeout_s: float,
    url: str | None,
    *,
    force: bool,
) -> int:
    """Grade every file of a folder, several at a time.

    They are submitted in your name. Stopped in the middle, the same command goes on from there; a file is never
    submitted twice for one row.

    Exit code 0: all were accepted; 1: some were not, or could not be handed in; 3: some have no verdict.
    """
    files = _files(folder, pattern)
    results = Results(output, force=force)
    with session.connect(url) as api:
        # Requests are limited per minute, and a whole class takes many: what was asked to wait, waits.
        api.patience_s = timeout_s
        grading = _Grading(api, folder, results, task=task, backend=backend, timeout_s=timeout_s)
        try:
            grading.grade_all(files, jobs)
        except KeyboardInterrupt:
            note(
                "What is graded is kept: the same command goes on from there."
                if output
                else "Without --output nothing is kept."
            )
            raise
    results.finish()
    return _report([results.rows[_name(folder, path)] for path in files], is_cut_short=bool(grading.unavailable))


class _Grading:
    """What all files have in common. `unavailable` names those whose want of a verdict is not their own fault."""

    def __init__(
        self, api: "Api", folder: Path, results: Results, *, task: str | None, backend: str | None, timeout_s: float
    ) -> None:
        self._api = api
        self._folder = folder
        self._results = results
        self._task = task
        self._backend = backend
        self._timeout_s = timeout_s
        self._salt = f"{api.get('me/', ME)['username']}\n{results.run}"
        self._catalogue = Catalogue(api)
        self._lost: UnavailableError | None = None  # where even patience did not help, the next file need not try
        self.unavailable: set[str] = set()

    def grade_all(self, files: Sequence[Path], jobs: int) -> None:
        from multiprocessing.pool import ThreadPool

        todo = []
        for path in files:
            try:
                work = work_of(read_source(path), self._catalogue, task=self._task, backend=self._backend)
            except UnavailableError:
                raise
            except CommandError as error:
                self._results.add(Row(_name(self._folder, path), error=_sentence(error)))
            else:
                if not self._is_graded(work):
                    todo.append(work)
        if len(todo) < len(files):
            note(f"{len(todo)} of {len(files)} files are to be graded.")
        with progress("beginning") as tell, ThreadPool(jobs) as pool:
            for number, row in enumerate(pool.imap_unordered(self._grade, todo), 1):
                self._results.add(row)
                tell(f"{number} of {len(todo)} done; the latest: {row.file}")

    def _grade(self, work: Work) -> Row:
        row = Row(_name(self._folder, work.source.path), work.task, sha256=work.source.digest)
        try:
            row = replace(row, submission=self._submitted(work))
            graded = wait_until_graded(
                self._api, "submissions", row.submission, SUBMISSION, timeout_s=self._timeout_s, tell=self._api.tell
            )
        except CommandError as error:
            if not error.fields:  # fields are what the server says of this file
                self.unavailable.add(row.file)
            return replace(row, error=_sentence(error))
        if graded["verdict"] == "internal_error":
            self.unavailable.add(row.file)
        return _with_verdict(row, graded)

    def _submitted(self, work: Work) -> str:
        """Return the id of the submission: of one made before that was still waited for, else of a new one."""
        if self._lost:
            raise self._lost
        known = self._known(work)
        if known and not known.verdict and known.submission:
            return known.submission
        # The same source handed in again within this grading is the same submission, whatever was lost in between.
        key = sha256(f"{self._salt}\n{work.task}\n{work.backend}\n{work.source.digest}".encode()).hexdigest()
        try:
            return str(self._api.post("submissions/", dict(work.body()), CREATED, key=key)["id"])
        except UnavailableError as error:
            self._lost = error
            raise

    def _known(self, work: Work) -> Row | None:
        """Return the row of the same source, from a grading that was stopped or is continued."""
        row = self._results.rows.get(_name(self._folder, work.source.path))
        return row if row and (row.task, row.sha256) == (work.task, work.source.digest) else None

    def _is_graded(self, work: Work) -> bool:
        known = self._known(work)
        return known is not None and known.is_final


def _files(folder: Path, pattern: str) -> list[Path]:
    if not folder.is_dir():
        raise MistakeError(f"{folder} is not a folder. Give one; baremath submit takes a file.")
    try:
        files = sorted(path for path in folder.rglob(pattern) if path.is_file())
    except (ValueError, NotImplementedError) as error:
        raise MistakeError(f"--pattern {pattern!r} cannot be used: {error}. Give one such as '*.py'.") from None
    if not files:
        raise MistakeError(f"No file in {folder} is called like {pattern!r}. --pattern says which ones to take.")
    return files


def _name(folder: Path, path: Path) -> str:
    return path.relative_to(folder).as_posix()


def _sentence(error: CommandError) -> str:
    return " ".join([str(error), *(f"{pointer}: {detail}" for pointer, detail in error.fields if detail != str(error))])


def _with_verdict(row: Row, graded: Document) -> Row:
    return replace(
        row,
        verdict=graded["verdict"],
        score=graded["score"],
        max_score=graded["max_score"],
        misconceptions=" ".join(graded["misconceptions"]),
        checks_passed=sum(check["passed"] for check in graded["checks"]),
        checks=len(graded["checks"]),
    )


def _report(rows: Sequence[Row], *, is_cut_short: bool) -> int:
    """Print how many got which verdict and what went wrong; return the exit code."""
    counts = Counter(row.verdict or "no verdict" for row in rows).most_common()
    say_table(
        ("VERDICT", "FILES"), [(words(name), str(count)) for name, count in counts], [style(name) for name, _ in counts]
    )
    for row in rows:
        if row.error:
            note(f"{row.file}: {row.error}", "yellow")
    if is_cut_short:
        return UNAVAILABLE
    return ACCEPTED if all(row.verdict == "accepted" for row in rows) else NOT_ACCEPTED


COMMANDS: tuple[Any, ...] = (grade_folder,)
