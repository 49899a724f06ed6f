"""Trying, handing in, and what came of it: `test`, `submit`, `status`, `history`."""

import os
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lms.cli import feedback, options, session
from lms.cli.addresses import task_slug
from lms.cli.errors import ACCEPTED, NOT_ACCEPTED, UNAVAILABLE, MistakeError, RefusedError, UnavailableError
from lms.cli.shapes import CREATED, RUN, SUBMISSION, SUMMARY, Document
from lms.cli.sources import Catalogue, Work, read_source, work_of
from lms.cli.submissions import SHOWN_CHARACTERS, no_submission, submission_meant
from lms.cli.terminal import note, progress, say, say_json, say_table
from lms.cli.waiting import sentence, wait_until_graded

if TYPE_CHECKING:
    from lms.cli.client import Api

file_argument = click.argument("file", type=click.Path(path_type=Path))


@click.command()
@file_argument
@options.task
@options.backend
@click.option(
    "--input",
    "inputs",
    multiple=True,
    metavar="NAME=LITERAL",
    help="An input of your own, as a Python literal: --input 'x=[[1, 2], [3, 4]]'. Once for each; then no case is run.",
)
@options.timeout
@options.url
@options.as_json
def test(
    file: Path,
    task: str | None,
    backend: str | None,
    inputs: tuple[str, ...],
    timeout_s: float,
    url: str | None,
    *,
    as_json: bool,
) -> int:
    """Run FILE on the task's shown cases, or on your own input. Nothing is recorded.

    Exit code 0: every shown case passed, or the code returned.
    """
    own = _own_inputs(inputs)
    source = read_source(file)
    with session.connect(url) as api, progress("sending") as api.tell:
        work = work_of(source, Catalogue(api), task=task, backend=backend)
        body: Document = {**work.body(), "inputs": own} if own else {**work.body()}
        run = api.post("runs/", body, CREATED, key=os.urandom(16).hex())
        run = wait_until_graded(api, "runs", run["id"], RUN, timeout_s=timeout_s, tell=api.tell)
    if run["result"] is None:
        raise RefusedError("The run is over, and the server kept no result of it. Run it again.")
    if as_json:
        say_json(run)
    else:
        feedback.show_run(run["result"])
    return _exit_code(run["result"]["code"])


@click.command()
@file_argument
@options.task
@options.backend
@click.option("--wait/--no-wait", default=False, show_default=True, help="Wait for the verdict and show it.")
@options.timeout
@options.url
@options.as_json
def submit(
    file: Path, task: str | None, backend: str | None, timeout_s: float, url: str | None, *, wait: bool, as_json: bool
) -> int:
    """Hand FILE in to be graded.

    Exit code 0: it is in the queue; with --wait: it was accepted.
    """
    source = read_source(file)
    with session.connect(url) as api:
        with progress("sending") as api.tell:
            work = work_of(source, Catalogue(api), task=task, backend=backend)
            created = api.post("submissions/", dict(work.body()), CREATED, key=os.urandom(16).hex())
        _tell_submitted(work, created, to_stderr=as_json)
        if wait:
            return _show(api, created["id"], wait=True, timeout_s=timeout_s, as_json=as_json)
    if as_json:
        say_json(created)
    return ACCEPTED


@click.command()
@click.argument("submission", required=False, metavar="[ID]")
@click.option("--wait/--no-wait", default=False, show_default=True, help="Wait for the verdict.")
@options.timeout
@options.url
@options.as_json
def status(submission: str | None, timeout_s: float, url: str | None, *, wait: bool, as_json: bool) -> int:
    """Show a submission: the latest, or the one with this ID.

    The beginning that history shows is enough.

    Exit code 0: accepted, or in the queue; 1: not accepted; 3: grading is paused.
    """
    with session.connect(url) as api:
        name = submission_meant(api, submission)
        try:
            return _show(api, name, wait=wait, timeout_s=timeout_s, as_json=as_json)
        except RefusedError:
            raise RefusedError(no_submission(name)) from None


@click.command()
@click.option("--task", metavar="SLUG", help="Only those of this task.")
@click.option("--limit", type=click.IntRange(1, 10_000), default=20, show_default=True, help="How many at most.")
@options.url
@options.as_json
def history(task: str | None, limit: int, url: str | None, *, as_json: bool) -> None:
    """List your submissions, the newest first.

    The beginning of an id is enough for status and open; --json has the whole.
    """
    asked: dict[str, str | int] = {"page_size": min(limit, 100)}
    if task is not None:
        asked["task"] = task_slug(task)
    with session.connect(url) as api:
        found = list(islice(api.pages("submissions/", SUMMARY, **asked), limit))
    if as_json:
        say_json(found)
        return
    if not found:
        note("You have handed in nothing yet." if task is None else f"You have handed in nothing for {task} yet.")
        return
    rows = [
        (
            each["created"][:16].replace("T", " "),
            each["task"],
            each["backend"],
            feedback.standing(each),
            each["id"][:SHOWN_CHARACTERS],
        )
        for each in found
    ]
    say_table(
        ("SUBMITTED (UTC)", "TASK", "BACKEND", "VERDICT", "ID"),
        rows,
        [feedback.style(each["verdict"]) for each in found],
        spared=("TASK", "SUBMITTED (UTC)", "BACKEND"),
    )


def _own_inputs(given: tuple[str, ...]) -> dict[str, str]:
    inputs: dict[str, str] = {}
    for each in given:
        name, equals, literal = each.partition("=")
        if not equals or not name.strip().isidentifier():
            raise MistakeError(f"--input {each!r} is not NAME=LITERAL, such as --input 'x=[1.0, 2.0]'.")
        if name.strip() in inputs:
            raise MistakeError(f"--input gives {name.strip()} twice.")
        inputs[name.strip()] = literal
    return inputs


def _tell_submitted(work: Work, created: Document, *, to_stderr: bool) -> None:
    tell = note if to_stderr else say
    tell(f"Submitted {work.source.path} to {work.task} ({work.backend}): {created['id']}")
    if created["status"] == "paused":
        note("Grading is paused at the moment. It stays in the queue; nothing is lost.", "yellow")


def _show(api: "Api", submission: str, *, wait: bool, timeout_s: float, as_json: bool) -> int:
    shown = _wait(api, submission, timeout_s) if wait else api.get(f"submissions/{submission}/", SUBMISSION)
    if as_json:
        say_json(shown)
    elif shown["status"] == "graded":
        feedback.show_submission(shown)
    else:
        say(f"{shown['task']}: {sentence(shown)}")
    if shown["status"] != "graded":
        return UNAVAILABLE if shown["status"] == "paused" else ACCEPTED
    return _exit_code(shown["verdict"])


def _wait(api: "Api", submission: str, timeout_s: float) -> Document:
    try:
        with progress("waiting") as api.tell:
            return wait_until_graded(api, "submissions", submission, SUBMISSION, timeout_s=timeout_s, tell=api.tell)
    except (UnavailableError, KeyboardInterrupt):
        note(f"The submission is kept and will be graded. Its verdict: baremath status {submission} --wait")
        raise


def _exit_code(verdict: str) -> int:
    if verdict == "internal_error":
        return UNAVAILABLE
    return ACCEPTED if verdict in {"accepted", "returned"} else NOT_ACCEPTED


COMMANDS: tuple[Any, ...] = (test, submit, status, history)
