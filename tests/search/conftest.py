import pytest

from courses.catalogue import sync
from tests.courses.conftest import content, copy_task, write  # noqa: F401 -- fixtures


@pytest.fixture
def teach(db, write):  # noqa: F811 -- a fixture by its name
    """Return a function that writes one course with a lesson for each given text, and has it read."""

    def teach(**lessons):
        write("course/course.toml", 'title = "The course"\nsummary = "All there is."\norder = 1\n')
        for place, (slug, text) in enumerate(lessons.items(), start=1):
            title, body = text
            front = f'+++\ntitle = "{title}"\nsummary = "In short."\n+++\n'
            write(f"course/{place:02d}-{slug}/lesson.md", front + body)
        assert sync().problems == []

    return teach
