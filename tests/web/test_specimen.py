import pytest

from courses.models import Task
from grader.judge import grade
from grader.sandbox import Sandbox
from lms.web.catalogue import specimen


@pytest.mark.jail
def test_the_verdict_on_the_start_page_is_what_the_judge_says(catalogue):
    kept = specimen()
    task = Task.objects.get(slug=kept["task"]).load()
    [variant] = [variant for variant in task.wrong_variants if variant.slug == kept["variant"]]
    with Sandbox("numpy") as sandbox:
        given = grade(task, variant.path.read_text(), "numpy", sandbox, seed=kept["seed"]).as_dict()
    shown = kept["verdict"]
    case = shown["failing_case"]
    assert {key: given["failing_case"][key] for key in case} == case
    assert {key: given[key] for key in shown if key != "failing_case"} | {"failing_case": case} == shown
