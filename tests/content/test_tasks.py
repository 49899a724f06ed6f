"""Every task on disk, proved through the real judge and jail: what is right is accepted, what is wrong is rejected.

A new task folder is found by itself; nothing here names one.
"""

import doctest
import importlib
import io
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import pytest

from courses.task_format import BACKENDS, load_task
from grader.judge.cases import fixed_cases

pytestmark = pytest.mark.jail

CONTENT = Path(__file__).resolve().parents[2] / "courses" / "content"
IN_TORCH = sorted((Path(__file__).parent / "mistakes_in_torch").glob("*/*.py"))
FOLDERS = sorted(path.parent for path in CONTENT.glob("*/*/*/task.toml"))

task_of = lru_cache(load_task)

# What is wrong in every task: an accepted submission whose results are replaced by something that only looks like them.
DEGENERATE = {
    "zeros": "value * 0",
    "ones": "value * 0 + 1",
    "a constant": "value * 0 + 0.5",
    "NaN": "value * float('nan')",
    "rounded to float16": "widened(narrowed(value))",
    "as float16": "narrowed(value)",
    "rounded to float16, as float32": "narrowed(value).astype('float32') if is_array else narrowed(value).float()",
    "the first input echoed": "[*inputs.values(), *args][0]",
    "right for the shown cases only": "value if calls <= {shown} else value * 0",
    "nothing": "None",
}
WRAPPER = """

import functools
import numpy
right, calls = {entry}, 0


@functools.wraps(right)
def {entry}(*args, **inputs):
    def change(value):
        if isinstance(value, dict):
            return {{key: change(entry) for key, entry in value.items()}}
        if isinstance(value, (list, tuple)):
            return type(value)(change(entry) for entry in value)
        is_array = not hasattr(value, "detach")
        value = numpy.asarray(value, dtype=float) if is_array else value.double()
        narrowed = lambda value: value.astype("float16") if is_array else value.half()
        widened = lambda value: value.astype("float64") if is_array else value.double()
        return {change}

    global calls
    calls += 1
    return change(right(*args, **inputs))
"""


def variants(verdict):
    """Return a parameter for each submission in the folders `submissions/<verdict>` of all tasks."""
    return [
        pytest.param(folder, path.stem, id=f"{folder.name}/{path.stem}")
        for folder in FOLDERS
        for path in sorted((folder / "submissions" / verdict).glob("*.py"))
    ]


def lookalikes():
    """Return a parameter for each task with each change that makes its answers wrong: 0 and 1 survive all rounding."""
    return [
        pytest.param(folder, change, id=f"{change}-{folder.name}")
        for folder in FOLDERS
        for change in DEGENERATE
        if not ("float16" in change and all(check.kind == "training" for check in task_of(folder).checks))
    ]


every_task = pytest.mark.parametrize("folder", FOLDERS, ids=[folder.name for folder in FOLDERS])


def source_of(variants, slug):
    [variant] = [variant for variant in variants if variant.slug == slug]
    return variant, variant.path.read_text()


def test_there_are_tasks():
    assert FOLDERS


@every_task
def test_the_texts_are_there(folder):
    task = task_of(folder)
    assert 60 <= len(task.statement.split()) <= 300
    assert len(task.hints) >= 2
    assert all(hint.text for hint in task.hints)
    assert task.entry in task.statement
    assert task.solution.strip()


@every_task
def test_the_example_in_the_statement_is_what_the_reference_gives(folder):
    task = task_of(folder)
    path, _, name = task.reference.replace("mlcore.", "mlcore.numpy.").partition(":")
    module = importlib.import_module(path)
    names = {**(vars(module) if task.driver else {}), task.entry: getattr(module, name)}
    example = doctest.DocTestParser().get_doctest(task.statement, names, task.slug, "statement.md", 0)
    assert example.examples
    report = io.StringIO()
    result = doctest.DocTestRunner(verbose=False).run(example, out=report.write)
    assert result.failed == 0, report.getvalue()


