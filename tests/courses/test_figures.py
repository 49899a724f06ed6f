"""The drawings of the lessons: up to date, and fit to stand inside a page with a strict policy."""

import re
from xml.etree import ElementTree as ET

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from courses.figures import Axes, Drawing, FigureError, heat_map, redraw

DRAWN = {path.relative_to(settings.CONTENT_DIR).as_posix(): svg for path, svg in redraw(settings.CONTENT_DIR)}
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
SVG = "{http://www.w3.org/2000/svg}"
GEOMETRY = {
    *("x", "y", "width", "height", "x1", "y1", "x2", "y2", "cx", "cy", "r", "points", "viewBox"),
    *("class", "role", "font-size", "text-anchor", "stroke-width", "stroke-dasharray"),
}
CLASSES = {
    *("fig", "fig-text", "fig-muted", "fig-axis", "fig-grid", "fig-cell", "fig-cell-pos", "fig-cell-neg"),
    *(f"fig-{kind}-{series}" for kind in ("line", "fill") for series in range(1, 5)),
    *(f"fig-level-{level}" for level in range(6)),
}


def elements(svg):
    return list(ET.fromstring(svg).iter())


def test_every_lesson_with_a_figure_is_drawn():
    scripts = {path.parent.name for path in settings.CONTENT_DIR.glob("*/*/figure.py")}
    assert {name.split("/")[1] for name in DRAWN} == scripts != set()


@pytest.mark.parametrize("name", DRAWN)
def test_what_lies_beside_the_lesson_is_what_its_code_draws(name):
    """To a fifth of a unit: another processor may round an exponential the other way."""
    committed = (settings.CONTENT_DIR / name).read_text(encoding="utf-8")
    assert NUMBER.sub("#", committed) == NUMBER.sub("#", DRAWN[name])
    drawn = [float(number) for number in NUMBER.findall(DRAWN[name])]
    assert [float(number) for number in NUMBER.findall(committed)] == pytest.approx(drawn, abs=0.2)


@pytest.mark.parametrize("name", DRAWN)
def test_a_figure_is_shown_by_its_lesson(name):
    path = settings.CONTENT_DIR / name
    assert f"]({path.name})" in (path.parent / "lesson.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", DRAWN)
def test_a_figure_holds_geometry_and_classes_only(name):
    """No style, script, id or link: it is inlined under a policy that would drop them, beside other figures."""
    found = elements(DRAWN[name])
    assert {element.tag for element in found} <= {
        SVG + tag for tag in ("svg", "title", "desc", "text", "line", "rect", "polyline", "circle")
    }
    assert {attribute for element in found for attribute in element.attrib} <= GEOMETRY


@pytest.mark.parametrize("name", DRAWN)
def test_a_figure_uses_only_the_classes_that_style_sheets_are_told_of(name):
    assert {word for element in elements(DRAWN[name]) for word in element.get("class", "").split()} <= CLASSES


@pytest.mark.parametrize("name", DRAWN)
def test_a_figure_has_a_name_and_a_description_and_text_inside_its_box(name):
    root, title, description, *rest = elements(DRAWN[name])
    assert root.get("role") == "img"
    assert (title.tag, description.tag) == (SVG + "title", SVG + "desc")
    assert len(title.text) > 10
    assert len(description.text) > 40
    width, height = map(float, root.get("viewBox").split()[2:])
    assert width <= 480
    for text in (element for element in rest if element.tag == SVG + "text"):
        assert int(text.get("font-size")) >= 16
        assert 0 <= float(text.get("x")) <= width
        assert 10 <= float(text.get("y")) <= height


def test_axes_put_low_values_at_the_bottom_left():
    axes = Axes(Drawing(100, 100, "", ""), (10, 20, 50, 40), (-1, 1), (0, 8))
    assert (axes.x(-1), axes.x(1), axes.y(0), axes.y(8)) == (10, 60, 60, 20)


def test_a_curve_stops_at_the_top_of_its_axes():
    drawing = Drawing(100, 100, "", "")
    Axes(drawing, (0, 0, 100, 100), (0, 2), (0, 1)).curve([0, 1, 2], [0.5, 1, 1.5], 2)
    assert '<polyline class="fig-line-2" points="0,50 50,0" stroke-width="3" stroke-dasharray="9 5"/>' in drawing.svg()


def test_cells_show_sign_by_hue_and_size_by_level():
    drawing = Drawing(100, 100, "", "")
    heat_map(drawing, (0, 0), [[-10, 0], [1, 5]], cell=20)
    cells = [element.get("class") for element in elements(drawing.svg()) if element.tag == SVG + "rect"]
    assert cells == [
        "fig-cell fig-cell-neg fig-level-5",
        "fig-cell fig-cell-pos fig-level-0",
        "fig-cell fig-cell-pos fig-level-1",
        "fig-cell fig-cell-pos fig-level-3",
    ]
    assert [element.text for element in elements(drawing.svg()) if element.tag == SVG + "text"] == [
        "−10",
        "0",
        "1",
        "5",
    ]


def test_words_of_an_author_cannot_become_markup():
    drawing = Drawing(100, 100, "a < b", "")
    drawing.text(1, 2, "<script>&")
    assert [element.text for element in elements(drawing.svg())][1:] == ["a < b", None, "<script>&"]


def test_draw_figures_writes_them_beside_the_lesson(tmp_path, settings, capsys):
    lesson = tmp_path / "a-course" / "01-a-lesson"
    lesson.mkdir(parents=True)
    (lesson / "figure.py").write_text("def draw():\n    return {'one.svg': '<svg/>'}\n")
    settings.CONTENT_DIR = tmp_path
    call_command("draw_figures")
    assert (lesson / "one.svg").read_text() == "<svg/>"
    assert capsys.readouterr().out == "a-course/01-a-lesson/one.svg\n"


def test_a_script_without_draw_is_named(tmp_path, settings):
    lesson = tmp_path / "a-course" / "01-a-lesson"
    lesson.mkdir(parents=True)
    (lesson / "figure.py").write_text("def paint():\n    return {}\n")
    with pytest.raises(FigureError, match=r"a-course/01-a-lesson/figure\.py: defines no draw\(\)"):
        list(redraw(tmp_path))
    settings.CONTENT_DIR = tmp_path
    with pytest.raises(CommandError, match="defines no draw"):
        call_command("draw_figures")
