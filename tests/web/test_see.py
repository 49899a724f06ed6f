"""The figures that move: every name that a text uses is a script of the site, and every such script is used."""

import re

import pytest
from django.conf import settings

from tests.web.html import elements

SCRIPTS = settings.BASE_DIR / "platform" / "lms" / "web" / "static" / "web" / "js" / "see"
MOUNT = re.compile(r"^export function mount\(stage, kit\)", re.MULTILINE)
FIGURES = {path.stem for path in SCRIPTS.glob("*.js") if MOUNT.search(path.read_text(encoding="utf-8"))}
LOADED = re.findall(r'"([a-z0-9-]+)": \(\) => import\("\./\1\.js"\)', (SCRIPTS / "see.js").read_text(encoding="utf-8"))
NAMED = re.compile(r"\]\(see:([^)]*)\)")


def named_in(pattern):
    texts = (path.read_text(encoding="utf-8") for path in settings.CONTENT_DIR.glob(pattern))
    return {name for text in texts for name in NAMED.findall(text)}


def test_what_moves_in_the_lessons_is_exactly_what_there_is():
    assert named_in("*/*/lesson.md") == FIGURES == set(LOADED) != set()


def test_tasks_show_none_because_their_pages_do_not_draw_them():
    assert named_in("*/*/*/*.md") == set()


@pytest.mark.parametrize(("address", "moves"), [("gradient-descent", True), ("loss-functions", False)])
def test_only_a_lesson_with_such_a_figure_loads_its_script_and_style(visitor, address, moves):
    response = visitor.get(f"/courses/supervised-learning/{address}/")
    assert bool(elements(response, "script", src="/static/web/js/see/see.js")) is moves
    assert bool(elements(response, "link", href="/static/web/css/see.css")) is moves
