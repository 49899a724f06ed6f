"""What builds on what: prerequisites as the files declare them, without circles.

A lesson names lessons, a task names tasks. A task that needs one of another lesson puts its own lesson after that one,
so lessons alone have an order, too: the concept map draws it from left to right.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Declared:
    """The prerequisites that the file at `path` declares, and the lesson that they put after others."""

    path: Path
    prerequisites: Sequence[str]
    lesson: str


@dataclass(slots=True)
class Checked:
    """The prerequisites that hold, by lesson or task, and a sentence for each one that does not."""

    accepted: dict[str, list[str]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


class Order:
    """Steps from earlier to later; one that would lead back to where it began is refused."""

    def __init__(self) -> None:
        self._earlier: dict[str, list[str]] = {}

    def circle_with(self, later: str, earlier: str) -> list[str]:
        """Return the circle that the step would close, beginning and ending with `later`; [] if it closes none."""
        trail = [[later, earlier]]
        seen = {earlier}
        while trail:
            way = trail.pop()
            if way[-1] == later:
                return way
            for step in self._earlier.get(way[-1], []):
                if step not in seen:
                    seen.add(step)
                    trail.append([*way, step])
        return []

    def add(self, later: str, earlier: str) -> None:
        self._earlier.setdefault(later, []).append(earlier)


def check_lessons(lessons: Mapping[str, Declared], order: Order) -> Checked:
    """Check the prerequisites of lessons by their keys (course/lesson), and add what holds to `order`."""
    checked = Checked()
    for key, declared in lessons.items():
        accepted = checked.accepted[key] = []
        for wanted in declared.prerequisites:
            if wanted not in lessons:
                problem = f"{wanted!r} is no lesson here; name one that is, as course/lesson"
            elif circle := order.circle_with(key, wanted):
                problem = f"{wanted!r} closes a circle ({' builds on '.join(circle)}); take one of them out"
            else:
                order.add(key, wanted)
                accepted.append(wanted)
                continue
            checked.problems.append(f"{declared.path}: prerequisites: {problem}.")
    return checked


def check_tasks(tasks: Mapping[str, Declared], lessons: Order) -> Checked:
    """Check the prerequisites of tasks by their slugs, given the order of their lessons, and add to that order."""
    checked, order = Checked(), Order()
    for slug, declared in tasks.items():
        accepted = checked.accepted[slug] = []
        for wanted in declared.prerequisites:
            if wanted not in tasks:
                problem = f"{wanted!r} is no task here; name the slug of one that is"
            elif circle := order.circle_with(slug, wanted):
                problem = f"{wanted!r} closes a circle ({' needs '.join(circle)}); take one of them out"
            elif circle := _lessons_apart(tasks[wanted].lesson, declared.lesson, lessons):
                problem = f"{wanted!r} is taught later ({' builds on '.join(circle)}); move one of the tasks"
            else:
                order.add(slug, wanted)
                accepted.append(wanted)
                if tasks[wanted].lesson != declared.lesson:
                    lessons.add(declared.lesson, tasks[wanted].lesson)
                continue
            checked.problems.append(f"{declared.path}: prerequisites: {problem}.")
    return checked


def _lessons_apart(earlier: str, later: str, order: Order) -> list[str]:
    """Return the circle among lessons if a task of `later` may not need one of `earlier`."""
    return [] if earlier == later else order.circle_with(later, earlier)[1:]
