import json
import math
import shutil

import numpy as np
import pytest

from courses.models import Task
from grader.api.values import json_value
from grader.judge.cases import shown_cases
from tests.grader.api.client import API

pytestmark = pytest.mark.django_db
CASES_THAT_FAIL = "def sample(rng):\n    raise RuntimeError\n\n\ndef edge(rng): ...\n\n\ndef secret(rng): ...\n"


def value_of(told):
    """Return what a JSON value stands for, as the description of `inputs` says."""
    if isinstance(told, dict) and told.keys() == {"dtype", "shape", "values"}:
        return np.array(told["values"], dtype=told["dtype"]).reshape(told["shape"])
    if isinstance(told, dict):
        return {name: value_of(entry) for name, entry in told.items()}
    return [value_of(entry) for entry in told] if isinstance(told, list) else told


def assert_same(value, expected):
    if isinstance(expected, np.ndarray):
        assert (value.dtype, value.shape) == (expected.dtype, expected.shape)
        np.testing.assert_array_equal(value, expected)
    elif isinstance(expected, dict):
        assert value.keys() == expected.keys()
        for name, entry in expected.items():
            assert_same(value[name], entry)
    else:
        assert value == expected


def test_the_shown_cases_of_every_task_can_be_made_from_their_json(client, catalogue):
    for task in Task.objects.filter(is_published=True):
        samples = json.loads(client.get(f"{API}tasks/{task.slug}/").content, parse_constant=pytest.fail)["samples"]
        cases = shown_cases(task.load())
        assert [sample["name"] for sample in samples] == [case.name for case in cases]
        for sample, case in zip(samples, cases, strict=True):
            assert_same(value_of(sample["inputs"]), dict(case.inputs))


def test_what_json_has_no_number_for_is_named(db):
    inputs = {"x": np.array([[1.5, np.nan], [np.inf, -np.inf]]), "lr": math.inf, "flags": np.array([True]), "n": 3}
    told = json_value(inputs)
    assert told == {
        "x": {"dtype": "float64", "shape": [2, 2], "values": [[1.5, "nan"], ["inf", "-inf"]]},
        "lr": {"dtype": "float64", "shape": [], "values": "inf"},
        "flags": {"dtype": "bool", "shape": [1], "values": [True]},
        "n": 3,
    }
    json.dumps(told, allow_nan=False)
    assert_same(value_of(told)["x"], inputs["x"])
    assert value_of(told)["lr"] == math.inf


def test_an_empty_array_keeps_its_shape():
    told = json_value(np.zeros((0, 3)))
    assert told == {"dtype": "float64", "shape": [0, 3], "values": []}
    assert_same(value_of(told), np.zeros((0, 3)))


def test_a_task_whose_cases_fail_can_still_be_read(client, catalogue, tmp_path, settings, caplog):
    settings.CONTENT_DIR = tmp_path / "content"
    task = Task.objects.get(slug="hebb-rule")
    shutil.copytree(settings.BASE_DIR / "courses" / "content" / task.path, task.folder)
    (task.folder / "cases.py").write_text(CASES_THAT_FAIL)
    Task.objects.filter(pk=task.pk).update(version="another")
    body = client.get(f"{API}tasks/hebb-rule/").json()
    assert (body["entry"], body["samples"]) == ("hebb_update", [])
    assert "hebb-rule cannot be drawn" in caplog.text
