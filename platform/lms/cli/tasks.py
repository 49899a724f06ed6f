"""Finding a task and bringing it here: `tasks`, `get`, `open`."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lms.cli import options, session
from lms.cli.addresses import ID, ID_BEGINNING, task_slug
from lms.cli.browser import show_page
from lms.cli.errors import MistakeError, RefusedError, UnavailableError
from lms.cli.shapes import TASK, TASK_DETAIL, Document
from lms.cli.sources import HEADER
from lms.cli.submissions import submission_meant
from lms.cli.terminal import note, say, say_json, say_table
from lms.cli.tokens import write_atomically

if TYPE_CHECKING:
    from lms.cli.client import Api

STATES = {"done": "green", "begun": "yellow", "open": ""}


@click.command()
@click.option("--course", metavar="SLUG", help="Only the tasks of this course.")
@click.option(
    "--state", type=click.Choice(list(STATES)), help="Only those that you have done, begun, or not yet tried."
)
@options.url
@options.as_json
def tasks(course: str | None, state: str | None, url: str | None, *, as_json: bool) -> None:
    """List the tasks, and if you are signed in, your state."""
    asked: dict[str, str | int] = {"page_size": 100}
    if course:
        asked["course"] = course
    if state:
        asked["state"] = state
    with session.connect(url, as_somebody=bool(state)) as api:
        found = list(api.pages("tasks/", TASK, **asked))
    if as_json:
        say_json(found)
        return
    if not found:
        note("There is no such task.")
        return
    say_table(
        ("TASK", "STATE", "LEVEL", "TITLE", "COURSE"),
        [(each["slug"], each["state"] or "-", _level(each), each["title"], each["course"]) for each in found],
        [STATES.get(each["state"], "") for each in found],
        spared=("TITLE", "COURSE"),
    )


@click.command()
@click.argument("slug")
@click.option(
    "--dir",
    "folder",
    type=click.Path(path_type=Path),
    default=".",
    metavar="FOLDER",
    help="Where to make the folder SLUG.",
)
@click.option("--backend", metavar="NAME", help="numpy or torch; default: the task's first.")
@click.option("--force", is_flag=True, help="Write over the files that are there.")
@options.url
def get(slug: str, folder: Path, backend: str | None, url: str | None, *, force: bool) -> None:
    """Bring a task here: its statement, and a file to edit.

    Makes SLUG/statement.md and SLUG/<entry>.py. The first line of the Python file says which task and backend it is
    for: keep it, and the file alone is enough for test and submit. Files that are there already are kept, unless
    --force is given.
    """
    with session.connect(url, as_somebody=False) as api:
        task = _task(api, task_slug(slug))
    backend = _backend(task, backend)
    header = HEADER.format(task=task["slug"], backend=backend)
    statement = task["statement"].rstrip("\n")
    work = folder / slug / f"{_file_name(task)}.py"
    _write(folder / slug / "statement.md", f"# {task['title']}\n\n{statement}\n", force=force)
    _write(work, header + task["starters"][backend], force=force)
    note(f"Edit it, then: baremath test {work}")


@click.command("open")
@click.argument("what", required=False, metavar="[SLUG|ID]")
@options.url
def open_page(what: str | None, url: str | None) -> None:
    """Open the page of a task, of a submission, or the first one.

    In a pipe, and where there is no browser, it prints the address.
    """
    address = session.resolve(url)
    if what is None:
        page = f"{address}/"
    elif ID.fullmatch(what):
        page = f"{address}/submissions/{what.lower()}/"
    elif ID_BEGINNING.fullmatch(what):
        with session.connect(address) as api:
            page = f"{address}/submissions/{submission_meant(api, what)}/"
    else:
        page = f"{address}/tasks/{task_slug(what)}/"
    say(page)
    show_page(page)


def _task(api: "Api", slug: str) -> Document:
    try:
        return api.get(f"tasks/{slug}/", TASK_DETAIL)
    except RefusedError:
        raise RefusedError(f"There is no task “{slug}”: baremath tasks lists them.") from None


def _level(task: Document) -> str:
    return "" if task["difficulty"] is None else str(task["difficulty"])


def _backend(task: Document, asked: str | None) -> str:
    backends = list(task["starters"])
    if not backends:
        raise UnavailableError(f"The server names no backend for {task['slug']}.")
    if asked is not None and asked not in backends:
        raise MistakeError(f"The task takes {' and '.join(backends)}, not {asked}: change --backend.")
    return asked or str(backends[0])


def _file_name(task: Document) -> str:
    """Return the entry's name, which becomes part of a path here: so it must be a name."""
    entry = task["entry"]
    if not (entry.isascii() and entry.isidentifier()):
        raise UnavailableError(
            f"The server names the entry “{entry}”, which is no name in Python: nothing was written."
        )
    return str(entry)


def _write(path: Path, text: str, *, force: bool) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if force:
            write_atomically(path, text)
        else:
            with path.open("x", encoding="utf-8", newline="") as file:
                file.write(text)
    except FileExistsError:
        if not path.parent.is_dir():
            raise MistakeError(f"{path.parent} is not a folder: give another --dir.") from None
        note(f"Kept {path}, which is there already; --force writes over it.", "yellow")
    except OSError as error:
        raise MistakeError(f"{path} cannot be written: {os.strerror(error.errno or 0)}.") from None
    except UnicodeEncodeError:
        raise UnavailableError(f"The server sent text for {path} that is no text.") from None
    else:
        say(f"Wrote {path}")


COMMANDS: tuple[Any, ...] = (tasks, get, open_page)
