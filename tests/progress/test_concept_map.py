"""What is drawn of what is taught."""

import re

import pytest

from courses.models import Lesson, Task
from courses.selectors import course_list
from lms.progress.concept_map import METRICS, ROW_SIZE, concept_map, without_detours
from lms.progress.graph import graph_of
from lms.progress.lettering import broken_into_lines, text_width

pytestmark = pytest.mark.usefixtures("catalogue")


@pytest.fixture
def graph():
    return graph_of(course_list())


def test_every_lesson_and_task_is_drawn_once_and_leads_to_its_page(graph):
    labels = [label for card in concept_map(graph).cards for label in (card.lesson, *card.tasks)]
    lessons = [f"/courses/{lesson.course.slug}/{lesson.slug}/" for lesson in Lesson.objects.select_related("course")]
    tasks = [f"/tasks/{slug}/" for slug in Task.objects.values_list("slug", flat=True)]
    assert sorted(label.address for label in labels) == sorted(lessons + tasks)


def test_the_courses_on_disk_are_drawn_from_left_to_right_without_overlap(graph):
    drawn = concept_map(graph)
    place = {label.address: card.x for card in drawn.cards for label in (card.lesson, *card.tasks)}
    for link in drawn.links:
        if not _within_a_card(drawn, link):
            assert place[link.source] < place[link.target]
    for card in drawn.cards:
        beside = [other for other in drawn.cards if other is not card and other.x == card.x]
        assert all(other.y + other.height < card.y or card.y + card.height < other.y for other in beside)


def _within_a_card(drawn, link):
    return any({link.source, link.target} <= {row.address for row in card.tasks} for card in drawn.cards)


def test_what_each_task_needs_is_linked(graph):
    linked = {(link.source, link.target) for link in concept_map(graph).links if link.kind == "task"}
    needed = {(f"/tasks/{slug}/", f"/tasks/{task.slug}/") for task in Task.objects.all() for slug in task.prerequisites}
    assert linked == needed
    assert needed


def test_a_link_that_says_nothing_new_is_left_out():
    needs = {"a": (), "b": ("a",), "c": ("a", "b"), "d": ("c", "a")}
    assert without_detours(needs) == {"a": [], "b": ["a"], "c": ["b"], "d": ["c"]}


def test_tasks_stand_after_what_they_need_in_the_same_lesson(graph):
    for lesson in graph.lessons:
        slugs = [task.slug for task in lesson.tasks]
        for task in lesson.tasks:
            assert all(slugs.index(needed) < slugs.index(task.slug) for needed in task.needs if needed in slugs)


def test_what_was_unpublished_is_not_drawn_and_nothing_points_to_it():
    Task.objects.filter(slug="stable-softmax").update(is_published=False)
    drawn = concept_map(graph_of(course_list()))
    assert "/tasks/stable-softmax/" not in re.findall(r"/tasks/[a-z0-9-]+/", repr(drawn))


def test_the_drawing_is_kept_until_the_catalogue_changes(graph):
    assert concept_map(graph) is concept_map(graph_of(course_list()))
    Task.objects.filter(slug="stable-softmax").update(title="Softmax")
    assert concept_map(graph) is not concept_map(graph_of(course_list()))


def test_titles_are_broken_between_words_to_fit_their_cards(graph):
    lines = broken_into_lines("Automatic differentiation of numbers", ROW_SIZE, 170)
    assert " ".join(lines) == "Automatic differentiation of numbers"
    assert len(lines) > 1
    assert all(text_width(line, ROW_SIZE) <= 170 for line in lines)
    for card in concept_map(graph).cards:
        for label in (card.lesson, *card.tasks):
            assert " ".join(line for _, line in label.lines) == label.title
            assert all(card.y < baseline < card.y + card.height for baseline, _ in label.lines)
            assert (
                label.text_x + max(text_width(line, label.size) for _, line in label.lines) < card.x + METRICS.box_width
            )
