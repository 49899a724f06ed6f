"""The NumPy and the PyTorch reference give the same values, whatever the tolerance for learners."""

from dataclasses import replace

from courses.task_checks import CheckSpec
from courses.task_format import Task
from grader.certification.proofs import Proof, seeds
from grader.judge.cases import Case, fixed_cases, secret_cases
from grader.judge.kinds import KINDS, Answer
from grader.judge.reference import reference_outputs
from grader.sandbox import CallResult

AGREEMENT = 1e-10  # relative, and times the scale
SEEDS = 3


def twins_agree(task: Task, proof: Proof) -> str:
    """Return where the twins differ; outputs that a predicate alone decides (a sign is free) are given to it."""
    cases = [*fixed_cases(task), *(case for seed in seeds(task, proof, SEEDS) for case in secret_cases(task, seed))]
    pairs = zip(*(reference_outputs(task, backend, cases) for backend in ("numpy", "torch")), strict=True)
    for case, (array, tensor) in zip(cases, pairs, strict=True):
        for check in task.checks:
            if not KINDS[check.kind].is_guard and check.kind != "training" and case.belongs_to(check):
                problem = _difference(task, check, case, array, tensor)
                if problem:
                    return f"mlcore.torch differs from mlcore.numpy in case “{case.name}”: {problem}"
    return ""


def _difference(task: Task, check: CheckSpec, case: Case, array: object, tensor: object) -> str:
    kind = "property" if check.predicate else "allclose"
    strict = replace(check, kind=kind, rtol=AGREEMENT, atol=AGREEMENT)
    answer = Answer(case, CallResult(value=tensor), array)  # type: ignore[arg-type]  # plain data, as from the jail
    difference = KINDS[kind].judge(task, strict, answer)
    return difference.message if difference else ""