@every_task
def test_every_backend_has_an_accepted_answer_and_the_task_a_wrong_one(folder):
    task = task_of(folder)
    assert {variant.backend for variant in task.accepted_variants} == set(task.backends)
    assert task.wrong_variants
    assert {variant.backend for variant in task.wrong_variants} <= set(task.backends)


@every_task
@pytest.mark.parametrize("backend", BACKENDS)
def test_the_starter_is_rejected(folder, backend, judged):
    task = task_of(folder)
    if backend in task.backends:
        verdict = judged(task, task.starter, backend)
        assert (verdict.code, verdict.score) == ("run_time_error", 0)


@pytest.mark.parametrize(("folder", "slug"), variants("accepted"))
def test_an_accepted_variant_is_accepted_whatever_the_secret_cases(folder, slug, judged):
    task = task_of(folder)
    variant, source = source_of(task.accepted_variants, slug)
    for seed in range(5):
        verdict = judged(task, source, variant.backend, seed=seed)
        assert (verdict.code, verdict.score) == ("accepted", task.max_score), verdict.checks
    assert verdict.resources["cpu_s"] < task.limits.cpu_s / 3


@pytest.mark.parametrize(("folder", "slug"), variants("wrong_answer"))
def test_a_wrong_variant_is_rejected_and_named(folder, slug, judged):
    task = task_of(folder)
    variant, source = source_of(task.wrong_variants, slug)
    verdict = judged(task, source, variant.backend)
    assert verdict.code in {"wrong_answer", "partially_accepted", "run_time_error"}
    assert slug in [misconception.slug for misconception in verdict.misconceptions]


@pytest.mark.parametrize("path", IN_TORCH, ids=[f"{path.parent.name}/{path.stem}" for path in IN_TORCH])
def test_a_mistake_made_with_tensors_has_the_name_of_the_one_made_with_arrays(path, judged):
    [folder] = [folder for folder in FOLDERS if folder.name == path.parent.name]
    verdict = judged(task_of(folder), path.read_text(), "torch")
    assert path.stem in [misconception.slug for misconception in verdict.misconceptions]


@pytest.mark.parametrize(
    ("folder", "slug"),
    [parameter for verdict in ("run_time_error", "time_limit_exceeded") for parameter in variants(verdict)],
)
def test_another_failing_variant_gets_its_verdict(folder, slug, judged):
    task = task_of(folder)
    variant, source = source_of(task.failing_variants, slug)
    assert judged(task, source, variant.backend).code == variant.verdict


def changed(task, backend, change):
    """Return a task and an accepted submission whose results are replaced by `change`, an expression of `value`.

    Where a driver calls the submission, it is the driver's result that is replaced: an object has none.
    """
    source = next(variant for variant in task.accepted_variants if variant.backend == backend).path.read_text()
    if not task.driver:
        return task, source + WRAPPER.format(entry=task.entry, change=change)
    task = replace(task, version=change)  # what the judge keeps of the task itself is not for this one
    vars(task)["driver"] = task.driver + WRAPPER.format(entry="call", change=change)
    return task, source


@every_task
def test_an_answer_whose_results_are_only_passed_on_is_accepted(folder, judged):
    # Else the next test would prove nothing: it is the change that must be rejected, not the wrapper.
    task = task_of(folder)
    for backend in task.backends:
        assert judged(*changed(task, backend, "value"), backend).code == "accepted"


@pytest.mark.parametrize(("folder", "change"), lookalikes())
def test_what_only_looks_like_an_answer_is_rejected(folder, change, judged):
    task = task_of(folder)
    shown = sum(case.is_shown for case in fixed_cases(task))
    for backend in task.backends:
        verdict = judged(*changed(task, backend, DEGENERATE[change].format(shown=shown)), backend)
        # A change that counts the calls to know a shown case is found out by the replay.
        assert verdict.code in {"wrong_answer", "partially_accepted", "inconsistent"}, change
        assert verdict.score < task.max_score
