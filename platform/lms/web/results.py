"""What the pages of a submission and of a run show."""

from typing import Any

from courses import selectors as catalogue
from courses.models import Task
from grader import runs
from grader import selectors as grading
from grader.models import Backend, Submission, Verdict
from lms.web.verdicts import RUN_WORDS, SUBMISSION_WORDS, waiting


def submission_page(submission: Submission) -> dict[str, Any]:
    """Return what the page and the fragment of a submission show."""
    state = grading.submission_state(submission)
    run = grading.latest_run(submission) if state["status"] == "graded" else None
    return _result(state, run and run.result, SUBMISSION_WORDS) | {
        "submission": submission,
        "task": submission.task,
        "next_task": _task_after(submission.task) if run and run.verdict == Verdict.ACCEPTED else None,
        "backend": Backend(submission.backend),
        "source": submission.source,
    }


def run_page(run: runs.Run) -> dict[str, Any]:
    """Return what the page and the fragment of a run of the shown cases show. Raises Task.DoesNotExist."""
    return _result(grading.run_state(run), run.result, RUN_WORDS) | {
        "task": catalogue.task_get(slug=run.task_slug),
        "backend": Backend(run.backend),
        "source": run.source,
        "is_run": True,
    }


def _result(state: dict[str, Any], verdict: dict[str, Any] | None, words: dict[str, Any]) -> dict[str, Any]:
    if state["status"] == "graded" and verdict:
        return {"state": state, "verdict": verdict, "words": words[verdict["code"]]}
    return {"state": state, "waiting": waiting(state)}


def _task_after(task: Task) -> Task | None:
    """Return the task that is taught next."""
    tasks = iter(catalogue.task_list())
    return next(tasks, None) if task in tasks else None
