"""Where a learner goes on, and why there."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.timesince import timesince

from courses.models import Course, Task
from grader.models import Submission, Verdict
from lms.drafts.models import Draft
from lms.progress.graph import Graph
from lms.progress.standing import Standing, State

ORDER_OF_TEACHING = "This one comes next in the order in which the tasks are taught."


@dataclass(frozen=True, slots=True)
class Activity:
    """What a learner did last, with each of its tasks."""

    submission: Submission | None
    draft: Draft | None

    @property
    def is_writing(self) -> bool:
        """Tell whether the draft is of later than the submission, and of another task."""
        if self.draft is None or self.submission is None:
            return self.draft is not None
        return self.draft.task_id != self.submission.task_id and self.draft.saved > self.submission.created


@dataclass(frozen=True, slots=True)
class Continuation:
    task: Task
    why: str


def continuation(activity: Activity, graph: Graph, standing: Standing, courses: list[Course]) -> Continuation | None:
    """Return the open task that the learner was at last, else the open one nearest to it.

    None for who has done nothing yet, and for who has done everything.
    """
    tasks = {task.slug: task for course in courses for lesson in course.lessons.all() for task in lesson.tasks.all()}
    is_open = {slug: standing.tasks[slug] != State.DONE for slug in tasks}
    draft, submission = activity.draft, activity.submission
    if draft and is_open.get(draft.task.slug) and activity.is_writing:
        return Continuation(
            tasks[draft.task.slug], f"You were writing this {ago(draft.saved)}. It is not submitted yet."
        )
    if submission is None:
        return None
    if is_open.get(submission.task.slug):
        return Continuation(tasks[submission.task.slug], _what_became_of(submission))
    return _nearest(submission, graph, standing, tasks)


def _nearest(passed: Submission, graph: Graph, standing: Standing, tasks: dict[str, Task]) -> Continuation | None:
    ranked = [
        (*_rank(slug, passed.task.slug, graph, standing), slug) for slug in tasks if standing.tasks[slug] != State.DONE
    ]
    if not ranked:
        return None
    _, why, found = min(ranked, key=lambda candidate: candidate[0])
    return Continuation(tasks[found], f"You passed {passed.task.title} {ago(passed.created)}. {why}")


def ago(when: datetime) -> str:
    if (timezone.now() - when).total_seconds() < 60:
        return "just now"
    return f"{timesince(when, depth=1)} ago".replace("\xa0", " ")


def _what_became_of(submission: Submission) -> str:
    run, when = submission.latest_run, f"You submitted this {ago(submission.created)}"
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
        return 2, "You have begun this one, and it is not passed yet."
    return 3, "All that this one builds on is done."
