"""The concept map: a card for each lesson with a row for each of its tasks, a lane for each course, links for needs.

What is drawn depends on what is taught alone. It is worked out once for each state of the catalogue and kept; whose map
it is only decides the marks on it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from lms.progress.graph import Graph, LessonNode, TaskNode
from lms.progress.layout import Box, Layout, Link, Metrics, Point, lay_out
from lms.progress.lettering import broken_into_lines

METRICS = Metrics()
TITLE_SIZE, ROW_SIZE = 15, 14
LINE = 18
TITLE_LEFT, WORD_SPACE, PADDING = 34, 46, 12  # room for the mark before a title, and for the word of its state after it
CARD_HEAD = 18  # around the title of a lesson, above and below together
ROW_HEAD = 12  # the same for a task


Lines = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Label:
    """A link on the map: a lesson or a task."""

    kind: str  # lesson or task
    key: str  # key of the lesson or slug of the task
    title: str
    address: str
    needs: str  # addresses of what it builds on, separated by spaces
    x: float
    y: float
    width: float
    height: float
    size: int  # of the letters
    lines: tuple[tuple[float, str], ...]  # baseline and text

    @property
    def mark_x(self) -> float:
        return self.x + PADDING - 2

    @property
    def text_x(self) -> float:
        return self.x + TITLE_LEFT

    @property
    def word_x(self) -> float:
        return self.x + self.width - PADDING

    @property
    def word_y(self) -> float:
        return self.lines[0][0]

    @property
    def mark_y(self) -> float:
        return self.lines[0][0] - 13


@dataclass(frozen=True, slots=True)
class Card:
    x: float
    y: float
    width: float
    height: float
    lesson: Label
    tasks: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class DrawnLane:
    title: str
    top: float
    height: float

    @property
    def title_y(self) -> float:
        return self.top + 26


@dataclass(frozen=True, slots=True)
class DrawnLink:
    kind: str
    path: str
    source: str  # addresses
    target: str


@dataclass(frozen=True, slots=True, eq=False)
class ConceptMap:
    """Everything that is drawn. There is one for each graph, so it is known by its identity."""

    width: float
    height: float
    lanes: tuple[DrawnLane, ...]
    cards: tuple[Card, ...]
    links: tuple[DrawnLink, ...]


@dataclass(slots=True)
class _Sheet:
    """A card before it has a place: its lines of text, and where its rows begin."""

    lesson: LessonNode
    title: Lines
    rows: list[tuple[TaskNode, Lines]]

    @property
    def head(self) -> float:
        return CARD_HEAD + LINE * len(self.title)

    @property
    def height(self) -> float:
        return self.head + sum(_row_height(lines) for _, lines in self.rows) + (PADDING / 2 if self.rows else 0)

    def row_tops(self) -> Iterator[tuple[TaskNode, Lines, float]]:
        top = self.head
        for task, lines in self.rows:
            yield task, lines, top
            top += _row_height(lines)

    def port(self, slug: str) -> float:
        """Return how far below the top of the card the links of a task leave and arrive."""
        return next(top + _row_height(lines) / 2 for task, lines, top in self.row_tops() if task.slug == slug)


@lru_cache(maxsize=4)
def concept_map(graph: Graph) -> ConceptMap:
    sheets = {lesson.key: _sheet(lesson) for lesson in graph.lessons}
    boxes = [
        Box(lesson.key, lane, sheets[lesson.key].height)
        for lane, course in enumerate(graph.courses)
        for lesson in course.lessons
    ]
    links, ends = _links(graph, sheets)
    layout = lay_out(boxes, links, METRICS)
    addresses = {lesson.key: lesson.address for lesson in graph.lessons} | {
        task.slug: task.address for task in graph.tasks
    }
    return ConceptMap(
        round(layout.width, 1),
        round(layout.height, 1),
        tuple(
            DrawnLane(course.title, round(lane.top, 1), round(lane.height, 1))
            for course, lane in zip(graph.courses, layout.lanes, strict=True)
        ),
        tuple(_card(sheet, layout.places[key], addresses) for key, sheet in sheets.items()),
        tuple(_drawn_links(layout, ends, sheets)),
    )


def without_detours(needs: dict[str, tuple[str, ...]]) -> dict[str, list[str]]:
    """Leave out what is needed by way of something else that is needed: A of C, where C needs B and B needs A."""
    reached: dict[str, frozenset[str]] = {}

    def all_before(key: str) -> frozenset[str]:
        if key not in reached:
            reached[key] = frozenset(needs[key]).union(*(all_before(needed) for needed in needs[key]))
        return reached[key]

    return {
        key: [one for one in wanted if not any(one in all_before(other) for other in wanted)]
        for key, wanted in needs.items()
    }


def _sheet(lesson: LessonNode) -> _Sheet:
    width = METRICS.box_width - TITLE_LEFT - WORD_SPACE
    rows = [(task, broken_into_lines(task.title, ROW_SIZE, width)) for task in lesson.tasks]
    return _Sheet(lesson, broken_into_lines(lesson.title, TITLE_SIZE, width), rows)


def _row_height(lines: Lines) -> float:
    return ROW_HEAD + LINE * len(lines)


def _links(graph: Graph, sheets: dict[str, _Sheet]) -> tuple[list[Link], list[tuple[str, str, str]]]:
    """Return the links between cards, with kind and addresses of what each connects."""
    links, ends = [], []
    needs = without_detours({lesson.key: lesson.needs for lesson in graph.lessons})
    for lesson in graph.lessons:
        for key in needs[lesson.key]:
            source = sheets[key]
            links.append(Link(key, lesson.key, source.head / 2, sheets[lesson.key].head / 2))
            ends.append(("lesson", source.lesson.address, lesson.address))
    tasks = {task.slug: task for task in graph.tasks}
    for task in tasks.values():
        own = graph.lesson_of[task.slug]
        for slug in task.needs:
            other = graph.lesson_of[slug]
            if other is not own:
                links.append(Link(other.key, own.key, sheets[other.key].port(slug), sheets[own.key].port(task.slug)))
                ends.append(("task", tasks[slug].address, task.address))
    return links, ends


def _drawn_links(layout: Layout, ends: list[tuple[str, str, str]], sheets: dict[str, _Sheet]) -> Iterator[DrawnLink]:
    for (kind, source, target), route in zip(ends, layout.routes, strict=True):
        yield DrawnLink(kind, _path(route), source, target)
    for key, sheet in sheets.items():
        tops = {task.slug: (task, top + _row_height(lines) / 2) for task, lines, top in sheet.row_tops()}
        for task, port in tops.values():
            for slug in (slug for slug in task.needs if slug in tops):
                needed, above = tops[slug]
                yield DrawnLink("task", _bow(layout.places[key], above, port), needed.address, task.address)


def _path(route: list[Point]) -> str:
    """Draw a route: curves that leave and arrive level in the gutters, straight lines across the columns."""
    parts = [f"M{route[0].x:g} {route[0].y:.1f}"]
    for place, (one, two) in enumerate(pairwise(route)):
        if place % 2:
            parts.append(f"H{two.x:g}")
        else:
            middle = (one.x + two.x) / 2
            parts.append(f"C{middle:g} {one.y:.1f} {middle:g} {two.y:.1f} {two.x:g} {two.y:.1f}")
    return "".join(parts)


def _bow(card: Point, above: float, below: float) -> str:
    """Draw a link between two rows of one card: along its left side, outside."""
    x, one, two = card.x, card.y + above, card.y + below
    return f"M{x:g} {one:.1f}C{x - 16:g} {one:.1f} {x - 16:g} {two:.1f} {x:g} {two:.1f}"


def _card(sheet: _Sheet, place: Point, addresses: dict[str, str]) -> Card:
    lesson = sheet.lesson
    return Card(
        place.x,
        round(place.y, 1),
        METRICS.box_width,
        sheet.height,
        _label(lesson, lesson.key, addresses, place, sheet.head, sheet.title),
        tuple(
            _label(task, task.slug, addresses, Point(place.x, place.y + top), _row_height(lines), lines)
            for task, lines, top in sheet.row_tops()
        ),
    )


def _label(
    node: LessonNode | TaskNode, key: str, addresses: dict[str, str], corner: Point, height: float, lines: Lines
) -> Label:
    baseline = corner.y + (height - LINE * len(lines)) / 2 + LINE - 5
    placed = tuple((round(baseline + LINE * place, 1), line) for place, line in enumerate(lines))
    needs = " ".join(addresses[needed] for needed in node.needs)
    kind, size = ("lesson", TITLE_SIZE) if isinstance(node, LessonNode) else ("task", ROW_SIZE)
    y, width = round(corner.y, 1), METRICS.box_width
    return Label(kind, key, node.title, node.address, needs, corner.x, y, width, height, size, placed)
