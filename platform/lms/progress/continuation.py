"""Where a learner goes on, and why there."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.timesince import timesince

from courses.models import Course, Task
from grader.models import Submission, Verdict
from lms.progress.graph import Graph
from lms.progress.standing import Standing, State

ORDER_OF_TEACHING = "It comes next in the order in which the tasks are taught."


@dataclass(frozen=True, slots=True)
class Continuation:
    task: Task
    why: str


def continuation(latest: Submission, graph: Graph, standing: Standing, courses: list[Course]) -> Continuation | None:
    """Return the task handed in last if it is open still, else the open one nearest to it; None when all are done."""
    tasks = {task.slug: task for course in courses for lesson in course.lessons.all() for task in lesson.tasks.all()}
    slug = latest.task.slug
    if slug in tasks and standing.tasks[slug] != State.DONE:
        return Continuation(tasks[slug], _what_became_of(latest))
    ranked = [(*_rank(one, slug, graph, standing), one) for one in tasks if standing.tasks[one] != State.DONE]
    if not ranked:
        return None
    rank, why, found = min(ranked, key=lambda candidate: candidate[0])
    before = f"You passed {latest.task.title} {ago(latest)}. " if slug in tasks and rank < 2 else ""
    return Continuation(tasks[found], before + why)


def ago(submission: Submission) -> str:
    """Say how long ago something was handed in."""
    if (timezone.now() - submission.created).total_seconds() < 60:
        return "just now"
    return f"{timesince(submission.created, depth=1)} ago".replace("\xa0", " ")


def _what_became_of(submission: Submission) -> str:
    run, when = submission.latest_run, f"You submitted this {ago(submission)}"
    if submission.status != Submission.Status.GRADED or run is None:
        return f"{when}: it is being graded."
    if run.verdict == Verdict.INTERNAL_ERROR:
        return f"{when}, and we could not grade it: nothing was charged. Submit it again."
    return f"{when}: {run.score:.4g} of {run.max_score:.4g} points."


def _rank(slug: str, passed: str, graph: Graph, standing: Standing) -> tuple[int, str]:
    """Return how far a task is from the one passed last, the nearest first, and the sentence that says so."""
    state, lesson = standing.tasks[slug], graph.lesson_of[slug]
    anchor = graph.lesson_of.get(passed)
    if state == State.LATER:
        return 4, ORDER_OF_TEACHING
    if anchor and lesson.key == anchor.key:
        return 0, "This one belongs to the same lesson."
    if anchor and anchor.key in lesson.needs:
        return 1, f"{lesson.title} builds on it."
    if state == State.BEGUN:
        return 2, "You have begun it, and it is not passed yet."
    return 3, "All that it builds on is done."
