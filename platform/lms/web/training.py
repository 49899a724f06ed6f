"""What the page shows on which learners watch their code train."""

from typing import Any

from django.contrib.auth.models import AbstractUser
from django.urls import reverse

from courses import selectors as catalogue
from grader import selectors as grading
from grader import watches, watching
from grader.judge.watch import first_look
from grader.models import Backend, Submission

FRAMES_WITHOUT_SCRIPT = 12  # the last ones, as a table


def watch_page(user: AbstractUser, slug: str, submission_id: str) -> dict[str, Any]:
    """Return what the page shows of a submission, of the latest accepted one by default.

    `submission` is missing where the learner has none that is accepted. Raises Task.DoesNotExist,
    Submission.DoesNotExist, ValidationError where `submission_id` is no id, and LookupError where the task has nothing
    to watch.
    """
    task = catalogue.task_get(slug=slug)
    folder = task.load()
    if folder.watch is None:
        raise LookupError(f"The task {slug} has nothing to watch.")
    page = {"task": task, "lesson": task.lesson, "spec": folder.watch}
    if submission_id and not grading.submission_list(user, task).filter(pk=submission_id).exists():
        raise Submission.DoesNotExist
    accepted = watching.accepted_submissions(user, slug)
    chosen = next((each for each in accepted if str(each.pk) == submission_id or not submission_id), None)
    if chosen is None:
        return page
    current = watching.current(user, slug)
    if current and current.submission_id != str(chosen.pk):
        current = None
    picked = current.chosen if current else {}
    scene = first_look(folder, folder.watch.values(picked))
    return page | {
        "submission": chosen,
        "submissions": accepted,
        "backend": Backend(chosen.backend),
        "choices": [(choice, picked.get(choice.name) or choice.default) for choice in folder.watch.choices],
        "pictures": scene["pictures"],
        "facts": scene["facts"],
        "data": {"scene": scene, "watch": current and _addresses(current)},
        "told": current and _without_script(current, scene["facts"]),
    }


def _addresses(watch: watches.Watch) -> dict[str, str]:
    return {
        "events": reverse("grader:watch_events", args=[watch.id]),
        "state": reverse("grader:watch_state", args=[watch.id]),
    }


def _without_script(watch: watches.Watch, facts: list[str]) -> dict[str, Any]:
    """Return how far it has come: for browsers without scripts, which ask again by reloading the page."""
    told = watching.latest(watch, FRAMES_WITHOUT_SCRIPT)
    rows = [
        {"label": frame["label"], "values": [frame["facts"].get(name, "") for name in facts]}
        for frame in told["frames"]
    ]
    return told | {"frames": rows}
