"""What learners read: the statement's example runs, hints say something, and nothing is left to be written."""

import doctest
import importlib
import io

from courses.task_format import Task

UNWRITTEN = "TODO"


def example_runs(task: Task) -> str:
    """Show that what the statement's example prints is what the reference gives."""
    module, _, name = task.reference.replace("mlcore.", f"mlcore.{task.backends[0]}.", 1).partition(":")
    defined = vars(importlib.import_module(module))
    names = {**(defined if task.driver else {}), task.entry: defined[name]}
    example = doctest.DocTestParser().get_doctest(task.statement, names, task.slug, "statement.md", 0)
    if not example.examples:
        return "statement.md has no example; write one in a ```python block, with >>> before each line."
    report = io.StringIO()
    failed = doctest.DocTestRunner(verbose=False).run(example, out=report.write).failed
    return f"statement.md: the example gives something else:\n{report.getvalue()}" if failed else ""


def everything_is_written(task: Task) -> str:
    unwritten = [
        f"{path.relative_to(task.folder)}, line {number}"
        for path in sorted(task.folder.rglob("*"))
        if path.suffix in {".md", ".toml", ".py"}
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if UNWRITTEN in line
    ]
    return f"something is left to do ({UNWRITTEN}): {'; '.join(unwritten)}." if unwritten else ""


def hints_are_there(task: Task) -> str:
    return "" if len(task.hints) > 1 else "hints.md has a single hint; write a ladder of two to four."
