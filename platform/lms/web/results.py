"""What the pages of a submission and of a run show."""

from typing import Any

from courses import selectors as catalogue
from courses.models import Task
from grader import runs
from grader import selectors as grading
from grader.models import Backend, Submission, Verdict
from lms.web.code import code_lines
from lms.web.verdicts import OWN_INPUT_WORDS, RUN_WORDS, SUBMISSION_WORDS, VerdictWords
from lms.web.waiting import waiting


def submission_result(submission: Submission) -> dict[str, Any]:
    """Return what the fragment with the verdict on a submission shows."""
    state = grading.submission_state(submission)
    run = grading.latest_run(submission) if state["status"] == "graded" else None
    verdict = run.result if run else None
    page = _result(state, verdict, SUBMISSION_WORDS[verdict["code"]] if verdict else None)
    if run is None or run.verdict != Verdict.ACCEPTED:
        return page
    return page | {"next_task": _task_after(submission.task), "task": submission.task, "accepted": submission}


def submission_page(submission: Submission) -> dict[str, Any]:
    page = submission_result(submission)
    earlier = grading.submissions_before(submission)
    return page | {
        "submission": submission,
        "task": submission.task,
        "backend": Backend(submission.backend),
        "number": earlier.count() + 1,
        "previous": earlier.first(),
        "gradings": grading.grading_runs(submission),
        "code": code_lines(submission.source, page.get("verdict", {}).get("error")),
    }


def run_result(run: runs.Run) -> dict[str, Any]:
    """Return what the fragment with the outcome of a run shows."""
    state, verdict, is_own = grading.run_state(run), run.result, run.inputs is not None
    kind = {"is_run": True, "is_own_input": is_own}
    if verdict is None:
        return _result(state, None, None) | kind
    if is_own:
        return _result(state, verdict, OWN_INPUT_WORDS[verdict["code"]]) | kind
    samples = verdict["samples"]
    passed = [sample["passed"] for sample in samples]
    return (
        _result(state, verdict, RUN_WORDS[verdict["code"]])
        | kind
        | {
            "open_sample": next((sample["name"] for sample in samples if not sample["passed"]), ""),
            "summary": f"{sum(passed)} of {len(passed)} shown cases pass." if False in passed else "",
        }
    )


def run_page(run: runs.Run) -> dict[str, Any]:
    """Raises Task.DoesNotExist."""
    page = run_result(run)
    task, backend = catalogue.task_get(slug=run.task_slug), Backend(run.backend)
    return page | {
        "task": task,
        "backend": backend,
        "code": code_lines(run.source, page.get("verdict", {}).get("error")),
    }


def _result(state: dict[str, Any], verdict: dict[str, Any] | None, words: VerdictWords | None) -> dict[str, Any]:
    if state["status"] == "graded" and verdict:
        return {"state": state, "verdict": verdict, "words": words}
    return {"state": state, "waiting": waiting(state)}


def _task_after(task: Task) -> Task | None:
    """Return the task that is taught next."""
    tasks = iter(catalogue.task_list())
    return next(tasks, None) if task in tasks else None
