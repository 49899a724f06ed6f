"""Every watch.py runs with the accepted solutions of its task, whatever is chosen, and shows what a page can draw."""

import itertools
import json
import shutil
from pathlib import Path

import pytest

from courses.pictures import CELLS, MOST_BYTES, MOST_FRAMES
from courses.task_format import load_task
from grader.judge.watch import CPU_S, first_look, watch
from tests.content.test_tasks import FOLDERS, task_of

pytestmark = pytest.mark.jail

WATCHED = [folder for folder in FOLDERS if (folder / "watch.py").is_file()]


def run(task, variant, sandboxes, **chosen):
    told = []
    ending = watch(task, variant.path.read_text(), sandboxes(variant.backend), task.watch.values(chosen), told.append)
    return ending, told


def combinations():
    for folder in WATCHED:
        task = task_of(folder)
        named = [[(choice.name, label) for label in choice.labels] for choice in task.watch.choices]
        for chosen in itertools.product(*named):
            yield pytest.param(folder, dict(chosen), id=" ".join([folder.name, *(f"{n}={o}" for n, o in chosen)]))


def every_variant():
    for folder in WATCHED:
        for variant in task_of(folder).accepted_variants:
            yield pytest.param(folder, variant, id=f"{folder.name}/{variant.slug}")


def test_the_trainings_of_the_curriculum_can_be_watched():
    assert {folder.name for folder in WATCHED} >= {
        "batch-gradient-descent",
        "logistic-regression-fit",
        "perceptron-train",
        "train-xor",
        "k-means",
        "q-learning",
    }


@pytest.mark.parametrize(("folder", "chosen"), list(combinations()))
def test_whatever_is_chosen_it_ends_with_words_and_its_frames_can_be_drawn(folder, chosen, sandboxes):
    task = task_of(folder)
    ending, (scene, *frames) = run(task, task.accepted_variants[0], sandboxes, **chosen)
    assert (ending.code, ending.text[-1]) == ("finished", ".")
    assert scene == first_look(task, task.watch.values(chosen))
    assert 5 < len(frames) <= scene["frames"] <= MOST_FRAMES
    assert all(frame["label"] and set(frame["parts"]) <= set(scene["pictures"]) for frame in frames)
    assert all(set(frame["facts"]) <= set(scene["facts"]) for frame in frames)
    assert all(isinstance(value, str) for frame in frames for value in frame["facts"].values())
    assert len({frame["label"] for frame in frames}) == len(frames)
    for name, picture in scene["pictures"].items():
        parts = [frame["parts"][name] for frame in frames if name in frame["parts"]]
        assert parts, f"nothing ever happens in {name}"
        CHECKS[picture["kind"]](picture, parts)


def check_curve(picture, parts):
    axis = picture["x"]
    steps = [part["x"] for part in parts]
    assert steps == sorted(set(steps))
    assert axis["low"] <= steps[0] <= steps[-1] <= axis["high"]
    assert all(len(part["y"]) == len(picture["lines"]) for part in parts)
    low, high = picture["limits"] or (-1e9, 1e9)
    assert all(y is None or low <= y <= high for part in parts for y in part["y"])


def check_plane(picture, parts):
    x, y = picture["x"], picture["y"]
    allowed = {"line", "region", "marks", "classes", "points", "wrong"}
    assert any(part != parts[0] for part in parts)
    for part in parts:
        assert set(part) <= allowed
        points = part.get("points", picture["points"])
        assert all(len(point) == 2 for point in points)
        assert len(part.get("classes", "0" * len(points))) == len(points)
        assert all(0 <= position < len(points) for position in part.get("wrong", []))
        assert len(part.get("region", "0" * picture["side"] ** 2)) == picture["side"] ** 2
        for px, py in part.get("line", []):
            assert x["low"] - 1e-3 <= px <= x["high"] + 1e-3
            assert y["low"] - 1e-3 <= py <= y["high"] + 1e-3
    shown = [point for part in parts for point in part.get("points", picture["points"])]
    inside = [x["low"] <= px <= x["high"] and y["low"] <= py <= y["high"] for px, py in shown]
    assert sum(inside) >= 0.97 * len(inside), "the picture cuts off its points"


def check_world(picture, parts):
    cells = "".join(picture["rows"])
    assert set(cells) <= set(CELLS)
    for part in parts:
        assert len(part["values"]) == len(part["arrows"]) == len(cells)
        assert set(part["arrows"]) <= set("^>v< ")
        assert all(cells[cell] != "#" for cell in part["path"])


CHECKS = {"curve": check_curve, "plane": check_plane, "world": check_world}


@pytest.mark.parametrize(("folder", "variant"), list(every_variant()))
def test_every_accepted_solution_can_be_watched_to_its_end(folder, variant, sandboxes):
    ending, told = run(task_of(folder), variant, sandboxes)
    assert ending.code == "finished", ending.text
    assert ending.cpu_s < CPU_S / 2
    assert max(len(json.dumps(item, separators=(",", ":"))) for item in told) <= MOST_BYTES


@pytest.mark.parametrize("folder", WATCHED, ids=lambda folder: folder.name)
def test_the_same_code_shows_the_same_pictures_again(folder, sandboxes):
    task = task_of(folder)
    first, second = (run(task, task.accepted_variants[0], sandboxes)[1] for _ in range(2))
    assert first == second


def test_the_example_of_the_authors_guide_runs(tmp_path, sandboxes):
    guide = (Path(__file__).parents[2] / "docs" / "authoring.md").read_text()
    example = guide.split("## Watch it learn")[1].split("```python\n")[1].split("```")[0]
    [folder] = [folder for folder in WATCHED if folder.name == "batch-gradient-descent"]
    shutil.copytree(folder, tmp_path / folder.name)
    (tmp_path / folder.name / "watch.py").write_text(example)
    task = load_task(tmp_path / folder.name)
    ending, told = run(task, task.accepted_variants[0], sandboxes)
    assert (ending.code, len(told)) == ("finished", 62)
